"""The tokens of a plain text, all at once, and which of its line breaks end something.

One regular expression parts the whole text; only breaks between lines, braces and comments are looked at one by one.
The layout rule is that of `layout.py`. Nothing here knows what tokens mean.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple, TypeVar

from gdprlint.language.layout import column_after
from gdprlint.language.lexemes import LEXEMES, MAX_DEPTH, comments_in
from gdprlint.language.tree import Comment

T = TypeVar("T")

_DIGITS = "|".join(LEXEMES[name] for name in ("DATE", "DURATION", "ARTICLE", "RANGE", "NUMBER"))
# The lexemes, the commonest first and written so that they are tried in few steps. A word may have two hyphens on end
# here, which is looked for afterwards.
_LEXEMES = (
    r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?+",
    LEXEMES["PUNCTUATION"],
    r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"',
    rf"(?=[\r\n]){LEXEMES['NL']}",
    rf"(?=\d)(?:{_DIGITS})",
    LEXEMES["COMPARISON"],
    LEXEMES["COMMENT"],
)
_PARTED = re.compile(f"({'|'.join(_LEXEMES)})").split
_MARKS = re.compile("[N{}#]").finditer


class NotPlain(Exception):
    """Something that is left to the parser."""


class Tokens(NamedTuple):
    """Tokens by number: what kind each is of, what stands there, and where.

    A kind is the character itself for punctuation, a quotation mark for words in quotes, `W` for a word, `D` for
    whatever begins with a digit (`digits` tells it apart), `N` for a line break that ends something, `E` for the end.
    """

    kinds: str
    values: list[str]
    starts: list[int]
    ends: list[int]
    comments: list[Comment]


class _Kinds(dict[int, str]):
    def __missing__(self, first: int) -> str:
        return "D"


_KINDS = _Kinds(
    {ord(letter): "W" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
    | {ord(character): character for character in '",{}[].()<>=#'}
    | {ord("\r"): "N", ord("\n"): "N"}
)


def digits(value: str) -> str:
    """What a token is that begins with a digit."""
    if value.isdecimal():
        return "NUMBER"
    if " " in value:
        return "DURATION"
    hyphens = value.count("-")
    return "DATE" if hyphens == 2 else "RANGE" if hyphens else "ARTICLE"


def tokens_of(text: str) -> Tokens:
    """The tokens of a text, with a line break only where one ends something; NotPlain for any other text."""
    pieces = _PARTED(text)
    if "".join(pieces[::2]).strip(" \t"):
        raise NotPlain
    if "--" in text and any("--" in value and value[0].isalpha() for value in pieces[1::2]):
        raise NotPlain
    places = list(accumulate(map(len, pieces)))
    values, starts, ends = pieces[1::2], places[::2], places[1::2]
    stop = starts.pop()  # after the last piece, which is no token
    comments: list[Comment] = []
    dropped: list[int] = []
    column = depth = 0  # of the first token of the clause; of the braces
    line = indent = 0  # where the words of the line begin, and in which column
    fresh, opened, closed, begun = True, False, False, False
    before = -1
    kinds = "".join(map(itemgetter(0), values)).translate(_KINDS)
    for found in _MARKS(kinds):
        number = found.start()
        value = values[number]
        mark = kinds[number]
        if number > before + 1:  # there are others in between
            begun, opened, closed = True, False, False
            if fresh:
                start = starts[before + 1]
                column = indent if start == line else _column(text, start)
                fresh = False
        if mark == "{" or mark == "}":
            if fresh:
                column = _column(text, starts[number])
            begun, fresh, opened, closed = True, mark == "{", mark == "{", mark == "}"
            depth += 1 if opened else -1
            if depth > MAX_DEPTH:
                raise NotPlain
        elif mark == "#":
            comments.append(Comment(value.rstrip(), starts[number], ends[number]))
            dropped.append(number)
        else:
            if "#" in value:
                comments.extend(comments_in(value, starts[number]))
            end = ends[number]
            if end >= stop:
                dropped.append(number)
                break
            indent = len(value) - value.rfind("\n") - 1
            if indent and "\t" in value:
                indent = column_after(text, end)
            line = end
            if begun and depth and indent == 0 and text[end] != "}":
                raise NotPlain
            if not begun or opened or fresh or (not closed and indent > column):
                fresh = fresh or opened
                dropped.append(number)
            else:
                fresh, closed = True, False
        before = number
    if depth:
        raise NotPlain
    if dropped:
        values, starts, ends = _without(values, dropped), _without(starts, dropped), _without(ends, dropped)
        kinds = "".join(_without(list(kinds), dropped))
    kinds += "NE"
    values += "\n", ""
    starts += stop, stop
    ends += stop, stop
    return Tokens(kinds, values, starts, ends, comments)


def _column(text: str, start: int) -> int:
    line = text.rfind("\n", 0, start) + 1
    return column_after(text, start) if "\t" in text[line:start] else start - line


def _without(listed: list[T], dropped: list[int]) -> list[T]:
    kept: list[T] = []
    first = 0
    for number in dropped:
        kept += listed[first:number]
        first = number + 1
    kept += listed[first:]
    return kept
