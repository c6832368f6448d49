"""Provisions as a page sums them up: the article or section that a citation lies in, and the order of a law."""

from __future__ import annotations

import re
from functools import cache

from gdprlint.reporters.citations import INSTRUMENTS, spoken
from gdprlint.reporters.style import shown

NUMBERS = re.compile(r"(\d+)")
SCHEDULE = re.compile(r"((?:schedule|annex) \w+)( .*)?")


@cache
def article(cite: str) -> str:
    """The article, section or schedule of a citation, in the notation of the language."""
    instrument, _, provision = cite.partition("(")[0].partition(" ")
    inside = SCHEDULE.fullmatch(provision)
    return f"{instrument} {inside[1] if inside else provision}".strip()


@cache
def cited(cite: str) -> str:
    """A citation as it is shown."""
    return shown(spoken(cite))


def order_of_law(cite: str) -> tuple[object, ...]:
    """A key that sorts citations as their laws have them."""
    instrument, _, provision = cite.partition(" ")
    known = [*INSTRUMENTS]
    rank = known.index(instrument) if instrument in known else len(known)
    # Split by numbers, words stand at even places and numbers at odd ones.
    parts = [(int(part[:9]), part) if at % 2 else (0, part) for at, part in enumerate(NUMBERS.split(provision))]
    return rank, instrument, bool(parts[0][1]), tuple(parts)
