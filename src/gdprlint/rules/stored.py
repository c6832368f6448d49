"""A declared rule as plain data, so that nothing of it is made before it runs.

All that a rule says of itself is kept; its tests are made from its tree when it first judges
something. Most runs use few of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from attrs import define

from gdprlint.diagnostics import Severity
from gdprlint.model.things import Thing
from gdprlint.rules.rule import Context, Draft, Judge, Needs, Rule, Window

_WORDS = (
    "code", "name", "title", "why", "subject", "help", "stage", "verified", "pack", "topic", "place",
)  # fmt: skip
_LISTS = ("cites", "yields", "aliases", "levels")
_SETS = ("judges", "silence")


@define(eq=False)
class Later:
    """A judge that is made when it is first called."""

    make: Callable[[], Judge]
    made: Judge | None = None

    def __call__(self, subject: Thing, ctx: Context) -> Iterable[Draft]:
        if self.made is None:
            self.made = self.make()
        return self.made(subject, ctx)


def rule_data(rule: Rule) -> dict[str, Any]:
    """All that the rule says of itself, as JSON-ready data."""
    data: dict[str, Any] = {name: getattr(rule, name) for name in _WORDS}
    data |= {name: list(getattr(rule, name)) for name in _LISTS}
    data |= {name: sorted(getattr(rule, name)) for name in _SETS}
    data["severity"] = rule.severity.word
    data["windows"] = [[_iso(w.since), _iso(w.until), list(w.cites)] for w in rule.windows]
    needs = rule.needs
    if needs is not None:
        reads = None if needs.reads is None else list(needs.reads)
        choices = [sorted(choice) for choice in needs.choices]
        data["needs"] = [sorted(needs.looped), sorted(needs.asked), choices, reads, needs.notices]
    return data


def rule_of(data: dict[str, Any], make: Callable[[], Judge]) -> Rule:
    """The rule that `rule_data` took down; `make` gives its judge when it is needed."""
    said: dict[str, Any] = {name: data[name] for name in _WORDS}
    said |= {name: tuple(data[name]) for name in _LISTS}
    said |= {name: frozenset(data[name]) for name in _SETS}
    if "needs" in data:
        looped, asked, choices, reads, notices = data["needs"]
        said["needs"] = Needs(
            frozenset(looped),
            frozenset(asked),
            tuple(map(frozenset, choices)),
            None if reads is None else tuple(reads),
            notices,
        )
    windows = tuple(Window(_day(since), _day(until), tuple(cites)) for since, until, cites in data["windows"])
    return Rule(judge=Later(make), severity=Severity.named(data["severity"]), windows=windows, **said)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
