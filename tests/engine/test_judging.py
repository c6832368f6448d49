"""One fact, one finding: inheritance, what is missing, yielding, unread lines, identity."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from gdprlint import engine
from gdprlint.api import Activity, Context, Draft, rule
from gdprlint.diagnostics import Report
from gdprlint.rules.packs import Library, load
from tests.engine.conftest import Judge, told

ByRules = Callable[..., Report]
HEAD = """\
organisation acme "Acme Research" is company in GB
organisation printer "Printer Ltd" is company in GB
people participants "People who take part"
data answers of participants is survey answers
"""
RULE = """\
rule {code} {name} {{
  title     "A title"
  why       "A reason."
  cites     uk-gdpr 5(1)(a)
  silence counts in art30-1, notice
  severity  error
{lines}
}}
"""
NO_BASIS = RULE.format(
    code="ZZ1",
    name="no-basis",
    lines="""
  for each  activity
  expect    activity.lawful-basis is stated
  at        activity
  says      "{activity} names no lawful basis"
""",
)
NO_CONTRACT = RULE.format(
    code="ZZ2",
    name="no-contract",
    lines="""
  for each  p in activity.processor
  expect    p.under is stated
  at        p
  says      "{activity} names no contract with {p}"
""",
)
NO_ROUTE = RULE.format(
    code="ZZ3",
    name="no-route",
    lines="""
  yields to ZZ1

  for each  activity
  expect    activity.complaints is stated
  at        activity
  says      "{activity} says nothing about complaints"
""",
)

TOLD_TWICE = RULE.format(
    code="ZZ4",
    name="told-twice",
    lines="""
  for each  activity
  for each  one in activity.discloses
  for each  two in activity.discloses
  where     one.to is silent and two.to is silent
  expect    one.for is stated
  at        one
  says      "{activity} discloses to nobody, and for nothing"
""",
)

RESEARCH_SHARED = RULE.format(
    code="ZZ5",
    name="research-shared",
    lines="""
  for each  activity
  for each  d in activity.discloses
  where     some p in activity.purpose is research
  where     d.to is stated
  at        d
  says      "{activity} discloses what research gave"
