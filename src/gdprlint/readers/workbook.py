"""From the bytes of a sheet to its rows of text: CSV, XLSX, XLS and ODS.

A workbook may be a bomb: a small file that unpacks to much, or two cells a billion cells apart. So its size is added
up before it is opened, and it is opened in a process of its own, with little memory and little time, where the
system has such. Formulas give what was last computed; nothing is computed here, and no link is followed.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from gdprlint import disk
from gdprlint.readers.columns import BY_TITLE, folded
from gdprlint.registers import SHEETS

MOST_BYTES = 8_000_000
MOST_UNPACKED = 64_000_000
MOST_PARTS = 2_000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 200, 400_000
MOST_TEXT = 8_000_000  # characters, over all cells
_MEMORY, _SECONDS = 1_500_000_000, 20
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,4})([0-9]{1,9})["']""")
WORKBOOKS = tuple(ending for ending in SHEETS if ending not in (".csv", ".tsv"))


class Unreadable(Exception):
    """The bytes are no sheet that can be read; the message is one line."""


@frozen
class Sheet:
    """The rows of one sheet, each cell as text, counted from the first row and column of the sheet."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def sheets_of(path: str, content: bytes) -> list[Sheet]:
    """The sheets of a file, known by its ending; Unreadable where it is none, or too much."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"the file has {len(content):,} bytes; at most {MOST_BYTES:,} are read")
    if is_workbook(path):
        return _workbook(content)
    return [Sheet("", _csv(content))]


def is_workbook(path: str) -> bool:
    """Whether the ending of a file is that of a workbook."""
    return path.lower().endswith(WORKBOOKS)


# ---- CSV


def _csv(content: bytes) -> tuple[tuple[str, ...], ...]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("the file is not UTF-8; save it as “CSV UTF-8”") from error
    delimiter = delimiter_of(text)
    rows: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Unreadable(f"at most {MOST_ROWS:,} rows of {MOST_COLUMNS} columns are read")
            rows.append(tuple(_without_guard(cell) for cell in row))
    except csv.Error as error:
        raise Unreadable(f"the file is no CSV: {error}") from error
    return tuple(rows)


def delimiter_of(text: str) -> str:
    """The mark between the cells of a CSV: that by which most titles of columns are found."""
    return max(",;\t", key=lambda mark: _columns_known(text, mark))


def _columns_known(text: str, delimiter: str) -> int:
    """How many columns of the template the first lines show, cut at this mark."""
    head = "\n".join(text.split("\n", 40)[:40])[:100_000]
    try:
        rows = list(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter))
    except csv.Error:
        return 0
    return max((sum(folded(cell) in BY_TITLE for cell in row) for row in rows), default=0)


def _without_guard(cell: str) -> str:
    """The cell without the mark that keeps a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell


# ---- workbooks


def _workbook(content: bytes) -> list[Sheet]:
    if content[:4] == b"PK\x03\x04":
        _weigh(content)
    answer = _apart(lambda: _opened(content))
    if "error" in answer:
        raise Unreadable(str(answer["error"]))
    found = answer["sheets"]
    assert isinstance(found, list)
    return [Sheet(name, tuple(tuple(row) for row in rows)) for name, rows in found]


def _weigh(content: bytes) -> None:
    """Refuse an archive that unpacks to too much, or a sheet that spans too many cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PARTS:
                raise Unreadable(f"the workbook has {len(members):,} parts; at most {MOST_PARTS:,} are read")
            room = MOST_UNPACKED
            for member in members:
                part = _unpacked(content, member, room)
                room -= len(part)
                if member.filename.startswith("xl/worksheets/"):
                    _measure(part)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(f"the workbook cannot be opened: {error}") from error


def _unpacked(content: bytes, member: zipfile.ZipInfo, room: int) -> bytes:
    """What a part unpacks to, whatever size it says it has."""
    at = member.header_offset
    names = int.from_bytes(content[at + 26 : at + 28], "little") + int.from_bytes(content[at + 28 : at + 30], "little")
    packed = content[at + 30 + names : at + 30 + names + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        part = zlib.decompressobj(-15).decompress(packed, room + 1)
    else:
        raise Unreadable("the workbook is packed in a way that is not read")
    if len(part) > room:
        raise Unreadable(f"the workbook unpacks to more than {MOST_UNPACKED:,} bytes")
    return part


def _measure(part: bytes) -> None:
    """The rectangle from the first cell to the last, all of which a reader lays out."""
    rows = columns = 1
    for letters, digits in _CELL.findall(part):
        rows = max(rows, int(digits))
        number = 0
        for letter in letters.upper():
            number = number * 26 + letter - 64
        columns = max(columns, number)
    if rows * columns > 20 * MOST_CELLS:
        raise Unreadable(f"a sheet spans {rows:,} rows and {columns:,} columns, which is too much")


def _opened(content: bytes) -> dict[str, object]:
    """The sheets of a workbook as plain data."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
    except Exception as error:  # each format has errors of its own, and some come as no class of the library
        return {"error": f"the workbook cannot be opened: {_line(error)}"}
    found: list[object] = []
    room, left = MOST_CELLS, MOST_TEXT
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception as error:
            return {"error": f"the sheet “{name}” cannot be read: {_line(error)}"}
        if sheet.total_height > MOST_ROWS or sheet.total_height * sheet.total_width > room:
            return {"error": f"the sheet “{name}” has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells"}
        room -= sheet.total_height * sheet.total_width
        rows = []
        for row in sheet.to_python(skip_empty_area=False):
            cells = [_text(cell) for cell in row[:MOST_COLUMNS]]
            left -= sum(map(len, cells))
            if left < 0:
                return {"error": f"the workbook holds more than {MOST_TEXT:,} characters"}
            rows.append(cells)
        found.append([name, rows])
    return {"sheets": found}


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a fraction, days as the language writes them."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        said = str(cell.isoformat())
        return said.removesuffix("T00:00:00")
    return str(cell)


def _apart(work: Callable[[], dict[str, object]]) -> dict[str, object]:
    """The work done in a process of its own, with bounded memory and time; here where there is no such thing."""
    if not hasattr(os, "fork"):
        return work()
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.close(reading)
            _bound()
            content = json.dumps(work()).encode()
            with os.fdopen(writing, "wb") as stream:
                stream.write(content)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        content = stream.read(8 * MOST_TEXT)
        stream.read(1)
    _, status = os.waitpid(pid, 0)
    if status or not content:
        disk.unsure()  # another time there may be more of both
        return {"error": "the workbook takes more memory or time to open than a record may"}
    answer = json.loads(content)
    assert isinstance(answer, dict)
    return answer


def _bound() -> None:
    import faulthandler
    import resource
    import sys

    faulthandler.disable()

    sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - the process ends before it could be closed
    os.dup2(sys.stderr.fileno(), 2)  # what a library says as it dies
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the limit is refused, or means something else
        most = _held() + _MEMORY  # beside what this process has inherited already
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _held() -> int:
    """The bytes of address space that this process has now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
