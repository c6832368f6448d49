"""The README shows what a stranger sees: its output is real, its commands are those that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gdprlint.cli import COMMANDS, run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_output_in_the_readme_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = re.search(r"```text\n\$ gdprlint (.*)\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    run(shown[1].split())
    assert capsys.readouterr().out == shown[2]


def test_every_command_stands_in_the_readme() -> None:
    assert [name for name in COMMANDS if f"`gdprlint {name}" not in README] == []


def test_no_document_sends_anyone_to_the_distribution_of_somebody_else() -> None:
    documents = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("plugins/*/README.md"),
        *ROOT.glob("examples/**/*.md"),
    ]
    assert [
        page.name for page in documents if re.search(r"pip install gdprlint(?!-uk)\b", page.read_text("utf-8"))
    ] == []
