"""Places of the vocabulary, by their names, and well-known towns abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value, capital_at, words_in

# Towns and states by which notices tell where servers or suppliers are.
_IN = {
    "DE": "frankfurt hamburg munich berlin", "NL": "amsterdam rotterdam eindhoven", "FR": "paris lyon",
    "SE": "stockholm", "PH": "manila", "IN": "mumbai bangalore bengaluru hyderabad chennai delhi",
    "AU": "sydney melbourne", "CA": "toronto montreal vancouver", "JP": "tokyo osaka", "AT": "vienna",
    "US": "virginia oregon california texas ohio seattle colorado chicago atlanta", "PL": "warsaw krakow",
    "CH": "zurich geneva", "ES": "madrid barcelona", "IT": "milan", "BE": "brussels", "DK": "copenhagen",
    "NO": "oslo", "FI": "helsinki", "PT": "lisbon", "ZA": "johannesburg", "AE": "dubai", "NZ": "auckland",
    "IL": "haifa", "KE": "nairobi", "NG": "lagos",
}  # fmt: skip
_TOWNS = {town: country for country, towns in _IN.items() for town in towns.split()}
_BEFORE_A_TOWN = words_in("in at from to and or near of by outside")


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
            town = _TOWNS.get(words[at])
            if town and at and words[at - 1] in _BEFORE_A_TOWN and capital_at(passage, at):
                yield Value("foreign-country", at, at + 1, town)
            at += 1


def _may_be_place(passage: Passage, at: int, name: str) -> bool:
    """A short name only in capitals, and of two letters only what is no word: `US`, never `IT`."""
    raw = passage.blocks[at].text[passage.words[at].start : passage.words[at].end]
    return len(name) > 3 or (raw.isupper() and (len(name) == 3 or name in ("us", "uk", "eu", "gb")))
