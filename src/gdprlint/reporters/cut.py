"""Which part of a long line is shown: as much around a place as fits, so that the place is seen."""

from __future__ import annotations

from gdprlint.reporters.style import cells, shown

CUT = "..."
"""Stands for what is not shown."""

LEAST = 20
"""Cells of a line that are shown however narrow the terminal says it is."""

MOST = 400
"""Cells of a line that are shown where no terminal sets a limit: a page of HTML may be one line."""


def cut(line: str, start: int, end: int, message: int, room: int | None) -> tuple[int, int]:
    """Columns of the part of the line to show, for a place from `start` to `end`.

    `message` is the width of what is said beside the place, for which room is left.
    """
    room = MOST if room is None else max(room, LEAST)
    if len(line) <= room and cells(shown(line)) <= room:
        return 0, len(line)
    start = min(start, len(line))
    last, free = _reach(line, start, min(end, len(line)), room - 2 * len(CUT))
    message = min(message + 1, free)
    before = (free - message) // 2
    last, unused = _reach(line, last, len(line), free - before)
    still_said = max(0, message - (free - before - unused))
    # `...` is paid for on both sides; a side that comes to its end gives its share to the other.
    unused += len(CUT) * (last == len(line))
    first, unused = _reach(line, start, 0, before + max(0, unused - still_said))
    unused += len(CUT) * (first == 0)
    last, _ = _reach(line, last, len(line), unused)
    while first < start and cells(shown(line[first])) == 0:
        first += 1
    return first, last


def _reach(line: str, at: int, limit: int, room: int) -> tuple[int, int]:
    """How far one comes from `at` towards `limit` within the room, and the room that is left."""
    while at != limit:
        taken = cells(shown(line[at if limit > at else at - 1]))
        if taken > room:
            break
        room -= taken
        at += 1 if limit > at else -1
    return at, room
