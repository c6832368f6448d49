"""What lawful bases and special category data make due in a notice, and what several statements of them amount to."""

from __future__ import annotations

import pytest

from gdprlint.notices.page import Block, Page
from gdprlint.prose.reading import Reading, read_page
from gdprlint.rules import packs
from gdprlint.text import Source


def reading(*sentences: str) -> Reading:
    """The reading of a privacy notice that says this, a paragraph each."""
    said = ("Privacy notice", "We collect your name and use it to run the library.", *sentences)
    blocks = [
        Block("paragraph" if number else "heading", 0 if number else 1, text, ((0, 0),))
        for number, text in enumerate(said)
    ]
    return read_page(Page(Source("notice.md", "\n".join(said)), tuple(blocks)), packs.load().ear)


def status(key: str, *sentences: str) -> str:
    return reading(*sentences).items[key].status


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We rely on our legitimate interests in keeping the books safe.", "stated"),
        ("We rely on our legitimate interests.", "absent"),
        ("You can object where we rely on our legitimate interests.", "not-applicable"),
    ],
)
def test_an_interest_is_asked_for_where_one_is_claimed(sentence: str, expected: str) -> None:
    assert status("legitimate-interests-described", sentence) == expected


def test_each_row_that_claims_an_interest_needs_one() -> None:
    def rows(*bases: str) -> str:
        blocks = [Block("heading", 1, "Privacy notice", ((0, 0),))] + [
            Block("cell", 0, basis, ((0, 0),), column="Lawful basis", row=row) for row, basis in enumerate(bases, 1)
        ]
        found = read_page(Page(Source("notice.md", ""), tuple(blocks)), packs.load().ear)
        return found.items["legitimate-interests-described"].status

    assert rows("Legitimate interests: running the club", "Contract") == "stated"
    assert rows("Legitimate interests: running the club", "Legitimate interests") == "partial"
    assert rows("Legitimate interests", "Contract") == "absent"


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("We rely on public task.",), "absent"),
        (("We rely on public task.", "We act under the Public Libraries and Museums Act 1964."), "stated"),
        (("We rely on public task.", "The Data Protection Act 2018 applies."), "absent"),
        (("We rely on your consent.", "We act under the Public Libraries and Museums Act 1964."), "not-applicable"),
        (("We share nothing unless the law requires it.",), "not-applicable"),
    ],
)
def test_the_law_behind_a_task_is_asked_for_where_a_task_is_claimed(sentences: tuple[str, ...], expected: str) -> None:
    assert status("public-task-law", *sentences) == expected


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("We hold information about your health.",), "absent"),
        (("We hold information about your health.", "We do this with your explicit consent."), "stated"),
        (("We send letters with your explicit consent.",), "not-applicable"),
        (("We do not collect information about health, religion or beliefs.",), "not-applicable"),
    ],
)
def test_a_condition_is_asked_for_where_special_category_data_are_used(
    sentences: tuple[str, ...], expected: str
) -> None:
    assert status("article-9-condition", *sentences) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We use health data under Article 9(2)(g).", "absent"),
        ("We use health data under Article 9(2)(g) and paragraph 18 of Schedule 1.", "stated"),
        ("We use health data under Article 9(2)(g) and a condition in Schedule 1.", "partial"),
        ("We use health data under Article 9(2)(g) and (j), and paragraph 18 of Schedule 1.", "partial"),
        ("We use health data under Article 9(2)(a).", "not-applicable"),
    ],
)
def test_each_condition_of_article_9_may_need_one_of_schedule_1(sentence: str, expected: str) -> None:
    assert status("schedule-1-condition", sentence) == expected


def test_explicit_consent_is_no_condition_where_no_special_category_data_are_used() -> None:
    assert reading("We send letters with your explicit consent.").facts["article_9"] == []
    assert reading("We ask about your religion with your explicit consent.").facts["article_9"] == ["9(2)(a)"]


def test_a_part_of_schedule_1_is_no_value_beside_a_paragraph_of_it() -> None:
    facts = reading("We use health data under Part 2 of Schedule 1, paragraph 18.").facts
    assert facts["schedule_1"] == ["18"]
