"""What a check is asked for, and how it is told that it cannot be done.

A module by itself, since a run that the cache answers needs no more of the engine than this.
"""

from __future__ import annotations

from datetime import date

from gdprlint.values import frozen


class WrongUse(Exception):
    """The command was given something it cannot work with; the message is one line."""


@frozen
class CheckOptions:
    """All that findings depend on besides files; the cache asks by every field, one that is added later too."""

    as_of: date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    local_packs: tuple[str, ...] = ()
    max_bytes: int = 8_000_000
    jobs: int = 0
