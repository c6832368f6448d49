"""The group of commands for click, which imports a command when it runs."""

from __future__ import annotations

import importlib

import click

from gdprlint import __version__
from gdprlint.cli import COMMANDS


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
