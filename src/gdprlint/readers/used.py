"""What words and texts stand in the clauses of a file, whatever they mean.

It is gone through once, when the file is read, so that nobody need look for a word where it is nowhere. Nothing here
knows what a verb means.
"""

from __future__ import annotations

from typing import NamedTuple

from gdprlint.language import tree


class Used(NamedTuple):
    """The words that stand in clauses and tails as names might, and the texts that stand there otherwise, each once."""

    words: frozenset[str]
    texts: frozenset[str]


def used_in(file: tree.File) -> Used:
    """What stands anywhere in the file; what is declared and not among its words is never used."""
    words: set[str] = set()
    texts: set[str] = set()
    add = words.add
    pending = list(file.items)
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind is tree.Declaration or kind is tree.Clause or kind is tree.Stray:
            lists = [tail.things for tail in node.tails]
            if kind is tree.Declaration:
                pending += node.lines or ()
            else:
                lists.append(node.things)
            for things in lists:
                if things is not None:
                    for thing in things.items:
                        if thing.kind == "word":
                            add(thing.text)
                        else:
                            texts.add(thing.text)
                        if thing.quote is not None:
                            texts.add(thing.quote)
                        if thing.after is not None:
                            add(thing.after[1])
            if node.margin is not None:
                words.update(place.source for place in node.margin.places if place.source)
    return Used(frozenset(words), frozenset(texts))
