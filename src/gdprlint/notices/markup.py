"""From elements to blocks: what HTML shows, however well its tags are closed.

It is told of tags and text in their order, by whatever reads them: HTML, the elements that Markdown makes, a template
written out. It keeps the elements that matter to a reader and lets the others pass.
"""

from __future__ import annotations

import re

from attrs import define

from gdprlint.notices.composer import Composer
from gdprlint.notices.words import listed

HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = ("td", "th")
UNSEEN = listed(
    "script style template head noframes iframe object canvas svg math select datalist option textarea audio "
    "video map del s strike"
)
DEEPEST = 512
"""Elements that are open at once; what is nested deeper is read as if it stood at that depth, as browsers do."""
VOID = listed("area base br col embed hr img input link meta param source track wbr")
BLOCKS = listed(
    "address article aside blockquote body button center details dialog dir div fieldset figcaption figure footer "
    "form header hgroup html legend main menu nav optgroup p pre search section summary caption table thead tbody "
    "tfoot tr"
)
COMPONENTS = ("govuk-", "nhsuk-", "moj-", "dfe-")
"""Elements of design systems, each of which stands apart on the page."""
BOLD = frozenset(("b", "strong"))
_TRACKED = frozenset(
    (*HEADINGS, *CELLS, *UNSEEN, *BOLD, "li", "ul", "ol", "dt", "dd", "a", "table", "tr", "thead", "title", "summary")
)
HOLDING = frozenset((*HEADINGS, *CELLS, "li", "dt", "dd", "summary"))
"""Elements that tell what kind of block stands in them."""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SCOPES = {
    "li": ("ul", "ol", "table"),
    "dt": ("dl", "table"),
    "dd": ("dl", "table"),
    "td": ("table",),
    "th": ("table",),
    "tr": ("table",),
    "thead": ("table",),
}


@define(eq=False)
class Element:
    """An element that is open: its tag, what it is shown as, and whether it is shown at all."""

    tag: str
    shown: str
    hidden: bool = False


@define(eq=False)
class Table:
    """A table that is open: its heads, and the cell that is being read."""

    heads: list[str]
    column: int = 0
    row: int = 0
    cells: list[tuple[str, int, int]] | None = None
    in_head: bool = False


