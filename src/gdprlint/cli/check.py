"""`gdprlint check`: judge files and say what was found."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from gdprlint.cli.plain import MAX_BYTES, Asked, day_of
from gdprlint.cli.stages import check
from gdprlint.reporters import REPORTERS


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    """A day as the language writes it; today where none is given."""
    if value is None:
        return date.today()
    found = day_of(value)
    if found is not None:
        return found
    raise click.BadParameter(f"{value!r} is no date; write it as 2026-11-21", ctx, param)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--as-of", callback=day, metavar="DATE", help="Judge by the law of that day (default: today).")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTERS)),
    default="full",
    show_default=True,
    help="How findings are shown on stdout.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Judge by these rules only: codes, packs, provisions (`art 9`) or topics, with commas between.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out; written as for --select.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The least severity that gives exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour; auto means on a terminal, and obeys NO_COLOR, FORCE_COLOR and TERM=dumb.",
)
@click.option("--no-source", is_flag=True, help="Show no words of the files, which may hold personal data.")
@click.option(
    "--pack",
    "local_packs",
    multiple=True,
    type=click.Path(exists=True),
    metavar="PATH",
    help="Judge also by the declared rules in this folder.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=MAX_BYTES,
    show_default=True,
    help="Do not read files that are larger.",
)
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Processes to read with (default: as many as help)."
)
@click.option(
    "--output",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write also in this format, to this file or, without one, to stdout; may be repeated.",
)
@click.option("--show-suppressed", is_flag=True, help="Show also the findings that are accepted, and why.")
@click.option("--no-cache", is_flag=True, help="Judge anew, and keep nothing of it for the next run.")
@click.pass_context
def command(ctx: click.Context, /, **asked: Any) -> None:
    """Judge records and notices.

    PATHS are files and folders; a folder is read with all that is below it. Without PATHS the current
    folder is judged. The exit code is 0 when nothing was found at or above --fail-on, 1 when something
    was, and 2 when a file could not be read or a rule or plugin broke.
    """
    if asked["output"]:
        from gdprlint.cli.outputs import planned

        try:
            planned(asked["form"], asked["output"])
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param_hint="--output") from None
    ctx.exit(check(Asked(**asked)))
