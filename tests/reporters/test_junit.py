"""The report as JUnit XML: a suite for each rule, a case for each finding."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gdprlint.diagnostics import Report, Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.reporters.about import AboutRule
from gdprlint.text import Span
from gdprlint.values import evolve

from .making import ACCEPTED, CONTRADICTED, NO_CONDITION, NOTICE, WELLBEING, WHOLE, finding, judged, report

RAN = evolve(
    judged(),
    by_rule={
        "UK901": "failed",
        "UK505": "passed",
        "UK601": "did not apply",
        "UK701": "could not tell",
        "UK1": "failed",
    },
)


def suites(report: Report, options: RenderOptions | None = None) -> dict[str, Element]:
    root = ElementTree.fromstring(render(report, "junit", options or RenderOptions()))
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        for kind in ("failure", "error"):
            assert element.get(f"{kind}s") == str(len([case for case in cases if case.find(kind) is not None]))
        assert element.get("skipped") == str(len([case for case in cases if case.find("skipped") is not None]))
    return {suite.get("name", ""): suite for suite in root}


def failure_of(suite: Element) -> Element:
    found = suite.find("testcase/failure")
    assert found is not None
    return found


def test_a_finding_is_a_case_that_failed() -> None:
    suite = suites(report(NO_CONDITION, sources=(WELLBEING,)))["UK901"]
    (case,) = suite

    assert case.attrib == {
        "name": NO_CONDITION.message,
        "classname": "records/wellbeing.gdpr",
        "file": "records/wellbeing.gdpr",
        "line": "2",
    }
    assert failure_of(suite).get("type") == "error"
    assert failure_of(suite).get("message") == f"{NO_CONDITION.message}: health data"


def test_the_failure_holds_what_people_read() -> None:
    body = failure_of(suites(report(NO_CONDITION, sources=(WELLBEING,)))["UK901"]).text or ""

    assert body.startswith("error[UK901]: ")
    assert "health-answers from participants" in body
    assert "= law: UK GDPR Art. 9(1), Art. 9(2)" in body


def test_without_words_of_the_files_the_failure_holds_places_only() -> None:
    hidden = RenderOptions(show_source=False)
    body = failure_of(suites(report(NO_CONDITION, sources=(WELLBEING,)), hidden)["UK901"]).text or ""

    assert "health-answers from participants" not in body
    assert "records/wellbeing.gdpr:2:36" in body


def test_a_case_fails_where_the_run_fails_by_it() -> None:
    found = report(CONTRADICTED, sources=(NOTICE, WELLBEING))

    (case,) = suites(found)["UK1341"]
    assert [element.tag for element in case] == ["system-out"]
    (case,) = suites(found, RenderOptions(fail_on=Severity.WARNING))["UK1341"]
    assert [element.tag for element in case] == ["failure"]


def test_every_rule_that_ran_is_a_suite_that_says_what_came_of_it() -> None:
    named = RenderOptions(rules={"UK505": AboutRule("UK505", "retention-missing", "No retention")})
    found = suites(report(NO_CONDITION, sources=(WELLBEING,), totals=RAN), named)

    assert list(found) == ["UK1", "UK505 retention-missing", "UK601", "UK701", "UK901"]
    said = {name: [skipped.get("message") for skipped in suite.iter("skipped")] for name, suite in found.items()}
    assert said == {
        "UK1": ["found something in files that were not asked for"],
        "UK505 retention-missing": [],
        "UK601": ["did not apply to anything"],
        "UK701": ["could not tell from the text"],
        "UK901": [],
    }


def test_what_is_accepted_is_skipped_with_its_reason() -> None:
    (skipped,) = suites(ACCEPTED)["UK901"].iter("skipped")

    assert skipped.get("message") == (
        "accepted by allow until 2027-03-31, owner data protection officer: the board has decided, see minute 12"
    )


def test_problems_of_the_run_are_errors() -> None:
    (error,) = suites(WHOLE)["gdprlint"].iter("error")

    assert error.get("message") == "rule UK505 broke, other rules were run"


def test_cases_of_one_name_are_told_apart() -> None:
    same = finding(Span("a.gdpr", 0, 1))
    names = [case.get("name") for case in suites(report(same, same, same))["syntax"]]

    assert names == ["a fact", "a fact (2)", "a fact (3)"]
