"""Finds the text that a translation key stands for, in the message files of the project.

Message files are YAML or JSON in folders that are named for it. English is read, where there are several languages.
"""

from __future__ import annotations

import re
from pathlib import Path

from gdprlint.notices.project import Project
from gdprlint.notices.strings import Pieces, Unreadable, strings
from gdprlint.text import Source

_FOLDERS = frozenset(
    ("locale", "locales", "lang", "langs", "i18n", "translations", "translation", "messages", "intl", "_locales")
)
_ENDINGS = (".yml", ".yaml", ".json")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")
_ENGLISH = re.compile(r"en(?:[-_][A-Za-z]{2})?")
Entry = tuple[Source, Pieces]


class Messages:
    """The messages of a project, read when the first key is asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.exact: dict[str, Entry] | None = None
        self.ends: dict[str, list[str]] = {}

    def find(self, key: str, place: Path | None) -> Entry | None:
        """The file and the text for a key; `place` is the template that asks, for keys that begin with a dot."""
        exact = self._read()
        key = key.replace(":", ".")
        if key.startswith("."):
            key = _lazy(place) + key
        found = exact.get(key) or exact.get(f"{key}_html")
        if found is not None:
            return found
        names = self.ends.get(key.rsplit(".", 1)[-1], [])[:500]
        ending = [name for name in names if name.endswith(f".{key}")]
        return exact[ending[0]] if len(ending) == 1 else None

    def _read(self) -> dict[str, Entry]:
        if self.exact is None:
            self.exact = {}
            for path in self.project.walk():
                if path.suffix.lower() in _ENDINGS and _is_message_file(path, self.project.home()):
                    source = self.project.read(path)
                    if source is not None:
                        self._add(path, source)
            for name in self.exact:
                self.ends.setdefault(name.rsplit(".", 1)[-1], []).append(name)
        return self.exact

    def _add(self, path: Path, source: Source) -> None:
        assert self.exact is not None
        try:
            found = strings(source)
        except (Unreadable, RecursionError):
            return
        space = path.name.split(".")[0]
        for string in found:
            keys = string.keys
            if keys and _LANGUAGE.fullmatch(keys[0]) and len({one.keys[0] for one in found[:50] if one.keys}) < 4:
                if not _ENGLISH.fullmatch(keys[0]):
                    continue
                keys = keys[1:]
            name = ".".join(keys)
            self.exact.setdefault(name, (source, string.pieces))
            if not _LANGUAGE.fullmatch(space):
                self.exact.setdefault(f"{space}.{name}", (source, string.pieces))


def _is_message_file(path: Path, home: Path | None) -> bool:
    parts = path.relative_to(home).parts if home is not None and path.is_relative_to(home) else path.parts
    folders = [part.lower() for part in parts[:-1]]
    if not _FOLDERS & set(folders):
        return False
    named = [part for part in (*parts[:-1], *path.name.split(".")[:-1]) if _LANGUAGE.fullmatch(part)]
    return not named or any(_ENGLISH.fullmatch(part) for part in named)


def _lazy(place: Path | None) -> str:
    """What a key stands below that begins with a dot: the path of the template under its folder of views."""
    if place is None:
        return ""
    parts = list(place.parts)
    for folder in ("views", "templates", "components"):
        if folder in parts:
            parts = parts[len(parts) - parts[::-1].index(folder) :]
            break
    names = [*parts[:-1], parts[-1].split(".")[0]] if parts else []
    return ".".join(name.lstrip("_") for name in names)
