"""From bare lines to blocks: paragraphs, headings and items, where nothing but their look tells them apart.

Plain text comes here as it is typed, and the text of a PDF as it was laid out. A line may be a paragraph or a part of
one; whether it goes on in the next is told by how full it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gdprlint.notices.composer import Composer
from gdprlint.notices.draft import Draft
from gdprlint.notices.page import Page
from gdprlint.notices.rows import Chunk, Line, cells_of, tables_of
from gdprlint.notices.words import listed

WIDEST = 140
"""A text with lines beyond this many characters has a line for each paragraph."""
_BULLET = re.compile(
    r"(?:[-*+•·●○▪▫◦‣\u2043∙■□➢➤►✓✔\uf0b7\uf0a7\uf0d8\uf02d\u2013\u2014]|o(?=[ \t]{1,8}\S))[ \t\xa0]+"
    r"|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)[ \t\xa0]+"
    r"|(?:\d{1,2}\.|[a-z]\.)[ \t\xa0]+"
)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \t\xa0]+(?=\S)")
_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_RULE = re.compile(r"([=\-_*~])\1{2,}")
_NAVIGATION = re.compile(r"(?:back to (?:the )?(?:top|(?:table of )?contents)|skip to (?:main )?content)\s*", re.I)
_LABEL = re.compile(
    r"\b(?:updated|reviewed|effective|version|dated)\b.*\d|@|https?://|www\.|\w: |[£$€]|\d{5,}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b",
    re.I,
)


def page(draft: Draft) -> Page:
    """The page that a text makes."""
    composer = Composer(draft)
    say(composer, list(lines_of(draft.text)))
    first = composer.blocks[0] if composer.blocks else None
    title = first.text if first and first.kind == "heading" and first.level == 1 else ""
    return Page(draft.sources[0], tuple(composer.blocks), title)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that say something."""
    gap = True
    start = 0
    for whole in text.splitlines(keepends=True):
        here, start = start, start + len(whole)
        words = whole.strip()
        if not words:
            gap = True
            continue
        skip = _NAVIGATION.match(words)
        if skip:
            words = words[skip.end() :]
            gap = True
            if not words:
                continue
        lead = whole.find(words)
        indent = len(whole[:lead].expandtabs(4)) if not skip else 0
        yield Line(words, here + lead, indent, len(whole.rstrip().expandtabs(4)), gap)
        gap = False


def say(composer: Composer, lines: Sequence[Line], full: float | None = None, hyphens: bool = False) -> None:
    """Makes the blocks of lines. `full` is how wide a full line is, where that is known.

    A word that is divided between lines is made whole where it stands whole elsewhere; with `hyphens`, everywhere.

    Where the look of at least two lines makes them headings, no others are guessed.
    """
    known = {word.strip(".,;:!?()").lower() for line in lines for word in line.text.split()}
    chunks = _chunks(lines, full)
    if sum(line.level > 0 for line in lines) < 2:
        _headings(chunks)
    for chunk in chunks:
        for number, line in enumerate(chunk.lines):
            skip = chunk.skip if number == 0 else 0
            text = line.text[skip:]
            after = chunk.lines[number + 1].text if number + 1 < len(chunk.lines) else ""
            if after[:1].islower() and _is_divided(text) and (hyphens or "".join(_halves(text, after)) in known):
                _say(composer, text if _keeps_hyphen(text, after, known) else text[:-1], line.start + skip)
            else:
                _say(composer, text, line.start + skip)
                composer.words.space(line.start + len(line.text))
        composer.end(chunk.kind, chunk.level, chunk.column, chunk.row)


_PREFIXES = listed(
    "self non co pre post long short third re multi cross well high low face year month two three four five six follow "
    "opt log sign up on off part full real data evidence end half anti ex de semi inter vice"
)


def _keeps_hyphen(text: str, after: str, known: set[str]) -> bool:
    """Whether a word that is divided between lines has a hyphen of its own."""
    first, rest = _halves(text, after)
    if first + rest in known:
        return False
    return f"{first}-{rest}" in known or first in _PREFIXES


def _halves(text: str, after: str) -> tuple[str, str]:
    """The two halves of a word that is divided between lines."""
    first = text[:-1].split()[-1].lstrip("(\u2018\u201c\"'").lower()
    return first, after.split()[0].strip(".,;:!?()").lower()


_STARS = re.compile(r"\*\*(?=\S)([^*\n]{1,400}?)(?<=\S)\*\*")


def _say(composer: Composer, text: str, at: int) -> None:
    """The words of a line, without the stars that stand for bold."""
    since = 0
    for found in _STARS.finditer(text):
        composer.add(text[since : found.start()], at + since)
        composer.add(found.group(1), at + found.start(1), bold=True)
        since = found.end()
    composer.add(text[since:], at + since)


