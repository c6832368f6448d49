"""`gdprlint eval`: what an expression gives."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from gdprlint.cli import options
from gdprlint.cli.output import refusals, wants_color, width_of, write

if TYPE_CHECKING:
    pass


@click.command()
@click.argument("expression")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--each", multiple=True, metavar="'x in PATH'", help="Run over this, as a line `for each` of a rule does."
)
@click.option("--of", multiple=True, metavar="NAME", help="Ask it only of the thing with this name.")
@click.option("--no-silence", is_flag=True, help="As where silence does not count.")
@options.as_of("The day of which it is asked")
@options.local_packs
@options.no_source
@options.color
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(
    ctx: click.Context, expression: str, paths: tuple[str, ...], each: tuple[str, ...], of: tuple[str, ...],
    no_silence: bool, as_of: date, local_packs: tuple[str, ...], no_source: bool, color: str, form: str,
) -> None:  # fmt: skip
    """Try an expression of the rule language on a record.

    EXPRESSION is a condition as it stands in a rule, or a path to values (`activity.keeps.for`). It is asked of each
    thing of the kind that it begins with. Nothing is judged; the exit code is 2 where it cannot be asked.
    """
    from gdprlint.authoring.trying import Question, tried
    from gdprlint.options import CheckOptions
    from gdprlint.reporters import RenderOptions, trial

    with refusals():
        question = Question(expression, each, of, not no_silence, not no_source)
        found = tried(paths, CheckOptions(as_of=as_of, local_packs=local_packs), question)
    colored = wants_color(color, sys.stdout)
    if form == "json":
        write(trial.as_json(found))
    else:
        write(trial.render(found, RenderOptions(color=colored, width=width_of(sys.stdout))))
    ctx.exit(2 if found.faults else 0)
