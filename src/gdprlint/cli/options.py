"""Options that several commands take: said once, so that they mean the same everywhere.

Each is a decorator of click. What only one command takes stands with that command.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from gdprlint.cli.plain import MAX_BYTES, Today, day_of

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Command], Command]


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    """A day as the language writes it; today where none is given."""
    if value is None:
        return Today.today()
    found = day_of(value)
    if found is not None:
        return found
    raise click.BadParameter(f"{value!r} is no date; write it as 2026-11-21", ctx, param)


def as_of(decides: str) -> Option[Any]:
    """`--as-of`; the words say what the day decides."""
    return click.option("--as-of", callback=day, metavar="DATE", help=f"{decides} (default: today).")


color = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour; auto means on a terminal, and obeys NO_COLOR, FORCE_COLOR and TERM=dumb.",
)
no_source = click.option("--no-source", is_flag=True, help="Show no words of the files, which may hold personal data.")
local_packs = click.option(
    "--pack",
    "local_packs",
    multiple=True,
    type=click.Path(exists=True),
    metavar="PATH",
    help="Use also the rules, words and cues in this folder.",
)
max_bytes = click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=MAX_BYTES,
    show_default=True,
    help="Do not read files that are larger.",
)
fail_on = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The least severity that gives exit code 1.",
)
config = click.option(
    "--config", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Read this configuration."
)
no_config = click.option("--no-config", is_flag=True, help="Read no configuration.")
