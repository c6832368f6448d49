"""Collects what a reader sees of one block, and remembers where each piece of it stands.

White space is folded, what cannot be seen is left out, ligatures are written out. Offsets are those of the text that
is handed in; what text that is, and what a block is, is not known here.
"""

from __future__ import annotations

import re

_WHITE = r" \t\n\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = r"\0-\x08\x0e-\x1b\x7f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_WRITTEN_OUT = str.maketrans(_LIGATURES)
_UNSEEN_ALL = re.compile(rf"[{_UNSEEN}]+")
_SEEN = rf"[^{_WHITE}{_UNSEEN}\ufb00-\ufb06]+"
_PIECES = re.compile(rf"({_SEEN}(?: {_SEEN})*)|([{_WHITE}]+)|([{_UNSEEN}]+)|[\ufb00-\ufb06]")


class Words:
    """The text of a block as it grows.

    A run is (offset in the text, start, end): these characters of what was handed in are shown from that offset to the
    next run's. Where both are equally long they run in parallel; else the whole shows the whole.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[tuple[int, int, int]] = []
        self.size = 0
        self._gap: tuple[int, int] | None = None

    def add(self, data: str, at: int) -> None:
        """Text that stands at this offset, word for word."""
        for piece in _PIECES.finditer(data):
            start, end = at + piece.start(), at + piece.end()
            kind = piece.lastindex
            if kind == 1:
                self._run(piece.group(), start, end)
            elif kind == 2:
                self._white(start, end)
            elif kind is None:
                self._run(_LIGATURES[piece.group()], start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Text that is shown in place of what stands there: an entity, a name in braces."""
        seen = _UNSEEN_ALL.sub("", text)
        plain = " ".join(seen.split()).translate(_WRITTEN_OUT)
        if seen and (not plain or seen[0].isspace()):
            self._white(start, start if plain else end)
        if plain:
            self._run(plain, start, end)
            if seen[-1].isspace():
                self._white(end, end)

    def space(self, at: int) -> None:
        """What comes next is set apart from what was said so far."""
        self._white(at, at)

    def text(self) -> str:
        return "".join(self.parts)

    def _white(self, start: int, end: int) -> None:
        if self.size:
            self._gap = (self._gap[0] if self._gap else start, end)

    def _run(self, text: str, start: int, end: int) -> None:
        gap = self._gap
        if gap is not None:
            self._gap = None
            self._append(" ", *gap)
        self._append(text, start, end)

    def _append(self, text: str, start: int, end: int) -> None:
        if self.runs:
            at, first, last = self.runs[-1]
            if last == start and last - first == self.size - at and end - start == len(text):
                self.runs[-1] = (at, first, end)
                self.parts.append(text)
                self.size += len(text)
                return
        self.runs.append((self.size, start, end))
        self.parts.append(text)
        self.size += len(text)


def listed(text: str) -> frozenset[str]:
    """A set of words from a line of them."""
    return frozenset(text.split())
