"""PDF: the text layer, without the lines that every page repeats; paragraphs go on over lines and pages.

`source` is the text as it is laid out, page by page. Pages without text are told; nothing is recognised from pictures.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter

from attrs import frozen

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.composer import Composer
from gdprlint.notices.decoding import fault
from gdprlint.notices.draft import Draft, TooLarge
from gdprlint.notices.lines import say
from gdprlint.notices.page import Page, Unread
from gdprlint.notices.pdftext import MOST_OPERATIONS, Laid, Reader, laid
from gdprlint.notices.project import Project
from gdprlint.notices.rows import Line
from gdprlint.text import Source

SUFFIXES = (".pdf",)
MOST_PAGES = 500
_NUMBER = re.compile(r"(?:page|seite)?\s*[-\u2013]?\s*\d{1,4}\s*[-\u2013]?\s*(?:(?:of|/|\|)\s*\d{1,4})?", re.I)
_DIGITS = re.compile(r"\d+")
_HEAD, _FOOT = 3, 4
"""As many lines at the top and at the bottom of a page may be repeated ones."""


@frozen
class Placed:
    """A line of a page, with its page and its offset in the text that was taken out."""

    line: Laid
    page: int
    start: int


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    if b"%PDF-" not in data[:1024]:
        return fault(path, "not-a-pdf", "the file is not a PDF", "name it by what it is")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _read(data, path, project)
        except (TooLarge, MemoryError):
            raise
        except Exception:
            return fault(
                path, "pdf-broken", "the PDF is damaged and could not be read", "save it anew, or name its source"
            )


def _read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return fault(path, "pdf-encrypted", "the PDF can be opened with a password only", "name one without a password")
    parts: list[str] = []
    size = 0
    pages: list[int] = []
    placed: list[Placed] = []
    empty: list[int] = []
    left = MOST_OPERATIONS
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            break
        pages.append(size)
        count = len(placed)
        reading = Reader(page, left)
        glyphs = reading.read()
        left = reading.left
        if left < 0:
            raise TooLarge
        for line in laid(glyphs):
            lead = "\n" * line.above + " " * line.column
            placed.append(Placed(line, number, size + len(lead)))
            parts.append(f"{lead}{line.text}\n")
            size += len(parts[-1])
            if size > project.max_bytes:
                raise TooLarge
        if len(placed) == count:
            empty.append(number)
    source = Source(path, "".join(parts))
    if not placed:
        return fault(
            path, "pdf-without-text", "the PDF has no text layer", "recognise its text first, or name its source"
        )
    composer = Composer(Draft.of(source))
    kept, repeated = _running(placed, len(pages))
    say(composer, _lines(kept), full=_full(placed), hyphens=True)
    for one in repeated:
        composer.add(one.line.text, one.start)
        composer.end("paragraph")
    unread = [Unread(f"page {number + 1}, which has no text", pages[number], pages[number]) for number in empty]
    title = reader.metadata.title if reader.metadata and isinstance(reader.metadata.title, str) else ""
    heads = [block.text for block in composer.blocks if block.kind == "heading"]
    return Page(source, tuple(composer.blocks), heads[0] if heads else title.strip(), tuple(unread), tuple(pages))


def _running(placed: list[Placed], pages: int) -> tuple[list[Placed], list[Placed]]:
    """The lines without running heads and page numbers; and each running head once, where it first stands."""
    by_page: dict[int, list[Placed]] = {}
    for one in placed:
        by_page.setdefault(one.page, []).append(one)
    edges = {
        id(one)
        for lines in by_page.values()
        for one in (lines[:_HEAD] + lines[-_FOOT:] if len(lines) > _HEAD + _FOOT else lines[:1] + lines[-_FOOT:])
    }
    seen = Counter(key for lines in by_page.values() for key in {_key(one) for one in lines if id(one) in edges})
    often = max(2, (pages + 1) // 2)
    kept: list[Placed] = []
    repeated: dict[str, Placed] = {}
    for one in placed:
        if id(one) in edges and _NUMBER.fullmatch(one.line.text):
            continue
        if id(one) in edges and seen[_key(one)] >= often:
            repeated.setdefault(_key(one), one)
        else:
            kept.append(one)
    return kept, list(repeated.values())


def _key(one: Placed) -> str:
    return " ".join(_DIGITS.sub("#", one.line.text).split())


def _full(placed: list[Placed]) -> float:
    """The right edge of full lines, in points."""
    edges = sorted(one.line.right for one in placed if len(one.line.text) > 30)
    return edges[int(len(edges) * 0.9)] if edges else 1e9


def _lines(placed: list[Placed]) -> list[Line]:
    """Lines with what tells them apart: space between them, size and weight."""
    if not placed:
        return []
    sizes = Counter[float]()
    pitches = Counter[float]()
    for before, one in zip([None, *placed[:-1]], placed, strict=True):
        sizes[round(one.line.size, 1)] += len(one.line.text)
        if before is not None and before.page == one.page and len(before.line.text) > 30:
            pitches[round((before.line.base - one.line.base) / one.line.size, 1)] += 1
    body = sizes.most_common(1)[0][0]
    pitch = pitches.most_common(1)[0][0] if pitches else 1.2
    larger = sorted({size for size in sizes if size > body * 1.06}, reverse=True)
    lines = []
    previous: Placed | None = None
    for one in placed:
        line = one.line
        if previous is None:
            gap = True
        elif previous.page != one.page:
            gap = previous.line.text[-1] in ".:;!?" or not (line.text[0].islower() or _is_same(previous.line, line))
        else:
            gap = (previous.line.base - line.base) / line.size > pitch * 1.25 + 0.05
            gap = gap or not _is_same(previous.line, line)
        size = round(line.size, 1)
        short = len(line.text) <= 110 and line.text[-1] not in ".;,"
        level = 0
        if short and size in larger:
            level = min(larger.index(size) + 1, 5)
        elif short and line.bold and line.text[-1] != ":":
            level = min(len(larger) + 1, 6)
        unit = (line.right - line.left) / max(len(line.text), 1)
        lines.append(Line(line.text, one.start, line.column, line.right, gap, unit, level, line.begins))
        previous = one
    return lines


def _is_same(one: Laid, two: Laid) -> bool:
    """Whether two lines look alike: of one size and weight."""
    return abs(one.size - two.size) < 0.1 * two.size and one.bold == two.bold
