"""The data management plan form of the Trust: a sheet with a row for each set of data, read as a record.

    FT/2026/0123-73 | Neighbours | Mossdale Institute | … | Answers to questions; Recordings | 10 | Saltmarsh Data Store

The form comes as CSV (`.plan.csv`) or as a workbook (`.plan.xlsx`). Rows with one reference are one study. The words in
a cell either are on the form's own lists, and become terms, or they stay the words of who wrote them. Whoever fills in
the form is a stranger: nothing is computed, opened or followed, and only so much of it is read.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from gdprlint.api import FileRead, Line, Unread

ENDINGS = (".plan.csv", ".plan.xlsx")

# Heading of each column, and the name by which it is spoken of here.
COLUMNS = {
    "Grant reference": "reference",
    "Study": "study",
    "Institution": "institution",
    "Data steward": "steward",
    "Steward's email": "email",
    "Plan made on": "planned",
    "Who the data are about": "people",
    "What is collected": "data",
    "Collected from": "begins",
    "Collected until": "ends",
    "Grant ends": "grant_ends",
    "Kept for (years after the grant)": "years",
    "Archive": "archive",
    "If none, why": "why_none",
    "Country of storage": "country",
}
NEEDED = ("reference", "study", "institution", "people", "data")

# What may be chosen on the form, and the terms that it means. Anything else stays in the words of who wrote it.
DATA = {
    "answers to questions": "survey answers",
    "recordings": "audio recording",
    "transcripts": "transcript",
    "notes of what was seen": "observation notes",
    "names and addresses": "name, address",
    "email addresses": "email address",
    "codes in place of names": "serial number",
    "signed consent forms": "consent record",
    "health": "health",
    "records of public bodies": "administrative records",
}
ARCHIVES = {
    "saltmarsh data store": "saltmarsh data store",
    "quarry hill sound archive": "quarry hill sound archive",
    "long barn repository": "long barn repository",
}
COUNTRIES = {
    "united kingdom": "GB",
    "uk": "GB",
    "ireland": "IE",
    "france": "FR",
    "germany": "DE",
    "united states": "US",
}

NONE = ("none", "no", "-")

MOST_ROWS = 2_000
MOST_COLUMNS = 60
LONGEST_CELL = 1_000
MOST_UNPACKED = 32_000_000
MOST_PARTS = 500


class Row(NamedTuple):
    """A row of the sheet: the line that it begins on, and its cells by the names of the columns."""

    at: int
    cells: dict[str, str]


class NotRead(Exception):
    """The file is none that can be read; the message is one line."""


def read(name: str, content: bytes) -> FileRead | None:
    """What the form says, as a record; None where it is another sheet."""
    try:
        listed, shown = _workbook(content) if name.lower().endswith(".xlsx") else _csv(content)
    except NotRead as error:
        return FileRead((), [Unread(1, str(error))], shown="")
    headings = listed[0][1] if listed else []
    known = [COLUMNS.get(" ".join(heading.split())) for heading in headings]
    if not {"reference", "study"} <= set(known):
        return None
    rows = [
        Row(at, {key: " ".join(cell.split()) for key, cell in zip(known, cells, strict=False) if key})
        for at, cells in listed[1:]
        if any(cell.strip() for cell in cells)
    ]
    made = _Record()
    for row in rows:
        made.add(row)
    if missing := [heading for heading, key in COLUMNS.items() if key not in known]:
        made.unread.append(Unread(1, f"the form has no column `{missing[0]}`", "use the form of the Trust as it is"))
    return FileRead([*made.lines, *made.closing()], made.unread, shown)


class _Record:
    """The record as it grows, row by row."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.unread: list[Unread] = []
        self._studies: dict[str, list[Line]] = {}
        self._rows: dict[str, list[Row]] = {}

    def closing(self) -> Iterator[Line]:
        """The activities, each with what all of its rows say."""
        for slug, lines in self._studies.items():
            yield from lines
            stored = [(row, _place_of(row.cells.get("country", ""))) for row in self._rows[slug]]
            if all(place == "GB" for _, place in stored):
                yield Line("  transfers none", stored[0][0].at, stored[0][0].cells["country"])
            for number, (row, place) in enumerate(stored, 1):
                if place not in ("", "GB"):
                    yield Line(f"  transfers data-{slug}-{number} in {place}", row.at, row.cells["country"])
            yield Line("}")

    def add(self, row: Row) -> None:
        for key in NEEDED:
            if not row.cells.get(key):
                heading = next(heading for heading, known in COLUMNS.items() if known == key)
                self.unread.append(Unread(row.at, f"the row leaves `{heading}` empty, and is not read", "fill it in"))
                return
        slug = re.sub(r"[^a-z0-9]+", "-", row.cells["reference"].lower()).strip("-")[:40] or f"row-{row.at}"
        if slug not in self._studies:
            self._studies[slug] = [*self._begin(slug, row)]
        rows = self._rows.setdefault(slug, [])
        rows.append(row)
        self._studies[slug] += self._set(slug, row, len(rows))

    def _begin(self, slug: str, row: Row) -> Iterator[Line]:
        """What is said once of a study; the first of its rows counts."""
        cells, at = row.cells, row.at

        def said(text: str, key: str) -> Line:
            return Line(text, at, cells.get(key, ""))

        institution, steward = f"institution-{slug}", f"steward-{slug}"
        status = "is research organisation in GB"
        self.lines += [
            said(f"organisation {institution} {_quoted(cells['institution'])} {status}", "institution"),
            said(f'organisation funder-{slug} "Ferrowby Trust" is ferrowby trust in GB', "reference"),
        ]
        if cells.get("steward"):
            title = _quoted(cells["steward"])
            self.lines.append(said(f"team {steward} {title} is data steward of {institution} {{", "steward"))
            if cells.get("email"):
                self.lines.append(said(f"  contact email {_quoted(cells['email'])}", "email"))
            self.lines.append(Line("}"))
        if day := self._day(row, "planned"):
            title = '"Data management plan" is data management plan'
            self.lines.append(said(f"document plan-{slug} {title} of study-{slug} on {day}", "planned"))
        begins, ends = self._day(row, "begins"), self._day(row, "ends")
        tails = (("by", f"steward-{slug}" if cells.get("steward") else ""), ("from", begins), ("until", ends))
        more = "".join(f" {word} {value}" for word, value in tails if value)
        yield said(f"activity study-{slug} {_quoted(cells['study'])}{more} {{", "study")
        yield said(f"  controller institution-{slug}", "institution")
        yield said(f"  sponsor funder-{slug} for {_quoted(cells['reference'])}", "reference")

    def _set(self, slug: str, row: Row, number: int) -> Iterator[Line]:
        """What a row says of its data."""
        cells, at = row.cells, row.at
        data, people = f"data-{slug}-{number}", f"people-{slug}-{number}"
        self.lines += [
            Line(f"people {people} {_quoted(cells['people'])}", at, cells["people"]),
            Line(f"data {data} of {people} is {', '.join(_terms(cells['data']))}", at, cells["data"]),
        ]
        yield Line(f"  collects {data} from {people}", at, cells["data"])
        yield from self._kept(slug, row, number)
        archive, why = cells.get("archive", ""), cells.get("why_none", "")
        if archive and archive.lower() not in NONE:
            kind = ARCHIVES.get(archive.lower(), "research archive")
            self.lines.append(Line(f"organisation archive-{slug}-{number} {_quoted(archive)} is {kind}", at, archive))
            yield Line(f"  discloses {data} to archive-{slug}-{number} for archiving", at, archive)
        elif why:
            yield Line(f"  never discloses {data} to research archive because {_quoted(why)}", at, why)

    def _kept(self, slug: str, row: Row, number: int) -> Iterator[Line]:
        """How long the data of a row are kept, from the end of the grant on."""
        years, ends = row.cells.get("years", ""), self._day(row, "grant_ends")
        if years and not re.fullmatch(r"[1-9][0-9]?", years, re.ASCII):
            told = Unread(row.at, f"`{years[:40]}` is no number of years", "write a number from 1 to 99", years)
            self.unread.append(told)
        elif years:
            event = f"grant-ends-{slug}-{number}"
            if ends:
                self.lines.append(Line(f'event {event} "The grant ends" on {ends}', row.at, row.cells["grant_ends"]))
            after = event if ends else '"the grant ends"'
            yield Line(f"  keeps data-{slug}-{number} for {years} years after {after}", row.at, years)

    def _day(self, row: Row, key: str) -> str:
        """The day in a cell; empty where none is given, and where it is none."""
        said = row.cells.get(key, "")
        day = _day_of(said)
        if said and not day:
            told = f"`{said[:40]}` is no date"
            self.unread.append(Unread(row.at, told, "write it as 31/03/2027 or 2027-03-31", said))
        return day


