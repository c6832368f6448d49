"""A notice that says only what may be: its draft says `possibly`; who is told when, or what one may do, is told."""

from __future__ import annotations

import pytest

from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page as page_of
from gdprlint.prose.draft import draft_of
from gdprlint.prose.reading import read_page
from gdprlint.rules import packs

ABOVE = "# Privacy notice\n\nWe, Harbour Institute, are the data controller of your personal data.\n\n"


def drafted(said: str, heading: str = "Your data") -> str:
    library = packs.load()
    page = page_of("notice.md", f"{ABOVE}## {heading}\n\n{said}\n".encode(), Project())
    assert isinstance(page, Page)
    return draft_of(read_page(page, library.ear), library.vocabulary, margins=False)[0]


@pytest.mark.parametrize(
    ("said", "heading", "clause"),
    [
        ("We may share your data with Quill Ltd.", "Sharing", "possibly discloses personal-data to quill-ltd"),
        ("Quill Ltd may be our processor.", "Sharing", "possibly processor quill-ltd"),
        ("We may use your data for market research.", "Why", "possibly purpose market"),
        ("We may keep your answers for 2 years.", "Keeping", "possibly keeps personal-data for 2 years"),
        ("We may transfer your data to Japan.", "Abroad", "possibly transfers personal-data in JP"),
        ("You may have the right to erasure.", "Your rights", "possibly rights erasure"),
        ("You may be able to complain to us.", "Complaints", "possibly complaints to harbour-institute"),
        ("As a thank-you, you may get a voucher.", "Thanks", "possibly incentive"),
        ("We may also use your data for another purpose: training.", "More", "possibly further use"),
    ],
)
def test_what_may_be_is_possible(said: str, heading: str, clause: str) -> None:
    assert f"  {clause}" in drafted(said, heading)


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("We share your data with Quill Ltd.", "discloses personal-data to quill-ltd"),
        ("If you agree, we may share your data with Quill Ltd.", "discloses personal-data to quill-ltd"),
        ("We may share your data with Quill Ltd where the law requires it.", "discloses personal-data to quill-ltd"),
        ("We share your data with Quill Ltd, whom you may ask.", "discloses personal-data to quill-ltd"),
    ],
)
def test_what_is_done_or_done_on_a_condition_is_not(said: str, clause: str) -> None:
    assert f"  {clause}" in drafted(said, "Sharing")


def test_whoever_is_sent_to_another_text_is_told_a_part() -> None:
    text = drafted("See our list of suppliers for transfers abroad.", "Abroad")

    assert "for transfers" in text
    assert "  transfers" not in text


def test_that_nothing_else_is_done_with_data_is_no_further_use() -> None:
    assert "never further use" in drafted("We do not use your data for any other purpose.", "Other uses")


def test_a_short_form_in_brackets_is_denied_with_its_long_form() -> None:
    assert "never uses artificial intelligence" in drafted("We do not use artificial intelligence (AI).", "Computers")
