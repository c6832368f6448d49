"""The lines at the head of a page that are no text of it, but say its title and its date.

Only single lines of key and value are understood, which is all that a page shows of them.
"""

from __future__ import annotations

import re

from attrs import evolve, frozen

from gdprlint.notices.composer import Composer
from gdprlint.notices.page import Block

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
_LINE = re.compile(r"^[ \t]*([\w.-]+)[ \t]*[:=][ \t]+(\"[^\"\n]*\"|'[^'\n]*'|[^\s#|>&*!{\[][^\n]*?)[ \t]*\r?$", re.M)
_TITLES = ("title", "page_title", "pagetitle", "page-title", "heading")
DATES = re.compile(
    r"(?:last|date|page|effective|notice|policy|document)?[_-]?(?:date|updated?|modified|lastmod|reviewed|published|revised|version)"
    r"(?:[_-]?(?:date|at|on|until))?",
    re.I,
)


@frozen
class FrontMatter:
    """What the head of a page says: its title, and the lines that a page shows as its date or version."""

    end: int = 0
    title: str = ""
    title_at: int = 0
    lines: tuple[tuple[str, int, str, int], ...] = ()

    def say(self, composer: Composer) -> None:
        """Dates and versions, each as a paragraph of its own."""
        for key, at, value, start in self.lines:
            composer.add(re.sub("[_-]", " ", key), at)
            composer.put(":", at + len(key), at + len(key) + 1)
            composer.words.space(at + len(key) + 1)
            composer.add(value, start)
            composer.end("paragraph")

    def headed(self, blocks: list[Block]) -> list[Block]:
        """The blocks under the title, unless the page has a heading of the first level."""
        if not self.title or any(block.kind == "heading" and block.level == 1 for block in blocks):
            return blocks
        end = self.title_at + len(self.title)
        return [Block("heading", 1, self.title, ((0, self.title_at), (len(self.title), end))), *blocks]


def front_matter(text: str) -> FrontMatter:
    """What stands between two lines of `---` (or `+++`) at the very start."""
    fence = _FENCE.match(text)
    if fence is None:
        return FrontMatter()
    close = re.compile(rf"^{re.escape(fence.group(1))}[ \t]*\r?$", re.M).search(text, fence.end())
    if close is None:
        return FrontMatter()
    found = FrontMatter(end=close.end())
    lines = []
    for line in _LINE.finditer(text, fence.end(), close.start()):
        key, value, start = line.group(1), line.group(2), line.start(2)
        if value[0] in "\"'" and len(value) > 1 and value[-1] == value[0]:
            value, start = value[1:-1], start + 1
        value = value.strip()
        if not value or not value.isprintable():
            continue
        if key.lower() in _TITLES and not found.title:
            found = evolve(found, title=value, title_at=start)
        elif DATES.fullmatch(key):
            lines.append((key, line.start(1), value, start))
    return evolve(found, lines=tuple(lines))
