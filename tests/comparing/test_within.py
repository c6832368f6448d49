"""REC010: what `gdprlint check` tells of a register whose record and notice part, and what it leaves to the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.engine import CheckOptions, check

RECORD = """use core
record r of harbour under uk-gdpr 30(1)
organisation harbour "Harbour Institute" is research organisation in GB
organisation quill "Quill Transcripts" is transcription service in GB
organisation northbank "Northbank" is company in GB
people members "Members"
data answers of members is survey answers
data tapes of members is audio recording
activity study "Living by the river" {
%s
}
"""
NOTICE = """notice n "What we do" of study on 2026-02-01

activity told "Living by the river" {
%s
}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gdprlint.toml").touch()


def found(record: str, notice: str, *more: str, packs: str = "core", select: tuple[str, ...] = ()) -> list[Diagnostic]:
    """All findings in a register of a record and its notices."""
    Path("record.gdpr").write_text(RECORD.replace("use core", f"use {packs}") % record, encoding="utf-8")
    for number, text in enumerate((notice, *more)):
        name = NOTICE.replace("notice n", f"notice n{number}").replace("activity told", f"activity told-{number}")
        Path(f"notice-{number}.gdpr").write_text(name % text, encoding="utf-8")
    return list(check(["."], CheckOptions(as_of=date(2026, 11, 21), select=select)).findings)


def drift(*arguments: str, packs: str = "core") -> list[str]:
    return [finding.message for finding in found(*arguments, packs=packs) if finding.code == "REC010"]


def test_what_is_not_told_has_its_places_in_both_files() -> None:
    (finding,) = found("  processor northbank, quill", "  processor northbank", select=("REC010",))

    assert finding.message == (
        '"Living by the river": `processor quill` is on record, and the notice names neither them nor their kind'
    )
    assert (finding.span.path, [label.span.path for label in finding.labels]) == ("record.gdpr", ["notice-0.gdpr"])
    assert (finding.severity, finding.activity) == (Severity.WARNING, "study")
    assert finding.cites == ("uk-gdpr 13(1)(e)", "uk-gdpr 14(1)(e)", "uk-gdpr 30(1)(d)", "uk-gdpr 5(1)(a)")


def test_what_is_not_on_record_has_its_places_in_both_files() -> None:
    (finding,) = found("  security encryption", "  security encryption, staff training", select=("REC010",))

    assert (finding.span.path, [label.span.path for label in finding.labels]) == ("notice-0.gdpr", ["record.gdpr"])
    assert finding.severity is Severity.INFO


def test_a_record_and_a_notice_that_are_at_one_have_no_finding() -> None:
    assert drift("  keeps answers for 24 months", "  keeps answers for 2 years") == []


RULES = {
    "UK1341": ("  keeps answers for 3 years", "  keeps answers for 2 years"),
    "UK1338": ("  lawful basis public task", "  lawful basis consent"),
    "UK1305": ("  purpose research, direct marketing", "  purpose research"),
    "UK1339": ("  transfers answers to quill in US", "  transfers none"),
    "UK1326": ("  requires answers", "  purpose research"),
}


@pytest.mark.parametrize("code", RULES)
def test_what_a_rule_reports_is_left_to_it(code: str) -> None:
    codes = {finding.code for finding in found(*RULES[code], packs="uk-gdpr")}

    assert code in codes
    assert "REC010" not in codes


def test_where_the_rule_does_not_judge_the_register_the_drift_is_told() -> None:
    assert drift(*RULES["UK1341"]) == [
        '"Living by the river": the notice keeps answers for 2 years, and the record for 3 years'
    ]


def test_what_one_of_two_notices_tells_is_told() -> None:
    assert drift("  processor northbank, quill", "  processor northbank", "  processor quill") == []


def test_a_notice_that_is_of_nothing_on_record_is_held_against_nothing() -> None:
    found("  processor northbank, quill", "  processor northbank")
    Path("notice-0.gdpr").write_text((NOTICE % "  processor northbank").replace(" of study", ""), encoding="utf-8")
    codes = {finding.code for finding in check(["."], CheckOptions(as_of=date(2026, 11, 21))).findings}

    assert "REC010" not in codes


def test_it_can_be_left_out() -> None:
    Path("record.gdpr").write_text(RECORD % "  processor northbank, quill", encoding="utf-8")
    Path("notice.gdpr").write_text(NOTICE % "  processor northbank", encoding="utf-8")
    options = CheckOptions(as_of=date(2026, 11, 21), ignore=("REC010",))

    assert "REC010" not in {finding.code for finding in check(["."], options).findings}


def test_a_finding_is_known_again_when_lines_move() -> None:
    before = found("  security encryption", "  security encryption, staff training", select=("REC010",))
    after = found("\n\n  security encryption", "\n  security encryption, staff training", select=("REC010",))

    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert before[0].fingerprint
