"""What a check is asked for, and how it is told that it cannot be done.

A module by itself, since a run that the cache answers needs no more of the engine than this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from gdprlint.values import frozen


class WrongUse(Exception):
    """The command was given something it cannot work with; the message is one line."""


class Base(Protocol):
    """A revision of what is judged, whose `use` counts in place of what a change makes of it."""

    def read(self, path: Path) -> bytes | None: ...

    def files(self, folder: Path) -> Iterator[tuple[Path, str]]: ...

    def contents(self, blobs: Sequence[str]) -> list[bytes]: ...


@frozen
class CheckOptions:
    """All that findings depend on besides files; the cache asks by every field, one that is added later too."""

    as_of: date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    local_packs: tuple[str, ...] = ()
    max_bytes: int = 8_000_000
    jobs: int = 0
    background: bool = False
    base: Base | None = None
    instead: tuple[tuple[Path, bytes], ...] = ()
    """Texts that stand in for files, each with the real path of its file."""
    preview: bool = False
    packs: tuple[str, ...] = ()
    """Packs in use beside those that records name; where neither names any, all."""
