"""The strings that a file of JSON or YAML holds, with the names that lead to each, and where each character stands.

Keys are names, not text. Aliases are met once, where their text is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from gdprlint.text import Source

Pieces = list[tuple[str | None, int, int]]
"""(what is shown, start, end in the file); None shows what stands there."""
MOST = 50_000
"""Strings that are read of one file."""
_JSON = re.compile(r'"|[{}\[\]:,]|[^\s"{}\[\]:,]+')
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|(.))")
_YAML_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\r?\n[ \t]*|(.))", re.S)
_LETTERS = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "",
    "f": "",
    "0": "",
    "a": "",
    "e": "",
    "v": " ",
    "N": "\x85",
    "_": "\xa0",
    "L": "\n",
    "P": "\n",
}


class Unreadable(Exception):
    """A file that is not what its ending says; the message says why, `at` where."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


@frozen
class String:
    """A string of a file: the names that lead to it (a number within a list), its text, and how it is written."""

    keys: tuple[str, ...]
    value: str
    pieces: Pieces
    key_start: int = 0
    in_list: bool = False


def strings(source: Source) -> list[String]:
    """The strings of a file, in order."""
    name = source.path.lower()
    return _json(source.text) if name.endswith((".json", ".arb")) else _yaml(source.text)


def _json(text: str) -> list[String]:
    try:
        json.loads(text)
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None
    except ValueError as error:
        raise Unreadable("it is no JSON", getattr(error, "pos", 0)) from None
    found: list[String] = []
    keys: list[str] = []
    lists: list[int] = []
    """For each list or object that is open: the number of the value in a list, or -1."""
    awaits_key = False
    key_start = 0
    at = 0
    while token := _JSON.search(text, at):
        sign, at = token.group(), token.end()
        if sign == '"':
            end = _end_of_string(text, at)
            if awaits_key:
                keys[-1] = json.loads(text[at - 1 : end + 1])
                key_start = at
                awaits_key = False
            elif len(found) < MOST:
                pieces = _pieces(text, at, end, _JSON_ESCAPE, _json_sign)
                found.append(
                    String(tuple(keys), _value(text, pieces), pieces, key_start, bool(lists and lists[-1] >= 0))
                )
            at = end + 1
        elif sign in "{[":
            lists.append(-1 if sign == "{" else 0)
            keys.append("" if sign == "{" else "0")
            awaits_key = sign == "{"
        elif sign in "}]":
            lists.pop()
            keys.pop()
            awaits_key = False
        elif sign == ",":
            if lists and lists[-1] >= 0:
                lists[-1] += 1
                keys[-1] = str(lists[-1])
            else:
                awaits_key = True
    return found


def _end_of_string(text: str, at: int) -> int:
    """The quote that ends a string."""
    while True:
        quote = text.index('"', at)
        slashes = 0
        while text[quote - 1 - slashes] == "\\":
            slashes += 1
        if slashes % 2 == 0:
            return quote
        at = quote + 1


def _json_sign(escape: re.Match[str]) -> str:
    if escape.group(1):
        high = int(escape.group(1), 16)
        if escape.group(2) and 0xD800 <= high < 0xDC00:
            return chr(0x10000 + ((high - 0xD800) << 10) + int(escape.group(2), 16) - 0xDC00)
        return (chr(high) if not 0xD800 <= high < 0xE000 else "\ufffd") + ("\ufffd" if escape.group(2) else "")
    return _LETTERS.get(escape.group(3), escape.group(3))


def _yaml_sign(escape: re.Match[str]) -> str:
    code = escape.group(1) or escape.group(2) or escape.group(3)
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    letter = escape.group(4)
    return "" if letter is None else _LETTERS.get(letter, letter)


def _pieces(text: str, start: int, end: int, escapes: re.Pattern[str], sign: Any) -> Pieces:
    """A string with escapes: what stands as it is, and what each escape shows."""
    pieces: Pieces = []
    since = start
    for escape in escapes.finditer(text, start, end):
        if escape.start() > since:
            pieces.append((None, since, escape.start()))
        pieces.append((sign(escape), escape.start(), escape.end()))
        since = escape.end()
    if end > since:
        pieces.append((None, since, end))
    return pieces


def _value(text: str, pieces: Pieces) -> str:
    return "".join(text[start:end] if shown is None else shown for shown, start, end in pieces)


