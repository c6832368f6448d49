"""`gdprlint read` of a sheet: the record that it says, and what could not be read at which cell."""

from __future__ import annotations

from pathlib import Path

from gdprlint.cli import Refused
from gdprlint.cli.output import complain, write
from gdprlint.replacing import put_in_place
from gdprlint.text import visible


def read(file: str, output: str | None) -> int:
    """Print the record, or write it to a file; the exit code, 1 where a cell could not be read."""
    from gdprlint.readers.sheet import read_sheet
    from gdprlint.readers.workbook import MOST_BYTES
    from gdprlint.rules.packs import load

    try:
        with Path(file).open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}") from error
    found, faults = read_sheet(Path(file).as_posix(), content, load().vocabulary)
    put(found.source.text, output)
    for fault in faults:
        complain(f"{visible(file)}:{fault.address}: {fault.message}{f' ({fault.help})' if fault.help else ''}")
    return 1 if faults else 0


def read_theirs(file: str, output: str | None, max_bytes: int) -> int | None:
    """The same of a file that a reader of a plugin takes; None where none does."""
    from gdprlint.diagnostics import Problem
    from gdprlint.readers import theirs

    path = Path(file)
    reader = None if file.endswith(".gdpr") else theirs.reader_of(path, theirs.of_plugins().readers)
    if reader is None:
        return None
    found = theirs.record_of(path, reader, max_bytes)
    if found is None:
        return None
    if isinstance(found, Problem):
        raise Refused(found.message)
    loaded, record = found
    if record is None:
        raise Refused(f"{file}: {loaded.diagnostics[0].message}")
    from gdprlint.language.printer import format_source

    put(format_source(record.source)[0], output)
    for fault in loaded.diagnostics:
        line, _ = record.shown.position(record.place(fault.span).start)
        complain(f"{visible(file)}:{line}: {fault.message}{f' ({fault.help})' if fault.help else ''}")
    return 1 if loaded.diagnostics else 0


def put(text: str, output: str | None) -> None:
    """Print a text, or write it to a file."""
    if output is None:
        write(text)
        return
    try:
        put_in_place(output, text.encode("utf-8"))
    except OSError as error:
        raise Refused(f"{output}: {error.strerror}") from error
