"""Acts, regulations and orders by their titles."""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import LINKING, Value, capital_at, year_at


def acts(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Acts and instruments by name and year, with the section before them."""
    for at, word in enumerate(words):
        if word in ("act", "acts", "regulations", "order", "regulation", "measure") and capital_at(passage, at):
            after = at + 1
            if after < len(words) and year_at(words, after):
                after += 1
            first = at
            while (
                first > 0
                and passage.blocks[first - 1] is passage.blocks[at]
                and (capital_at(passage, first - 1) or words[first - 1] in LINKING or _bracket_name(passage, first - 1))
            ):
                first -= 1
            while first < at and (
                words[first] in LINKING or words[first] in ("under",) or not capital_at(passage, first)
            ):
                first += 1
            if first < at and (after > at + 1 or at - first >= 2 or word == "act"):
                yield Value("act", first, after, passage.said(first, after))
        elif (
            word in ("charter", "prerogative", "instrument")
            and capital_at(passage, at)
            and at
            and capital_at(passage, at - 1)
        ):
            yield Value("act", at - 1, at + 1, passage.said(at - 1, at + 1))


def _bracket_name(passage: Passage, at: int) -> bool:
    """Whether the word stands in brackets within a title: `(England and Wales)`."""
    text = passage.blocks[at].text
    opened = text.rfind("(", 0, passage.words[at].start)
    return opened >= 0 and ")" not in text[opened : passage.words[at].start] and passage.words[at].start - opened < 40