class Markup:
    """Elements as they come, turned into the blocks of a composer."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.open: list[Element] = []
        self.holders: list[str] = []
        self.counts: dict[str, int] = {}
        self.tables: list[Table] = []
        self.hidden = 0
        self.bold = 0
        self.rows = 0
        self.title: list[str] = []
        self.breaks = 0

    def text(self, data: str, at: int) -> None:
        if self.hidden:
            if self.open and self.open[-1].tag == "title":
                self.title.append(data)
            return
        if self.breaks and not data.isspace():
            self.breaks = 0
        self.composer.add(data, at, self.bold > 0 or self._in("th"))

    def sign(self, text: str, start: int, end: int) -> None:
        """A character that is written as an entity or an escape."""
        if self.hidden:
            if self.open and self.open[-1].tag == "title":
                self.title.append(text)
            return
        self.breaks = 0
        self.composer.put(text, start, end, self.bold > 0)

    def start(self, tag: str, at: int, attributes: dict[str, str] | None = None, closed: bool = False) -> None:
        found = attributes or {}
        if tag == "br":
            self._line_break(at)
            return
        if tag == "hr":
            self.flush()
            return
        self.breaks = 0
        if tag in VOID or closed:
            return
        hidden = tag in UNSEEN or tag == "title" or "hidden" in found or bool(_HIDDEN.search(found.get("style", "")))
        shown = tag
        if tag not in HEADINGS and found.get("role") == "heading":
            level = found.get("aria-level", "2")
            shown = f"h{level}" if level in "123456" and level else "h6"
        if not self.hidden:
            self._before(shown, at)
        if (shown in _TRACKED or hidden) and len(self.open) < DEEPEST:
            self._push(Element(tag, shown, hidden))
            if not self.hidden:
                self._after(shown, found)

    def _before(self, tag: str, at: int) -> None:
        """What a tag ends by beginning."""
        if tag in HEADINGS or tag in BLOCKS or tag in ("ul", "ol", "dl") or tag.startswith(COMPONENTS):
            self.flush()
            if tag in HEADINGS or tag in ("ul", "ol", "dl", "p", "table"):
                self._close_headings()
        if tag in _SCOPES:
            self.flush()
            for same in ("dt", "dd") if tag in ("dt", "dd") else CELLS if tag in CELLS else (tag,):
                self._close_within(same, _SCOPES[tag])
            if tag == "tr":
                self._close_within("td", ("table",))
                self._close_within("th", ("table",))
                self._end_row()
        elif tag == "a":
            self._close("a")

    def _after(self, tag: str, attributes: dict[str, str]) -> None:
        table = self.tables[-1] if self.tables else None
        if tag == "a":
            target = attributes.get("href", "")
            if target:
                self.composer.link(target.strip())
        elif tag in BOLD:
            self.bold += 1
        elif tag == "table":
            self.tables.append(Table([]))
        elif table is not None:
            if tag == "thead":
                table.in_head = True
            elif tag == "tr" or (tag in CELLS and table.cells is None):
                self.rows += 1
                table.row, table.column, table.cells = self.rows, 0, []
            if tag in CELLS and table.cells is not None:
                span = attributes.get("colspan", "1")
                wide = min(int(span), 100) if span.isdecimal() and len(span) < 4 else 1
                table.cells.append((tag, table.column, len(self.composer.blocks)))
                table.column += max(wide, 1)

    def end(self, tag: str, at: int) -> None:
        self.breaks = 0
        if tag in ("p", "br") and not self.hidden:
            if tag == "p":
                self.flush()
            else:
                self._line_break(at)
            return
        if not self.hidden and (tag in BLOCKS or tag in ("ul", "ol", "dl") or tag.startswith(COMPONENTS)):
            self.flush()
        if self.counts.get(tag):
            if tag in _SCOPES:
                self._close_within(tag, _SCOPES[tag])
            else:
                self._close(tag)

    def _line_break(self, at: int) -> None:
        if self.hidden:
            return
        self.breaks += 1
        kind, _, _, _ = self._kind()
        if kind == "paragraph" and not self.composer.empty and (self.breaks > 1 or self._bold_line()):
            self.flush()
        self.composer.words.space(at)

    def _bold_line(self) -> bool:
        return self.composer.in_bold and not self.composer.words.text().rstrip().endswith((":", ",", ".", ";"))

    def flush(self) -> None:
        """Ends the block that is being read, if anything was said."""
        if not self.composer.empty:
            self.composer.end(*self._kind())

    def finish(self) -> str:
        """Ends the page; its title, where it has one."""
        self.flush()
        while self.open:
            self._pop()
        return " ".join("".join(self.title).split())

    def _kind(self) -> tuple[str, int, str, int]:
        """Kind, level, column and row of the block that is being read."""
        table = self.tables[-1] if self.tables else None
        for tag in reversed(self.holders):
            if tag in HEADINGS and table is None:
                return "heading", HEADINGS[tag], "", 0
            if tag == "summary":
                return "heading", 6, "", 0
            if tag in CELLS and table is not None and table.cells:
                column = table.cells[-1][1]
                head = table.heads[column] if column < len(table.heads) else ""
                return "cell", 0, head, table.row
            if tag == "li":
                return "item", max(self.counts.get("ul", 0) + self.counts.get("ol", 0), 1), "", 0
            if tag == "dt":
                return "term", 0, "", 0
            if tag == "dd":
                return "definition", 0, "", 0
        return "paragraph", 0, "", 0

    def _in(self, tag: str) -> bool:
        return bool(self.counts.get(tag))

    def _push(self, element: Element) -> None:
        self.open.append(element)
        if element.shown in HOLDING:
            self.holders.append(element.shown)
        self.counts[element.tag] = self.counts.get(element.tag, 0) + 1
        self.hidden += element.hidden

    def _pop(self) -> Element:
        element = self.open[-1]
        tag = element.shown
        if not self.hidden:
            if tag in HEADINGS or tag in _SCOPES or tag == "summary":
                self.flush()
            if tag == "a":
                self.composer.unlink()
            elif tag in BOLD:
                self.bold -= 1
            elif tag == "tr":
                self._end_row()
            elif tag == "thead" and self.tables:
                self._end_row()
                self.tables[-1].in_head = False
            elif tag == "table" and self.tables:
                self._end_row()
                self.tables.pop()
        self.open.pop()
        if tag in HOLDING:
            self.holders.pop()
        self.counts[element.tag] -= 1
        self.hidden -= element.hidden
        return element

    def _close(self, tag: str) -> None:
        """Ends elements up to the innermost one of this tag."""
        while self.counts.get(tag) and self._pop().tag != tag:
            pass

    def _close_within(self, tag: str, scopes: tuple[str, ...]) -> None:
        """Ends the innermost element of this tag, unless one of the scopes lies between."""
        if not self.counts.get(tag):
            return
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].tag == tag:
                while len(self.open) > depth:
                    self._pop()
                return
            if self.open[depth].tag in scopes:
                return

    def _close_headings(self) -> None:
        for tag in HEADINGS:
            if self.counts.get(tag) and not self._in("table"):
                self._close(tag)

    def _end_row(self) -> None:
        table = self.tables[-1] if self.tables else None
        if table is None or not table.cells:
            return
        cells, table.cells = table.cells, None
        if table.heads or not (table.in_head or (len(cells) > 1 and all(tag == "th" for tag, _, _ in cells))):
            return
        ends = [first for _, _, first in cells[1:]] + [len(self.composer.blocks)]
        for (_, column, first), last in zip(cells, ends, strict=True):
            table.heads += [""] * (column + 1 - len(table.heads))
            table.heads[column] = " ".join(block.text for block in self.composer.blocks[first:last])
