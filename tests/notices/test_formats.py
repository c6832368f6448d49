"""One notice in every format: it always reads the same, and each phrase is found where it stands."""

from __future__ import annotations

import itertools
import re

import pytest

from gdprlint.notices.page import Block, Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page
from tests.notices.harbour import BLOCKS, LINKS, PAGES, PHRASES

AS_TEXT = [
    "harbour.txt",
    "harbour.md",
    "harbour.html",
    "harbour.html.erb",
    "harbour.html.haml",
    "harbour.njk",
    "harbour.django.html",
    "harbour.cshtml",
    "harbour.php",
    "harbour.tsx",
    "harbour.astro",
    "harbour.json",
    "harbour.en.yml",
]
LINKED = [name for name in AS_TEXT if name != "harbour.txt"]
BOLD = {"Our grounds in law": 6}
"""Headings that some formats write as a line in bold."""


def harbour(name: str) -> Page:
    page = read_page(name, (PAGES / name).read_bytes(), Project())
    assert isinstance(page, Page), page
    return page


def shape(block: Block) -> tuple[str, int, str]:
    return block.kind, 2 if block.text in BOLD and block.level == 6 else block.level, block.text


def places(page: Page, phrase: str) -> list[tuple[int, int]]:
    """Where the page says a phrase stands: line and column, for each block that has it."""
    found = []
    for block in page.blocks:
        at = block.text.find(phrase)
        if at >= 0:
            found.append(page.source.position(block.place(at, at + len(phrase))[0]))
    return found


def written(source: str, phrase: str) -> set[tuple[int, int]]:
    """Where a phrase stands in the file, markup and entities between its letters left out of account."""
    letters = [_spellings(letter) for letter in phrase if letter != " "]
    ends = {len(part) for part in itertools.accumulate(phrase.split())}
    between = [r"(?:\s|&nbsp;|</?\w+>|\*\*|__)+" if at in ends else r"(?:&shy;)?" for at in range(1, len(letters))]
    pattern = "".join(letter + gap for letter, gap in zip(letters, [*between, ""], strict=True))
    return {
        (source.count("\n", 0, found.start()) + 1, found.start() - source.rfind("\n", 0, found.start()))
        for found in re.finditer(pattern, source)
    }


def _spellings(letter: str) -> str:
    """A letter as it is, as an entity, and as JSON may escape it."""
    return rf"(?:{re.escape(letter)}|\\u{ord(letter):04x}" + ("|&eacute;)" if letter == "é" else ")")


@pytest.mark.parametrize("name", AS_TEXT)
def test_every_format_reads_to_the_same_blocks(name: str) -> None:
    level = {"harbour.txt": [(k, 2 if k == "heading" and n == 3 else n, t) for k, n, t in BLOCKS]}
    read = [shape(block) for block in harbour(name).blocks]
    assert read == level.get(name, BLOCKS)


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("name", AS_TEXT)
def test_a_phrase_is_found_at_its_line_and_column(name: str, phrase: str) -> None:
    page = harbour(name)
    raw = (PAGES / name).read_text("utf-8").replace("ﬁ", "f")
    found = places(page, phrase)
    assert found
    assert set(found) <= written(raw, phrase)


@pytest.mark.parametrize("name", AS_TEXT)
def test_cells_know_their_row_and_the_head_of_their_column(name: str) -> None:
    cells = [block for block in harbour(name).blocks if block.kind == "cell"]
    months = next(cell for cell in cells if cell.text == "18 months")
    assert months.column == "How long"
    assert [cell.text for cell in cells if cell.row == months.row] == [
        "Answers with age bands",
        "18 months",
        "the end of the survey",
    ]


@pytest.mark.parametrize("name", LINKED)
def test_links_keep_their_target_and_the_words_that_show_them(name: str) -> None:
    found = {block.text[start:end]: target for block in harbour(name).blocks for start, end, target in block.links}
    assert found == LINKS


@pytest.mark.parametrize("name", AS_TEXT)
def test_a_place_runs_from_the_first_character_to_behind_the_last(name: str) -> None:
    page = harbour(name)
    for block in page.blocks:
        start, end = block.place(0, len(block.text))
        assert page.source.text[start] in block.text[0] + "&\\"
        assert page.source.text[end - 1] in block.text[-1] + ";"


def test_a_comment_of_mdx_is_not_shown_and_what_stands_behind_it_keeps_its_place() -> None:
    text = "# Privacy\n\n{/* a note\n   for us */}\n\nWe keep {/* for now */} names. {/* open\n"
    page = read_page("a.mdx", text.encode(), Project())

    assert isinstance(page, Page)
    assert [block.text for block in page.blocks] == ["Privacy", "We keep names. {/* open"]
    start, end = page.blocks[1].place(8, 13)
    assert text[start:end] == "names"
