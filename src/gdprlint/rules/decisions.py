"""Decision tables: what rules read of the law, laid out for people.

A table is data of a pack, a term like any other: `term table-derogations is decision table for derogation of …`. Its
rows are the terms right under what it is `for`, its columns what each of them may be besides. Nothing here knows what
any table says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from gdprlint.model.vocabulary import Term, Vocabulary

ROOT = "decision-table"
PREFIX = "table-"
YES, MAYBE, NO = "yes", "may be", "no"


@frozen
class Row:
    """One line: a term, a cell (yes, may be, no) for each column, and the days between which it stands there."""

    key: str
    title: str
    cells: tuple[str, ...]
    serves: tuple[str, ...]
    cites: tuple[str, ...]
    since: str = ""
    until: str = ""


@frozen
class Table:
    """A decision table as of a day; `columns` are words, `cites` what lays the whole of it down."""

    name: str
    title: str
    pack: str
    as_of: date
    cites: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def names(vocabulary: Vocabulary) -> list[str]:
    """The names of all tables, in order."""
    return sorted(term.key.removeprefix(PREFIX) for term in vocabulary.terms.values() if _is_table(term))


def table(vocabulary: Vocabulary, name: str, day: date) -> Table:
    """The table of that name as it stands on the day; KeyError where there is none."""
    term = vocabulary.terms[f"{PREFIX}{name}"]
    if not _is_table(term):
        raise KeyError(name)
    rows = tuple(row for key in vocabulary.terms if (row := _row(vocabulary, term, key, day)) is not None)
    return Table(name, term.title, term.pack, day, _provisions(term), _headings(vocabulary, term.columns), rows)


def _is_table(term: Term) -> bool:
    return term.key.startswith(PREFIX) and any(parent.key == ROOT for parent in term.parents)


def _row(vocabulary: Vocabulary, table: Term, key: str, day: date) -> Row | None:
    term = vocabulary.terms[key]
    rows_of = [parent for parent in term.parents if parent.key in table.regards and parent.holds(day.isoformat())]
    if not rows_of or key in table.regards or key in table.columns:
        return None
    sure, maybe = vocabulary.ancestors(key, day.isoformat())
    cells = tuple(YES if column in sure else MAYBE if column in maybe else NO for column in table.columns)
    since = max(parent.since for parent in rows_of)
    until = min((parent.until for parent in rows_of if parent.until), default="")
    return Row(key, term.title, cells, term.regards, _provisions(term), since, until)


def _provisions(term: Term) -> tuple[str, ...]:
    return tuple(text for text in term.under if " " in text)


def _headings(vocabulary: Vocabulary, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns in words, without what all their keys begin or end with; a title says it better."""
    words = [column.split("-") for column in columns]
    first, last = _shared(words), _shared([list(reversed(parts)) for parts in words])
    found = []
    for column, parts in zip(columns, words, strict=True):
        plain = " ".join(parts[first : len(parts) - last] or parts)
        found.append(vocabulary.terms[column].title or plain if column in vocabulary.terms else plain)
    return tuple(found)


def _shared(words: list[list[str]]) -> int:
    """How many words all begin with, one of each left over."""
    if len(words) < 2:
        return 0
    return next(_differing(words), 0)


def _differing(words: list[list[str]]) -> Iterator[int]:
    for at in range(min(map(len, words))):
        if len({parts[at] for parts in words}) > 1 or any(len(parts) == at + 1 for parts in words):
            yield at
