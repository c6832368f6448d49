"""Differences between two contents of a file, as people and `patch` read them."""

from __future__ import annotations

import difflib
import re

from gdprlint.text import visible


def unified(path: str, before: bytes, after: bytes) -> str:
    """A unified diff in which whatever differs can be seen, a line end or a byte order mark too."""
    path = visible(path)
    return "".join(difflib.unified_diff(_lines(before), _lines(after), path, path))


def _lines(content: bytes) -> list[str]:
    missing = "\n\\ No newline at end of file\n"
    return [
        visible(line.removesuffix("\n")) + ("\n" if line.endswith("\n") else missing)
        for line in re.findall(r"[^\n]*\n|[^\n]+", content.decode("utf-8", "replace"))
    ]
