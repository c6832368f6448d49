"""The command line: a group of commands, each a module of its own that is imported when it is called.

A command module defines `command` and imports what it needs inside the function that needs it. The
table below is all that `gdprlint --help` reads. The commonest call, a plain `check`, is answered
without click, whose import takes as long as judging a few activities (`plain.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gdprlint.cli.group import Refused as Refused
    from gdprlint.cli.group import main as main

COMMANDS = {
    "cache": "Say where results of `check` are kept and how large that is, or clear it.",
    "check": "Judge records and notices.",
    "compare": "Say what changed between two records or notices.",
    "config": "Print what holds for a file or folder, and why.",
    "coverage": "Print which provisions rules watch, and why not the others.",
    "doctor": "Look at the installation: versions, plugins, cache, configuration.",
    "eval": "Try an expression of the rule language on a record.",
    "exceptions": "Print which findings somebody has accepted, why, who and until when.",
    "fmt": "Write records in the one canonical form.",
    "init": "Write a first record to start from.",
    "new": "Begin a pack of rules, or a rule in one.",
    "plugins": "List the plugins and the packs of rules that they bring.",
    "read": "Read a notice or a sheet, and print the record that it amounts to.",
    "rule": "Explain a rule, or find the rules of a provision.",
    "rules": "List the rules: code, name, severity and pack.",
    "schema": "Print the things, clauses and values that rules can ask for.",
    "show": "Print what the rules see in a file, as JSON.",
    "table": "Print a decision table that rules read.",
    "test": "Run the examples of rules, overrides and cues.",
    "write": "Write a document from a record.",
}


def __getattr__(name: str) -> Any:
    """`main`, the group, and `Refused`, which need click."""
    if name not in ("main", "Refused"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gdprlint.cli import group

    return getattr(group, name)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line to its end and give the exit code."""
    from gdprlint.cli.output import make_robust

    make_robust(sys.stdout, sys.stderr)
    return guarded(lambda: _run(sys.argv[1:] if arguments is None else arguments, arguments is None))


def guarded(work: Callable[[], int]) -> int:
    """The exit code of this work, or of what broke it off, told to the user."""
    from gdprlint.cli.output import complain

    try:
        return work()
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        import click

        if isinstance(error, click.ClickException):
            error.show()
            return 2
        if isinstance(error, click.Abort):
            return 130
        import traceback

        # Python would exit with 1, which here means that something was found in what was judged.
        traceback.print_exc()
        complain("this is a fault of gdprlint itself; please report it with the lines above")
        return 2


process_ends = False  # with this command, so that what it holds need not be let go of


def _run(arguments: list[str], of_process: bool) -> int:
    from gdprlint.cli import plain

    global process_ends
    process_ends = of_process

    asked = plain.read(arguments)
    if asked is not None:
        from gdprlint.cli.stages import check

        return check(asked)
    from gdprlint.cli.group import main

    # Of the arguments of the process, click lays out patterns where the shell does not.
    code = main.main(None if of_process else arguments, prog_name="gdprlint", standalone_mode=False)
    return code if isinstance(code, int) else 0
