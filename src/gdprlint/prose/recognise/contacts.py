"""Ways to reach somebody: mailboxes, addresses of the web, links, telephone numbers, addresses by their postcode."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from gdprlint.notices.page import Block
from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value, words_in

_PHONE = re.compile(r"(?<![\w/.@-])(?:\+44\s?\(?0?\)?|\(?0)\d{1,5}\)?(?:[\s\-]?\d{2,5}){1,4}(?![\w@])")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b")
_LONGEST_ADDRESS = 16  # words before a postcode that may belong to its address


def contacts(passage: Passage, words: list[str]) -> Iterator[Value]:
    """In the words of the passage, not in the rest of its blocks: a long block is looked through once."""
    for at, word in enumerate(words):
        if "@" in word and "." in word:
            yield Value("email", at, at + 1, passage.said(at, at + 1).rstrip(".,;:"))
        elif word.startswith(("http://", "https://", "www.")):
            yield Value("web", at, at + 1, passage.said(at, at + 1).rstrip(".,;:"))
    for block, first, last in _stretches(passage):
        yield from _links(passage, block, first, last)
        start, end = passage.words[first].start, passage.words[last - 1].end
        for match in _PHONE.finditer(block.text, max(start - 1, 0), end):
            stretch = _words_in(passage, first, last, *match.span())
            if stretch and sum(character.isdigit() for character in match[0]) >= 9:
                number = match[0].strip()
                yield Value("phone", *stretch, number if ")" in number else number.removeprefix("("))
        for match in _POSTCODE.finditer(block.text, start, end):
            stretch = _words_in(passage, first, last, *match.span())
            if stretch:
                begin = _address_from(passage, words, first, stretch[0])
                yield Value("address", begin, stretch[1], passage.said(begin, stretch[1]))


def _stretches(passage: Passage) -> Iterator[tuple[Block, int, int]]:
    """The stretches of words that stand in one block, one after another."""
    first = 0
    while first < len(passage.words):
        last = first + 1
        while last < len(passage.words) and passage.blocks[last] is passage.blocks[first]:
            last += 1
        # The words of a table's header stand at the beginning of the cell, with no length of their own.
        while first < last and passage.words[first].end == passage.words[first].start:
            first += 1
        if first < last:
            yield passage.blocks[first], first, last
        first = last


def _links(passage: Passage, block: Block, first: int, last: int) -> Iterator[Value]:
    start, end = passage.words[first].start, passage.words[last - 1].end
    low = bisect_right(block.links, start, key=lambda link: link[1])
    for link_start, link_end, target in block.links[low : bisect_left(block.links, end, key=lambda link: link[0])]:
        stretch = _words_in(passage, first, last, link_start, link_end)
        if stretch and target.startswith("mailto:"):
            yield Value("email", *stretch, target[7:].partition("?")[0])
        elif stretch and target:
            yield Value("link", *stretch, target)


def _words_in(passage: Passage, first: int, last: int, start: int, end: int) -> tuple[int, int] | None:
    """The words of a stretch that stand between two characters of its block."""
    low = bisect_right(passage.words, start, first, last, key=lambda word: word.end)
    high = bisect_left(passage.words, end, first, last, key=lambda word: word.start)
    return (low, high) if low < high else None


_NO_ADDRESS = words_in(
    "to at by on is are us or our via write post mail address email telephone phone contact from letter "
    "officer office commissioner commission ico team manager dpo director secretary"
)
_IN_NAMES = ("of", "and", "the", "upon", "on", "under", "le")


def _address_from(passage: Passage, words: list[str], first: int, postcode: int) -> int:
    """Where the address begins that a postcode ends: back over names and numbers, as far as a colon."""
    begin = postcode
    while begin > first and postcode - begin < _LONGEST_ADDRESS and _in_address(passage, words, begin - 1):
        begin -= 1
        if (
            begin > first
            and ":" in passage.blocks[begin].text[passage.words[begin - 1].end : passage.words[begin].start]
        ):
            break
    while begin < postcode and words[begin] in _IN_NAMES:
        begin += 1
    return begin


def _in_address(passage: Passage, words: list[str], at: int) -> bool:
    written = passage.blocks[at].text[passage.words[at].start]
    return words[at] in _IN_NAMES or (
        (written.isupper() or written.isdigit()) and words[at] not in _NO_ADDRESS and "@" not in words[at]
    )
