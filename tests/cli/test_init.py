"""`gdprlint init`: the record that people start from."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gdprlint.cli.init import TEMPLATE

Cli = Callable[..., tuple[int, str, str]]


def test_a_record_is_written_and_the_next_steps_are_told(gdprlint: Cli, tmp_path: Path) -> None:
    code, out, err = gdprlint("init")

    assert (code, err) == (0, "")
    assert (tmp_path / "record.gdpr").read_bytes() == TEMPLATE.read_bytes()
    assert "gdprlint check record.gdpr" in out


def test_a_file_that_is_there_is_never_touched(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.gdpr").write_text("mine", encoding="utf-8")

    assert gdprlint("init", "mine.gdpr") == (
        2,
        "",
        "gdprlint: mine.gdpr is there already; name another file\n",
    )
    assert (tmp_path / "mine.gdpr").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there_is_told(gdprlint: Cli) -> None:
    code, out, err = gdprlint("init", "nowhere/record.gdpr")

    assert (code, out) == (2, "")
    assert err.startswith("gdprlint: nowhere/record.gdpr: ")


def test_the_record_is_in_canonical_form(gdprlint: Cli) -> None:
    gdprlint("init")

    assert gdprlint("fmt", "--check") == (0, "", "")


def test_the_record_checks_clean_but_for_what_it_leaves_open(gdprlint: Cli) -> None:
    gdprlint("init")
    _, out, err = gdprlint("check", "--as-of", "2026-11-21", "--format", "concise", "record.gdpr")

    assert re.findall(r"\[(\w+)\]", out) == ["UK505", "UK2801"]
    assert err == ""
