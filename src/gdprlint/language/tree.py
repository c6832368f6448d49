"""The syntax tree: what stands in a file, and where.

Nodes are named tuples, since a register of ten thousand activities has half a million of them and
they travel between processes and into the cache as plain data (`encode`, `decode`). `start` and
`end` are character offsets into the source. The tree knows the shape of sentences, not which
verbs take which tails.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Token(NamedTuple):
    """A word of the language where it stands: a verb, a kind, a joining word."""

    text: str
    start: int
    end: int


class Thing(NamedTuple):
    """One thing that a clause is about or that a tail joins.

    `kind` is word, quote, date, amount, provision, none or blank. `text` is the thing in its normal spelling
    (words joined by hyphens); `quote` the writer's own words; `adverb` possibly or never;
    `bound` at most or at least; `after` (kind, text) what an amount counts from.
    """

    kind: str
    text: str
    quote: str | None
    adverb: str | None
    bound: str | None
    after: tuple[str, str] | None
    start: int
    end: int


class Things(NamedTuple):
    items: tuple[Thing, ...]
    only: bool
    either: bool
    start: int
    end: int


class Tail(NamedTuple):
    """A joining word and what it joins; `things` is None for a tail of its own, such as `indefinitely`."""

    joint: str
    things: Things | None
    start: int
    end: int


class Place(NamedTuple):
    """Lines `first` to `last` of the notice named `source` (None where the file has only one), with its words."""

    source: str | None
    first: int
    last: int
    quotes: tuple[str, ...]
    start: int
    end: int


class Margin(NamedTuple):
    places: tuple[Place, ...]
    start: int
    end: int


class Clause(NamedTuple):
    adverb: str | None
    verb: Token
    things: Things | None
    tails: tuple[Tail, ...]
    margin: Margin | None
    start: int
    end: int


class Stray(NamedTuple):
    """A line that begins with no word of the language."""

    things: Things
    tails: tuple[Tail, ...]
    margin: Margin | None
    start: int
    end: int


class Unread(NamedTuple):
    """A line that could not be read. `text` is what stands there, `verb` what it begins with or was meant to, or ''."""

    text: str
    verb: str
    start: int
    end: int


class Use(NamedTuple):
    things: Things
    start: int
    end: int


class Declaration(NamedTuple):
    """`name` is the normal spelling; `lines` is None where no block was opened, `(…)` of clauses and so on else.

    Of a block that another process read, the gist stands there (see gdprlint.readers.sent).
    """

    kind: Token
    name: Token
    title: str | None
    tails: tuple[Tail, ...]
    margin: Margin | None
    lines: tuple[Any, ...] | None
    start: int
    end: int
    head_end: int


class Head(NamedTuple):
    """A line of a rule. `kind` is its first words; `values` depend on it (see gdprlint.rules.declared)."""

    kind: str
    values: tuple[Any, ...]
    start: int
    end: int


class Rule(NamedTuple):
    code: Token
    name: Token
    heads: tuple[Head, ...]
    start: int
    end: int


class Override(NamedTuple):
    """What a pack makes of a rule of another one, which it names as that is declared."""

    code: Token
    name: Token
    heads: tuple[Head, ...]
    start: int
    end: int


class Block(NamedTuple):
    lines: tuple[Any, ...]
    start: int
    end: int


class Path(NamedTuple):
    """`activity.lawful-basis`, in a rule."""

    words: tuple[str, ...]
    start: int
    end: int


class Expression(NamedTuple):
    """An operation of the rule language: `kind` is the grammar's name of it, `values` its parts."""

    kind: str
    values: tuple[Any, ...]
    start: int
    end: int


class Comment(NamedTuple):
    text: str
    start: int
    end: int


class File(NamedTuple):
    items: tuple[Any, ...]
    comments: tuple[Comment, ...]


_NODES: tuple[Any, ...] = (
    Token, Thing, Things, Tail, Place, Margin, Clause, Stray, Use, Declaration, Head, Rule, Block, Path, Expression,
    Comment, File, Unread, Override,
)  # fmt: skip
_NUMBERS = {node: number for number, node in enumerate(_NODES)}
_PLACED = frozenset(number for number, node in enumerate(_NODES) if node._fields[-2:] == ("start", "end"))
_NO_PLACE = (0, 0)


def encode(value: Any, places: bool = True) -> Any:
    """The node as JSON-ready lists: its number first, -1 for a plain tuple; on demand without where it stands."""
    if not isinstance(value, tuple):
        return value
    number = _NUMBERS.get(type(value), -1)
    parts = value if places or number not in _PLACED else value[:-2]
    return [number, *(encode(part, places) for part in parts)]


def decode(value: Any, places: bool = True) -> Any:
    """The node that `encode` made these lists from."""
    if type(value) is not list:
        return value
    number, *parts = [decode(part, places) if type(part) is list else part for part in value]
    if number < 0:
        return tuple(parts)
    if not places and number in _PLACED:
        parts += _NO_PLACE
    return tuple.__new__(_NODES[number], parts)


def shifted(value: Any, by: int) -> Any:
    """The node with every offset moved."""
    if not isinstance(value, tuple):
        return value
    parts = [shifted(part, by) for part in value]
    if not hasattr(value, "_fields"):
        return tuple(parts)
    moved: Any = type(value)(*parts)
    offsets = {name: getattr(moved, name) + by for name in ("start", "end", "head_end") if hasattr(moved, name)}
    return moved._replace(**offsets)
