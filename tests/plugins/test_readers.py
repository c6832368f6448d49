"""A plugin brings a format of files that hold records; they are judged, and findings stand in the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugins.conftest import Done, Install

Run = Callable[..., Done]

STUDIES = """
import csv, io

def read(name, content):
    text = content.decode("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    if rows[0] != ["study", "collects", "from"]:
        return None
    lines, unread = [Line('organisation acme "Acme" is company in GB')], []
    for number, (study, data, people) in enumerate(rows[1:], 2):
        if not data:
            unread.append(Unread(number, "no data are named", "write what is asked for", study))
            continue
        lines.append(Line(f'activity s{number} "{study}" {{', number, study))
        lines.append(Line("  controller acme"))
        lines.append(Line(f"  collects {data} from {people}", number, data))
        lines.append(Line("}"))
    return FileRead(lines, unread)

@hookimpl
def gdprlint_readers():
    return [Reader("studies", [".studies.csv"], read, says="our table of studies")]
"""
TABLE = "study,collects,from\nAge and work,names,participants\nIncome,no-such-data,participants\nHousing,,tenants\n"
CHECK = ("check", "--format", "concise", "--select", "core")


def findings(done: Done) -> list[str]:
    return [line for line in done.out.splitlines() if ": error[" in line]


@pytest.fixture
def table(work: Path) -> Path:
    file = work / "open.studies.csv"
    file.write_text(TABLE)
    return file


def test_a_file_that_is_named_is_judged_and_findings_point_into_it(
    install: Install, gdprlint: Run, table: Path
) -> None:
    install("acme_tools", STUDIES)

    done = gdprlint(*CHECK, "open.studies.csv")

    assert "open.studies.csv:3:8: error[REC001] `no-such-data`" in done.out
    assert "open.studies.csv:4:1: error[syntax] no data are named" in done.out
    assert done.code == 1


def test_a_file_that_stands_in_a_register_is_part_of_it(install: Install, gdprlint: Run, work: Path) -> None:
    install("acme_tools", STUDIES)
    (work / "deep").mkdir()
    (work / "deep" / "a.studies.csv").write_text(TABLE)
    (work / "people.gdpr").write_text('people participants "Participants"\ndata names "Names" is contact details\n')

    found = findings(gdprlint(*CHECK))

    assert any(line.startswith("deep/a.studies.csv:3:8: error[REC001] `no-such-data`") for line in found)
    assert not any("`participants`" in line or "`names`" in line for line in found)


def test_without_the_plugin_nothing_is_different(gdprlint: Run, work: Path, table: Path) -> None:
    (work / "people.gdpr").write_text('people participants "Participants"\n')

    assert "open.studies.csv" not in gdprlint(*CHECK).out


def test_the_source_is_shown_as_its_author_sees_it(install: Install, gdprlint: Run, table: Path) -> None:
    install("acme_tools", STUDIES)

    assert "3 | Income,no-such-data,participants" in gdprlint("check", "--select", "core", table.name).out


def test_a_file_of_another_kind_is_left_alone_and_told_where_it_is_named(
    install: Install, gdprlint: Run, work: Path, table: Path
) -> None:
    install("acme_tools", STUDIES)
    (work / "other.studies.csv").write_text("a,b\n1,2\n")

    assert "other.studies.csv" not in gdprlint(*CHECK).out
    named = gdprlint(*CHECK, "other.studies.csv")
    assert "other.studies.csv:1:1: error[syntax] it is not of the kind that the reader `studies`" in named.out


def test_a_reader_that_breaks_costs_its_file_alone(install: Install, gdprlint: Run, work: Path, table: Path) -> None:
    install("acme_tools", STUDIES)
    (work / "broken.studies.csv").write_bytes(b"\xff\xfe")

    done = gdprlint(*CHECK)

    assert done.code == 2
    assert "plugin acme_tools: its reader studies broke on broken.studies.csv: UnicodeDecodeError" in done.out
    assert "open.studies.csv:3:8: error[REC001] `no-such-data`" in done.out


@pytest.mark.parametrize(
    ("given", "told"),
    [("[Line('x')]", "it gave list, not FileRead"), ("FileRead(['x'])", "what is read of a file is made of Line")],
)
def test_what_a_reader_gives_is_looked_at(install: Install, gdprlint: Run, table: Path, given: str, told: str) -> None:
    install("acme_tools", STUDIES.replace("FileRead(lines, unread)", given))

    done = gdprlint(*CHECK)

    assert done.code == 2
    assert told in done.out + done.err


def test_a_workbook_is_shown_row_by_row(install: Install, gdprlint: Run, work: Path) -> None:
    install(
        "acme_tools",
        "def read(name, content):\n"
        "    rows = content.decode('utf-16').split('|')\n"
        "    lines = [Line(row, n) for n, row in enumerate(rows, 1)]\n"
        "    return FileRead(lines, shown='\\n'.join(rows))\n"
        "@hookimpl\ndef gdprlint_readers():\n    return [Reader('book', '.book', read)]\n",
    )
    (work / "a.book").write_bytes(
        'organisation acme "Acme" is company in GB|activity a {|  controller nobody|}'.encode("utf-16")
    )

    assert "a.book:3:14: error[REC001] `nobody`" in gdprlint(*CHECK).out


def test_two_readers_for_one_ending_are_told(install: Install, gdprlint: Run, table: Path) -> None:
    install("acme_tools", STUDIES)
    install("other_tools", STUDIES.replace('"studies"', '"studies-too"'))
    install("page_tools", STUDIES.replace('"studies"', '"pages"').replace(".studies.csv", ".md"))

    done = gdprlint(*CHECK)

    assert done.code == 2
    assert "plugin other_tools: its reader studies-too does not read .studies.csv: plugin acme_tools does" in done.out
    assert "plugin page_tools: its reader pages does not read .md: gdprlint itself does" in done.out


def test_read_show_and_compare_take_such_a_file_too(install: Install, gdprlint: Run, work: Path, table: Path) -> None:
    install("acme_tools", STUDIES)
    (work / "newer.studies.csv").write_text(TABLE.replace("no-such-data", "names"))

    read = gdprlint("read", table.name)
    assert 'activity s2 "Age and work" {' in read.out
    assert "open.studies.csv:4: no data are named (write what is asked for)" in read.err
    assert read.code == 1
    assert '"Age and work"' in gdprlint("show", table.name).out
    compared = gdprlint("compare", table.name, "newer.studies.csv")
    assert "newer.studies.csv:3:8" in compared.out


def test_what_is_remembered_of_a_check_knows_the_file_and_the_plugin(
    install: Install, gdprlint: Run, work: Path, tmp_path: Path, table: Path
) -> None:
    install("acme_tools", STUDIES)
    first = gdprlint(*CHECK)
    assert gdprlint(*CHECK) == first

    table.write_text(TABLE.replace("no-such-data", "nothing-known"))
    assert "`nothing-known`" in gdprlint(*CHECK).out


def test_other_files_that_end_so_keep_no_notice_from_being_judged(install: Install, gdprlint: Run, work: Path) -> None:
    install("acme_tools", STUDIES.replace(".studies.csv", ".csv"))
    (work / "gdprlint.toml").unlink()
    (work / "numbers.csv").write_text("a,b\n1,2\n")
    (work / "privacy.md").write_text("# Privacy notice\n\nWe collect your email address to send you news.\n")

    assert "privacy.md" in gdprlint("check", "--format", "concise").out


def test_an_exception_in_such_a_file_is_told_to_take_nothing_out(install: Install, gdprlint: Run, work: Path) -> None:
    install("acme_tools", STUDIES)
    for row, told in (
        ("# allow REC001: the board agreed,names,participants", True),
        ("Age <!-- allow name-not-declared: the board agreed -->,names,participants", True),
        ("We # allow people: to ask us,names,participants", False),
        ("# allow no-such-rule: the board agreed,names,participants", False),
    ):
        (work / "open.studies.csv").write_text(f"{TABLE}{row}\n")
        done = gdprlint(*CHECK, "open.studies.csv")

        assert "open.studies.csv:3:8: error[REC001] `no-such-data`" in done.out
        assert (
            "open.studies.csv:5:" in done.out and "error[REC012] an exception is not looked for" in done.out
        ) is told


def test_an_exception_of_such_a_file_stands_in_the_configuration(install: Install, gdprlint: Run, work: Path) -> None:
    install("acme_tools", STUDIES)
    (work / "open.studies.csv").write_text(TABLE)
    allow = '[[allow]]\npath = "open.studies.csv"\nrule = "REC001"\nreason = "the board agreed"\n'
    (work / "gdprlint.toml").write_text(allow)
    done = gdprlint(*CHECK, ".")

    assert "REC001" not in done.out
    assert "accepted" in done.out
