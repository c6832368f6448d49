"""The words of a text: what phrases are compared with.

Words are folded (small letters, straight apostrophes, hyphens taken apart, contractions written
out), so that a phrase is written once for all its spellings. Each word knows where it stands in
the text of its block. Nothing here knows what words mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 250  # words that are looked at together; what runs on longer is no sentence


class Word(NamedTuple):
    """A folded word with its place in the text of its block; `breaks` where a comma, bracket or dash stands before."""

    text: str
    start: int
    end: int
    breaks: bool = False


_WORD = re.compile(
    r"""
    (?P<whole>
        [\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+          # a mailbox
      | (?:https?://|www\.)[^\s<>"')\]]+         # an address of the web
      | \{[^{}\s]{1,80}\}                        # what a template puts in
      | \d+(?:[.,]\d+)*(?:\(\w{1,4}\))+          # 6(1)(e)
      | \d+(?:[.,:/]\d+)+                        # 1.5, 10,000, 10:30, 25/05/2018
    )
    | (?P<word> \w+ (?: ['’]\w+ )* )
    | (?P<mark> [&,;:()\[\]–—•] | \s[-]\s )
    """,
    re.VERBOSE,
)
_SHORT = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would"}
_WHOLE = {"can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not")}


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of text, in order."""
    found: list[Word] = []
    breaks = False
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        if match["mark"]:
            if match["mark"] == "&":
                found.append(Word("and", match.start(), match.end(), breaks))
                breaks = False
            else:
                breaks = True
            continue
        first, last = match.span()
        said = match[0].lower()
        if match["whole"]:
            if said[-1] in ".,;:":
                said = said.rstrip(".,;:")
            found.append(Word(said, first, first + len(said), breaks))
        else:
            for part in _parts(said.replace("’", "'")):
                found.append(Word(part, first, last, breaks))
                breaks = False
        breaks = False
    return found


def _parts(word: str) -> tuple[str, ...]:
    """A word as phrases spell it: `don't` is two words, `people's` is `people`."""
    if "'" not in word and word != "cannot":
        return (word,)
    if word in _WHOLE:
        return _WHOLE[word]
    for ending, meant in _SHORT.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], meant)
    return (word.partition("'")[0],) if word.endswith("'s") else (word.replace("'", ""),)


_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[{]*[A-Z0-9£{])|[.!?…]+[\"'”’)\]]*\s*$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:e\.?g|i\.?e|etc|cf|no|nos|art|arts|s|ss|para|paras|reg|regs|dr|mr|mrs|ms|prof|rev|st|co|ltd|inc|plc|tel|ext|approx|incl|vs|v|[A-Z])\.$",
    re.IGNORECASE,
)

# `Acme Ltd. The rest`: after a firm's name a word that no name begins with begins a sentence.
_FIRM = re.compile(r"[\s(](?:ltd|co|inc|plc)\.$", re.IGNORECASE)
_BEGINS = re.compile(
    r"\s+(?:The|We|Our|You|Your|It|Its|They|Their|This|These|That|In|If|All|When|Where|No|For|To|A|An)\b"
)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The stretches of the sentences of a text; an abbreviation ends none."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        before = text[max(start, match.start() - 12) : match.start() + 1]
        short = match[0][0] == "." and _ABBREVIATION.search(before) and match.end() < len(text)
        if short and not (_FIRM.search(before) and _BEGINS.match(text, match.end())):
            continue
        found.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found
