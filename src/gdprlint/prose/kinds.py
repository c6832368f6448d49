"""Whether a page is a privacy notice, an excerpt of one, or none, told from its text alone."""

from __future__ import annotations

from collections.abc import Sequence

from gdprlint.prose.hearing import Evidence
from gdprlint.notices.page import Page
from gdprlint.prose.passages import Passage


def kind_of(page: Page, passages: Sequence[Passage], evidence: Sequence[Evidence]) -> tuple[str, str]:
    """The kind (notice, excerpt, not-a-notice) and the words that told it."""
    signs: dict[str, list[Evidence]] = {}
    for one in evidence:
        if one.outcome != "denied":
            for key in one.cue.items:
                signs.setdefault(key, []).append(one)
    for sign, kind in (("no-notice", "not-a-notice"), ("part-of-notice", "excerpt")):
        if sign in signs:
            first = signs[sign][0]
            return kind, first.passage.said(first.first, first.last)
    return "notice", ""
