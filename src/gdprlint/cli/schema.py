"""`gdprlint schema`: what a rule can ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gdprlint.cli.output import refusals, table, write, write_json

if TYPE_CHECKING:
    from gdprlint.authoring.schema import Entry, Words

KEYS = {"holds": "holds", "stands in": "stands_in", "a name of": "names_of", "a term of": "terms_of", "or": "literals"}


@click.command()
@click.argument("word", metavar="[KIND]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(word: str | None, form: str) -> None:
    """Print the things, clauses and values that rules can ask for.

    KIND is a kind of thing (`activity`), a clause (`keeps`), a type of values (`moment`) or a path
    (`activity.keeps.until`): it is shown with its fields. Without it everything is listed.
    """
    from gdprlint.authoring import schema

    with refusals():
        found = schema.find(word) if word is not None else schema.entries(packs=form == "json")
    if form == "json":
        told: dict[str, object] = {"version": 1, "entries": [facts(entry) for entry in found]}
        if word is None:
            said = words()
            told |= {"states": said.states, "tests": said.tests, "functions": said.functions}
        write_json(told)
    elif word is None:
        write(overview(found))
    else:
        write("\n".join(text(entry) for entry in found))


def words() -> Words:
    """What may stand in an expression beside paths and terms, with the functions of the plugins at hand."""
    from gdprlint.authoring import schema
    from gdprlint.rules import packs

    return schema.words(packs.load().vocabulary.functions)


def facts(entry: Entry) -> dict[str, object]:
    """One entry for programs; `of` says what a field comes from."""
    told: dict[str, object] = {"what": entry.what, "name": entry.name, "says": entry.says}
    for name, values in entry.facts:
        if name == "is about":
            told |= {"about": values[0], "optional": len(values) > 1}
        elif name == "own words":
            told["own_words"] = values == ("yes",)
        else:
            told[KEYS[name]] = list(values)
    fields = [{"name": field.name, "of": field.of, "type": field.type, "says": field.says} for field in entry.fields]
    return {**told, "fields": fields}


def overview(found: list[Entry]) -> str:
    """All entries, a line each, and what else may stand in an expression."""
    said = words()
    titles = {"thing": "things, for `for each`", "clause": "clauses", "value": "values"}
    parts = [
        table((title, ""), [(f"  {entry.name}", entry.says) for entry in found if entry.what == what])
        for what, title in titles.items()
    ]
    rest = (
        f"states     {', '.join(said.states)}\n"
        f"tests      {', '.join(said.tests)}\n"
        f"functions  {', '.join(said.functions)}\n\n"
        "`gdprlint schema activity` shows its fields, and `gdprlint schema activity.keeps.until` what a path holds.\n"
    )
    return "\n".join([*parts, rest])


def text(entry: Entry) -> str:
    """One entry with its fields."""
    from gdprlint.authoring.schema import COMMON

    article = {"thing": "a thing", "clause": "a clause", "value": "a value"}[entry.what]
    lines = f"{entry.name} ({article}): {entry.says}\n"
    width = max((len(name) for name, _ in entry.facts), default=0)
    lines += "".join(f"  {name:<{width}}  {', '.join(values)}\n" for name, values in entry.facts)
    shared = [field for field in entry.fields if entry.what == "clause" and field.name in COMMON]
    own = [field for field in entry.fields if field not in shared]
    if own:
        lines += "\n" + table(("field", "holds", "is"), [(field.name, field.type, field.says) for field in own])
    if shared:
        lines += f"\nand, as every clause: {', '.join(field.name for field in shared)}\n"
    if any(field.of == "clauses" for field in own):
        lines += "\n`never-` before the name of a clause leads to its denials: `never-links`.\n"
    return lines
