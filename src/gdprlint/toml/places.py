"""Where each key and value of a TOML text stands.

The standard library says what a TOML text means and not where it says it. This walks over the same text and notes
places, in linear time; it takes no text for valid and is asked before the library, which does not end in good time on
keys of ten thousand parts and breaks on ten thousand brackets. Knows nothing of what keys mean.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

DEEPEST = 16  # brackets within brackets
LONGEST_KEY = 16  # parts of a dotted key

Path = tuple[str | int, ...]

_GAP = re.compile(r"[ \t]*+")
_GAPS = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_STRING = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
)
_PLAIN = re.compile(r"[^\s,\[\]{}#=\"']++(?: [0-9][^\s,\[\]{}#=\"']*+)?")  # a day and its hour may have a blank between


class Place(NamedTuple):
    """Offsets of a key (of an item of a list: of the item) and of its value; a table with a head stands there."""

    key: tuple[int, int]
    value: tuple[int, int]


class TooDeep(Exception):
    """The text is nested deeper, or has longer keys, than anything that says something here; `at` is where."""

    def __init__(self, at: int) -> None:
        super().__init__("nested too deeply")
        self.at = at


class Lost(Exception):
    """What stands at `at` is nothing that TOML could have there."""

    def __init__(self, at: int) -> None:
        super().__init__("no TOML")
        self.at = at


class Places(NamedTuple):
    """Places by their path; `lost` is where the text is no TOML, where it is none, and `seen` how far the walk came."""

    by_path: dict[Path, Place]
    lost: int | None
    seen: int


def places_of(text: str) -> Places:
    """The places of a text; TooDeep where it is nested deeper than the library should be asked to go."""
    walk = _Walk(text)
    try:
        walk.whole()
    except Lost as lost:
        return Places(walk.found, lost.at, walk.at)
    return Places(walk.found, None, walk.at)


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, Place] = {}
        self.lists: dict[Path, int] = {}  # tables under [[heads]] so far

    def whole(self) -> None:
        table: Path = ()
        self._skip(_GAPS)
        while self.at < len(self.text):
            if self._next("[[") or self._next("["):
                table = self._head()
            else:
                self._pair(table, 0)
            self._skip(_GAP)
            if self.at < len(self.text) and self.text[self.at] not in "\r\n#":
                raise Lost(self.at)
            self._skip(_GAPS)

    def _head(self) -> Path:
        start = self.at
        many = self.text.startswith("[[", start)
        self.at += 2 if many else 1
        parts = self._key()
        self._take("]]" if many else "]")
        path: Path = ()
        for number, (name, place) in enumerate(parts, 1):
            path = (*path, name)
            last = number == len(parts)
            if last and many:
                self.lists[path] = self.lists.get(path, 0) + 1
            if last:
                self.found[path] = Place(place, (start, self.at))
            else:
                self.found.setdefault(path, Place(place, place))
            if path in self.lists:
                path = (*path, self.lists[path] - 1)
                self.found.setdefault(path, Place(place, place))
        return path

    def _pair(self, table: Path, depth: int) -> None:
        path = table
        parts = self._key()
        for name, place in parts:
            path = (*path, name)
            self.found.setdefault(path, Place(place, place))
        self._take("=")
        self._skip(_GAP)
        self.found[path] = Place(parts[-1][1], self._value(path, depth))

    def _key(self) -> list[tuple[str, tuple[int, int]]]:
        parts: list[tuple[str, tuple[int, int]]] = []
        while True:
            self._skip(_GAP)
            start = self.at
            found = _BARE_KEY.match(self.text, start) or _STRING.match(self.text, start)
            if found is None:
                raise Lost(start)
            self.at = found.end()
            parts.append((_name(found[0]), (start, self.at)))
            if len(parts) > LONGEST_KEY:
                raise TooDeep(parts[0][1][0])
            self._skip(_GAP)
            if not self._next("."):
                return parts
            self.at += 1

    def _value(self, path: Path, depth: int) -> tuple[int, int]:
        start = self.at
        if depth > DEEPEST:
            raise TooDeep(start)
        if self._next("["):
            self._list(path, depth)
        elif self._next("{"):
            self._inline(path, depth)
        else:
            found = _STRING.match(self.text, start) or _PLAIN.match(self.text, start)
            if found is None:
                raise Lost(start)
            self.at = found.end()
        return start, self.at

    def _list(self, path: Path, depth: int) -> None:
        start = self.at
        self.at += 1
        number = 0
        while True:
            self._skip(_GAPS)
            if self._next("]"):
                self.at += 1
                return
            here = (*path, number)
            place = self._value(here, depth + 1)
            self.found[here] = Place(place, place)
            number += 1
            self._skip(_GAPS)
            if self._next(","):
                self.at += 1
            elif not self._next("]"):
                raise Lost(self.at if self.at < len(self.text) else start)

    def _inline(self, path: Path, depth: int) -> None:
        start = self.at
        self.at += 1
        self._skip(_GAPS)
        while not self._next("}"):
            self._pair(path, depth + 1)
            self._skip(_GAPS)
            if self._next(","):
                self.at += 1
                self._skip(_GAPS)
            elif not self._next("}"):
                raise Lost(self.at if self.at < len(self.text) else start)
        self.at += 1

    def _skip(self, gap: re.Pattern[str]) -> None:
        found = gap.match(self.text, self.at)
        if found is not None:
            self.at = found.end()

    def _next(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def _take(self, sign: str) -> None:
        self._skip(_GAP)
        if not self._next(sign):
            raise Lost(self.at)
        self.at += len(sign)


def _name(key: str) -> str:
    """A key without its quotes."""
    if key[0] not in "\"'":
        return key
    if "\\" not in key:
        return key[1:-1]
    try:
        return next(iter(tomllib.loads(f"{key} = 0")))
    except (tomllib.TOMLDecodeError, StopIteration):
        return key[1:-1]
