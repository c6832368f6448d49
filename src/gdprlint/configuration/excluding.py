"""Which files a configuration takes out of its register: nobody judges, compares or formats them.

Knows paths alone, and no rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gdprlint.configuration.globs import matches
from gdprlint.configuration.shape import Said


def excluded_by(file: Path, root: Path, patterns: Iterable[Said[str]]) -> Said[str] | None:
    """The pattern, counted from the folder of the register, that takes a file out of it."""
    if not file.is_relative_to(root):
        return None
    below = file.relative_to(root).as_posix()
    return next((said for said in patterns if matches(said.value, below)), None)
