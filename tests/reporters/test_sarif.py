"""The report as SARIF 2.1.0, held to the schema of the standard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]

from gdprlint.diagnostics import Report, Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.reporters.about import AboutRule
from gdprlint.text import Source, Span
from gdprlint.values import evolve

from .hostile import HOSTILE, report_of
from .making import (
    ACCEPTED,
    ALLOWED,
    CONTRADICTED,
    FIXED,
    MISSPELT,
    NO_CONDITION,
    NOTICE,
    WELLBEING,
    WHOLE,
    finding,
    report,
    span,
)

SCHEMA = Draft4Validator(json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8")))
UK901 = AboutRule(
    "UK901",
    "special-category-no-condition",
    "Special category data without a condition",
    "The ban of Article 9 stands beside Article 6.",
    "error",
    "uk-gdpr",
    "special-category",
    ("uk-gdpr 9(1)", "uk-gdpr 9(2)"),
    "the page\n",
    "# the page\n\n```gdpr\nactivity study { collects health-answers }\n```\n",
)
KNOWN = RenderOptions(rules={"UK901": UK901})


def run_of(report: Report, options: RenderOptions = KNOWN) -> dict[str, Any]:
    """The one run of the log, after the whole was held to the schema."""
    log = json.loads(render(report, "sarif", options))
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def result_of(report: Report, options: RenderOptions = KNOWN) -> dict[str, Any]:
    (result,) = run_of(report, options)["results"]
    assert isinstance(result, dict)
    return result


@pytest.mark.parametrize("whole", [report(), WHOLE, ACCEPTED, report(FIXED, sources=(WELLBEING,))])
def test_a_log_holds_to_the_schema(whole: Report) -> None:
    run_of(whole)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_log_of_hostile_words_holds_to_the_schema(words: str) -> None:
    run_of(report_of(words))


def test_a_result_says_rule_level_message_and_place() -> None:
    result = result_of(report(NO_CONDITION.evolve(fingerprint="0123456789abcdef"), sources=(WELLBEING,)))

    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("UK901", 0, "error")
    assert result["message"]["text"].endswith("but states no Article 9 condition: health data")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "records/wellbeing.gdpr", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 36, "endLine": 2, "endColumn": 55},
            }
        }
    ]
    assert result["partialFingerprints"] == {"gdprlint/v1": "0123456789abcdef"}


def test_information_is_a_note() -> None:
    assert result_of(report(finding(Span("a.gdpr", 0, 1), severity=Severity.INFO)))["level"] == "note"


def test_further_places_are_numbered_from_one() -> None:
    (related,) = result_of(report(CONTRADICTED, sources=(NOTICE, WELLBEING)))["relatedLocations"]

    assert related["id"] == 1
    assert related["message"]["text"] == "the record: 3 months"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "records/wellbeing.gdpr"


def test_columns_count_characters_and_the_log_says_so() -> None:
    source = Source("a.gdpr", "\U0001f512\U0001f4c4 data\n")
    run = run_of(report(finding(span(source, "data")), sources=(source,)))

    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (4, 8)


def test_a_place_over_lines_ends_where_its_last_character_does() -> None:
    source = Source("a.gdpr", "activity a {\n  collects b\n}\n")
    place = result_of(report(finding(Span("a.gdpr", 9, 27)), sources=(source,)))["locations"][0]

    assert place["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 10, "endLine": 3, "endColumn": 2}


def test_a_file_whose_text_is_not_at_hand_has_no_region() -> None:
    place = result_of(report(finding(Span("a.gdpr", 0, 1))))["locations"][0]

    assert place["physicalLocation"] == {"artifactLocation": {"uri": "a.gdpr", "uriBaseId": "%SRCROOT%"}}


def test_a_rule_has_its_page_its_provisions_and_its_topic() -> None:
    (rule,) = run_of(report(NO_CONDITION, sources=(WELLBEING,)))["tool"]["driver"]["rules"]

    assert (rule["id"], rule["name"]) == ("UK901", "special-category-no-condition")
    assert rule["shortDescription"]["text"] == "Special category data without a condition."
    assert rule["help"] == {"text": UK901.text, "markdown": UK901.markdown}
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["tags"] == ["special-category", "uk-gdpr", "uk-gdpr 9(1)", "uk-gdpr 9(2)"]
    assert "security-severity" not in rule["properties"]


def test_a_rule_has_an_address_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "helpUri" not in run_of(report(NO_CONDITION))["tool"]["driver"]["rules"][0]

    monkeypatch.setattr("gdprlint.reporters.style.RULE_PAGE", "https://example.org/rules/{code}")
    assert run_of(report(NO_CONDITION))["tool"]["driver"]["rules"][0]["helpUri"] == "https://example.org/rules/UK901"


def test_every_code_that_is_found_has_a_descriptor_once() -> None:
    run = run_of(report(MISSPELT, NO_CONDITION, NO_CONDITION, CONTRADICTED, sources=(WELLBEING, NOTICE)))

    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["UK1341", "UK901", "syntax"]
    assert [ids[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]


def test_what_is_accepted_stands_there_with_its_reason() -> None:
    run = run_of(ACCEPTED)

    found, *accepted = [result["suppressions"] for result in run["results"]]
    assert found == []  # the standard: said of all results, or of none
    (old,), (allowed,) = accepted
    assert (old["kind"], allowed["kind"]) == ("external", "inSource")
    assert allowed["status"] == "accepted"
    assert allowed["justification"] == ALLOWED.justification
    assert allowed["properties"] == {"owner": "data protection officer", "until": "2027-03-31", "by": "allow"}
    assert allowed["location"]["physicalLocation"]["region"]["startLine"] == 4


def test_where_nothing_is_accepted_nothing_is_said_of_it() -> None:
    assert "suppressions" not in result_of(report(NO_CONDITION))


def test_a_fix_is_told_as_the_edit_that_it_is() -> None:
    (fix,) = result_of(report(FIXED, sources=(WELLBEING,)))["fixes"]

    assert fix["description"] == {"text": "say it once"}
    assert fix["properties"] == {"safe": True}
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 23}}
    ]


def test_a_fix_that_cannot_be_told_to_the_letter_and_the_place_is_left_out() -> None:
    (fix,) = FIXED.fixes
    half = evolve(fix, edits=(evolve(fix.edits[0], text="\ud800"),))

    assert "fixes" not in result_of(report(FIXED))  # no text, so no place
    assert "fixes" not in result_of(report(FIXED.evolve(fixes=(half,)), sources=(WELLBEING,)))


def test_without_words_of_the_files_there_is_no_fix() -> None:
    hidden = RenderOptions(show_source=False)

    assert "fixes" not in result_of(report(FIXED, sources=(WELLBEING,)), hidden)


def test_problems_of_the_run_are_told_by_the_tool() -> None:
    (invocation,) = run_of(WHOLE)["invocations"]

    assert invocation["executionSuccessful"] is False
    assert [told["message"]["text"] for told in invocation["toolExecutionNotifications"]] == [
        "rule UK505 broke, other rules were run (records/wellbeing.gdpr)"
    ]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("records/a b.gdpr", "records/a%20b.gdpr"),
        ("records/100%#?.gdpr", "records/100%25%23%3F.gdpr"),
        ("a:b/c.gdpr", "a%3Ab/c.gdpr"),
        ("caf\u00e9.gdpr", "caf%C3%A9.gdpr"),
        ("caf\udce9.gdpr", "caf%E9.gdpr"),
    ],
)
def test_paths_are_references_to_files(path: str, uri: str) -> None:
    artifact = result_of(report(finding(Span(path, 0, 1))))["locations"][0]["physicalLocation"]["artifactLocation"]

    assert artifact == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", artifact["uri"])


def test_paths_start_at_the_project() -> None:
    within = RenderOptions(root="/work/project", folder="privacy/records")
    paths = ("a.gdpr", "/work/project/notices/b.md", "/elsewhere/c d.md", "C:/elsewhere/d.md")
    run = run_of(report(*(finding(Span(path, 0, 1)) for path in paths)), within)

    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert places == [
        {"uri": "privacy/records/a.gdpr", "uriBaseId": "%SRCROOT%"},
        {"uri": "notices/b.md", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///elsewhere/c%20d.md"},
        {"uri": "file:///C:/elsewhere/d.md"},
    ]
    assert run["automationDetails"] == {"id": "gdprlint/privacy/records/"}


def test_words_are_no_placeholder_and_no_link() -> None:
    said = finding(Span("a.gdpr", 0, 1), message='"{0} [here](1)" is no name')

    assert result_of(report(said))["message"]["text"] == '"{{0}} [here\\](1)" is no name'


def test_nothing_of_the_machine_or_the_hour_is_in_the_log() -> None:
    text = render(WHOLE, "sarif", KNOWN)

    assert str(Path.cwd()) not in text
    assert not re.search(r"[Tt]ime|\d\d:\d\d", text)
