"""docs/hooks.md says what the hooks say of themselves, and their examples work as they stand there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint import plugins
from gdprlint.cli import COMMANDS
from gdprlint.reporters import REPORTERS
from tests.docs.hook_pages import PAGE, example, names, written
from tests.plugins.conftest import Done, Install

Run = Callable[..., Done]
IMPORTS = "import csv, io, re\nfrom pathlib import Path\nimport click\n"
TABLES = {"tools.csv": "key,name\nsurveylark,SurveyLark\n", "formats.txt": "fireside chat\nfireside chats\n"}


def test_the_reference_is_current() -> None:
    page = PAGE.read_text("utf-8")

    assert page == written(page), "make it again: python -m tests.docs.hook_pages"


@pytest.mark.parametrize("hook", names())
def test_the_example_of_a_hook_brings_something(install: Install, hook: str, tmp_path: Path) -> None:
    for name, text in TABLES.items():
        (tmp_path / "site" / name).write_text(text)
    install("gdprlint_acme", IMPORTS + example(hook))

    found = plugins.load({})
    asked = {
        "gdprlint_rule_packs": [pack for pack in found.packs if pack.name == "acme"],
        "gdprlint_rules": found.rules,
        "gdprlint_vocabularies": found.words,
        "gdprlint_cues": found.cues,
        "gdprlint_functions": found.functions,
    }
    values = asked[hook] if hook in asked else plugins.brought(hook, [*REPORTERS, *COMMANDS], {})[0]
    assert found.problems == ()
    assert len(values) == 1
    (acme,) = [plugin for plugin in found.plugins if plugin.name == "gdprlint_acme"]
    assert acme.hooks == (hook,)


def example_of(hook: str, tmp_path: Path, install: Install) -> None:
    for name, text in TABLES.items():
        (tmp_path / "site" / name).write_text(text)
    install("gdprlint_acme", IMPORTS + example(hook))


def test_the_example_of_a_rule_reports(install: Install, gdprlint: Run, work: Path, tmp_path: Path) -> None:
    example_of("gdprlint_rules", tmp_path, install)
    (work / "a.gdpr").write_text('activity a "Project falcon" {\n  purpose research\n}\n')

    done = gdprlint("check", "--select", "ACME001", "--format", "concise")

    assert 'a.gdpr:1:10: warning[ACME001] "Project falcon" is called by a code name' in done.out


def test_the_example_of_words_makes_a_word_known(install: Install, gdprlint: Run, work: Path, tmp_path: Path) -> None:
    (work / "a.gdpr").write_text("activity a {\n  uses surveylark for interviews\n}\n")
    assert "`surveylark`" in gdprlint("check", "--select", "core", "--format", "concise").out
    example_of("gdprlint_vocabularies", tmp_path, install)

    assert "`surveylark`" not in gdprlint("check", "--select", "core", "--format", "concise").out


def test_the_example_of_cues_lets_a_notice_be_heard(
    install: Install, gdprlint: Run, work: Path, tmp_path: Path
) -> None:
    (work / "notice.md").write_text("# Privacy notice\n\nWe collect your name. Fireside chats are recorded.\n")

    def heard() -> list[object]:
        items = json.loads(gdprlint("read", "notice.md", "--format", "json").out)["items"]
        return [*items["recording"]["spans"]]

    assert heard() == []
    example_of("gdprlint_cues", tmp_path, install)
    assert len(heard()) == 1


def test_the_example_of_a_reader_reads(install: Install, gdprlint: Run, work: Path, tmp_path: Path) -> None:
    example_of("gdprlint_readers", tmp_path, install)
    (work / "a.studies.csv").write_text('study,purpose\n"The ""first""",To learn\n')

    read = gdprlint("read", "a.studies.csv").out

    assert read == 'activity study-2 "The \\"first\\"" {\n  purpose       research "To learn"\n}\n'


def test_the_example_of_a_reporter_reports(install: Install, gdprlint: Run, work: Path, tmp_path: Path) -> None:
    example_of("gdprlint_reporters", tmp_path, install)
    (work / "a.gdpr").write_text("activity a {\n  controller nobody\n}\n")

    assert "a.gdpr\t2\tREC001\t" in gdprlint("check", "--select", "core", "--format", "tabbed").out
