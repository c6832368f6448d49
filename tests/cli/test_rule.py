"""`gdprlint rule` and `gdprlint rules`: the pages of rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from gdprlint import __version__
from gdprlint.cli import main
from gdprlint.cli.rule import Page, markdown, text

Cli = Callable[..., tuple[int, str, str]]

PAGE = Page(
    code="UK901",
    name="special-category-no-condition",
    title="Special category data without an Article 9 condition",
    why="Article 9(1) forbids processing these data. A lawful basis under Article 6 does not lift the ban: "
    "one of the conditions of Article 9(2) must be met as well.",
    help="research usually relies on `condition 9(2)(j)`",
    severity="error",
    pack="uk-gdpr",
    topic="special-category",
    stage="stable",
    cites=("uk-gdpr 9(1)", "uk-gdpr 9(2)"),
    in_force=("from 2018-05-25 until 2020-12-31", "from 2021-01-01"),
    judges=("record", "notice"),
    silence=("art30-1", "notice"),
    aliases=(),
    yields=(),
    bad=("activity study { collects health-answers }",),
    good=("    activity study {\n      condition     9(2)(j)\n    }\n",),
)

SHOWN = """\
UK901  special-category-no-condition                                                  error, uk-gdpr

Special category data without an Article 9 condition

  Article 9(1) forbids processing these data. A lawful basis under Article 6 does not lift the ban:
  one of the conditions of Article 9(2) must be met as well.

  Law       UK GDPR Art. 9(1), Art. 9(2)
  In force  from 2018-05-25 until 2020-12-31; from 2021-01-01
  Judges    record and notice
  Silence   counts in Article 30(1) records and notices
  Topic     special-category

  Help: research usually relies on `condition 9(2)(j)`

Reported
  activity study { collects health-answers }

Accepted
  activity study {
    condition     9(2)(j)
  }

Allow it for one clause with
  # allow UK901: REASON, by OWNER until DATE
"""


def test_a_page_as_a_terminal_shows_it() -> None:
    assert text(PAGE) == SHOWN


def test_a_page_as_markdown() -> None:
    page = markdown(PAGE)

    assert page.startswith("# UK901 special-category-no-condition\n\n")
    assert "```gdpr\nactivity study {\n  condition     9(2)(j)\n}\n```\n" in page


@pytest.mark.parametrize("query", ["UK901", "special-category-no-condition"])
def test_a_rule_is_found_by_code_and_by_name(gdprlint: Cli, query: str) -> None:
    code, out, err = gdprlint("rule", query)

    assert (code, err) == (0, "")
    assert out.startswith("UK901  special-category-no-condition ")
    assert "Reported\n" in out


@pytest.mark.parametrize("query", [("art 9",), ("art", "9")])
def test_rules_are_found_by_provision(gdprlint: Cli, query: tuple[str, ...]) -> None:
    _, out, _ = gdprlint("rule", *query)

    assert "UK901" in out


def test_a_rule_as_json(gdprlint: Cli) -> None:
    _, out, _ = gdprlint("rule", "--format", "json", "UK901")
    page = json.loads(out)["rules"][0]

    assert page["code"] == "UK901"
    assert page["cites"][0] == "uk-gdpr 9(1)"


def test_a_rule_that_does_not_exist_is_met_with_a_guess(gdprlint: Cli) -> None:
    code, out, err = gdprlint("rule", "special-category-no-conditon")

    assert (code, out) == (2, "")
    assert err == (
        "gdprlint: no rule is found by `special-category-no-conditon`; did you mean `special-category-no-condition`?\n"
    )


def test_rules_are_listed_for_people_and_for_programs(gdprlint: Cli) -> None:
    listed = json.loads(gdprlint("rules", "--format", "json")[1])

    assert listed["version"] == 1
    uk901 = next(rule for rule in listed["rules"] if rule["code"] == "UK901")
    assert uk901 == {
        "code": "UK901",
        "name": "special-category-no-condition",
        "severity": "error",
        "pack": "uk-gdpr",
        "title": "Special category data without an Article 9 condition",
        "topic": "special-category",
        "cites": ["uk-gdpr 9(1)", "uk-gdpr 9(2)"],
        "aliases": [],
        "yields": [],
        "verified": "yes",
        "stage": "stable",
        "origin": {
            "kind": "bundled",
            "version": __version__,
            "place": "uk-gdpr/special-category/special-category-no-condition.gdpr",
        },
        "parameters": [],
        "changes": [],
    }
    assert gdprlint("rules")[1].count("\n") == len(listed["rules"]) + 1


def test_an_alias_is_as_good_as_the_code(tmp_path: Path) -> None:
    """UK604 is also DPA103: whoever knows the one code of a rule need not learn the other."""
    record = tmp_path / "record.gdpr"
    record.write_text(
        "organisation acme is public authority in GB\nactivity study { lawful basis public task }\n", "utf-8"
    )
    runner = CliRunner()
    listed = {
        rule["code"]: rule for rule in json.loads(runner.invoke(main, ["rules", "--format", "json"]).output)["rules"]
    }
    by_alias = runner.invoke(main, ["check", str(record), "--select", "DPA103", "--format", "json"])
    without = runner.invoke(main, ["check", str(record), "--ignore", "DPA103", "--format", "json"])

    assert "DPA103" in listed["UK604"]["aliases"]
    assert runner.invoke(main, ["rule", "DPA103"]).output == runner.invoke(main, ["rule", "UK604"]).output
    assert {finding["code"] for finding in json.loads(by_alias.output)["findings"]} == {"UK604"}
    assert "UK604" not in {finding["code"] for finding in json.loads(without.output)["findings"]}
