"""A record that somebody keeps as a sheet: judged where it stands, by the rules of any record, at its cells."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from syrupy.assertion import SnapshotAssertion

from gdprlint.cli import run
from gdprlint.engine import CheckOptions, WrongUse, check
from gdprlint.readers.columns import BY_KEY
from gdprlint.readers.sheets import cells_of

TITLES = tuple(
    BY_KEY[key].title
    for key in ("function", "purpose", "people", "data", "recipients", "countries", "safeguards", "retention", "basis")
)
ROWS = (
    ("Record of processing activities",),
    ("Controller", "Quayside Homes", "email post@quayside.example"),
    (),
    (*TITLES, "Seen by", "Data Protection Impact Assessment required?"),
    ("Lettings", "letting homes", "Tenants", "name", "Marlow Ltd\nBrook Ltd: processor", "", "", "6 years", "Contract",
     "Ann", "Yes"),
    ("Rent, late", "collecting rent", "Tenants", "debts", "", "the United States", "", "as long as needed",
     "Contract, 6(1)(f)", "Ann", "No"),
)  # fmt: skip
DAY = ("--as-of", "2026-11-22", "--no-cache")


def as_csv(rows: tuple[tuple[str, ...], ...], delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


def as_xlsx(rows: tuple[tuple[str, ...], ...], title: str = "ROPA") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row, 1):
            if text:
                sheet.cell(row=number, column=at).value = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the same record as a workbook and as a CSV."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "ropa.xlsx").write_bytes(as_xlsx(ROWS))
    (tmp_path / "ropa.csv").write_bytes(as_csv(ROWS))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found_in(path: str) -> list[tuple[str, str]]:
    """The places of the findings in a sheet, each with what is said there."""
    report = check([path], CheckOptions(as_of=date(2026, 11, 22), jobs=1))
    return [(report.sources[f.span.path].where(f.span.start), f"{f.code} {f.name}") for f in report.findings]


def test_a_workbook_is_judged_and_its_findings_stand_at_their_cells(kept: Path) -> None:
    found = found_in("ropa.xlsx")
    assert ("ROPA!H6", "syntax cell-not-read") in found
    assert ("ROPA!I6", "syntax cell-not-read") in found


def test_a_csv_says_the_same_at_lines_and_columns(kept: Path) -> None:
    assert [said for _, said in found_in("ropa.csv")] == [said for _, said in found_in("ropa.xlsx")]
    lines = (kept / "ropa.csv").read_text("utf-8").split("\n")
    report = check(["ropa.csv"], CheckOptions(as_of=date(2026, 11, 22), jobs=1))
    [period] = [f for f in report.findings if "no period" in f.message]
    line, column = report.position(period.span)
    assert lines[line - 1][column - 1 :].startswith("as long as needed")


@pytest.mark.parametrize("form", ["full", "concise", "github", "markdown", "gitlab"])
def test_what_a_person_reads_of_a_sheet(
    kept: Path, form: str, capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion
) -> None:
    assert run(["check", "ropa.xlsx", *DAY, "--format", form]) == 1
    assert capsys.readouterr().out == snapshot


def test_programs_have_the_row_and_the_column_and_the_name_of_the_cell(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", "ropa.xlsx", *DAY, "--format", "json"])
    [told] = [one for one in json.loads(capsys.readouterr().out)["findings"] if "no period" in one["message"]]
    assert {key: told[key] for key in ("path", "line", "column", "end_line", "end_column", "cell")} == {
        "path": "ropa.xlsx", "line": 6, "column": 8, "end_line": 6, "end_column": 9, "cell": "ROPA!H6",
    }  # fmt: skip
    run(["check", "ropa.xlsx", *DAY, "--format", "sarif"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    [place] = [one["locations"][0] for one in results if "no period" in one["message"]["text"]]
    assert place["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 8, "endLine": 6, "endColumn": 9}
    assert place["logicalLocations"][-1] == {"name": "H6", "fullyQualifiedName": "ROPA!H6", "kind": "cell"}


def test_the_html_report_shows_the_cell_beside_its_text(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "ropa.xlsx", *DAY, "--format", "html"])
    out = capsys.readouterr().out
    assert "ropa.xlsx:ROPA!H6" in out
    assert '<span class="no">H6</span>' in out


def test_a_report_out_of_the_cache_has_the_same_cells(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for _ in range(3):
        run(["check", "ropa.xlsx", "ropa.csv", "--as-of", "2026-11-22"])
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] == told[2]
    (kept / "ropa.xlsx").write_bytes(as_xlsx(ROWS[:5]))
    run(["check", "ropa.xlsx", "ropa.csv", "--as-of", "2026-11-22"])
    assert "ROPA!H6" not in capsys.readouterr().out


# ---- what a cell does not say


def test_what_could_not_be_read_is_told_at_its_cell_and_not_as_missing(kept: Path) -> None:
    found = found_in("ropa.xlsx")
    assert not [said for where, said in found if where.endswith("6") and said.startswith(("UK505", "UK601"))]
    silent = as_xlsx((*ROWS[:5], (*ROWS[5][:7], "", *ROWS[5][8:])))
    (kept / "ropa.xlsx").write_bytes(silent)
    assert ("ROPA!D6", "UK505 retention-missing") in found_in("ropa.xlsx")


def test_what_the_columns_have_no_room_for_is_not_missing(kept: Path) -> None:
    told = {said.split(" ")[0] for _, said in found_in("ropa.xlsx")}
    assert told.isdisjoint({"UK1201", "DPA223", "UK509", "DPA101"})


def test_a_column_that_no_record_has_a_word_for_is_told_once(kept: Path) -> None:
    report = check(["ropa.xlsx"], CheckOptions(as_of=date(2026, 11, 22), jobs=1))
    told = [one for one in report.findings if one.name == "cell-passed-over"]
    assert [(report.sources["ropa.xlsx"].where(one.span.start), one.severity.word) for one in told] == [
        ("ROPA!J4", "info"), ("ROPA!K5", "info"),
    ]  # fmt: skip
    assert told[1].message.endswith("; nor is 1 other cell of this column")


def test_a_misspelt_title_is_an_error_and_what_its_column_says_is_not_missing(kept: Path) -> None:
    titles = tuple("Retention schedul" if title.startswith("Retention") else title for title in ROWS[3])
    (kept / "ropa.csv").write_bytes(as_csv((*ROWS[:3], titles, *ROWS[4:])))
    found = found_in("ropa.csv")
    assert "syntax cell-not-read" in {said for _, said in found}
    assert "UK505 retention-missing" not in {said for _, said in found}


def test_nothing_in_a_sheet_is_mended_nor_silenced_by_a_comment(kept: Path) -> None:
    rows = (*ROWS[:5], (*ROWS[5][:-1], "# allow syntax: it is fine, by dpo until 2027-01-01"))
    (kept / "ropa.csv").write_bytes(as_csv(rows))
    before = (kept / "ropa.csv").read_bytes()
    assert run(["check", "ropa.csv", *DAY, "--fix"]) == 1
    assert (kept / "ropa.csv").read_bytes() == before
    report = check(["ropa.csv"], CheckOptions(as_of=date(2026, 11, 22), jobs=1))
    assert not any(one.fixes for one in report.findings)


# ---- which sheets are records


def test_a_sheet_that_nobody_named_is_none_of_our_business(kept: Path) -> None:
    with pytest.raises(WrongUse, match=r"no \.gdpr file and no notice"):
        check(["."], CheckOptions(as_of=date(2026, 11, 22)))
    (kept / "a.gdpr").write_text('record a "A"\n', "utf-8")
    assert check(["."], CheckOptions(as_of=date(2026, 11, 22))).judged.files == 1


def test_a_configuration_names_the_sheets_that_are_records(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kept / "gdprlint.toml").write_text('sheets = ["*.xlsx"]\nignore = ["uk-gdpr"]\n', "utf-8")
    assert run(["check", *DAY, "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert "ropa.xlsx:ROPA!H6: " in out
    assert "ropa.csv" not in out
    assert "[UK" not in out


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("sheets", "`page.md` is no sheet, and is not read as one"),
        ("notices", "`ropa.csv` is a sheet, and is not read as a notice"),
    ],
)
def test_a_pattern_that_takes_in_other_files_is_told(
    kept: Path, key: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept / "page.md").write_text("# Privacy notice\n\nWe use your name. We are Quayside Homes.\n", "utf-8")
    (kept / "gdprlint.toml").write_text(f'{key} = ["*"]\n', "utf-8")
    assert run(["check", *DAY, "--format", "concise"]) == 1
    assert message in capsys.readouterr().out


def test_an_unsaved_sheet_is_judged_in_the_place_of_its_file(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stdin:
        buffer = io.BytesIO(as_csv(ROWS[:5]))

    monkeypatch.setattr("sys.stdin", Stdin)
    run(["check", "--stdin-filename", "ropa.csv", *DAY, "--format", "concise"])
    out = capsys.readouterr().out
    assert "Rent" not in out
    assert "as long as needed" not in out
    assert "ropa.csv:" in out


def test_other_commands_take_a_sheet_as_a_record(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "ropa.xlsx"]) == 0
    assert json.loads(capsys.readouterr().out)["registers"][0]["things"]["lettings"]["title"] == "Lettings"
    assert run(["compare", "ropa.csv", "ropa.xlsx"]) == 0
    assert "No changes" in capsys.readouterr().out


# ---- what strangers send


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"PK\x03\x04 and no more", "the workbook cannot be opened"),
        ("a.xlsx", b"Business function,Purpose of processing\n", "the workbook cannot be opened"),
        ("a.ods", b"", "the workbook cannot be opened"),
        ("a.xlsx", as_xlsx((("a", "b"),)), "no row holds the titles of the columns"),
        ("a.csv", b"\xff\xfea\x00", "the file is not UTF-8"),
        ("a.csv", b"name,mail\nAnn,a@b.example\n", "no row holds the titles of the columns"),
        ("a.csv", b'"' + b"x" * 200_000, "the file is no CSV"),
        ("a.csv", b"a,b\n" * 30_000, "at most 20,000 rows of 200 columns are read"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_one_clear_finding(
    kept: Path, name: str, content: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept / name).write_bytes(content)
    assert run(["check", name, *DAY, "--format", "concise", "--quiet"]) == 1
    out, err = capsys.readouterr()
    [line] = out.splitlines()
    assert line.startswith(f"{name}:1:1: error[syntax] {message}")
    assert err == ""


def test_a_link_out_of_the_project_is_not_followed(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "ropa.csv"
    elsewhere.write_bytes(as_csv(ROWS))
    (kept / "linked.csv").symlink_to(elsewhere)
    report = check(["linked.csv"], CheckOptions(as_of=date(2026, 11, 22), jobs=1))
    assert [one.message for one in report.findings] == ["this link leads out of the project, and is not followed"]


def test_what_a_cell_and_its_sheet_hold_cannot_steer_a_terminal(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (*ROWS[:4], ("\u202e=cmd|' /C calc'!A0", "letting homes", "Tenants", "name", "", "", "", "", ""))
    (kept / "ropa.xlsx").write_bytes(as_xlsx(rows, title="S\u202e"))
    run(["check", "ropa.xlsx", *DAY])
    out = capsys.readouterr().out
    assert "\u202e" not in out
    assert "ropa.xlsx:S\\u202e!" in out


CELLS = st.one_of(st.text(max_size=6), st.text(st.sampled_from('a",;\n\r\t '), max_size=8))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.lists(st.lists(CELLS, max_size=4), max_size=5).map(lambda rows: as_csv_text(rows)),
        st.text(st.sampled_from('a",;\n\r\t'), max_size=30),
    )
)
def test_cells_are_parted_as_the_reader_of_csv_parts_them(text: str) -> None:
    text = text.replace("\0", "")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    known = {(r, c): cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell}
    places = {(row, column): text[start:end] for row, column, (start, end) in cells_of(text, ",")}
    assert {place for place in places if place in known} == set(known)
    for place, cell in known.items():
        assert places[place].replace('"', "") == cell.replace('"', "")


def as_csv_text(rows: list[list[str]]) -> str:
    return as_csv(tuple(tuple(cell.replace("\0", "") for cell in row) for row in rows)).decode("utf-8", "replace")


def test_a_sheet_takes_no_more_time_than_its_length(kept: Path) -> None:
    def seconds(count: int) -> float:
        row = ("Lettings %d", "letting homes", "Tenants", "name", "Marlow Ltd", "", "", "6 years", "Contract")
        rows = [(row[0] % number, *row[1:]) for number in range(count)]
        (kept / "ropa.csv").write_bytes(as_csv((*ROWS[:3], TITLES, *rows)))
        before = time.process_time()
        check(["ropa.csv"], CheckOptions(as_of=date(2026, 11, 22), jobs=1))
        return time.process_time() - before

    seconds(20)
    assert seconds(800) < 12 * max(seconds(200), 0.1)
