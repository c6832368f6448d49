"""A declared rule as plain data, so that nothing of it is made before it runs.

All that a rule says of itself is kept; its tests are made from its tree when it first judges
something. Most runs use few of the rules. A rule that was found sound has nothing left to point at in its file, so its
tree is kept without places.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from gdprlint.diagnostics import Severity
from gdprlint.language import tree
from gdprlint.model.things import Thing
from gdprlint.rules import running
from gdprlint.rules.rule import Context, Draft, First, Judge, Needs, Parameter, Rule, Window
from gdprlint.rules.running import Parts

# What `declared` asks every rule to have; here it is known to be there.
_ALWAYS = tuple(tree.Head(kind, (), 0, 0) for kind in ("title", "why", "cites", "severity", "says"))
_NO_TOKEN = tree.Token("", 0, 0)


def rule_data(rule: Rule) -> list[Any]:
    """All that the rule says of itself, as JSON-ready lists; its place first."""
    windows = [[_iso(w.since), _iso(w.until), list(w.cites)] for w in rule.windows]
    needs = rule.needs and [
        sorted(rule.needs.looped),
        sorted(rule.needs.asked),
        [sorted(choice) for choice in rule.needs.choices],
        None if rule.needs.reads is None else list(rule.needs.reads),
        rule.needs.notices,
        rule.needs.first
        and [
            rule.needs.first.loops,
            rule.needs.first.conditions,
            list(rule.needs.first.reads),
            rule.needs.first.notices,
        ],
        list(rule.needs.codes),
        sorted(rule.needs.terms),
        [sorted(choice) for choice in rule.needs.letters],
    ]
    return [
        rule.place, rule.code, rule.name, rule.title, rule.why, list(rule.cites), int(rule.severity), rule.subject,
        rule.help, sorted(rule.judges), sorted(rule.silence), windows, list(rule.yields), list(rule.aliases),
        rule.stage, rule.verified, rule.pack, rule.topic, list(rule.levels), needs,
        [[one.name, one.kind, one.value] for one in rule.parameters],
    ]  # fmt: skip


def rule_of(data: list[Any], make: Callable[[], Parts]) -> Rule:
    """The rule that `rule_data` took down; `make` gives what its judge runs on when it is needed."""
    (
        place, code, name, title, why, cites, severity, subject, help, judges, silence, windows, yields, aliases, stage,
        verified, pack, topic, levels, needs, parameters,
    ) = data  # fmt: skip
    asks = _needs(*needs) if needs else None
    judge, may_speak = _later(make, asks.first if asks is not None else None)
    return Rule(
        code, name, title, why, tuple(cites), _SEVERITIES[severity], subject, judge, help, _set(*judges),
        _set(*silence), tuple([_window(*window) for window in windows]), tuple(yields), tuple(aliases), stage, verified,
        pack, topic, place, tuple(levels), asks, may_speak,
        tuple([Parameter(*one) for one in parameters]) if parameters else (),
    )  # fmt: skip


_SEVERITIES = {int(severity): severity for severity in Severity}


def _later(make: Callable[[], Parts], first: First | None) -> tuple[Judge, Callable[[Thing, Context], bool] | None]:
    """A judge, and one that asks its first conditions only, which are made when one of them is first called."""
    made: Parts | None = None

    def judge(subject: Thing, ctx: Context) -> Iterable[Draft]:
        nonlocal made
        if made is None:
            made = make()
        return running.judge(made, subject, ctx)

    def may_speak(subject: Thing, ctx: Context) -> bool:
        nonlocal made
        if made is None:
            made = make()
        return first is None or running.may_speak(made, first, subject, ctx)

    return judge, may_speak if first is not None else None


def _needs(
    looped: list[str],
    asked: list[str],
    choices: list[list[str]],
    reads: list[str] | None,
    notices: bool,
    first: list[Any] | None,
    codes: list[str],
    terms: list[str],
    letters: list[list[str]],
) -> Needs:
    found = tuple([_set(*choice) for choice in choices])
    conditions = First(first[0], first[1], tuple(first[2]), first[3]) if first is not None else None
    return Needs(
        _set(*looped), _set(*asked), found, None if reads is None else tuple(reads), notices, conditions, tuple(codes),
        _set(*terms), tuple([_set(*choice) for choice in letters]),
    )  # fmt: skip


@cache
def _set(*words: str) -> frozenset[str]:
    return frozenset(words)


def _window(since: str, until: str, cites: list[str]) -> Window:
    return Window(_day(since), _day(until), tuple(cites))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@cache
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def tree_data(node: tree.Rule, kinds: frozenset[str]) -> str:
    """The lines of these kinds, as JSON without a line break."""
    heads = tuple(head for head in node.heads if type(head) is tree.Head and head.kind in kinds)
    return json.dumps(tree.encode(heads, places=False), separators=(",", ":"))


def tree_of(data: str) -> tree.Rule:
    """The rule with the lines that `tree_data` took down, and without a place."""
    heads: tuple[tree.Head, ...] = tree.decode(json.loads(data), places=False)
    kinds = {head.kind for head in heads}
    return tree.Rule(_NO_TOKEN, _NO_TOKEN, (*[head for head in _ALWAYS if head.kind not in kinds], *heads), 0, 0)
