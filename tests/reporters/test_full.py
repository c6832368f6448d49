"""Findings as people read them: the headline, the notes below the window, and a whole report."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from gdprlint.diagnostics import Diagnostic, Problem, Report, Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Source, Span
from gdprlint.values import evolve

from .making import CONTRADICTED, NO_CONDITION, WELLBEING, WHOLE, finding, judged, label, report, seen, span


def notes(what: Diagnostic) -> list[str]:
    return [line for line in seen(what, show_source=False).splitlines() if line.startswith("  =")]


def test_a_report_is_read_from_top_to_bottom(snapshot: SnapshotAssertion) -> None:
    assert render(WHOLE, "full", RenderOptions()) == snapshot


def test_a_report_on_a_narrow_terminal_is_folded_to_it(snapshot: SnapshotAssertion) -> None:
    assert render(WHOLE, "full", RenderOptions(width=60)) == snapshot


def test_a_report_without_findings_is_its_last_two_lines() -> None:
    assert render(report(), "full", RenderOptions()) == (
        "No problems in 14 files.\n"
        "Judged by uk-gdpr, dpa-2018 and mrs-code as in force on 2026-11-21; 31 rules did not apply.\n"
    )


def test_the_headline_folds_and_hangs_behind_its_code() -> None:
    headline, _, _ = seen(NO_CONDITION, WELLBEING, width=70).partition("\n -->")
    assert (
        headline
        == """
error[UK901]: "Wellbeing survey" uses health-answers, which is special
              category data, but states no Article 9 condition"""
    )


def test_without_a_terminal_the_headline_is_one_line() -> None:
    assert seen(NO_CONDITION, WELLBEING).splitlines()[1] == f"error[UK901]: {NO_CONDITION.message}"


def test_a_terminal_too_narrow_for_anything_still_shows_words() -> None:
    what = finding(Span("a.gdpr", 0, 0), message="a name that is taken stands here")
    assert seen(what, width=1).splitlines()[1:3] == [
        "error[syntax]: a name that is taken",
        "               stands here",
    ]


def test_wide_characters_of_a_headline_count_double() -> None:
    what = finding(Span("a.gdpr", 0, 0), message="連絡先連絡先 連絡先連絡先")
    assert seen(what, width=36).splitlines()[1:3] == [
        "error[syntax]: 連絡先連絡先",
        "               連絡先連絡先",
    ]


def test_law_note_help_and_more_follow_in_this_order() -> None:
    assert notes(CONTRADICTED) == [
        "  = law: UK GDPR Art. 5(1)(e), Art. 13(2)(a)",
        "  = note: the record was written after the notice",
        "  = help: correct whichever of the two is wrong",
        "  = more: gdprlint rule UK1341",
    ]


@pytest.mark.parametrize("code", ["syntax", "unknown-field"])
def test_what_no_rule_reports_has_no_rule_to_read_about(code: str) -> None:
    assert notes(finding(Span("a.gdpr", 0, 0), code=code)) == []


def test_help_of_several_lines_stays_in_its_column() -> None:
    what = evolve(finding(Span("a.gdpr", 0, 0)), help="say one of\n  keeps names for 1 year\n  keeps nothing")
    assert (
        seen(what)
        == """
error[syntax]: a fact
 --> a.gdpr:1:1
  = help: say one of
            keeps names for 1 year
            keeps nothing
"""
    )


CLEAR, BELL, TURN = "\x1b[2J", "\x07", "\u202e"


@pytest.mark.parametrize("format", ["full", "concise"])
@pytest.mark.parametrize("show_source", [True, False])
def test_nothing_that_steers_a_terminal_reaches_it(format: str, show_source: bool) -> None:
    bad = f"a{CLEAR}{BELL}{TURN}\r\u009bz"
    source = Source(f"records/{bad}.gdpr", f'activity a "{bad}" {{\n{bad}\n}}\n')
    place = span(source, bad + "\n}")
    what = Diagnostic(bad, bad, Severity.ERROR, bad, place, bad, bad, bad, (bad,), (label(source, f'"{bad}"', bad),))
    whole = report(what, sources=(source,), problems=(Problem(bad, bad),), totals=judged(packs=(bad,)))
    text = render(whole, format, RenderOptions(show_source=show_source))
    assert text.replace("\n", "").isprintable()


def test_the_same_report_gives_the_same_text() -> None:
    again = Report(WHOLE.findings, WHOLE.judged, WHOLE.problems, dict(reversed(list(WHOLE.sources.items()))))
    assert render(again, "full", RenderOptions()) == render(WHOLE, "full", RenderOptions())
