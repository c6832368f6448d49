"""Places of the vocabulary, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value


def countries(passage: Passage, words: Sequence[str], places: Mapping[str, str]) -> Iterator[Value]:
    """Places of the vocabulary, by their longest name; a short one (`US`) only in capitals."""
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            name = " ".join(words[at : at + length])
            if at + length <= len(words) and name in places and _may_be_place(passage, at + length - 1, name):
                yield Value("country", at, at + length, places[name])
                if re.fullmatch("(?!GB)[A-Z]{2}", places[name]) and places[name] != "EU":
                    yield Value("foreign-country", at, at + length, places[name])
                at += length
                break
        else:
            at += 1


def _may_be_place(passage: Passage, at: int, name: str) -> bool:
    """A short name only in capitals, and of two letters only what is no word: `US`, never `IT`."""
    raw = passage.blocks[at].text[passage.words[at].start : passage.words[at].end]
    return len(name) > 3 or (raw.isupper() and (len(name) == 3 or name in ("us", "uk", "eu", "gb")))
