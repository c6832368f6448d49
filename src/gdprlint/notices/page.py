"""What a reader of a notice sees: blocks of text in reading order, each character with its place in the file.

Everything above this module works on blocks and never looks at markup. Nothing here knows a format, or what the
text means.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from attrs import field, frozen

from gdprlint.text import Source


@frozen
class Block:
    """A piece of text that stands apart on the page.

    `kind` is heading, paragraph, item, term, definition or cell. `level` is 1 to 6 for headings, the depth of
    nesting for items, else 0. `text` has white space folded, entities resolved and interpolations as names in braces.

    `steps` are pairs of an offset in `text` and an offset in the source; from one step to the next both run on in
    parallel. Where markup lies between two characters there are two steps at the same offset of `text`: where the
    first piece ends, and where the next begins. The last step is the end of the text. Both offsets ascend, but for a
    text that the file holds under a name and shows elsewhere: its place is where it is written.

    `branch` names the branches of the template that any of the text stands in, outermost first, divided by spaces
    (`if:12`, `if:12/else`). `path` is the file, where the text comes from another than the page itself.
    """

    kind: str
    level: int
    text: str
    steps: tuple[tuple[int, int], ...] = field(repr=False)
    branch: str = ""
    column: str = ""
    row: int = 0
    links: tuple[tuple[int, int, str], ...] = ()
    path: str = ""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source that show `text[start:end]`: from its first to behind its last."""
        if not self.steps:
            return 0, 0
        size = len(self.text)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        first = self._begins(start)
        last = first if start == end else self._ends(end)
        return first, last if last >= first else max(first, self._run_end(start))

    def _run_end(self, offset: int) -> int:
        at = bisect_right(self.steps, offset, key=_in_text)
        return self.steps[min(at, len(self.steps) - 1)][1]

    def _begins(self, offset: int) -> int:
        at = max(bisect_right(self.steps, offset, key=_in_text) - 1, 0)
        said, written = self.steps[at]
        place = written + offset - said
        return min(place, self.steps[at + 1][1]) if at + 1 < len(self.steps) else place

    def _ends(self, offset: int) -> int:
        at = bisect_left(self.steps, offset, key=_in_text)
        if at < len(self.steps) and self.steps[at][0] == offset:
            return self.steps[at][1]
        said, written = self.steps[at - 1]
        place = written + offset - said
        return min(place, self.steps[at][1]) if at < len(self.steps) else place


def _in_text(step: tuple[int, int]) -> int:
    return step[0]


@frozen
class Unread:
    """Something the page shows that could not be read: a partial, a translation, a page without text layer."""

    what: str
    start: int
    end: int


@frozen(slots=False)
class Page:
    """A notice as it is read. For PDF and docx `source` holds the text that was taken out of the file.

    `pages` are the offsets in `source` where the pages of a PDF begin. `others` are the files that were followed;
    blocks of theirs carry `path`.
    """

    source: Source
    blocks: tuple[Block, ...]
    title: str = ""
    unread: tuple[Unread, ...] = ()
    pages: tuple[int, ...] = ()
    others: tuple[Source, ...] = ()
