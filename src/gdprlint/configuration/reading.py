"""The configuration in a file: what it says, where, and what is wrong with it.

A key or value that is wrong is a finding and the rest takes effect. Where nothing of a file can be read, judging
without it would report what it leaves out, so that is told instead of judging. Nothing outside the project is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import evolve, frozen

from gdprlint import disk
from gdprlint.configuration.shape import EXCEPTIONS, Configuration
from gdprlint.configuration.structuring import finding, placed, structured
from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.registers import MARKS, MOST_CONFIGURED, configurations, project_of, shown_path
from gdprlint.text import Source, Span
from gdprlint.toml import NotToml, loaded


class Unusable(Exception):
    """A configuration of which nothing can be read; the message is one line and names the place."""


@frozen
class Read:
    """A configuration as it was read; `folder` is where its own paths count from."""

    folder: Path
    source: Source
    values: Configuration
    findings: tuple[Diagnostic, ...] = ()
    unused: Source | None = None


def of_register(root: Path, forms: Sequence[str]) -> Read | None:
    """The configuration of the register in a marked folder; None where its marks say nothing."""
    files = configurations(root)
    if not files:
        return None
    own = of_file(files[0], forms, project_of(root))
    if len(files) == 1:
        return own
    unused = _source(files[1], project_of(root))
    told = finding(
        "configured-twice",
        f"this configuration is not used, since {MARKS[0]} stands beside it",
        _table_in(unused),
        "keep one of the two",
        Severity.WARNING,
    )
    return evolve(own, findings=(*own.findings, told), unused=unused)


def of_base(root: Path, forms: Sequence[str], read: Callable[[Path], bytes | None]) -> Read | None:
    """The configuration of a register as `read` gives its files, which is how they stand in a trusted revision."""
    for name in MARKS:
        content = read(root / name)
        if content is not None and (name != MARKS[1] or b"gdprlint" in content):
            source = _decoded(content[:MOST_CONFIGURED], shown_path(root / name))
            return of_text(source, root, name == MARKS[1], forms)
    return None


def of_file(file: Path, forms: Sequence[str], project: Path | None = None) -> Read:
    """The configuration in this file, which must lie in the project where one is given."""
    source = _source(file, project)
    return of_text(source, file.parent, file.name == MARKS[1], forms)


def of_text(source: Source, folder: Path, in_pyproject: bool, forms: Sequence[str]) -> Read:
    """The configuration that a text holds; in pyproject.toml it is that of `[tool.gdprlint]`."""
    try:
        data, places = loaded(source.text)
    except NotToml as error:
        raise Unusable(f"{source.path}:{error.line}:{error.column}: this is no TOML: {error.reason}") from None
    path: tuple[str, ...] = ("tool", "gdprlint") if in_pyproject else ()
    table: object = data
    for name in path:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    if isinstance(table, dict):
        table = {key: value for key, value in table.items() if key != EXCEPTIONS}
    values, findings = structured(placed(table, places, path, source.path), forms)
    return Read(folder, source, values, tuple(findings))


def _source(file: Path, project: Path | None) -> Source:
    shown = shown_path(file)
    try:
        if project is not None and not _real(file).is_relative_to(_real(project)):
            raise Unusable(f"{shown}: it leads out of the project, and is not read")
        if not disk.is_file(file):
            raise Unusable(f"{shown}: this is no file")
        content = disk.beginning(file, MOST_CONFIGURED + 1)
    except OSError as error:
        raise Unusable(f"{shown}: the file could not be read: {error.strerror or error}") from None
    if len(content) > MOST_CONFIGURED:
        raise Unusable(f"{shown}: the file has more than {MOST_CONFIGURED:,} bytes, which is no configuration")
    return _decoded(content, shown)


def _real(path: Path) -> Path:
    return Path(disk.real(path))


def _decoded(content: bytes, shown: str) -> Source:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise Unusable(f"{shown}:{line}:{column}: this is not UTF-8") from None
    return Source(shown, text.removeprefix("\ufeff"))


def _table_in(source: Source) -> Span:
    try:
        place = loaded(source.text).places.get(("tool", "gdprlint"))
    except NotToml:
        place = None
    return Span(source.path, *(place.key if place else (0, 1)))
