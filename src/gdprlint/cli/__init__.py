"""The command line: a group of commands, each a module of its own that is imported when it is called.

A command module defines `command` and imports what it needs inside the function that needs it. The
table below is all that `gdprlint --help` reads.
"""

from __future__ import annotations

import importlib
import sys

import click

from gdprlint import __version__

COMMANDS = {
    "check": "Judge records and notices.",
    "compare": "Say what changed between two records or notices.",
    "coverage": "Print which provisions rules watch, and why not the others.",
    "fmt": "Write records in the one canonical form.",
    "init": "Write a first record to start from.",
    "plugins": "List the plugins and the packs of rules that they bring.",
    "read": "Read a notice or a sheet, and print the record that it amounts to.",
    "rule": "Explain a rule, or find the rules of a provision.",
    "rules": "List the rules: code, name, severity and pack.",
    "show": "Print what the rules see in a file, as JSON.",
    "table": "Print a decision table that rules read.",
    "test": "Run every example of every rule.",
    "write": "Write a document from a record.",
}


class Commands(click.Group):
    """The group, which knows its commands from the table and imports one when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"gdprlint.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from gdprlint.text import nearest_name

            near = nearest_name(name, COMMANDS)
            hint = f"; did you mean `{near}`?" if near else ""
            raise click.UsageError(f"there is no command `{name}`{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Not legal advice; gdprlint states what a text says.",
)
@click.version_option(__version__, prog_name="gdprlint", message="%(prog)s %(version)s")
def main() -> None:
    """Judge what an organisation says it does with people's data by UK data protection law."""


class Refused(click.ClickException):
    """Wrong use that only the engine can tell: one line to stderr, exit code 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        from gdprlint.cli.output import complain

        complain(self.message)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line to its end and give the exit code."""
    from gdprlint.cli.output import complain, make_robust

    make_robust(sys.stdout, sys.stderr)
    try:
        code = main.main(arguments, prog_name="gdprlint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except Exception:
        import traceback

        # Python would exit with 1, which here means that something was found in what was judged.
        traceback.print_exc()
        complain("this is a fault of gdprlint itself; please report it with the lines above")
        return 2
    return code if isinstance(code, int) else 0
