"""What may be read besides the page itself: files of the project that the page includes, and never others.

Nothing outside the root is read, by no path and through no link; and not without end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import define, field

from gdprlint import disk
from gdprlint.notices.decoding import decoded
from gdprlint.text import Source

SKIPPED = ("node_modules", "__pycache__", "venv", "site-packages", "dist", "build", "vendor", "tmp", "log")


@define(eq=False)
class Project:
    """The folder that a page belongs to, and how much of it is read. Without a root nothing is followed."""

    root: Path | None = None
    max_bytes: int = 8_000_000
    max_depth: int = 8
    max_files: int = 200
    max_listed: int = 20_000
    _real: dict[Path, Path | None] = field(factory=dict, init=False, repr=False)
    _known: dict[Path, Source | None] = field(factory=dict, init=False, repr=False)
    _taken: int = field(default=0, init=False, repr=False)
    _names: dict[str, list[Path]] | None = field(default=None, init=False, repr=False)

    def home(self) -> Path | None:
        """The root without links in it."""
        if self.root is None:
            return None
        try:
            return Path(disk.real(self.root, strict=True))
        except (OSError, RuntimeError):
            return None

    def inside(self, path: Path) -> Path | None:
        """The path without links in it, if it is a file of the project."""
        if path not in self._real:
            self._real[path] = self._inside(path)
        return self._real[path]

    def _inside(self, path: Path) -> Path | None:
        home = self.home()
        if home is None or "\0" in str(path):
            return None
        try:
            real = Path(disk.real(path, strict=True))
            return real if real.is_relative_to(home) and disk.is_file(real) else None
        except (OSError, RuntimeError, ValueError):
            return None

    def read(self, path: Path) -> Source | None:
        """The text of a file of the project; None where there is none, it is no text, or enough was read."""
        real = self.inside(path)
        if real is None:
            return None
        if real not in self._known:
            self._known[real] = self._load(real)
        return self._known[real]

    def _load(self, real: Path) -> Source | None:
        if len(self._known) >= self.max_files:
            return None
        try:
            data = disk.read(real, self.max_bytes - self._taken)
        except (OSError, disk.TooLong):
            return None
        self._taken += len(data)
        found = decoded(data, self.shown(real))
        return found if isinstance(found, Source) else None

    def shown(self, path: Path) -> str:
        """How a file of the project is called: relative to the root, with `/`."""
        home = self.home()
        return path.relative_to(home).as_posix() if home and path.is_relative_to(home) else path.as_posix()

    def files(self, name: str) -> list[Path]:
        """The files of the project with this name, in order of their paths."""
        return self._listed().get(name, [])

    def walk(self) -> Iterator[Path]:
        """All files of the project that could be part of a page."""
        for paths in self._listed().values():
            yield from paths

    def _listed(self) -> dict[str, list[Path]]:
        if self._names is None:
            self._names = {}
            home = self.home()
            if home is not None:
                for path in map(Path, disk.below(home, skipped=SKIPPED, most=self.max_listed)):
                    self._names.setdefault(path.name, []).append(path)
        return self._names
