"""The pack that somebody stands in: where it is, which codes it owns, and which are taken.

A pack is looked for in the folder itself and in those around it, as far as the project goes; of a distribution, in its
`src`. Nothing of it is imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from gdprlint.language import tree
from gdprlint.language.reading import read
from gdprlint.options import WrongUse
from gdprlint.rules import life
from gdprlint.rules.packfiles import pack_files
from gdprlint.rules.packs import Library
from gdprlint.text import Source, visible

PACK_FILE = "pack.gdpr"
MOST_FOLDERS = 200  # beside one another, in which a pack is looked for


@frozen
class Home:
    """A pack as it lies in its folder: what it is called, the prefixes that it owns, the codes and names in use."""

    folder: Path
    name: str
    prefixes: tuple[str, ...]
    taken: dict[str, str]
    """Codes and names of rules, with the words for where they are taken."""


def home(given: str | None, library: Library) -> Home:
    """The pack in this folder, or the one that the working folder belongs to."""
    start = Path.cwd() if given is None else Path(given)
    if given is not None and not start.is_dir():
        raise WrongUse(f"there is no folder `{visible(given)}`")
    for folder in [start] if given is not None else _around(start):
        found = list(_packs_in(folder, below=folder == start))
        if len(found) > 1:
            named = ", ".join(shown(one) for one in found[:5])
            raise WrongUse(f"there are several packs here: {named}; say which with `--pack`")
        if found:
            return _read(found[0], library)
    where = "here" if given is None else f"in `{visible(given)}`"
    raise WrongUse(f"there is no pack {where}; `gdprlint new pack NAME` begins one, `--pack FOLDER` says where one is")


def _around(start: Path) -> Iterator[Path]:
    """The folder and those around it, to the end of the project."""
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _packs_in(folder: Path, below: bool) -> Iterator[Path]:
    """The packs of a folder: itself, those in its `src`, or, where somebody stands, those right below it."""
    if (folder / PACK_FILE).is_file():
        yield folder
        return
    within = [one for one in _folders(folder / "src") if (one / PACK_FILE).is_file()]
    if within:
        yield from within
        return
    for one in _folders(folder) if below else ():
        if (one / PACK_FILE).is_file():
            yield one
        else:
            yield from (inner for inner in _folders(one / "src") if (inner / PACK_FILE).is_file())


def _folders(folder: Path) -> list[Path]:
    """The folders right below, links left out."""
    try:
        with os.scandir(folder) as entries:
            found = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [folder / name for name in sorted(found)[:MOST_FOLDERS] if not name.startswith(".")]


def shown(path: Path) -> str:
    """A path as it would be typed here."""
    try:
        return visible(Path(os.path.relpath(path)).as_posix())
    except ValueError:  # on another drive
        return visible(str(path))


def _read(folder: Path, library: Library) -> Home:
    """What the files of a pack say of its codes."""
    name = ""
    prefixes: list[str] = []
    taken: dict[str, str] = {}
    try:
        files = pack_files(folder)
    except OSError as error:
        raise WrongUse(f"{shown(Path(error.filename or folder))}: {error.strerror or error}") from None
    for path, content in files:
        parsed = read(Source(path, content.decode("utf-8", "replace").removeprefix("\ufeff")))
        for item in parsed.tree.items:
            if type(item) is tree.Declaration and item.kind.text == "pack" and not name:
                name, prefixes = item.name.text, _prefixes(item)
            elif type(item) is tree.Rule:
                for word in (item.code.text, item.name.text, *_aliases(item)):
                    taken.setdefault(word, f"a rule in {path}")
    if not name or not prefixes:
        raise WrongUse(f"{shown(folder / PACK_FILE)} does not say which prefix the codes of the pack have")
    for former in life.read(folder, name, prefixes)[0]:
        for word in (former.code, former.name):
            taken.setdefault(word, f"a rule that was there before ({life.FILE}), and codes are never used again")
    for rule in library.rules:
        if rule.pack != name:
            for word in (rule.code, rule.name, *rule.aliases):
                taken.setdefault(word, f"a rule of the pack {rule.pack}")
    return Home(folder, name, tuple(prefixes), taken)


def _prefixes(item: tree.Declaration) -> list[str]:
    clauses = [line for line in item.lines or () if type(line) is tree.Clause and line.verb.text == "prefix"]
    return [thing.text for clause in clauses if clause.things for thing in clause.things.items]


def _aliases(rule: tree.Rule) -> list[str]:
    heads = [head for head in rule.heads if type(head) is tree.Head and head.kind == "also"]
    return [thing.text for head in heads for thing in head.values[0].items]
