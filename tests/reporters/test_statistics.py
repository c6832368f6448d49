"""How often each rule found something, and which had nothing to look at."""

from __future__ import annotations

from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Span
from gdprlint.values import evolve

from .making import ACCEPTED, CONTRADICTED, FIXED, NO_CONDITION, WHOLE, finding, judged, report

PLAIN = RenderOptions()


def test_the_commonest_stand_first_then_by_code() -> None:
    twice = finding(Span("a.gdpr", 0, 1), code="UK99", name="second")
    found = report(CONTRADICTED, NO_CONDITION, twice, twice, totals=judged(files_with_findings=3))

    assert (
        "\n" + render(found, "statistics", PLAIN)
        == """
count  code    severity  name
    2  UK99    error     second
    1  UK901   error     special-category-no-condition
    1  UK1341  warning   notice-retention-contradicts-record

Found 4 problems (3 errors, 1 warning) in 3 of 14 files.
Judged by uk-gdpr, dpa-2018 and mrs-code as in force on 2026-11-21; 31 rules did not apply.
"""
    )


def test_what_is_accepted_or_can_be_fixed_has_a_column_where_there_is_any() -> None:
    heads = render(ACCEPTED, "statistics", PLAIN).splitlines()[0]
    assert heads == "count  code    severity  accepted  name"

    heads, line, *_ = render(report(FIXED), "statistics", PLAIN).splitlines()
    assert heads == "count  code    severity  fixable  name"
    assert line == "    1  syntax  error           1"


def test_rules_that_never_applied_are_listed_in_order() -> None:
    ran = {"UK1101": "did not apply", "UK99": "did not apply", "UK5": "passed", "UK7": "could not tell"}
    text = render(report(totals=evolve(judged(), by_rule=ran)), "statistics", PLAIN)

    assert text.startswith(
        "2 rules did not apply to anything:\n  UK99 UK1101\n\n1 rule could not tell from the text:\n  UK7\n\n"
    )


def test_long_lists_are_folded() -> None:
    ran = {f"UK{number}": "did not apply" for number in range(1000, 1100)}
    lines = render(report(totals=evolve(judged(), by_rule=ran)), "statistics", PLAIN).splitlines()

    assert max(map(len, lines)) <= 100
    assert sum(line.count("UK1") for line in lines) == 100


def test_problems_of_the_run_are_told() -> None:
    assert "problem: rule UK505 broke" in render(WHOLE, "statistics", PLAIN)
