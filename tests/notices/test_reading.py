"""Files as strangers send them: every encoding, every kind of damage, and nothing that takes for ever."""

from __future__ import annotations

import gc
import subprocess
import sys
import time

import pytest

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page, suffixes

SENTENCE = "Inés keeps it – for “six” weeks."


def read(name: str, data: bytes) -> Page:
    page = read_page(name, data, Project())
    assert isinstance(page, Page), page
    return page


def refused(name: str, data: bytes, project: Project | None = None) -> Diagnostic:
    fault = read_page(name, data, project or Project())
    assert isinstance(fault, Diagnostic)
    assert fault.span.path == name
    return fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.html.erb"])
def test_the_encodings_that_word_processors_save_in_are_read(name: str, encoding: str) -> None:
    page = read(name, f"\n{SENTENCE}\n".encode(encoding))
    assert [block.text for block in page.blocks] == [SENTENCE]
    start, end = page.blocks[0].place(16, 19)
    assert page.source.text[start:end] == "for"
    assert page.source.position(start) == (2, 17)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(ending: str) -> None:
    text = ending.join(["# Rights", "", "You may **object**", "to it.", "", "- one", "- two", ""])
    page = read("a.md", text.encode())
    assert [block.text for block in page.blocks] == ["Rights", "You may object to it.", "one", "two"]
    block = page.blocks[1]
    start, end = block.place(8, 14)
    assert page.source.text[start:end] == "object"


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.txt", b"One\0two", "page-not-text"),
        ("a.html", bytes(range(256)) * 4, "page-not-text"),
        ("a.md", b"\x01\x02\x03\x04" * 40, "page-not-text"),
        ("a.exe", b"MZ", "format-unknown"),
        ("Makefile", b"all:", "format-unknown"),
        ("a.json", b'{"a": ', "data-broken"),
        ("a.json", b"[" * 100_000, "data-broken"),
        ("a.yml", b'a: "b', "data-broken"),
        ("a.yml", b"a: &a [*b]", "data-broken"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, data: bytes, fault: str) -> None:
    assert refused(name, data).name == fault


def test_a_fault_in_data_is_told_at_its_place() -> None:
    fault = refused("a.json", b'{"a": "b",\n "c" "d"}')
    assert fault.span.start == 16


def test_a_page_that_is_too_large_is_not_read_unless_one_says_so() -> None:
    page = b"<p>Nothing is kept.</p>" * 1_000
    fault = refused("a.html", page, Project(max_bytes=10_000))
    assert (fault.name, fault.help) == ("file-too-large", "split it, or raise `--max-bytes`")
    assert isinstance(read_page("a.html", page, Project(max_bytes=100_000)), Page)


def test_twenty_megabytes_are_more_than_is_read() -> None:
    assert refused("a.txt", b"x" * 20_000_000).name == "file-too-large"


@pytest.mark.parametrize(
    ("name", "atom"), [("a.html", "<p>x"), ("a.md", "x\n\n"), ("a.yml", "- x\n"), ("a.txt", "x\n")]
)
def test_more_paragraphs_than_any_notice_has_are_not_read(name: str, atom: str) -> None:
    assert refused(name, atom.encode() * 300_000).name == "file-too-large"


def test_aliases_of_yaml_are_met_once() -> None:
    rounds = "".join(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}, *l{n - 1}, *l{n - 1}]\n" for n in range(1, 30))
    page = read("a.yml", f"l0: &l0 [Nothing is kept.]\n{rounds}".encode())
    assert [block.text for block in page.blocks] == ["Nothing is kept."]


def test_yaml_makes_no_objects() -> None:
    page = read("a.yml", b'a: !!python/object/apply:os.system ["touch here"]\nb: Nothing is kept.')
    assert page.blocks[-1].text == "Nothing is kept."


