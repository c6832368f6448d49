"""A sheet that is judged as the record that it holds, and the way back from the record to its cells.

The rows are read into source text (`sheet.py`), which is judged like any other record; what is found there is shown at
its cell. The text of a CSV is shown as it stands, of a workbook that of its cells one after the other. Nothing here
knows a column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.columns import NO_COLUMN
from gdprlint.readers.sheet import SheetSource, record_in
from gdprlint.readers.sheet_values import CellFault, address
from gdprlint.readers.workbook import Sheet, Unreadable, delimiter_of, is_workbook, sheets_of
from gdprlint.registers import NOTHING, Loaded, content_of, not_read, shown_path
from gdprlint.text import Cell, Source, Span, text_of

_DECLARED = re.compile(r'^(organisation|people|data|document|activity|record) ([a-z0-9-]+) "((?:[^"\\\n]|\\.)*)"', re.M)
_END_OF_LINE = re.compile(r"\r\n|\r|\n")


@frozen(eq=False)
class SheetRecord:
    """The record in a sheet: its source text under the path of the sheet, the sheet as text, and where each cell is."""

    read: SheetSource = field(repr=False)
    shown: Source
    cells: Mapping[str, tuple[int, int]] = field(repr=False)  # by their addresses
    faults: tuple[CellFault, ...] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)  # names of the record: what the sheet calls them

    @property
    def source(self) -> Source:
        return self.read.source

    def place(self, span: Span) -> Span:
        """The cell that says what stands there in the record, or the words of it that do.

        Places behind the end of the record are what could not be read.
        """
        behind = span.start - len(self.source.text)
        if 0 < behind <= len(self.faults):
            return self._cell(self.faults[behind - 1].address, "")
        return self._cell(self.read.cell(span.start), self.source.slice(span))

    def to_judge(self, loaded: Loaded) -> Loaded:
        """The record as rules see it: what no column has room for is not missing, but cannot be told."""
        return loaded._replace(unread=(*loaded.unread, *_no_room(self.source)))

    def _cell(self, address: str, said: str) -> Span:
        start, end = self.cells.get(address, (0, 1))
        words = self.names.get(said, said).strip('"').replace("-", "[ -]") if said and "\n" not in said else ""
        found = _found(words, self.shown.text[start:end]) if len(words) > 1 else None
        if found is not None:
            return Span(self.shown.path, start + found[0], start + found[1])
        return Span(self.shown.path, start, max(end, start + 1))


def _found(words: str, text: str) -> tuple[int, int] | None:
    """Where the only mention of some words in a cell is."""
    pattern = re.escape(words).replace(re.escape("[ -]"), "[ -]")
    found = [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def record_of(
    path: Path, vocabulary: Vocabulary, max_bytes: int, instead: Mapping[Path, bytes] = NOTHING,
    project: Path | None = None,
) -> tuple[Loaded, SheetRecord | None]:  # fmt: skip
    """The record in a sheet, with what could not be read at which cell; of a file that is none, why."""
    content = content_of(path, max_bytes, instead, project)
    if isinstance(content, Loaded):
        return content, None
    shown = shown_path(path)
    try:
        sheets = sheets_of(shown, content)
    except Unreadable as error:
        return not_read(shown, "file-not-read", str(error)), None
    read, faults = record_in(shown, sheets, vocabulary, margins=False)
    if not read.source.text:
        return not_read(shown, "file-not-read", faults[0].message, faults[0].help), None
    text, cells = _of_workbook(shown, sheets) if is_workbook(shown) else _of_csv(shown, text_of(content))
    if not text.cells and path not in instead:
        disk.shows(shown, path, text.text)
    record = SheetRecord(read, text, cells, faults, _names(read.source))
    return Loaded(shown, read.source, tuple(_told(record)), read.unread), record


def _no_room(source: Source) -> Iterator[tuple[str, str]]:
    """What the columns have no room for: verbs of activities, and what organisations and documents are."""
    for found in _DECLARED.finditer(source.text):
        if found[1] == "activity":
            yield from ((found[2], verb) for verb in NO_COLUMN)
        elif found[1] in ("organisation", "document"):
            yield found[2], ""


def _told(record: SheetRecord) -> Iterator[Diagnostic]:
    """What could not be read, at places behind the end of the record.

    What no record has a word for is told at the first cell of its column.
    """
    end = len(record.source.text)
    passed_over = Counter((fault.sheet, fault.column) for fault in record.faults if fault.passed_over)
    for number, fault in enumerate(record.faults, 1):
        message = fault.message
        if fault.passed_over:
            more = passed_over.pop((fault.sheet, fault.column), 0) - 1
            if more < 0:
                continue
            others = "other cell" if more == 1 else "other cells"
            message += f"; nor {'is' if more == 1 else 'are'} {more} {others} of this column" if more else ""
        yield Diagnostic(
            "syntax", "cell-passed-over" if fault.passed_over else "cell-not-read",
            Severity.INFO if fault.passed_over else Severity.ERROR, message,
            Span(record.source.path, end + number, end + number), "", fault.help, pack="core", topic="syntax",
        )  # fmt: skip


def _names(source: Source) -> dict[str, str]:
    """What the sheet calls the things that the record has names for; not of a name that is a word of any sentence."""
    return {
        found[2]: re.sub(r"\\(.)", r"\1", found[3])
        for found in _DECLARED.finditer(source.text)
        if "-" in found[2] or found[1] == "organisation"
    }


# ---- where the cells are


def _of_workbook(path: str, sheets: Sequence[Sheet]) -> tuple[Source, dict[str, tuple[int, int]]]:
    """The text of all cells that say something, each on lines of its own, in the order of the sheets."""
    texts: list[str] = []
    cells: list[Cell] = []
    places: dict[str, tuple[int, int]] = {}
    start = 0
    for sheet in sheets:
        for row, said in enumerate(sheet.rows, 1):
            for column, cell in enumerate(said, 1):
                text = _END_OF_LINE.sub("\n", cell).replace("\0", " ").strip("\n")
                if text.strip():
                    cells.append(Cell(start, sheet.name, row, column))
                    places[cells[-1].address] = start, start + len(text)
                    texts.append(text)
                    start += len(text) + 1
    return Source(path, "\n".join(texts), tuple(cells)), places


def _of_csv(path: str, text: str) -> tuple[Source, dict[str, tuple[int, int]]]:
    """The text as it stands, and where each of its cells is, without the quotation marks around it."""
    places = {address("", row, column): span for row, column, span in cells_of(text, delimiter_of(text))}
    return Source(path, text), places


def cells_of(text: str, delimiter: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Row, column and place of each cell of a CSV that says something, as `csv.reader` parts it."""
    cell = re.compile(rf'"([^"]*(?:""[^"]*)*)(?:"([^{delimiter}\r\n]*)|\Z)|([^{delimiter}\r\n]*)')
    row = column = 1
    at = 0
    while at < len(text):
        found = cell.match(text, at)
        assert found is not None  # the last branch takes nothing too
        inner = found.span(1) if found[1] is not None and not found[2] else found.span()
        if inner[0] < inner[1]:
            yield row, column, inner
        at = found.end()
        if text.startswith(delimiter, at):
            at, column = at + 1, column + 1
        elif ends := _END_OF_LINE.match(text, at):
            at, row, column = ends.end(), row + 1, 1
