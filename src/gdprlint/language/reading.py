"""From source to tree: the one door of this package for everybody else.

Reading never stops at a fault: what cannot be read becomes an `Unread` line in the tree and a
diagnostic at its place, and the rest of the file is read as if the fault were not there.
"""

from __future__ import annotations

from typing import NamedTuple

from gdprlint.diagnostics import Diagnostic
from gdprlint.language.shortcut import read_records
from gdprlint.language.tree import File
from gdprlint.text import Source


class Parsed(NamedTuple):
    """The tree of a source, and what could not be read of it."""

    source: Source
    tree: File
    faults: tuple[Diagnostic, ...] = ()


def read(source: Source) -> Parsed:
    """The tree of the source with a diagnostic for each fault; the tree holds everything that has none."""
    quick = read_records(source.text)
    if quick is not None:
        return Parsed(source, quick)
    from gdprlint.language.parser import Fault, parse_whole  # and the tables, which a plain record does without

    try:
        return Parsed(source, parse_whole(source.text))
    except Fault:
        from gdprlint.language.recovery import recover

        return recover(source)
