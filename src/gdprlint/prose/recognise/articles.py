"""Articles 6 and 9 with their points, other articles, and paragraphs of Schedule 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value

_LETTERS = {"6": "abcdef", "9": "abcdefghij"}


def articles(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Points of Articles 6 and 9, however they are punctuated; `6(1)(a), (b) and (f)` are three."""
    at = 0
    while at < len(words):
        found = re.fullmatch(r"([69])(?:[.(](\d)\)?)?(?:\.?\(?([a-j]{1,2})\)?)?", words[at])
        if not found or (not found[2] and not _said_article(words, at)):
            at += 1
            continue
        article, paragraph, letter = found[1], found[2], found[3]
        first, at = at, at + 1
        while not paragraph and at < len(words) and words[at] in ("paragraph", "para", "1", "2"):
            paragraph = words[at] if words[at].isdigit() else None
            at += 1
        if not paragraph and not letter and not _said_article(words, first):
            continue
        if not letter and at < len(words) and words[at] in ("point", "letter", "sub", "subparagraph"):
            at += 1
        if not letter and at < len(words):
            letter = _letter(words[at], article, passage, at)
            at += bool(letter)
        if letter:
            number = "1" if article == "6" else "2"
            yield Value(f"article-{article}", first, at, f"{article}({paragraph or number})({letter})")
            while at < len(words):  # and the letters that are strung after it
                skip = at + (words[at] in ("and", "or"))
                more = _letter(words[skip], article, passage, skip) if skip < len(words) else ""
                if not more or not (passage.words[skip].breaks or skip > at):
                    break
                yield Value(f"article-{article}", skip, skip + 1, f"{article}({paragraph or number})({more})")
                at = skip + 1
        elif _said_article(words, first) or paragraph:
            yield Value("article", first, at, f"{article}({paragraph})" if paragraph else article)
    for at, word in enumerate(words):
        if at and words[at - 1] in ("article", "articles", "art") and re.match(r"\d", word):
            yield Value("article", at - 1, at + 1, word)


def _said_article(words: Sequence[str], at: int) -> bool:
    return at > 0 and words[at - 1] in ("article", "articles", "art", "arts")


def _letter(word: str, article: str, passage: Passage, at: int) -> str:
    """The letter of a point, where the word can be one: an `a` that stands in brackets, no article of grammar."""
    if not re.fullmatch(r"[a-j]{1,2}", word) or word[0] not in _LETTERS[article] or (len(word) == 2 and word != "ea"):
        return ""
    block, place = passage.blocks[at], passage.words[at]
    bracketed = block.text[max(place.start - 1, 0) : place.start] == "(" or block.text[place.end : place.end + 1] == ")"
    return word if bracketed or word not in ("a", "i") or block.text[place.start : place.end].islower() is False else ""


def schedule_paragraphs(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Paragraphs of Schedule 1 to the Data Protection Act 2018, where the schedule is named with them."""
    named = [at for at in range(len(words) - 1) if words[at] in ("schedule", "sch") and words[at + 1] in ("1", "one")]
    for at, word in enumerate(words):
        near = any(abs(at - place) <= 12 for place in named)
        named_so = word in ("paragraph", "para", "paragraphs", "paras", "condition") and at + 1 < len(words)
        if near and named_so and (found := re.fullmatch(r"(\d{1,2})(\(.*)?", words[at + 1])):
            yield Value("schedule-1", at, at + 2, found[1])
    for at in named:
        yield Value("schedule", at, at + 2, "1")
        for part in range(max(0, at - 6), min(len(words) - 1, at + 7)):
            if words[part] == "part" and words[part + 1] in ("1", "2", "3", "one", "two", "three"):
                number = {"one": "1", "two": "2", "three": "3"}.get(words[part + 1], words[part + 1])
                yield Value("schedule-1-part", part, part + 2, f"Part {number}")
