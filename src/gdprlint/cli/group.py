"""The group of commands for click, which imports a command when it runs."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import click

from gdprlint import __version__
from gdprlint.cli import COMMANDS

if TYPE_CHECKING:
    from gdprlint.diagnostics import Problem
    from gdprlint.plugins import Brought


def asked() -> tuple[tuple[Brought, ...], tuple[Problem, ...]]:
    """The commands that installed plugins bring, and what broke when they were asked."""
    from gdprlint.plugins import brought

    return brought("gdprlint_commands", COMMANDS)


def of_plugins() -> dict[str, Brought]:
    """The commands of plugins by name."""
    return {one.value.name: one for one in asked()[0]}


class Commands(click.Group):
    """The group, which knows its commands from the table and imports one when it runs.

    Plugins are asked for theirs where a command is named that is none of ours, or all are listed.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *of_plugins()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            theirs: click.Command | None = getattr(of_plugins().get(cmd_name), "value", None)
            return theirs
        command = importlib.import_module(f"gdprlint.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and name not in of_plugins():
            from gdprlint.cli.output import told
            from gdprlint.plugins import unavailable
            from gdprlint.text import nearest_name

            told((*unavailable(), *asked()[1]))
            near = nearest_name(name, self.list_commands(ctx))
            hint = f"; did you mean `{near}`?" if near else ""
            raise click.UsageError(f"there is no command `{name}`{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, KeyboardInterrupt):
            raise
        except Exception as error:
            name = ctx.invoked_subcommand or ""
            if name in COMMANDS or name not in of_plugins():
                raise
            from gdprlint.candidates import broken

            raise Refused(broken(of_plugins()[name].plugin, f"its command {name} broke", error).message) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        if theirs := of_plugins():
            with formatter.section("Commands of plugins"):
                formatter.write_dl([(name, command.get_short_help_str(100)) for name, (_, command) in theirs.items()])


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
