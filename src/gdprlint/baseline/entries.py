"""The form of a baseline: one entry a line, in order, so that git merges two of them line by line.

    {
    "version": 1,
    "entries": [
    {"fingerprint": "0c1f…", "code": "UK501", "register": ".", "path": "records/a.gdpr", "message": "…"},
    null
    ]
    }

`null` ends the list, so that every entry ends in a comma and no new one changes the line of another. Only the
fingerprint counts, with `count` where one stands for several equal findings, and the folder of the `register`, since
several may share a baseline. Code, path and message are for people; the code also tells whether its rule was asked.
A file that is not exactly of this form is refused with its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from gdprlint.text import Source
from gdprlint.values import field, frozen

VERSION = 1
"""INVARIANT: raised whenever an entry would mean something else to a version of gdprlint that reads it."""

MOST_EQUALS = 1_000_000
LONGEST_MESSAGE = 200

_KEYS = {"fingerprint": str, "count": int, "code": str, "register": str, "path": str, "message": str}
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_LIST = re.compile(r'"entries"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_STEERING = re.compile(r"[^\n -~]+")


class Damaged(Exception):
    """The text is no baseline; the message is one line with the place."""


@frozen
class Entry:
    """One finding that is known, or several of one fingerprint. `start` and `end` are where its fingerprint stands."""

    fingerprint: str
    code: str = ""
    register: str = ""
    path: str = ""
    message: str = ""
    count: int = 1
    start: int = field(default=0, eq=False)
    end: int = field(default=0, eq=False)


def entries_of(source: Source) -> list[Entry]:
    """The entries of a baseline, one for each fingerprint of a register."""
    data = _loaded(source)
    if not isinstance(data, dict) or "version" not in data:
        _refuse(source, 0, "this is no baseline of gdprlint")
    version = data["version"]
    if type(version) is not int or version < 1:
        _refuse(source, _at(source, '"version"'), "the version of a baseline is a number")
    if version > VERSION:
        _refuse(source, _at(source, '"version"'), f"a newer gdprlint wrote this (version {version}, not {VERSION})")
    if set(data) != {"version", "entries"} or not isinstance(data["entries"], list):
        _refuse(source, 0, "a baseline holds `version` and a list of `entries`, and nothing else")
    places = _places(source.text, len(data["entries"]))
    found: dict[tuple[str, str], Entry] = {}
    for said, (start, end) in zip(data["entries"], places, strict=True):
        if said is None:
            continue
        entry = _entry(source, said, start, end)
        key = (entry.fingerprint, entry.register)
        if found.setdefault(key, entry).count < entry.count:  # two branches that met
            found[key] = entry
    return list(found.values())


def text_of(entries: Iterable[Entry]) -> str:
    """The baseline that holds these entries. `entries_of` gives them back."""
    lines = [_line(entry) for entry in sorted(entries, key=lambda entry: (entry.fingerprint, entry.register))]
    return "\n".join(["{", f'"version": {VERSION},', '"entries": [', *lines, "null", "]", "}", ""])


def _line(entry: Entry) -> str:
    count = {"count": entry.count} if entry.count > 1 else {}
    message = entry.message if len(entry.message) <= LONGEST_MESSAGE else entry.message[: LONGEST_MESSAGE - 1] + "…"
    said = {
        "fingerprint": entry.fingerprint, **count, "code": entry.code, "register": entry.register, "path": entry.path,
        "message": message,
    }  # fmt: skip
    return _STEERING.sub(_escaped, json.dumps(said, ensure_ascii=False)) + ","


def _escaped(match: re.Match[str]) -> str:
    """Surrogates, and what could steer a terminal or end a line, written out."""
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in match[0])


def _loaded(source: Source) -> Any:
    try:
        return json.loads(source.text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number)
    except json.JSONDecodeError as error:
        if _marked(source, error.pos):
            _refuse(source, error.pos, "a merge left its marks here; keep the entries of both sides")
        _refuse(source, error.pos, f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}")
    except RecursionError:
        _refuse(source, 0, "this is nested too deep for a baseline")
    except ValueError as error:
        _refuse(source, 0, str(error) if type(error) is _Refused else "this holds a number that is none of a baseline")


class _Refused(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("a key stands twice in one `{ … }`")
    return found


def _no_number(word: str) -> NoReturn:
    raise _Refused("this holds a number that is none of a baseline")


def _marked(source: Source, at: int) -> bool:
    line, _ = source.position(at)
    return source.line(line).startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||"))


def _entry(source: Source, said: Any, start: int, end: int) -> Entry:
    if not isinstance(said, dict):
        _refuse(source, start, "an entry is written as `{ … }`")
    for key, value in said.items():
        if key not in _KEYS:
            _refuse(source, start, f"an entry has no `{key[:40]}`")
        if type(value) is not _KEYS[key]:
            _refuse(source, start, f"the `{key}` of an entry is {'a number' if key == 'count' else 'text'}")
    if not _FINGERPRINT.fullmatch(said.get("fingerprint", "")):
        _refuse(source, start, "an entry begins with a `fingerprint` of 16 characters, 0 to 9 and a to f")
    if not 1 <= said.get("count", 1) <= MOST_EQUALS:
        _refuse(source, start, f"the `count` of an entry is from 1 to {MOST_EQUALS:,}")
    named = source.text.find(said["fingerprint"], start, end)
    return Entry(**said, start=named, end=named + len(said["fingerprint"]))


def _places(text: str, count: int) -> list[tuple[int, int]]:
    """Where each entry of a text that is sound JSON begins and ends."""
    opened = _LIST.search(text)
    decoder = json.JSONDecoder()
    found: list[tuple[int, int]] = []
    at = opened.end() if opened else len(text)
    while len(found) < count:
        between = _BETWEEN.match(text, at)
        start = between.end() if between else at
        if start >= len(text) or text[start] == "]":
            return [(0, 1)] * count  # another list of that name came first
        _, at = decoder.raw_decode(text, start)
        found.append((start, at))
    return found


def _at(source: Source, words: str) -> int:
    return max(source.text.find(words), 0)


def _refuse(source: Source, at: int, why: str) -> NoReturn:
    line, column = source.position(at)
    raise Damaged(f"{source.path}:{line}:{column}: {why}")
