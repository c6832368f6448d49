"""Word documents. A line of `source` is a paragraph, as it stands in the document's body; cells have a line each.

python-docx opens the file once it is known to be harmless: small when unpacked, without entities of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.composer import Composer
from gdprlint.notices.decoding import fault
from gdprlint.notices.draft import Draft
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.text import Source

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

SUFFIXES = (".docx",)
MOST_PARTS = 5_000
RATIO = 200
"""A part that unpacks to more than this many times its size is no text that a person wrote, once it is large."""
_BULLET = re.compile(r"(?:[-*•·▪◦‣\u2013\uf0b7]|o(?=\s))[ \t\xa0]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t\xa0]+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DEEPEST = 6


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    refused = _refused(data, path, project)
    if refused is not None:
        return refused
    from docx import Document as open_document

    try:
        document = open_document(io.BytesIO(data))
        writer = _Writer(document)
        writer.write()
    except (MemoryError, RecursionError):
        raise
    except Exception:
        return fault(path, "not-a-docx", "the file is no Word document, or a damaged one", "save it anew as .docx")
    return writer.page(path)


def _refused(data: bytes, path: str, project: Project) -> Diagnostic | None:
    """Why a file is not opened at all."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return fault(
            path,
            "not-a-docx",
            "the file is encrypted, or of the older .doc format",
            "save it as .docx without a password",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in archive.NameToInfo:
                return fault(path, "not-a-docx", "the file is no Word document", "save it as .docx")
            text = archive.NameToInfo["word/document.xml"].file_size
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or text > project.max_bytes * 2 or size > project.max_bytes * 8:
                return fault(
                    path, "file-too-large", "unpacked, the document is too large to be read", "raise `--max-bytes`"
                )
            for part in parts:
                if part.file_size > 1_000_000 and part.file_size > RATIO * max(part.compress_size, 1):
                    return fault(
                        path, "file-too-large", "unpacked, the document is out of all proportion", "save it anew"
                    )
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        head = stream.read(4_096)
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        return fault(path, "not-a-docx", "the document declares entities, which no Word document does")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return fault(path, "not-a-docx", "the file is no Word document, or a damaged one", "save it as .docx")
    return None


class _Style(NamedTuple):
    """What a style says of its paragraphs: the level of a heading, the depth of an item, whether they are numbered."""

    heading: int = 0
    level: int = 0
    numbered: bool = False
    bold: bool = False


class _Styles:
    """The styles of a document, each looked at once, however many paragraphs it has."""

    def __init__(self, document: Document) -> None:
        from docx.enum.style import WD_STYLE_TYPE

        self._known: dict[str | None, _Style] = {}
        self._by_id: dict[str, Any] = {}
        self._default: Any = None
        self._of_paragraphs = WD_STYLE_TYPE.PARAGRAPH
        for style in document.styles.element.style_lst:
            self._by_id.setdefault(style.styleId or "", style)
            if style.default and style.type == self._of_paragraphs:
                self._default = style

    def of(self, name: str | None) -> _Style:
        """The style of a paragraph that names this one, else that of paragraphs that name none."""
        known = self._known.get(name)
        if known is None:
            style = self._by_id.get(name) if name else None
            if style is None or style.type != self._of_paragraphs:
                style = self._default
            known = self._known[name] = self._read(style) if style is not None else _Style()
        return known

    def _read(self, style: Any) -> _Style:
        level = 0
        numbered = False
        bold = bool(style.rPr is not None and style.rPr._get_bool_val("b"))
        for _ in range(12):
            if style is None:
                break
            name = (style.name_val or "").lower()
            found = re.match(r"heading (\d)", name)
            if found:
                return _Style(min(max(int(found.group(1)), 1), 6), bold=bold)
            if name == "title":
                return _Style(1, bold=bold)
            if name.startswith("list") and not name.startswith("list continue"):
                digits = re.search(r"\d", name)
                level = level or (int(digits.group()) if digits else 1)
            properties = style.pPr
            if properties is not None:
                outline = properties.find(f"{_W}outlineLvl")
                if outline is not None and (outline.get(f"{_W}val") or "9") in "012345":
                    return _Style(int(outline.get(f"{_W}val")) + 1, bold=bold)
                numbered = numbered or properties.numPr is not None
            style = self._by_id.get(style.basedOn_val or "") if style.basedOn_val else None
        return _Style(0, level, numbered, bold)


