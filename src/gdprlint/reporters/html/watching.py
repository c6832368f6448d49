"""What was looked at: for each pack the provisions that it is about, and what came of the rules that watch them."""

from __future__ import annotations

from collections.abc import Mapping

from gdprlint.background import OUTCOMES, Background, Explained, PackCoverage, Watch
from gdprlint.reporters.html.law import cited
from gdprlint.reporters.style import shown
from gdprlint.values import frozen

UNWATCHED = "not watched"


@frozen
class Part:
    """A provision or a paragraph of one. `codes` are the rules by outcome, the gravest first; `why` there are none."""

    name: str
    outcome: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]
    why: str


@frozen
class Article:
    name: str
    title: str
    parts: tuple[Part, ...]


@frozen
class Coverage:
    """One pack. `tally` counts its provisions by the gravest outcome of their rules."""

    name: str
    title: str
    used: bool
    fault: str
    watched: int
    total: int
    rules: int
    what: str
    tally: tuple[tuple[str, int], ...]
    articles: tuple[Article, ...]


@frozen
class RuleRow:
    code: str
    name: str
    title: str
    outcome: str


def coverages(background: Background) -> list[Coverage]:
    """The packs, those that are in use first."""
    found = [_coverage(pack, background.rules) for pack in background.coverage]
    return sorted(found, key=lambda coverage: (not coverage.used, coverage.name))


def rule_rows(background: Background) -> list[RuleRow]:
    return [
        RuleRow(shown(rule.code), shown(rule.name), shown(rule.title), rule.outcome)
        for rule in background.rules.values()
    ]


def _coverage(pack: PackCoverage, rules: Mapping[str, Explained]) -> Coverage:
    articles: list[Article] = []
    parts: list[Part] = []
    tally = dict.fromkeys((*OUTCOMES, UNWATCHED), 0)
    for watch in pack.watches if pack.used else ():
        if not watch.part:
            parts = []
            name = cited(watch.provision) if watch.provision else ""
            articles.append(Article(name, shown(watch.title), ()))
        if watch.codes or watch.why:
            part = _part(watch, rules)
            tally[part.outcome] += 1
            parts.append(part)
            articles[-1] = Article(articles[-1].name, articles[-1].title, tuple(parts))
    return Coverage(
        shown(pack.name),
        shown(pack.title),
        pack.used,
        shown(pack.fault),
        sum(tally.values()) - tally[UNWATCHED],
        sum(tally.values()),
        len({code for watch in pack.watches for code in watch.codes}),
        "provisions" if any(watch.provision for watch in pack.watches) else "topics",
        tuple((outcome, count) for outcome, count in tally.items() if count),
        tuple(article for article in articles if article.parts),
    )


def _part(watch: Watch, rules: Mapping[str, Explained]) -> Part:
    by: dict[str, list[str]] = {}
    for code in watch.codes:
        by.setdefault(rules[code].outcome if code in rules else "left out", []).append(shown(code))
    codes = tuple((outcome, tuple(by[outcome])) for outcome in OUTCOMES if outcome in by)
    return Part(shown(watch.part), codes[0][0] if codes else UNWATCHED, codes, shown(watch.why))
