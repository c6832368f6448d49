"""A plugin brings a command; those of gdprlint keep their names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from tests.plugins.conftest import Done, Install

Run = Callable[..., Done]

GRANTS = """
import click

@click.command("grants", help="List the grants that records name.")
@click.argument("paths", nargs=-1)
def grants(paths):
    click.echo(f"looking at {', '.join(paths)}")
    return 1 if "bad" in paths else 0

@hookimpl
def gdprlint_commands():
    return [grants]
"""


def test_a_command_of_a_plugin_runs_and_its_answer_is_the_exit_code(install: Install, gdprlint: Run) -> None:
    install("acme_tools", GRANTS)

    assert gdprlint("grants", "a", "b") == Done(0, "looking at a, b\n", "")
    assert gdprlint("grants", "bad").code == 1


def test_help_lists_it_apart(install: Install, gdprlint: Run) -> None:
    install("acme_tools", GRANTS)
    shown = gdprlint("--help").out

    assert "Commands of plugins:\n  grants  List the grants that records name.\n" in shown
    assert "List the grants" in gdprlint("grants", "--help").out
    assert "did you mean `grants`?" in gdprlint("grant").err


def test_a_command_of_ours_is_never_replaced(install: Install, gdprlint: Run) -> None:
    install("acme_tools", GRANTS.replace('"grants"', '"rules"'))

    assert "UK901" in gdprlint("rules").out
    assert "Commands of plugins" not in gdprlint("--help").out
    done = gdprlint("plugins")
    assert done.code == 2
    assert "plugin acme_tools: its command rules is left out: gdprlint itself has that name" in done.err


def test_a_command_that_breaks_is_named_with_its_plugin(install: Install, gdprlint: Run) -> None:
    install("acme_tools", GRANTS.replace("return 1", "raise RuntimeError('no way')\n    return 1"))

    done = gdprlint("grants", "a")

    assert done.code == 2
    assert done.err == "gdprlint: plugin acme_tools: its command grants broke: RuntimeError: no way\n"


def test_wrong_use_of_it_is_told_as_any(install: Install, gdprlint: Run) -> None:
    install("acme_tools", GRANTS)

    done = gdprlint("grants", "--nothing")

    assert done.code == 2
    assert "No such option" in done.err


def test_what_is_no_command_is_told(install: Install, gdprlint: Run) -> None:
    install("acme_tools", GRANTS.replace("return [grants]", "return [grants, len, click.Command('Grants Two')]"))

    told = gdprlint("plugins").err

    assert "its gdprlint_commands gave builtin_function_or_method, not Command" in told
    assert "a command is named by one hyphenated word, not 'Grants Two'" in told
    assert gdprlint("grants", "a").code == 0


def test_without_plugins_help_asks_nobody(gdprlint: Run) -> None:
    code = (
        "import sys; from gdprlint.cli import run; run(['--help']);"
        "print(sorted({'pluggy', 'gdprlint.hooks'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.endswith("[]\n")
