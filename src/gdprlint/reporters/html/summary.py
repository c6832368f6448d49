"""Findings counted: by organisation, by article and by severity. One that concerns several counts under each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gdprlint.reporters.html.entries import NOBODY, SEVERAL, UNCITED, Entry
from gdprlint.reporters.html.law import cited, order_of_law
from gdprlint.values import define


@define
class Count:
    """How many findings there are under one heading; `key` is by what filters know it."""

    name: str
    key: int
    error: int = 0
    warning: int = 0
    info: int = 0

    @property
    def total(self) -> int:
        return self.error + self.warning + self.info


def by_party(entries: Iterable[Entry]) -> list[Count]:
    """The organisations, those with most to do first."""
    found = _counted(entries, lambda entry: entry.parties)
    names = sorted(found, key=lambda name: (name in (NOBODY, SEVERAL), -found[name].error, -found[name].total, name))
    return _numbered(found[name] for name in names)


def by_article(entries: Iterable[Entry]) -> list[Count]:
    """The articles in the order of their laws, each with the name by which entries know it."""
    found = _counted(entries, lambda entry: entry.articles)
    return _numbered(found[name] for name in sorted(found, key=lambda cite: (cite == UNCITED, order_of_law(cite))))


def spoken_name(count: Count) -> str:
    return count.name if count.name == UNCITED else cited(count.name)


def _counted(entries: Iterable[Entry], of: Callable[[Entry], Iterable[str]]) -> dict[str, Count]:
    found: dict[str, Count] = {}
    for entry in entries:
        for name in of(entry):
            count = found.setdefault(name, Count(name, 0))
            setattr(count, entry.severity, getattr(count, entry.severity) + 1)
    return found


def _numbered(counts: Iterable[Count]) -> list[Count]:
    numbered = []
    for key, count in enumerate(counts, 1):
        count.key = key
        numbered.append(count)
    return numbered
