"""Pages that are judged by themselves: what kind of page each is, its own words tell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gdprlint.engine import WrongUse
from tests.engine.conftest import Judge

NOTICE = """\
# Privacy notice

Vale Trust is the data controller. We use your name and email address to send you our newsletter.
We rely on your consent.
We keep your data for two years. You have the right to access your data. Write to quay@vale.example.
"""
TERMS = "# Terms of use\n\nYou must be over 18. You agree to pay for what you buy.\n"
PART = "# How we link records\n\nThis page is part of our privacy notice. We link your answers to school records.\n"


def told(judge: Judge, text: str) -> list[tuple[str, str]]:
    report = judge({"page.md": text}, "page.md")
    return [(finding.code, finding.message) for finding in report.findings]


def test_a_page_that_is_no_notice_is_said_to_be_none_and_is_not_judged(judge: Judge) -> None:
    message = 'the page does not read as a privacy notice, and is not judged as one: "Terms of use"'
    assert told(judge, TERMS) == [("REC011", message)]


def test_what_a_part_of_a_notice_leaves_out_is_not_reported(judge: Judge) -> None:
    [(code, message)] = told(judge, PART)
    assert code == "REC011"
    assert message.startswith("the page reads as a part of a notice, so what it leaves out is not reported")


def test_a_whole_notice_is_judged_without_a_word_on_what_it_is(judge: Judge) -> None:
    codes = [code for code, _ in told(judge, NOTICE)]
    assert "UK1324" in codes
    assert "REC011" not in codes


def test_in_a_folder_that_was_named_only_notices_are_looked_at(judge: Judge) -> None:
    report = judge({"site/terms.md": TERMS, "site/privacy.md": NOTICE}, "site")
    assert {finding.span.path for finding in report.findings} == {"site/privacy.md"}
    assert report.judged.files == 1


def test_a_folder_in_which_no_page_is_a_notice_is_wrong_use(judge: Judge) -> None:
    with pytest.raises(WrongUse, match=r"no \.gdpr file and no notice in `site`"):
        judge({"site/terms.md": TERMS}, "site")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_page_that_is_a_pipe_or_a_link_out_of_the_project_is_not_read(judge: Judge, project: Path) -> None:
    os.mkfifo(project / "pipe.md")
    outside = project.parent / f"{project.name}-outside.md"
    outside.write_text("# Privacy notice\n\nWe collect your name.\n", "utf-8")
    (project / "link.md").symlink_to(outside)

    for name in ("pipe.md", "link.md"):
        (finding,) = judge({}, name).findings
        assert (finding.name, finding.span.path) == ("file-not-read", name)


def test_notices_with_one_name_have_findings_of_their_own(judge: Judge) -> None:
    page = "# Privacy notice\n\nHarbour Ltd is the data controller. We collect your name to send you letters.\n"
    report = judge({"one/notice.md": page, "two/notice.md": page}, "one", "two")
    marks = [finding.fingerprint for finding in report.findings]

    assert marks
    assert len(set(marks)) == len(marks)


JOINED = """\
# Privacy notice

Vale Trust is the data controller. We use your name, photographs and email address to send you our newsletter.
We rely on your consent. Our staff wear no body cameras, and nobody records what you say.
You have the right to access your data. Write to quay@vale.example.

## How long

    Recordings ...... when the transcript has been agreed
    Contacts ........ six months after publication
    Transcripts ..... after five years we look at them again
"""


def test_what_a_page_says_of_some_data_is_not_held_against_what_it_says_of_others(judge: Judge) -> None:
    found = {code for code, _ in told(judge, JOINED)}
    assert found.isdisjoint({"REC102", "REC151", "UK505"})


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("We may transfer your data to Japan.", {"UK1203"}),
        ("We look after your data when we send them abroad.", set()),
    ],
)
def test_what_is_told_in_part_is_not_taken_for_what_only_may_be(judge: Judge, said: str, codes: set[str]) -> None:
    found = {code for code, _ in told(judge, f"{NOTICE}\n{said}\n")}
    assert found & {"UK1203"} == codes
