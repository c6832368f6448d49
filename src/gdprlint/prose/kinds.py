"""Whether a page is a privacy notice, an excerpt of one, or none, told from its text alone.

A text with another purpose says so in its title (terms, an agreement, a form for consent), sends its reader elsewhere,
or says next to nothing of what a notice says. What such words are is for cues, by the signs that they give; where in
the page they count, and what outweighs them, is for this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from gdprlint.notices.page import Page
from gdprlint.prose.hearing import Evidence
from gdprlint.prose.keys import RIGHTS
from gdprlint.prose.passages import Passage

OPENING = 6  # passages at the beginning of which one may be the title
SHORTEST_SENTENCE = 5  # words after a heading with which the text itself begins
LONGEST_TITLE = 14  # words
LONG = 300  # words of a page that would say more, were it a whole notice
SHORT = 12  # words that are less than a notice

_CORE = ("controller-identity", "purposes", "data-categories", "lawful-basis", "recipients", "retention")
_FRAME = ("controller-identity", "controller-contact", "dpo-contact", "lawful-basis", "complaint-regulator",
          "complaint-controller", *(f"right-{right}" for right in RIGHTS))  # fmt: skip


@frozen(eq=False)
class Signs:
    """What the page shows: evidence by item and sign, and how much is said at all."""

    heard: Mapping[str, Sequence[Evidence]]
    words: int
    linked: float  # the share of the text that is links
    titles: frozenset[int] = field(factory=frozenset)  # numbers of the passages that may be titles

    def first(self, sign: str, where: Callable[[Evidence], bool]) -> Evidence | None:
        return next((one for one in self.heard.get(sign, ()) if where(one)), None)

    def count(self, keys: Sequence[str]) -> int:
        return sum(key in self.heard for key in keys)

    def titled(self, one: Evidence) -> bool:
        return one.passage.number in self.titles


def kind_of(page: Page, passages: Sequence[Passage], evidence: Sequence[Evidence]) -> tuple[str, str]:
    """The kind (notice, excerpt, not-a-notice) and the words that told it."""
    signs = _signs(page, passages, evidence)
    for told, kind in ((_no_notice, "not-a-notice"), (_excerpt, "excerpt")):
        why = told(signs)
        if why is not None:
            return kind, why
    return "notice", ""


def _signs(page: Page, passages: Sequence[Passage], evidence: Sequence[Evidence]) -> Signs:
    heard: dict[str, list[Evidence]] = {}
    for one in evidence:
        if one.outcome != "denied" and "faint" not in one.cue.items:
            for key in one.cue.items:
                heard.setdefault(key, []).append(one)
    length = sum(len(block.text) for block in page.blocks)
    linked = sum(end - start for block in page.blocks for start, end, _ in block.links)
    words = sum(len(passage.words) - passage.own for passage in passages)
    return Signs(heard, words, linked / length if length else 0.0, _titles(passages))


def _titles(passages: Sequence[Passage]) -> frozenset[int]:
    """The headings before the first sentence, and what stands before them and is short: one says what the page is."""
    found: list[int] = []
    headed = False
    for passage in passages:
        heading = passage.kind == "heading"
        if (headed and not heading and len(passage.words) > SHORTEST_SENTENCE) or len(found) == OPENING:
            break
        headed = headed or heading
        if len(passage.words) <= LONGEST_TITLE and (heading or not headed):
            found.append(passage.number)
    return frozenset(found)


def _no_notice(signs: Signs) -> str | None:
    elsewhere = signs.first("no-notice", lambda one: not one.cue.in_headings)
    titled = signs.first("no-notice", lambda one: one.cue.in_headings and signs.titled(one))
    called = signs.first("notice-words", signs.titled)
    if titled is not None and (called is None or titled.passage.number <= called.passage.number):
        return _said(titled)
    rights = signs.count([f"right-{right}" for right in RIGHTS])
    if elsewhere is not None and rights < 2:
        return _said(elsewhere)
    if (signs.linked > 0.6 and signs.count(_CORE) < 3) or (signs.words < SHORT and not signs.count(_CORE)):
        return ""
    calls_itself = "notice-words" in signs.heard or "part-of-notice" in signs.heard
    if signs.count(_CORE) < 2 and rights == 0 and not calls_itself:
        return ""
    return None


def _excerpt(signs: Signs) -> str | None:
    frame = signs.count(_FRAME)
    part = signs.first("part-of-notice", lambda one: one.cue.in_headings)
    if part is not None and frame < 6:
        return _said(part)
    called = signs.first("notice-words", signs.titled) is not None
    fuller = signs.first(
        "part-of-notice", lambda one: not one.cue.in_headings and (one.outcome == "stated" or not called)
    )
    if fuller is not None and frame < 2:
        return _said(fuller)
    if signs.words > LONG and not frame and signs.count(_CORE) < 4:
        return ""
    return None


def _said(one: Evidence) -> str:
    return one.passage.said(one.first, one.last)
