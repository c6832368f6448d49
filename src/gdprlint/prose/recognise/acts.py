"""Acts, regulations and orders by their titles, with the section that is named before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import LINKING, Value, capital_at, year_at

# Data protection and information law: what a notice is written under, and no reason for a use of data.
_INFORMATION_LAW = re.compile(
    r"data protection|data \(use and access\)|data use and access|freedom of information|environmental information"
    r"|privacy and electronic|human rights|general data|gdpr|regulation of investigatory|access to health records",
    re.IGNORECASE,
)


def acts(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Acts and instruments by name and year, with the section before them; a `statute` gives a task or a duty."""
    for at, word in enumerate(words):
        first = after = at
        if word in ("act", "acts", "regulations", "order", "regulation", "measure", "code") and capital_at(passage, at):
            after = at + 1
            while after < len(words) and passage.blocks[after] is passage.blocks[at] and _bracket_name(passage, after):
                after += 1  # Act (Northern Ireland) 1995
            if not (after < len(words) and year_at(words, after)):
                after = at + 1
            if after < len(words) and year_at(words, after):
                after += 1
            while (
                first > 0
                and passage.blocks[first - 1] is passage.blocks[at]
                and (
                    capital_at(passage, first - 1)
                    or words[first - 1] in LINKING
                    or _bracket_name(passage, first - 1)
                    or words[first - 1] in ("etc", "at")
                )
            ):
                first -= 1
            while first < at and (
                words[first] in LINKING or words[first] in _BEFORE_ACTS or not capital_at(passage, first)
            ):
                first += 1
            if word == "code":  # section 147 of the Fiscal Code
                numbered = (
                    first > 2
                    and words[first - 2 : first] == ["of", "the"]
                    and re.fullmatch(r"\d+[a-z]?", words[first - 3])
                )
                if not numbered or first == at:
                    continue
                first -= 3 + (words[first - 4] in ("section", "s", "article") if first > 3 else 0)
            elif not (first < at and (after > at + 1 or at - first >= 2 or word == "act")):
                continue
        elif at > 0 and (
            words[at - 1] == "royal" if word == "charter" else word == "prerogative" and capital_at(passage, at)
        ):
            first, after = at - 1, at + 1
            if after + 1 < len(words) and words[after] == "of" and year_at(words, after + 1):
                after += 2
        else:
            continue
        text = passage.said(first, after)
        yield Value("act", first, after, text)
        if not _INFORMATION_LAW.search(text):
            yield Value("statute", first, after, _with_section(passage, words, first, after))


_BEFORE_ACTS = frozenset(
    ("under", "the", "part", "schedule", "paragraph", "article", "in", "by", "at", "etc", "see", "regulation",
     "section", "sections", "s")
)  # fmt: skip


def _with_section(passage: Passage, words: Sequence[str], first: int, after: int) -> str:
    """The Act with the section of it that is named right before: `section 6 of the Education Act 1996`."""
    at = first
    while at > 0 and words[at - 1] in ("of", "the") and at > first - 2:
        at -= 1
    start = at
    while start > 0 and first - start < 8 and re.fullmatch(r"\d{1,3}[a-z]{0,2}(\(\w+\))*|and|to|or", words[start - 1]):
        start -= 1
    named = 0 < start < at and words[start - 1] in ("section", "sections", "s", "ss", "part", "schedule", "regulation")
    if named and passage.blocks[start - 1] is passage.blocks[first]:
        return passage.said(start - 1, after)
    return passage.said(first, after)


def _bracket_name(passage: Passage, at: int) -> bool:
    """Whether the word stands in brackets within a title: `(England and Wales)`."""
    text = passage.blocks[at].text
    opened = text.rfind("(", 0, passage.words[at].start)
    return opened >= 0 and ")" not in text[opened : passage.words[at].start] and passage.words[at].start - opened < 40
