"""A funder's house rules, installed from their wheel beside that of gdprlint: used, upgraded and taken out again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

pytestmark = pytest.mark.packaging

Make = Callable[..., "Environment"]
EXAMPLE = Path(__file__).parents[3] / "examples" / "packs" / "gdprlint-funder-rules" / "example"
DAY = ("--as-of", "2026-11-21")

# Nobody is data steward, the funder gets answers with a code, and answers are linked to records without an assessment.
RECORD = """\
use ferrowby, uk-gdpr

record pensioners-record "Pensioners" of mossdale under uk-gdpr 30(1)
organisation mossdale "Mossdale Institute" is charity in GB
organisation ferrowby "Ferrowby Trust" is ferrowby trust in GB
people pensioners "People with a pension"
data answers of pensioners is survey answers, serial number
data pensions of pensioners is benefit records
document plan "Plan" is data management plan of study on 2026-06-01

{steward}activity study "Pensioners" {{
  controller    mossdale
  sponsor       ferrowby under seedcorn-grant
  sends         breach notices to ferrowby within 72 hours
  {code}discloses     answers to ferrowby
  {links}links         answers to pensions
}}
"""
LOOKED_AT = ("UK3502", "REC005", "REC014", "REC017", "baseline", "configuration")  # beside the codes of the funder
BEFORE = ["FER103", "FER402", "FER601", "UK3502"]
NOW = ["FER111", "FER401", "UK3502"]


@pytest.fixture(scope="module")
def both(make_environment: Make, funder_rules: dict[str, Path]) -> Environment:
    """gdprlint and the rules as they are now. Tests that change what is installed have their own."""
    return make_environment(funder_rules["1.1"])


@pytest.fixture(scope="module")
def before(make_environment: Make, funder_rules: dict[str, Path]) -> Environment:
    """gdprlint and the rules as they were."""
    return make_environment(funder_rules["1.0"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def write(folder: Path, steward: str = "", code: str = "", links: str = "") -> None:
    text = RECORD.format(steward=steward, code=code, links=links)
    (folder / "record.gdpr").write_text(text, encoding="utf-8")


def check(environment: Environment, folder: Path, *options: str) -> list[dict[str, Any]]:
    done = environment.run("gdprlint", "check", *DAY, "--format", "json", *options, ".", cwd=folder)
    assert done.stderr == ""
    found = json.loads(done.stdout)["findings"]
    return [one for one in found if one["code"] in LOOKED_AT or one["code"].startswith("FER")]


def codes(environment: Environment, folder: Path, *options: str) -> list[str]:
    return sorted(finding["code"] for finding in check(environment, folder, *options))


class TestInstalled:
    def test_its_rules_are_listed_beside_those_that_ship(self, both: Environment, tmp_path: Path) -> None:
        done = both.run("gdprlint", "rules", "--format", "json", cwd=tmp_path)
        packs = [rule["pack"] for rule in json.loads(done.stdout)["rules"]]

        assert (done.returncode, done.stderr) == (0, "")
        assert packs.count("ferrowby") == 17
        assert {"core", "uk-gdpr", "dpa-2018", "mrs-code", "statistics-code"} < set(packs)

    def test_it_is_listed_with_its_version_and_where_it_comes_from(self, both: Environment, tmp_path: Path) -> None:
        listed = json.loads(both.run("gdprlint", "plugins", "--format", "json", cwd=tmp_path).stdout)
        (pack,) = [pack for pack in listed["packs"] if pack["name"] == "ferrowby"]

        assert (pack["version"], pack["origin"], pack["prefixes"]) == ("1.1.0", "installed", ["FER"])

    def test_its_examples_and_cues_hold_where_it_is_installed(self, both: Environment, tmp_path: Path) -> None:
        done = both.run("gdprlint", "test", "ferrowby", cwd=tmp_path)

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith("2 cues, 20 sentences: all passed, and every condition is noticed.\n")

    def test_its_own_tests_pass_where_it_is_installed(self, both: Environment, own_tests: Callable[..., str]) -> None:
        """Two of them, and those that pytest makes of the rules of a topic."""
        said = own_tests(both, "gdprlint-funder-rules", "tests", "src/gdprlint_funder_rules/people")

        assert re.match(r"2[0-9] passed in ", said), said

    def test_a_rule_cites_the_terms_of_the_funder(self, both: Environment, tmp_path: Path) -> None:
        page = both.run("gdprlint", "rule", "FER201", cwd=tmp_path).stdout

        assert "ferrowby-terms section 5(1)" in page

    def test_the_example_and_its_notice_give_what_stands_beside_them(self, both: Environment, tmp_path: Path) -> None:
        shutil.copytree(EXAMPLE, tmp_path / "example")
        done = both.run("gdprlint", "check", "example", *DAY, "--select", "ferrowby", cwd=tmp_path)

        assert done.stderr == ""
        assert done.stdout == (EXAMPLE / "expected.txt").read_text(encoding="utf-8")

    def test_a_notice_is_heard_by_its_cues(self, both: Environment, unchanged: Environment, tmp_path: Path) -> None:
        (tmp_path / "notice.md").write_text(
            "# Privacy notice\n\nThe Mossdale Institute is the controller of your personal data.\n\n"
            "This work is paid for under the Ferrowby Seedcorn programme.\n\n"
            "We will leave the recordings with the Quarry Hill Sound Archive.\n",
            encoding="utf-8",
        )

        def heard(environment: Environment) -> list[str]:
            done = environment.run("gdprlint", "read", "notice.md", "--format", "json", cwd=tmp_path)
            items = json.loads(done.stdout)["items"]
            return [items[name]["status"] for name in ("sponsor", "archive-deposit")]

        assert heard(unchanged) == ["not-applicable", "not-applicable"]
        assert heard(both) == ["stated", "stated"]


class TestOverriding:
    """The second version builds on `uk-gdpr`, and says what the terms make of two of its rules."""

    def test_what_is_changed_is_shown_with_who_changed_it_and_why(self, both: Environment, tmp_path: Path) -> None:
        changed = both.run("gdprlint", "rules", "--changed", cwd=tmp_path)

        assert (changed.returncode, changed.stderr) == (0, "")
        assert (
            "UK3502 dpia-missing-regulator-list (uk-gdpr)\n  by ferrowby, ferrowby/overrides.gdpr:3\n" in changed.stdout
        )
        assert "    longest 2 years instead of 3 years\n    why: addresses of people in a panel" in changed.stdout

    def test_a_rule_of_the_law_weighs_more_on_a_grant_and_nowhere_else(
        self, before: Environment, both: Environment, folder: Path
    ) -> None:
        def level(environment: Environment) -> list[str]:
            return [one["severity"] for one in check(environment, folder) if one["code"] == "UK3502"]

        assert (level(before), level(both)) == (["warning"], ["error"])
        record = (folder / "record.gdpr").read_text(encoding="utf-8").replace("  sponsor       ferrowby under", "  # ")
        (folder / "record.gdpr").write_text(record, encoding="utf-8")
        assert level(both) == ["warning"]

    def test_without_the_pack_that_it_requires_it_is_told_so_and_judges_on(
        self, both: Environment, folder: Path
    ) -> None:
        environ = {"GDPRLINT_PLUGINS": "funder-rules"}
        done = both.run("gdprlint", "check", *DAY, "--format", "json", ".", cwd=folder, environ=environ)
        told = json.loads(done.stdout)

        assert done.returncode == 2
        assert any(
            "ferrowby requires the pack `uk-gdpr`, which is not there" in problem["message"]
            for problem in told["problems"]
        )
        assert {"FER111", "FER401"} <= {finding["code"] for finding in told["findings"]}

    def test_an_institution_may_be_stricter_than_the_funder(self, both: Environment, folder: Path) -> None:
        keeps = '  keeps         answers for 12 years after "the grant ends"\n}\n'
        record = (folder / "record.gdpr").read_text(encoding="utf-8").rstrip("}\n")
        (folder / "record.gdpr").write_text(f"{record}\n{keeps}", encoding="utf-8")
        assert "FER201" not in codes(both, folder)
        (folder / "gdprlint.toml").write_text('[parameters]\nFER201 = { shortest = "15 years" }\n', encoding="utf-8")

        (found,) = [one for one in check(both, folder) if one["code"] == "FER201"]
        assert "ask for at least 15 years" in found["message"]


class TestUpgraded:
    """What people wrote down under version 1.0 says under 1.1 what it said then."""

    def test_the_codes_are_others(self, before: Environment, both: Environment, folder: Path) -> None:
        assert codes(before, folder) == BEFORE
        assert codes(both, folder) == NOW

    def test_a_baseline_knows_what_it_knew(self, before: Environment, both: Environment, folder: Path) -> None:
        before.run("gdprlint", "check", *DAY, "--write-baseline", ".", cwd=folder)
        assert codes(before, folder) == []

        assert codes(both, folder) == []

        both.run("gdprlint", "check", *DAY, "--prune-baseline", ".", cwd=folder)
        written = json.loads((folder / "gdprlint-baseline.json").read_text(encoding="utf-8"))["entries"]
        assert {entry["code"] for entry in written if entry} >= {*NOW}
        assert not {entry["code"] for entry in written if entry} & {*BEFORE} - {*NOW}
        assert codes(both, folder) == []

    def test_a_baseline_still_tells_what_is_gone(self, before: Environment, both: Environment, folder: Path) -> None:
        before.run("gdprlint", "check", *DAY, "--select", "ferrowby", "--write-baseline", ".", cwd=folder)
        write(folder, code="never ", links="# ")

        gone = [finding["message"] for finding in check(both, folder) if finding["code"] == "baseline"]
        assert sorted(gone) == [
            f"the baseline holds {code} in `record.gdpr`, which is found no more" for code in BEFORE[1:3]
        ]

    def test_an_allow_accepts_what_it_accepted(self, before: Environment, both: Environment, folder: Path) -> None:
        write(
            folder,
            steward="# allow FER103: the post is filled in January, by director until 2027-01-31\n",
            code="# allow coded-data-to-funder: agreed with the Trust\n  ",
            links="# allow FER601: the assessment is with the board, by dpo until 2026-12-31\n  ",
        )

        assert codes(before, folder) == ["UK3502"]
        assert codes(both, folder) == []

    def test_so_does_a_configuration(self, before: Environment, both: Environment, folder: Path) -> None:
        said = '[severity]\nFER103 = "info"\n\n[per-path."*.gdpr"]\nignore = ["coded-data-to-funder", "FER601"]\n'
        (folder / "gdprlint.toml").write_text(said, encoding="utf-8")

        levels = [
            {finding["code"]: finding["severity"] for finding in check(environment, folder)}
            for environment in (before, both)
        ]
        assert levels == [{"FER103": "info", "UK3502": "warning"}, {"FER111": "info"}]

    def test_the_page_of_an_old_code_says_what_became_of_it(self, both: Environment, tmp_path: Path) -> None:
        page = both.run("gdprlint", "rule", "FER601", cwd=tmp_path)

        assert page.returncode == 0
        assert page.stdout.startswith(
            "FER601 linked-records-without-dpia was removed in 1.1: the rule of the law asks for the same; UK3502\n"
            "replaces it\n\nUK3502  dpia-missing-regulator-list"
        )


def test_an_environment_may_go_through_versions_and_lose_the_pack(
    make_environment: Make, funder_rules: dict[str, Path], folder: Path
) -> None:
    """One environment, whose cache knows what was installed before."""
    environment = make_environment()
    found = [codes(environment, folder)]
    for version in ("1.0", "1.1"):
        environment.install(funder_rules[version])
        found.append(codes(environment, folder))
    environment.uninstall("gdprlint-funder-rules")
    found.append(codes(environment, folder))

    assert found == [["REC005", "UK3502"], BEFORE, NOW, ["REC005", "UK3502"]]
