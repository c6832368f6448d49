"""Exceptions in notices: which block of a page a comment stands in or above, whatever the page is written in.

A comment of the page's own language is no part of what its reader sees; what is shown, such as an example in a block of
code, is text and no exception. PDF, docx and plain text have no comments: their exceptions stand in the configuration.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from gdprlint.exceptions import grammar
from gdprlint.exceptions.found import Found
from gdprlint.exceptions.grammar import LONGEST, Fault
from gdprlint.notices.frontmatter import front_matter
from gdprlint.notices.page import Block
from gdprlint.notices.templates.weaving import language_of
from gdprlint.registers import SHEETS
from gdprlint.text import Source, Span


class Form(NamedTuple):
    """A way to write comments: how one opens that may be an exception, and how it ends; a line ends it where `line`."""

    opens: re.Pattern[str]
    ends: str
    line: bool = False


def _form(opens: str, ends: str = "", line: bool = False) -> Form:
    blanks = r"[^\S\n]*" if line else r"\s*"
    return Form(re.compile(rf"{opens}(?={blanks}[Aa]llow\b)", re.M), ends, line)


_HTML = _form("<!--", "-->")
_HASH = _form(r"(?:^|(?<=[ \t]))#", line=True)
_SLASHES = _form(r"(?:^|(?<=[ \t]))//", line=True)
_STARS = _form(r"/\*", "*/")
_FORMS: dict[str, tuple[Form, ...]] = {
    "": (_HTML,),
    "erb": (_HTML, _form("<%#", "%>")),
    "razor": (_HTML, _form(r"@\*", "*@")),
    "php": (_HTML, _STARS, _SLASHES, _HASH),
    "curly": (
        _HTML,
        _form(r"\{#-?", "#}"),
        _form(r"\{\{~?!--", "--"),
        _form(r"\{\{~?!(?!--)", "}}"),
        _form(r"\{%-?\s*comment\s*-?%\}", "{%"),
        _form(r"\{%-?\s*#", "%}"),
    ),
    "haml": (_form(r"^[ \t]*-#", line=True), _form(r"^[ \t]*/", line=True)),
    "jsx": (_HTML, _STARS, _SLASHES),
    "yaml": (_HASH,),
}
_OWN = {".mdx": (_HTML, _STARS), ".yml": (_HASH,), ".yaml": (_HASH,)}
_NONE = (".pdf", ".docx", ".txt", ".text", ".json", ".arb", ".gdpr", *SHEETS)
NEAR = 50
"""As many blocks or runs before a place are looked at."""
_CLOSING = re.compile(r"\s*(?:</|\{%-?\s*end|<%-?\s*end\b)")


def may_have(path: str) -> bool:
    """Whether files with this ending have comments at all."""
    return not path.lower().endswith(_NONE)


def said_in(source: Source, names: Container[str] = ()) -> Iterator[tuple[grammar.Said | Fault, Span]]:
    """What the comments of a page's text say as exceptions, each with its place."""
    text = source.text
    at_most = front_matter(text).end if text.startswith("---") else 0
    found: dict[int, tuple[grammar.Said | Fault, Span]] = {}
    for form in (*_forms(source), *([_HASH] if at_most else [])):
        for start, inner, stop, end in _comments(text, form, at_most if form is _HASH and at_most else len(text)):
            said = grammar.read(text[inner:stop], inner, names)
            if said is not None:
                found.setdefault(start, (said, Span(source.path, start, end)))
    yield from (found[start] for start in sorted(found))


def _forms(source: Source) -> tuple[Form, ...]:
    path = source.path.lower()
    if not may_have(path):
        return ()
    own = next((forms for ending, forms in _OWN.items() if path.endswith(ending)), None)
    return own or _FORMS[language_of(path, source.text) or ""]


