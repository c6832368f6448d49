"""What stands behind a report: asked for by those who write for people without the tool, and by nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gdprlint.background import Background, Party
from gdprlint.cli import main
from gdprlint.diagnostics import Report
from gdprlint.engine import CheckOptions, check

DAY = date(2026, 11, 21)
RECORD = """\
use uk-gdpr

organisation harbour "Harbour Research"
organisation vale "Vale University"

activity study "River study" {
  controller         harbour
  purpose            research
  activity interviews "Interviews" {
    collects         answers
  }
}
activity panel {
  joint controllers  harbour, vale
  controller         "whoever runs the panel"
}
activity letters {
  processor          vale for harbour
}
data answers is survey answers
"""

Judge = Callable[..., Report]


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gdprlint.toml").touch()

    def judged(record: str = RECORD, **options: Any) -> Report:
        (tmp_path / "record.gdpr").write_text(record)
        return check(("record.gdpr",), CheckOptions(**{"as_of": DAY, "background": True, **options}))

    return judged


def behind(report: Report) -> Background:
    assert report.background is not None
    return report.background


def test_it_is_there_only_where_it_is_asked_for(judge: Judge) -> None:
    assert judge(background=False).background is None


def test_it_changes_nothing_of_what_is_found(judge: Judge) -> None:
    with_it, without = judge(), judge(background=False)
    assert (with_it.findings, with_it.judged, with_it.problems) == (without.findings, without.judged, without.problems)


def test_an_activity_has_its_title_and_those_who_answer_for_it(judge: Judge, tmp_path: Path) -> None:
    (register,) = behind(judge()).registers
    harbour, vale = Party("harbour", "Harbour Research"), Party("vale", "Vale University")
    assert (register.name, register.root) == (tmp_path.name, ".")
    assert register.paths == {"record.gdpr"}
    told = {name: (activity.title, activity.parties) for name, activity in register.activities.items()}
    assert told == {
        "study": ("River study", (harbour,)),
        "interviews": ("Interviews", (harbour,)),
        "panel": ("", (Party("", "whoever runs the panel"), harbour, vale)),
        "letters": ("", ()),
    }
    assert register.parties == (harbour, Party("", "whoever runs the panel"), vale)


def test_in_the_record_of_a_processor_the_processor_answers(judge: Judge) -> None:
    (register,) = behind(judge("record all under uk-gdpr 30(2)\n" + RECORD)).registers
    assert register.activities["letters"].parties == (Party("vale", "Vale University"),)


def test_rules_are_told_with_what_came_of_them(judge: Judge) -> None:
    report = judge()
    rules = behind(report).rules
    assert {code: rules[code].outcome for code in report.judged.by_rule} == dict(report.judged.by_rule)
    failed = {finding.code for finding in report.findings if finding.code != "syntax"}
    assert failed
    assert {rules[code].outcome for code in failed} == {"failed"}
    assert all(rules[code].why and rules[code].title for code in failed)


def test_rules_of_packs_that_are_not_in_use_are_not_told(judge: Judge) -> None:
    background = behind(judge())
    assert {rule.pack for rule in background.rules.values()} == {"core", "uk-gdpr"}
    assert {pack.name: pack.used for pack in background.coverage} == {
        "dpa-2018": False, "mrs-code": False, "statistics-code": False, "uk-gdpr": True,
    }  # fmt: skip


def test_a_rule_that_was_not_asked_is_no_rule_that_did_not_apply(judge: Judge) -> None:
    rules = behind(judge(select=("UK901",))).rules
    assert rules["UK901"].outcome in ("passed", "did not apply", "could not tell")
    others = {rule.outcome for code, rule in rules.items() if code != "UK901"}
    assert others == {"left out"}


def test_a_rule_that_was_no_law_yet_is_told_as_that(judge: Judge) -> None:
    report = judge(as_of=date(2019, 1, 1))
    early = {code for code, rule in behind(report).rules.items() if rule.outcome == "not in force"}
    assert "UK1324" in early  # complaints to the controller, since 2026
    assert not early & set(report.judged.by_rule)


def test_provisions_are_those_of_the_command_coverage(judge: Judge) -> None:
    (pack,) = (pack for pack in behind(judge()).coverage if pack.name == "uk-gdpr")
    printed = json.loads(
        CliRunner().invoke(main, ["coverage", "--as-of", DAY.isoformat(), "--format", "json", "record.gdpr"]).output
    )
    (listed,) = (each["provisions"] for each in printed["packs"] if each["name"] == "uk-gdpr")
    assert [(watch.provision, watch.title, list(watch.codes), watch.why) for watch in pack.watches] == [
        (row["provision"], row["title"], [rule["code"] for rule in row["rules"]], row["why"]) for row in listed
    ]


@pytest.mark.parametrize(
    "content",
    [b"no heading | a | - | b\n", b"> uk-gdpr\nonly two | cells\n", b"\xff\xfe\x00", b"> x\n???? | a | - | b\n"],
)
def test_a_list_of_provisions_that_cannot_be_read_is_said_to_be_that(
    judge: Judge, tmp_path: Path, content: bytes
) -> None:
    pack = tmp_path / "house"
    pack.mkdir()
    (pack / "pack.gdpr").write_text('pack house "House rules"\n')
    (pack / "provisions.txt").write_bytes(content)
    (told,) = (each for each in behind(judge(local_packs=(str(pack),))).coverage if each.name == "house")
    assert told.fault
    assert told.watches == ()
