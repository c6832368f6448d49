"""Which findings of a register a baseline knows, and which of its entries stand for nothing any more.

An entry is called gone only where it was judged: its register whole, by its rule, and without a line that nobody could
read. Equal findings are known in the order of their places, as many as the entry counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from gdprlint.baseline.entries import Entry
from gdprlint.diagnostics import Diagnostic, Judged
from gdprlint.values import evolve, frozen


@frozen
class Match:
    """The entries of one register held against what was found there: what is known, and what is new.

    `entries` are those that were there, under the present codes of their rules; `found` says how many findings there
    are of each fingerprint; `gone` are the entries that stand for more than was found, with how many.
    """

    entries: Mapping[str, Entry]
    known: tuple[tuple[Diagnostic, Entry], ...]
    new: tuple[Diagnostic, ...]
    found: Mapping[str, int]
    gone: tuple[tuple[Entry, int], ...]


def parted(mark: str) -> tuple[str, int]:
    """A fingerprint without its number among equals, and the number."""
    stem, _, number = mark.partition("-")
    return stem, int(number or 1)


def matched(entries: Iterable[Entry], findings: Sequence[Diagnostic], accepted: Sequence[Diagnostic]) -> Match:
    """Hold the entries of a register against its findings; what is `accepted` otherwise is there, too."""
    held = _renamed({entry.fingerprint: entry for entry in entries}, (*findings, *accepted))
    met: Counter[str] = Counter()
    known: list[tuple[Diagnostic, Entry]] = []
    new: list[Diagnostic] = []
    for finding in findings:
        stem, number = parted(finding.fingerprint)
        met[stem] += 1
        entry = held.get(stem)
        if entry is not None and max(number, met[stem]) <= entry.count:
            known.append((finding, entry))
        else:
            new.append(finding)
    besides = Counter(parted(finding.fingerprint)[0] for finding in accepted)
    missing = [(entry, entry.count - met[mark] - besides[mark]) for mark, entry in held.items()]
    gone = tuple((entry, number) for entry, number in missing if number > 0)
    return Match(held, tuple(known), tuple(new), met, gone)


def _renamed(entries: dict[str, Entry], findings: Iterable[Diagnostic]) -> dict[str, Entry]:
    """The entries under the present codes of their rules; several rules may have taken the place of one."""
    renamed: set[str] = set()
    for finding in findings:
        for mark in finding.former:
            old = parted(mark)[0]
            entry = entries.get(old)
            if entry is not None:
                own = parted(finding.fingerprint)[0]
                count = max(entry.count, entries[own].count if own in entries else 0)
                entries[own] = evolve(entry, fingerprint=own, code=finding.code, count=count)
                renamed.add(old)
    return {mark: entry for mark, entry in entries.items() if mark not in renamed}


def was_judged(entry: Entry, judged: Judged, all_rules: bool) -> bool:
    """Whether the rule of the entry was asked; what readers tell is told in every run of all rules."""
    if entry.code == "syntax":
        return all_rules
    return judged.renamed.get(entry.code, entry.code) in judged.by_rule
