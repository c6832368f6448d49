"""Takes the text out of the pages of a PDF: each glyph with where it stands, put together to lines.

Lines come, blank ones too, as the common tool for it lays them out, so that people and labels count the same. What the
lines mean is not known here. pypdf opens the file and knows the fonts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_GLYPHS = 400_000
"""Glyphs that are read of one page."""
MOST_OPERATIONS = 5_000_000
"""Operations and glyphs that are read of one file."""
DEEPEST = 8
"""Forms within forms."""
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@frozen
class Glyph:
    """A character (or several, for a ligature) on the page, its left and right edge, its base line and size."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@frozen
class Laid:
    """A line as it was laid out; `column` is how far it stands in, in characters; `above` the blank lines before it;
    `begins` the columns where parts begin that wide gaps divide."""

    text: str
    column: int
    left: float
    right: float
    base: float
    size: float
    bold: bool
    above: int
    begins: tuple[float, ...]


@define
class _Text:
    """The state of text that operators change."""

    font: Any = None
    bold: bool = False
    size: float = 0.0
    chars: float = 0.0
    words: float = 0.0
    scale: float = 1.0
    lead: float = 0.0
    rise: float = 0.0

    def copy(self) -> _Text:
        return _Text(self.font, self.bold, self.size, self.chars, self.words, self.scale, self.lead, self.rise)


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class Reader:
    """Walks through what a page draws and keeps the glyphs."""

    def __init__(self, page: PageObject, most: int = MOST_OPERATIONS) -> None:
        self.page = page
        self.glyphs: list[Glyph] = []
        self.fonts: dict[int, tuple[Any, bool]] = {}
        self.left = most

    def read(self) -> list[Glyph]:
        turned = self.page.rotation % 360
        start: Matrix = {
            90: (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
            180: (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
            270: (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
        }.get(turned, _IDENTITY)
        content = self.page.get_contents()
        if content is not None:
            self._run(content, self._resources(self.page), start, 0)
        self._fields(start)
        return self.glyphs

    def _resources(self, holder: Any) -> Any:
        """The resources of a page or form, also where they stand further up."""
        for _ in range(32):
            found = holder.get("/Resources")
            if found is not None:
                return found.get_object()
            holder = holder.get("/Parent")
            if holder is None:
                break
            holder = holder.get_object()
        return {}

    def _fields(self, start: Matrix) -> None:
        """What is filled in: forms that lie over the page."""
        marks = self.page.get("/Annots")
        for mark in (marks.get_object() if marks is not None else None) or ():
            mark = mark.get_object()
            if mark is None or mark.get("/Subtype") not in ("/Widget", "/FreeText") or int(mark.get("/F", 0)) & 2:
                continue
            look = mark.get("/AP", {}).get_object().get("/N") if "/AP" in mark else None
            look = look.get_object() if look is not None else None
            box = mark.get("/Rect")
            if look is None or not hasattr(look, "get_data") or box is None:
                continue
            inner = [float(number) for number in look.get("/BBox", box)]
            outer = [float(number) for number in box.get_object()]
            shift: Matrix = (1.0, 0.0, 0.0, 1.0, outer[0] - inner[0], outer[1] - inner[1])
            self._form(look, _times(shift, start), 1)

    def _form(self, form: Any, matrix: Matrix, depth: int) -> None:
        from pypdf.generic import ContentStream

        own = form.get("/Matrix")
        if own is not None and len(own) == 6:
            matrix = _times(tuple(float(number) for number in own), matrix)  # type: ignore[arg-type]
        resources = form.get("/Resources")
        inner = resources.get_object() if resources is not None else self._resources(self.page)
        self._run(ContentStream(form, self.page.pdf), inner, matrix, depth)

    def _font(self, resources: Any, name: str) -> tuple[Any, bool]:
        from pypdf.generic._font import Font

        fonts = resources.get("/Font")
        found = fonts.get_object().get(name) if fonts is not None else None
        if found is None:
            return None, False
        found = found.get_object()
        known = self.fonts.get(id(found))
        if known is None:
            font = Font.from_font_resource(found)
            weight = str(getattr(font.font_descriptor, "weight", ""))
            heavy = weight.isdecimal() and int(weight) >= 600
            known = font, heavy or any(word in font.name.lower() for word in ("bold", "black", "heavy", "semib"))
            self.fonts[id(found)] = known
        return known

    def _run(self, content: Any, resources: Any, matrix: Matrix, depth: int) -> None:
        """One stream of operators: what changes where text stands, and what shows it."""
        kept: list[tuple[Matrix, _Text]] = []
        state = _Text()
        line = at = _IDENTITY
        for values, operator in content.operations:
            self.left -= 1
            if self.left < 0 or len(self.glyphs) > MOST_GLYPHS:
                return
            if operator == b"q":
                kept.append((matrix, state.copy()))
            elif operator == b"Q":
                if kept:
                    matrix, state = kept.pop()
            elif operator == b"cm":
                matrix = _times(_matrix(values), matrix)
            elif operator == b"BT":
                line = at = _IDENTITY
            elif operator == b"Tf" and len(values) > 1:
                state.font, state.bold = self._font(resources, str(values[0]))
                state.size = _number(values[1])
            elif operator in (b"Td", b"TD") and len(values) > 1:
                if operator == b"TD":
                    state.lead = -_number(values[1])
                line = at = _times((1.0, 0.0, 0.0, 1.0, _number(values[0]), _number(values[1])), line)
            elif operator == b"Tm":
                line = at = _matrix(values)
            elif operator == b"T*":
                line = at = _times((1.0, 0.0, 0.0, 1.0, 0.0, -state.lead), line)
            elif operator in _SETTING and values:
                setattr(state, _SETTING[operator], _number(values[0]) / (100 if operator == b"Tz" else 1))
            elif operator == b"Tj" and values:
                at = self._show(values[0], state, at, matrix)
            elif operator == b"TJ" and values:
                for part in values[0]:
                    if isinstance(part, (int, float)):
                        at = _times((1.0, 0.0, 0.0, 1.0, -float(part) / 1000 * state.size * state.scale, 0.0), at)
                    else:
                        at = self._show(part, state, at, matrix)
            elif operator in (b"'", b'"') and values:
                if operator == b'"' and len(values) > 2:
                    state.words, state.chars = _number(values[0]), _number(values[1])
                line = at = _times((1.0, 0.0, 0.0, 1.0, 0.0, -state.lead), line)
                at = self._show(values[-1], state, at, matrix)
            elif operator == b"Do" and values and depth < DEEPEST:
                forms = resources.get("/XObject")
                form = forms.get_object().get(str(values[0])) if forms is not None else None
                form = form.get_object() if form is not None else None
                if form is not None and form.get("/Subtype") == "/Form":
                    self._form(form, matrix, depth + 1)

    def _show(self, value: Any, state: _Text, at: Matrix, matrix: Matrix) -> Matrix:
        """Keeps the glyphs of a string; where the next one stands."""
        font = state.font
        if font is None or not font.interpretable:
            return at
        data: bytes = value if isinstance(value, bytes) else getattr(value, "original_bytes", b"")
        if isinstance(font.encoding, str):
            codes = list(data.decode(font.encoding, "surrogatepass" if len(data) % 2 == 0 else "replace"))
            shown = codes
        else:
            codes = [chr(byte) for byte in data]
            shown = [font.encoding.get(byte, chr(byte)) for byte in data]
        widths = font.character_widths
        default = widths.get("default", 500)
        self.left -= len(codes)
        for code, sign in zip(codes, shown, strict=True):
            text = str(font.character_map.get(sign, sign))
            width = font.space_width if code == font.space_char else widths.get(code, default)
            step = (width / 1000 * state.size + state.chars + (state.words if code == " " else 0)) * state.scale
            place = _times((state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise), _times(at, matrix))
            size = math.hypot(place[2], place[3])
            if abs(place[1]) < 0.2 * size and place[0] > 0 and size > 0.5:
                right = _times((1.0, 0.0, 0.0, 1.0, step - state.chars * state.scale, 0.0), _times(at, matrix))[4]
                self.glyphs.append(Glyph(text, place[4], right, place[5], size, state.bold))
            at = _times((1.0, 0.0, 0.0, 1.0, step, 0.0), at)
        return at


_SETTING = {b"Tc": "chars", b"Tw": "words", b"Tz": "scale", b"TL": "lead", b"Ts": "rise"}


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _matrix(values: Any) -> Matrix:
    numbers = [_number(value) for value in values[:6]]
    return tuple(numbers) if len(numbers) == 6 else _IDENTITY  # type: ignore[return-value]


def laid(glyphs: list[Glyph]) -> Iterator[Laid]:
    """The lines of a page, from the top."""
    rows = [row for row in _rows(glyphs) if any(not glyph.text.isspace() for glyph in row)]
    if not rows:
        return
    sizes = sorted(
        glyph.right - glyph.left for row in rows for glyph in row if len(glyph.text) == 1 and glyph.text.isalpha()
    )
    wide = max(sizes[len(sizes) // 2] if sizes else 5.0, 0.5)
    edge = min(row[0].left for row in rows)
    before: tuple[float, float] | None = None
    for row in rows:
        seen = [glyph for glyph in row if not glyph.text.isspace()]
        base, size = seen[0].base, seen[0].size
        above = 0
        if before is not None:
            above = min(max(int((before[0] - base) / before[1]), 1), 5) - 1
        text, begins = _joined(seen, row, edge, wide)
        yield Laid(
            text.strip(),
            len(text) - len(text.lstrip()),
            seen[0].left,
            seen[-1].right,
            base,
            max(glyph.size for glyph in seen),
            sum(glyph.bold for glyph in seen) * 2 > len(seen),
            above,
            begins,
        )
        before = base, size


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that stand on one base line, from left to right; raised and lowered ones belong to it too."""
    row: list[Glyph] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda one: (-one.base, one.left)):
        if row and base - glyph.base > 0.4 * max(size, glyph.size):
            yield _row(row)
            row = []
        if not row or glyph.size > size + 0.1:
            base, size = glyph.base, glyph.size
        row.append(glyph)
    if row:
        yield _row(row)


def _row(row: list[Glyph]) -> list[Glyph]:
    """From left to right, without what is drawn twice to look bold."""
    kept: list[Glyph] = []
    for glyph in sorted(row, key=lambda one: one.left):
        twice = any(
            one.text == glyph.text and abs(one.left - glyph.left) < 0.12 * glyph.size and not glyph.text.isspace()
            for one in kept[-3:]
        )
        if not twice:
            kept.append(glyph)
    return kept


def _joined(seen: list[Glyph], row: list[Glyph], edge: float, wide: float) -> tuple[str, tuple[float, ...]]:
    """The text of a line: a space where there is a gap, as many as fit where it is wide; and where its parts begin."""
    parts = [" " * min(max(round((seen[0].left - edge) / wide), 0), 200)]
    begins = [(seen[0].left - edge) / wide]
    size = len(parts[0])
    before: Glyph | None = None
    spaced = False
    for glyph in row:
        if glyph.text.isspace():
            spaced = True
            continue
        if before is not None:
            gap = glyph.left - before.right
            if gap > 1.5 * before.size and gap > 3 * wide:
                column = (glyph.left - edge) / wide
                begins.append(column)
                parts.append(" " * min(max(round(column) - size, 3), 200))
                size += len(parts[-1])
            elif gap > (0.06 if spaced else 0.18) * before.size:
                parts.append(" ")
                size += 1
        parts.append(glyph.text)
        size += len(glyph.text)
        before, spaced = glyph, False
    return "".join(parts), tuple(begins)
