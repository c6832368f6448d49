"""Headings under which nothing stands yet: `Consequences of not giving data`, and below it `To be confirmed`.

Whoever only reads headings would take the matter for told. What a heading speaks of is for cues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gdprlint.prose.passages import Passage

_LONGEST = 12  # words of a sentence that only holds a place
_PLACE_HELD = re.compile(
    r"\b(under (review|construction)|to (follow|come)|coming soon|t\.?b\.?[acd]\b|todo|lorem ipsum|placeholder"
    r"|to be (confirmed|completed|added|written|decided|drafted|inserted|supplied|agreed|determined)"
    r"|(being|is|in) (written|drafted|reviewed|prepared|preparation|draft)|not yet (written|drafted|available|decided)"
    r"|(insert|add|text|wording|content|details) (here|goes here|needed|awaited|pending))",
    re.I,
)


def without_hollow(passages: Sequence[Passage]) -> list[Passage]:
    """The passages but those headings below which only something like `to be confirmed` stands, and that."""
    below: dict[Passage, list[Passage]] = {}
    for passage in passages:
        if passage.headings:
            below.setdefault(passage.headings[0], []).append(passage)
    hollow: set[Passage] = set()
    for heading, found in below.items():
        if heading.kind == "heading" and all(map(_holds_a_place, found)):
            hollow.update((heading, *found))
    return [passage for passage in passages if passage not in hollow]


def _holds_a_place(passage: Passage) -> bool:
    own = len(passage.words) - passage.own
    return (
        passage.kind != "heading"
        and own <= _LONGEST
        and _PLACE_HELD.search(passage.said(passage.own, len(passage.words))) is not None
    )
