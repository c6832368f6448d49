"""The last lines: how much was found, by what it was judged, and where to start."""

from __future__ import annotations

import pytest

from gdprlint.diagnostics import Judged, Problem, Report, Severity
from gdprlint.reporters.style import painter
from gdprlint.reporters.totals import closing, found, judged_by, start_with
from gdprlint.text import Span

from .making import finding, judged, report

SOMEWHERE = Span("records/a.gdpr", 0, 1)
OF_WEIGHT = {severity: finding(SOMEWHERE, severity=severity) for severity in Severity}


def test_nothing_found_is_said_in_two_lines() -> None:
    assert closing(report(), painter(False)) == [
        "No problems in 14 files.\n"
        "Judged by uk-gdpr, dpa-2018 and mrs-code as in force on 2026-11-21; 31 rules did not apply."
    ]


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([3, 2, 3], "Found 3 problems (2 errors, 1 warning) in 3 of 14 files."),
        ([2], "Found 1 problem (1 warning) in 3 of 14 files."),
        ([1, 1, 3], "Found 3 problems (1 error, 2 for information) in 3 of 14 files."),
    ],
)
def test_findings_are_counted_by_weight(weights: list[int], said: str) -> None:
    findings = [OF_WEIGHT[Severity(weight)] for weight in weights]
    assert found(report(*findings, totals=judged(files_with_findings=3))) == said


def test_one_file_is_not_called_files() -> None:
    assert found(report(totals=judged(files=1))) == "No problems in 1 file."


def test_a_run_without_files_does_not_say_that_all_is_well() -> None:
    assert found(report(totals=judged(files=0))) == "No files were judged."


BROKEN = (Problem("rule UK901 broke: please report it"), Problem("cannot be read", "records/b.pdf"))


def test_a_broken_run_does_not_say_that_all_is_well() -> None:
    assert found(report(problems=BROKEN)) == "No findings in 14 files, but 2 problems of the run."


def test_problems_of_the_run_are_counted_beside_what_was_found() -> None:
    broken = report(OF_WEIGHT[Severity.ERROR], problems=BROKEN[:1], totals=judged(files_with_findings=1))
    assert found(broken) == "Found 1 problem (1 error) in 1 of 14 files, and 1 problem of the run."


def test_problems_of_the_run_stand_before_the_last_lines() -> None:
    problems, *_ = closing(report(problems=BROKEN), painter(False))
    assert problems == ("problem: rule UK901 broke: please report it\nproblem: cannot be read (records/b.pdf)")


def test_control_characters_of_a_problem_are_written_out() -> None:
    problems, *_ = closing(report(problems=(Problem("broke\x1b[2J", "a\nb"),)), painter(False))
    assert problems == r"problem: broke\u001b[2J (a\u000ab)"


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (
            judged(packs=("uk-gdpr",), not_applied=1),
            "uk-gdpr as in force on 2026-11-21; 1 rule did not apply.",
        ),
        (judged(packs=("a", "b"), not_applied=0), "a and b as in force on 2026-11-21."),
        (
            judged(packs=("a",), not_applied=31, cannot_tell=5),
            "a as in force on 2026-11-21; 31 rules did not apply, 5 rules could not tell from the text.",
        ),
        (
            judged(packs=("a",), not_applied=0, cannot_tell=1),
            "a as in force on 2026-11-21; 1 rule could not tell from the text.",
        ),
        (judged(packs=(), not_applied=0), "no rule pack as in force on 2026-11-21."),
    ],
)
def test_the_last_line_says_what_could_not_be_judged(totals: Judged, said: str) -> None:
    assert judged_by(totals) == f"Judged by {said}"


def many(*codes: str) -> Report:
    """A report with a finding for each code and name; codes of `w…` are warnings."""
    return report(
        *(
            finding(
                SOMEWHERE,
                code=code.strip("w"),
                name=f"name-of-{code.strip('w')}",
                severity=Severity.WARNING if code.startswith("w") else Severity.ERROR,
            )
            for code in codes
        )
    )


def test_ten_findings_need_no_start() -> None:
    assert start_with(many(*["UK901"] * 10)) == []


def test_one_starts_with_the_commonest_error() -> None:
    report = many(*["UK901"] * 4, *["UK505"] * 5, *["wUK1"] * 20)
    assert start_with(report) == ["Start with:", "  UK505 name-of-UK505, 5 errors"]


def test_of_equally_common_errors_the_first_code_is_named() -> None:
    assert start_with(many(*["UK901", "UK505"] * 6))[1] == "  UK505 name-of-UK505, 6 errors"


def test_without_errors_one_starts_with_the_commonest_warning() -> None:
    assert start_with(many(*["wUK1"] * 11))[1] == "  UK1 name-of-UK1, 11 warnings"


def test_faults_of_syntax_come_first_since_they_hide_findings() -> None:
    assert start_with(many("syntax", "syntax", *["UK505"] * 9)) == [
        "Start with:",
        "  2 syntax faults, which may hide other findings",
        "  UK505 name-of-UK505, 9 errors",
    ]


def test_errors_that_are_all_different_give_no_start() -> None:
    assert start_with(many(*(f"UK{number}" for number in range(11)))) == []
