"""Finds plugins: the entry points of installed distributions, and the packages that come with gdprlint.

None of their code runs here. What stands in for what, and which of them somebody wants, is settled by their names.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import gdprlint.bundled
from gdprlint import __version__
from gdprlint.diagnostics import Problem
from gdprlint.importpath import without_working_folder
from gdprlint.text import nearest_name, visible

Origin = Literal["installed", "bundled", "core"]
GROUP = "gdprlint"
LIMIT = "GDPRLINT_PLUGINS"


class Candidate(NamedTuple):
    """A plugin before any of its code has run; `load` runs it.

    `folder` is that of a bundled one, `module` what an installed one is imported as.
    """

    name: str
    version: str
    origin: Origin
    load: Callable[[], object]
    folder: Path | None = None
    module: str = ""


def _installed(problems: list[Problem]) -> list[Candidate]:
    """The entry points of every installed distribution, in the order of their names."""
    folders = _distributions_with_plugins(tuple(stamped(without_working_folder(sys.path))))
    if not folders:
        return []
    # Costs 50 ms, and most people have no plugin of their own.
    from importlib.metadata import PathDistribution

    found: list[Candidate] = []
    distributions: set[str] = set()
    for folder in folders:
        try:
            distribution = PathDistribution(folder)
            if distribution.name in distributions:
                continue  # found again further down the import path
            distributions.add(distribution.name)
            found += [
                Candidate(_plain(point.name), distribution.version, "installed", point.load, module=point.module)
                for point in distribution.entry_points.select(group=GROUP)
            ]
        except Exception as error:
            problems.append(broken(folder.name, "its entry points could not be read", error))
    return sorted(found, key=lambda candidate: candidate.name)


def stamped(import_path: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The folders of the import path that can be looked into, with the time at which something was put into them."""
    for entry in import_path:
        try:
            yield entry, Path(entry).stat().st_mtime_ns
        except OSError:  # nothing there, or not ours to read
            continue


@lru_cache(maxsize=4)
def _distributions_with_plugins(import_path: tuple[tuple[str, int], ...]) -> list[Path]:
    """The metadata folders that name an entry point of our group, in the order of the import path."""
    found: list[Path] = []
    for entry, _ in import_path:
        try:
            with os.scandir(entry) as children:
                names = sorted(child.name for child in children)
        except OSError:  # no folder, or not ours to read
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                file = Path(entry, name, "entry_points.txt")
                try:
                    text = file.read_text(encoding="utf-8", errors="replace")
                except OSError:
                    continue
                if f"[{GROUP}]" in (line.strip() for line in text.splitlines()):
                    found.append(file.parent)
    return found


def bundled() -> list[Candidate]:
    """The packages inside `gdprlint.bundled`. They are plugins because they are there; nothing lists them."""
    folders = {
        init.parent.name: init.parent
        for folder in gdprlint.bundled.__path__
        for init in Path(folder).glob("gdprlint_*/__init__.py")
    }
    return [Candidate(name, __version__, "bundled", _importer(name), folders[name]) for name in sorted(folders)]


def _importer(name: str) -> Callable[[], object]:
    return lambda: importlib.import_module(f"gdprlint.bundled.{name}")


def _first_of_each_name(candidates: Iterable[Candidate], problems: list[Problem]) -> Iterator[Candidate]:
    """An installed plugin stands in for the bundled one of its name; two installed ones are one too many."""
    taken: dict[str, Candidate] = {}
    for candidate in candidates:
        first = taken.setdefault(candidate.name, candidate)
        if first is candidate:
            yield candidate
        elif candidate.origin == "installed":
            name = visible(candidate.name)
            problems.append(Problem(f"two installed plugins are called {name}; only the first was loaded"))


def _wanted(environ: Mapping[str, str], names: list[str], problems: list[Problem]) -> set[str]:
    """The plugins to load. A name may be written as people say it: `uk-gdpr` for `gdprlint_uk_gdpr`."""
    if LIMIT not in environ:
        return set(names)
    wanted: set[str] = set()
    for word in filter(None, (part.strip() for part in environ[LIMIT].split(","))):
        match = next((name for name in (_plain(word), f"gdprlint_{_plain(word)}") if name in names), None)
        if match is not None:
            wanted.add(match)
            continue
        near = nearest_name(_plain(word), [*names, *(name.removeprefix("gdprlint_") for name in names)])
        hint = f"; did you mean {near.removeprefix('gdprlint_').replace('_', '-')}?" if near else ""
        problems.append(Problem(f"no plugin is called {visible(word)}{hint}", where=LIMIT))
    return wanted


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def chosen(environ: Mapping[str, str], installed: bool, problems: list[Problem]) -> list[Candidate]:
    """The plugins that are to be loaded, in their order."""
    found = [*(_installed(problems) if installed else ()), *bundled()]
    candidates = list(_first_of_each_name(found, problems))
    wanted = _wanted(environ, [candidate.name for candidate in candidates], problems)
    return [candidate for candidate in candidates if candidate.name in wanted]


def broken(name: str, what: str, error: BaseException) -> Problem:
    """What broke in a plugin, as a problem that names it."""
    reason = " ".join(visible(str(error)).split())
    return Problem(f"plugin {visible(name)}: {what}: {type(error).__name__}: {reason}")
