"""Three levels of strictness: what breaks the law on its face, what a careful officer asks, what an auditor notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.strictness import LEVELS, level_of
from gdprlint.text import Span

RULE = """rule {code} {name} {{
  title "{name}"
  why "W"
  cites uk-gdpr 5(1)(b)
  severity {severity}
  {line}
  for each activity
  where activity.collects is stated
  at activity
  says "{name}"
}}
"""
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def gdprlint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs `check` on one record by a pack with a rule of each severity, and one on a provision read in part."""
    house = tmp_path / "house"
    house.mkdir()
    rules = [
        ("ZZ1", "broken", "error", ""),
        ("ZZ2", "asked", "warning", ""),
        ("ZZ3", "noted", "info", ""),
        ("ZZ4", "read-in-part", "error", "verified part"),
        ("ZZ5", "on-trial", "error", "stage preview"),
    ]
    for code, name, severity, line in rules:
        text = RULE.format(code=code, name=name, severity=severity, line=line)
        (house / f"{name}.gdpr").write_text(text, "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.gdpr").write_text('activity one {\n  collects "names"\n  keep names\n}\n', "utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*options: str) -> tuple[int, str, str]:
        code = run(["check", "a.gdpr", "--pack", "house", "--select", "house,ZZ5", *options])
        return code, *capsys.readouterr()

    return call


def names(out: str) -> list[str]:
    return sorted(finding["code"] for finding in json.loads(out)["findings"])


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("regular", ["ZZ1", "syntax"]),
        ("careful", ["ZZ1", "ZZ2", "ZZ4", "ZZ5", "syntax"]),
        ("auditor", ["ZZ1", "ZZ2", "ZZ3", "ZZ4", "ZZ5", "syntax"]),
    ],
)
def test_each_level_shows_what_is_as_grave_or_graver(gdprlint: Call, level: str, shown: list[str]) -> None:
    assert names(gdprlint("--format", "json", "--strictness", level)[1]) == shown


def test_without_the_option_everything_is_shown(gdprlint: Call) -> None:
    assert gdprlint()[1] == gdprlint("--strictness", "auditor")[1]


def test_the_summary_says_how_many_findings_are_left_out(gdprlint: Call) -> None:
    out = gdprlint("--strictness", "regular")[1]

    assert "Found 2 problems (2 errors) in 1 of 1 file; 4 more beyond `--strictness regular`.\n" in out


def test_a_report_from_which_all_was_left_out_does_not_say_that_all_is_well(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text('activity one {\n  collects "names"\n}\n', "utf-8")

    out = gdprlint("--strictness", "regular", "--ignore", "ZZ1")[1]

    assert out.startswith("No problems in 1 file; 4 more beyond `--strictness regular`.\n")


def test_what_is_left_out_does_not_fail_a_run(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text('activity one {\n  collects "names"\n}\n', "utf-8")

    assert gdprlint("--ignore", "ZZ1", "--strictness", "regular")[0] == 0
    assert gdprlint("--ignore", "ZZ1")[0] == 1


def test_the_trace_says_that_strictness_leaves_a_finding_out(gdprlint: Call) -> None:
    out = gdprlint("--strictness", "regular", "--trace", "ZZ2")[1]

    assert "left out by `--strictness regular`, since it is of the level careful" in out


@pytest.mark.parametrize("severity", list(Severity))
def test_what_bounds_the_judging_is_told_at_every_level(severity: Severity) -> None:
    def told(code: str) -> str:
        return level_of(Diagnostic(code, "n", severity, "m", Span("a", 0, 1), pack="core", topic="reference"))

    assert {told("syntax"), told("REC001"), told("REC011")} == {LEVELS[0]}
    assert (
        told("REC010") == {Severity.ERROR: "regular", Severity.WARNING: "careful", Severity.INFO: "auditor"}[severity]
    )
