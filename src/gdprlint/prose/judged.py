"""A notice as rules judge it: its draft in the policy language, and the way back to the page.

Rules see the draft as they see any record of extent notice; each place in it leads to where the notice
says it, or to its title where it says nothing. What was heard is not kept: this is plain data, small enough to be sent
to another process.
"""

from __future__ import annotations

import re

from attrs import evolve, field, frozen

from gdprlint.model.vocabulary import Vocabulary
from gdprlint.notices.page import Page
from gdprlint.prose.draft import draft_of
from gdprlint.prose.hearing import Evidence
from gdprlint.prose.hedging import is_hedged
from gdprlint.prose.reading import Reading
from gdprlint.prose.statements import UNNAMED
from gdprlint.text import Source, Span


@frozen(eq=False)
class JudgedNotice:
    """The draft of a notice, under the path of the notice or one of its own, and where the page says what.

    `page` is the text of the page, `others` those that it includes, and `text` what its reader sees. `kind` and `why`
    are those of the reading; `law` is in which words the page speaks of other law than that of the UK. `partly` are
    the stretches of the draft that say `possibly` of what is told in part, and not of what may be.
    """

    page: Source = field(repr=False)
    source: Source = field(repr=False)
    stretches: tuple[tuple[int, int, Span], ...] = field(repr=False)
    partly: tuple[tuple[int, int], ...] = field(repr=False)
    title: Span
    names: dict[str, str] = field(repr=False)  # names of the draft: what the notice calls them
    text: str = field(repr=False)
    others: tuple[Source, ...] = field(repr=False)
    kind: str
    why: str
    law: str
    heard: bool

    @property
    def speaker(self) -> str:
        """The name in the draft of whoever speaks, where the page does not say who that is; else empty."""
        return next((name for name, title in self.names.items() if title == UNNAMED), "")

    def place(self, span: Span) -> Span:
        """Where the page says what stands there in the draft, else its title."""
        fits = [one for start, end, one in self.stretches if start <= span.start < end]
        return fits[-1] if fits else self.title

    def is_partly_told(self, span: Span) -> bool:
        """Whether what stands there in the draft is what the page tells in part."""
        return any(start <= span.start < end for start, end in self.partly)

    def under(self, path: str) -> JudgedNotice:
        """The same with its draft under another path."""
        return evolve(self, source=Source(path, self.source.text))


def judged_notice(reading: Reading, vocabulary: Vocabulary) -> JudgedNotice:
    """The notice as it is judged; its draft has the path of the page."""
    text, stretches = draft_of(reading, vocabulary, margins=False)
    names = {found[1]: found[2] for found in _DECLARED.finditer(text)}
    names["personal-data"] = "personal data"
    page = reading.page
    path = page.source.path
    foreign = next((one for one in reading.evidence if "other-legal-order" in one.cue.items), None)
    law = foreign.passage.said(foreign.first, foreign.last) if foreign and foreign.outcome != "denied" else ""
    return JudgedNotice(
        page.source, Source(path, text), tuple((start, end, _heard(one, path)) for start, end, one in stretches),
        tuple((start, end) for start, end, one in stretches if one.outcome == "partial" and not is_hedged(one)),
        _title(page), names, "\n".join(block.text for block in page.blocks), page.others,
        reading.kind, reading.why, law, bool(reading.evidence),
    )  # fmt: skip


def _heard(one: Evidence, page: str) -> Span:
    block, start, end = one.passage.place(max(one.first, one.passage.own), one.last)
    first, last = block.place(start, end)
    return Span(block.path or page, first, max(last, first + 1))


def _title(page: Page) -> Span:
    """The first heading of the page, else its first line."""
    path = page.source.path
    chosen = next((block for block in page.blocks if block.kind == "heading"), None)
    chosen = chosen or (page.blocks[0] if page.blocks else None)
    if chosen is None or chosen.path:
        return Span(path, 0, 1)
    first, last = chosen.place(0, len(chosen.text))
    line_end = page.source.text.find("\n", first)
    return Span(path, first, min(last, line_end) if line_end > first else last)


_DECLARED = re.compile(r'^organisations? ([a-z0-9-]+) "([^"\n]*)"', re.MULTILINE)