def _comments(text: str, form: Form, until: int) -> Iterator[tuple[int, int, int, int]]:
    """Where comments begin, where their words begin and end, and where they end."""
    at = 0
    while (opened := form.opens.search(text, at, until)) is not None:
        start = opened.start() + (len(opened[0]) - len(opened[0].lstrip()))
        if form.line:
            stop = text.find("\n", opened.end())
            stop = end = len(text) if stop < 0 else stop
            tag = text.find("?>", opened.end(), stop)
            stop = end = tag if tag >= 0 else stop
        else:
            stop = text.find(form.ends, opened.end(), opened.end() + LONGEST + 100)
            if stop < 0:  # it is never closed, or too long for anybody to read
                stop = min(len(text), opened.end() + LONGEST + 100)
            end = min(len(text), stop + len(form.ends))
            if form.ends in ("#}", "%}", "}}") and text[stop - 1] in "-~":  # it takes the blanks behind it away
                stop -= 1
            if form.ends == "--":
                end = min(len(text), max(end, text.find("}}", end, end + 3) + 2))
            elif form.ends == "{%":
                end = max(end, text.find("%}", end, end + 40) + 2)
        yield start, opened.end(), stop, end
        at = max(stop, opened.end())


def found_in(
    source: Source, blocks: Iterable[Block], names: Container[str] = (), title: Iterable[tuple[int, int]] = ()
) -> Iterator[Found]:
    """The exceptions in a text, whose blocks are given; `title` is where what is told of the whole page may stand."""
    said = [*said_in(source, names)]
    if not said:
        return
    page = _Shown.of(source, blocks, title)
    for what, place in said:
        if page.is_shown(place.start):
            continue
        target = page.target(place)
        if target is None:
            if not isinstance(what, Fault):
                what = Fault(
                    "REC012", "the exception stands in no paragraph and above none", place.start, place.end,
                    "write it above the paragraph or the item that it covers",
                )  # fmt: skip
            yield Found(what, place, source.path)
        else:
            yield Found(what, place, source.path, target.runs, target.words)


class _Stretch(NamedTuple):
    """A block as it stands in its file: from where to where, in which runs of characters, with which words."""

    first: int
    last: int
    runs: tuple[tuple[int, int], ...]
    words: str


class _Shown(NamedTuple):
    """The blocks of one file in its order."""

    source: Source
    blocks: list[_Stretch]
    firsts: list[int]
    runs: list[tuple[int, int]]

    @classmethod
    def of(cls, source: Source, blocks: Iterable[Block], title: Iterable[tuple[int, int]]) -> _Shown:
        shown = sorted(_stretch(block) for block in blocks if block.steps)
        runs = sorted(run for one in shown for run in one.runs)
        if shown:  # what stands before all blocks is meant by an exception of the first
            shown[0] = shown[0]._replace(runs=(*title, *shown[0].runs))
        return cls(source, shown, [one.first for one in shown], runs)

    def is_shown(self, at: int) -> bool:
        """Whether the page shows the character there."""
        number = bisect_right(self.runs, (at, 1 << 60))
        return any(start <= at < end for start, end in self.runs[max(number - NEAR, 0) : number])

    def target(self, place: Span) -> _Stretch | None:
        """The block that a comment stands in, behind on the same line, or else right above."""
        number = bisect_right(self.firsts, place.start)
        near = self.blocks[max(number - NEAR, 0) : number]
        around = [one for one in near if place.start < one.last]
        if around:
            return min(around, key=lambda one: one.last - one.first)
        if near:
            before = max(near, key=lambda one: one.last)
            same_line = self.source.position(before.last)[0] == self.source.position(place.start)[0]
            if same_line or _CLOSING.match(self.source.text, place.end):
                return before
        return self.blocks[number] if number < len(self.blocks) else None


def _stretch(block: Block) -> _Stretch:
    runs = [
        (written, written + max(1, min(after - said, further - written)))
        for (said, written), (after, further) in zip(block.steps, block.steps[1:], strict=False)
        if after > said
    ] or [(block.steps[0][1], block.steps[0][1] + 1)]
    first, last = min(run[0] for run in runs), max(run[1] for run in runs)
    return _Stretch(first, last, tuple(runs), " ".join(block.text.split()))
