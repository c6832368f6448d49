"""Source windows for a page: the same lines and marks as on a terminal, but as pieces of text that may wrap.

Marks lie in the line itself, and what is said of them stands below it, by number where there are several: carets
need a fixed width, which neither a narrow screen nor paper has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gdprlint.diagnostics import Diagnostic
from gdprlint.reporters.cut import CUT, cut
from gdprlint.reporters.style import shown
from gdprlint.reporters.underline import Mark
from gdprlint.reporters.window import HasSources, Place, marked_lines, places_by_file, source_of, where
from gdprlint.text import Source
from gdprlint.values import frozen


@frozen
class Piece:
    """A piece of a line, or what is said below it. `kind` is how it is marked: chief (the finding), other, or not.

    `number` joins what is said with the end of its mark, where several things are said; a piece in a line is text or
    such a number.
    """

    text: str
    kind: str = ""
    number: int = 0


@frozen
class Line:
    """A line of source with what is said below it; `gap` tells that lines before it are left out.

    `number` is what stands beside it: its number, or the cell of a workbook.
    """

    number: str
    pieces: tuple[Piece, ...]
    said: tuple[Piece, ...]
    gap: bool


@frozen
class Excerpt:
    """One file of a finding: the place as editors read it, with lines, or with what is said of its places."""

    where: str
    chief: bool
    lines: tuple[Line, ...]
    places: tuple[tuple[str, str], ...]


def excerpts(report: HasSources, finding: Diagnostic, show_source: bool) -> tuple[Excerpt, ...]:
    return tuple(_excerpt(report, path, places, show_source) for path, places in places_by_file(finding).items())


def _excerpt(report: HasSources, path: str, places: Sequence[Place], show_source: bool) -> Excerpt:
    first = min(places, key=lambda place: (place.sign != "^", place.span))
    chief = first.sign == "^"
    if not show_source or path not in report.sources:
        told = [(where(report, place.span), shown(place.message)) for place in places]
        return Excerpt(where(report, first.span), chief, (), tuple(told))
    return Excerpt(where(report, first.span), chief, tuple(_lines(source_of(report, first.span), places)), ())


def _lines(source: Source, places: Sequence[Place]) -> Iterator[Line]:
    marked = marked_lines(source, places)
    before = min(marked) - 1
    for number in sorted(marked):
        pieces, said = _pieces(source.line(number), marked[number])
        yield Line(source.mark(number), pieces, said, number > before + 1)
        before = number


def _pieces(line: str, marks: Sequence[Mark]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """A line in pieces, and what is said of them; of a very long line the part around its chief mark."""
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end, mark.sign != "^"))
    told = [mark for mark in ordered if mark.message]
    numbers = {id(mark): at for at, mark in enumerate(told, 1)} if len(told) > 1 else {}
    chief = max(ordered, key=lambda mark: mark.sign == "^", default=Mark(0, 0, "-", ""))
    first, last = cut(line, chief.start, chief.end, 0, None)
    spans = [(*_within(mark, first, last), _kind(mark), numbers.get(id(mark), 0)) for mark in ordered]
    spans = [span for span in spans if span[0] < span[1]]
    text = line[first:last].ljust(max((end for _, end, _, _ in spans), default=first) - first)
    edges = sorted({first, first + len(text), *(edge for start, end, _, _ in spans for edge in (start, end))})
    pieces = [Piece(CUT)] if first else []
    for start, end in pairwise(edges):
        # The shorter covers the longer, so that both are seen; the chief mark covers its equal.
        over = [(stop - begin, kind) for begin, stop, kind, _ in spans if begin <= start and end <= stop]
        pieces.append(Piece(shown(text[start - first : end - first]), min(over)[1] if over else ""))
        pieces.extend(Piece("", kind, number) for _, stop, kind, number in spans if stop == end and number)
    if last < len(line):
        pieces.append(Piece(CUT))
    return tuple(pieces), tuple(Piece(mark.message, _kind(mark), numbers.get(id(mark), 0)) for mark in told)


def _kind(mark: Mark) -> str:
    return "chief" if mark.sign == "^" else "other"


def _within(mark: Mark, first: int, last: int) -> tuple[int, int]:
    """The columns of a mark that are shown; an empty place is one column wide, also behind the end of its line."""
    start, end = mark.start, max(mark.end, mark.start + 1)
    if start == last and mark.end <= start:
        return start, end
    return max(start, first), min(end, last)
