"""Which exceptions count where only those of a base revision are trusted.

An exception counts if the same one stands in that revision's version of its file: the same rules, the same reason, on
the same words. Its end date may have come nearer meanwhile, not gone further. Each file is read there as it is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from gdprlint.exceptions.found import Found
from gdprlint.exceptions.grammar import Said
from gdprlint.values import evolve

Codes = Callable[[str], frozenset[str]]


class Sorted(NamedTuple):
    """The exceptions that count, with the end dates that they have, and those that the base does not have."""

    counted: list[Found]
    new: list[Found]


def trusted(found: Iterable[Found], of_base: Callable[[str], Iterable[Found]], codes: Codes) -> Sorted:
    """The exceptions that the base has too; `of_base` gives those of the file in which one stands."""
    known: dict[str, dict[object, list[Said]]] = {}
    sorted_ = Sorted([], [])
    for one in found:
        path = one.place.path
        if path not in known:
            known[path] = {}
            for other in of_base(path):
                if isinstance(other.said, Said):
                    known[path].setdefault(_key(other, codes), []).append(other.said)
        if not isinstance(one.said, Said):
            sorted_.counted.append(one)
            continue
        same = known[path].get(_key(one, codes), [])
        if not same:
            sorted_.new.append(one)
            continue
        latest = max(same, key=lambda said: (said.until is None, said.until))
        days = [day for day in (one.said.until, latest.until) if day is not None]
        said = one.said._replace(until=min(days, default=None))
        sorted_.counted.append(evolve(one, said=said))
    return sorted_


def _key(one: Found, codes: Codes) -> object:
    assert isinstance(one.said, Said)
    rules = frozenset(code for word in one.said.rules for code in codes(word.text) or (word.text,))
    return rules, one.said.reason, one.subject, one.fingerprint, one.kind
