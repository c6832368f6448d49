"""What a text must have for a phrase to be in it, so that most phrases are never looked for.

A feature of a text is a word of it (`keep`), the beginning of one (`anonymi*`), a wording of which a first word stands
in it (`<keep>`) or a kind of value in it (`{period}`). It knows nodes of phrases, and no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# ("word", w) ("begins", w) ("wording", n) ("value", n) ("gap", n) ("start",) ("any",) ("seq", …) ("alt", …) ("opt", n)
Node = tuple[Any, ...]
Anchor = frozenset[str]  # features of which one is needed

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
_WORDS_OF_A_WORDING = 30  # or so: the packs that give it words are not known here


def needs_of(parts: Sequence[Node]) -> tuple[Anchor, ...]:
    """Sets of features of which each must have one in the text; the one that the fewest texts have stands first."""
    found = dict.fromkeys(anchor for part in parts for anchor in _needed(part))
    return tuple(sorted(found, key=_weight))


def _weight(anchor: Anchor) -> tuple[int, int]:
    many = sum(_WORDS_OF_A_WORDING if name[0] == "<" else 3 if name[-1] == "*" else 1 for name in anchor)
    return len(anchor & _COMMON), many


def _needed(node: Node) -> list[Anchor]:
    match node[0]:
        case "word":
            return [frozenset((node[1],))]
        case "begins":
            return [frozenset((f"{node[1]}*",))]
        case "value":
            return [frozenset((f"{{{node[1]}}}",))]
        case "wording":
            return [frozenset((f"<{node[1]}>",))]
        case "seq":
            return [anchor for part in node[1:] for anchor in _needed(part)]
        case "alt":
            lists = [_needed(part) for part in node[1:]]
            if all(lists):
                return [frozenset().union(*[min(found, key=_weight) for found in lists])]
    return []
