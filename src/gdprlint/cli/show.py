"""`gdprlint show`: what the rules see in a file."""

from __future__ import annotations

import click

from gdprlint.cli.output import refusals, write


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["json"]), default="json", show_default=True, help="The one form there is."
)
def command(paths: tuple[str, ...], form: str) -> None:
    """Print what the rules see in a file, as JSON.

    Every activity with its clauses, those that it has from the activity around it too, each value with
    its state and its place.
    """
    from gdprlint.show import show_json

    with refusals():
        write(show_json(paths).rstrip("\n") + "\n")
