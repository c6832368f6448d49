"""What each production of the grammar makes: the nodes of the tree, straight from the tables.

Each action takes the kept values of a production and the offsets of its first and last character.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gdprlint.language.lexemes import unquoted
from gdprlint.language.tree import (
    Block,
    Clause,
    Declaration,
    Expression,
    Head,
    Margin,
    Override,
    Path,
    Place,
    Rule,
    Stray,
    Tail,
    Thing,
    Things,
    Token,
    Use,
)

Action = Callable[[list[Any], int, int], Any]
ONLY = object()
# Blank lines fold too. The look behind keeps a long run of blanks from being tried at each of them.
_FOLD = re.compile(r"(?<![ \t])[ \t]*(?:\r?\n[ \t]*)+")


def _token(values: list[Any], start: int, end: int) -> Token:
    return Token(" ".join(values), start, end)


def _word(values: list[Any], start: int, end: int) -> Any:
    return values[0] if len(values) == 1 else " ".join(values)


def _term(values: list[Any], start: int, end: int) -> Thing:
    quote = unquoted(values.pop()) if values[-1][0] == '"' else None
    text = values[0] if len(values) == 1 else "-".join(values)
    return Thing("word", text, quote, None, None, None, start, end)


def _quoted(values: list[Any], start: int, end: int) -> Thing:
    return Thing("quote", "", unquoted(values[0]), None, None, None, start, end)


def _date(values: list[Any], start: int, end: int) -> Thing:
    return Thing("date", values[0], None, None, None, None, start, end)


def _none(values: list[Any], start: int, end: int) -> Thing:
    return Thing("none", "none", None, None, None, None, start, end)


def _blank(values: list[Any], start: int, end: int) -> Thing:
    return Thing("blank", "blank", None, None, None, None, start, end)


def _amount(values: list[Any], start: int, end: int) -> Thing:
    bound = after = None
    if values[0].startswith("at"):
        bound = values.pop(0)
    if len(values) > 1:
        anchor = values[1]
        after = (anchor.kind, anchor.text or anchor.quote or "")
        if anchor.kind == "word" and anchor.quote:
            after = ("quote", anchor.quote)
    return Thing("amount", values[0], None, None, bound, after, start, end)


def _reference(values: list[Any], start: int, end: int) -> Thing:
    return Thing("provision", values[0], None, None, None, None, start, end)


def _thing(values: list[Any], start: int, end: int) -> Thing:
    if len(values) == 1:
        return values[0]  # type: ignore[no-any-return]
    return values[1]._replace(adverb=values[0], start=start)  # type: ignore[no-any-return]


def _things(values: list[Any], start: int, end: int) -> Things:
    only = values[-1] is ONLY
    if only:
        values.pop()
    return Things(tuple(values), only, False, start, end)


def _either(values: list[Any], start: int, end: int) -> Things:
    return _things(values, start, end)._replace(either=True)


def _tail(values: list[Any], start: int, end: int) -> Tail:
    return Tail(values[0].text, values[1] if len(values) > 1 else None, start, end)


def _place(values: list[Any], start: int, end: int) -> Place:
    source = None if values[0][0].isdigit() else values.pop(0)
    first, _, last = values[0].partition("-")
    return Place(source, int(first), int(last or first), tuple(map(unquoted, values[1:])), start, end)


def _clause(values: list[Any], start: int, end: int) -> Clause:
    adverb = values.pop(0) if type(values[0]) is str else None
    margin = values.pop() if type(values[-1]) is Margin else None
    things = values.pop(1) if len(values) > 1 and type(values[1]) is Things else None
    return Clause(adverb, values[0], things, tuple(values[1:]), margin, start, end)


def _stray(values: list[Any], start: int, end: int) -> Stray:
    margin = values.pop() if type(values[-1]) is Margin else None
    return Stray(values[0], tuple(values[1:]), margin, start, end)


def _name(values: list[Any], start: int, end: int) -> Token:
    return Token("-".join(values) if len(values) > 1 else values[0], start, end)


def _declaration(values: list[Any], start: int, end: int) -> Declaration:
    block = values.pop() if type(values[-1]) is Block else None
    head_end = end if block is None else block.start
    margin = values.pop() if type(values[-1]) is Margin else None
    title = unquoted(values.pop(2)) if len(values) > 2 and type(values[2]) is str else None
    lines = None if block is None else block.lines
    return Declaration(values[0], values[1], title, tuple(values[2:]), margin, lines, start, end, head_end)


def _rule(values: list[Any], start: int, end: int) -> Rule:
    return Rule(values[0], values[1], tuple(values[2:]), start, end)


def _override(values: list[Any], start: int, end: int) -> Override:
    return Override(values[0], values[1], tuple(values[2:]), start, end)


def _prose(values: list[Any], start: int, end: int) -> Head:
    return Head(values[0], (_FOLD.sub(" ", unquoted(values[1])),), start, end)


def _matches(values: list[Any], start: int, end: int) -> Expression:
    """The pattern keeps its quotes and backslashes, which mean something to it; a line break is layout."""
    return Expression("matches", (_FOLD.sub(" ", values[0]),), start, end)


def _head(kind: str) -> Action:
    def action(values: list[Any], start: int, end: int) -> Head:
        return Head(kind, tuple(values), start, end)

    return action


def _word_head(values: list[Any], start: int, end: int) -> Head:
    return Head(values[0], (values[1],), start, end)


def _expression(kind: str) -> Action:
    def action(values: list[Any], start: int, end: int) -> Expression:
        return Expression(kind, tuple(values), start, end)

    return action


ACTIONS: dict[str, Action] = {
    "start": lambda values, start, end: tuple(values),
    "line": lambda values, start, end: tuple(values),
    "rule_line": lambda values, start, end: tuple(values),
    "use": lambda values, start, end: Use(values[0], start, end),
    "declaration": _declaration,
    "name": _name,
    "clause": _clause,
    "stray": _stray,
    "block": lambda values, start, end: Block(tuple(values), start, end),
    "tail": _tail,
    "things": _things,
    "either": _either,
    "thing": _thing,
    "term": _term,
    "quoted": _quoted,
    "date": _date,
    "amount": _amount,
    "bound": _word,
    "reference": _reference,
    "provision": _word,
    "margin": lambda values, start, end: Margin(tuple(values), start, end),
    "place": _place,
    "kind": _token,
    "verb": _token,
    "joint": _token,
    "lone": _token,
    "adverb": lambda values, start, end: values[0],
    "only": lambda values, start, end: ONLY,
    "none": _none,
    "blank": _blank,
    "rule": _rule,
    "override": _override,
    "word": lambda values, start, end: Token(values[0], start, end),
    "dated": lambda values, start, end: ("on", values[0]),
    "inside": lambda values, start, end: ("in", values[0]),
    "besides": lambda values, start, end: ("also", values[0]),
    "prose": _prose,
    "matches": _matches,
    "word_head": _word_head,
    "in_force": _head("in force"),
    "for_each": _head("for each"),
    "alias": _head("also"),
    "replaced": _head("replaced by"),
    "spot": lambda values, start, end: (values[0], unquoted(values[1]) if len(values) > 1 else ""),
    "path": lambda values, start, end: Path(tuple(values), start, end),
    "phrase": lambda values, start, end: Path(("-".join(values),), start, end),
    "quantity": lambda values, start, end: values[0],
    "mood": lambda values, start, end: values[0],
    "negated": lambda values, start, end: values[0],
}
for _kind in (
    "cites", "judges", "silence", "severity", "yields", "parameter", "where", "expect", "at", "fix", "example",
):  # fmt: skip
    ACTIONS[_kind] = _head(_kind)
for _kind in (
    "satisfies", "implies", "any", "all", "not", "test", "each", "is", "is_in", "contains", "agrees", "compares",
    "count", "call", "duration", "number",
):  # fmt: skip
    ACTIONS[_kind] = _expression(_kind)
