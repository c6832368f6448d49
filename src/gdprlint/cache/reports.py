"""A report as plain data and back: numbers, texts and lists, and nothing that could be run.

A kind of value that is not in the table is not kept (`NotPlain`), and neither is the report that holds it. Texts that
findings point into stay in their files: only what no file says as it stands is kept with the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gdprlint.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    Judged,
    JudgedRegister,
    Label,
    Problem,
    Report,
    Severity,
    Suppressed,
)
from gdprlint.text import Cell, Source, Span, text_of
from gdprlint.values import evolve

_KINDS: tuple[Any, ...] = (Diagnostic, Span, Label, Judged, JudgedRegister, Problem, Fix, Edit, Suppressed, Report)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_TUPLE, _MAPPING, _SEVERITY, _SET = -1, -2, -3, -4


class NotPlain(Exception):
    """A value of a kind that cannot be kept."""


class Sources(Mapping[str, Source]):
    """Sources by their paths, each made when it is first asked for, with the cells of those that have some."""

    def __init__(self, paths: Mapping[str, Callable[[], str]], cells: Mapping[str, tuple[Cell, ...]]) -> None:
        self._paths = paths
        self._cells = cells
        self._made: dict[str, Source] = {}

    def __getitem__(self, path: str) -> Source:
        found = self._made.get(path)
        if found is None:
            found = self._made[path] = Source(path, self._paths[path](), self._cells.get(path, ()))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def report_data(report: Report, texts: Mapping[str, tuple[str, str]]) -> list[Any]:
    """The report as JSON-ready data; `texts` are the files whose text is called by a path, and that text."""
    sources = []
    for path, source in report.sources.items():
        file, text = texts.get(path, ("", None))
        kept = [path, file, None] if text == source.text else [path, "", source.text]
        sources.append([*kept, source.cells])
    return [plain(evolve(report, sources={})), sources]


def report_of(data: list[Any], contents: Mapping[str, bytes]) -> Report:
    """The report that `report_data` took down; `contents` are what the files hold."""
    about, sources = data
    report: Report = plain_of(about)
    made = {path: _maker(file, text, contents) for path, file, text, _ in sources}
    cells = {path: tuple(Cell(*one) for one in held) for path, _, _, held in sources if held}
    return evolve(report, sources=Sources(made, cells))


def _maker(file: str, text: str | None, contents: Mapping[str, bytes]) -> Callable[[], str]:
    if text is not None:
        return lambda: text
    content = contents[file]
    return lambda: text_of(content)


def plain(value: Any) -> Any:
    """A value as JSON-ready data; NotPlain where it is of another kind than those of a report."""
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is tuple:
        return [_TUPLE, *map(plain, value)]
    if type(value) is frozenset:
        return [_SET, *map(plain, sorted(value))]
    if type(value) is Severity:
        return [_SEVERITY, int(value)]
    if type(value) is dict:
        return [_MAPPING, *([plain(key), plain(held)] for key, held in value.items())]
    number = _NUMBERS.get(type(value))
    if number is None:
        raise NotPlain(type(value).__name__)
    if type(value) is Span:
        return [number, *value]
    return [number, *(plain(getattr(value, name)) for name in value.__fields__)]


def plain_of(data: Any) -> Any:
    """The value that `plain` took down."""
    if type(data) is not list:
        return data
    number, *parts = data
    if number == _MAPPING:
        return {plain_of(key): plain_of(held) for key, held in parts}
    if number == _SEVERITY:
        return Severity(parts[0])
    held = [plain_of(part) if type(part) is list else part for part in parts]
    if number == _SET:
        return frozenset(held)
    return tuple(held) if number == _TUPLE else _KINDS[number](*held)