HOSTILE = {
    "tags that are never closed": ("a.html", "<p><b>x"),
    "tags that never end": ("a.html", "<a x='"),
    "tables within tables": ("a.html", "<table><tr><td>x"),
    "lists within lists": ("a.html", "<ul><li>x"),
    "comments that never end": ("a.html", "<!--"),
    "brackets of Markdown": ("a.md", "[a]("),
    "stars of Markdown": ("a.md", "**a *b "),
    "quotes within quotes": ("a.md", "> "),
    "items within items": ("a.md", "- "),
    "one long line": ("a.txt", "word "),
    "one bullet after another": ("a.txt", "- x\n"),
    "columns": ("a.txt", "a   b\n"),
    "conditions within conditions": ("a.html.erb", "<% if x %>"),
    "blocks of Ruby": ("a.haml", "- if x\n"),
    "code that never ends": ("a.njk", "{{ a("),
    "names for texts": ("a.njk", '{% set x = "y" %}{{ x }}'),
    "brackets of Razor": ("a.cshtml", "@a("),
    "statements of Razor": ("a.cshtml", "@if(x){<p>"),
    "statements of PHP": ("a.php", "<?php if(x): ?>"),
    "braces of JSX": ("a.tsx", "return <p>{a && "),
    "elements of JSX": ("a.tsx", "return <p>"),
    "strings": ("a.json", '"a",'),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_take_time_in_proportion_to_their_size(kind: str) -> None:
    name, atom = HOSTILE[kind]

    def seconds(count: int) -> float:
        gc.collect()
        gc.disable()  # what other tests left behind is not looked through within the time of this one
        try:
            start = time.process_time()
            read_page(name, (atom * count).encode(), Project())
            return time.process_time() - start
        finally:
            gc.enable()

    seconds(100)
    assert any(seconds(4_000) < 12 * seconds(1_000) + 0.5 for _ in range(3))


def test_heavy_libraries_are_imported_only_by_the_format_that_needs_them() -> None:
    heavy = ("markdown_it", "turbohtml", "yaml", "docx", "pypdf", "lxml")
    script = (
        "import sys; from gdprlint.notices.reading import read_page; from gdprlint.notices.project import Project\n"
        "read_page('a.txt', b'Nothing is kept.', Project())\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
        "read_page('a.html', b'<p>Nothing is kept.', Project())\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['turbohtml']"]


def test_every_ending_of_the_formats_is_known() -> None:
    assert {".txt", ".md", ".html", ".html.erb", ".pdf", ".docx", ".json", ".yml", ".tsx", ".haml", ".njk"} <= {
        *suffixes(),
        ".html.erb",
    }


def test_marks_that_set_the_look_of_markdown_are_not_said() -> None:
    page = read("a.md", b'{: .lead}\nWrite [to us](/x){:target="_blank"}.\n\n$CTA\nAt once.\n$CTA\n')
    assert [block.text for block in page.blocks] == ["Write to us.", "At once."]


def test_a_long_line_that_breaks_within_a_sentence_goes_on() -> None:
    first = "We keep what you tell us for as long as the survey of the whole county lasts, and what is more"
    page = read("a.txt", f"{first}\nfor six weeks.\nEmail: a@b.example\n".encode())
    assert [block.text for block in page.blocks] == [f"{first} for six weeks.", "Email: a@b.example"]


def blocks_of(text: str) -> list[tuple[str, str]]:
    page = read_page("notice.txt", text.encode(), Project())
    assert isinstance(page, Page), page
    return [(block.kind, block.text) for block in page.blocks]


def test_a_numbered_heading_may_stand_right_above_a_list_with_letters() -> None:
    text = "3. WHAT IT IS FOR\n\nTo run the club.\n\n4. WHO ELSE SEES IT\n\n    (a) the bank;\n    (b) the nurse.\n"
    assert blocks_of(text)[2:] == [("heading", "4. WHO ELSE SEES IT"), ("item", "the bank;"), ("item", "the nurse.")]


def test_a_numbered_list_with_lists_in_it_is_no_list_of_headings() -> None:
    text = "We hold:\n\n1. Names\n  (a) first\n  (b) last\n2. Ages\n"
    assert [kind for kind, _ in blocks_of(text)] == ["paragraph", *["item"] * 4]


def test_a_word_that_is_divided_between_lines_is_made_whole_where_it_stands_whole_elsewhere() -> None:
    text = "Your information is ours.\n\nWrite to the Informa-\ntion Commissioner. It is well-\nmeant.\n"
    assert blocks_of(text)[1][1] == "Write to the Information Commissioner. It is well- meant."


def test_tables_and_quotes_of_markdown_within_html_are_read() -> None:
    page = read("a.md", b"<details><summary>More</summary>\n\nSome **words**.\n\n</details>\n\n> Quoted.\n")
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("heading", "More"),
        ("paragraph", "Some words."),
        ("paragraph", "Quoted."),
    ]
