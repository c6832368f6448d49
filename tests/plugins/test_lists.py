"""Words and cues that a program makes stand beside those of packs, and what is wrong with them is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugins.conftest import Done, Install

Run = Callable[..., Done]
WORDS = "@hookimpl\ndef gdprlint_vocabularies():\n    return [WordList('funders', {text!r})]\n"
CHECK = ("check", "--select", "core", "--format", "concise")


@pytest.fixture(autouse=True)
def record(work: Path) -> None:
    (work / "a.gdpr").write_text("activity a {\n  uses surveylark for interviews\n}\n")


def test_a_fault_in_a_list_names_the_plugin_and_the_list(install: Install, gdprlint: Run) -> None:
    install("acme_tools", WORDS.format(text="term is is\n"))

    done = gdprlint(*CHECK)

    assert done.code == 2
    assert "acme_tools/funders.gdpr" in done.out + done.err


def test_a_rule_does_not_stand_in_a_list(install: Install, gdprlint: Run) -> None:
    install("acme_tools", WORDS.format(text='rule ACME1 some-name {\n  title "A"\n}\n'))

    done = gdprlint(*CHECK)

    assert done.code == 2
    assert "plugin acme_tools: its list funders holds a rule; rules stand in the files of a pack" in done.out


def test_words_are_made_again_when_the_list_changes(install: Install, gdprlint: Run) -> None:
    install("acme_tools", "import os\n" + WORDS.replace("{text!r}", "os.environ['WORDS']"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORDS", "term surveylark is tool\n")
        assert "`surveylark`" not in gdprlint(*CHECK, "--no-cache").out
        patch.setenv("WORDS", "term surveylork is tool\n")
        assert "`surveylark`" in gdprlint(*CHECK, "--no-cache").out


def test_packs_that_come_along_stay_as_they_were_built(install: Install, gdprlint: Run) -> None:
    """The words of a list are words for the rules of all packs."""
    install("acme_tools", WORDS.format(text="term surveylark is tool\n"))

    assert gdprlint("rule", "UK901").code == 0
    assert "surveylark" in gdprlint("plugins").out or gdprlint("plugins").code == 0
