"""How what was read of a file travels to another process: as few and as plain values as will do.

The clauses of a declaration stay packed until somebody asks for them, which another process may do. What is sent
comes from a process of our own and is never kept. Nothing here knows what a clause means.
"""

from __future__ import annotations

import marshal
from typing import Any

from gdprlint.language import tree
from gdprlint.readers.record import Gist, gist_of

_new = tuple.__new__
_DECLARATION, _OTHER = 0, 1


def packed(file: tree.File) -> bytes:
    """The tree of a file as bytes; `unpacked` gives it back, with the gist of each block in the place of its lines."""
    return marshal.dumps((_items(file.items), tree.encode(file.comments)))


def unpacked(content: bytes) -> tree.File:
    """The tree that `packed` made these bytes of."""
    items, comments = marshal.loads(content)
    return tree.File(_nodes(items), tree.decode(comments))


def clauses_of(content: bytes) -> tuple[tree.Clause, ...]:
    """The clauses of a block that was sent, as plain tuples of the same parts."""
    clauses: tuple[tree.Clause, ...] = marshal.loads(content)
    return clauses


def _items(items: tuple[Any, ...]) -> tuple[Any, ...]:
    found: list[Any] = []
    for item in items:
        if type(item) is tree.Declaration:
            kind, name, title, tails, margin, lines, start, end, head_end = item
            block = None if lines is None else _block(gist_of(lines))
            head = tuple(kind), tuple(name), title, _plain_tails(tails), tree.encode(margin)
            found.append((_DECLARATION, *head, block, start, end, head_end))
        else:
            found.append((_OTHER, tree.encode(item)))
    return tuple(found)


def _block(gist: Gist) -> tuple[Any, ...]:
    clauses = gist.clauses
    if not isinstance(clauses, bytes):
        clauses = marshal.dumps(tuple([_plain_clause(clause) for clause in clauses]))
    return gist.unread, gist.about, _items(gist.inner), clauses


def _plain_clause(clause: tree.Clause) -> tuple[Any, ...]:
    adverb, verb, things, tails, margin, start, end = clause
    return adverb, tuple(verb), _plain_things(things), _plain_tails(tails), _plain(margin), start, end


def _plain(value: Any) -> Any:
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


def _plain_things(things: tree.Things | None) -> tuple[Any, ...] | None:
    return None if things is None else (tuple(map(tuple, things[0])), *things[1:])


def _plain_tails(tails: tuple[tree.Tail, ...]) -> tuple[Any, ...]:
    return tuple([(joint, _plain_things(things), start, end) for joint, things, start, end in tails])


def _nodes(items: tuple[Any, ...]) -> tuple[Any, ...]:
    found: list[Any] = []
    for what, *item in items:
        if what == _DECLARATION:
            kind, name, title, tails, margin, block, start, end, head_end = item
            lines = None if block is None else Gist(block[0], block[1], _nodes(block[2]), block[3])
            parts = (
                _new(tree.Token, kind), _new(tree.Token, name), title, _tails(tails), tree.decode(margin), lines, start,
                end, head_end,
            )  # fmt: skip
            found.append(_new(tree.Declaration, parts))
        else:
            found.append(tree.decode(item[0]))
    return tuple(found)


def _things(things: tuple[Any, ...] | None) -> tree.Things | None:
    if things is None:
        return None
    items, only, either, start, end = things
    return _new(tree.Things, (tuple([_new(tree.Thing, item) for item in items]), only, either, start, end))


def _tails(tails: tuple[Any, ...]) -> tuple[tree.Tail, ...]:
    return tuple([_new(tree.Tail, (joint, _things(things), start, end)) for joint, things, start, end in tails])
