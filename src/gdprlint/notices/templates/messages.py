"""Finds the text that a translation key stands for, in the message files of the project.

Message files are YAML or JSON in folders that are named for it. English is read, where there are several languages.
"""

from __future__ import annotations

from pathlib import Path

from gdprlint.notices.project import Project
from gdprlint.text import Source

Pieces = list[tuple[str | None, int, int]]


class Messages:
    """The messages of a project, read when the first key is asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def find(self, key: str, place: Path | None) -> tuple[Source, Pieces] | None:
        return None
