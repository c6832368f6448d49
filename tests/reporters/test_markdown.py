"""The report as tables in Markdown, as the summary of a job shows it."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from gdprlint.reporters import RenderOptions, render
from gdprlint.reporters.markdown import MOST_BYTES, words
from gdprlint.text import Span

from .hostile import HOSTILE, report_of
from .making import ACCEPTED, CONTRADICTED, NO_CONDITION, NOTICE, WELLBEING, WHOLE, finding, report

PLAIN = RenderOptions()
READER = MarkdownIt("commonmark").enable("table")


def test_the_worst_stand_first_in_the_table() -> None:
    text = render(report(CONTRADICTED, NO_CONDITION, sources=(NOTICE, WELLBEING)), "markdown", PLAIN)
    rows = [line for line in text.splitlines() if line.startswith("| ")]

    assert [row.split(" | ")[0] for row in rows] == ["| severity", "| error", "| warning"]
    assert "records/wellbeing.gdpr:2" in rows[1]
    assert "UK GDPR Art. 9(1), Art. 9(2)" in rows[1]


def test_the_totals_and_problems_of_the_run_stand_above() -> None:
    lines = render(WHOLE, "markdown", PLAIN).splitlines()

    assert lines[2] == "- **problem of the run**: rule UK505 broke, other rules were run (records/wellbeing.gdpr)"
    assert lines[4] == "Found 3 problems (2 errors, 1 warning) in 2 of 14 files, and 1 problem of the run."


def test_what_is_accepted_has_a_table_of_its_own() -> None:
    _, _, accepted = render(ACCEPTED, "markdown", PLAIN).partition("### Accepted\n")

    assert "by allow until 2027-03-31, owner data protection officer: the board has decided" in accepted
    assert accepted.count("\n| ") == 3


def test_without_findings_there_is_no_table() -> None:
    assert "|" not in render(report(), "markdown", PLAIN)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_words_are_words_where_markdown_is_read(hostile: str) -> None:
    text = words(hostile)
    tokens = READER.parse(f"| {text} |\n|---|\n| {text} |\n")

    assert [token.type for token in tokens if token.type == "th_open"] == ["th_open"]
    assert [token.type for token in tokens if token.type == "td_open"] == ["td_open"]
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "text_special"}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_add_no_row_and_no_element(hostile: str) -> None:
    tokens = READER.parse(render(report_of(hostile), "markdown", PLAIN))

    assert len([token for token in tokens if token.type == "tr_open"]) == (1 + 2) + (1 + 1)
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {"text", "text_special", "strong_open", "strong_close", "html_inline"}
    assert {child.content for child in inside if child.type == "html_inline"} <= {"<br>"}


def test_a_very_long_name_leaves_room_for_the_other_findings() -> None:
    long = finding(Span("a.gdpr", 0, 1), message="x" * 2_000_000)
    text = render(report(long, NO_CONDITION, sources=(WELLBEING,)), "markdown", PLAIN)

    assert "Article 9 condition" in text
    assert len(text) < 10_000


def test_what_is_more_than_a_platform_shows_is_counted() -> None:
    many = [finding(Span("a.gdpr", 0, 1), message=f"{number} " + "x" * 1_800) for number in range(900)]
    text = render(report(*many), "markdown", PLAIN)

    assert MOST_BYTES - 20_000 < len(text.encode()) < 1_000_000
    assert text.rstrip().endswith("more rows did not fit in here.")
