"""Tables that are nothing but words set under each other, as plain text and the text of a PDF have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, evolve, frozen

_PART = re.compile(r"\S+(?:[ \xa0]{1,2}\S+)*")
NEAR = 2
"""Columns by which words may stand off, and still be under each other."""


@frozen
class Line:
    """A line that says something: its words, where they begin, how far they stand in, and where they end.

    `width` is in characters, or in points of a page; `unit` is that of one character. `gap` tells whether there is
    space between it and the line before. `level` is above 0 where its look makes it a heading of that level.
    `begins` are the columns of its parts, where they are known better than by counting characters.
    """

    text: str
    start: int
    indent: float
    width: float
    gap: bool
    unit: float = 1.0
    level: int = 0
    begins: tuple[float, ...] = ()


@define(eq=False)
class Chunk:
    """Lines that belong together, and what they are."""

    lines: list[Line]
    kind: str = "paragraph"
    level: int = 0
    skip: int = 0
    column: str = ""
    row: int = 0

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def said(self) -> str:
        return self.first.text[self.skip :]

    @property
    def size(self) -> int:
        return sum(len(line.text) + 1 for line in self.lines) - 1


def parts_of(line: Line) -> list[tuple[int, str]]:
    """The parts of a line that wide gaps divide: where each begins within the line, and its words."""
    if "   " not in line.text and "\t" not in line.text:
        return [(0, line.text)]
    return [(found.start(), found.group()) for found in _PART.finditer(line.text)]


def _columns(line: Line) -> list[float]:
    parts = parts_of(line)
    return list(line.begins) if len(line.begins) == len(parts) else [line.indent + at for at, _ in parts]


def tables_of(lines: Sequence[Line]) -> dict[int, tuple[int, list[float]]]:
    """The tables among lines: by the number of their first line, that behind their last, and where columns begin."""
    found: dict[int, tuple[int, list[float]]] = {}
    at = 0
    while at < len(lines) - 1:
        columns = _columns(lines[at])
        last = at + 1
        whole = 0
        if 1 < len(columns) < 9:
            while last < len(lines) and _fits(_columns(lines[last]), columns, lines[last]):
                whole += len(_columns(lines[last])) == len(columns)
                last += 1
        if whole:
            found[at] = (last, columns)
            at = last
        else:
            at += 1
    return found


def _fits(begins: list[float], columns: list[float], line: Line) -> bool:
    """Whether the parts of a line stand in columns of the table."""
    if not all(any(abs(begin - column) <= NEAR for column in columns) for begin in begins):
        return False
    if len(begins) > 1:
        return True
    return not line.gap and (begins[0] > columns[0] + NEAR or line.text[0].islower())


def cells_of(lines: Sequence[Line], columns: list[float], rows: int) -> list[Chunk]:
    """The cells of a table, row by row; `rows` were counted before it."""
    chunks: list[Chunk] = []
    heads: list[str] = []
    current: dict[int, Chunk] = {}
    for line in lines:
        placed = [
            (_nearest(columns, begin), at, words)
            for begin, (at, words) in zip(_columns(line), parts_of(line), strict=True)
        ]
        goes_on = bool(current) and not line.gap and len(placed) < len(columns)
        if not (goes_on and (placed[0][0] > 0 or placed[0][2][0].islower())):
            rows += 1
            current = {}
        for column, at, words in placed:
            piece = evolve(line, text=words, start=line.start + at)
            if column in current:
                current[column].lines.append(piece)
            else:
                current[column] = Chunk([piece], "cell", column=str(column), row=rows)
                chunks.append(current[column])
    first = [chunk for chunk in chunks if chunk.row == chunks[0].row]
    if len(first) == len(columns) and rows > chunks[0].row and all(_is_head(chunk) for chunk in first):
        heads = [" ".join(line.text for line in chunk.lines) for chunk in first]
    for chunk in chunks:
        number = int(chunk.column)
        chunk.column = heads[number] if heads and chunk.row != first[0].row else ""
    return chunks


def _nearest(columns: list[float], begin: float) -> int:
    return min(range(len(columns)), key=lambda number: abs(columns[number] - begin))


def _is_head(chunk: Chunk) -> bool:
    text = " ".join(line.text for line in chunk.lines)
    return len(text) <= 40 and text[0].isupper() and text[-1] not in ".;,:" and not any(map(str.isdigit, text))
