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
