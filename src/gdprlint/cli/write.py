"""`gdprlint write`: documents from a record."""

from __future__ import annotations

import sys

import click

from gdprlint.cli import Refused
from gdprlint.cli.output import complain, refusals, write
from gdprlint.replacing import put_in_place
from gdprlint.text import visible


@click.group()
def command() -> None:
    """Write a document from a record."""


@command.command("notice")
@click.argument("record", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["markdown", "html"]), default="markdown", show_default=True, help="The form."
)
@click.option("--output", type=click.Path(dir_okay=False), help="Write to this file and not to the terminal.")
def notice(record: str, form: str, output: str | None) -> None:
    """Write the privacy notice that a record would have.

    RECORD is a file or a folder with one register. The notice says what the record says, in plain sentences,
    and is silent where the record is. It is a draft to be read and edited by a person.
    """
    from gdprlint.writers.html import html
    from gdprlint.writers.markdown import markdown
    from gdprlint.writers.notice import notice as written
    from gdprlint.writers.reading import opened

    with refusals():
        view, faults = opened(record)
    document = written(view)
    text = markdown(document) if form == "markdown" else html(document)
    _put(text.encode("utf-8", "replace"), output)
    _tell(len(faults), record)


@command.command("record")
@click.argument("record", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True, help="The form."
)
@click.option("--output", type=click.Path(dir_okay=False), help="Write to this file and not to the terminal.")
def record(record: str, form: str, output: str | None) -> None:
    """Write the record of a controller as a sheet, in the columns of the regulator's template.

    RECORD is a file or a folder with one register. Each innermost activity is a row; `gdprlint read` reads the
    sheet again.
    """
    from gdprlint.writers.reading import opened
    from gdprlint.writers.rows import table
    from gdprlint.writers.sheet import csv_text, xlsx_bytes

    with refusals():
        view, faults = opened(record)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a workbook is no text for a terminal; name a file with --output")
    rows = table(view)
    content = csv_text(rows).encode("utf-8", "replace") if form == "csv" else xlsx_bytes(rows)
    _put(content, output, binary=True)
    _tell(len(faults), record)


def _put(content: bytes, output: str | None, binary: bool = False) -> None:
    if output is None:
        if binary:
            sys.stdout.buffer.write(content)
        else:
            write(content.decode("utf-8"))
        return
    try:
        put_in_place(output, content)
    except OSError as error:
        raise Refused(f"{output}: {error.strerror}") from error


def _tell(faults: int, record: str) -> None:
    if faults:
        count = "1 fault" if faults == 1 else f"{faults} faults"
        complain(f"the record has {count}, for which something may be missing; see `gdprlint check {visible(record)}`")
