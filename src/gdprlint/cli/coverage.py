"""`gdprlint coverage`: which provisions are looked at, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from gdprlint.cli import options
from gdprlint.cli.output import refusals, told, width_of, write, write_json
from gdprlint.cli.stages import nothing_let_go

if TYPE_CHECKING:
    from gdprlint.diagnostics import Problem
    from gdprlint.rules.coverage import Watched

WIDEST = 100
OUTCOMES = ("failed", "could not tell", "passed", "did not apply")


@click.command()
@click.argument("paths", nargs=-1)
@options.as_of("The day whose law judges")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], as_of: date, form: str) -> None:
    """Print which provisions rules watch, and why not the others.

    With PATHS of a register, also what came of each rule there: it failed (something was found), could
    not tell, passed, or did not apply. Findings do not count for the exit code.
    """
    from gdprlint.rules import packs
    from gdprlint.rules.coverage import watched

    with refusals(), nothing_let_go():
        library = packs.load()
        outcomes, problems = _outcomes(paths, as_of) if paths else ({}, library.problems)
    rules = [rule for rule in library.rules if rule.pack != "core"]
    found = {pack.name: watched(pack, rules) for pack in library.packs if pack.name != "core"}
    if form == "json":
        write_json(
            {"version": 1, "as_of": as_of.isoformat(), "packs": [_json(n, f, outcomes) for n, f in found.items()]}
        )
    else:
        width = min(width_of(sys.stdout) or WIDEST, WIDEST)
        write("\n".join("\n".join(_text(name, listed, outcomes, width)) + "\n" for name, listed in found.items()))
    ctx.exit(told(problems))


def _outcomes(paths: tuple[str, ...], as_of: date) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    from gdprlint.engine import CheckOptions, check

    report = check(paths, CheckOptions(as_of=as_of))
    return report.judged.by_rule, report.problems


def _json(name: str, listed: list[Watched], outcomes: Mapping[str, str]) -> dict[str, object]:
    return {
        "name": name,
        "provisions": [
            {
                "provision": str(item.provision or ""),
                "title": item.title,
                "rules": [
                    {"code": rule.code, **({"outcome": _outcome(rule.code, outcomes)} if outcomes else {})}
                    for rule in item.rules
                ],
                "why": item.why,
            }
            for item in listed
        ],
    }


def _outcome(code: str, outcomes: Mapping[str, str]) -> str:
    return outcomes.get(code, "did not apply")


def _text(name: str, listed: list[Watched], outcomes: Mapping[str, str], width: int) -> Iterator[str]:
    from gdprlint.reporters.citations import spoken

    told_of = [item for item in listed if item.rules or item.why]
    rules = {rule.code for item in listed for rule in item.rules}
    some = sum(1 for item in told_of if item.rules)
    what = "provisions" if any(item.provision for item in listed) else "topics"
    yield f"{name}: {some} of {len(told_of)} {what} are watched, by {len(rules)} rules"
    for item in listed:
        if not item.part:
            yield ""
            name = f"{spoken(str(item.provision))}  {item.title}" if item.provision else item.title
            yield from _folded(name, width, 0)
            if not item.rules and not item.why:
                continue
        head = f"  {item.part or 'whole':<10} "
        yield from _folded(head + (_said(item, outcomes) or f"- {item.why}"), width, len(head))


def _said(item: Watched, outcomes: Mapping[str, str]) -> str:
    """The rules of a provision; with outcomes, by what came of them."""
    if not outcomes:
        return ", ".join(rule.code for rule in item.rules)
    by: dict[str, list[str]] = {}
    for rule in item.rules:
        by.setdefault(_outcome(rule.code, outcomes), []).append(rule.code)
    return "; ".join(f"{outcome}: {', '.join(by[outcome])}" for outcome in OUTCOMES if outcome in by)


def _folded(line: str, width: int, indent: int) -> list[str]:
    from gdprlint.reporters.style import folded, shown

    head = line[:indent]
    first, *others = folded(shown(line[indent:]), width, indent)
    return [head + first, *(" " * indent + other for other in others)]
