"""What stands under one line of source: underlines, and the messages beside them and below.

The last message stands beside its underline, the others hang below theirs:

    ^^^^^ ----- ------ the third
    |     |
    |     the second
    the first
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gdprlint.reporters.style import LEAST, Paint, cells
from gdprlint.values import frozen

UNDERLINE = re.compile(r"\^+|-+")


@frozen
class Mark:
    """What is underlined of one line, in columns of this line from 0; `role` is that of its colour."""

    start: int
    end: int
    sign: str
    role: str
    message: str = ""


def rows_under(marks: list[Mark], paint: Paint, room: int | None = None) -> Iterator[str]:
    """The rows under a line for marks in order of their start, none of which is empty.

    Where there is only so much `room`, a message that would run out of it moves to the left on a row of its own.
    """
    if not marks:
        return
    hanging = [mark for mark in marks if mark.message]
    underlines = _underlines(marks, paint)
    last = marks[-1]
    fits = room is None or last.end + 1 + cells(last.message) <= max(room, LEAST)
    if hanging and last is hanging[-1] and fits and all(mark.end <= last.end for mark in marks):
        beside = hanging.pop()
        underlines += " " + paint(beside.role, beside.message)
    yield underlines
    if hanging and not (len(hanging) == 1 and not fits):
        yield _strings(hanging, paint)
    while hanging:
        lowest = hanging.pop()
        start = lowest.start if room is None else max(0, min(lowest.start, room - cells(lowest.message)))
        left = [mark for mark in hanging if mark.start < start]
        yield _strings(left, paint, start) + paint(lowest.role, lowest.message)


def _underlines(marks: list[Mark], paint: Paint) -> str:
    """All underlines in one row. The shorter covers the longer, so both are seen; `^` covers its equal."""
    if len(marks) == 1:
        (mark,) = marks
        return " " * mark.start + paint(mark.role, mark.sign * (mark.end - mark.start))
    row = [" "] * max(mark.end for mark in marks)
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.sign == "^")):
        row[mark.start : mark.end] = mark.sign * (mark.end - mark.start)
    roles = {mark.sign: mark.role for mark in marks}
    return UNDERLINE.sub(lambda match: paint(roles[match[0][0]], match[0]), "".join(row))


def _strings(marks: list[Mark], paint: Paint, width: int = 0) -> str:
    """The strings `|` on which messages hang, filled with spaces to the width."""
    row, at = "", 0
    for mark in marks:
        if mark.start >= at:
            row += " " * (mark.start - at) + paint(mark.role, "|")
            at = mark.start + 1
    return row + " " * (width - at)
