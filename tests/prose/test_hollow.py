"""A heading with nothing below it but a promise of text tells nothing."""

from __future__ import annotations

import pytest

from gdprlint.notices.page import Block, Page
from gdprlint.prose.hollow import without_hollow
from gdprlint.prose.passages import passages_of
from gdprlint.text import Source


def said(*blocks: tuple[str, str]) -> list[str]:
    """The passages that are left of a page of headings (`#`) and paragraphs."""
    page = Page(
        Source("page", ""),
        tuple(Block("heading" if kind == "#" else "paragraph", int(kind == "#"), text, ()) for kind, text in blocks),
    )
    return [passage.text for passage in without_hollow(passages_of(page))]


@pytest.mark.parametrize(
    "text",
    ["To be confirmed.", "This section is under review.", "TBC", "Text to follow.", "Coming soon!", "Wording awaited"],
)
def test_a_heading_over_an_empty_place_says_nothing(text: str) -> None:
    assert said(("#", "Your rights"), ("", text), ("#", "Contact"), ("", "Ring us.")) == ["Contact", "Ring us"]


@pytest.mark.parametrize(
    "text",
    [
        "You may ask for a copy.",
        "The date is to be confirmed, but you may ask for a copy of all that we hold at any time.",
        "We keep it under lock and key.",
    ],
)
def test_a_heading_over_words_is_read(text: str) -> None:
    assert said(("#", "Your rights"), ("", text))[0] == "Your rights"


def test_a_heading_with_nothing_below_it_names_what_it_names() -> None:
    assert said(("#", "Right of access"), ("#", "Right to object"), ("", "Write to us.")) == [
        "Right of access",
        "Right to object",
        "Write to us",
    ]