def _yaml(text: str) -> list[String]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(yaml.compose_all(text, Loader=loader))
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable("it is no YAML", mark.index if mark else 0) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable("it is no YAML", getattr(error, "position", 0) or 0) from None
    shift = 1 if text.startswith("\ufeff") else 0
    return list(_nodes(yaml, text, documents, shift))


def _nodes(yaml: Any, text: str, documents: list[Any], shift: int) -> Iterator[String]:
    """The strings below these nodes, in order, each node once."""
    seen: set[int] = set()
    waiting: list[tuple[Any, tuple[str, ...], int, bool]] = [
        (node, (), 0, False) for node in reversed(documents) if node
    ]
    count = 0
    while waiting and count < MOST:
        node, keys, key_start, in_list = waiting.pop()
        if id(node) in seen:
            continue
        if isinstance(node, yaml.ScalarNode):
            count += 1
            if node.tag.endswith((":str", ":timestamp", ":float", ":int")):
                pieces = _scalar(text, node, shift)
                yield String(keys, node.value, pieces, key_start, in_list)
            continue
        seen.add(id(node))
        if len(keys) > 200:
            continue
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(
                (item, (*keys, str(number)), key_start, True) for number, item in reversed(list(enumerate(node.value)))
            )
        else:
            waiting.extend(
                (value, (*keys, str(key.value)), key.start_mark.index + shift, False)
                for key, value in reversed(node.value)
                if isinstance(key, yaml.ScalarNode)
            )


def _scalar(text: str, node: Any, shift: int) -> Pieces:
    """How a scalar of YAML is written: its text found again in the file, fold by fold."""
    start, end = node.start_mark.index + shift, node.end_mark.index + shift
    if node.style == '"' and "\n" not in text[start:end]:
        return _pieces(text, start + 1, end - 1, _YAML_ESCAPE, _yaml_sign)
    pieces: Pieces = []
    if node.style in ("|", ">"):
        line = text.find("\n", start, end)
        at = line + 1 if line >= 0 else end
        while at < end and text[at] in " \t\r\n" and not node.value[:1].isspace():
            at += 1
    else:
        at = start + (node.style in ("'", '"'))
    value = node.value
    said = 0
    for word in re.finditer(r"\s+|[^\s]+", value):
        if word.group()[0].isspace():
            last = at
            while last < end and text[last] in " \t\r\n":
                last += 1
            if node.style == '"' and text[last : last + 1] == "\\" and text[last + 1 : last + 2] in "ntr \n":
                while text[last : last + 1] == "\\" and text[last + 1 : last + 2] in "ntr \n":
                    last += 2
                    while last < end and text[last] in " \t\r\n":
                        last += 1
            pieces.append((word.group(), at, max(last, at)))
            at = last
        else:
            at = _word(text, word.group(), at, end, node.style, pieces)
        said = word.end()
    if said < len(value):
        pieces.append((value[said:], at, at))
    return _merged(text, pieces)


def _word(text: str, word: str, at: int, end: int, style: str | None, pieces: Pieces) -> int:
    """Finds one word of a scalar in the file, with its escapes; behind it."""
    since = at
    for letter in word:
        while style == '"' and text[at : at + 1] == "\\" and text[at + 1 : at + 2] in "\r\n":
            at += 2
            while at < end and text[at] in " \t":
                at += 1
        escape = _YAML_ESCAPE.match(text, at, end) if style == '"' else None
        if escape is not None and _yaml_sign(escape) == letter:
            _keep(pieces, since, at)
            pieces.append((letter, at, escape.end()))
            since = at = escape.end()
        elif style == "'" and letter == "'" and text.startswith("''", at):
            _keep(pieces, since, at)
            pieces.append((letter, at, at + 2))
            since = at = at + 2
        elif text[at : at + 1] == letter and at < end:
            at += 1
        else:
            _keep(pieces, since, at)
            pieces.append((letter, at, at))
            since = at
    _keep(pieces, since, at)
    return at


def _keep(pieces: Pieces, start: int, end: int) -> None:
    if end > start:
        pieces.append((None, start, end))


def _merged(text: str, pieces: Pieces) -> Pieces:
    """Pieces that follow each other in the file, word for word, as one."""
    merged: Pieces = []
    for shown, start, end in pieces:
        if shown is not None and shown == text[start:end]:
            shown = None
        if shown is None and merged and merged[-1][0] is None and merged[-1][2] == start:
            merged[-1] = (None, merged[-1][1], end)
        else:
            merged.append((shown, start, end))
    return merged
