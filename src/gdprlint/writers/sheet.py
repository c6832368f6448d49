"""A table as a file that a spreadsheet opens: CSV, or XLSX.

A cell may hold what somebody wrote to be computed. In CSV, which has no types, such a cell gets an apostrophe; in
XLSX every cell is typed as text. The same table gives the same bytes, on any day.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime

from gdprlint.readers.columns import COLUMNS, HEADER_ROW
from gdprlint.writers.rows import Table

_COMPUTED = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # characters in a cell, which no spreadsheet exceeds
_DAY = datetime(2026, 1, 1)
_ZIP_DAY = (2026, 1, 1, 0, 0, 0)


def csv_text(table: Table) -> str:
    """The table as CSV; the rows above the titles are filled up to the row where the template has them."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in _above(table):
        writer.writerow([_guarded(cell) for cell in row])
    writer.writerow([column.title for column in COLUMNS])
    for row in table.rows:
        writer.writerow([_guarded(cell) for cell in row])
    return stream.getvalue()


def _above(table: Table) -> list[tuple[str, ...]]:
    return [*table.heading, *[("",)] * (HEADER_ROW - 1 - len(table.heading))]


def _guarded(cell: str) -> str:
    cell = cell[:_LONGEST]
    return f"'{cell}" if cell.startswith(_COMPUTED) else cell


def xlsx_bytes(table: Table) -> bytes:
    """The table as a workbook with one sheet, `Template`, the titles frozen and every cell typed as text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Template"
    lines = [*_above(table), tuple(column.title for column in COLUMNS), *table.rows]
    for number, line in enumerate(lines, 1):
        for at, text in enumerate(line, 1):
            if text:
                cell = sheet.cell(row=number, column=at)
                cell.value = text[:_LONGEST]
                cell.data_type = "s"  # else what begins with `=` is a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == HEADER_ROW or (number < HEADER_ROW and at == 1):
                    cell.font = Font(bold=True)
    for at, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    book.properties.creator = "gdprlint"
    book.properties.created = book.properties.modified = _DAY
    stream = io.BytesIO()
    book.save(stream)
    return _settled(stream.getvalue())


def _settled(content: bytes) -> bytes:
    """The workbook with the days taken out that saving has put in."""
    import re

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for member in sorted(before.namelist()):
            part = before.read(member)
            if member == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), part)
            info = zipfile.ZipInfo(member, _ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every system
            after.writestr(info, part)
    return stream.getvalue()
