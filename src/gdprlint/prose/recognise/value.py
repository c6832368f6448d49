"""What a recogniser gives: a stretch of words and what it says.

The one type that all recognisers share, and the questions about capitals that several of them ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from gdprlint.prose.passages import Passage

# Small words within names.
LINKING = frozenset(("of", "for", "and", "the", "in", "on", "&", "with", "de"))


@frozen
class Value:
    """Words `first` to `last` (exclusive) of a passage, and what they say in normal form.

    period: `24 months`, `1 term`; date: `2020-09-30`, `2020-09`; year: `2026`; article-6, article-9: `6(1)(e)`;
    schedule-1: the paragraph's number or `Part 2`; country: the code or name of the vocabulary; foreign-country: one
    that is not the United Kingdom; act, statute (an act
    that is no data protection or information law), organisation, email, web, phone, address: as written. A dateline or
    nameline is a date or a name that is all that a passage says; a naming is a run of ordinary words with capitals,
    which may be a name. A firm is an organisation whose name tells that it works for others; a ground is the point of
    Article 6 whose name alone ends a passage, or a bracket in it.
    """

    kind: str
    first: int
    last: int
    text: str


def capital_at(passage: Passage, at: int) -> bool:
    """Whether a word is written with a capital."""
    return passage.blocks[at].text[passage.words[at].start : passage.words[at].start + 1].isupper()


def between(passage: Passage, at: int) -> str:
    """The characters between a word and the one before it; a line feed where they stand in two blocks."""
    if at == 0 or passage.blocks[at] is not passage.blocks[at - 1]:
        return "\n"
    return passage.blocks[at].text[passage.words[at - 1].end : passage.words[at].start]


def year_at(words: Sequence[str], at: int) -> str:
    """The year that a word is, else nothing."""
    return words[at] if at < len(words) and re.fullmatch(r"(19|20)\d\d", words[at]) else ""


def words_in(text: str) -> frozenset[str]:
    """A list of words, written as a text."""
    return frozenset(text.split())
