"""The source window: the lines that a finding speaks of, with what is said under them.

Only these lines are shown, since the rest of a record may hold personal data; `...` stands for what
lies between. Columns are counted in cells of a terminal, after tabs and control characters are written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from gdprlint.diagnostics import Diagnostic
from gdprlint.reporters.cut import CUT, cut
from gdprlint.reporters.style import Paint, cells, shown
from gdprlint.reporters.underline import Mark, rows_under
from gdprlint.text import Source, Span
from gdprlint.values import frozen

LINES = 6
"""As many lines are shown of one long place: the first of them, and its last."""


class HasSources(Protocol):
    """Whatever points into sources that it holds: a report, or a comparison."""

    @property
    def sources(self) -> Mapping[str, Source]: ...


def where(report: HasSources, span: Span) -> str:
    """Where a span begins, as editors and terminals read it."""
    return f"{shown(span.path)}:{shown(source_of(report, span).where(span.start))}"


def source_of(report: HasSources, span: Span) -> Source:
    """The source of a span; where it is not at hand an empty one, whose only place is 1:1."""
    return report.sources.get(span.path) or Source(span.path, "")


def gutter_of(report: HasSources, span: Span) -> int:
    """The room that what stands beside the lines of a span takes."""
    source = source_of(report, span)
    last, _ = source.position(max(span.start, span.end - 1))
    if not source.cells:
        return len(str(last))
    first, _ = source.position(span.start)
    return max(len(source.mark(number)) for number in range(first, last + 1))


def edge_of(gutter: int, paint: Paint) -> str:
    """The line of a window that has nothing on it."""
    return paint("gutter", " " * (gutter + 1) + "|")


@frozen
class Place:
    """A span to underline with a sign, in the colour of a role, and what is said under it (may be empty)."""

    span: Span
    message: str
    sign: str
    role: str


def places_by_file(finding: Diagnostic) -> dict[str, list[Place]]:
    """The place of a finding and those of its labels, its own file first."""
    files = {finding.span.path: [Place(finding.span, finding.label, "^", finding.severity.word)]}
    for label in finding.labels:
        files.setdefault(label.span.path, []).append(Place(label.span, label.message, "-", "gutter"))
    return files


def window(source: Source, places: Iterable[Place], gutter: int, width: int | None, paint: Paint) -> Iterator[str]:
    """The lines of the window, between two empty ones; `gutter` is the width of what stands beside them at most."""
    edge = edge_of(gutter, paint)
    room = None if width is None else width - gutter - 3
    lines = marked_lines(source, places)
    before = min(lines) - 1
    yield edge
    for number in sorted(lines):
        if number > before + 1:
            yield paint("gutter", CUT)
        text, marks = _in_cells(source.line(number), lines[number], room)
        yield paint("gutter", f"{source.mark(number):>{gutter}} |") + (f" {text}" if text else "")
        for row in rows_under(marks, paint, room):
            yield f"{edge} {row}"
        before = number
    yield edge


def marked_lines(source: Source, places: Iterable[Place]) -> dict[int, list[Mark]]:
    """The lines to show, by number, and what is underlined of each."""
    lines: dict[int, list[Mark]] = {}
    for place in places:
        for number, mark in _marks(source, place):
            marks = lines.setdefault(number, [])
            if mark:
                marks.append(mark)
    return lines


def _marks(source: Source, place: Place) -> Iterator[tuple[int, Mark | None]]:
    """One place line by line: blank lines without a mark, the message under the last."""
    start, end = place.span.start, place.span.end
    first, column = source.position(start)
    last, stop = source.position(max(start, end - 1))
    if end <= start:
        stop -= 1
    numbers = range(first, last + 1)
    for number in numbers if len(numbers) <= LINES else [*numbers[: LINES - 1], last]:
        line = source.line(number).rstrip()
        begin = column - 1 if number == first else len(line) - len(line.lstrip())
        if number == last:
            yield number, Mark(begin, stop, place.sign, place.role, shown(place.message))
        else:
            yield number, Mark(begin, len(line), place.sign, place.role) if line else None


def _in_cells(line: str, marks: list[Mark], room: int | None) -> tuple[str, list[Mark]]:
    """A line as it is shown, and its marks in cells of what is shown, in their order and never empty."""
    chief = max(marks, key=lambda mark: mark.sign == "^", default=Mark(0, 0, "-", "gutter"))
    first, last = cut(line, chief.start, chief.end, cells(chief.message), room)
    head, tail = CUT if first else "", CUT if last < len(line) else ""
    text = head + shown(line[first:last]) + tail
    is_plain = text == line and line.isascii()

    def cell(column: int) -> int:
        if is_plain:
            return min(column, last)
        if column < first:
            return 0
        inside = min(column, last)
        return len(head) + cells(shown(line[first:inside])) + (len(tail) if column > last else 0)

    def in_cells(mark: Mark) -> Mark:
        start, end = cell(mark.start), cell(mark.end)
        if mark.start < mark.end <= len(line) and start == end:
            start = max(0, end - 1)  # a combining character has no cell but that of its letter
        return Mark(start, max(end, start + 1), mark.sign, mark.role, mark.message)

    return text.rstrip(), sorted(map(in_cells, marks), key=lambda mark: (mark.start, mark.sign == "^"))
