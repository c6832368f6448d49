"""Looks for phrases in the words of a sentence.

Each part of a phrase gives the places where it may end, each once: the work is bounded by the length of phrase times
sentence. What phrases are is told in `phrases`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from gdprlint.prose.anchors import Node
from gdprlint.prose.phrases import Phrase
from gdprlint.prose.wordings import Wording

Ends = Mapping[int, frozenset[int]]  # for each word at which something begins: before which words it may end


@frozen(eq=False)
class Text:
    """A sentence as phrases see it: its words, and the values that were recognised, by kind and first word.

    `features` are what phrases may need (`anchors`), where they were found out. `known` keeps where each part of a
    phrase was found, by its identity, since phrases share parts.
    """

    words: Sequence[str]
    values: Mapping[str, Mapping[int, Sequence[int]]] = field(factory=dict)
    starts: frozenset[int] = frozenset({0})  # words at which `^` holds
    features: frozenset[str] | None = None
    known: dict[int, Ends] = field(factory=dict, init=False)
    places: dict[str, list[int]] = field(factory=dict, init=False)  # of each word

    def __attrs_post_init__(self) -> None:
        for at, word in enumerate(self.words):
            self.places.setdefault(word, []).append(at)


def find(phrase: Phrase, text: Text, wordings: Mapping[str, Wording]) -> tuple[int, int] | None:
    """First and last word (exclusive) of what the phrase was found in, or None; of several the first and longest."""
    if not _may_be_in(phrase, text):
        return None
    low = high = -1
    for part in phrase.read.parts:
        found = _found(part, text, wordings)
        if not found:
            return None
        first = min(found)
        last = max(found[first])
        low = first if low < 0 else min(low, first)
        high = max(high, last)
    return low, high


def find_all(phrase: Phrase, text: Text, wordings: Mapping[str, Wording]) -> list[tuple[int, int]]:
    """Every place where a phrase of one part is found, none within another; of one with several parts the first."""
    if not _may_be_in(phrase, text):
        return []
    parts = phrase.read.parts
    if len(parts) > 1:
        found = find(phrase, text, wordings)
        return [found] if found else []
    found_all: list[tuple[int, int]] = []
    found_at = _found(parts[0], text, wordings)
    for first in sorted(found_at):
        if not found_all or first >= found_all[-1][1]:
            found_all.append((first, max(found_at[first])))
    return found_all


def _may_be_in(phrase: Phrase, text: Text) -> bool:
    """Whether a text has one of each of the features that the phrase needs."""
    features = text.features
    if features is not None:
        for needed in phrase.needs:
            if features.isdisjoint(needed):
                return False
    return True


def _found(node: Node, text: Text, wordings: Mapping[str, Wording]) -> Ends:
    """Where the node is found; each is looked for once in a text, whichever phrases it stands in."""
    if node[0] == "word":
        places = text.places.get(node[1])
        return {at: frozenset((at + 1,)) for at in places} if places else {}
    known = text.known.get(id(node))
    if known is None:
        known = text.known[id(node)] = {at: frozenset(ends) for at, ends in _look(node, text, wordings).items() if ends}
    return known


def _look(node: Node, text: Text, wordings: Mapping[str, Wording]) -> dict[int, set[int]]:
    kind = node[0]
    if kind == "begins":
        return {at: {at + 1} for word, places in text.places.items() if word.startswith(node[1]) for at in places}
    if kind == "wording":
        wording = wordings[node[1]]
        return {
            at: set(wording.ends(text.words, at))
            for word, places in text.places.items()
            if word in wording.by_first or (wording.begins and word.startswith(wording.begins))
            for at in places
        }
    if kind == "value":
        return {at: set(ends) for at, ends in text.values.get(node[1], {}).items()}
    if kind == "any":
        return {at: {at + 1} for at in range(len(text.words))}
    if kind == "start":
        return {at: {at} for at in text.starts if at <= len(text.words)}
    if kind == "opt":
        found = {at: {at} for at in range(len(text.words) + 1)}
        for at, ends in _found(node[1], text, wordings).items():
            found[at] |= ends
        return found
    if kind == "alt":
        found = {}
        by_word, others = _choices(node)
        for word, parts in by_word.items():
            if word in text.places:
                for part in parts:
                    for at, ends in _found(part, text, wordings).items():
                        found.setdefault(at, set()).update(ends)
        for part in others:
            for at, ends in _found(part, text, wordings).items():
                found.setdefault(at, set()).update(ends)
        return found
    if any(part[0] == "word" and part[1] not in text.places for part in node[1:]):
        return {}  # most phrases share a word with a text, and few all of theirs
    return _sequence_found(node[1:], text, wordings)


_by_word: dict[int, tuple[Node, dict[str, list[Node]], list[Node]]] = {}


def _choices(node: Node) -> tuple[dict[str, list[Node]], list[Node]]:
    """The parts of a choice by a word that each cannot do without, the longest; and those that need no certain word."""
    known = _by_word.get(id(node))
    if known is None:
        by_word: dict[str, list[Node]] = {}
        others: list[Node] = []
        for part in node[1:]:
            words = [one[1] for one in (part[1:] if part[0] == "seq" else (part,)) if one[0] == "word"]
            if words:
                by_word.setdefault(max(words, key=len), []).append(part)
            else:
                others.append(part)
        known = _by_word[id(node)] = (node, by_word, others)  # with the node, whose identity it goes by
    return known[1], known[2]


def _sequence_found(parts: Sequence[Node], text: Text, wordings: Mapping[str, Wording]) -> dict[int, set[int]]:
    """Where one part is found after the other. What may be left out at the beginning begins nothing when it is."""
    first = parts[0]
    if first[0] == "gap":
        return _sequence_found(parts[1:], text, wordings)
    if first[0] == "opt":
        found = _sequence_found(parts[1:], text, wordings) if len(parts) > 1 else {}
        for at, ends in _sequence_found((first[1], *parts[1:]), text, wordings).items():
            found.setdefault(at, set()).update(ends)
        return found
    reached = {at: set(ends) for at, ends in _found(first, text, wordings).items()}
    gap = 0
    for part in parts[1:]:
        if not reached:
            return {}
        if part[0] == "gap":
            gap = part[1]
            continue
        reached = _continued(reached, gap, part, text, wordings)
        gap = 0
    return reached


def _continued(
    reached: dict[int, set[int]], gap: int, part: Node, text: Text, wordings: Mapping[str, Wording]
) -> dict[int, set[int]]:
    """Where what was found up to here goes on with this part, at most `gap` words later."""
    inner = part[1] if part[0] == "opt" else part
    table = _found(inner, text, wordings)
    places = sorted(table)
    found: dict[int, set[int]] = {}
    for at, ends in reached.items():
        after: set[int] = set(ends) if part[0] == "opt" and not gap else set()
        for end in ends:
            low = bisect_left(places, end)
            while low < len(places) and places[low] <= end + gap:
                after |= table[places[low]]
                low += 1
            if part[0] == "opt" and gap:
                after.update(range(end, min(end + gap, len(text.words)) + 1))
        if after:
            found[at] = after
    return found
