"""`gdprlint coverage`: an auditor asks what was looked at, not only what was wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gdprlint.cli import main
from gdprlint.model.provisions import Provision
from gdprlint.rules.coverage import FILE, watched
from gdprlint.rules.packs import Pack, load

RECORD = """\
record register of acme under uk-gdpr 30(1)
organisation acme is public authority in GB
people participants
data answers of participants is survey answers

activity study {
  controller    acme
  purpose       statistics
  lawful basis  public task
  collects      answers from participants
}
"""


def covered(*arguments: str) -> dict[str, dict[str, Any]]:
    """By pack and provision, what is told of it."""
    result = CliRunner().invoke(main, ["coverage", "--as-of", "2026-11-21", "--format", "json", *arguments])
    assert result.exit_code == 0, result.output
    data = json.loads(result.output)
    return {pack["name"]: {row["provision"]: row for row in pack["provisions"]} for pack in data["packs"]}


def codes(row: dict[str, Any]) -> list[str]:
    return [rule["code"] for rule in row["rules"]]


def test_each_provision_has_the_rules_that_cite_it_or_says_why_there_is_none() -> None:
    for pack in covered().values():
        for provision, row in pack.items():
            headed = any(other != provision and other.startswith(f"{provision}(") for other in pack)
            assert row["rules"] or row["why"] or headed, provision


def test_a_rule_stands_at_the_paragraph_that_it_cites() -> None:
    found = covered()["uk-gdpr"]
    assert "UK901" in codes(found["uk-gdpr 9(1)"])
    assert "UK901" not in codes(found["uk-gdpr 9(2)(j)"])
    assert found["uk-gdpr 45B(1)"]["why"] == "it binds the Secretary of State"


@pytest.mark.parametrize("name", ["uk-gdpr", "dpa-2018"])
def test_no_rule_cites_a_provision_that_the_list_does_not_have(name: str) -> None:
    library = load()
    pack = next(pack for pack in library.packs if pack.name == name)
    listed = [item.provision for item in watched(pack, library.rules)]
    laws = {"uk-gdpr": ("uk-gdpr",), "dpa-2018": ("dpa-2018",)}[name]
    cited = {
        cite
        for rule in library.rules
        if rule.pack == name
        for cite in rule.cites
        if cite.startswith(laws) and " " in cite and not any(word in cite for word in ("annex", "schedule", "recital"))
    }
    assert [
        cite
        for cite in sorted(cited)
        if not any(item is not None and item.contains(Provision.parse(cite)) for item in listed)
    ] == []


def test_with_a_register_it_says_what_came_of_each_rule(tmp_path: Path) -> None:
    (tmp_path / "gdprlint.toml").touch()
    (tmp_path / "record.gdpr").write_text(RECORD, "utf-8")

    found = covered(str(tmp_path))["uk-gdpr"]

    outcomes = {rule["code"]: rule["outcome"] for row in found.values() for rule in row["rules"]}
    assert outcomes["UK505"] == "failed"  # says not how long the answers are kept
    assert outcomes["UK601"] == "passed"  # a basis is named
    assert outcomes["UK2001"] == "did not apply"  # nothing is said of portability
    assert set(outcomes.values()) <= {"failed", "passed", "did not apply", "could not tell"}


RULE = """\
rule HSE001 study-of-ours {
  title     "A study that collects answers"
  why       "We want to see them all."
  cites     uk-gdpr 9(1)
  severity  warning

  for each  activity
  expect    not activity.collects is stated
  says      "{activity} is one of ours"
}
"""
CONFIGURATION = """\
packs = ["uk-gdpr", "dpa-2018"]
local-packs = ["house"]
ignore = ["UK505"]
as-of = 2026-11-21
"""


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a configuration, which is the working folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "house" / "ours").mkdir(parents=True)
    (tmp_path / "house" / "ours" / "study-of-ours.gdpr").write_text(RULE, "utf-8")
    (tmp_path / "gdprlint.toml").write_text(CONFIGURATION, "utf-8")
    (tmp_path / "record.gdpr").write_text(RECORD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def outcomes_in(*arguments: str) -> dict[str, str]:
    """What is told of each rule."""
    return {
        rule["code"]: rule.get("outcome", "")
        for pack in covered(*arguments).values()
        for row in pack.values()
        for rule in row["rules"]
    }


@pytest.mark.parametrize("paths", [[], ["."]], ids=["of the working folder", "of a register"])
def test_packs_and_rules_are_those_of_the_configuration(paths: list[str], configured: Path) -> None:
    assert list(covered(*paths)) == ["dpa-2018", "uk-gdpr", "house"]
    assert "HSE001" in codes(covered(*paths)["uk-gdpr"]["uk-gdpr 9(1)"])
    found = outcomes_in(*paths)
    assert found["UK505"] == "left out"
    assert found["HSE001"] == ("failed" if paths else "")
    assert outcomes_in(*paths, "--no-config")["UK505"] == ("failed" if paths else "")
    assert "statistics-code" in covered(*paths, "--no-config")


def test_the_command_line_goes_before_the_configuration(configured: Path) -> None:
    assert outcomes_in("--select", "UK505")["UK505"] == ""
    assert outcomes_in("--select", "UK505")["UK601"] == "left out"
    assert "HSE001" in outcomes_in("--no-config", "--pack", "house")
    (configured / "own.toml").write_text('ignore = ["UK601"]\n', "utf-8")
    found = outcomes_in("--config", "own.toml", ".")
    assert (found["UK505"], found["UK601"]) == ("failed", "left out")


def test_a_rule_that_is_left_out_or_not_in_force_watches_nothing(configured: Path) -> None:
    def told(*arguments: str) -> str:
        return CliRunner().invoke(main, ["coverage", *arguments]).output

    (configured / "gdprlint.toml").write_text('packs = ["uk-gdpr"]\nas-of = 2019-01-01\n', "utf-8")
    assert "; not in force: " in told()
    assert "not in force" not in told("--no-config", "--as-of", "2026-11-21")
    assert told().endswith("Not in use: dpa-2018, mrs-code, statistics-code.\n")
    (configured / "gdprlint.toml").write_text('packs = ["uk-gdpr"]\nselect = ["UK901"]\n', "utf-8")
    assert "provisions are watched, by 1 rules" in told()
    assert "; left out: " in told()


def test_each_register_counts_by_its_own_configuration(configured: Path) -> None:
    for name, ignored in (("one", "UK505"), ("two", "UK601")):
        (configured / name).mkdir()
        (configured / name / "gdprlint.toml").write_text(f'ignore = ["{ignored}", "UK901"]\n', "utf-8")
        (configured / name / "record.gdpr").write_text(RECORD, "utf-8")
    (configured / "gdprlint.toml").unlink()

    found = outcomes_in("one", "two")
    assert (found["UK505"], found["UK601"], found["UK901"]) == ("failed", "passed", "left out")


def test_a_word_that_means_no_rule_is_told(configured: Path) -> None:
    result = CliRunner().invoke(main, ["coverage", "--select", "XX1"])
    assert result.exit_code == 2
    assert "XX1" in result.output


def test_people_read_it_by_article(tmp_path: Path) -> None:
    out = CliRunner().invoke(main, ["coverage", "--as-of", "2026-11-21"]).output
    lines = out.splitlines()
    assert "UK GDPR Art. 45B  the test for approval" in lines
    assert (
        lines[lines.index("UK GDPR Art. 45B  the test for approval") + 2]
        == ("  (1)        - it binds the Secretary of State")
        or "  (1)        - it binds the Secretary of State" in lines
    )
    assert max(map(len, lines)) <= 100


def test_a_list_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("> uk-gdpr\n5 | principles\n", "utf-8")
    with pytest.raises(ValueError, match=r"mine/provisions.txt:2: four cells"):
        watched(Pack("mine", tmp_path), [])
