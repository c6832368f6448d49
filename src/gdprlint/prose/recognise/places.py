"""Places of the vocabulary, by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value, capital_at


def countries(passage: Passage, words: Sequence[str], places: Mapping[str, str]) -> Iterator[Value]:
    """Places of the vocabulary, by their longest name; a short one (`US`) only in capitals."""
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            name = " ".join(words[at : at + length])
            if at + length <= len(words) and name in places and (len(name) > 3 or capital_at(passage, at + length - 1)):
                yield Value("country", at, at + length, places[name])
                at += length
                break
        else:
            at += 1
