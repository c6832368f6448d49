"""Properties of whole packs: what must hold of any record, and of the examples of others.

def test_no_rule_raises() -> None:
    no_rule_raises("src/acme")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from gdprlint.diagnostics import Severity
from gdprlint.judging.judge import in_force, judge_register
from gdprlint.model.things import Thing
from gdprlint.readers.register import read_file
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import Context, Draft, Judge, Rule
from gdprlint.testing.checks import goods_by
from gdprlint.testing.examples import RuleCase, rule_cases
from gdprlint.testing.extra import needed
from gdprlint.testing.failures import told
from gdprlint.testing.folders import library_with
from gdprlint.testing.texts import reading_of_files
from gdprlint.text import Source
from gdprlint.values import evolve

DAYS = tuple(map(date.fromisoformat, ("2018-05-25", "2020-09-30", "2024-01-01", "2026-03-01", "2026-11-21")))
MOST_SHOWN = 5


def no_rule_raises(packs: str | Iterable[str], *, examples: int = 50, days: Sequence[date] = DAYS) -> None:
    """No rule of these packs (names or folders) raises on any record, whole or damaged, on any of these days.

    AssertionError holds a register on which one does, and of which nothing can be left out. It needs hypothesis.
    """
    needed("hypothesis", "no_rule_raises")
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from gdprlint.testing.strategies import Written, damaged, registers

    tested = library_with([packs] if isinstance(packs, str) else [*packs])
    library = tested.library
    names = {pack.name for pack in tested.packs}
    raised: list[Exception] = []
    failing: list[tuple[dict[str, str], date]] = []
    rules = [evolve(rule, judge=_telling(rule.judge, raised)) for rule in library.rules if rule.pack in names]
    likely = words_asked_for(rule_cases(names, library), library)

    # The same registers each time. What fails is kept and made smaller here, by what it says: hypothesis would take
    # minutes over the choices by which it was written.
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(registers(likely, library.vocabulary), st.sampled_from(days), st.randoms(use_true_random=False))
    def holds(written: Written, day: date, hand: Random) -> None:
        whole = written.texts
        broken = {path: damaged(damaged(text, hand), hand) for path, text in whole.items()}
        failing.extend(
            (texts, day) for texts in (whole, broken) if not failing and _problems(texts, rules, day, library)
        )

    holds()
    if failing:
        texts, day = failing[0]
        texts = least(texts, lambda fewer: bool(_problems(fewer, rules, day, library)))
        raised.clear()
        problems = _problems(texts, rules, day, library)
        files = "\n".join(f"# {path}, as of {day}\n{text}" for path, text in texts.items())
        raise AssertionError(f"{'; '.join(problems)}\n\n{files}") from (raised[0] if raised else None)


def least(texts: Mapping[str, str], fails: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """What is left of texts that fail when every line has been left out without which they still do.

    Files go first, then runs of lines, the longest first. Lines are tried again while anything went.
    """
    left = dict(texts)
    for path in list(left):
        fewer = {other: text for other, text in left.items() if other != path}
        if fewer and fails(fewer):
            left = fewer
    went = True
    while went:
        went = False
        for path in left:
            size = max(1, left[path].count("\n") // 2)
            while size:
                lines, at = left[path].splitlines(keepends=True), 0
                while at < len(lines):
                    fewer = {**left, path: "".join(lines[:at] + lines[at + size :])}
                    if fails(fewer):
                        left, went = fewer, True
                        del lines[at : at + size]
                    else:
                        at += size
                size //= 2
    return left


def _problems(texts: dict[str, str], rules: list[Rule], day: date, library: Library) -> list[str]:
    reading = reading_of_files([read_file(Source(*entry)) for entry in texts.items()], library.vocabulary)
    return [one.message for one in judge_register(reading.register, in_force(rules, day), day).problems]


def _telling(judge: Judge, raised: list[Exception]) -> Judge:
    """The same judge, which keeps what it raised."""

    def told_of(subject: Thing, ctx: Context) -> list[Draft]:
        try:
            return list(judge(subject, ctx))
        except Exception as error:  # the guard around a rule: it may be anybody's
            raised.append(error)
            raise

    return told_of


def words_asked_for(cases: Iterable[RuleCase], library: Library) -> frozenset[str]:
    """The words of the vocabulary that rules and their examples speak of."""
    spoken = {word for case in cases for word in _words(case.node)}
    return frozenset(spoken & set(library.vocabulary.terms))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _words(part)


def silent_on_good_examples_of_other_packs(pack: str, unless: Iterable[str] = (), *, severity: str = "error") -> None:
    """No rule of the pack (a name or a folder) reports what the packs beside it hold up as good.

    Findings below `severity` do not count, nor do rules in preview. `unless` are codes of rules of the pack that may
    report there; an example may allow one itself (`good also ACME001`). AssertionError shows what was found.
    """
    tested = library_with([pack])
    (own,) = tested.packs
    allowed, least = set(unless), Severity.named(severity)
    rules = [r for r in tested.library.rules if r.pack == own.name and r.stage != "preview" and r.code not in allowed]
    others = [other.name for other in tested.library.packs if other.name != own.name]
    found = [
        failure
        for case in rule_cases(others, tested.library)
        for failure in goods_by(rules, case, tested.library, least)
    ]
    if found:
        shown = "\n\n".join(map(told, found[:MOST_SHOWN]))
        more = f"\n\n... and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        raise AssertionError(f"{own.name} reports {len(found)} good examples of other packs\n\n{shown}{more}")
