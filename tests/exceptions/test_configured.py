"""Exceptions in the configuration: for PDF, docx and plain text, which have no comments."""

from __future__ import annotations

import json
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest

from gdprlint.exceptions.configured import entries
from gdprlint.exceptions.found import Found
from gdprlint.exceptions.grammar import Fault, Said
from gdprlint.text import Source
from tests.notices.binary import docx, pdf

from .conftest import COLLECTS, NO_CONDITION, RECORD, Judge, codes, suppressed, told


def read(text: str, folder: Path) -> list[Found]:
    return [*entries(tomllib.loads(text)["allow"], Source("gdprlint.toml", text), folder)]


NOTICE = """\
Privacy notice

Vale Trust is the data controller. We use your name and email address to send you our newsletter.
We rely on your consent.
We keep your data for two years. You have the right to access your data. Write to quay@vale.example.
"""
TABLE = """\
[[allow]]
path = "notices/a.txt"
rule = "UK1318"
reason = "the leaflet says it"
by = "Jo Smith"
until = 2027-03-31
"""


def test_an_entry_accepts_the_findings_of_a_rule_in_a_file(judge: Judge) -> None:
    files = {"gdprlint.toml": TABLE, "notices/a.txt": NOTICE}
    report = judge(files, "notices/a.txt")

    (one,) = report.suppressed
    assert (one.kind, one.finding.code, one.justification, one.owner, one.until) == (
        "configuration",
        "UK1318",
        "the leaflet says it",
        "Jo Smith",
        "2027-03-31",
    )
    assert one.span is not None
    assert report.sources["gdprlint.toml"].slice(one.span) == "[[allow]]"
    assert told(report) == []


def test_it_stands_in_pyproject_toml_as_well(judge: Judge) -> None:
    text = '[project]\nname = "allow"\n[tool.gdprlint]\n' + TABLE.replace("[[allow]]", "[[tool.gdprlint.allow]]")
    report = judge({"pyproject.toml": text, "notices/a.txt": NOTICE}, "notices/a.txt")

    assert suppressed(report) == ["UK1318"]
    assert report.suppressed[0].span is not None
    assert report.sources["pyproject.toml"].slice(report.suppressed[0].span) == "[[tool.gdprlint.allow]]"


def test_a_fingerprint_narrows_it_to_one_finding(judge: Judge) -> None:
    files = {"gdprlint.toml": "", "a.gdpr": RECORD + COLLECTS.join(("activity b {\n", "}\n"))}
    plain = judge(files, select=(NO_CONDITION,))
    first, second = plain.findings
    table = '[[allow]]\npath = "a.gdpr"\nrule = "UK901"\nreason = "the board agreed"\n'

    assert suppressed(judge({"gdprlint.toml": table}, select=(NO_CONDITION,))) == [NO_CONDITION, NO_CONDITION]
    report = judge({"gdprlint.toml": f'{table}fingerprint = "{second.fingerprint}"\n'}, select=(NO_CONDITION,))
    assert report.findings == (first,)


def test_one_that_has_ended_or_covers_nothing_is_told_where_it_stands(judge: Judge) -> None:
    files = {"gdprlint.toml": TABLE, "notices/a.txt": NOTICE}
    ended = judge(files, "notices/a.txt", on=date(2027, 4, 1))
    unused = judge({"gdprlint.toml": TABLE.replace("UK1318", "UK1308")}, "notices/a.txt")

    assert "UK1318" in codes(ended)
    assert told(ended) == ["REC016: the exception of `UK1318` ended on 2027-03-31"]
    assert told(unused) == ["REC017: the exception of `UK1308` covers no finding"]
    assert {finding.span.path for finding in unused.findings if finding.code == "REC017"} == {"gdprlint.toml"}


def test_one_for_a_file_that_was_not_asked_for_is_not_looked_at_unless_the_file_is_gone(judge: Judge) -> None:
    files = {"gdprlint.toml": TABLE, "notices/a.txt": NOTICE, "a.gdpr": RECORD}

    assert told(judge(files, "a.gdpr")) == []
    gone = judge({"gdprlint.toml": TABLE.replace("a.txt", "b.txt")}, "a.gdpr")
    assert told(gone) == ["REC017: the exception of `UK1318` covers no finding"]


@pytest.mark.parametrize("path", ["notices", ".", "x" * 5_000, "x/" * 3_000, "no\nsuch", "\u202e"])
def test_one_for_what_is_no_file_is_told(judge: Judge, path: str) -> None:
    files = {"gdprlint.toml": TABLE.replace('"notices/a.txt"', json.dumps(path)), "notices/a.txt": NOTICE}
    report = judge(files, "notices/a.txt")

    assert suppressed(report) == []
    assert len(told(report)) == 1


