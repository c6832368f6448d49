"""Picks the format of a page by the name of its file, and reads it.

Nothing is fetched, run or written. Libraries are imported by the format that needs them, when it is first read.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices import formats
from gdprlint.notices.composer import MOST_BLOCKS
from gdprlint.notices.decoding import fault
from gdprlint.notices.draft import TooLarge
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project


class Format(Protocol):
    """What a module of `formats` offers."""

    SUFFIXES: tuple[str, ...]

    def read(self, data: bytes, path: str, project: Project) -> Page | Diagnostic: ...


@lru_cache(maxsize=1)
def _formats() -> dict[str, Format]:
    """The formats by the endings that they read."""
    found: dict[str, Format] = {}
    for module in iter_modules(formats.__path__):
        read: Format = import_module(f"{formats.__name__}.{module.name}")
        found.update(dict.fromkeys(read.SUFFIXES, read))
    return found


def suffixes() -> tuple[str, ...]:
    """The endings of files that are read, in order."""
    return tuple(sorted(_formats()))


def format_of(path: str) -> Format | None:
    """The format for a path: that with the longest ending (`.md.erb` before `.erb`)."""
    name = path.lower()
    known = _formats()
    return known[max(fit, key=len)] if (fit := [ending for ending in known if name.endswith(ending)]) else None


def read_page(path: str, data: bytes, project: Project) -> Page | Diagnostic:
    """The page that a file shows, or why it could not be read."""
    if len(data) > project.max_bytes:
        return fault(
            path,
            "file-too-large",
            f"the file has {len(data):,} bytes; at most {project.max_bytes:,} are read",
            "split it, or raise `--max-bytes`",
        )
    read = format_of(path)
    if read is None:
        return fault(
            path,
            "format-unknown",
            "notices are not read from files with this ending",
            f"endings that are read: {', '.join(suffixes())}",
        )
    try:
        return read.read(data, path, project)
    except TooLarge:
        return fault(
            path,
            "file-too-large",
            f"the page has more than {MOST_BLOCKS:,} paragraphs, or grows past {project.max_bytes:,} characters by "
            "what it includes",
            "split it, or raise `--max-bytes`",
        )
    except RecursionError:
        return fault(path, "page-too-deep", "the page is nested too deeply to be read")
