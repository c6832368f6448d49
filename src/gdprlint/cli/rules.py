"""`gdprlint rules`: every rule there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gdprlint.cli.output import refusals, table, told, write, write_json

if TYPE_CHECKING:
    from gdprlint.rules.rule import Rule


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
    listed = sorted(library.rules, key=lambda rule: (rule.pack, rule.code))
    if form == "json":
        write_json({"version": 1, "rules": [facts(rule) for rule in listed]})
    else:
        rows = [(rule.code, rule.name, rule.severity.word, rule.pack) for rule in listed]
        write(table(("code", "name", "severity", "pack"), rows))
    ctx.exit(told(library.problems))


def facts(rule: Rule) -> dict[str, object]:
    """What a list says of a rule; `aliases` are codes that mean it too, wherever a code is asked for."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.word,
        "pack": rule.pack,
        "title": rule.title,
        "topic": rule.topic,
        "cites": list(rule.cites),
        "aliases": list(rule.aliases),
        "yields": list(rule.yields),
        "verified": rule.verified,
        "stage": rule.stage,
    }
