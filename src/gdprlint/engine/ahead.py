"""Reads the pages that records name before anybody asks for them: in several processes, where they are many.

What a page says is asked for, and kept, by `prose.pages`; whatever is not read here is read there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint import disk
from gdprlint.language import tree
from gdprlint.language.reading import Parsed
from gdprlint.model.names import Names
from gdprlint.parallel import by_turns, processes
from gdprlint.prose.pages import Pages
from gdprlint.readers.margins import notice_paths
from gdprlint.readers.record import outline
from gdprlint.readers.register import FileRead
from gdprlint.registers import Plan, project_of, shown_path

if TYPE_CHECKING:  # most registers name no page
    from gdprlint.prose.judged import JudgedNotice

FEWEST = 4  # pages that a second process pays for


def read_ahead(plans: Iterable[Plan], parsed: Mapping[str, FileRead], pages: Pages, jobs: int) -> None:
    """Read the pages that the records of these registers name, as far as their notices have no activities yet."""
    if processes(jobs) < 2:
        return
    projects: dict[Path, Path] = {}
    for plan in plans:
        files = [parsed[path] for path in map(shown_path, plan.files) if path in parsed and _names_any(parsed[path])]
        if files:
            project = project_of(plan.root)
            for path in _named(files, project, pages):
                projects.setdefault(path, project)
    paths = pages.unread(projects)
    if len(paths) < FEWEST:
        return

    def apart(path: Path) -> tuple[JudgedNotice | str, disk.Seen | None]:
        with disk.apart() as seen:
            return pages.read(path, projects[path]), seen

    first, *others = paths
    pages.keep(first, pages.read(first, projects[first]))  # what all need is loaded here
    for path, (read, seen) in zip(
        others, by_turns(apart, others, min(processes(jobs), len(others)), lambda done: None), strict=True
    ):
        pages.keep(path, read)
        if seen is not None:
            disk.also(seen)


def _names_any(file: FileRead) -> bool:
    return any(type(item) is tree.Declaration and item.kind.text == "notice" for item in file.tree.items)


def _named(files: Iterable[FileRead], project: Path, pages: Pages) -> list[Path]:
    """The pages of the notices in these files that have no activities."""
    names = Names(pages.vocabulary)
    things = [thing for file in files for thing in outline(Parsed(file.source, file.tree), names).things]
    described = {id(thing.document) for thing in things if thing.kind == "activity"}
    notices = [thing for thing in things if thing.kind == "notice" and id(thing) not in described]
    return list(notice_paths(notices, project, pages.instead)[0].values())
