"""The source window: the lines that a finding speaks of, with what is said under them.

Only these lines are shown, since the rest of a record may hold personal data; `...` stands for what
lies between. Columns are counted in cells of a terminal, after tabs and control characters are written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from gdprlint.diagnostics import Label, Report
from gdprlint.reporters.cut import CUT, cut
from gdprlint.reporters.style import Paint, cells, shown
from gdprlint.text import Source, Span

LINES = 6
"""As many lines are shown of one long place: the first of them, and its last."""

UNDERLINE = re.compile(r"\^+|-+")


@frozen
class Mark:
    """A part of one line that is underlined, in columns of this line from 0; `role` paints it."""

    start: int
    end: int
    sign: str
    role: str
    message: str = ""


def place(source: Source, span: Span) -> str:
    """Where a span begins, as editors and terminals read it."""
    line, column = source.position(span.start)
    return f"{shown(span.path)}:{line}:{column}"


def source_of(report: Report, span: Span) -> Source:
    """The source of a span; where it is not at hand an empty one, whose only place is 1:1."""
    return report.sources.get(span.path) or Source(span.path, "")


def window(
    source: Source, primary: Label | None, labels: Iterable[Label], level: str, gutter: int, width: int | None, paint: Paint
) -> Iterator[str]:
    """The lines of the window. `gutter` is the width of the largest line number, `level` the role of the primary."""
    edge = paint("gutter", " " * (gutter + 1) + "|")
    room = None if width is None else width - gutter - 3
    lines: dict[int, list[Mark]] = {}
    for label in labels:
        _mark(lines, source, label, "-", "gutter")
    if primary:
        _mark(lines, source, primary, "^", level)
    before = min(lines) - 1
    yield edge
    for number, marks in sorted(lines.items()):
        if number > before + 1:
            yield paint("gutter", CUT)
        text, marks = _in_cells(source.line(number), marks, room)
        yield paint("gutter", f"{number:>{gutter}} |") + (f" {text}" if text else "")
        for row in _under(marks, paint):
            yield f"{edge} {row}"
        before = number


def _mark(lines: dict[int, list[Mark]], source: Source, label: Label, sign: str, role: str) -> None:
    """Add the marks of one place to the lines they are on; its message stands under the last."""
    span = label.span
    first, column = source.position(span.start)
    last, end = source.position(max(span.start, span.end - 1))
    if span.end <= span.start:
        end -= 1
    numbers = range(first, last + 1)
    for number in [*numbers[: LINES - 1], last] if len(numbers) > LINES else numbers:
        line = source.line(number).rstrip()
        marks = lines.setdefault(number, [])
        start_here = column - 1 if number == first else len(line) - len(line.lstrip())
        end_here = end if number == last else len(line)
        if number == last:
            marks.append(Mark(start_here, end_here, sign, role, shown(label.message)))
        elif line:
            marks.append(Mark(start_here, end_here, sign, role))


def _in_cells(line: str, marks: list[Mark], room: int | None) -> tuple[str, list[Mark]]:
    """A line as it is shown, and its marks in cells of what is shown, in their order and never empty."""
    chief = next((mark for mark in marks if mark.sign == "^"), marks[0] if marks else Mark(0, 0, "-", "gutter"))
    first, last = cut(line, chief.start, chief.end, cells(chief.message), room)
    head, tail = CUT if first else "", CUT if last < len(line) else ""
    text = head + shown(line[first:last]) + tail

    def cell(column: int) -> int:
        if column < first:
            return 0
        inside = min(column, last)
        return len(head) + cells(shown(line[first:inside])) + (len(tail) if column > last else 0)

    def in_cells(mark: Mark) -> Mark:
        start, end = cell(mark.start), cell(mark.end)
        if mark.end > mark.start and start == end:
            start = max(0, end - 1)
        return Mark(start, max(end, start + 1), mark.sign, mark.role, mark.message)

    return text.rstrip(), sorted(map(in_cells, marks), key=lambda mark: (mark.start, mark.sign))


def _under(marks: list[Mark], paint: Paint) -> Iterator[str]:
    """The rows under a line: all underlines, the last message beside them, the others hanging below."""
    if not marks:
        return
    width = max(mark.end for mark in marks)
    row = [" "] * width
    for mark in sorted(marks, key=lambda mark: mark.sign == "^"):
        row[mark.start : mark.end] = mark.sign * (mark.end - mark.start)
    roles = {mark.sign: mark.role for mark in marks}
    underlines = UNDERLINE.sub(lambda match: paint(roles[match[0][0]], match[0]), "".join(row))
    hanging = [mark for mark in marks if mark.message]
    if hanging and marks[-1] is hanging[-1] and hanging[-1].end == width:
        beside = hanging.pop()
        underlines += " " + paint(beside.role, beside.message)
    yield underlines
    if hanging:
        yield _strings(hanging, paint)
    while hanging:
        lowest = hanging.pop()
        left = [mark for mark in hanging if mark.start < lowest.start]
        yield _strings(left, paint, lowest.start) + paint(lowest.role, lowest.message)


def _strings(marks: list[Mark], paint: Paint, width: int = 0) -> str:
    """The strings `|` on which messages hang, filled with spaces to the width."""
    row, at = "", 0
    for mark in marks:
        if mark.start >= at:
            row += " " * (mark.start - at) + paint(mark.role, "|")
            at = mark.start + 1
    return row + " " * (width - at)
