"""Which members of a list a test need not be asked of, read off the test.

Nothing here runs a test or knows a term.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdprlint.language import tree
from gdprlint.model.table import VERBS
from gdprlint.rules.reach import ABOUT

NO_TAILS: frozenset[str] = frozenset()
LONG_LISTS = ("clauses", "own")  # fields that hold clauses of all verbs
_TAILS = {
    joint.replace(" ", "-"): joint
    for verb in VERBS.values()
    for joint in verb.tails
    if joint not in ABOUT and joint not in ("activity", "document", "after")
}


def tails_asked(node: Any, name: str) -> frozenset[str]:
    """The tails of a clause that are all that the test looks at; empty where it looks at more, or may.

    A clause that has none of them is to the test like any other that has none.
    """
    bound = _bound(node)
    found = set()
    for path, known in _paths(node, frozenset()):
        if path.words[0] in bound - known:
            return NO_TAILS  # what a quantifier leaves in its variable is another with each member
        if path.words[0] == name:
            tail = _TAILS.get(path.words[1]) if len(path.words) > 1 else None
            if tail is None:
                return NO_TAILS
            found.add(tail)
    return frozenset(found)


def matched(node: tree.Expression, name: str) -> tree.Expression | None:
    """The `matches PATTERN` of `NAME matches PATTERN`, where that is the whole test."""
    if node.kind == "test" and getattr(node.values[0], "words", ()) == (name,) and node.values[1].kind == "matches":
        predicate: tree.Expression = node.values[1]
        return predicate
    return None


def pattern_of(node: tree.Expression) -> str:
    """The text of `matches "PATTERN"`."""
    text: str = node.values[0][1:-1]
    return text.replace('\\"', '"')


def _paths(node: Any, known: frozenset[str]) -> Iterator[tuple[tree.Path, frozenset[str]]]:
    """Every path of a test, and the variables of the quantifiers around it."""
    if type(node) is tree.Path:
        yield node, known
    elif type(node) is tree.Expression and node.kind in ("satisfies", "each"):
        _, name, path, inner = node.values
        yield path, known
        yield from _paths(inner, known | {name})
    elif isinstance(node, tuple):
        for part in node:
            yield from _paths(part, known)


def _bound(node: Any) -> frozenset[str]:
    """The variables of all quantifiers in a test."""
    if type(node) is tree.Expression and node.kind in ("satisfies", "each"):
        return _bound(node.values[3]) | {node.values[1]}
    return frozenset().union(*map(_bound, node)) if isinstance(node, tuple) else frozenset()
