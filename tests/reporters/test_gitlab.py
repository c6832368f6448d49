"""Code quality as GitLab reads it, held to the fields that it documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from gdprlint.diagnostics import Report, Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Span

from .hostile import HOSTILE, report_of
from .making import ACCEPTED, NO_CONDITION, WELLBEING, WHOLE, finding, report

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "schemas" / "gitlab-code-quality.json").read_text("utf-8"))
)


def issues(report: Report, options: RenderOptions | None = None) -> list[dict[str, Any]]:
    found = json.loads(render(report, "gitlab", options or RenderOptions()))
    assert [error.message for error in SCHEMA.iter_errors(found)] == []
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_report_of_hostile_words_holds_to_the_documented_fields(words: str) -> None:
    assert len(issues(report_of(words))) == 2


def test_a_finding_has_all_that_is_documented() -> None:
    (issue,) = issues(report(NO_CONDITION.evolve(fingerprint="0123456789abcdef"), sources=(WELLBEING,)))

    assert issue == {
        "description": 'UK901 "Wellbeing survey" uses health-answers, which is special category data, but states '
        "no Article 9 condition: health data",
        "check_name": "special-category-no-condition",
        "fingerprint": "0123456789abcdef",
        "severity": "major",
        "location": {"path": "records/wellbeing.gdpr", "lines": {"begin": 2}},
    }


def test_the_schema_refuses_what_is_not_documented() -> None:
    (issue,) = issues(report(NO_CONDITION))

    assert not SCHEMA.is_valid([{**issue, "severity": "error"}])
    assert not SCHEMA.is_valid([{**issue, "categories": []}])
    assert not SCHEMA.is_valid([{**issue, "location": {"path": "./a", "lines": {"begin": 1}}}])


def test_severities_are_those_of_gitlab() -> None:
    found = issues(report(*(finding(Span("a.gdpr", 0, 1), severity=severity) for severity in Severity)))

    assert [issue["severity"] for issue in found] == ["info", "minor", "major"]


def test_every_fingerprint_is_there_and_the_only_one() -> None:
    same = finding(Span("a.gdpr", 0, 1)).evolve(fingerprint="abc")
    bare = finding(Span("a.gdpr", 0, 1))
    found = issues(report(same, same, same.evolve(fingerprint="abc-2"), bare, bare))

    fingerprints = [issue["fingerprint"] for issue in found]
    assert fingerprints[:3] == ["abc", "abc-2", "abc-2-2"]
    assert len(set(fingerprints)) == 5
    assert all(fingerprints)


def test_accepted_findings_and_problems_of_the_run_are_no_issues() -> None:
    assert len(issues(ACCEPTED)) == 1
    assert len(issues(WHOLE)) == 3


def test_paths_start_at_the_project() -> None:
    (issue,) = issues(report(finding(Span("a.gdpr", 0, 1))), RenderOptions(folder="privacy"))

    assert issue["location"]["path"] == "privacy/a.gdpr"
