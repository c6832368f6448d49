"""Annotations of GitHub: every one in its place, the worst first, none dropped in silence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gdprlint.diagnostics import Problem, Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.reporters.github import command_of, muted
from gdprlint.text import Source, Span

from .making import ACCEPTED, CONTRADICTED, NO_CONDITION, NOTICE, WELLBEING, finding, report

PLAIN = RenderOptions()
SOMEWHERE = Span("records/a.gdpr", 0, 1)


def test_an_annotation_says_where_what_law_and_help() -> None:
    assert render(report(NO_CONDITION, sources=(WELLBEING,)), "github", PLAIN) == (
        "::error file=records/wellbeing.gdpr,line=2,col=36,endLine=2,endColumn=55,"
        "title=UK901 special-category-no-condition::"
        '"Wellbeing survey" uses health-answers, which is special category data, but states no Article 9 condition:'
        " health data%0A"
        "law: UK GDPR Art. 9(1), Art. 9(2)%0A"
        "help: research usually relies on `condition 9(2)(j) under dpa-2018 schedule 1 paragraph 4`%0A"
        "more: gdprlint rule UK901\n"
    )


def test_levels_are_those_of_github() -> None:
    found = report(*(finding(SOMEWHERE, severity=severity) for severity in Severity))

    assert [line.split()[0] for line in render(found, "github", PLAIN).splitlines()] == [
        "::error",
        "::warning",
        "::notice",
    ]


def test_a_place_over_lines_has_no_columns() -> None:
    source = Source("a.gdpr", "activity a {\n  collects b\n}\n")
    text = render(report(finding(Span("a.gdpr", 9, 28)), sources=(source,)), "github", PLAIN)

    assert text.startswith("::error file=a.gdpr,line=1,endLine=3,title=syntax::")


def test_what_would_end_a_property_or_the_line_is_escaped() -> None:
    assert command_of("error", "100%, a:b\r\nc", file="a,b:c%\n") == (
        "::error file=a%2Cb%3Ac%25%0A::100%25, a:b%0D%0Ac"
    )


def as_the_runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """Name, properties and message of a command, read as the runner of GitHub does."""
    head, _, data = line.removeprefix("::").partition("::")
    name, _, listed = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in listed.split(",") if pair)
    for sign in (",", ":", "\n", "\r", "%"):
        code = f"%{ord(sign):02X}"
        properties = {key: value.replace(code, sign) for key, value in properties.items()}
        data = data if sign in ",:" else data.replace(code, sign)
    return name, properties, data


@settings(deadline=None)
@given(st.text(), st.text())
def test_the_runner_reads_what_was_meant(file: str, message: str) -> None:
    line = command_of("error", message, file=file, title="a")

    assert "\n" not in line
    assert as_the_runner_reads(line) == ("error", {"file": file, "title": "a"}, message)


def test_the_worst_come_first() -> None:
    text = render(report(CONTRADICTED, NO_CONDITION, sources=(NOTICE, WELLBEING)), "github", PLAIN)

    assert [line.split()[0] for line in text.splitlines()] == ["::error", "::warning"]


def test_ten_of_a_level_need_no_word_about_more() -> None:
    found = report(*(finding(SOMEWHERE, severity=severity) for severity in Severity for _ in range(10)))

    assert render(found, "github", PLAIN).count("\n") == 30


def test_more_than_ten_of_a_level_are_counted_in_the_last_annotation() -> None:
    many = [(Severity.ERROR, 12), (Severity.WARNING, 3), (Severity.INFO, 10)]
    found = report(*(finding(SOMEWHERE, severity=severity) for severity, count in many for _ in range(count)))
    lines = render(found, "github", PLAIN).splitlines()

    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::warning"] * 3 + ["::notice"] * 10
    assert lines[-1] == "::notice title=gdprlint::3 more findings: 2 errors, 1 notice. GitHub shows 10 of a level."


def test_problems_of_the_run_come_before_all() -> None:
    found = report(NO_CONDITION, problems=(Problem("rule UK505 broke", "a.gdpr"),), sources=(WELLBEING,))

    assert render(found, "github", PLAIN).startswith(
        "::error title=gdprlint::problem of the run: rule UK505 broke (a.gdpr)\n::error file="
    )


def test_what_is_accepted_is_not_annotated() -> None:
    assert render(ACCEPTED, "github", RenderOptions(show_suppressed=True)).count("\n") == 1


def test_nothing_found_annotates_nothing() -> None:
    assert render(report(), "github", PLAIN) == "::debug::No problems in 14 files.\n"


def test_paths_start_at_the_project() -> None:
    text = render(report(finding(SOMEWHERE)), "github", RenderOptions(folder="privacy"))

    assert text.startswith("::error file=privacy/records/a.gdpr,")


def test_other_output_is_muted_by_a_word_that_it_cannot_hold() -> None:
    text = "a ##[stop-commands]x\n::error::y\n"
    first, *lines, last = muted(text).splitlines()
    word = first.removeprefix("::stop-commands::")

    assert lines == text.splitlines()
    assert last == f"::{word}::"
    assert word not in text
    assert muted(text + word) != muted(text)
