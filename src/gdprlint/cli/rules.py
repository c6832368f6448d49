"""`gdprlint rules`: every rule there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from gdprlint.cli import options
from gdprlint.cli.output import refusals, table, told, write, write_json
from gdprlint.text import visible

if TYPE_CHECKING:
    from gdprlint.rules.packs import Library
    from gdprlint.rules.rule import Changed, Rule


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--changed", is_flag=True, help="Only rules that other packs, or a configuration, change; and why.")
@options.local_packs
@options.no_config
@click.pass_context
def command(ctx: click.Context, form: str, changed: bool, local_packs: tuple[str, ...], no_config: bool) -> None:
    """List the rules: code, name, severity and pack.

    Rules are listed as they are in this folder, with its local packs, and with the pack that has changed them. The
    exit code is 2 when a plugin is broken, and the rules that it would bring are not listed.
    """
    from gdprlint.cli.library import library_here

    with refusals():
        library = library_here(local_packs, no_config)
    listed = sorted(library.rules, key=lambda rule: (rule.pack, rule.code))
    listed = [rule for rule in listed if rule.changes or not changed]
    gone = [
        (rule, change)
        for change in library.changes
        for rule in library.written
        if change.replaced_by and rule.code == change.code
    ]
    if form == "json":
        replaced = [
            {**facts(rule, library), "replaced": {**_change(change.told), "by": list(change.replaced_by)}}
            for rule, change in gone
        ]
        write_json({"version": 1, "rules": [facts(rule, library) for rule in listed], "replaced": replaced})
    elif changed:
        every = [*((rule, rule.changes) for rule in listed), *((rule, (by.told,)) for rule, by in gone)]
        write("\n".join(_told(rule, changes) for rule, changes in every))
    else:
        rows = [(rule.code, rule.name, rule.severity.word, rule.pack, _by(rule)) for rule in listed]
        any_changed = any(row[-1] for row in rows)
        heads = ("code", "name", "severity", "pack", "changed by")
        write(table(heads if any_changed else heads[:-1], rows if any_changed else [row[:-1] for row in rows]))
        if gone:
            rows = [(rule.code, rule.name, rule.pack, ", ".join(by.replaced_by), by.pack) for rule, by in gone]
            write("\n" + table(("code", "name", "pack", "replaced by", "of"), rows))
    ctx.exit(told(library.problems))


def _told(rule: Rule, changes: Iterable[Changed]) -> str:
    """What became of a rule, by whom, where and why, a line each."""
    lines = [f"{rule.code} {rule.name} ({rule.pack})"]
    for change in changes:
        lines.append(f"  by {change.pack or 'the configuration'}, {change.place}")
        lines += [f"    {what}" for what in change.what]
        if change.why:
            lines.append(f"    why: {' '.join(change.why.split())}")
    return "".join(f"{visible(line)}\n" for line in lines)


def _by(rule: Rule) -> str:
    return ", ".join(dict.fromkeys(change.pack or "configuration" for change in rule.changes))


def _change(change: Changed) -> dict[str, object]:
    return {"pack": change.pack or None, "place": change.place, "why": change.why, "what": list(change.what)}


def facts(rule: Rule, library: Library) -> dict[str, object]:
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
        "origin": origin(rule, library),
        "parameters": [
            {"name": one.name, "kind": one.kind, "value": one.value, "by": one.by} for one in rule.parameters
        ],
        "changes": [_change(change) for change in rule.changes],
    }


def origin(rule: Rule, library: Library) -> dict[str, str]:
    """Where a rule comes from: the kind of its pack, the version of that, and its file."""
    pack = next((pack for pack in library.packs if pack.name == rule.pack), None)
    kind = pack.origin if pack is not None else "plugin"
    return {"kind": kind, "version": pack.version if pack is not None else "", "place": rule.place}
