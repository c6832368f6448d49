"""`gdprlint doctor`: what a run stands on, and what is wrong there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from gdprlint.cli.output import refusals, table, width_of, write, write_json

if TYPE_CHECKING:
    from gdprlint.doctor import Findings

WIDTH = 80


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Look at the installation: versions, plugins, cache, configuration.

    The exit code is 2 when something is wrong, which is told with one thing to do about it.
    """
    from gdprlint.doctor import examine

    with refusals():
        found = examine(sys.stdout)
    if form == "json":
        write_json(as_data(found))
    else:
        write(as_text(found, width_of(sys.stdout) or WIDTH))
    ctx.exit(2 if found.troubles else 0)


def as_data(found: Findings) -> dict[str, object]:
    return {
        "version": 1,
        "facts": [{"area": fact.area, "name": fact.name, "value": fact.value} for fact in found.facts],
        "problems": [{"area": one.area, "message": one.message, "hint": one.hint} for one in found.troubles],
    }


def as_text(found: Findings, width: int = WIDTH) -> str:
    from gdprlint.reporters.style import folded, shown

    names = table(("area", "what"), [(fact.area, fact.name) for fact in found.facts]).splitlines()
    indent = max(map(len, names)) + 2
    lines = []
    for name, value in zip(names, ("is", *(fact.value for fact in found.facts)), strict=True):
        first, *rest = folded(shown(value), width, indent)
        lines += [f"{name:{indent}}{first}", *(" " * indent + line for line in rest)]
    for one in found.troubles:
        head = f"problem: {one.area}: "
        first, *rest = folded(shown(one.message), width, len(head))
        lines += ["", head + first, *(" " * len(head) + line for line in rest)]
        lines += [" " * 9 + line for line in folded(f"help: {shown(one.hint)}", width, 9)]
    count = len(found.troubles)
    lines += ["", "Nothing is wrong." if not count else f"{count} {'thing is' if count == 1 else 'things are'} wrong."]
    return "\n".join(lines) + "\n"
