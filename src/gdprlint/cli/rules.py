"""`gdprlint rules`: every rule there is."""

from __future__ import annotations

import click

from gdprlint.cli.output import refusals, table, told, write, write_json


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """List the rules: code, name, severity and pack.

    The exit code is 2 when a plugin is broken, and the rules that it would bring are not listed.
    """
    from gdprlint.rules import packs

    with refusals():
        library = packs.load()
    listed = sorted(
        (
            {"code": rule.code, "name": rule.name, "severity": rule.severity.word, "pack": rule.pack}
            for rule in library.rules
        ),
        key=lambda facts: (facts["pack"], facts["code"]),
    )
    if form == "json":
        write_json({"version": 1, "rules": listed})
    else:
        write(table(("code", "name", "severity", "pack"), [list(facts.values()) for facts in listed]))
    ctx.exit(told(library.problems))
