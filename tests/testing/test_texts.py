"""What is found in a text, and how that is kept and compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from syrupy.assertion import SnapshotAssertion

from gdprlint.options import WrongUse
from gdprlint.testing import check_text, shown
from gdprlint.testing.extra import needed
from tests.testing.conftest import RULE, Run

STUDY = """\
people participants
data answers of participants

activity study {
  keeps         answers for 5 years then delete
}
"""


def test_a_text_is_judged_by_the_rules_that_are_named() -> None:
    report = check_text("activity study {\n  controller zebra\n}\n", rules=["REC001"])

    assert [finding.message for finding in report.findings] == ["`zebra` is declared nowhere in this register"]
    assert {finding.code for finding in check_text(STUDY).findings} == {"REC105", "REC115", "REC130"}


def test_rules_of_a_folder_judge_together_with_those_of_core(repository: Path) -> None:
    report = check_text(STUDY, packs=[str(repository / "src" / "acme")])

    assert {finding.pack for finding in report.findings} == {"core", "acme"}
    assert "record.gdpr:5:29: error[ACME001] study keeps answers for longer than two years\n" in shown(
        report, "concise"
    )


def test_several_texts_are_one_register() -> None:
    people, study = STUDY.split("\n\n")

    assert not check_text({"people.gdpr": people + "\n", "study.gdpr": study}, rules=["REC001"]).findings


def test_the_law_is_that_of_a_day_that_does_not_pass() -> None:
    assert check_text(STUDY).judged.as_of == "2026-11-21"
    assert check_text(STUDY, as_of=date(2019, 1, 1)).judged.as_of == "2019-01-01"


@pytest.mark.parametrize("wrong", [{"rules": ["ACME9"]}, {"packs": ["no-such-pack"]}])
def test_a_word_that_means_nothing_is_told(wrong: dict[str, list[str]]) -> None:
    with pytest.raises((ValueError, WrongUse), match="is called"):
        check_text(STUDY, **wrong)  # type: ignore[arg-type]  # a table of arguments


def test_findings_are_kept_as_people_read_them(findings_snapshot: SnapshotAssertion, repository: Path) -> None:
    report = check_text(STUDY, ["ACME001"], packs=[str(repository / "src" / "acme")])

    assert report == findings_snapshot
    assert shown(report, "concise") == findings_snapshot


def test_a_finding_that_changed_shows_the_lines_that_did(run: Run, repository: Path) -> None:
    tests = repository / "tests" / "test_own.py"
    tests.write_text(
        dedent(f"""\
            from gdprlint.testing import check_text

            STUDY = {STUDY!r}

            def test_own(findings_snapshot):
                assert check_text(STUDY, ["ACME001"], packs=["src/acme"]) == findings_snapshot
            """),
        "utf-8",
    )
    written = run("-q", "tests/test_own.py", "--snapshot-update")
    kept = repository / "tests" / "__snapshots__" / "test_own" / "test_own.txt"
    assert "1 snapshot generated" in written.stdout, written.stdout + written.stderr
    assert "error[ACME001]: study keeps answers for longer than two years\n" in kept.read_text("utf-8")

    changed = RULE.replace("for longer than two years", "for too long")
    (repository / "src" / "acme" / "storage" / "kept-too-long.gdpr").write_text(changed, "utf-8")
    assert "study keeps answers for too long" in run("-q", "tests/test_own.py").stdout


@pytest.mark.parametrize("library", ["syrupy", "hypothesis"])
def test_what_is_missing_names_the_extra_that_brings_it(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)

    with pytest.raises(ModuleNotFoundError, match=rf"the kit needs {library}: pip install 'gdprlint-uk\[testing\]'"):
        needed(library, "the kit")
