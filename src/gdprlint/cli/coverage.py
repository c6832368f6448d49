"""`gdprlint coverage`: which provisions are looked at, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from gdprlint.cli import options
from gdprlint.cli.output import refusals, told, width_of, write, write_json
from gdprlint.cli.stages import nothing_let_go

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gdprlint.cli.plain import Asked
    from gdprlint.diagnostics import Problem
    from gdprlint.rules.coverage import Watched
    from gdprlint.rules.packs import Library

WIDEST = 100
UNWATCHED = ("left out", "not in force")
OUTCOMES = ("failed", "could not tell", "passed", "did not apply", *UNWATCHED)


@click.command()
@click.argument("paths", nargs=-1)
@options.as_of("The day whose law judges")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--select", multiple=True, metavar="RULES", help="As for check.")
@click.option("--ignore", multiple=True, metavar="RULES", help="As for check.")
@options.local_packs
@options.config
@options.no_config
@click.pass_context
def command(ctx: click.Context, /, form: str, **asked: Any) -> None:
    """Print which provisions rules watch, and why not the others.

    With PATHS of a register, also what came of each rule there: it failed (something was found), could
    not tell, passed, or did not apply. Packs, rules and the day are those of the configuration, without PATHS
    that of the working folder; a rule that is left out, or not in force on the day, watches nothing.
    Findings do not count for the exit code.
    """
    from gdprlint.cli.check import asked_of
    from gdprlint.rules.coverage import watched

    with refusals(), nothing_let_go():
        found = _of_registers(asked_of(ctx, asked)) if asked["paths"] else _of_here(asked_of(ctx, asked))
    library = found.library
    rules = [rule for rule in library.rules if rule.pack != "core" and rule.pack in (*found.packs, "plugin")]
    packs = [pack for pack in library.packs if pack.name != "core"]
    listed = {pack.name: watched(pack, rules) for pack in packs if pack.name in found.packs}
    idle = [pack.name for pack in packs if pack.name not in found.packs]
    if form == "json":
        data = [_json(name, items, found) for name, items in listed.items()]
        write_json({"version": 1, "as_of": found.as_of, "packs": data, "not_in_use": idle})
    else:
        width = min(width_of(sys.stdout) or WIDEST, WIDEST)
        parts = ["\n".join(_text(name, items, found, width)) + "\n" for name, items in listed.items()]
        write("\n".join([*parts, *([f"Not in use: {', '.join(idle)}.\n"] if idle else [])]))
    ctx.exit(told(found.problems))


class Found(NamedTuple):
    """What is known of the rules: the packs in use, and what came of rules by their codes, where that was asked for."""

    library: Library
    as_of: str
    packs: frozenset[str]
    unwatched: Mapping[str, str]
    by_rule: Mapping[str, str]
    problems: tuple[Problem, ...]

    def outcome(self, code: str) -> str:
        """What came of a rule; empty where nothing was judged and it would be."""
        return self.by_rule.get(code) or self.unwatched.get(code) or ("did not apply" if self.by_rule else "")


def _of_registers(asked: Asked) -> Found:
    """What came of the rules in registers, each by its configuration."""
    from gdprlint.cli.behind import Wants
    from gdprlint.cli.stages import judge, listed

    done = judge(asked)
    judged, library = done.report.judged, done.library()
    plain = Wants("", asked.as_of.isoformat(), listed(asked.select), listed(asked.ignore), ())
    unwatched = _unwatched(library, done.wants or (plain,))
    packs = frozenset(judged.packs) | {pack.name for pack in library.packs if pack.origin == "local"}
    return Found(library, judged.as_of, packs, unwatched, judged.by_rule, done.report.problems)


def _of_here(asked: Asked) -> Found:
    """Which rules would judge by the configuration of the working folder."""
    from gdprlint.cli.behind import Wants
    from gdprlint.cli.configured import Configured
    from gdprlint.registers import configurations, marked_root

    here = Path.cwd()
    root = None if asked.no_config else marked_root(here)
    marked = root is not None and bool(configurations(root))
    holds, words, *_ = Configured(asked).register(root if root is not None and marked else here, marked)
    library = words.library
    wants = Wants("", holds["as_of"].isoformat(), holds["select"], holds["ignore"], ())
    named = {said.value for said in holds.packs}
    every = [pack.name for pack in library.packs]
    packs = [pack.name for pack in library.packs if pack.name in named or pack.origin == "local"] if named else every
    return Found(library, wants.as_of, frozenset(packs), _unwatched(library, (wants,)), {}, library.problems)


def _unwatched(library: Library, registers: Iterable[Any]) -> dict[str, str]:
    """Why rules judge none of these registers."""
    from datetime import date

    from gdprlint.judging.judge import in_force
    from gdprlint.options import WrongUse

    chosen: set[str] = set()
    running: set[str] = set()
    try:
        for one in registers:
            rules = library.chosen(one.select, one.ignore, None)
            chosen.update(rule.code for rule in rules)
            running.update(rule.code for rule in in_force(rules, date.fromisoformat(one.as_of)))
    except ValueError as error:
        raise WrongUse(str(error)) from None
    left = {rule.code: "left out" for rule in library.rules if rule.code not in chosen}
    return {**left, **dict.fromkeys(chosen - running, "not in force")}


def _json(name: str, listed: list[Watched], found: Found) -> dict[str, object]:
    return {
        "name": name,
        "provisions": [
            {
                "provision": str(item.provision or ""),
                "title": item.title,
                "rules": [
                    {"code": rule.code, **({"outcome": outcome} if (outcome := found.outcome(rule.code)) else {})}
                    for rule in item.rules
                ],
                "why": item.why,
            }
            for item in listed
        ],
    }


def _text(name: str, listed: list[Watched], found: Found, width: int) -> Iterator[str]:
    from gdprlint.reporters.citations import spoken

    told_of = [item for item in listed if item.rules or item.why]
    watching = [[rule.code for rule in item.rules if found.outcome(rule.code) not in UNWATCHED] for item in told_of]
    rules = {code for codes in watching for code in codes}
    some = sum(map(bool, watching))
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
        yield from _folded(head + (_said(item, found) or f"- {item.why}"), width, len(head))


def _said(item: Watched, found: Found) -> str:
    """The rules of a provision, by what came of them."""
    by: dict[str, list[str]] = {}
    for rule in item.rules:
        by.setdefault(found.outcome(rule.code), []).append(rule.code)
    parts = [", ".join(by[""])] if "" in by else []
    return "; ".join([*parts, *(f"{outcome}: {', '.join(by[outcome])}" for outcome in OUTCOMES if outcome in by)])


def _folded(line: str, width: int, indent: int) -> list[str]:
    from gdprlint.reporters.style import folded, shown

    head = line[:indent]
    first, *others = folded(shown(line[indent:]), width, indent)
    return [head + first, *(" " * indent + other for other in others)]
