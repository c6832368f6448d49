"""What a reader has in mind at a sentence: what leads it in, what it stands under."""

from __future__ import annotations

import pytest

from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page
from gdprlint.prose.passages import Passage, passages_of
from gdprlint.prose.words import sentences_of, words_of

PAGE = """\
# Privacy

We are the river trust. We look after e.g. otters, Mr. Vole and No. 3 Quay.

## Who sees your data

We share it with:

- our printers, who:
  - post letters
- Vale Council

Nobody else sees it.

| Data | Kept for |
|---|---|
| Letters | 2 years |
"""


def passages(text: str, name: str = "notice.md") -> list[Passage]:
    page = read_page(name, text.encode(), Project())
    assert isinstance(page, Page)
    return passages_of(page)


def test_sentences_items_and_rows_are_passages() -> None:
    assert [(p.kind, p.text) for p in passages(PAGE)] == [
        ("heading", "Privacy"),
        ("paragraph", "We are the river trust"),
        ("paragraph", "We look after e.g. otters, Mr. Vole and No. 3 Quay"),
        ("heading", "Who sees your data"),
        ("paragraph", "We share it with"),
        ("item", "We share it with our printers, who"),
        ("item", "We share it with our printers, who post letters"),
        ("item", "We share it with Vale Council"),
        ("paragraph", "Nobody else sees it"),
        ("row", "Data Kept for"),
        ("row", "Letters 2 years"),
    ]


def test_a_passage_knows_the_headings_above_it_the_nearest_first() -> None:
    item = next(p for p in passages(PAGE) if p.text.endswith("Vale Council"))
    assert [heading.text for heading in item.headings] == ["Who sees your data", "Privacy"]


def test_the_place_of_an_item_is_its_own_line_and_not_that_of_its_lead_in() -> None:
    item = next(p for p in passages(PAGE) if p.text.endswith("Vale Council"))
    block, start, end = item.place(0, len(item.words))
    assert (block.text[start:end], item.said(item.own, len(item.words))) == ("Vale Council", "Vale Council")


def test_the_cells_of_a_row_are_read_with_the_heads_of_their_columns() -> None:
    row = passages(PAGE)[-1]
    assert [word.text for word in row.words] == ["data", "letters", "kept", "for", "2", "years"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("See art. 6 and s. 19 of the Act, i.e. the law.", 1),
        ("Write to Dr. Vole. He answers.", 2),
        ("Send it to a@b.uk. Thank you.", 2),
        ("We keep 1.5 years of it. Then we do not.", 2),
        ("", 0),
    ],
)
def test_where_a_sentence_ends(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't; we'll, they’re", "do not we will they are"),
        ("people's data & your e-mail", "people data and your e mail"),
        ("Article 6(1)(e), 6(1) (f)", "article 6(1)(e) 6(1) f"),
        ("a.b@c.org.uk, https://x.org/y. {name}", "a.b@c.org.uk https://x.org/y {name}"),
    ],
)
def test_words_are_folded(text: str, words: str) -> None:
    assert " ".join(word.text for word in words_of(text)) == words


def test_a_sentence_without_end_is_read_in_its_first_words_only() -> None:
    long = passages("word " * 100_000)
    assert len(long) == 1
    assert len(long[0].words) == 250


@pytest.mark.parametrize("first", ["How long do we keep it?", "**How long do we keep it?**", "STORAGE."])
def test_a_question_or_a_word_in_capitals_heads_the_rest_of_its_paragraph(first: str) -> None:
    asked, answer = passages(f"{first} Two years. We are careful.")[:2]
    assert asked.headings == ()
    assert answer.headings == (asked,)


def test_a_sentence_does_not_head_what_follows_it() -> None:
    assert passages("We keep it. Two years.")[1].headings == ()


@pytest.mark.parametrize(
    "page",
    [
        "- **Storage period** – two years",
        "Storage period: two years",
        "| Storage period | two years |\n|---|---|\n| Storage period | two years |",
        "Storage period:\n\n- two years",
        "<dl><dt>Storage period</dt><dd>two years</dd></dl>",
        "<dl><dt>Storage period</dt><dd><ul><li>two years</li></ul></dd></dl>",
    ],
)
def test_few_words_before_a_colon_a_dash_or_in_a_cell_are_the_title_of_what_follows_them(page: str) -> None:
    title = passages(page)[-1].title
    assert title is not None
    assert title.text == "Storage period"


@pytest.mark.parametrize("page", ["We keep it: two years.", "How we, and others, who are many, keep it: two years."])
def test_a_sentence_is_no_title(page: str) -> None:
    assert passages(page)[0].title is None


def test_a_passage_is_read_under_its_title_and_the_two_nearest_headings() -> None:
    [*_, last] = passages("# Notice\n\n## Data\n\n### Files\n\nStorage: two years")
    assert [above.text for above in last.above] == ["Storage", "Files", "Data"]
    assert sorted(last.begins) == [0, 1]


def test_strings_of_an_interface_end_the_sentence_of_a_colon() -> None:
    strings = (
        "ask: 'Tell us if we are to:'",
        "one: correct it",
        "two: delete it",
        "other: Nobody sees it.",
        "last: and so on",
    )
    text = "en:\n" + "".join(f"  {string}\n" for string in strings)
    assert [p.text for p in passages(text, "notice.en.yml")] == [
        "Tell us if we are to",
        "Tell us if we are to correct it",
        "Tell us if we are to delete it",
        "Nobody sees it",
        "and so on",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notice.md", "- [Transfers abroad](#transfers)\n- [See our shop](/shop)\n"),
        ("notice.html", '<ul><li><a href="#t">Transfers abroad</a></li><li><a href="/shop">See our shop</a></li></ul>'),
    ],
)
def test_a_table_of_contents_says_nothing(name: str, text: str) -> None:
    assert [passage.text for passage in passages(text, name)] == ["See our shop"]


def test_a_link_to_another_place_of_the_page_is_read_in_its_sentence() -> None:
    (passage,) = passages("We tell you of [transfers abroad](#transfers) below.")

    assert passage.text == "We tell you of transfers abroad below"
