"""A notice read: its page, what was heard in it, and what that amounts to.

The door of this package: everything above asks for a `Reading` and looks at nothing else here.
"""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from gdprlint.notices.page import Block, Page
from gdprlint.prose.carried import with_officer
from gdprlint.prose.facts import facts_of
from gdprlint.prose.hearing import Ear, Evidence
from gdprlint.prose.hollow import without_hollow
from gdprlint.prose.items import Item, items_of
from gdprlint.prose.kinds import kind_of
from gdprlint.prose.passages import Passage, passages_of


@frozen(eq=False)
class Reading:
    """What a notice says. `kind` is notice, excerpt or not-a-notice; `why` says by what that was told."""

    page: Page = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    evidence: tuple[Evidence, ...] = field(repr=False)
    kind: str
    why: str
    items: dict[str, Item] = field(repr=False)
    facts: dict[str, Any] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """The reading as `gdprlint read --format json` prints it; lines count from 1 in the file as it is."""
        items = {key: {"status": item.status, "spans": self._spans(item.evidence)} for key, item in self.items.items()}
        facts = {name: value for name, value in self.facts.items() if name != "retention"}
        facts["retention"] = [
            {**{k: v for k, v in row.items() if k != "place"}, "lines": self._lines(*row["place"])}
            for row in self.facts["retention"]
        ]
        return {"kind": self.kind, "items": items, "facts": facts}

    @property
    def title(self) -> str:
        """The title of the page, else its first heading, else its file."""
        first = next((passage.text for passage in self.passages if passage.kind == "heading"), "")
        return self.page.title or first or self.page.source.path

    def lines_of(self, one: Evidence) -> list[int]:
        """First and last line of what was heard; nothing where it stands in another file."""
        return self._lines(*one.passage.place(one.first, one.last))

    def _spans(self, evidence: tuple[Evidence, ...]) -> list[list[int]]:
        spans = {tuple(self.lines_of(one)) for one in evidence}
        return [list(span) for span in sorted(spans) if span]

    def _lines(self, block: Block, start: int, end: int) -> list[int]:
        """First and last line of a stretch of a block; nothing for a block of another file."""
        if block.path:
            return []
        first, last = block.place(start, end)
        return [self.page.source.position(first)[0], self.page.source.position(max(last - 1, first))[0]]


def read_page(page: Page, ear: Ear) -> Reading:
    """The reading of a page."""
    passages = passages_of(page)
    evidence = with_officer(ear.hear(without_hollow(passages)), passages)
    kind, why = kind_of(page, passages, evidence)
    items = items_of(evidence, kind)
    return Reading(page, tuple(passages), tuple(evidence), kind, why, items, facts_of(evidence, items))
