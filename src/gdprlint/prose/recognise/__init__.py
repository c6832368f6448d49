"""Values that stand in a passage: periods, dates, articles, bodies, places, Acts, ways to reach somebody.

Each recogniser looks at the words of a passage and gives stretches with a value in its normal form; there is
a module for each family of values. What a value means for the notice is for cues to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.acts import acts
from gdprlint.prose.recognise.articles import articles, conditions
from gdprlint.prose.recognise.contacts import contacts
from gdprlint.prose.recognise.dates import dates
from gdprlint.prose.recognise.grounds import grounds
from gdprlint.prose.recognise.organisations import organisations
from gdprlint.prose.recognise.periods import periods
from gdprlint.prose.recognise.places import countries
from gdprlint.prose.recognise.value import Value

__all__ = ["KINDS", "Value", "recognised"]

KINDS = (
    "period", "date", "article-6", "article-9", "article", "schedule", "schedule-1", "schedule-1-part", "organisation",
    "act", "statute", "firm", "ground", "email", "web", "link", "phone", "address", "country", "foreign-country",
    "year", "dateline", "nameline", "naming",
)  # fmt: skip

Recogniser = Callable[[Passage, list[str]], Iterator[Value]]
_RECOGNISERS: tuple[Recogniser, ...] = (periods, dates, articles, conditions, organisations, acts, contacts, grounds)


def recognised(passage: Passage, places: Mapping[str, str]) -> list[Value]:
    """All values of a passage. `places` gives the key of each folded name of a place in the vocabulary."""
    words = [word.text for word in passage.words]
    found = list(countries(passage, words, places))
    known = {(value.first, value.last) for value in found}
    for recogniser in _RECOGNISERS:  # `Ireland` is no body, although it is written with a capital
        found.extend(
            value
            for value in recogniser(passage, words)
            if value.kind != "organisation" or (value.first, value.last) not in known
        )
    return found
