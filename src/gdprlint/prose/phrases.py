"""The little language in which cues say how people write, and how it is compared with words.

    right <to> access               these words, one after another; `<to>` is a wording of the packs
    (ask|apply) [us] for            alternatives; what may be left out
    anonymi*                        words that begin so
    keep .. for {period}            `..` up to three words, `...` up to ten, `....` up to 25; a recognised value
    share .. with _                 any one word
    ^ no                            at the beginning of the sentence
    transfer* & outside             both in one sentence, in any order

There is no repeat and no look-around, a gap has a bound, and each part gives the places where it
may end, each once: the work is bounded by the length of phrase times sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

GAPS = {"..": 3, "...": 10, "....": 25}
LONGEST = 600
NEGATORS = frozenset(("not", "no", "never", "none", "neither", "nor", "without", "nobody", "nothing", "non"))

_LEXEME = re.compile(
    r"\s+|(?P<gap>\.{2,4})(?!\.)|(?P<wording><[a-z][a-z0-9-]*>)|(?P<value>\{[a-z][a-z0-9-]*\})"
    r"|(?P<any>_)|(?P<mark>[()\[\]|^&])|(?P<word>[a-z0-9'][a-z0-9'./:@_-]*\*?)"
)

Node = tuple[
    Any, ...
]  # ("word", w) ("begins", w) ("wording", n) ("value", n) ("gap", n) ("start",) ("seq", …) ("alt", …) ("opt", n)


class PhraseFault(ValueError):
    """Why a phrase cannot be read, as a sentence."""


@frozen
class Phrase:
    """A phrase: parts that must all be found, in any order; whether it says `not` itself, and ends in any word."""

    text: str
    parts: tuple[Node, ...] = field(repr=False)
    negative: bool = field(default=False, repr=False)
    is_open: bool = field(default=False, repr=False)


def parse(text: str) -> Phrase:
    """The phrase that is written so; PhraseFault where it is none."""
    if len(text) > LONGEST:
        raise PhraseFault(f"the phrase is longer than {LONGEST} characters")
    parts: list[Node] = []
    tokens = _lexemes(text)
    at = 0
    while True:
        node, at = _sequence(tokens, at, depth=0)
        parts.append(node)
        if at == len(tokens):
            break
        if tokens[at] != ("mark", "&"):
            raise PhraseFault(f"a `{tokens[at][1]}` in the phrase closes nothing or stands outside brackets")
        at += 1
    for part in parts:
        if _may_be_empty(part):
            raise PhraseFault("each part of the phrase needs a word or value that may not be left out")
    return Phrase(text, tuple(parts), any(_says_not(part) for part in parts), tokens[-1] == ("any", "_"))


def _lexemes(text: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    folded = text.lower().replace("’", "'")
    while at < len(folded):
        match = _LEXEME.match(folded, at)
        if match is None:
            raise PhraseFault(f"the phrase cannot be read at `{text[at : at + 10]}`")
        if match.lastgroup:
            found.append((match.lastgroup, match[0]))
        at = match.end()
    return found


def _sequence(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Node, int]:
    nodes: list[Node] = []
    if depth > 6:
        raise PhraseFault("the brackets of the phrase stand more than six deep")
    while at < len(tokens):
        kind, text = tokens[at]
        if kind == "mark" and text in "|)]&":
            break
        at += 1
        if kind == "mark" and text in "([":
            node, at = _choice(tokens, at, ")" if text == "(" else "]", depth)
            nodes.append(("opt", node) if text == "[" else node)
        elif kind == "mark":
            nodes.append(("start",))
        elif kind == "gap":
            nodes.append(("gap", GAPS[text]))
        elif kind == "any":
            nodes.append(("any",))
        elif kind == "wording":
            nodes.append(("wording", text[1:-1]))
        elif kind == "value":
            nodes.append(("value", text[1:-1]))
        elif text.endswith("*"):
            nodes.append(("begins", text[:-1]))
        else:
            nodes.extend(("word", part) for part in _plain(text))
    if not nodes:
        raise PhraseFault("the phrase has an empty part")
    if nodes[-1][0] == "gap" or nodes[0][0] == "gap":
        raise PhraseFault("a gap stands between words, not at an end")
    return (nodes[0] if len(nodes) == 1 else ("seq", *nodes)), at


def _choice(tokens: list[tuple[str, str]], at: int, close: str, depth: int) -> tuple[Node, int]:
    found: list[Node] = []
    while True:
        node, at = _sequence(tokens, at, depth + 1)
        found.append(node)
        if at == len(tokens):
            raise PhraseFault("a bracket in the phrase is never closed")
        mark = tokens[at][1]
        at += 1
        if mark == close:
            return (found[0] if len(found) == 1 else ("alt", *found)), at
        if mark != "|":
            raise PhraseFault(f"a `{mark}` in the phrase stands where `{close}` should")


def _plain(text: str) -> list[str]:
    """The words of a text as passages have them; most are one word that is spelt so already."""
    if text.isalnum() and text != "cannot":
        return [text]
    from gdprlint.prose.words import words_of

    return [word.text for word in words_of(text)] or [text]


def _may_be_empty(node: Node) -> bool:
    match node[0]:
        case "opt" | "gap" | "start" | "any":
            return True
        case "seq":
            return all(map(_may_be_empty, node[1:]))
        case "alt":
            return any(map(_may_be_empty, node[1:]))
    return False


def _says_not(node: Node) -> bool:
    if node[0] in ("seq", "alt", "opt"):
        return any(_says_not(part) for part in node[1:])
    return node[0] == "word" and node[1] in NEGATORS


# ---- wordings


@frozen
class Wording:
    """Words that stand for one another, by what they begin with: `wording` of the packs."""

    name: str
    by_first: Mapping[str, tuple[tuple[str, ...], ...]]  # first word -> what follows it, longest first
    begins: tuple[str, ...]  # beginnings of single words

    def ends(self, words: Sequence[str], at: int) -> list[int]:
        """Where the wording may end that begins at this word."""
        word = words[at]
        found = [
            at + 1 + len(rest)
            for rest in self.by_first.get(word, ())
            if not rest or tuple(words[at + 1 : at + 1 + len(rest)]) == rest
        ]
        if self.begins and word.startswith(self.begins):
            found.append(at + 1)
        return found


def wording_of(name: str, texts: Iterable[str]) -> Wording:
    """The wording of these words; a text that ends in `*` is the beginning of a word."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    begins: list[str] = []
    for text in texts:
        folded = text.lower().strip()
        if folded.endswith("*"):
            begins.append(folded[:-1])
        elif said := _plain(folded):
            by_first.setdefault(said[0], []).append(tuple(said[1:]))
    return Wording(
        name, {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in by_first.items()}, tuple(begins)
    )


