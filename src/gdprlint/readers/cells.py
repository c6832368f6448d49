"""What stands in a cell: items on lines of their own, and how each is spelt.

    [possibly | not] name [(more)] [: details]

A name that could be taken for something else (it holds a comma, or is a term without being meant as one) stands
in curly quotation marks. The same grammar writes the cells of a sheet and reads them; it knows no column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from attrs import frozen

NONE, BLANK, UNPLACED = "None", "To be added", "country not stated"
HEDGES = {"possibly": "possibly", "not": "never"}
_UNSAFE = re.compile(
    r"[,;:()“”\"\[\]]|\bor\b|^(possibly|not|none|see|to be added|then|for|until|while|since|n/a)\b", re.IGNORECASE
)
_SEE = re.compile(r"(?i)see “([^”]*)”")
_UNKNOWN = re.compile(r"(?i)(n/?a|not applicable|tbc|tbd|unknown|-+|\?+|\.+)\.?")
_INNER = {0x201C: 0x2018, 0x201D: 0x2019}  # double quotation marks to single ones
# What a separator must not stand within.
_SHUT = {"“": "”", '"': '"', "(": ")"}


@frozen
class Item:
    """One item as it was spelt; `hedge` is possibly, never or None, `quoted` tells a name in quotation marks."""

    name: str
    quoted: bool = False
    hedge: str | None = None
    more: str = ""
    details: str = ""
    rest: str = ""  # what is left of the text and could not be read


def plain(text: str) -> str:
    """The text as one line without control or format characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(
        "".join(
            " " if c in "\t\n\r\v\f\x85\u2028\u2029" else c for c in text if c in "\t\n\r\v\f\x85" or _is_shown(c)
        ).split()
    )


def _is_shown(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def inner_marks(text: str) -> str:
    """The text with single quotation marks for double ones, as it goes between double ones."""
    return text.translate(_INNER)


def named(text: str, is_taken: bool = False) -> str:
    """A name as it is spelt in a cell: in quotation marks where it could be read otherwise."""
    text = inner_marks(plain(text))
    return f"“{text}”" if is_taken or not text or is_unsafe(text) else text


def is_unsafe(text: str) -> bool:
    """Whether a name holds something that a cell gives a meaning to."""
    return _UNSAFE.search(text) is not None


def item_text(name: str, hedge: str | None = None, more: str = "", details: str = "") -> str:
    lead = {"possibly": "possibly ", "never": "not "}.get(hedge or "", "")
    return f"{lead}{name}{f' ({more})' if more else ''}{f': {details}' if details else ''}"


def parts(text: str, separators: Iterable[str]) -> list[str]:
    """The text cut at these separators, wherever they stand outside quotation marks and brackets."""
    wanted = tuple(separators)
    found, start, at = [], 0, 0
    shut: list[str] = []
    while at < len(text):
        char = text[at]
        if shut and char == shut[-1]:
            shut.pop()
        elif char in _SHUT and (not shut or shut[-1] == ")") and (char != '"' or _closes(text, at)):
            shut.append(_SHUT[char])
        elif not shut:
            hit = next((separator for separator in wanted if text.startswith(separator, at)), "")
            if hit:
                found.append(text[start:at])
                at += len(hit)
                start = at
                continue
        at += 1
    if shut and start == 0 and not found:
        return (
            text.split(wanted[0]) if "\n" in wanted else [text]
        )  # a bracket that is never closed holds nothing together
    found.append(text[start:])
    return [part.strip() for part in found if part.strip()]


def _closes(text: str, at: int) -> bool:
    return text.find('"', at + 1, at + 2000) >= 0


def state_of(text: str) -> str:
    """`none`, `blank`, `unknown` (a cell that may say either), or empty for a cell that says something."""
    said = plain(text).rstrip(".").casefold()
    if said in ("none", "no transfers", "nil"):
        return "none"
    if said == BLANK.casefold():
        return "blank"
    return "unknown" if _UNKNOWN.fullmatch(plain(text)) else ""


def deferral(text: str) -> str:
    """The text to which an item sends the reader: `See “Table 2”`; else empty."""
    found = _SEE.fullmatch(plain(text))
    return found[1] if found else ""


def item_of(text: str) -> Item:
    """An item as it was spelt."""
    text = plain(text)
    hedge = None
    for word, adverb in HEDGES.items():
        if text.casefold().startswith(word + " "):
            hedge, text = adverb, text[len(word) + 1 :].strip()
            break
    quoted = text[:1] in ("“", '"')
    if quoted:
        end = text.find(_SHUT[text[0]], 1)
        quoted = end > 0
    if quoted:
        name, rest = text[1:end], text[end + 1 :].strip()
    else:
        ends = [at for mark in (" (", ": ") if (at := text.find(mark)) > 0]
        end = min(ends, default=len(text))
        name, rest = text[:end].strip(), text[end:].strip()
    more = details = ""
    if rest.startswith("("):
        end = _closing(rest)
        if end > 0:
            more, rest = rest[1:end].strip(), rest[end + 1 :].strip()
    if rest.startswith(":"):
        details, rest = rest[1:].strip(), ""
    return Item(name.rstrip("."), quoted, hedge, more, details, rest)


def _closing(text: str) -> int:
    depth, shut = 0, ""
    for at, char in enumerate(text):
        if shut:
            shut = "" if char == shut else shut
        elif char == "“":
            shut = "”"
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                return at
    return -1
