"""Finds the file that a partial is named by, as the frameworks of templates do: near, and never outside the project."""

from __future__ import annotations

from pathlib import Path

from gdprlint.notices.project import Project
from gdprlint.text import Source

ENDINGS = (
    ".html.erb",
    ".erb",
    ".md.erb",
    ".html.haml",
    ".haml",
    ".md",
    ".html",
    ".njk",
    ".html.njk",
    ".html.twig",
    ".twig",
    ".liquid",
    ".jinja",
    ".j2",
    ".html.j2",
    ".cshtml",
    ".php",
    ".markdown",
    ".txt",
)


def _shared(path: Path, other: Path) -> int:
    """How many folders two paths share from the root on."""
    count = 0
    for one, two in zip(path.parts, other.parts, strict=False):
        if one != two:
            break
        count += 1
    return count


def partial(project: Project, here: Path | None, name: str) -> Source | None:
    """The partial of this name, as seen from a file in this folder."""
    if not name or len(name) > 300 or "\0" in name or ("\\" in name and ".." in name):
        return None
    wanted = Path(name.replace("\\", "/").lstrip("~/@"))
    home = project.home()
    if home is None:
        return None
    here = here or home
    last = wanted.name
    names = [last, f"_{last}"] if not last.startswith("_") else [last]
    for base in (here, home):
        for one in names:
            for ending in ("", *ENDINGS):
                found = project.read((base / wanted).with_name(one + ending) if last else base)
                if found is not None:
                    return found
    folder = [part for part in wanted.parent.parts if part not in (".", "..")]
    best: Path | None = None
    for one in names:
        for ending in ("", *ENDINGS):
            for path in project.files(one + ending):
                fits = not folder or [*path.parent.parts][-len(folder) :] == folder
                if fits and (best is None or _shared(path, here) > _shared(best, here)):
                    best = path
    return project.read(best) if best else None