def _terms(cell: str) -> Iterator[str]:
    """The choices in a cell, as terms or in their own words."""
    for choice in filter(None, (part.strip() for part in cell.split(";"))):
        yield DATA.get(choice.lower()) or _quoted(choice)


def _place_of(country: str) -> str:
    """The country in a cell, as a term or in its own words; empty where none is given."""
    return COUNTRIES.get(country.lower(), _quoted(country)) if country else ""


def _day_of(text: str) -> str:
    """A day as the language writes it; empty where the text is none."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return ""


def _quoted(text: str) -> str:
    """Text as the language writes it; what could end a line or steer a terminal is left out."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return '"' + " ".join(kept.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


# From bytes to rows


def _csv(content: bytes) -> tuple[list[tuple[int, list[str]]], str | None]:
    """The rows of a CSV file with the lines that they begin on; and the text, where it is not UTF-8."""
    shown = None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = shown = content.decode("cp1252", "replace")  # what older spreadsheets write
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    return _bounded(_numbered(reader)), shown


def _numbered(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    before = 0
    try:
        for row in reader:
            yield before + 1, row
            before = reader.line_num  # type: ignore[attr-defined]  # a row may run over lines
    except csv.Error as error:
        raise NotRead(f"the file is no CSV: {error}") from None


def _workbook(content: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    """The rows of the first sheet of a workbook; and as lines of text, one for each row."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise NotRead("the workbook is larger than a form can be, and is not read")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        rows = _bounded((number, [_said(cell) for cell in row]) for number, row in enumerate(cells, 1))
    except NotRead:
        raise
    except Exception as error:  # what a damaged workbook raises is not told
        raise NotRead(f"the workbook cannot be opened: {type(error).__name__}") from None
    return rows, "\n".join(" | ".join(" ".join(cell.split()) for cell in row) for _, row in rows)


def _said(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _bounded(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    for at, row in rows:
        if len(found) > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise NotRead(f"the form has at most {MOST_ROWS:,} rows of {MOST_COLUMNS} columns")
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise NotRead(f"row {at} has a cell of more than {LONGEST_CELL:,} characters")
        found.append((at, row))
    return found
