"""A register that somebody keeps in a spreadsheet: what is read, and what is told at which cell."""

from __future__ import annotations

import csv
import io
import os
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprlint.readers import workbook
from gdprlint.readers.checks import check_names, clause_words
from gdprlint.readers.columns import BY_KEY, COLUMNS, UNSAYABLE
from gdprlint.readers.register import read_file
from gdprlint.readers.sheet import SheetSource, read_sheet
from gdprlint.readers.sheet_cells import Columns
from gdprlint.readers.sheet_values import CellFault
from gdprlint.testing.strategies.registers import reading_of, vocabulary


def sheet(**cells: str) -> bytes:
    """A sheet with these columns and one row, without anything above the titles."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    keys = [key.replace("_", "-") for key in cells]
    writer.writerow([BY_KEY[key].title for key in keys])
    writer.writerow(cells.values())
    return stream.getvalue().encode()


def read(**cells: str) -> tuple[SheetSource, list[CellFault]]:
    found, faults = read_sheet("a.csv", sheet(function="Payroll", **cells), vocabulary())
    assert faults_of(found) == []
    return found, list(faults)


def faults_of(found: SheetSource) -> list[str]:
    """What is wrong with the record that a sheet gave, in its sentences or in its words."""
    reading = reading_of([read_file(found.source)])
    register = reading.register
    words = [fault.message for thing in register.things for fault in check_names(thing, register.names)]
    clauses = [clause for thing in register.things for listed in thing.clauses.values() for clause in listed]
    words += [fault.message for clause in clauses for fault in clause_words(clause, register.names)]
    return [finding.message for finding in reading.findings] + words


def lines(found: SheetSource) -> str:
    """The source with each sentence on a line of its own."""
    return " ".join(found.source.text.split())


def test_every_column_is_read_or_has_a_reason_why_not() -> None:
    read_ones = {column.key for column in COLUMNS if hasattr(Columns, "read_" + column.key.replace("-", "_"))}
    assert read_ones | UNSAYABLE.keys() | {"function"} == BY_KEY.keys()


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("purpose", "Payroll, pensions", "purpose payroll, pensions"),
        ("purpose", "Paying the crew", 'purpose "Paying the crew"'),
        ("basis", "Contract", "lawful basis contract"),
        ("basis", "Art 6(1)(b)", "lawful basis contract"),
        ("basis", "Legal obligation (Article 6(1)(c))", "lawful basis legal-obligation"),
        ("condition", "Article 9(2)(b)", "condition uk-gdpr 9(2)(b)"),
        ("countries", "the United States", "transfers personal-data in US"),
        ("countries", "None", "transfers none"),
        ("countries", "To be added", "transfers blank"),
        ("countries", "See “Suppliers”", 'refers to "Suppliers" for transfers'),
        ("retention", "6 years after employment ends", 'keeps personal-data for 6 years after "employment ends"'),
        ("retention", "7 years", "keeps personal-data for 7 years"),
        ("retention", "up to 2 years", "keeps personal-data for at most 2 years"),
        (
            "retention",
            "until the claim is settled; then delete",
            'keeps personal-data until "the claim is settled" then delete',
        ),
        ("security", "encryption, access control", "security encryption, access-control"),
        ("rights", "access\nerasure", "rights access, erasure"),
        ("automated", "No", "automated decisions none"),
        ("lia", "Balance of 2026", '"Balance of 2026" is lia of activity-payroll'),
        ("data", "name, date of birth, health", "collects name, date-of-birth, health"),
        ("recipients", "police", "discloses personal-data to police"),
        ("recipients", "Bright Pay Ltd: processor", 'organisation bright-pay-ltd "Bright Pay Ltd"'),
    ],
)
def test_a_cell_gives_the_clause_that_it_says(column: str, cell: str, says: str) -> None:
    found, faults = read(**{column.replace("-", "_"): cell})
    assert says in lines(found)
    assert faults == []


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("retention", "as long as is necessary", "no period could be read from `as long as is necessary`"),
        ("basis", "Contract, 6(1)(f)", "`Contract, 6(1)(f)` names one lawful basis and cites the article of another"),
        ("countries", "n/a", "`n/a` may say that there is none, or that nobody knows"),
        ("safeguards", "UK Addendum", "a safeguard is named, and no country to which data go"),
        ("schedule-1", "Schedule 1 paragraph 1", "a condition of Schedule 1 is named, and none of Article 9 or 10"),
        ("condition", "Consent form", "`Consent form` is no condition of Article 9 or 10"),
        ("interests", "saving lives", "an interest is named, and the row does not rely on legitimate interests"),
        ("automated", "Yes", "the cell does not say for what decisions are made automatically"),
        ("breach", "No", "`No` is not read: a record says what is done after a breach, not that one has happened"),
        ("contracts", "shelf 4", "the cell does not say whose contract it is"),
        ("dpia-progress", "nearly done", "`nearly done` does not say of which assessment it is the date"),
    ],
)  # fmt: skip
def test_what_a_cell_cannot_say_is_told_at_its_cell_and_not_guessed(column: str, cell: str, message: str) -> None:
    found, faults = read(**{column.replace("-", "_"): cell})
    assert [(fault.address, fault.message) for fault in faults] == [("B2", message)]
    assert cell not in found.source.text


def test_a_place_of_the_source_knows_its_cell() -> None:
    found, _ = read(purpose="payroll", basis="contract")
    assert found.cell(found.source.text.index("lawful basis")) == "C2"
    assert found.cell(found.source.text.index("purpose")) == "B2"
    assert found.cell(found.source.text.index("activity")) == "A2"
    assert found.cell(0) == "A1"


def test_an_unknown_column_is_told_with_the_nearest() -> None:
    content = b"Business function,Purpose of procesing,Categories of individuals\nPayroll,pay,crew\n"
    _, faults = read_sheet("a.csv", content, vocabulary())
    assert [(f.address, f.message, f.help) for f in faults] == [
        ("B1", "`Purpose of procesing` is no column of the template", "did you mean `Purpose of processing`?"),
        ("C2", "people are named, and no data of theirs", ""),
    ]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_marks_between_cells_are_found_out(mark: str) -> None:
    content = f"Business function{mark}Purpose of processing\nPayroll{mark}payroll\n"
    found, faults = read_sheet("a.csv", content.encode("utf-8-sig"), vocabulary())
    assert "purpose       payroll" in found.source.text
    assert faults == ()


def test_the_same_thing_in_two_rows_is_declared_once() -> None:
    content = (
        b"Business function,Categories of individuals,Categories of personal data,Categories of recipients\n"
        b"Pay,The crew,Pay data (name),Acme Ltd\nRotas,The crew,Pay data (name),Acme Ltd\n"
    )
    found, faults = read_sheet("a.csv", content, vocabulary())
    assert faults == ()
    assert found.source.text.count('"Acme Ltd"') == 1
    assert found.source.text.count('"The crew"') == 1
    assert found.source.text.count("\nactivity ") == 2


# ---- what strangers send

PIECES = (
    *("possibly ", "not ", "None", "; ", ", ", ": ", " or ", "(", ")", "“", "”", '"', "\n", "#", "{", "}", "[3]", "\\"),
    *("6 years", "0 days", "2026-02-30", "until ", "after ", "then delete", "held by ", "under ", "processor", "name"),
    *("Article 9(2)(j)", "Schedule 1 paragraph 4", "6(1)(f)", "See “x”", "United States", "\u202e", "\u2028", "x" * 70),
)


@given(
    st.lists(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=6).map("".join), max_size=30)
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_stands_in_the_cells_the_record_has_no_fault_of_its_own(cells: list[str]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([[column.title for column in COLUMNS], [cell.replace("\0", "") for cell in cells]])
    found, _ = read_sheet("a.csv", stream.getvalue().encode("utf-8", "replace"), vocabulary())
    assert faults_of(found) == []


def test_text_in_a_cell_stays_text_whatever_it_looks_like() -> None:
    hostile = 'x" }\nactivity evil { purpose research }\n#'
    found, _ = read(purpose=hostile)
    assert found.source.text.count("\nactivity ") == 1


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = f"{PACKAGE}/relationships"


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook_with(rows: str, **more: bytes) -> bytes:
    """A workbook of the fewest parts that one can have, with this text between its rows."""

    def element(name: str, space: str, inner: str) -> bytes:
        return f'<{name} xmlns="{space}" xmlns:r="{OFFICE}">{inner}</{name}>'.encode()

    relation = f'<Relationship Id="r1" Type="{OFFICE}/%s" Target="%s"/>'
    book = '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    return packed(
        **{
            "[Content_Types].xml": element("Types", f"{PACKAGE}/content-types", ""),
            "_rels/.rels": element("Relationships", LINKS, relation % ("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": element("workbook", MAIN, book),
            "xl/_rels/workbook.xml.rels": element("Relationships", LINKS, relation % ("worksheet", "worksheets/a.xml")),
            "xl/worksheets/a.xml": element("worksheet", MAIN, f"<sheetData>{rows}</sheetData>"),
            **more,
        }
    )  # fmt: skip


def message_of(path: str, content: bytes) -> str:
    before = time.monotonic()
    found, faults = read_sheet(path, content, vocabulary())
    assert found.source.text == ""
    assert time.monotonic() - before < 60
    return faults[0].message


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_plain_workbook_is_read_and_a_formula_gives_what_was_computed_last() -> None:
    rows = f'<row r="1">{cell("A1", "Business function")}{cell("B1", "Purpose of processing")}</row>'
    formula = '<c r="B2" t="str"><f>HYPERLINK("http://example.invalid")</f><v>payroll</v></c>'
    rows += f'<row r="2">{cell("A2", "Pay")}{formula}</row>'
    found, faults = read_sheet("a.xlsx", workbook_with(rows), vocabulary())
    assert "purpose       payroll" in found.source.text
    assert [fault.message for fault in faults] == []


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    bomb = packed(**{"xl/worksheets/sheet1.xml": b" " * (workbook.MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    assert message_of("a.xlsx", bomb) == "the workbook unpacks to more than 64,000,000 bytes"


def test_a_bomb_that_lies_about_its_size_is_found_out() -> None:
    bomb = bytearray(packed(a=b" " * (workbook.MOST_UNPACKED + 1)))
    at = bomb.index(b"PK\x01\x02") + 24
    bomb[at : at + 4] = (10).to_bytes(4, "little")
    assert message_of("a.xlsx", bytes(bomb)) == "the workbook unpacks to more than 64,000,000 bytes"


def test_two_cells_a_billion_cells_apart_are_refused() -> None:
    rows = f'<row r="1">{cell("A1", "a")}</row><row r="1048576">{cell("XFD1048576", "b")}</row>'
    assert message_of("a.xlsx", workbook_with(rows)).startswith("a sheet spans 1,048,576 rows and 16,384 columns")


def test_cells_whose_places_are_hidden_in_entities_are_bounded_too() -> None:
    rows = f'<row r="1">{cell("A1", "a")}</row><row>{cell("&#88;FD104857&#54;", "b")}</row>'
    assert message_of("a.xlsx", workbook_with(rows))


def test_a_string_that_many_cells_share_is_bounded() -> None:
    row = "".join(f'<c r="{chr(65 + column)}%d" t="s"><v>0</v></c>' for column in range(26))
    rows = "".join(f'<row r="{number}">{row % ((number,) * 26)}</row>' for number in range(1, 2_000))
    relations = (
        f'<Relationships xmlns="{LINKS}">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/a.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'
    content = workbook_with(
        rows, **{"xl/_rels/workbook.xml.rels": relations.encode(), "xl/sharedStrings.xml": shared.encode()}
    )
    assert message_of("a.xlsx", content) == "the workbook takes more memory or time to open than a record may"


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500, b"\xd0\xcf\x11\xe0" * 200, b"text"]
)
def test_bytes_that_are_no_workbook_are_told(name: str, content: bytes) -> None:
    assert message_of(name, content)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n" * 30_000, b'"' + b"x" * 200_000, b"\x00\x01", b","])
def test_bytes_that_are_no_csv_are_told(content: bytes) -> None:
    assert message_of("a.csv", content)


def test_a_sheet_takes_no_more_time_than_its_length() -> None:
    row = b"Pay %d,payroll,The crew,name,Acme Ltd,6 years\n"
    keys = ("function", "purpose", "people", "data", "recipients", "retention")
    titles = ",".join(BY_KEY[key].title for key in keys).encode() + b"\n"

    def took(count: int) -> float:
        content = titles + b"".join(row % n for n in range(count))
        before = time.process_time()
        read_sheet("a.csv", content, vocabulary())
        return time.process_time() - before

    took(100)
    assert took(1_600) < 12 * max(took(400), 0.05)


def test_no_process_is_left_behind() -> None:
    read_sheet("a.xlsx", workbook_with(f'<row r="1">{cell("A1", "a")}</row>'), vocabulary())
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
