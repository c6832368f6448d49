"""What a remembered report is asked for by, and that it comes back as it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pytest

from gdprlint.cache.questions import question
from gdprlint.cache.reports import NotPlain, report_data, report_of
from gdprlint.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    Judged,
    JudgedRegister,
    Label,
    Problem,
    Report,
    Severity,
    Suppressed,
)
from gdprlint.options import CheckOptions
from gdprlint.text import Source, Span
from gdprlint.values import frozen
from tests.cache.conftest import DAY, checked

pytestmark = pytest.mark.usefixtures("compiled_already")


# ---- what it asks by


@frozen
class LaterOptions:
    as_of: date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    local_packs: tuple[str, ...] = ()
    max_bytes: int = 8_000_000
    jobs: int = 0
    background: bool = False
    base: Any = None
    instead: Any = ()
    preview: bool = False
    packs: tuple[str, ...] = ()
    severities: Any = ()


class Pair(NamedTuple):
    one: object
    two: object


@attrs.frozen
class Setting:
    value: object


VALUES = [
    None, True, 1, 1.0, "1", b"1", (), ("a", "b"), ("ab",), (("a",), "b"), ["a"], frozenset("a"), {"a": 1}, {"a": "1"},
    {1: "a"}, Severity.ERROR, 3, date(2026, 1, 1), "2026-01-01", Path("a"), Pair("a", "b"), Setting("a"),
    Setting(("a",)),
]  # fmt: skip


def test_every_value_of_a_field_is_another_question(project: Path) -> None:
    asked = [question(["."], LaterOptions(DAY, severities=value)) for value in VALUES]
    assert None not in asked
    assert len(set(asked)) == len(VALUES)


def test_a_value_that_is_not_understood_is_no_question(files: Path, judged: list[tuple[str, ...]]) -> None:
    assert question(["."], LaterOptions(DAY, severities=object())) is None
    assert question(["."], LaterOptions(DAY, severities=(lambda: 1,))) is None
    for _ in range(2):
        checked(["."], LaterOptions(DAY, severities=iter(())))  # type: ignore[arg-type]
    assert len(judged) == 2


def test_how_many_processes_work_is_no_part_of_the_question(project: Path) -> None:
    assert question(["."], CheckOptions(DAY, jobs=1)) == question(["."], CheckOptions(DAY, jobs=2))


@pytest.mark.parametrize(
    ("paths", "more"),
    [
        ([".."], {}),
        ([".", "."], {}),
        ([], {}),
        (["."], {"as_of": date(2026, 11, 22)}),
        (["."], {"select": ("REC001",)}),
        (["."], {"ignore": ("REC001",)}),
        (["."], {"local_packs": ("p",)}),
        (["."], {"max_bytes": 9}),
        (["."], {"preview": True}),
        (["."], {"packs": ("uk-gdpr",)}),
        (["."], {"instead": ((Path("a"), b"people p"),)}),
    ],
)
def test_paths_and_options_are_part_of_the_question(paths: list[str], more: dict[str, Any], project: Path) -> None:
    assert question(paths, CheckOptions(**{"as_of": DAY, **more})) != question(["."], CheckOptions(DAY))


# ---- reports as plain data


def test_a_report_comes_back_as_it_was() -> None:
    place = Span("a.gdpr", 1, 2)
    fix = Fix("say it", (Edit(place, "x"),), True)
    finding = Diagnostic(
        "UK1", "a", Severity.WARNING, "m\ud800\x1b", place, "l", "h", "n", ("uk-gdpr 9(1)",), (Label(place, "t"),),
        "act", "reg", "fp", "uk-gdpr", "topic", (fix,), ("fp-of-before",),
    )  # fmt: skip
    judged = Judged(
        1, 1, ("core",), "2026-11-21", 3, 2, 1, {"UK1": "failed"}, {"a.gdpr": "reg"},
        (JudgedRegister("reg", "/there", True),), {"UK2": "UK1"}, frozenset(("UK1", "UK3")), "careful", 7, True,
    )  # fmt: skip
    report = Report(
        (finding, finding.evolve(severity=Severity.ERROR)),
        judged,
        (Problem("m", "w"),),
        {"a.gdpr": Source("a.gdpr", "abc"), "page.html#x": Source("page.html#x", "as heard")},
        (Suppressed(finding, "allow", "since", "us", "2027-01-01", place), Suppressed(finding, "baseline")),
        notes=("UK2 is UK1 today",),
    )
    data = json.loads(json.dumps(report_data(report, {"a.gdpr": ("/there/a.gdpr", "abc")})))
    again = report_of(data, {"/there/a.gdpr": b"\xef\xbb\xbfabc"})
    assert again == report
    assert type(again.findings[1].severity) is Severity
    for value in (report, judged, judged.roots[0], finding, fix, fix.edits[0], finding.labels[0], report.suppressed[0]):
        fields: tuple[str, ...] = getattr(type(value), "__fields__")  # noqa: B009  # known to the class alone
        for name in fields:
            said = getattr(value, name)
            assert said not in ((), "", {}, frozenset(), 0, False, None) or name == "background", f"give {name} a value"


def test_what_stands_behind_a_report_is_not_kept() -> None:
    judged = Judged(0, 0, (), "", 0, 0, 0)
    with pytest.raises(NotPlain):
        report_data(Report((), judged, background=object()), {})  # type: ignore[arg-type]


def test_a_report_that_holds_more_than_plain_values_is_not_kept() -> None:
    judged = Judged(0, 0, (), "", 0, 0, 0, {"UK1": object()})  # type: ignore[dict-item]
    with pytest.raises(NotPlain):
        report_data(Report((), judged), {})