# ---- comparing

Ends = Mapping[int, frozenset[int]]  # for each word at which something begins: before which words it may end


@frozen(eq=False)
class Text:
    """A sentence as phrases see it: its words, and the values that were recognised, by kind and first word.

    `known` keeps where each part of a phrase was found, since phrases share parts.
    """

    words: Sequence[str]
    values: Mapping[str, Mapping[int, Sequence[int]]] = field(factory=dict)
    starts: frozenset[int] = frozenset({0})  # words at which `^` holds
    known: dict[Node, Ends] = field(factory=dict, init=False)
    places: dict[str, list[int]] = field(factory=dict, init=False)  # of each word

    def __attrs_post_init__(self) -> None:
        for at, word in enumerate(self.words):
            self.places.setdefault(word, []).append(at)


def find(phrase: Phrase, text: Text, wordings: Mapping[str, Wording]) -> tuple[int, int] | None:
    """First and last word (exclusive) of what the phrase was found in, or None; of several the first and longest."""
    low = high = -1
    for part in phrase.parts:
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
    if len(phrase.parts) > 1:
        found = find(phrase, text, wordings)
        return [found] if found else []
    found_all: list[tuple[int, int]] = []
    found_at = _found(phrase.parts[0], text, wordings)
    for first in sorted(found_at):
        if not found_all or first >= found_all[-1][1]:
            found_all.append((first, max(found_at[first])))
    return found_all


def _found(node: Node, text: Text, wordings: Mapping[str, Wording]) -> Ends:
    """Where the node is found; each is looked for once in a text, whichever phrases it stands in."""
    if node[0] == "word":
        places = text.places.get(node[1])
        return {at: frozenset((at + 1,)) for at in places} if places else {}
    known = text.known.get(node)
    if known is None:
        known = text.known[node] = {at: frozenset(ends) for at, ends in _look(node, text, wordings).items() if ends}
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
        for part in node[1:]:
            for at, ends in _found(part, text, wordings).items():
                found.setdefault(at, set()).update(ends)
        return found
    if any(part[0] == "word" and part[1] not in text.places for part in node[1:]):
        return {}  # most phrases share a word with a text, and few all of theirs
    return _sequence_found(node[1:], text, wordings)


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


# ---- what a phrase needs, so that most are never tried


def anchors(phrase: Phrase, wordings: Mapping[str, Wording]) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """Words, beginnings of words and kinds of value of which a text must have one for the phrase to be in it."""
    best = None
    for part in phrase.parts:
        for needed in _needed(part, wordings):
            if best is None or _weight(needed) < _weight(best):
                best = needed
    assert best is not None
    return best


_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "and",
        "or",
        "in",
        "for",
        "on",
        "with",
        "by",
        "is",
        "are",
        "be",
        "we",
        "you",
        "our",
        "your",
        "it",
        "this",
        "that",
        "as",
        "at",
        "from",
    ]
)
Anchor = tuple[frozenset[str], tuple[str, ...], frozenset[str]]


def _weight(anchor: Anchor) -> tuple[int, int]:
    words, begins, values = anchor
    return (len(words & _COMMON), len(words) + 3 * len(begins) + len(values))


def _needed(node: Node, wordings: Mapping[str, Wording]) -> list[Anchor]:
    """Anchors of which each on its own is needed."""
    kind = node[0]
    if kind == "word":
        return [(frozenset({node[1]}), (), frozenset())]
    if kind == "begins":
        return [(frozenset(), (node[1],), frozenset())]
    if kind == "value":
        return [(frozenset(), (), frozenset({node[1]}))]
    if kind == "wording":
        wording = wordings[node[1]]
        return [(frozenset(wording.by_first), wording.begins, frozenset())]
    if kind == "seq":
        return [anchor for part in node[1:] for anchor in _needed(part, wordings)]
    if kind == "alt":
        lists = [_needed(part, wordings) for part in node[1:]]
        if not all(lists):
            return []
        chosen = [min(found, key=_weight) for found in lists]
        return [
            (
                frozenset().union(*(words for words, _, _ in chosen)),
                tuple(begin for _, begins, _ in chosen for begin in begins),
                frozenset().union(*(values for _, _, values in chosen)),
            )
        ]
    return []
