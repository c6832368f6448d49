"""`gdprlint rules`: every rule there is."""

from __future__ import annotations

import click

from gdprlint.cli.output import refusals, table, write, write_json


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(form: str) -> None:
    """List the rules: code, name, severity and pack."""
    from gdprlint.rules import packs

    with refusals():
        rules = packs.load().rules
    listed = sorted(
        (
            {"code": rule.code, "name": rule.name, "severity": rule.severity.word, "pack": rule.pack}
            for rule in rules
        ),
        key=lambda facts: (facts["pack"], facts["code"]),
    )
    if form == "json":
        write_json({"version": 1, "rules": listed})
    else:
        write(table(("code", "name", "severity", "pack"), [list(facts.values()) for facts in listed]))
