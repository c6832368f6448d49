"""The form is read as its author filled it in, and whoever that is can break nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from gdprlint_funder_tools import form

from gdprlint.api import FileRead

ROW = {
    "Grant reference": "FT/2026/0123-73",
    "Study": "Neighbours",
    "Institution": "Mossdale Institute",
    "Who the data are about": "People who live in the street",
    "What is collected": "Answers to questions; what they tell us",
}


def sheet(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(form.COLUMNS), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def read(content: bytes, name: str = "a.plan.csv") -> FileRead:
    found = form.read(name, content)
    assert found is not None
    return found


def lines(found: FileRead) -> list[str]:
    return [line.text for line in found.lines]


def test_choices_of_the_form_become_terms_and_other_words_stay_the_authors() -> None:
    assert 'data data-ft-2026-0123-73-1 of people-ft-2026-0123-73-1 is survey answers, "what they tell us"' in lines(
        read(sheet(ROW))
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_form_may_be_saved_with_any_of_the_usual_marks(delimiter: str) -> None:
    assert lines(read(sheet(ROW, delimiter=delimiter))) == lines(read(sheet(ROW)))


def test_each_line_knows_where_its_row_begins_also_where_cells_run_over_lines() -> None:
    found = read(sheet({**ROW, "Study": "Neigh\nbours"}, {**ROW, "Grant reference": "FT/2026/0124-72"}))

    assert {line.at for line in found.lines if "0123" in line.text} == {2}
    assert {line.at for line in found.lines if "0124" in line.text} == {4}


def test_rows_of_one_reference_are_one_study() -> None:
    found = lines(read(sheet(ROW, {**ROW, "What is collected": "Transcripts"})))

    assert sum(line.startswith("activity ") for line in found) == 1
    assert [line for line in found if line.startswith("  collects")] == [
        f"  collects data-ft-2026-0123-73-{n} from people-ft-2026-0123-73-{n}" for n in (1, 2)
    ]


@pytest.mark.parametrize("day", ["31/03/2028", "2028-03-31"])
def test_a_date_may_be_written_in_two_ways(day: str) -> None:
    found = read(sheet({**ROW, "Grant ends": day, "Kept for (years after the grant)": "10"}))

    assert 'event grant-ends-ft-2026-0123-73-1 "The grant ends" on 2028-03-31' in lines(found)
    assert found.unread == ()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ({"Grant ends": "31/02/2028"}, "`31/02/2028` is no date"),
        ({"Kept for (years after the grant)": "ten"}, "`ten` is no number of years"),
        ({"Kept for (years after the grant)": "9999"}, "`9999` is no number of years"),
        ({"Study": ""}, "the row leaves `Study` empty, and is not read"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_row(cell: dict[str, str], told: str) -> None:
    (unread,) = read(sheet(ROW, {**ROW, **cell})).unread

    assert (unread.at, unread.message) == (3, told)


def test_a_form_without_one_of_its_columns_is_told_so() -> None:
    (unread,) = read(sheet(ROW).replace(b"Archive", b"Archives")).unread

    assert unread.message == "the form has no column `Archive`"


def test_another_sheet_is_none_of_ours() -> None:
    assert form.read("a.plan.csv", b"study,purpose\nA,B\n") is None
    assert form.read("a.plan.csv", b"") is None


def test_a_workbook_says_what_a_csv_file_says() -> None:
    book = openpyxl.Workbook()
    dated = {**ROW, "Grant ends": "2028-03-31", "Kept for (years after the grant)": "10"}
    cells: dict[str, object] = {**dated, "Grant ends": datetime(2028, 3, 31), "Kept for (years after the grant)": 10}
    table = book.create_sheet("Plan", 0)
    table.append(list(form.COLUMNS))
    table.append([cells.get(heading) for heading in form.COLUMNS])
    stream = io.BytesIO()
    book.save(stream)

    found = read(stream.getvalue(), "a.plan.xlsx")

    assert lines(found) == lines(read(sheet(dated)))
    assert found.shown is not None
    assert found.shown.splitlines()[1].startswith("FT/2026/0123-73 | Neighbours | Mossdale Institute")


def test_text_that_an_older_spreadsheet_wrote_is_read_and_shown() -> None:
    found = read(sheet({**ROW, "Study": "Café"}).decode("utf-8-sig").encode("cp1252"))

    assert any('"Café"' in line for line in lines(found))
    assert "Café" in (found.shown or "")


class TestAStrangersForm:
    @pytest.mark.parametrize(
        "words",
        ['a" {', 'ends here"\ncontroller nobody', "\\", '\\"', "# no comment", "\x1b[2J", "}", "\u2028rule X1 x {"],
    )
    def test_words_stay_in_their_quotation_marks(self, words: str) -> None:
        """Each line has as many quotation marks that open as close, and is one line."""
        for line in lines(read(sheet({**ROW, "Study": f"x {words}", "Institution": words, "Data steward": words}))):
            bare = line.replace("\\\\", "").replace('\\"', "")
            assert bare.count('"') % 2 == 0, line
            assert line.isprintable(), line

    def test_a_name_is_made_of_plain_letters_whatever_the_reference_is(self) -> None:
        found = lines(read(sheet({**ROW, "Grant reference": "../../{x}\u202e\u00e9 or 1=1"})))

        assert any(line.startswith("activity study-x-or-1-1 ") for line in found)

    def test_a_form_that_is_too_long_is_not_read(self) -> None:
        (unread,) = read(sheet(*[ROW] * (form.MOST_ROWS + 1))).unread

        assert unread.message == "the form has at most 2,000 rows of 60 columns"

    def test_a_cell_that_is_too_long_is_not_read(self) -> None:
        (unread,) = read(sheet({**ROW, "Study": "x" * 2_000})).unread

        assert unread.message == "row 2 has a cell of more than 1,000 characters"

    def test_a_workbook_that_unpacks_to_much_is_not_opened(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b" " * (form.MOST_UNPACKED + 1))
        (unread,) = read(stream.getvalue(), "a.plan.xlsx").unread

        assert unread.message == "the workbook is larger than a form can be, and is not read"

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook", b"\xd0\xcf\x11\xe0"])
    def test_what_is_no_workbook_is_told(self, content: bytes) -> None:
        (unread,) = read(content, "a.plan.xlsx").unread

        assert unread.message.startswith("the workbook cannot be opened: ")
