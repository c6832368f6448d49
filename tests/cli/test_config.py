"""`gdprlint config`: what holds for a path, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., tuple[int, str, str]]

TEXT = """\
select = ["uk-gdpr"]
fail-on = "warning"
notices = ["site/*.md"]

[per-path."site/"]
ignore = ["art 13"]
reason = "rewritten in spring"
until = 2099-12-31
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "privacy.md").write_text("# Privacy\n")
    (tmp_path / "gdprlint.toml").write_text(TEXT)
    return tmp_path


def settings(out: str) -> dict[str, tuple[str, str]]:
    """The value and the origin of each setting that is printed."""
    rows = [line.split("  ") for line in out.splitlines()[4:]]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    return {name: (value, origin) for name, value, origin in (row for row in cells if len(row) == 3)}


def test_each_value_stands_beside_its_origin(gdprlint: Cli, project: Path) -> None:
    code, out, err = gdprlint("config", "--as-of", "2026-11-22")
    found = settings(out)

    assert (code, err) == (0, "")
    assert out.startswith("register       .\nconfiguration  gdprlint.toml\n")
    assert found["select"] == ("uk-gdpr", "gdprlint.toml:1:11")
    assert found["fail-on"] == ("warning", "gdprlint.toml:2:11")
    assert found["as-of"] == ("2026-11-22", "command line")
    assert found["format"] == ("full", "default")
    assert found["notices"] == ("site/*.md", "gdprlint.toml:3:12")


def test_for_a_file_only_its_patterns_are_shown(gdprlint: Cli, project: Path) -> None:
    page, record = gdprlint("config", "site/privacy.md")[1], gdprlint("config", "a.gdpr")[1]

    assert "ignore art 13" in page
    assert "reason: rewritten in spring" in page
    assert "site/" not in record


def test_the_command_line_goes_first(gdprlint: Cli, project: Path) -> None:
    found = settings(gdprlint("config", "--select", "UK901", "--fail-on", "info")[1])

    assert found["select"] == ("UK901", "command line")
    assert found["fail-on"] == ("info", "command line")


def test_without_a_configuration_all_is_default(gdprlint: Cli, project: Path) -> None:
    code, out, _ = gdprlint("config", "--no-config", "site")

    assert code == 0
    assert "configuration  none\n" in out
    assert {origin for _, origin in settings(out).values()} == {"default", "default: today"}


def test_as_json(gdprlint: Cli, project: Path) -> None:
    data = json.loads(gdprlint("config", "--format", "json", "site/privacy.md")[1])

    assert data["register"] == "."
    (row,) = [row for row in data["settings"] if row["setting"] == "fail-on"]
    assert row == {
        "setting": "fail-on",
        "value": "warning",
        "origin": "configuration",
        "place": {"path": "gdprlint.toml", "line": 2, "column": 11},
    }


def test_what_is_wrong_with_it_is_told_and_sets_the_exit_code(gdprlint: Cli, project: Path) -> None:
    (project / "gdprlint.toml").write_text('igonre = []\nselect = ["UK9011\\u202e"]\n')
    code, out, _ = gdprlint("config")

    assert code == 1
    assert "gdprlint.toml:1:1: error[configuration] there is no key `igonre`; did you mean `ignore`?\n" in out
    assert "\u202e" not in out


def test_a_path_in_no_folder_is_wrong_use(gdprlint: Cli, project: Path) -> None:
    assert gdprlint("config", "no/such/file.gdpr") == (2, "", "gdprlint: there is no folder `no/such`\n")


def test_the_schema_is_printed(gdprlint: Cli) -> None:
    code, out, _ = gdprlint("config", "--schema")

    assert code == 0
    assert json.loads(out)["title"] == "gdprlint.toml"
