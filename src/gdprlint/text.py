"""Text with places.

A place is a pair of character offsets into one source. Nothing above this module counts lines;
nothing here knows what the text means.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from gdprlint.values import field, frozen

FEW = 20


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of the source with this path."""

    path: str
    start: int
    end: int


class Cell(NamedTuple):
    """A cell of a workbook: where the text of it begins, the name of its sheet, its row and column from 1."""

    start: int
    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """As a spreadsheet shows it, without its sheet: `J9`."""
        letters, column = "", self.column
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"

    @property
    def address(self) -> str:
        """With its sheet, where there is more than one thing that it could be in: `Template!J9`."""
        return f"{self.sheet}!{self.name}" if self.sheet else self.name


@frozen(slots=False)
class Source:
    """One text as it was read. `path` is shown to people and uses `/` on every system.

    The text of a workbook is that of its `cells`, each on lines of its own, in order; people and programs find a place
    of it by its cell.
    """

    path: str
    text: str = field(repr=False)
    cells: tuple[Cell, ...] = field(default=(), repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line; a line ends with a line feed."""
        ends = accumulate(map(len, self.text.split("\n")), initial=0)
        starts = [end + number for number, end in enumerate(ends)]
        starts.pop()
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in characters."""
        offset = min(max(offset, 0), len(self.text))
        known = self.__dict__
        if "line_starts" not in known and known.setdefault("asked", 0) < FEW:
            known["asked"] += 1  # all lines are not found for the sake of a few
            return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The line with this number (from 1) without its line break; empty past the end."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r")

    def cell(self, offset: int) -> Cell | None:
        """The cell of a workbook that an offset lies in."""
        at = bisect_right(self.cells, offset, key=attrgetter("start"))
        return self.cells[max(at, 1) - 1] if self.cells else None

    def place(self, offset: int) -> tuple[int, int]:
        """Where its file has an offset: line and column, of a workbook row and column of the cell."""
        cell = self.cell(offset)
        return (cell.row, cell.column) if cell is not None else self.position(offset)

    def where(self, offset: int) -> str:
        """The same as it is written behind the path of the file: `12:3`, or `Template!J9`."""
        cell = self.cell(offset)
        return cell.address if cell is not None else "{}:{}".format(*self.position(offset))

    def extent(self, start: int, end: int) -> tuple[int, int, int, int]:
        """The places of two offsets; that of the end is exclusive."""
        cell = self.cell(start)
        if cell is None:
            return (*self.position(start), *self.position(end))
        return (cell.row, cell.column, cell.row, cell.column + 1)

    def mark(self, number: int) -> str:
        """What stands beside a line where it is shown: its number, or the cell that it is a line of."""
        cell = self.cell(self.line_starts[number - 1]) if self.cells else None
        return cell.name if cell is not None else str(number)

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]


def nearest_name(word: str, names: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The name that `word` was probably meant to be, or None where no name is near.

    Among thousands of names only the twenty that share most pairs of letters with the word are looked at closely.
    """
    import difflib

    wanted = word.casefold()
    folded: dict[str, str] = {}
    for name in sorted(set(names)):
        folded.setdefault(name.casefold(), name)
    if wanted in folded:
        return folded[wanted]
    pairs = _pairs(wanted)
    room = max(2, len(wanted) // 2)
    alike = [(-len(pairs & _pairs(name)), name) for name in folded if abs(len(name) - len(wanted)) <= room]
    near = difflib.get_close_matches(wanted, [name for _, name in sorted(alike)[:20]], n=1, cutoff=cutoff)
    return folded[near[0]] if near else None


@lru_cache(maxsize=50_000)
def _pairs(word: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a word, its ends marked."""
    marked = f"^{word}$"
    return frozenset(marked[at : at + 2] for at in range(len(marked) - 1))


def text_of(content: bytes) -> str:
    """The text of a record, whatever its bytes are: no mark of byte order, no NUL."""
    return content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", " ")


def visible(text: str) -> str:
    """The text with every control or format character written out, so that it cannot steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _SPACES else f"\\u{ord(c):04x}" for c in text)


_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
