"""`gdprlint fmt`: what it writes, what it leaves alone, and how it ends."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., tuple[int, str, str]]

UNTIDY = "data   answers   is   health\n"
FAULTY = "activity a {\n  keeps keeps ] for\n"


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    file = tmp_path / "untidy.gdpr"
    file.write_text(UNTIDY, encoding="utf-8")
    return file


def test_a_file_is_put_in_canonical_form_once(gdprlint: Cli, untidy: Path) -> None:
    assert gdprlint("fmt", "untidy.gdpr") == (0, "Formatted untidy.gdpr\n", "")
    assert untidy.read_text(encoding="utf-8") == "data answers is health\n"
    assert gdprlint("fmt", "untidy.gdpr") == (0, "", "")


def test_check_writes_nothing_and_tells(gdprlint: Cli, untidy: Path) -> None:
    assert gdprlint("fmt", "--check", "untidy.gdpr") == (1, "Would format untidy.gdpr\n", "")
    assert untidy.read_text(encoding="utf-8") == UNTIDY


def test_diff_writes_nothing_and_shows(gdprlint: Cli, untidy: Path) -> None:
    code, out, err = gdprlint("fmt", "--diff", "untidy.gdpr")

    assert (code, err) == (0, "")
    assert out == (
        "--- untidy.gdpr\n+++ untidy.gdpr\n@@ -1 +1 @@\n-data   answers   is   health\n+data answers is health\n"
    )
    assert untidy.read_text(encoding="utf-8") == UNTIDY


def test_diff_shows_a_missing_line_end(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text("data answers is health", encoding="utf-8")

    assert "\\ No newline at end of file\n" in gdprlint("fmt", "--diff", "a.gdpr")[1]


def test_check_with_diff_sets_the_exit_code(gdprlint: Cli, untidy: Path) -> None:
    assert gdprlint("fmt", "--check", "--diff", "untidy.gdpr")[0] == 1


def test_a_folder_is_read_with_all_below_it_but_hidden_folders(gdprlint: Cli, tmp_path: Path) -> None:
    for place in ("b.gdpr", "a/c.gdpr", ".venv/d.gdpr", "a/e.txt"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(UNTIDY, encoding="utf-8")

    _, out, _ = gdprlint("fmt", ".", "b.gdpr")

    assert out == "Formatted b.gdpr\nFormatted a/c.gdpr\n"


def test_a_file_with_a_fault_stays_as_it_is(gdprlint: Cli, tmp_path: Path, untidy: Path) -> None:
    faulty = tmp_path / "faulty.gdpr"
    faulty.write_text(FAULTY, encoding="utf-8")
    code, out, err = gdprlint("fmt", ".")

    assert (code, out) == (2, "Formatted untidy.gdpr\n")
    assert err.startswith("gdprlint: faulty.gdpr:")
    assert faulty.read_text(encoding="utf-8") == FAULTY


def test_a_file_that_is_not_text_stays_as_it_is(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "latin.gdpr").write_bytes(b'data a "caf\xe9"\n')

    assert gdprlint("fmt", "latin.gdpr") == (2, "", "gdprlint: latin.gdpr: byte 12 is not UTF-8\n")


def test_a_file_that_is_not_there_is_told(gdprlint: Cli) -> None:
    code, out, err = gdprlint("fmt", "missing.gdpr")

    assert (code, out) == (2, "")
    assert err.startswith("gdprlint: missing.gdpr: ")


def test_the_mode_of_a_file_stays(gdprlint: Cli, untidy: Path) -> None:
    untidy.chmod(0o640)
    gdprlint("fmt", "untidy.gdpr")

    assert stat.S_IMODE(untidy.stat().st_mode) == 0o640


def test_a_link_stays_a_link(gdprlint: Cli, tmp_path: Path, untidy: Path) -> None:
    link = tmp_path / "link.gdpr"
    link.symlink_to(untidy)
    gdprlint("fmt", "link.gdpr")

    assert link.is_symlink()
    assert untidy.read_text(encoding="utf-8") == "data answers is health\n"


def test_nothing_is_left_behind(gdprlint: Cli, tmp_path: Path, untidy: Path) -> None:
    gdprlint("fmt", ".")

    assert list(tmp_path.iterdir()) == [untidy]


def stdin_is(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_stdin_goes_to_stdout(gdprlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin_is('data a   "caf\u00e9" is health\n'.encode(), monkeypatch)

    assert gdprlint("fmt", "-") == (0, 'data a "caf\u00e9" is health\n', "")


def test_stdin_with_a_fault_gives_nothing(gdprlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin_is(FAULTY.encode(), monkeypatch)
    code, out, err = gdprlint("fmt", "-")

    assert (code, out) == (2, "")
    assert err.startswith("gdprlint: <stdin>:")


def test_stdin_stands_alone(gdprlint: Cli) -> None:
    code, _, err = gdprlint("fmt", "-", "a.gdpr")

    assert code == 2
    assert "`-` stands alone" in err


def test_a_link_out_of_the_project_and_a_pipe_are_left_alone(gdprlint: Cli, tmp_path: Path, untidy: Path) -> None:
    (tmp_path / "project" / ".git").mkdir(parents=True)
    before = untidy.read_bytes()
    (tmp_path / "project" / "link.gdpr").symlink_to(untidy)
    code, _, err = gdprlint("fmt", "project/link.gdpr")

    assert (code, err) == (2, "gdprlint: project/link.gdpr: this link leads out of the project, and is not followed\n")
    assert untidy.read_bytes() == before
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.gdpr")
        assert "this is no plain file" in gdprlint("fmt", "pipe.gdpr")[2]


def test_what_the_configuration_excludes_is_left_as_it_is(gdprlint: Cli, untidy: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.gdpr").write_text(UNTIDY, encoding="utf-8")
    (tmp_path / "gdprlint.toml").write_text('exclude = ["old/"]\n', encoding="utf-8")
    told = "gdprlint: old/a.gdpr is left out: gdprlint.toml:1:12 excludes it\n"

    assert gdprlint("fmt", "--check") == (1, "Would format untidy.gdpr\n", "")
    assert gdprlint("fmt", "--check", "old") == (0, "", "")
    assert gdprlint("fmt", "old/a.gdpr", "untidy.gdpr") == (0, "Formatted untidy.gdpr\n", told)
    assert (tmp_path / "old" / "a.gdpr").read_text(encoding="utf-8") == UNTIDY
    assert gdprlint("fmt", "--no-config", "old") == (0, "Formatted old/a.gdpr\n", "")


def test_a_named_configuration_says_what_is_excluded(gdprlint: Cli, untidy: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('exclude = ["un*.gdpr"]\n', encoding="utf-8")

    assert gdprlint("fmt", "--check", "--config", "own.toml") == (0, "", "")
    assert gdprlint("fmt", "--config", "own.toml", "--no-config")[0] == 2


def test_nothing_is_written_where_nobody_knows_what_is_excluded(gdprlint: Cli, untidy: Path, tmp_path: Path) -> None:
    (tmp_path / "gdprlint.toml").write_text("exclude = [\n", encoding="utf-8")

    code, out, err = gdprlint("fmt")
    assert (code, out) == (2, "")
    assert "this is no TOML" in err
    assert untidy.read_text(encoding="utf-8") == UNTIDY