""",
)


@pytest.fixture
def by_rules(judge: Judge, project: Path) -> ByRules:
    """Judge a record by these rules alone."""

    def run(record: str, *rules: str, on: date = date(2026, 11, 21)) -> Report:
        (project / "zz.gdpr").write_text("".join(rules), "utf-8")
        codes = tuple(line.split()[1] for rule in rules for line in rule.splitlines() if line.startswith("rule"))
        return judge({"r/a.gdpr": record}, "r", local_packs=("zz.gdpr",), select=codes, on=on)

    return run


INNER = """\
activity outer "The whole" {
  controller    acme
  processor     printer for acme

  activity one "First" {
    collects      answers from participants
  }
  activity two "Second" {
    keeps         answers indefinitely
  }
}
"""


def test_a_fault_in_an_inherited_clause_is_reported_once_where_it_stands(by_rules: ByRules) -> None:
    report = by_rules(HEAD + INNER, NO_CONTRACT)
    assert told(report) == ["r/a.gdpr:7: ZZ2 no-contract"]
    assert report.findings[0].message == '"The whole" names no contract with printer'


def test_what_all_inner_activities_lack_is_said_once_of_the_outer_one(by_rules: ByRules) -> None:
    report = by_rules(HEAD + INNER, NO_BASIS)
    assert [finding.message for finding in report.findings] == ['"The whole" names no lawful basis']


def test_it_is_said_once_where_two_of_them_have_one_name(by_rules: ByRules) -> None:
    report = by_rules(HEAD + INNER.replace("activity two", "activity one"), NO_BASIS)
    assert report.problems == ()
    assert [finding.message for finding in report.findings if finding.code == "ZZ1"] == [
        '"The whole" names no lawful basis'
    ]


def test_what_one_of_them_lacks_is_said_of_that_one(by_rules: ByRules) -> None:
    record = HEAD + INNER.replace("    keeps", "    lawful basis  public task\n    keeps")
    assert [finding.message for finding in by_rules(record, NO_BASIS).findings] == ['"First" names no lawful basis']


def test_a_finding_yields_to_another_on_the_same_activity(by_rules: ByRules) -> None:
    assert [f.code for f in by_rules(HEAD + INNER, NO_BASIS, NO_ROUTE).findings] == ["ZZ1"]
    assert [f.code for f in by_rules(HEAD + INNER, NO_ROUTE).findings] == ["ZZ3"]


@pytest.mark.parametrize("line", ["lawful bsis   public task", "lawful basis  6((1)", "basis         public task"])
def test_what_a_line_that_cannot_be_read_may_have_said_is_not_missed(by_rules: ByRules, line: str) -> None:
    record = HEAD + INNER.replace("  controller", f"  {line}\n  controller")
    report = by_rules(record, NO_BASIS, NO_CONTRACT)
    assert [f.code for f in report.findings] == ["syntax", "ZZ2"]


def test_silence_does_not_count_in_an_excerpt_nor_in_an_extent_that_no_rule_names(by_rules: ByRules) -> None:
    for header in ('notice n "a notice" {\n  excerpt of "a longer one"\n}\n', "record r under uk-gdpr 30(2)\n"):
        report = by_rules(header + HEAD + INNER, NO_BASIS)
        assert (told(report), report.judged.cannot_tell) == ([], 1)


def test_a_rule_is_judged_by_the_window_of_the_day_and_cites_that_provision(by_rules: ByRules) -> None:
    dated = NO_BASIS.replace(
        "  severity  error\n",
        "  severity  error\n  in force  from 2018-05-25 until 2020-12-31 under eu-gdpr 6(1)\n"
        "  in force  from 2021-01-01\n",
    )
    cites = {
        day: [finding.cites for finding in by_rules(HEAD + INNER, dated, on=date.fromisoformat(day)).findings]
        for day in ("2018-05-24", "2020-12-31", "2021-01-01")
    }
    assert cites == {"2018-05-24": [], "2020-12-31": [("eu-gdpr 6(1)",)], "2021-01-01": [("uk-gdpr 5(1)(a)",)]}


def test_a_fingerprint_outlives_moved_lines_other_wording_and_other_spelling(by_rules: ByRules) -> None:
    first = by_rules(HEAD + INNER, NO_CONTRACT).findings[0].fingerprint
    moved = (
        HEAD + "# a remark\n\n" + INNER.replace("processor     printer for acme", "processor printer\n     for acme")
    )
    reworded = NO_CONTRACT.replace("names no contract", "says nothing of a contract")
    assert by_rules(moved, reworded).findings[0].fingerprint == first
    assert (
        by_rules(HEAD + INNER.replace("printer for", "printer in GB for"), NO_CONTRACT).findings[0].fingerprint != first
    )


def test_equal_findings_are_told_apart_by_a_counter(by_rules: ByRules) -> None:
    twice = INNER.replace("for acme\n", "for acme\n  processor     printer for acme\n")
    marks = [finding.fingerprint for finding in by_rules(HEAD + twice, NO_CONTRACT).findings]
    assert len(marks) == 2
    assert marks[1] == f"{marks[0]}-2"


def test_a_rule_that_breaks_is_named_and_takes_nothing_else_down(
    judge: Judge, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @rule("ZZ1", "breaks", cites=["uk-gdpr 5(1)(a)"], pack="zz")
    def breaks(activity: Activity, ctx: Context) -> Iterator[Draft]:
        """A rule that breaks."""
        yield ctx.finding(activity, f"{1 // (len(activity.name) - len(activity.name))}")

    (project / "zz.gdpr").write_text(NO_CONTRACT, "utf-8")
    library = load(["zz.gdpr"])
    broken = Library(library.packs, (breaks,), library.problems)
    monkeypatch.setattr(engine, "load_library", lambda local: broken)
    report = judge({"r/a.gdpr": HEAD + INNER}, "r", select=("ZZ1", "ZZ2"))
    assert [finding.code for finding in report.findings] == ["ZZ2"]
    assert len(report.problems) == 1
    assert "rule ZZ1 breaks broke on `one`: ZeroDivisionError: integer division" in report.problems[0].message


def test_the_output_is_the_same_bytes_whatever_the_hash_seed_the_locale_and_the_order_of_files(project: Path) -> None:
    for name in ("b", "a", "c"):
        (project / f"{name}.gdpr").write_text(
            INNER.replace("outer", f"outer-{name}").replace("one ", f"one-{name} ").replace("two ", f"two-{name} "),
            "utf-8",
        )
    (project / "names.gdpr").write_text(HEAD, "utf-8")

    def run(seed: str, locale: str, *paths: str) -> bytes:
        environ = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        command = [sys.executable, "-m", "gdprlint", "check", "--as-of", "2026-11-21", *paths]
        return subprocess.run(command, capture_output=True, env=environ, check=False).stdout

    first = run("0", "C", ".")
    assert b"problems" in first
    assert run("1", "C.UTF-8", ".") == first
    assert run("2", "POSIX", "c.gdpr", "names.gdpr", "a.gdpr", "b.gdpr").count(b"\n") > 0


def test_two_processes_find_what_one_finds(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdprlint.readers.register.PARALLEL_BYTES", 0)
    monkeypatch.setattr("gdprlint.judging.judge.PARALLEL_THINGS", 0)
    files = {
        f"f{n}.gdpr": INNER.replace("outer", f"o{n}").replace("one ", f"p{n} ").replace("two ", f"q{n} ")
        for n in range(7)
    }
    files["names.gdpr"] = HEAD
    files["f3.gdpr"] = files["f3.gdpr"].replace("for acme", "for amce")
    one, two = judge(files, ".", jobs=1), judge({}, ".", jobs=2)
    assert one.findings
    assert one.findings == two.findings
    assert one.judged == two.judged


def test_lists_of_thousands_within_one_another_are_not_looked_through_for_ever(by_rules: ByRules) -> None:
    shares = "".join(f'  discloses answers to "body {number}"\n' for number in range(3_000))
    few = by_rules(f"{HEAD}activity study {{\n  discloses answers to printer\n}}\n", TOLD_TWICE)
    many = by_rules(f"{HEAD}activity study {{\n{shares}}}\n", TOLD_TWICE)

    assert few.judged.by_rule["ZZ4"] == "did not apply"
    assert many.judged.by_rule["ZZ4"] == "could not tell"


@pytest.mark.parametrize(
    ("clauses", "came_of_it"),
    [
        ("purpose research\n  discloses answers to printer", "failed"),
        ("purpose direct marketing\n  discloses answers to printer", "did not apply"),
        ('purpose "what we do"\n  discloses answers to printer', "could not tell"),
        ('purpose "what we do"\n  keeps answers indefinitely', "did not apply"),
        ("discloses answers to printer", "did not apply"),
    ],
)
def test_a_condition_before_a_loop_says_what_it_would_say_in_it(
    by_rules: ByRules, clauses: str, came_of_it: str
) -> None:
    """It is decided once, and not for each clause: yet where it cannot be told, that needs a clause to be told of."""
    report = by_rules(f"{HEAD}activity study {{\n  {clauses}\n}}\n", RESEARCH_SHARED)

    assert report.judged.by_rule["ZZ5"] == came_of_it
