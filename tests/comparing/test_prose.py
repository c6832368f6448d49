"""A record and the pages of its notices: what `check` tells where they part, and its silence where they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.comparing.compare import compare_paths
from gdprlint.comparing.within import CODE, RULES
from gdprlint.diagnostics import Diagnostic
from gdprlint.engine import CheckOptions, check
from gdprlint.rules.packs import load

DRIFT = {CODE, *(code for codes in RULES.values() for code in codes)}
RECORD = """use core, uk-gdpr
record studies of harbour on 2026-01-10 under uk-gdpr 30(1)
notice river-notice "notices/river.md" of river-study by harbour
notice walk-notice "notices/walk.html" of river-walk, river-prize by harbour

organisation harbour "Harbour Institute" is research organisation in GB {
  dpo     email "dpo@harbour.example"
}
organisation quill "Quill Transcripts" also "Quill" is transcription service in GB
organisation northbank "Northbank Hosting Ltd" is hosting provider in GB
organisation larch "Larch Cloud" is hosting provider in US
organisation tidal "Tidal Data Partners" is company in GB
organisation information-commission "Information Commission" is regulator in GB

people members "People who live by the river" are adult
data contacts of members is name, email address
data answers of members is survey answers
data tapes of members is audio recording

activity river-study "Living by the river" {
  controller    harbour
  purpose       social research
  lawful basis  public task under "Harbour Institute Act 1998"
  collects      contacts, answers, tapes from members
  collects      contacts from tidal
  processor     quill, northbank, larch
  keeps         contacts for 24 months after "the end of the study"
  keeps         answers for 10 years
  keeps         tapes for 6 months
  transfers     contacts to larch in US under idta
  rights        access, rectification, erasure, restriction, objection
  complaints    to harbour, information-commission
}
activity river-walk "Walking the river" {
  controller    harbour
  purpose       service improvement
  lawful basis  consent
  collects      contacts from members
  processor     northbank
  keeps         contacts for 2 years
  transfers     none
  rights        access, rectification, erasure, restriction, portability
  withdrawal    at any time
  complaints    to harbour, information-commission
}
activity river-prize "Prizes on the walk" {
  controller    harbour
  purpose       incentive payment
  lawful basis  consent
  collects      contacts from members
  keeps         contacts for 3 months
}
"""
RIVER = """# Privacy notice: Living by the river

Last updated: 1 February 2026

Harbour Institute is the controller of your personal data.
Write to our data protection officer at dpo@harbour.example.

## What we collect and why

We collect your name, your email address, your answers to our survey and an audio recording of the interview.
We use your personal data for social research.
Our lawful basis is public task (Article 6(1)(e) of the UK GDPR), under the Harbour Institute Act 1998.
We obtain your contact details from Tidal Data Partners.

## Who gets your data

We share your data with Quill Transcripts.
We share your data with Northbank Hosting Ltd.
We share your data with Larch Cloud.
We transfer your data to the United States under the International Data Transfer Agreement.

## How long we keep data

We keep your contact details for 2 years after the end of the study.
We keep your answers for 10 years.

## Your rights

You have a right to access your data.
You have a right to have your data corrected.
You have a right to have your data erased.
You have a right to restrict how we use your data.
You have a right to object to how we use your data.
You can complain to us, or to the Information Commission.
"""
WALK = """<!doctype html>
<html><head><title>Privacy notice: walking the river</title></head><body>
<h1>Privacy notice: walking the river</h1>
<p>Last updated: 1 March 2026</p>
<p>Harbour Institute is the controller of your personal data. Our data protection officer can be reached at
<a href="mailto:dpo@harbour.example">dpo@harbour.example</a>.</p>
<h2>What we use</h2>
<p>We collect your name and email address. We use your data to improve our services and for prizes.
Our lawful basis is your consent. You may withdraw consent at any time.</p>
<h2>Who gets your data</h2>
<p>We share your data with <b>Northbank</b> Hosting. We do not transfer your data outside the UK.</p>
<h2>How long we keep data</h2>
<p>We keep your name and email address for two years.</p>
<h2>Your rights</h2>
<ul><li>You have a right to access your data.</li><li>You have a right to have your data corrected.</li>
<li>You have a right to have your data erased.</li>
<li>You have a right to restrict how we use your data.</li>
<li>You have a right to data portability.</li></ul>
<p>You can complain to us, or to the Information Commission.</p>
</body></html>
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gdprlint.toml").touch()
    Path("notices").mkdir()


def checked(*paths: str, record: str = RECORD, river: str = RIVER, walk: str = WALK) -> list[Diagnostic]:
    """All findings of the project."""
    for path, text in (("record.gdpr", record), ("notices/river.md", river), ("notices/walk.html", walk)):
        Path(path).write_text(text, encoding="utf-8")
    report = check(paths or ("record.gdpr",), CheckOptions(as_of=date(2026, 11, 21)))
    assert report.problems == ()
    return list(report.findings)


