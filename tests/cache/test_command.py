"""`gdprlint cache`: where results are, how much they take, and how they are cleared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint.cli import run

pytestmark = pytest.mark.usefixtures("compiled_already")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    return lambda *arguments: (run(["cache", *arguments]), *capsys.readouterr())


def test_the_command_says_where_results_are_and_clears_them(
    files: Path, cache: Path, said: Callable[..., tuple[int, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check"])
    capsys.readouterr()
    size = sum(file.stat().st_size for file in cache.iterdir())
    packs = len(list(cache.iterdir())) - 1
    assert said() == (0, f"{cache}\n{size:,} bytes: 1 results of checks, {packs} compiled packs\n", "")
    assert json.loads(said("--format", "json")[1]) == {
        "version": 1, "folder": str(cache), "fault": "", "files": packs + 1, "bytes": size, "cleared": False,
    }  # fmt: skip
    assert said("clear") == (0, f"{packs + 1} files with {size:,} bytes were taken away.\n", "")
    assert list(cache.iterdir()) == []


def test_the_command_says_why_a_folder_is_not_used(cache: Path, said: Callable[..., tuple[int, str, str]]) -> None:
    cache.chmod(0o777)
    code, _, complaint = said()
    assert code == 2
    assert "others can write to it" in complaint
