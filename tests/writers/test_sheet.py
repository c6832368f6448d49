"""The record as a sheet: what is written is read back to the same facts, cell by cell."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from gdprlint.language.reading import read
from gdprlint.readers.columns import COLUMNS, HEADER_ROW
from gdprlint.readers.register import read_file
from gdprlint.readers.sheet import SheetSource, read_sheet
from gdprlint.readers.sheet_values import CellFault
from gdprlint.testing.strategies.registers import Written, reading_of, register_by, registers, vocabulary
from gdprlint.writers.reading import opened
from gdprlint.writers.rows import Table, table
from gdprlint.writers.sheet import csv_text, xlsx_bytes
from gdprlint.writers.view import View, view_of
from tests.readers.test_sheet import faults_of
from tests.sampling import some

SOME = settings(max_examples=some(12, 25), deadline=None, suppress_health_check=list(HealthCheck))
EXAMPLES = Path(__file__).parents[2] / "examples"
KEYS = [column.key for column in COLUMNS]


def view(written: Written) -> View:
    return view_of(written.read().register, written.texts)


def again(found: SheetSource) -> Table:
    """The table of the record that was read from a sheet."""
    reading = reading_of([read_file(found.source)])
    assert [finding.message for finding in reading.findings] == []
    return table(view_of(reading.register, [found.source.path]))


def back(before: Table) -> tuple[SheetSource, tuple[CellFault, ...]]:
    return read_sheet("register.csv", csv_text(before).encode(), vocabulary())


def differences(before: Table) -> list[tuple[str, str, str]]:
    """The cells that say something else after writing and reading, with both; none of them where a fault was told."""
    found, faults = back(before)
    told = {(fault.row - HEADER_ROW - 1, fault.column - 1) for fault in faults}
    after = again(found)
    rows = [row for row in before.rows if any(row)]
    assert len(after.rows) == len(rows)
    return [
        (KEYS[at], one, two)
        for number, (row, other) in enumerate(zip(before.rows, after.rows, strict=True))
        for at, (one, two) in enumerate(zip(row, other, strict=True))
        if one != two and (number, at) not in told
    ]


@given(registers())
@SOME
def test_what_is_written_is_read_back_to_the_same_facts(record: Written) -> None:
    assert differences(table(view(record))) == []


@given(registers())
@SOME
def test_the_record_that_a_sheet_gives_has_no_fault(record: Written) -> None:
    found, _ = back(table(view(record)))
    assert faults_of(found) == []


@pytest.mark.parametrize("name", sorted(p.parent.name for p in EXAMPLES.glob("*/record.gdpr")))
def test_the_examples_are_read_back_whole(name: str) -> None:
    before = table(opened(str(EXAMPLES / name))[0])
    found, faults = back(before)
    assert faults_of(found) == []
    assert [(fault.address, fault.message) for fault in faults] == []
    assert differences(before) == []


# ---- the files


@given(registers())
@settings(SOME, max_examples=some(4, 8))
def test_a_workbook_says_what_the_csv_says(record: Written) -> None:
    before = table(view(record))
    as_text, _ = back(before)
    as_book, _ = read_sheet("register.xlsx", xlsx_bytes(before), vocabulary())
    assert as_book.source.text == as_text.source.text


@pytest.mark.parametrize("seed", range(5))
def test_the_same_record_gives_the_same_bytes(seed: int) -> None:
    one, two = (xlsx_bytes(table(view(register_by(Random(seed))))) for _ in range(2))
    assert one == two


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.invalid")')


@pytest.mark.parametrize("cell", HOSTILE)
def test_nothing_in_a_cell_is_computed_by_a_spreadsheet(cell: str) -> None:
    hostile = Table((("Record", cell),), ((cell, *[""] * 29),))
    written = list(csv.reader(io.StringIO(csv_text(hostile))))
    assert [row for row in written if any(one.startswith(("=", "+", "-", "@", "\t", "\r")) for one in row)] == []
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(hostile))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<f " not in sheet


@pytest.mark.parametrize("cell", HOSTILE)
def test_the_guard_of_a_cell_is_no_part_of_what_it_says(cell: str) -> None:
    found, _ = read_sheet("a.csv", csv_text(Table((), ((cell, *[""] * 29),))).encode(), vocabulary())
    assert read(found.source).tree.items[-1].title == cell


def test_the_titles_are_in_the_row_where_the_template_has_them() -> None:
    before = table(opened(str(EXAMPLES / "example-study"))[0])
    rows = list(csv.reader(io.StringIO(csv_text(before))))
    assert rows[HEADER_ROW - 1] == [column.title for column in COLUMNS]
    assert len(COLUMNS) == 30
    assert rows[1][0] == "Controller"


def test_the_record_of_the_invented_study_fills_the_cells_as_people_write_them() -> None:
    before = table(opened(str(EXAMPLES / "example-study"))[0])
    row = dict(zip(KEYS, before.rows[0], strict=True))
    assert row["function"] == "Signing up"
    assert row["countries"] == "United States"
    assert row["basis"] == "legitimate interests (Article 6(1)(f))"
    assert row["condition"] == "Article 9(2)(j) (archiving research statistics)"
    assert row["schedule-1"] == "Schedule 1 paragraph 4"
    assert row["automated"] == "None"
    assert row["retention"].splitlines()[0] == (
        "“contact details”: 3 months after The last interview is held; under “Retention schedule”; then delete"
    )
