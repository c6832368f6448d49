"""Which line break ends a clause.

A line that starts deeper than the first word of its clause continues it; any other line ends it.
A word in column 1 ends all that is open. There is no other layout rule.
"""

from __future__ import annotations

import re

TAB = 8
_LINE = re.compile(r"\n[ \t]*(?=[^\s])")
_QUOTED = re.compile(r'["\\\n`]')
_TICKED = re.compile(r"[\n`]")


def column_after(text: str, end: int) -> int:
    """Column (from 0) of the character at `end`; a tab goes on to the next stop."""
    line = text.rfind("\n", 0, end) + 1
    return width(text, line, end, 0)


def width(text: str, start: int, end: int, column: int) -> int:
    """Column of the character at `end`, where the one at `start` of the same line stands in `column`."""
    tab = text.find("\t", start, end)
    while tab >= 0:
        column += tab - start
        column += TAB - column % TAB
        start = tab + 1
        tab = text.find("\t", start, end)
    return column + end - start


def stays_deeper(text: str, start: int, end: int, column: int) -> bool:
    """Whether each line that begins between two offsets is deeper than `column`; blank lines do not count."""
    if text.find("\n", start, end) < 0:
        return True
    return all(column_after(text, line.end()) > column for line in _LINE.finditer(text, start, end))


def prose_end(text: str, start: int, column: int) -> tuple[int, bool]:
    """Where the prose string ends that opens at `start`, and whether it is closed.

    Text in backticks may hold quotation marks. A string that is not closed ends with the last line that is
    deeper than `column`.
    """
    position, ticked = start + 1, False
    while True:
        found = (_TICKED if ticked else _QUOTED).search(text, position)
        if found is None:
            return len(text), False
        position = found.end()
        match found.group():
            case '"':
                return position, True
            case "`":
                ticked = not ticked
            case "\\":
                position += 1
            case _:
                line = _LINE.match(text, found.start())
                if line is not None and column_after(text, line.end()) <= column:
                    return found.start(), False