def _chunks(lines: Sequence[Line], full: float | None) -> list[Chunk]:
    """Lines put together to paragraphs and items; what is underlined is a heading."""
    width = full if full is not None else _width(lines)
    chunks: list[Chunk] = []
    indents: list[float] = []
    tables = tables_of(lines)
    rows = 0
    past = 0
    for number, line in enumerate(lines):
        if number < past:
            continue
        if number in tables:
            past, columns = tables[number]
            cells = cells_of(lines[number:past], columns, rows)
            rows = cells[-1].row
            chunks += cells
            indents.clear()
            continue
        if _RULE.fullmatch(line.text.replace(" ", "")):
            if (
                chunks
                and not line.gap
                and line.text[0] in "=-~"
                and len(chunks[-1].lines) == 1
                and chunks[-1].size <= 100
            ):
                chunks[-1].kind, chunks[-1].level = "heading", 1 if line.text[0] == "=" else 2
                chunks[-1].skip = 0
            continue
        hashes = _HASHES.match(line.text)
        bullet = _BULLET.match(line.text)
        before = lines[number - 1] if number else None
        if line.level and len(line.begins) < 2 and not (bullet and not _NUMBERED.match(line.text)):
            chunks.append(Chunk([line], "heading", line.level))
            indents.clear()
        elif hashes:
            chunks.append(Chunk([line], "heading", len(hashes.group(1)), hashes.end()))
            indents.clear()
        elif bullet and not (
            before and not line.gap and _is_full(before, line, width) and _mid_sentence(bullet, before)
        ):
            while indents and indents[-1] > line.indent + 0.5:
                indents.pop()
            if not indents or line.indent > indents[-1] + 1.5:
                indents.append(line.indent)
            chunks.append(Chunk([line], "item", len(indents), bullet.end()))
        elif before and chunks and chunks[-1].kind != "heading" and _goes_on(chunks[-1], before, line, width):
            chunks[-1].lines.append(line)
        else:
            if line.gap or not chunks or chunks[-1].kind != "item":
                indents.clear()
            chunks.append(Chunk([line]))
    return chunks


def _mid_sentence(bullet: re.Match[str], before: Line) -> bool:
    """Whether what looks like a bullet stands in the middle of a sentence that was wrapped before it."""
    return bullet.group()[0] in "\u2013\u2014-+" and before.text[-1] not in ".:;!?"


def _goes_on(chunk: Chunk, before: Line, line: Line, width: float) -> bool:
    """Whether a line is the rest of the paragraph before it."""
    if line.gap:
        return False
    if _is_full(before, line, width) or (_is_divided(before.text) and line.text[0].islower()):
        return True
    ended = before.text[-1] in ".:;!?"
    if chunk.kind == "item" and line.indent > chunk.first.indent + 1 and not ended:
        return True
    if ended:
        return False
    return before.width > (min(width * 0.6, 60.0 * before.unit) if line.text[0].islower() else width * 0.75)


def _is_full(before: Line, line: Line, width: float) -> bool:
    """Whether the first word of a line would not have fitted on the one before."""
    return before.width + (len(line.text.split(None, 1)[0]) + 1) * before.unit > width


def _is_divided(text: str) -> bool:
    """Whether a line ends within a word."""
    return len(text) > 2 and text[-1] in "-\u2010" and text[-2].islower()


def _width(lines: Sequence[Line]) -> float:
    """How wide a line is when the next word does not fit: as most long lines; no bound where a line is a paragraph."""
    widths = sorted(line.width for line in lines)
    if not widths or widths[-1] < 50:
        return WIDEST * 10
    inner = sorted(line.width for line, after in pairwise(lines) if not after.gap)
    if not inner or inner[int(len(inner) * 0.9)] > WIDEST:
        return WIDEST * 10
    top = inner[int(len(inner) * 0.95)] if len(inner) > 20 else inner[-1]
    near = sum(1 for width in inner if top - 14 <= width <= top + 2)
    return top if near * 3 >= len(inner) and near > 1 else WIDEST * 10


def _headings(chunks: list[Chunk]) -> None:
    """Finds the headings: short, no sentence, and before something longer."""
    numbered = False
    for at in range(len(chunks) - 1, -1, -1):
        chunk = chunks[at]
        after = chunks[at + 1] if at + 1 < len(chunks) else None
        before = chunks[at - 1] if at else None
        if chunk.kind in ("heading", "cell") or not _headed(chunk, before, after):
            continue
        number = _NUMBERED.match(chunk.first.text)
        numbered = numbered or number is not None
        chunk.kind, chunk.skip = "heading", 0
        chunk.level = 2 + number.group(1).count(".") if number else 0
    seen = False
    for at, chunk in enumerate(chunks):
        if chunk.kind == "heading" and chunk.level == 0:
            chunk.level = 1 if at == 0 else 3 if numbered and seen else 2
        seen = seen or (chunk.kind == "heading" and bool(_NUMBERED.match(chunk.first.text)))


def _headed(chunk: Chunk, before: Chunk | None, after: Chunk | None) -> bool:
    text = chunk.first.text.rstrip()
    last = chunk.lines[-1].text.rstrip()
    if after is None or len(chunk.lines) > 2 or chunk.size > 110 or last[-1] in ".;,:" or len(text.split()) > 16:
        return False
    number = _NUMBERED.match(text)
    if chunk.kind == "item":
        if number is None or not text[number.end()].isupper() or (after.kind == "item" and not _is_below(after)):
            return False
        return not (before and before.kind == "item" and _NUMBERED.match(before.first.text))
    said = text[number.end() :] if number else text
    if said.isupper() and sum(map(str.isalpha, said)) > 3 and not _LABEL.search(said):
        return after.first.gap or not after.said.isupper()
    if not (said[0].isupper() or said[0] in "\u2018\u201c'\"") or _LABEL.search(text):
        return False
    if before is not None and not chunk.first.gap and before.first.text[-1:] == ",":
        return False
    return _is_body(after) or (after.kind == "heading" and (after.first.gap or before is None or chunk.first.gap))


def _is_below(item: Chunk) -> bool:
    """Whether an item begins a list of another kind, set apart from what stands before it."""
    return item.first.gap and not _NUMBERED.match(item.first.text)


def _is_body(chunk: Chunk) -> bool:
    """Whether a heading may stand above this."""
    last = chunk.lines[-1].text
    return (
        chunk.kind in ("item", "cell")
        or chunk.size > 80
        or last[-1] in ".:;?!"
        or bool(re.match(r"[\w ]{2,20}: ", chunk.first.text))
    )
