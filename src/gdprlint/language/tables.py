"""The grammar as plain tables.

Lark turns `grammar.lark` into LALR tables once, when the wheel is built; what is kept is plain
data under a hash of the grammar, and a mismatch builds it again. Reading a file then needs no
import of Lark. This module knows the tables' form and nothing of what the language means.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from attrs import frozen

GRAMMAR = Path(__file__).with_name("grammar.lark")
STARTS = ("start", "line", "rule_line")
FORM = 4  # raise it when the form of the tables changes


@frozen
class Reduction:
    """One production: how many symbols it takes, which of their values it keeps, what it calls.

    `keep` holds (index, splice): the value at `index` counted from the first symbol of the production, spliced
    when it is itself a list of values. `splices` says that the result is such a list.
    """

    origin: str
    action: str
    size: int
    keep: tuple[tuple[int, bool], ...]
    splices: bool


@frozen
class Tables:
    """LALR tables. `states[s][terminal]` is `n + 1` to shift to state n, `-(n + 1)` to reduce by production n."""

    states: list[dict[str, int]]
    reductions: list[Reduction]
    starts: dict[str, tuple[int, int]]
    gotos: list[dict[str, int]]
    words: dict[str, str]
    names: dict[str, str]
    lexemes: dict[str, str]


def digest() -> str:
    """Hash of everything that the tables depend on."""
    return hashlib.sha256(f"{FORM}\n".encode() + GRAMMAR.read_bytes()).hexdigest()


def build() -> dict[str, Any]:
    """The tables as JSON-ready data, made by Lark from the grammar."""
    from lark import Lark
    from lark.grammar import Terminal
    from lark.lexer import PatternStr
    from lark.parsers.lalr_analysis import Shift

    lark = Lark(GRAMMAR.read_text("utf-8"), parser="lalr", lexer="contextual", start=list(STARTS))
    table = lark.parser.parser._parse_table
    numbers = _numbered(table)
    states: list[dict[str, int]] = [{} for _ in numbers]
    gotos: list[dict[str, int]] = [{} for _ in numbers]
    nonterminals = {rule.origin.name for rule in lark.rules} | {f"$root_{name}" for name in STARTS}
    reduced = {argument for row in table.states.values() for action, argument in row.values() if action is not Shift}
    rules = {rule: number for number, rule in enumerate(sorted({*lark.rules, *reduced}, key=_spelt))}
    for state, number in numbers.items():
        for symbol, (action, argument) in sorted(table.states[state].items()):
            if symbol in nonterminals:
                gotos[number][symbol] = numbers[argument]
            elif action is Shift:
                states[number][symbol] = numbers[argument] + 1
            else:
                states[number][symbol] = -(rules[argument] + 1)
    reductions = []
    for rule in rules:
        keep = [
            (index, not isinstance(symbol, Terminal) and symbol.name.startswith("_"))
            for index, symbol in enumerate(rule.expansion)
            if not (isinstance(symbol, Terminal) and (symbol.filter_out and not _keeps_all(rule)))
        ]
        reductions.append(
            [
                rule.origin.name,
                rule.alias or rule.origin.name,
                len(rule.expansion),
                keep,
                rule.origin.name.startswith("_"),
            ]
        )
    terminals = sorted(lark.terminals, key=lambda terminal: str(terminal.name))
    words = {t.pattern.value: t.name for t in terminals if isinstance(t.pattern, PatternStr)}
    lexemes = {t.name: t.pattern.value for t in terminals if not isinstance(t.pattern, PatternStr)}
    return {
        "digest": digest(),
        "states": states,
        "gotos": gotos,
        "reductions": reductions,
        "starts": {name: [numbers[table.start_states[name]], numbers[table.end_states[name]]] for name in STARTS},
        "words": words,
        "lexemes": lexemes,
    }


def _numbered(table: Any) -> dict[Any, int]:
    """The states in the order in which they are reached, so that the same grammar always gives the same bytes."""
    from lark.parsers.lalr_analysis import Shift

    order: dict[Any, int] = {}
    pending = [table.start_states[name] for name in reversed(STARTS)]
    while pending:
        state = pending.pop()
        if state not in order:
            order[state] = len(order)
            row = table.states[state].items()
            pending.extend(argument for _, (action, argument) in sorted(row, reverse=True) if action is Shift)
    return order


def _spelt(rule: Any) -> tuple[str, ...]:
    return rule.origin.name, *(symbol.name for symbol in rule.expansion), rule.alias or ""


def _keeps_all(rule: Any) -> bool:
    return bool(rule.options and rule.options.keep_all_tokens)


def load(data: dict[str, Any]) -> Tables:
    words: dict[str, str] = data["words"]
    return Tables(
        states=data["states"],
        gotos=data["gotos"],
        reductions=[
            Reduction(origin, action, size, tuple((index, splice) for index, splice in keep), splices)
            for origin, action, size, keep, splices in data["reductions"]
        ],
        starts={name: (first, last) for name, (first, last) in data["starts"].items()},
        words={text: name for text, name in words.items() if re.match(r"[a-z]", text)},
        names={name: text for text, name in words.items()},
        lexemes=data["lexemes"],
    )
