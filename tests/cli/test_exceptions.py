"""`gdprlint exceptions`: the register of accepted risks, and what strangers may write into it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exceptions.conftest import COLLECTS, RECORD, above

Cli = Callable[..., tuple[int, str, str]]
AGREED = "allow UK901: the board agreed, by dpo until 2027-03-31"


@pytest.fixture
def accepted(tmp_path: Path) -> Path:
    file = tmp_path / "a.gdpr"
    file.write_text(above(COLLECTS, AGREED), "utf-8")
    return file


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_it_says_what_why_who_and_until_when(gdprlint: Cli, accepted: Path) -> None:
    code, out, err = gdprlint("exceptions", "--as-of", "2026-11-22")

    assert (code, err) == (0, "")
    assert out == (
        "UK901 special-category-no-condition: in force until 2027-03-31\n"
        '  what     "A study" uses answers, which hold or may hold special category data, and names no Article 9 '
        "condition (a.gdpr:13)\n"
        "  why      the board agreed\n"
        "  who      dpo\n"
        "  written  a.gdpr:12\n"
        "\n"
        "1 exception: 1 in force.\n"
    )


def test_it_says_what_has_ended_what_is_unused_and_what_is_no_exception(gdprlint: Cli, tmp_path: Path) -> None:
    text = above(COLLECTS, f"{AGREED}\n  # allow UK601: agreed by all\n  # allow UK902")
    (tmp_path / "a.gdpr").write_text(text, "utf-8")
    code, out, _ = gdprlint("exceptions", "--as-of", "2028-01-01", "--format", "csv")

    assert code == 0
    assert [(row["state"], row["rule"], row["line"]) for row in rows(out)] == [
        ("expired", "UK901", "15"),
        ("unused", "UK601", "15"),
        ("ill-formed", "", "15"),
    ]


def test_without_any_it_says_so(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(RECORD, "utf-8")

    assert gdprlint("exceptions") == (0, "No exceptions.\n", "")
    assert json.loads(gdprlint("exceptions", "--format", "json")[1])["exceptions"] == []
    assert rows(gdprlint("exceptions", "--format", "csv")[1]) == []


def test_one_of_a_rule_that_did_not_run_is_not_called_unused(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(above(COLLECTS, "allow MRS184: agreed by all"), "utf-8")
    _, out, _ = gdprlint("exceptions")

    assert "MRS184 retention-not-by-policy: not judged" in out
    assert "its rule did not run" in out


@pytest.mark.parametrize("reason", ["=HYPERLINK(A1)", "+1 agreed", "-agreed", "@agreed", "\t=agreed", "\u00a0=agreed"])
def test_no_cell_is_computed(gdprlint: Cli, tmp_path: Path, reason: str) -> None:
    table = f'[[allow]]\npath = "a.gdpr"\nrule = "UK901"\nreason = {json.dumps(reason)}\nby = "=cmd|x"\n'
    (tmp_path / "gdprlint.toml").write_text(table, "utf-8")
    (tmp_path / "a.gdpr").write_text(RECORD, "utf-8")
    code, out, _ = gdprlint("exceptions", "--format", "csv")

    (row,) = rows(out)
    assert code == 0
    assert row["state"] == "in force"
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row.values())
    assert row["owner"] == "'=cmd|x"


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_no_terminal_is_steered_by_what_somebody_wrote(gdprlint: Cli, tmp_path: Path, form: str) -> None:
    steering = "\x1b[2J\x07\u202e"
    (tmp_path / "a.gdpr").write_text(above(COLLECTS, f"allow UK901: agreed {steering} all, by d{steering}o"), "utf-8")
    _, out, _ = gdprlint("exceptions", "--format", form)

    assert "UK901" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_a_revision_that_is_none_is_wrong_use(gdprlint: Cli, accepted: Path) -> None:
    for command in ("exceptions", "check"):
        code, out, err = gdprlint(command, "--trust-exceptions-from", "--output=x")

        assert (code, out) == (2, "")
        assert err == "gdprlint: `--output=x` cannot name a revision of git\n"


def test_check_does_not_report_what_is_accepted(gdprlint: Cli, accepted: Path) -> None:
    chosen = ("--select", "UK901,exceptions", "--format", "concise")
    code, out, _ = gdprlint("check", "--as-of", "2027-03-31", *chosen)
    assert code == 0
    assert out.startswith("No problems in 1 file. 1 accepted: 1 by allow.\n")

    code, out, _ = gdprlint("check", "--as-of", "2027-04-01", *chosen)
    assert code == 1
    assert "error[UK901]" in out
    assert "a.gdpr:12:3: warning[REC016] the exception of `UK901` ended on 2027-03-31" in out


def test_a_rule_says_how_it_is_accepted(gdprlint: Cli) -> None:
    _, out, _ = gdprlint("rule", "UK901")

    assert "Allow it for one clause with\n  # allow UK901: REASON, by OWNER until DATE\n" in out
