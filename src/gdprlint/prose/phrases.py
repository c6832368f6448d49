"""The little language in which cues say how people write.

    right <to> access               these words, one after another; `<to>` is a wording of the packs
    (ask|apply) [us] for            alternatives; what may be left out
    anonymi*                        words that begin so
    keep .. for {period}            `..` up to three words, `...` up to ten, `....` up to 25; a recognised value
    share .. with _                 any one word
    ^ no                            at the beginning of the sentence
    transfer* & outside             both in one sentence, in any order

There is no repeat and no look-around, and a gap has a bound. A phrase is read when it is first looked for in a text
that has what it needs (`anchors`), which is kept beside it: most never are. `finding` looks for it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from attrs import frozen

from gdprlint.prose.anchors import Node, needs_of

GAPS = {"..": 3, "...": 10, "....": 25}
LONGEST = 600
NEGATORS = frozenset(("not", "no", "never", "none", "neither", "nor", "without", "nobody", "nothing", "non"))

_LEXEME = re.compile(
    r"\s+|(?P<gap>\.{2,4})(?!\.)|(?P<wording><[a-z][a-z0-9-]*>)|(?P<value>\{[a-z][a-z0-9-]*\})"
    r"|(?P<any>_)|(?P<mark>[()\[\]|^&])|(?P<word>[a-z0-9'][a-z0-9'./:@_-]*\*?)"
)


class PhraseFault(ValueError):
    """Why a phrase cannot be read, as a sentence."""


class Read(NamedTuple):
    """A phrase as it was read: parts that must all be found, in any order; whether it says `not`, ends in any word."""

    parts: tuple[Node, ...]
    negative: bool
    is_open: bool


@frozen(slots=False)
class Phrase:
    """A phrase: its text, and features of a text of which it needs one of each set to be in it (`anchors`)."""

    text: str
    needs: tuple[frozenset[str], ...] = ()

    @cached_property
    def read(self) -> Read:
        return _read(self.text)

    @property
    def negative(self) -> bool:
        return self.read.negative

    @property
    def is_open(self) -> bool:
        return self.read.is_open


def parse(text: str) -> Phrase:
    """The phrase that is written so; PhraseFault where it is none."""
    return Phrase(text, needs_of(_read(text).parts))


def _read(text: str) -> Read:
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
    return Read(tuple(parts), any(_says_not(part) for part in parts), tokens[-1] == ("any", "_"))


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
            nodes.append(_same("opt", node) if text == "[" else node)
        elif kind == "mark":
            nodes.append(_same("start"))
        elif kind == "gap":
            nodes.append(_same("gap", GAPS[text]))
        elif kind == "any":
            nodes.append(_same("any"))
        elif kind == "wording":
            nodes.append(_same("wording", text[1:-1]))
        elif kind == "value":
            nodes.append(_same("value", text[1:-1]))
        elif text.endswith("*"):
            nodes.append(_same("begins", text[:-1]))
        else:
            nodes.extend(_same("word", part) for part in plain(text))
    if not nodes:
        raise PhraseFault("the phrase has an empty part")
    if nodes[-1][0] == "gap" or nodes[0][0] == "gap":
        raise PhraseFault("a gap stands between words, not at an end")
    return (nodes[0] if len(nodes) == 1 else _same("seq", *nodes)), at


_known: dict[tuple[object, ...], Node] = {}


def _same(kind: str, *parts: object) -> Node:
    """The node of these parts; the same one whenever it is asked for, so that nodes are told apart by identity."""
    key = (kind, *[id(part) if type(part) is tuple else part for part in parts])
    node = _known.get(key)
    if node is None:
        node = _known[key] = (kind, *parts)
    return node


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
            return (found[0] if len(found) == 1 else _same("alt", *found)), at
        if mark != "|":
            raise PhraseFault(f"a `{mark}` in the phrase stands where `{close}` should")


def plain(text: str) -> list[str]:
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
