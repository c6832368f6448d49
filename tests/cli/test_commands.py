"""The group of commands: what it lists, what it imports, and how it ends."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import gdprlint.cli
from gdprlint import __version__
from gdprlint.cli import COMMANDS

Cli = Callable[..., tuple[int, str, str]]
SOURCE = Path(gdprlint.cli.__file__).parents[2]
HELPERS = {
    "__init__", "behind", "completion", "configured", "diagnosis", "diff", "forms", "group", "handed", "library",
    "mending", "options", "output", "outputs", "plain", "read_sheet", "stages", "waiting", "watch",
}  # fmt: skip


def python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, in which nothing is imported yet."""
    environ = {**os.environ, "PYTHONPATH": str(SOURCE), **variables}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environ)


def imported_by(*arguments: str) -> set[str]:
    """The modules that a run of the command line imports."""
    done = python(
        "import contextlib, io, sys; from gdprlint.__main__ import main\n"
        f"sys.argv = ['gdprlint', *{arguments!r}]\n"
        "with contextlib.redirect_stdout(io.StringIO()): main()\n"
        "print(*sys.modules)"
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_every_command_module_is_in_the_table() -> None:
    modules = {file.stem for file in Path(gdprlint.cli.__file__).parent.glob("*.py")}

    assert modules - HELPERS == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says_of_itself(name: str) -> None:
    command = importlib.import_module(f"gdprlint.cli.{name}").command

    assert isinstance(command, click.Command)
    assert command.help is not None
    assert " ".join(command.help.split("\n\n")[0].split()) == COMMANDS[name]


def test_help_imports_no_command() -> None:
    modules = imported_by("--help")

    assert "click" in modules
    assert not [name for name in COMMANDS if f"gdprlint.cli.{name}" in modules]
    assert not modules & {"lark", "cattrs", "pluggy"}


def test_a_plain_check_imports_no_click(tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text("organisation a\n")

    assert "click" not in imported_by("check", str(tmp_path), "--exit-zero")


def test_a_plain_check_imports_nothing_that_only_diagnosis_needs(tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text("organisation a\n")

    modules = imported_by("check", str(tmp_path), "--exit-zero")

    parts = ("tracing", "traces", "doctor", "strictness", "rules.life", "cli.diagnosis", "reporters.trace")
    assert [name for name in parts if f"gdprlint.{name}" in modules] == []


def test_version_imports_no_click() -> None:
    assert "click" not in imported_by("--version")


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "check")])
def test_the_version_is_told(gdprlint: Cli, arguments: tuple[str, ...]) -> None:
    assert gdprlint(*arguments) == (0, f"gdprlint {__version__}\n", "")


def test_help_says_that_it_is_no_legal_advice(gdprlint: Cli) -> None:
    code, out, _ = gdprlint("--help")

    assert code == 0
    assert out.rstrip().endswith("Not legal advice; gdprlint states what a text says.")


def test_a_misspelt_command_is_met_with_a_guess(gdprlint: Cli) -> None:
    code, out, err = gdprlint("chek")

    assert (code, out) == (2, "")
    assert "there is no command `chek`; did you mean `check`?" in err


def test_a_reader_who_leaves_early_is_no_error() -> None:
    environ = {**os.environ, "PYTHONPATH": str(SOURCE)}
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gdprlint", "plugins"],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
        )
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_stream_that_can_say_only_ascii_gets_escapes() -> None:
    done = python(
        "import sys; from gdprlint.cli.output import make_robust, write\n"
        "make_robust(sys.stdout); write('caf\\u00e9\\n')",
        PYTHONIOENCODING="ascii",
    )

    assert (done.returncode, done.stdout) == (0, "caf\\xe9\n")


def test_a_fault_of_our_own_does_not_look_like_a_finding(gdprlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("unforeseen")

    command = importlib.import_module("gdprlint.cli.plugins").command
    monkeypatch.setattr(command, "callback", broken)
    code, _, err = gdprlint("plugins")

    assert code == 2
    assert "RuntimeError: unforeseen" in err
    assert err.endswith("this is a fault of gdprlint itself; please report it with the lines above\n")
