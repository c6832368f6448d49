"""Makes blocks of what a format reads, event by event: text, links, bold, and where one block ends.

It knows what a heading written as a bold line is, and nothing of the markup that says so.
"""

from __future__ import annotations

from gdprlint.notices.draft import Draft, TooLarge
from gdprlint.notices.page import Block
from gdprlint.notices.words import Words

MOST_BLOCKS = 100_000
BOLD_HEADING = 120
"""A paragraph in bold with at most so many characters is a heading."""


class Composer:
    """The blocks of a draft as they grow. Offsets are those of the draft's text."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.blocks: list[Block] = []
        self._begin()

    def _begin(self) -> None:
        self.words = Words()
        self.links: list[tuple[int, int, str]] = []
        self.link_from: tuple[int, int, str] | None = None
        self.bold = 0
        self.plain = 0

    def add(self, data: str, at: int, bold: bool = False) -> None:
        """Text as it stands in the draft."""
        before = self.words.size
        self.words.add(data, at)
        self._weigh(before, bold)

    def put(self, text: str, start: int, end: int, bold: bool = False) -> None:
        """Text in place of what stands in the draft."""
        before = self.words.size
        self.words.put(text, start, end)
        self._weigh(before, bold)

    def _weigh(self, before: int, bold: bool) -> None:
        grown = self.words.size - before
        if bold:
            self.bold += grown
        elif grown > 1 or (grown and self.words.parts[-1].isalnum()):
            self.plain += grown

    def link(self, target: str) -> None:
        self.unlink()
        self.link_from = (self.words.size, len(self.words.parts), target)

    def unlink(self) -> None:
        if self.link_from is not None:
            start, part, target = self.link_from
            if start < self.words.size:
                start += self.words.parts[part].startswith(" ")
                self.links.append((start, self.words.size, target))
            self.link_from = None

    @property
    def empty(self) -> bool:
        return self.words.size == 0

    @property
    def in_bold(self) -> bool:
        """Whether all that was said so far is bold."""
        return self.bold > 0 and self.plain == 0

    def end(self, kind: str, level: int = 0, column: str = "", row: int = 0) -> Block | None:
        """Ends a block, if anything was said since the last."""
        if self.empty:
            return None
        carried = self.link_from
        self.unlink()
        text = self.words.text()
        if kind == "paragraph" and self.in_bold and is_heading(text):
            kind, level = "heading", 6
        if len(self.blocks) >= MOST_BLOCKS:
            raise TooLarge
        steps, path, branch = self.draft.placed(self.words.runs, self.words.size)
        block = Block(kind, level, text, steps, branch, column, row, tuple(self.links), path)
        self.blocks.append(block)
        self._begin()
        if carried is not None:
            self.link_from = (0, 0, carried[2])
        return block


def is_heading(text: str) -> bool:
    """Whether a line that is set apart by bold reads as a heading: short, and no sentence."""
    if len(text) > BOLD_HEADING or text.endswith((".", ";", ",")) or not any(map(str.isalpha, text)):
        return False
    return not (text.endswith(":") and len(text.split()) > 8)
