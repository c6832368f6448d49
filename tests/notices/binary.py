"""Makes the invented notice as a Word document and as a PDF, so that no binary file lies in the repository."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

from tests.notices.harbour import BLOCKS, LINKS

WIDE, HIGH, LEFT, TOP, BOTTOM = 595, 842, 60, 770, 80


def docx() -> bytes:
    """The notice in the styles of a word processor, its table with a row of heads, its links as links."""
    document = Document()
    cells: list[str] = []
    for kind, level, text in [*BLOCKS, ("end", 0, "")]:
        if kind == "cell":
            cells.append(text)
            continue
        if cells:
            _table(document.add_table(rows=len(cells) // 3, cols=3), cells)
            cells = []
        if text == "Our grounds in law":
            document.add_paragraph().add_run(text).bold = True
        elif kind == "heading":
            document.add_heading(text, level)
        elif kind == "item":
            document.add_paragraph(text, style="List Bullet" if level == 1 else f"List Bullet {level}")
        elif kind == "paragraph":
            _linked(document.add_paragraph(), text)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _table(table: Table, cells: list[str]) -> None:
    for number, text in enumerate(cells):
        table.cell(number // 3, number % 3).text = text
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _linked(paragraph: Paragraph, text: str) -> None:
    for words, target in LINKS.items():
        before, found, after = text.partition(words)
        if found:
            paragraph.add_run(before)
            link = OxmlElement("w:hyperlink")
            link.set(
                qn("r:id"),
                paragraph.part.relate_to(
                    target,
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                    is_external=True,
                ),
            )
            run = OxmlElement("w:r")
            said = OxmlElement("w:t")
            said.text = words
            run.append(said)
            link.append(run)
            paragraph._p.append(link)
            paragraph.add_run(after)
            return
    paragraph.add_run(text)


class Typesetter:
    """Sets lines on pages as simple programs do: each a string at a place, with a running head and a page number."""

    def __init__(self, head: str) -> None:
        self.head = head
        self.pages: list[list[str]] = []
        self.y = 0.0

    def line(self, text: str, size: float, x: float, down: float, bold: bool = False) -> None:
        if not self.pages or self.y - down < BOTTOM:
            self.pages.append([])
            self.y = TOP
            self._show(self.head, 9, LEFT, HIGH - 40, False)
            self._show(f"Page {len(self.pages)}", 9, WIDE - 110, 40, False)
        else:
            self.y -= down
        self._show(text, size, x, self.y, bold)

    def beside(self, text: str, size: float, x: float, bold: bool = False) -> None:
        self._show(text, size, x, self.y, bold)

    def _show(self, text: str, size: float, x: float, y: float, bold: bool) -> None:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.pages[-1].append(f"BT /F{2 if bold else 1} {size} Tf {x} {y:.1f} Td ({escaped}) Tj ET")

    def pdf(self) -> bytes:
        """The file: a catalogue, two fonts, and a stream for each page."""
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
        kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(self.pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>",
            font.format("Helvetica"),
            font.format("Helvetica-Bold"),
        ]
        for number, page in enumerate(self.pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Contents {6 + 2 * number} 0 R "
                "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
            )
            stream = "\n".join(page)
            objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        return assembled(objects)


def assembled(objects: list[str], trailer: str = "") -> bytes:
    """A PDF of these objects, with its table of places."""
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def pdf() -> bytes:
    """The notice set in Helvetica, with bullets, a table by columns and a word divided at the end of a line."""
    page = Typesetter("Marrowby Reading Trust, survey office")
    cells: list[str] = []
    for kind, level, text in [*BLOCKS, ("end", 0, "")]:
        if kind == "cell":
            cells.append(text)
            if len(cells) % 3 == 0:
                page.line(cells[-3], 10, LEFT, 14, bold=len(cells) == 3)
                page.beside(cells[-2], 10, LEFT + 170, bold=len(cells) == 3)
                page.beside(cells[-1], 10, LEFT + 300, bold=len(cells) == 3)
        elif kind == "heading":
            page.line(text, {1: 18, 2: 13, 3: 11}[level], LEFT, 28, bold=level == 3)
        elif kind in ("item", "paragraph"):
            lead = "" if kind == "paragraph" else "• " if level == 1 else "- "
            indent = LEFT + 18 * level
            for number, line in enumerate(_lines(text, WIDE - 120 - 18 * level)):
                page.line(lead * (number == 0) + line, 10, indent, 12.5 if number or kind == "item" else 21)
    return page.pdf()


def _lines(text: str, room: float) -> Iterator[str]:
    """Lines of text that fit, by the widths of the font; one long word is divided."""
    widths = CORE_FONT_METRICS["Helvetica"].character_widths
    line = ""
    for word in text.replace("overwritten", "overwrit|ten").split():
        part, divided, rest = word.partition("|")
        longer = f"{line} {part}{'-' if divided else ''}".strip()
        if sum(widths.get(letter, 556) for letter in longer) / 100 > room:
            yield line
            longer = longer[len(line) :].strip()
        if divided:
            yield longer
            longer = rest
        line = longer
    yield line
