"""Opens the file of a notice and reads it: where files, formats and the ear meet."""

from __future__ import annotations

from pathlib import Path

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page as page_of
from gdprlint.prose.hearing import Ear
from gdprlint.prose.reading import Reading, read_page
from gdprlint.registers import not_to_be_read, project_of, shown_path


class Unreadable(Exception):
    """The file cannot be read as a notice; `diagnostic` says why and where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def open_page(path: Path, max_bytes: int, project: Path | None = None, data: bytes | None = None) -> Page:
    """The page in a file; files that it includes are looked for in its project only, where none other is given.

    `data`, where given, stands in for what the file holds.
    """
    shown = shown_path(path)
    if data is None:
        refused = not_to_be_read(path, project or project_of(path.parent))
        if refused is not None:
            raise Unreadable(refused.diagnostics[0])
        try:
            data = disk.read(path, max_bytes)
        except disk.TooLong:
            data = bytes(max_bytes + 1)
    page = page_of(shown, data, Project(project or project_of(path.parent), max_bytes))
    if isinstance(page, Diagnostic):
        raise Unreadable(page)
    return page


def read_notice(
    path: Path, ear: Ear, max_bytes: int, project: Path | None = None, data: bytes | None = None
) -> Reading:
    """What the notice in a file says; Unreadable where it cannot be read."""
    return read_page(open_page(path, max_bytes, project, data), ear)
