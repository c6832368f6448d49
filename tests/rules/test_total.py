"""Whatever a register says, no rule breaks on it, and judging it again finds the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprlint import testing
from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.engine import CheckOptions, check
from gdprlint.judging.judge import Outcome, in_force, judge_register
from gdprlint.readers.register import Reading, read_file
from gdprlint.rules.packs import Library
from gdprlint.testing.properties import words_asked_for
from gdprlint.testing.strategies.damage import damaged
from gdprlint.testing.strategies.registers import Written, reading_of, register_by, registers
from gdprlint.text import Source
from tests.library import cases, whole_library
from tests.sampling import some

DAYS = tuple(map(date.fromisoformat, ("2018-05-25", "2020-09-30", "2024-01-01", "2026-03-01", "2026-11-21")))
SOME = settings(max_examples=some(20, 40), deadline=None, suppress_health_check=list(HealthCheck))


def library() -> Library:
    return whole_library()


@cache
def asked_for() -> frozenset[str]:
    """The words that rules and their examples speak of."""
    return words_asked_for(cases(), library())


def judged(reading: Reading, day: date) -> Outcome:
    return judge_register(reading.register, in_force(library().rules, day), day)


# ---- no rule breaks


def test_no_rule_breaks_on_any_register() -> None:
    testing.no_rule_raises([pack.name for pack in library().packs], examples=some(30, 60))


@SOME
@given(st.deferred(lambda: registers(asked_for())), st.randoms(use_true_random=False))
def test_where_lines_cannot_be_read_findings_stand_in_their_files(written: Written, hand: Random) -> None:
    texts = {path: damaged(damaged(text, hand), hand) for path, text in written.texts.items()}
    reading = reading_of([read_file(Source(path, text)) for path, text in texts.items()])
    outcome = judged(reading, hand.choice(DAYS))

    assert outcome.problems == ()
    stand_in([*outcome.findings, *reading.findings], texts)


def test_no_rule_breaks_on_many_registers_or_on_the_examples_of_others() -> None:
    hand = Random(1)
    spoke: set[str] = set()
    for seed in range(120):
        outcome = judged(register_by(Random(seed), asked_for()).read(), hand.choice(DAYS))
        assert outcome.problems == ()
        spoke.update(finding.code for finding in outcome.findings)
    for case in cases():
        bad = [example for example in case.examples if example.kind == "bad"]
        for example in bad[:1]:  # raises where a rule breaks
            found = testing.judged(example, library().rules, case.cast, library())
            spoke.update(finding.code for finding in found)

    assert len(spoke) > len(library().rules) * 2 / 3  # else these registers would show little


# ---- findings


@SOME
@given(st.deferred(lambda: registers(asked_for())), st.sampled_from(DAYS))
def test_the_same_register_has_the_same_findings_again(written: Written, day: date) -> None:
    assert judged(written.read(), day) == judged(written.read(), day)


@SOME
@given(st.deferred(lambda: registers(asked_for())), st.sampled_from(DAYS))
def test_findings_stand_in_their_files_and_are_told_apart(written: Written, day: date) -> None:
    findings = judged(written.read(), day).findings

    stand_in(findings, written.texts)
    fingerprints = [finding.fingerprint for finding in findings]
    assert len(set(fingerprints)) == len(fingerprints)
    assert all(fingerprints)


@SOME
@given(st.deferred(lambda: registers(asked_for())), st.sampled_from(DAYS))
def test_layout_changes_no_finding(written: Written, day: date) -> None:
    indented = {path: text.replace("\n", "\n\n") for path, text in written.texts.items()}
    assert told(judged(Written(written.trees, indented).read(), day)) == told(judged(written.read(), day))


def told(outcome: Outcome) -> list[tuple[str, ...]]:
    return [(f.code, f.message, f.help, f.activity, f.fingerprint) for f in outcome.findings]


def stand_in(findings: Sequence[Diagnostic], texts: dict[str, str]) -> None:
    """Every place of every finding is some words of its file."""
    for finding in findings:
        for span in (finding.span, *(label.span for label in finding.labels)):
            assert 0 <= span.start <= span.end <= len(texts[span.path]), finding


def test_an_example_gives_the_same_after_its_rule_was_tried_without_each_condition() -> None:
    for case in cases("statistics-code"):
        first = [testing.judged(example, library().rules, case.cast, library()) for example in case.examples]
        assert testing.check_case(case, library()) == []
        assert [testing.judged(one, library().rules, case.cast, library()) for one in case.examples] == first


# ---- one process or two


@pytest.fixture
def small_work_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process is used however little there is to do."""
    monkeypatch.setattr("gdprlint.readers.register.PARALLEL_BYTES", 0)
    monkeypatch.setattr("gdprlint.judging.judge.PARALLEL_THINGS", 0)


@pytest.mark.usefixtures("small_work_is_shared")
@pytest.mark.parametrize("seed", range(10))
def test_two_processes_find_what_one_finds(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "gdprlint.toml").touch()
    hand = Random(seed)
    for path, text in register_by(hand, asked_for()).texts.items():
        Path(path).write_text(text if seed % 2 else damaged(text, hand), "utf-8")
    Path("empty.gdpr").write_text("# nothing\n", "utf-8")

    alone, together = (checked(jobs, DAYS[seed % len(DAYS)]) for jobs in (1, 2))
    assert alone == together


def checked(jobs: int, day: date) -> Report:
    return check(["."], CheckOptions(as_of=day, jobs=jobs))
