"""The invented notice as a Word document and as a PDF: the same blocks, at the lines of the text that was taken out."""

from __future__ import annotations

import io
import zipfile

import pytest

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page
from tests.notices.binary import Typesetter, assembled, docx, pdf
from tests.notices.harbour import BLOCKS, LINKS, PHRASES


def read(name: str, data: bytes, project: Project | None = None) -> Page:
    page = read_page(name, data, project or Project())
    assert isinstance(page, Page), page
    return page


def refused(name: str, data: bytes, project: Project | None = None) -> str:
    fault = read_page(name, data, project or Project())
    assert isinstance(fault, Diagnostic)
    assert fault.message
    return fault.name


def line_of(page: Page, phrase: str) -> int:
    """The line at which the page says that a phrase begins."""
    for block in page.blocks:
        at = block.text.find(phrase)
        if at >= 0:
            return page.source.position(block.place(at, at + len(phrase))[0])[0]
    raise AssertionError(f"{phrase!r} is not in the page")


@pytest.fixture(scope="module")
def word() -> Page:
    return read("notice.docx", docx())


@pytest.fixture(scope="module")
def laid_out() -> Page:
    return read("notice.pdf", pdf())


def test_a_word_document_reads_to_the_same_blocks(word: Page) -> None:
    levels = {"Our grounds in law": 6}
    assert [(block.kind, block.level, block.text) for block in word.blocks] == [
        (kind, levels.get(text, level), text) for kind, level, text in BLOCKS
    ]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_line_of_a_word_document_is_a_paragraph(word: Page, phrase: str) -> None:
    number = next(at for at, (_, _, text) in enumerate(BLOCKS, 1) if phrase in text)
    assert line_of(word, phrase) == number


def test_links_of_a_word_document_keep_their_target(word: Page) -> None:
    found = {block.text[start:end]: target for block in word.blocks for start, end, target in block.links}
    assert found == LINKS


def test_cells_of_a_word_document_know_the_head_of_their_column(word: Page) -> None:
    assert next(block.column for block in word.blocks if block.text == "18 months") == "How long"


def test_a_pdf_reads_to_the_same_blocks_without_its_running_head(laid_out: Page) -> None:
    read_blocks = [(block.kind, block.text) for block in laid_out.blocks]
    assert read_blocks[:-1] == [(kind, text) for kind, _, text in BLOCKS]
    assert read_blocks[-1] == ("paragraph", "Marrowby Reading Trust, survey office")


def test_headings_of_a_pdf_are_told_by_size_and_weight(laid_out: Page) -> None:
    levels = {block.text: block.level for block in laid_out.blocks if block.kind == "heading"}
    assert levels["Privacy notice for the Harbour Lights reading survey"] == 1
    assert levels["Who decides about your data"] == 2
    assert levels["If you are under 18"] > 2


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_of_a_pdf_is_found_at_its_line(laid_out: Page, phrase: str) -> None:
    start = line_of(laid_out, phrase)
    first = phrase.split()[0]
    assert first in laid_out.source.line(start)
    following = " ".join(laid_out.source.line(start + number).strip() for number in range(9))
    assert phrase in " ".join(following.split()).replace("overwrit- ten", "overwritten")


def test_a_pdf_knows_where_its_pages_begin(laid_out: Page) -> None:
    heads = [laid_out.source.position(offset)[0] for offset in laid_out.pages]
    assert [laid_out.source.line(number).strip() for number in heads] == ["Marrowby Reading Trust, survey office"] * 2


def test_a_word_divided_at_the_end_of_a_line_is_whole_again(laid_out: Page) -> None:
    block = next(block for block in laid_out.blocks if "overwritten" in block.text)
    at = block.text.index("overwritten")
    start, end = block.place(at, at + len("overwritten"))
    assert laid_out.source.text[start:end].split() == ["overwrit-", "ten"]


def test_a_hyphen_that_belongs_to_a_word_is_kept() -> None:
    page = Typesetter("Trust")
    page.line("Answers are looked at by people who are self-", 10, 60, 20)
    page.line("employed and bound to say nothing.", 10, 60, 12)
    block = read("a.pdf", page.pdf()).blocks[-1]
    assert block.text == "Answers are looked at by people who are self-employed and bound to say nothing."


def test_blank_lines_of_a_pdf_are_counted_by_the_space_between() -> None:
    page = Typesetter("Trust")
    for down in (0, 12, 34, 500):
        page.line("Nothing is kept.", 10, 60, down)
    text = read("a.pdf", page.pdf()).source.text
    assert "Nothing is kept.\nNothing is kept.\n\n\nNothing is kept.\n\n\n\n\nNothing is kept." in text


def test_a_pdf_with_a_password_is_told() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    assert refused("a.pdf", kept.getvalue()) == "pdf-encrypted"


def test_a_pdf_without_a_text_layer_is_told() -> None:
    scanned = assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )
    assert refused("a.pdf", scanned) == "pdf-without-text"


def test_one_page_without_text_is_unread_and_the_others_are_read() -> None:
    page = Typesetter("Trust")
    page.line("Nothing is kept.", 10, 60, 20)
    page.pages.append([])
    found = read("a.pdf", page.pdf())
    assert [unread.what for unread in found.unread] == ["page 2, which has no text"]


@pytest.mark.parametrize("keep", [0, 40, 400, 2_000])
def test_a_pdf_that_is_cut_short_is_told_or_read(keep: int) -> None:
    found = read_page("a.pdf", pdf()[:keep], Project())
    assert isinstance(found, Page) or found.name in ("not-a-pdf", "pdf-broken", "pdf-without-text")


def test_a_file_that_only_bears_the_name_is_told() -> None:
    assert refused("a.pdf", b"Nothing is kept.") == "not-a-pdf"
    assert refused("a.docx", b"Nothing is kept.") == "not-a-docx"
    assert refused("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600)) == "not-a-docx"
    assert refused("a.docx", b"PK\x03\x04" + bytes(60)) == "not-a-docx"


def zipped(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return kept.getvalue()


def changed(part: str, data: bytes) -> bytes:
    """The Word document with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(docx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, part: data})


def test_an_archive_of_something_else_is_no_word_document() -> None:
    assert refused("a.docx", zipped({"mimetype": b"application/epub+zip"})) == "not-a-docx"


def test_a_document_that_unpacks_out_of_all_proportion_is_not_unpacked() -> None:
    bomb = changed("word/document.xml", b"<w:document>" + b" " * 30_000_000 + b"</w:document>")
    assert len(bomb) < 200_000
    assert refused("a.docx", bomb) == "file-too-large"


def test_entities_of_a_documents_own_are_refused() -> None:
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><w:document>&y;</w:document>'
    assert refused("a.docx", changed("word/document.xml", outside)) == "not-a-docx"


def test_broken_xml_in_a_document_is_told() -> None:
    assert refused("a.docx", changed("word/document.xml", b"<w:document><w:body>")) == "not-a-docx"
