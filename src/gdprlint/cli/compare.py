"""`gdprlint compare`: what changed between two records or notices, or where a record and its notice part."""

from __future__ import annotations

import sys

import click

from gdprlint.cli import options
from gdprlint.cli.output import told, wants_color, width_of, write
from gdprlint.cli.stages import nothing_let_go


@click.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    show_default=True,
    help="How changes are shown.",
)
@options.color
@options.no_source
@options.max_bytes
@options.local_packs
@options.no_config
@click.pass_context
def command(
    ctx: click.Context, old: str, new: str, form: str, color: str, no_source: bool, max_bytes: int,
    local_packs: tuple[str, ...], no_config: bool,
) -> None:  # fmt: skip
    """Say what changed between two records or notices.

    OLD and NEW are each a file or a folder with one register; a notice may be in prose. Two records or
    two notices are compared as versions; a record and its notice as what is done and what is told. Both
    are read with the words and cues of the local packs that the configuration of either names. The exit
    code is 0 when nothing changed, 1 when something did, and 2 when a file could not be read.
    """
    from gdprlint.cli import Refused
    from gdprlint.cli.library import together
    from gdprlint.comparing.compare import compare_paths
    from gdprlint.registers import NotFound
    from gdprlint.reporters import RenderOptions
    from gdprlint.reporters.comparison import render

    try:
        with nothing_let_go():
            library, is_left_out = together((old, new), local_packs, no_config)
            comparison = compare_paths(old, new, library, max_bytes, is_left_out)
    except NotFound as error:
        raise Refused(str(error)) from error
    shown = RenderOptions(wants_color(color, sys.stdout), width_of(sys.stdout), not no_source)
    write(render(comparison, form, shown))
    if form == "json":  # the other forms say it at their end
        told(comparison.problems)
    ctx.exit(2 if comparison.problems else 1 if comparison.changes else 0)