@pytest.mark.parametrize(
    ("line", "code", "message", "place"),
    [
        ("rule = 3", "REC012", "an exception has a `path`, a `rule` and a `reason`", "[[allow]]"),
        ("rule = [3]", "REC012", "`rule` of an exception is words in quotes", "rule = [3]"),
        ("path = 3", "REC012", "an exception has a `path`, a `rule` and a `reason`", "[[allow]]"),
        (
            'path = "../a.txt"',
            "REC012",
            "the path of the exception leads to no file of this folder",
            'path = "../a.txt"',
        ),
        ('path = "/etc/passwd"', "REC012", "the path of the exception leads to no file", 'path = "/etc/passwd"'),
        (r'path = "a\u0000"', "REC012", "the path of the exception leads to no file", r'path = "a\u0000"'),
        ('reason = " "', "REC013", "the exception gives no reason", 'reason = " "'),
        ('reason = "TODO"', "REC013", "the exception gives no reason", 'reason = "TODO"'),
        ("reason = 1", "REC012", "`reason` of an exception is words in quotes", "reason = 1"),
        ("by = 1", "REC012", "`by` of an exception is words in quotes", "by = 1"),
        ('until = "31 March"', "REC015", "`31 March` is no date", 'until = "31 March"'),
        ("until = 2027-03-31T12:00:00", "REC015", "`2027-03-31 12:00:00` is no date", "until = 2027-03-31T12:00:00"),
        ("until = 1", "REC015", "`1` is no date", "until = 1"),
        ("fingerprint = 1", "REC012", "`fingerprint` of an exception is words in quotes", "fingerprint = 1"),
        ('resaon = "x"', "REC012", "an exception has no `resaon`", 'resaon = "x"'),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_at_its_line(
    tmp_path: Path, line: str, code: str, message: str, place: str
) -> None:
    key = line.partition(" ")[0]
    lines = [known for known in TABLE.splitlines() if not known.startswith(f"{key} ")]
    text = "\n".join(["# [[allow]]", *lines, line, ""])
    (found,) = read(text, tmp_path)

    assert isinstance(found.said, Fault)
    assert (found.said.code, text[found.said.start : found.said.end]) == (code, place)
    assert found.said.message.startswith(message)


def test_a_misspelt_key_gets_the_nearest_one_offered(tmp_path: Path) -> None:
    (found,) = read('[[allow]]\nresaon = "x"\n', tmp_path)

    assert isinstance(found.said, Fault)
    assert found.said.help == "did you mean `reason`?"


def test_what_is_no_list_of_tables_is_told(tmp_path: Path) -> None:
    for text in ('allow = "UK901"\n', "[allow]\npath = 1\n", "allow = [1]\n"):
        (found,) = read(text, tmp_path)
        assert isinstance(found.said, Fault)
        assert found.said.code == "REC012"


def test_tables_are_found_again_whatever_stands_around_them(tmp_path: Path) -> None:
    head = 'a = """\n[[allow]]\n"""\nb = "[[allow]]"\n  [[ allow ]]\n'
    text = f'{head}{TABLE.removeprefix("[[allow]]")}[other]\nreason = "x"\n{TABLE}'
    first, second = read(text, tmp_path)

    assert [text[found.place.start : found.place.end] for found in (first, second)] == ["[[ allow ]]", "[[allow]]"]
    assert isinstance(first.said, Said)
    assert first.said == second.said._replace(rules=first.said.rules) if isinstance(second.said, Said) else False


def test_many_tables_and_long_texts_are_read_in_linear_time(tmp_path: Path) -> None:
    start = time.process_time()
    assert len(read(TABLE * 2_000, tmp_path)) == 2_000
    assert len(read('a = "' + "[[allow]]" * 50_000 + f'"\n{TABLE}', tmp_path)) == 1

    assert time.process_time() - start < 20


def test_findings_in_pdf_and_word_are_accepted_there(judge: Judge) -> None:
    for name, content in (("a.pdf", pdf()), ("a.docx", docx())):
        files = {"gdprlint.toml": "", f"notices/{name}": content}
        (code, *_) = sorted(one.code for one in judge(files, f"notices/{name}").findings if one.code.startswith("UK"))
        table = TABLE.replace("a.txt", name).replace("UK1318", code)
        report = judge({"gdprlint.toml": table}, f"notices/{name}")

        assert set(suppressed(report)) == {code}
        assert code not in codes(report)
        assert told(report) == []