class _Writer:
    """Writes the paragraphs of a document as lines, and keeps what each is."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.parts: list[str] = []
        self.size = 0
        self.items: list[tuple[str, int, str, int, list[tuple[int, int, bool, str]]]] = []
        self.rows = 0
        self.styles = _Styles(document)

    def write(self) -> None:
        for block in self.document.iter_inner_content():
            self._block(block, 0)
        seen: set[str] = set()
        for section in self.document.sections:
            for part in (section.header, section.footer):
                if not part.is_linked_to_previous:
                    for paragraph in part.paragraphs:
                        text = paragraph.text.strip()
                        if text and text not in seen and any(map(str.isalpha, text)):
                            seen.add(text)
                            self._paragraph(paragraph, "paragraph", 0, "", 0)

    def _block(self, block: Paragraph | Table, depth: int) -> None:
        from docx.table import Table

        if isinstance(block, Table):
            self._table(block, depth)
        else:
            kind, level = self._kind(block)
            self._paragraph(block, kind, level, "", 0)

    def _table(self, table: Table, depth: int) -> None:
        if depth > _DEEPEST:
            return
        heads: list[str] = []
        rows = list(table._tbl.tr_lst)
        for number, row in enumerate(rows):
            self.rows += 1
            here = self.rows
            first = self._is_head(row) or (number == 0 and len(rows) > 1 and self._looks_head(row))
            column = 0
            own: list[str] = []
            for cell in row.tc_lst:
                if cell.vMerge == "continue":
                    column += cell.grid_span
                    continue
                text = self._cell(table, cell, heads[column] if not first and column < len(heads) else "", here, depth)
                own += [text] + [""] * (cell.grid_span - 1)
                column += cell.grid_span
            if first and not heads:
                heads = own

    def _cell(self, table: Table, cell: Any, column: str, row: int, depth: int) -> str:
        from docx.table import Table, _Cell

        said: list[str] = []
        for block in _Cell(cell, table).iter_inner_content():
            if isinstance(block, Table):
                self._table(block, depth + 1)
            else:
                said.append(block.text.strip())
                self._paragraph(block, "cell", 0, column, row)
        return " ".join(filter(None, said))

    def _is_head(self, row: Any) -> bool:
        properties = row.find(f"{_W}trPr")
        return properties is not None and properties.find(f"{_W}tblHeader") is not None

    def _looks_head(self, row: Any) -> bool:
        """A first row with a short text in bold in each of several cells."""
        cells = row.tc_lst
        texts = ["".join(text.text or "" for text in cell.iter(f"{_W}t")).strip() for cell in cells]
        bold = all(any(True for _ in cell.iter(f"{_W}b")) for cell in cells)
        return len(cells) > 1 and bold and all(0 < len(text) <= 60 and text[-1] != "." for text in texts)

    def _kind(self, paragraph: Paragraph) -> tuple[str, int]:
        """What a paragraph is, by its style and numbering, else by its look."""
        style = self.styles.of(paragraph._p.style)
        if style.heading:
            return "heading", style.heading
        own: Any = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if own is not None or style.numbered:
            depth = own.ilvl.val if own is not None and own.ilvl is not None else 0
            if own is not None and own.numId is not None and own.numId.val == 0:
                return "paragraph", 0
            return "item", max(style.level, depth + 1)
        return ("item", style.level) if style.level else ("paragraph", 0)

    def _runs(self, paragraph: Paragraph) -> Iterator[tuple[str, bool, str]]:
        """The text of a paragraph in pieces: whether each is bold, and what it links to."""
        bold = self.styles.of(paragraph._p.style).bold
        for child in paragraph._p.iter(f"{_W}r"):
            properties = child.find(f"{_W}rPr")
            target = ""
            holder = child.getparent()
            while holder is not None and holder is not paragraph._p:
                if holder.tag == f"{_W}hyperlink":
                    target = self._target(paragraph, holder)
                if holder.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent"):
                    break
                holder = holder.getparent()
            if holder is not paragraph._p:
                continue
            own = bold
            if properties is not None:
                if properties.find(f"{_W}vanish") is not None or properties.find(f"{_W}strike") is not None:
                    continue
                mark = properties.find(f"{_W}b")
                if mark is not None:
                    own = mark.get(f"{_W}val") not in ("0", "false", "off")
            parts = []
            for piece in child:
                if piece.tag == f"{_W}t":
                    parts.append(piece.text or "")
                elif piece.tag in (f"{_W}br", f"{_W}cr", f"{_W}tab"):
                    parts.append(" ")
                elif piece.tag == f"{_W}noBreakHyphen":
                    parts.append("-")
            if parts:
                yield re.sub(r"[\r\n\v\f\x85\u2028\u2029]", " ", "".join(parts)), own, target

    def _target(self, paragraph: Paragraph, link: Any) -> str:
        relation = link.get(f"{_R}id")
        known = paragraph.part.rels
        if relation and relation in known and known[relation].is_external:
            return str(known[relation].target_ref)
        return ""

    def _paragraph(self, paragraph: Paragraph, kind: str, level: int, column: str, row: int) -> None:
        pieces: list[tuple[int, int, bool, str]] = []
        start = self.size
        for text, bold, target in self._runs(paragraph):
            pieces.append((self.size, self.size + len(text), bold, target))
            self.parts.append(text)
            self.size += len(text)
        self.parts.append("\n")
        self.size += 1
        if kind == "paragraph" and pieces:
            line = self._line(start)
            found = _BULLET.match(line.lstrip())
            if found and not re.match(r"\d", line.lstrip()):
                skip = start + len(line) - len(line.lstrip()) + found.end()
                pieces = [(max(a, skip), b, bold, target) for a, b, bold, target in pieces if b > skip]
                kind, level = "item", 1
        if pieces:
            self.items.append((kind, level, column, row, pieces))

    def _line(self, start: int) -> str:
        """The text of the paragraph that was written last."""
        taken: list[str] = []
        size = self.size
        for part in reversed(self.parts):
            if size <= start:
                break
            taken.append(part)
            size -= len(part)
        return "".join(reversed(taken)).rstrip("\n")

    def page(self, path: str) -> Page:
        text = "".join(self.parts)
        source = Source(path, text)
        composer = Composer(Draft.of(source))
        for kind, level, column, row, pieces in self.items:
            for start, end, bold, target in pieces:
                if target:
                    composer.link(target)
                composer.add(text[start:end], start, bold)
                if target:
                    composer.unlink()
            composer.end(kind, level, column, row)
        title = self.document.core_properties.title or ""
        heads = [block.text for block in composer.blocks if block.kind == "heading" and block.level == 1]
        return Page(source, tuple(composer.blocks), heads[0] if heads else title)
