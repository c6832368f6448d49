"""The states in which a clause or value can be said, and the extents of what a file can show.

One closed list of each. What a state gives under the tests of the rule language is one table, in
docs/language.md, and one module, gdprlint/rules/logic.py.
"""

from __future__ import annotations

import enum


class State(enum.Enum):
    """How something is said."""

    STATED = "stated"
    HEDGED = "hedged"  # may, where possible
    NONE = "none"  # denied
    BLANK = "blank"  # announced, and nothing comes
    DEFERRED = "deferred"  # to a named document
    SILENT = "silent"  # nothing is said
    CANNOT_TELL = "cannot tell"  # the file cannot show it, or it could not be read

    __hash__ = object.__hash__  # states are looked up all the time; that of Enum hashes the name


class Extent(enum.Enum):
    """What a file is a record of, as rules name it."""

    CONTROLLER_RECORD = "art30-1"
    PROCESSOR_RECORD = "art30-2"
    NOTICE = "notice"
    EXCERPT = "excerpt"

    __hash__ = object.__hash__

    @property
    def document(self) -> str:
        """The kind of document that rules judge it as."""
        return "record" if self in (Extent.CONTROLLER_RECORD, Extent.PROCESSOR_RECORD) else "notice"
