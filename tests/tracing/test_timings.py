"""`gdprlint check --timings`: where the time of a run goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.engine import CheckOptions, check
from gdprlint.tracing.timings import MOST_RULES, Clock, by_pack, by_rule, by_stage

RECORD = """\
data answers is survey answers
data health-answers is health
activity one {
  collects      answers, health-answers
  lawful basis  public task
}
activity two {
  collects      health-answers
}
"""
TODAY = date(2026, 11, 21)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.gdpr").write_text(RECORD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return "a.gdpr"


def ticking() -> Callable[[], int]:
    """A clock on which one millisecond passes between two looks."""
    ticks = count(0, 1_000_000)
    return lambda: next(ticks)


def test_a_run_with_a_clock_finds_what_one_without_finds(record: str) -> None:
    clock = Clock()

    timed = check([record], CheckOptions(TODAY, jobs=1), watch=clock)

    assert timed.findings == check([record], CheckOptions(TODAY)).findings


def test_each_asking_of_a_rule_counts_with_its_time(record: str) -> None:
    clock = Clock(ticking())

    report = check([record], CheckOptions(TODAY, ("UK901",), jobs=1), watch=clock)

    (row,) = by_rule(clock, report)
    assert (row.name, row.time, row.asked, row.findings) == ("UK901 special-category-no-condition", 2.0, 2, 2)


def test_the_slowest_rules_are_listed_and_the_others_summed_up(record: str) -> None:
    clock = Clock()

    rows = by_rule(clock, check([record], CheckOptions(TODAY, jobs=1), watch=clock))

    times = [row.time for row in rows[:MOST_RULES]]
    assert times == sorted(times, reverse=True)
    assert len(rows) == MOST_RULES + 1
    assert rows[-1].name == f"{len(clock.spent) - MOST_RULES} others"


def test_packs_and_rules_come_to_the_same_sums(record: str) -> None:
    clock = Clock()
    report = check([record], CheckOptions(TODAY, jobs=1), watch=clock)

    packs, rules = by_pack(clock, report), by_rule(clock, report)

    assert sum(row.asked for row in packs) == sum(row.asked for row in rules) > 0
    assert sum(row.findings for row in packs) == len(report.findings)


def test_the_stages_come_in_their_order_and_make_up_the_whole(record: str) -> None:
    clock = Clock(ticking())
    check([record], CheckOptions(TODAY, ("UK901",), jobs=1), watch=clock)
    clock.done("writing")

    rows = {row.name.strip(): row.time for row in by_stage(clock)}

    assert list(rows) == ["the rules", "reading", "judging", "of which in rules", "writing", "all"]
    assert rows["all"] == sum(rows[name] for name in ("the rules", "reading", "judging", "writing"))


def test_timings_go_to_stderr_so_that_json_stays_json(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", record, "--format", "json", "--timings"])

    out, err = capsys.readouterr()
    assert json.loads(out)["version"] == 1
    assert err.split()[:2] == ["stage", "ms"]
    assert "UK901 special-category-no-condition" in err or "others" in err
