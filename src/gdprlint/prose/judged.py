"""A notice as rules judge it: its draft in the policy language, and the way back to the page.

Rules see the draft as they see any record of extent notice; each place in it leads to where the notice
says it, or to its title where it says nothing.
"""

from __future__ import annotations

import re

from attrs import field, frozen

from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.draft import Stretch, draft_of
from gdprlint.prose.hearing import Evidence
from gdprlint.prose.reading import Reading
from gdprlint.prose.statements import UNNAMED
from gdprlint.text import Source, Span


@frozen(eq=False)
class JudgedNotice:
    """The draft of a notice, under the path of the notice or one of its own, and what each stretch of it rests on."""

    reading: Reading = field(repr=False)
    source: Source = field(repr=False)
    stretches: tuple[Stretch, ...] = field(repr=False)
    names: dict[str, str] = field(factory=dict, repr=False)  # names of the draft: what the notice calls them

    @property
    def page(self) -> str:
        """The path of the page."""
        return self.reading.page.source.path

    @property
    def speaker(self) -> str:
        """The name in the draft of whoever speaks, where the page does not say who that is; else empty."""
        return next((name for name, title in self.names.items() if title == UNNAMED), "")

    def place(self, span: Span) -> Span:
        """Where the page says what stands there in the draft, else its title."""
        fits = [one for start, end, one in self.stretches if start <= span.start < end]
        return self._heard(fits[-1]) if fits else self.title()

    def _heard(self, one: Evidence) -> Span:
        block, start, end = one.passage.place(max(one.first, one.passage.own), one.last)
        first, last = block.place(start, end)
        return Span(block.path or self.page, first, max(last, first + 1))

    def title(self) -> Span:
        """The first heading of the page, else its first line."""
        blocks = self.reading.page.blocks
        chosen = next((block for block in blocks if block.kind == "heading"), None) or (blocks[0] if blocks else None)
        if chosen is None or chosen.path:
            return Span(self.page, 0, 1)
        first, last = chosen.place(0, len(chosen.text))
        line_end = self.reading.page.source.text.find("\n", first)
        return Span(self.page, first, min(last, line_end) if line_end > first else last)


def judged_notice(reading: Reading, vocabulary: Vocabulary, path: str = "") -> JudgedNotice:
    """The notice as it is judged; its draft has this path, else that of the page."""
    text, stretches = draft_of(reading, vocabulary, margins=False)
    names = {found[1]: found[2] for found in _DECLARED.finditer(text)}
    names["personal-data"] = "personal data"
    return JudgedNotice(reading, Source(path or reading.page.source.path, text), tuple(stretches), names)


_DECLARED = re.compile(r'^organisations? ([a-z0-9-]+) "([^"\n]*)"', re.MULTILINE)
