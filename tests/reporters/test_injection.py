"""Whatever a name holds, a report is one sound document of its format, and steers nothing that reads it."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprlint.reporters import REPORTERS, RenderOptions, render

from .hostile import HOSTILE, report_of

OPTIONS = RenderOptions(show_suppressed=True)

HARMLESS = dict.fromkeys(map(ord, "\n\u00a0"))


def rendered(words: str) -> dict[str, str]:
    """The report of these words in every format."""
    return {form: render(report_of(words), form, OPTIONS) for form in REPORTERS}


words = pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)


@words
def test_nothing_in_any_format_can_steer_a_terminal(words: str) -> None:
    assert [form for form, text in rendered(words).items() if not text.translate(HARMLESS).isprintable()] == []


@words
def test_every_format_can_be_written_in_utf_8(words: str) -> None:
    assert [form for form, text in rendered(words).items() if text.encode("utf-8").decode("utf-8") != text] == []


@words
def test_the_same_report_gives_the_same_bytes(words: str) -> None:
    assert rendered(words) == rendered(words)


@words
@pytest.mark.parametrize("format", ["json", "sarif", "gitlab"])
def test_json_stays_json_that_strict_readers_take(format: str, words: str) -> None:
    text = render(report_of(words), format, OPTIONS)
    json.loads(text)
    if format != "json":  # that one hands names on as they are
        assert text.isascii()
        assert "\\u0000" not in text.replace("\\\\u0000", "")
        assert not any("\ud800" <= c <= "\udfff" for c in json.loads(text).__repr__())


@words
def test_xml_stays_xml(words: str) -> None:
    text = render(report_of(words), "junit", OPTIONS)
    assert text.isascii()
    assert {element.tag for element in ElementTree.fromstring(text).iter()} == {
        "testsuites", "testsuite", "testcase", "failure", "skipped", "error", "system-out",
    }  # fmt: skip


@words
def test_no_name_becomes_a_command_of_github(words: str) -> None:
    lines = render(report_of(words), "github", OPTIONS).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning"]
    for line in lines:
        _, _, rest = line.partition(" ")
        properties, colons, _ = rest.partition("::")
        keys = [part.partition("=")[0] for part in properties.split(",")]
        assert colons
        assert keys in (["title"], ["file", "line", "endLine", "title"])


@words
def test_no_name_becomes_a_line_that_begins_like_a_command(words: str) -> None:
    texts = {form: text for form, text in rendered(words).items() if form != "github"}
    assert [form for form, text in texts.items() if re.search(r"^\s*::", text, re.MULTILINE)] == []


@words
def test_no_name_holds_a_command_of_the_old_form(words: str) -> None:
    texts = {form: text for form, text in rendered(words).items() if form not in ("github", "json")}
    assert [form for form, text in texts.items() if "##[" in text] == []


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1))
def test_no_text_at_all_breaks_a_format_that_machines_read(text: str) -> None:
    texts = rendered(text)
    json.loads(texts["sarif"])
    json.loads(texts["gitlab"])
    ElementTree.fromstring(texts["junit"])
    assert [line.partition(" ")[0] for line in texts["github"].splitlines()] == ["::error", "::error", "::warning"]
