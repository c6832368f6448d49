"""What a shell is offered, as it asks for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest


def offered(*words: str) -> list[str]:
    """What bash is offered for the last of these words, which may be empty."""
    done = subprocess.run(
        [sys.executable, "-m", "gdprlint"],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "_GDPRLINT_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["gdprlint", *words]),
            "COMP_CWORD": str(len(words)),
        },
    )
    assert done.stderr == ""
    return [line.split(",", 1)[1] for line in done.stdout.splitlines()]


def test_codes_of_rules() -> None:
    assert offered("check", "--select", "REC00") == [f"REC00{n}" for n in range(1, 10)]


def test_names_of_rules_and_packs_after_a_comma() -> None:
    assert offered("check", "--ignore", "UK901,special-category-no") == ["UK901,special-category-no-condition"]
    assert offered("check", "--select", "REC001,uk-") == ["REC001,uk-gdpr"]


def test_packs_topics_and_codes_where_nothing_was_typed_yet() -> None:
    found = offered("check", "--select", "")

    assert {"core", "dpa-2018", "reference", "UK901"} <= set(found)
    assert "special-category-no-condition" not in found


def test_formats() -> None:
    assert {"full", "concise", "json"} <= set(offered("check", "--format", ""))


def test_the_rule_that_is_to_be_explained() -> None:
    assert offered("rule", "UK901") == ["UK901"]


def test_commands() -> None:
    assert offered("che") == ["check"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_it_can_read(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gdprlint"],
        capture_output=True,
        text=True,
        env={**os.environ, "_GDPRLINT_COMPLETE": f"{shell}_source"},
    )
    assert "_GDPRLINT_COMPLETE" in done.stdout
    program = shutil.which(shell)
    if program is not None:
        assert subprocess.run([program, "-n"], input=done.stdout, text=True).returncode == 0
