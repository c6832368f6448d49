"""Which names stand within others: `DfE` in `Department for Education (DfE)`, word by word.

A page may name thousands, so that nothing here compares every name with every other. It knows words and no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Said = tuple[str, ...]


def words_of(name: str) -> Said:
    """The words of a name, in small letters and without an article before it."""
    return tuple(re.findall(r"[^\W_]+", name.casefold().removeprefix("the ")))


def stretches(said: Said, lengths: Iterable[int]) -> Iterator[Said]:
    """Each stretch of these words that has one of these lengths."""
    for length in lengths:
        for first in range(len(said) - length + 1):
            yield said[first : first + length]


def stands_in(short: str, name: str) -> bool:
    """Whether a name is another one or stands in it."""
    said = words_of(short)
    return said in stretches(words_of(name), [len(said)])


def whole_names(names: Iterable[str]) -> list[str]:
    """The names that stand in no other one, in order; of those that are the same word by word the first."""
    first: dict[Said, str] = {}
    for name in names:
        first.setdefault(words_of(name), name)
    lengths = sorted({len(said) for said in first})
    within: set[Said] = set()
    for said in first:
        within.update(stretches(said, [length for length in lengths if length < len(said)]))
    return [name for said, name in first.items() if said not in within]


MOST_TRIED = 200  # names with a word in common that one name is held against


class Longer:
    """Names so far, and whether one of them has all words of another one and more, in any order."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = {}

    def add(self, name: str) -> None:
        words = frozenset(name.split())
        for word in words:
            self._by_word.setdefault(word, []).append(words)

    def has(self, name: str) -> bool:
        words = frozenset(name.split())
        rarest: list[frozenset[str]] = min((self._by_word.get(word, []) for word in words), key=len, default=[])
        return any(words < other for other in rarest[:MOST_TRIED])
