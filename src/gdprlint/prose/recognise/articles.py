"""Points of Articles 6 and 9, and conditions of Schedule 1 to the Data Protection Act 2018, however they are cited.

Their normal forms are `6(1)(e)`, `18` and `Part 2`.
What a point means for a notice is for cues to say.
"""

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
        found = re.fullmatch(r"([69])(?:[.,(](\d)\)?)?(?:\.?\(?([a-j]{1,2})\)?)?", words[at])
        if not found or (not found[2] and not _said_article(words, at)):
            at += 1
            continue
        article, paragraph, letter = found[1], found[2], found[3]
        first, at = at, at + 1
        while not letter and (after := _past_header(passage, at)) < len(words):
            if joined := re.fullmatch(r"([12])\(?([a-j])\)?", words[after]):  # 6 (1e), 6 (1)(e)
                paragraph, letter, at = joined[1], joined[2], after + 1
            elif words[after] in ("paragraph", "para", "point", "letter", "lit", "sub", "subparagraph") or (
                not paragraph and words[after] in ("1", "2")
            ):
                paragraph = words[after] if words[after].isdigit() else paragraph
                at = after + 1
            else:
                break
        if not letter and not _said_article(words, first) and (not paragraph or _is_numbering(passage, first)):
            continue
        after = _past_header(passage, at)
        if not letter and after < len(words) and (letter := _letter(words[after], article, passage, after)):
            at = after + 1
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
        elif before := list(_letters_before(passage, words, first, article)):  # points (b) and (f) of Article 6(1)
            for place, letter in before:
                number = paragraph or ("1" if article == "6" else "2")
                yield Value(f"article-{article}", place, at, f"{article}({number})({letter})")
        elif _said_article(words, first) or paragraph:
            yield Value("article", first, at, f"{article}({paragraph})" if paragraph else article)
    for at, word in enumerate(words):
        if at and words[at - 1] in ("article", "articles", "art") and re.match(r"\d", word):
            yield Value("article", at - 1, at + 1, word)


def _letters_before(passage: Passage, words: Sequence[str], at: int, article: str) -> Iterator[tuple[int, str]]:
    """Letters of points that are named before their article: `point (b) of Article 6(1)`."""
    if at < 3 or not _said_article(words, at) or words[at - 2] != "of":
        return
    at -= 3
    while at >= 0 and ((letter := _letter(words[at], article, passage, at)) or words[at] in ("and", "or")):
        if letter:
            yield at, letter
        at -= 1


def _past_header(passage: Passage, at: int) -> int:
    """The word at or after this one that stands in a cell itself and not in the header that is read before it."""
    while at < len(passage.words) and passage.words[at].start == passage.words[at].end:
        at += 1
    return at


def _is_numbering(passage: Passage, at: int) -> bool:
    """Whether a block begins with this number: `6.1 A member of staff may …` is a numbered paragraph."""
    block, word = passage.blocks[at], passage.words[at]
    return "." in word.text and block.kind != "cell" and not block.text[: word.start].strip()


def _said_article(words: Sequence[str], at: int) -> bool:
    return at > 0 and words[at - 1] in ("article", "articles", "art", "arts")


def _letter(word: str, article: str, passage: Passage, at: int) -> str:
    """The letter of a point, where the word can be one: an `a` that stands in brackets, no article of grammar."""
    if not re.fullmatch(r"[a-j]{1,2}", word) or word[0] not in _LETTERS[article] or (len(word) == 2 and word != "ea"):
        return ""
    block, place = passage.blocks[at], passage.words[at]
    bracketed = block.text[max(place.start - 1, 0) : place.start] == "(" or block.text[place.end : place.end + 1] == ")"
    return word if bracketed or word not in ("a", "i") or block.text[place.start : place.end].islower() is False else ""


_PARTS = {"1": "1", "2": "2", "3": "3", "one": "1", "two": "2", "three": "3", "i": "1", "ii": "2", "iii": "3"}
# The headings of conditions in Schedule 1, by the words that tell them from one another.
_CONDITIONS = (
    ("1", "employment social security and social protection"), ("1", "employment social security"),
    ("2", "health or social care"), ("2", "health and social care"), ("3", "public health"),
    ("4", "archiving"), ("4", "scientific or historical research"), ("4", "scientific research"),
    ("4", "research purposes"),
    ("4", "research etc"), ("4", "statistical purposes"),
    ("6", "statutory and government purposes"), ("6", "statutory etc and government purposes"),
    ("6", "statutory or government purposes"), ("7", "administration of justice"), ("8", "equality of opportunity"),
    ("9", "racial and ethnic diversity"), ("10", "preventing or detecting unlawful acts"),
    ("10", "prevention or detection of unlawful acts"), ("10", "preventing and detecting unlawful acts"),
    ("11", "protecting the public against dishonesty"), ("11", "protecting the public from dishonesty"),
    ("12", "regulatory requirements"), ("13", "journalism"), ("14", "preventing fraud"), ("14", "prevention of fraud"),
    ("15", "money laundering"), ("16", "particular disability or medical condition"), ("17", "counselling"),
    ("18", "safeguarding of children"), ("18", "safeguarding children"), ("19", "economic well being"),
    ("20", "insurance"), ("21", "occupational pensions"), ("22", "political parties"),
    ("23", "elected representatives"),
    ("27", "anti doping"), ("28", "standards of behaviour in sport"),
)  # fmt: skip


def conditions(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Conditions of Schedule 1 to the Data Protection Act 2018 by number or heading, where it is named with them."""
    named = [
        at
        for at in range(len(words) - 1)
        if words[at] in ("schedule", "sch") and re.fullmatch(r"1|one|1[.(]\d.*", words[at + 1])
    ]
    numbered = False
    for at, word in enumerate(words):
        near = any(abs(at - place) <= 12 for place in named)
        if (
            near
            and word in ("paragraph", "para", "paragraphs", "paras", "condition", "conditions")
            and at + 1 < len(words)
        ):
            after, last = at + 1, at
            while after < len(words) and (found := re.fullmatch(r"(\d{1,2})(\(.*)?", words[after])):
                yield Value("schedule-1", at if last == at else after, after + 1, found[1])
                numbered, last = True, after
                after += 1 + (after + 1 < len(words) and words[after + 1] in ("and", "or"))
    for at in named:
        yield Value("schedule", at, at + 2, "1")
        for part in range(max(0, at - 6), min(len(words) - 1, at + 7)):
            if words[part] == "part" and words[part + 1] in _PARTS:
                yield Value("schedule-1-part", part, part + 2, f"Part {_PARTS[words[part + 1]]}")
    whole = (
        f" {' '.join(words)} "
        if (named or " substantial public interest " in f" {' '.join(words)} ") and not numbered
        else ""
    )
    for number, heading in _CONDITIONS:
        found_at = whole.find(f" {heading} ")
        if found_at >= 0:
            first = whole.count(" ", 1, found_at + 1)
            yield Value("schedule-1", first, first + heading.count(" ") + 1, number)
