"""One line for each finding."""

from __future__ import annotations

from gdprlint.diagnostics import Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Span

from .making import WELLBEING, finding, judged, report, span

BARE = finding(
    span(WELLBEING, "transfers"),
    code="REC44",
    severity=Severity.WARNING,
    message="`transfers none` is said twice",
)
LABELLED = finding(
    span(WELLBEING, "health-answers from"),
    "health data",
    code="UK901",
    message="no Article 9 condition is stated",
)


def test_a_finding_is_one_line_with_its_label_behind_its_message() -> None:
    whole = report(LABELLED, BARE, sources=(WELLBEING,), totals=judged(files_with_findings=1))
    assert (
        "\n" + render(whole, "concise", RenderOptions(width=40))
        == """
records/wellbeing.gdpr:2:36: error[UK901] no Article 9 condition is stated: health data
records/wellbeing.gdpr:4:3: warning[REC44] `transfers none` is said twice

Found 2 problems (1 error, 1 warning) in 1 of 14 files.
Judged by uk-gdpr, dpa-2018 and mrs-code as in force on 2026-11-21; 31 rules did not apply.
"""
    )


def test_a_message_of_two_lines_stays_on_one() -> None:
    what = finding(Span("a.gdpr", 0, 0), "a\nb", message="c\nd")
    first, *_ = render(report(what), "concise", RenderOptions()).splitlines()
    assert first == r"a.gdpr:1:1: error[syntax] c\u000ad: a\u000ab"


def test_without_findings_only_the_last_lines_are_left() -> None:
    assert render(report(), "concise", RenderOptions()).splitlines()[0] == "No problems in 14 files."
