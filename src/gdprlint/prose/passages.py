"""From the blocks of a page to passages: sentences with all that a reader has in mind at them.

A list item is read after the words that lead it in, a table row as its cells under their headers,
a definition after its term; each passage knows the headings it stands under and its neighbours.
Nothing here knows what a notice should say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from gdprlint.notices.page import Block, Page
from gdprlint.prose.words import LONGEST, Word, sentences_of, words_of


@frozen(eq=False, slots=False)
class Passage:
    """One sentence, item or row. `own` is where its own words begin: before it stands what leads it in.

    `title` are the few words that head only this: `Purpose: …`, the term of a definition, the first of two cells.
    """

    number: int
    kind: str  # heading | paragraph | item | definition | row
    words: tuple[Word, ...] = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)  # the block of each word
    own: int
    headings: tuple[Passage, ...] = field(repr=False)  # the nearest first
    starts: frozenset[int] = field(repr=False)  # words that begin a sentence or what was led in
    branch: str = ""
    paragraph: int = 0  # passages of one block, list or table row group share it
    title: Passage | None = field(default=None, repr=False)

    @property
    def above(self) -> tuple[Passage, ...]:
        """What it is read under: its title, and the two nearest headings."""
        return self.headings[:2] if self.title is None else (self.title, *self.headings[:2])

    @property
    def begins(self) -> frozenset[int]:
        """The words at which something begins to be said: `starts`, and where the words after a title do."""
        if self.title is None or self.title.blocks[0] is not self.blocks[-1]:
            return self.starts
        last = self.title.words[-1].start
        own = self.words[self.own :]
        return (
            self.starts | {self.own + sum(word.start <= last for word in own)} if own[0].start <= last else self.starts
        )

    @property
    def text(self) -> str:
        """The passage as it stands, folded only in its white space, with what leads it in."""
        return " ".join(self._stretches(0, len(self.words)))

    def said(self, first: int, last: int) -> str:
        """The words from `first` to `last` (exclusive) as they are written."""
        return " ".join(self._stretches(first, last))

    def _stretches(self, first: int, last: int) -> Iterator[str]:
        at = first
        while at < last:
            block, end = self.blocks[at], at
            while (
                end + 1 < last and self.blocks[end + 1] is block and self.words[end + 1].start >= self.words[end].start
            ):
                end += 1
            yield block.text[self.words[at].start : self.words[end].end]
            at = end + 1

    def place(self, first: int, last: int) -> tuple[Block, int, int]:
        """The block and the characters in it of a stretch of words, as far as they stand in one block."""
        last = max(last, first + 1)
        block = self.blocks[last - 1]
        while self.blocks[first] is not block:
            first += 1
        return block, self.words[first].start, self.words[last - 1].end


def passages_of(page: Page) -> list[Passage]:
    """All passages of the page, in reading order."""
    found: list[Passage] = []
    path: list[tuple[int, Passage]] = []  # open headings with their levels
    lead: list[Lead] = []
    opened: Lead | None = None  # a paragraph that ends in a colon, while what it leads in goes on
    paragraph = 0
    at = 0
    blocks = [block for block in page.blocks if not _is_of_contents(block)]
    while at < len(blocks):
        block = blocks[at]
        headings = tuple(passage for _, passage in reversed(path))
        if block.kind == "heading":
            while path and path[-1][0] >= block.level:
                path.pop()
            headings = tuple(passage for _, passage in reversed(path))
            made = _passage(len(found), "heading", block, (0, len(block.text)), None, headings, paragraph)
            paragraph += 1
            lead = []
            if made is not None:
                found.append(made)
                path.append((block.level, made))
            at += 1
            continue
        if block.kind == "cell":
            row = [block]
            while at + 1 < len(blocks) and blocks[at + 1].kind == "cell" and blocks[at + 1].row == block.row:
                at += 1
                row.append(blocks[at])
            made = _row(len(found), row, headings, paragraph)
            if made is not None:
                found.append(made)
            at += 1
            continue
        level = block.level if block.kind == "item" else 0
        lead = [known for known in lead if _leads(known, block, level)]
        before = lead[-1] if lead else None
        if block.kind == "paragraph" and _goes_on(blocks[at - 1 : at], block, opened):
            before = opened
        elif block.kind == "paragraph":
            opened = None
        if block.kind != "item" or before is None:
            paragraph += 1
        stretches = sentences_of(block.text)
        title = _title_of(block, before, paragraph)
        for number, stretch in enumerate(stretches):
            kind = "definition" if before is not None and before.term else block.kind
            made = _passage(len(found), kind, block, stretch, before, headings, paragraph, title)
            if made is not None:
                found.append(made)
                if number == 0 and len(stretches) > 1 and _runs_in(block.text[slice(*stretch)], made):
                    headings = (made, *headings)
        if _announces(block):
            words = words_of(block.text, _last_sentence(block.text))
            context = (*(before.words if before and block.kind == "item" else ()), *((word, block) for word in words))
            whole = _heading(block, 0, len(block.text), paragraph) if block.kind in ("term", "paragraph") else None
            lead.append(Lead(tuple(context)[-60:], level, block.kind == "term", block.kind, whole))
            if block.kind == "paragraph" and block.text.rstrip().endswith(":"):
                opened = lead[-1]
        at += 1
    return found


_TITLED = re.compile(r"\W*(?P<title>[^:;,.!?\u2013\u2014]{3,60}?)(?::|\s[-\u2013\u2014]|[\u2013\u2014])\s+\S")
_LONGEST_ROW_TITLE = 8  # words of the first of two cells


def _title_of(block: Block, before: Lead | None, paragraph: int) -> Passage | None:
    """The words that head a block alone: its term, what leads in its list in a few words, `Purpose: …`."""
    found = _TITLED.match(block.text)
    if found is not None:
        made = _heading(block, found.start("title"), found.end("title"), paragraph)
        if made is not None and _is_title(made):
            return made
    if before is not None and (before.term or before.kind == "paragraph"):
        title = before.title
        return title if title is not None and (before.term or _is_title(title)) else None
    return None


def _heading(block: Block, start: int, end: int, paragraph: int) -> Passage | None:
    """Words of a block as the heading of what follows them."""
    return _passage(-1, "heading", block, (start, end), None, (), paragraph)


def _is_of_contents(block: Block) -> bool:
    """Whether the block is a link to another place of the page and no more: an entry of its table of contents."""
    return block.kind in ("item", "paragraph") and any(
        start == 0 and end == len(block.text) and len(target) > 1 and target.startswith("#")
        for start, end, target in block.links
    )


_LONGEST_RUN_IN = 10


def _runs_in(text: str, made: Passage) -> bool:
    """Whether the first sentence of a paragraph heads the rest of it: a short question, words in capitals, a title."""
    said = text.strip()
    return len(made.words) - made.own <= _LONGEST_RUN_IN and (
        said.endswith(("?", "?*", "?_")) or (said.isupper() and len(said) > 3) or _is_title(made)
    )


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST_TITLE = 5
_ASKS = _set("who whom what how why where when which whether")
_SAYS = _set(
    """is are was were be been am will would can could may might must shall should do does did has have had not no yes
    none never nobody nothing we i it they please sorry thanks thank hello hi welcome see contact email call write
    ask click note keep keeps"""
)


def _is_title(made: Passage) -> bool:
    """Whether few words stand where a title would: `Who sees it.`, `Disclosure.`, `Your rights.`"""
    words = [word.text for word in made.words[made.own :]]
    if len(words) > _LONGEST_TITLE:
        return False
    return words[0] in _ASKS or (len(words) <= _LONGEST_TITLE - 1 and not _SAYS & set(words))


@frozen(eq=False)
class Lead:
    """Words that lead in what follows: a sentence before a list, a term before its definition."""

    words: tuple[tuple[Word, Block], ...]
    level: int
    term: bool
    kind: str
    title: Passage | None = None


def _leads(lead: Lead, block: Block, level: int) -> bool:
    if lead.term:
        return block.kind in ("definition", "item")
    return block.kind == "item" and level > lead.level


def _goes_on(previous: Sequence[Block], block: Block, opened: Lead | None) -> bool:
    """Whether a paragraph ends the sentence of one with a colon: strings of an interface that make up a list."""
    return opened is not None and bool(previous) and previous[0].kind == "paragraph" and block.text[:1].islower()


def _announces(block: Block) -> bool:
    """Whether the block may lead in the list after it: whatever a list follows does, a full sentence least of all."""
    return block.kind in ("paragraph", "item", "term", "definition")


def _last_sentence(text: str) -> int:
    return sentences_of(text)[-1][0] if text.strip() else 0


def _passage(
    number: int, kind: str, block: Block, stretch: tuple[int, int], lead: Lead | None,
    headings: Sequence[Passage], paragraph: int, title: Passage | None = None,
) -> Passage | None:  # fmt: skip
    own = words_of(block.text, *stretch)[:LONGEST]
    if not own:
        return None
    before = list(lead.words) if lead is not None else []
    words = (*(word for word, _ in before), *own)
    blocks = (*(block for _, block in before), *([block] * len(own)))
    return Passage(
        number, kind, words, blocks, len(before), tuple(headings), frozenset({0, len(before)}), block.branch, paragraph,
        title,
    )  # fmt: skip


def _row(number: int, row: list[Block], headings: Sequence[Passage], paragraph: int) -> Passage | None:
    words: list[Word] = []
    blocks: list[Block] = []
    starts: set[int] = set()
    for cell in row:
        for text in (cell.column, None):
            if text == "":
                continue
            said = words_of(cell.text if text is None else text)[:LONGEST]
            if text is not None:  # the header's words stand at the beginning of the cell: that is where it is read
                said = [word._replace(start=0, end=0) for word in said]
            if said:
                starts.add(len(words))
                words.append(said[0]._replace(breaks=True))
                words.extend(said[1:])
                blocks.extend([cell] * len(said))
    if not words:
        return None
    title = _heading(row[0], 0, len(row[0].text), paragraph) if len(row) == 2 else None
    if title is not None and len(title.words) > _LONGEST_ROW_TITLE:
        title = None
    return Passage(
        number, "row", tuple(words[: 2 * LONGEST]), tuple(blocks[: 2 * LONGEST]), 0, tuple(headings),
        frozenset(starts), row[0].branch, paragraph, title,
    )  # fmt: skip
