"""The return holds what the terms ask for, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

from gdprlint_funder_tools.returns import COLUMNS, render

from gdprlint.api import Diagnostic, Judged, Report, Severity, Source, Span, Suppressed


def finding(code: str, cites: tuple[str, ...], message: str, activity: str = "study") -> Diagnostic:
    return Diagnostic(
        code, "a-rule", Severity.WARNING, message, Span("a.gdpr", 4, 8), cites=cites, activity=activity, register="all"
    )


def rows(*found: Diagnostic, accepted: tuple[Suppressed, ...] = ()) -> list[dict[str, str]]:
    judged = Judged(1, 1, ("ferrowby",), "2026-09-30", 2, 0, 0)
    report = Report(found, judged, sources={"a.gdpr": Source("a.gdpr", "one\ntwo\n")}, suppressed=accepted)
    return list(csv.DictReader(io.StringIO(render(report))))


def test_a_finding_on_the_terms_is_a_row_with_its_place() -> None:
    (row,) = rows(finding("FER701", ("ferrowby-terms section 11(1)", "uk-gdpr 44A"), "data go abroad"))

    assert list(row) == list(COLUMNS)
    assert row["terms"] == "section 11(1)"
    assert (row["study"], row["state"], row["file"], row["line"]) == ("study", "open", "a.gdpr", "2")
    assert row["as of"] == "2026-09-30"


def test_what_the_law_alone_asks_is_left_out() -> None:
    assert rows(finding("UK901", ("uk-gdpr 9(1)",), "no condition")) == []


def test_what_was_accepted_comes_with_its_reason() -> None:
    one = finding("FER101", ("ferrowby-terms section 3(1)",), "no plan")
    (row,) = rows(accepted=(Suppressed(one, "allow", "the plan is with the board", "dpo", "2026-12-31"),))

    assert (row["state"], row["reason"], row["accepted by"], row["until"]) == (
        "accepted", "the plan is with the board", "dpo", "2026-12-31",
    )  # fmt: skip


def test_no_cell_is_taken_for_a_formula() -> None:
    (row,) = rows(finding("FER101", ("ferrowby-terms section 3(1)",), '=HYPERLINK("x")', activity="@x"))

    assert (row["study"], row["what"]) == ("'@x", '\'=HYPERLINK("x")')
