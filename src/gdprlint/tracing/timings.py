"""How long each rule, each pack and each stage of a run took.

The clock looks on from outside: the rules are the same with a clock around their judges, all asked in this process.
What a rule is the first to read in the model is made then and counted to it; whoever comes after finds it made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter_ns

from gdprlint.diagnostics import Report
from gdprlint.model.things import Thing
from gdprlint.rules.rule import Context, Draft, Judge, Rule
from gdprlint.values import define, evolve, field, frozen

MOST_RULES = 20  # that are listed; the rest is summed up


@define(eq=False)
class Spent:
    """What one rule has taken so far: nanoseconds, and how often it was asked."""

    rule: Rule
    time: int = 0
    asked: int = 0


@frozen
class Row:
    """A line of a table: what, how many milliseconds, how often asked, how many findings."""

    name: str
    time: float
    asked: int = 0
    findings: int = 0


@define(eq=False)
class Clock:
    """Looks on at a run (`engine.Watch`)."""

    now: Callable[[], int] = field(default=perf_counter_ns)
    stages: dict[str, int] = field(factory=dict)
    spent: dict[str, Spent] = field(factory=dict)
    last: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.last = self.now()

    def done(self, stage: str) -> None:
        now = self.now()
        self.stages[stage] = self.stages.get(stage, 0) + now - self.last
        self.last = now

    def rules(self, rules: list[Rule]) -> list[Rule]:
        # without `may_speak` the first conditions of a rule are asked, and timed, with the rest
        return [evolve(rule, judge=self._timed(rule), may_speak=None) for rule in rules]

    def _timed(self, rule: Rule) -> Judge:
        spent = self.spent.setdefault(rule.code, Spent(rule))
        judge, now = rule.judge, self.now

        def timed(subject: Thing, ctx: Context) -> Iterable[Draft]:
            start = now()
            try:
                return list(judge(subject, ctx))
            finally:
                spent.time += now() - start
                spent.asked += 1

        return timed


def by_stage(clock: Clock) -> Iterator[Row]:
    """The stages in their order; of judging, what the rules themselves took."""
    for stage, time in clock.stages.items():
        yield Row(stage, time / 1e6)
        if stage == "judging":
            yield Row("  of which in rules", sum(spent.time for spent in clock.spent.values()) / 1e6)
    yield Row("all", sum(clock.stages.values()) / 1e6)


def by_pack(clock: Clock, report: Report) -> list[Row]:
    """The packs, the slowest first."""
    packs: dict[str, list[Spent]] = {}
    for spent in clock.spent.values():
        packs.setdefault(spent.rule.pack, []).append(spent)
    found = _found(report)
    return _sorted(_sum(pack, listed, found) for pack, listed in packs.items())


def by_rule(clock: Clock, report: Report) -> list[Row]:
    """The slowest rules, and all others as one."""
    found = _found(report)
    ordered = sorted(clock.spent.values(), key=lambda spent: (-spent.time, spent.rule.code))
    first, rest = ordered[:MOST_RULES], ordered[MOST_RULES:]
    rows = [_sum(f"{spent.rule.code} {spent.rule.name}", [spent], found) for spent in first]
    return [*rows, _sum(f"{len(rest)} others", rest, found)] if rest else rows


def _found(report: Report) -> Counter[str]:
    return Counter(finding.code for finding in report.findings)


def _sum(name: str, listed: list[Spent], found: Counter[str]) -> Row:
    return Row(
        name,
        sum(spent.time for spent in listed) / 1e6,
        sum(spent.asked for spent in listed),
        sum(found[spent.rule.code] for spent in listed),
    )


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.time, row.name))