def drift(found: list[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in found if finding.code in DRIFT]


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def at(finding: Diagnostic) -> dict[str, set[str]]:
    """The words at the places of a finding, by file."""
    found: dict[str, set[str]] = {}
    for span in (finding.span, *(label.span for label in finding.labels)):
        found.setdefault(span.path, set()).add(Path(span.path).read_text(encoding="utf-8")[span.start : span.end])
    return found


def test_a_record_and_its_notices_that_are_at_one_have_no_drift() -> None:
    assert drift(checked()) == []


# What is changed | in which file, from what to what | what the finding says | words at its places
VARIANTS = {
    "retention period": (
        RIVER, "your contact details for 2 years", "your contact details for 5 years",
        "the notice keeps data for 5 years after", "24 months", "5 years",
    ),
    "retention in html": (
        WALK, "for two years", "for four years", "the notice keeps data for 4 years", "2 years", "four years",
    ),
    "recipient left out": (
        RIVER, "We share your data with Quill Transcripts.\n", "",
        "`processor quill` is on record", "quill", "Living by the river",
    ),
    "recipient more": (
        RIVER, "We share your data with Larch Cloud.\n",
        "We share your data with Larch Cloud.\nWe share your data with Ferry Mailing Ltd.\n",
        "Ferry Mailing Ltd", "river-study", "Ferry Mailing Ltd",
    ),
    "transfer": (
        WALK, "We share your data with <b>Northbank</b> Hosting.", "We share your data with <b>Northbank</b> Hosting.",
        "sent abroad", "larch in US", "transfer your data",
    ),
    "basis": (
        RIVER,
        "Our lawful basis is public task (Article 6(1)(e) of the UK GDPR), under the Harbour Institute Act 1998.",
        "Our lawful basis is your consent.", "the notice names another basis", "public task", "consent",
    ),
    "purpose": (
        RECORD, "  purpose       social research", "  purpose       social research, direct marketing",
        "the notice names no such purpose", "direct marketing", "Living by the river",
    ),
    "right": (
        RIVER, "You have a right to object to how we use your data.\n", "",
        "right to object", "objection", "Living by the river",
    ),
    "dpo contact": (
        RIVER, "officer at dpo@harbour.example", "officer at officer@harbour.example",
        "officer@harbour.example", "dpo@harbour.example", "officer@harbour.example",
    ),
    "source": (
        RIVER, "We obtain your contact details from Tidal Data Partners.",
        "We obtain your contact details from Northbank Hosting Ltd.",
        "`collects from tidal` is on record", "tidal", "Living by the river",
    ),
    "older notice": (
        RECORD, "  keeps         answers for 10 years", "  keeps         answers for 12 years since 2026-06-01",
        "it holds since 2026-06-01, and the notice is of 2026-02-01", "12 years", "for 10 years",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_a_fact_that_was_changed_on_one_side_is_told_once_with_places_in_both(name: str) -> None:
    text, old, new, says, on_record, told = VARIANTS[name]
    files = {RECORD: "record", RIVER: "river", WALK: "walk"}
    record = RECORD
    if name == "transfer":
        record = changed(
            RECORD, "  transfers     none", "  processor     larch\n  transfers     contacts to larch in US under idta"
        ).replace("activity river-walk", "activity river-walk")
    changes = {"record": record} | {files[text]: changed(text, old, new)}
    found = drift(checked(**changes))
    about = [finding for finding in found if says in finding.message]

    assert len(about) == 1, [f"{finding.code} {finding.message}" for finding in found]
    page = "notices/walk.html" if text is WALK else "notices/river.md"
    places = at(about[0])
    assert set(places) == {"record.gdpr", page}
    assert any(on_record in words for words in places["record.gdpr"]), places
    assert any(told in words for words in places[page]), places
    assert "river-notice-" not in about[0].message
    assert "walk-notice-" not in about[0].message


def test_a_recipient_that_is_left_out_is_told_where_children_are_spoken_of_too() -> None:
    river = changed(
        RIVER, "We share your data with Quill Transcripts.\n", "We use the data of children aged 11 to 15.\n"
    )
    found = drift(checked(river=river))

    assert [finding.message for finding in found if "`processor quill` is on record" in finding.message]


REWORDED = {
    "months": (RIVER, "for 2 years after the end of the study", "for 24 months after the study has ended"),
    "order": (
        RIVER, "We share your data with Quill Transcripts.\nWe share your data with Northbank Hosting Ltd.\n",
        "We pass your data to Northbank Hosting Ltd. We pass your data to Quill, which types up interviews.\n",
    ),
    "country": (RIVER, "to the United States under", "to the USA under"),
    "basis": (RIVER, "public task (Article 6(1)(e) of the UK GDPR)", "that we carry out a task in the public interest"),
    "other words for data": (RIVER, "We keep your answers for 10 years.", "We keep what you tell us for ten years."),
}  # fmt: skip


@pytest.mark.parametrize("name", REWORDED)
def test_other_words_for_the_same_are_no_drift(name: str) -> None:
    text, old, new = REWORDED[name]

    assert [finding.message for finding in drift(checked(river=changed(text, old, new)))] == []


def test_what_is_found_in_a_page_is_shown_there_and_in_its_words() -> None:
    found = checked(river=changed(RIVER, "We use your personal data for social research.\n", "We sell your data.\n"))
    of_page = [finding for finding in found if finding.span.path == "notices/river.md"]

    assert of_page
    assert {finding.span.path for finding in found} <= {"record.gdpr", "notices/river.md", "notices/walk.html"}
    assert not [finding for finding in found if "-notice-" in finding.message or "#" in finding.span.path]
    assert '"Privacy notice: Living by the river" keeps "answers" for 10 years, and says not from when' in {
        finding.message for finding in of_page
    }


def test_a_notice_that_is_asked_for_alone_is_judged_in_the_register_that_names_it() -> None:
    river = changed(RIVER, "your contact details for 2 years", "your contact details for 5 years")
    found = checked("notices/river.md", river=river)

    assert [finding.message[:60] for finding in drift(found) if "notice keeps data for 5 years" in finding.message]
    for finding in found:
        assert "notices/river.md" in at(finding), finding.message


def test_a_notice_that_no_record_names_is_judged_by_itself() -> None:
    record = RECORD.replace('"notices/walk.html"', '"Our notice for walkers"')
    found = checked("notices/walk.html", record=record)

    assert {finding.span.path for finding in found} == {"notices/walk.html"}
    assert not [finding for finding in drift(found) if finding.code == CODE]


def test_a_record_and_its_notice_that_are_both_asked_for_are_told_once() -> None:
    together = checked("record.gdpr", "notices/river.md", "notices/walk.html")

    assert together == checked("record.gdpr")


REFUSED = {
    "not there": ("notices/sea.md", "there is no file"),
    "outside": ("../sea.md", "lies outside the project"),
    "no notice": ("notices/no.md", "is not read as a notice"),
    "no document": ("notices/no.docx", "is not read as a notice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_is_not_read_is_told_once_where_it_is_named(name: str) -> None:
    path, says = REFUSED[name]
    Path("notices/no.md").write_text("# The pier\n\nIt opens at nine.\n", encoding="utf-8")
    Path("notices/no.docx").write_bytes(b"no document at all")
    found = checked(record=RECORD.replace("notices/river.md", path))
    (told,) = [finding for finding in found if finding.code == "REC008"]

    assert says in told.message
    assert at(told) == {"record.gdpr": {"river-notice"}}
    assert not [finding for finding in found if "river-study" in finding.activity and finding.code == CODE]


def test_a_notice_that_was_read_by_hand_is_not_read_a_second_time() -> None:
    record = RECORD.replace(
        'of river-study by harbour\n',
        'of river-study by harbour {\n  activity told {\n    purpose       social research\n  }\n}\n',
    )  # fmt: skip
    found = checked(record=record, river=changed(RIVER, "for 10 years", "for 11 years"))

    assert not [finding for finding in found if "11 years" in finding.message]
    assert not [finding for finding in found if finding.span.path == "notices/river.md"]


def test_what_stands_in_the_page_in_so_many_words_is_not_missing_in_it() -> None:
    river = changed(
        RIVER, "We share your data with Quill Transcripts.\n", "Interviews are typed up at Quill Transcripts.\n"
    )  # fmt: skip

    assert drift(checked(river=river)) == []


def test_margins_and_pages_go_together() -> None:
    record = changed(
        RECORD, "  keeps         answers for 10 years\n",
        '  keeps         answers for 10 years [river-notice 25 "10 years"]\n',
    )  # fmt: skip
    found = checked(record=record)

    assert not [finding for finding in found if finding.code in ("REC006", "REC007")]
    assert drift(found) == []


def test_two_versions_of_a_notice_in_prose_are_compared() -> None:
    old, new = Path("old.md"), Path("new.md")
    old.write_text(RIVER, encoding="utf-8")
    new.write_text(changed(RIVER, "your answers for 10 years", "your answers for 12 years"), encoding="utf-8")
    (change,) = compare_paths("old.md", "new.md", load()).changes

    assert (change.kind, change.topic) == ("changed", "retention")
    assert change.old is not None
    assert change.new is not None
    assert "10 years" in RIVER[change.old.start : change.old.end]
    assert "12 years" in new.read_text(encoding="utf-8")[change.new.start : change.new.end]
    assert compare_paths("old.md", "old.md", load()).changes == ()


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_notice_that_is_written_from_a_record_parts_from_it_nowhere(form: str) -> None:
    study = Path(__file__).parents[2] / "examples" / "example-study" / "record.gdpr"
    header = f'notice page "notices/page.{form}" of coming-home-study by thornbeck on 2026-10-05\n\nrecord coming-home'
    Path("record.gdpr").write_text(changed(study.read_text(encoding="utf-8"), "\nrecord coming-home", f"\n{header}"))
    kind = "html" if form == "html" else "markdown"
    assert run(["write", "notice", "record.gdpr", "--format", kind, "--output", f"notices/page.{form}"]) == 0
    found = check(["record.gdpr"], CheckOptions(as_of=date(2026, 11, 21))).findings

    assert f"notices/page.{form}" in {finding.span.path for finding in found}
    assert [finding.message for finding in found if finding.code == CODE] == []
