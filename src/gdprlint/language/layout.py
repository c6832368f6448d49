"""Which line break ends a clause.

A line that starts deeper than the first word of its clause continues it; any other line ends it.
A word in column 1 ends all that is open. There is no other layout rule.
"""

from __future__ import annotations

TAB = 8


def column_after(text: str, break_end: int) -> int:
    """Column (from 0) of the character at `break_end`, which follows a line break; a tab goes on to the next stop."""
    line = text.rfind("\n", 0, break_end) + 1
    if "\t" in text[line:break_end]:
        return len(text[line:break_end].expandtabs(TAB))
    return break_end - line
