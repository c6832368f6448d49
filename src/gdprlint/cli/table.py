"""`gdprlint table`: a decision table that rules read, for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from gdprlint.cli import Refused, options
from gdprlint.cli.output import refusals, table, told, width_of, write, write_json
from gdprlint.text import nearest_name, visible

if TYPE_CHECKING:
    from gdprlint.rules.decisions import Row, Table

MARKS = {"yes": "yes", "may be": "may be", "no": "-"}


@click.command()
@click.argument("name", required=False)
@options.as_of("The day whose law is shown")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, name: str | None, as_of: date, form: str) -> None:
    """Print a decision table that rules read.

    It is shown as it stands on a day. Without NAME the tables are listed.
    """
    from attrs import asdict

    from gdprlint.rules import decisions, packs

    with refusals():
        library = packs.load()
    vocabulary = library.vocabulary
    known = decisions.names(vocabulary)
    if name is None:
        tables = [decisions.table(vocabulary, each, as_of) for each in known]
        if form == "json":
            write_json({"version": 1, "tables": [{"name": t.name, "title": t.title, "pack": t.pack} for t in tables]})
        else:
            write(table(("name", "pack", "title"), [(t.name, t.pack, t.title) for t in tables]))
    elif name not in known:
        near = nearest_name(name, known)
        raise Refused(f"there is no table `{name}`" + (f"; did you mean `{near}`?" if near else ""))
    else:
        found = decisions.table(vocabulary, name, as_of)
        if form == "json":
            write_json({"version": 1, **asdict(found), "as_of": found.as_of.isoformat()})
        else:
            write(text(found, width_of(sys.stdout)))
    ctx.exit(told(library.problems))


def text(found: Table, width: int | None) -> str:
    """The table under its title; on a terminal that is too narrow for it each row stands on lines of its own."""
    from gdprlint.reporters.citations import spoken_together

    cites = spoken_together(found.cites)
    head = [found.title, " ".join(filter(None, [f"As of {found.as_of}.", f"{cites}." if cites else ""])), ""]
    serves = any(row.serves for row in found.rows)
    heads = ("", *found.columns, *(["for"] if serves else []), "days", "provision")
    body = table(heads, [(*_line(row), *_rest(row, serves)) for row in found.rows])
    if width is not None and max(map(len, body.splitlines())) > width:
        body = "".join(_stacked(found, serves))
    return "\n".join(visible(line) for line in head) + "\n" + body


def _line(row: Row) -> tuple[str, ...]:
    return (_name(row), *(MARKS[cell] for cell in row.cells))


def _name(row: Row) -> str:
    from gdprlint.reporters.citations import spoken

    plain = spoken(row.key) if " " in row.key else row.key.replace("-", " ")
    return f"{plain} {row.title}" if row.title else plain


def _rest(row: Row, serves: bool) -> tuple[str, ...]:
    from gdprlint.reporters.citations import spoken_together

    days = " ".join(filter(None, [f"from {row.since}" if row.since else "", f"until {row.until}" if row.until else ""]))
    said = ", ".join(spoken_together((each,)) for each in row.serves)
    return (*([said] if serves else []), days, spoken_together(row.cites))


def _stacked(found: Table, serves: bool) -> Iterator[str]:
    """For a narrow terminal: each row on lines of its own."""
    for row in found.rows:
        yield f"{visible(_name(row))}\n"
        said = [f"{head}: {MARKS[cell]}" for head, cell in zip(found.columns, row.cells, strict=True) if cell != "no"]
        for line in (", ".join(said) or "-", *filter(None, _rest(row, serves))):
            yield f"    {visible(line)}\n"
