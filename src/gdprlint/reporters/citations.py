"""Citations written for people: `uk-gdpr 9(1)` of the language is UK GDPR Art. 9(1).

What a provision says is not known here, only how lawyers write its number. An instrument that is not
listed keeps its own notation.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby

INSTRUMENTS = {
    "uk-gdpr": ("UK GDPR", "Art."),
    "eu-gdpr": ("EU GDPR", "Art."),
    "dpa-2018": ("DPA 2018", "s."),
    "duaa-2025": ("DUAA 2025", "s."),
    "pecr": ("PECR", "reg."),
    "mrs-code": ("MRS Code", ""),
    "srsa-2007": ("SRSA 2007", "s."),
    "dea-2017": ("DEA 2017", "s."),
    "statistics-code": ("Code of Practice for Statistics", ""),
    "research-code-of-practice": ("Research Code of Practice", ""),
    "five-safes": ("Five Safes", ""),
}
"""Name of an instrument, and what a bare number in it is a number of."""

DIVISIONS = {
    "article": "Art.",
    "section": "s.",
    "regulation": "reg.",
    "schedule": "Sch.",
    "paragraph": "para.",
    "part": "Part",
    "annex": "Annex",
    "recital": "Recital",
}


def spoken(cite: str) -> str:
    """One citation as a lawyer writes it."""
    return " ".join(part for part in _parts(cite) if part)


@cache
def spoken_together(cites: tuple[str, ...]) -> str:
    """Several citations in one line, in their order; an instrument is named once for all that follow it."""
    groups = groupby(map(_parts, cites), key=lambda parts: parts[0])
    return ", ".join(
        f"{instrument} {provisions}".strip()
        for instrument, group in groups
        for provisions in [", ".join(provision for _, provision in group)]
    )


def _parts(cite: str) -> tuple[str, str]:
    """Name of the instrument and provision; what is not known is all provision."""
    instrument, _, provision = cite.partition(" ")
    if instrument not in INSTRUMENTS:
        return "", cite
    name, bare = INSTRUMENTS[instrument]
    words = [DIVISIONS.get(word, word) for word in provision.split()]
    if bare and words and words[0][0].isdigit():
        words.insert(0, bare)
    return name, " ".join(words)
