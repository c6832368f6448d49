"""`gdprlint table`: what rules read of the law, as of a day."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from gdprlint.cli import main, table
from gdprlint.rules import decisions
from gdprlint.rules.packs import load


def told(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["table", *arguments], prog_name="gdprlint")
    assert result.exit_code == 0, result.output
    return result.output


def rows(name: str, day: str) -> dict[str, dict[str, object]]:
    data = json.loads(told(name, "--as-of", day, "--format", "json"))
    return {row["key"]: {**row, **dict(zip(data["columns"], row["cells"], strict=True))} for row in data["rows"]}


def test_without_a_name_the_tables_are_listed() -> None:
    assert [line.split()[0] for line in told().splitlines()] == [
        "name", "article-9-points", "derogations", "destinations", "exemptions", "rights-by-basis", "safeguards",
        "schedule-1",
    ]  # fmt: skip


def test_a_table_is_shown_with_its_day_and_its_provision() -> None:
    assert told("rights-by-basis", "--as-of", "2026-11-21").splitlines()[:5] == [
        "Rights that depend on the lawful basis",
        "As of 2026-11-21. UK GDPR Art. 6(1).",
        "",
        "                                portability  objection  withdrawal  limits to erasure  days             "
        "provision",
        "consent                         yes          -          yes         -                                   "
        "UK GDPR Art. 6(1)(a)",
    ]


def test_a_table_is_that_of_its_day() -> None:
    assert rows("destinations", "2020-01-01")["US"]["until"] == "2020-07-16"
    assert "US" not in rows("destinations", "2021-06-01")
    assert rows("destinations", "2026-11-21")["US"]["since"] == "2023-10-12"
    assert "recognised-legitimate-interest" in rows("rights-by-basis", "2026-11-21")


def test_the_rights_follow_the_basis() -> None:
    """UK GDPR Articles 7(3), 17(3)(b), 20 and 21, read off by hand."""
    found = rows("rights-by-basis", "2026-11-21")
    assert {key for key, row in found.items() if row["portability"] == "yes"} == {"consent", "contract"}
    assert {key for key, row in found.items() if row["withdrawal"] == "yes"} == {"consent"}
    assert {key for key, row in found.items() if row["objection"] == "yes"} == {
        "public-task", "legitimate-interests", "recognised-legitimate-interest",
    }  # fmt: skip
    assert {key for key, row in found.items() if row["limits to erasure"] == "yes"} == {
        "public-task",
        "legal-obligation",
    }


def test_research_needs_no_policy_document() -> None:
    research = rows("schedule-1", "2026-11-21")["dpa-2018 schedule 1 paragraph 4"]
    assert (research["Part 1"], research["policy document"], research["no policy document"]) == ("yes", "no", "yes")
    assert research["serves"] == ["uk-gdpr 9(2)(j)"]


def test_on_a_narrow_terminal_each_row_has_lines_of_its_own() -> None:
    found = decisions.table(load().vocabulary, "rights-by-basis", date(2026, 11, 21))
    assert "public task\n    objection: yes, limits to erasure: yes\n    UK GDPR Art. 6(1)(e)\n" in table.text(
        found, 60
    )
    assert max(map(len, table.text(found, 60).splitlines())) <= 60


def test_a_table_that_is_not_there_is_told_with_the_nearest() -> None:
    result = CliRunner().invoke(main, ["table", "derogation"], prog_name="gdprlint")
    assert result.exit_code == 2
    assert "there is no table `derogation`; did you mean `derogations`?" in result.output


@pytest.mark.parametrize("name", decisions.names(load().vocabulary))
def test_every_table_has_rows_each_with_a_provision_or_a_day(name: str) -> None:
    found = rows(name, "2026-11-21")
    assert len(found) > 2
    assert [key for key, row in found.items() if not row["cites"] and " " not in key] == []
