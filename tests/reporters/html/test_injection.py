"""Whoever writes the records, notices and packs cannot write on the page: every name stays a name."""

from __future__ import annotations

import pytest

from gdprlint.background import Activity, Background, Explained, PackCoverage, Party, Registered, Watch
from gdprlint.diagnostics import Diagnostic, Fix, Label, Problem, Report, Severity, Suppressed
from gdprlint.text import Source, Span
from gdprlint.values import evolve

from ..making import judged, label, report, span
from .sample import Element, page, read

PLAIN = "plain"
HOSTILE = {
    "end of a script": "</script><script>alert(1)</script>",
    "end of a style": "</style><style>*{display:none}</style>",
    "an element": "<img src=x onerror=alert(1)>",
    "end of a comment": "--><svg onload=alert(1)><!--",
    "double quotes": '" onmouseover="alert(1)" x="',
    "single quotes": "' onmouseover='alert(1)' x='",
    "an address": "javascript:alert(1)",
    "an entity": "&lt;b&gt;&#60;b&#62;",
    "a template": "{{ 7 * 7 }}{% raw %}{{ page }}",
    "a document": "]]></details></main></body></html><p>",
    "backticks": "`<b>` and ` `",
    "turned around": "\u202etxt.exe\u2066\u2069\u200f",
    "control characters": "\x00\x07\x1b[2J\x7f\x85\x9b\u2028\u200b\ufeff",
    "half a character": "\ud800",
}


def written(word: str) -> Report:
    """A report in which strangers say this word wherever they may say something."""
    source = Source(f"{word}.gdpr", f"before {word} after\nsecond {word} line\n")
    place, other = Span(source.path, 7, 7 + len(word)), label(source, "second", word)
    what = Diagnostic(
        word, word, Severity.ERROR, word, place, word, word, word, (word, f"uk-gdpr {word}"), (other,),
        word, word, word, word, word, (Fix(word, ()),),
    )  # fmt: skip
    party = Party(word, word)
    background = Background(
        {word: Explained(word, word, word, word, word, Severity.ERROR, word, word, (word,), "failed")},
        (
            PackCoverage(word, word, True, (Watch(word, word, "", word, (word,)), Watch(word, word, word, word, ()))),
            PackCoverage(f"{word}2", word, True, (), word),
            PackCoverage(f"{word}3", word, False, ()),
        ),
        (Registered(word, f"a/{word}", frozenset({source.path}), {word: Activity(word, (party,))}, (party,)),),
    )
    whole = report(
        what,
        evolve(what, span=Span("not at hand", 0, 0)),
        sources=(source,),
        problems=(Problem(word, word),),
        totals=judged(packs=(word,)),
    )
    accepted = Suppressed(what, word, word, word, word, span(source, "before"))
    return evolve(
        whole,
        suppressed=(accepted,),
        background=background,
        judged=evolve(whole.judged, as_of=word),
    )


def shape(element: Element) -> list[object]:
    """The elements and attributes of a page, without words and names."""
    inside = [shape(part) for part in element.inside if isinstance(part, Element) and part.tag not in ("code", "mark")]
    return [element.tag, sorted(element.attributes), *inside]


@pytest.mark.parametrize("show_source", [True, False])
@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
def test_no_word_adds_an_element_or_an_attribute(word: str, show_source: bool) -> None:
    assert shape(read(page(written(word), show_source))) == shape(read(page(written(PLAIN), show_source)))


@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
def test_style_and_script_are_ours_whatever_is_said(word: str) -> None:
    hostile, plain = read(page(written(word))), read(page(written(PLAIN)))
    for tag in ("style", "script"):
        assert hostile.one(tag).inside == plain.one(tag).inside


@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
def test_no_address_is_made_of_a_word(word: str) -> None:
    whole = read(page(written(word)))
    addresses = [link.attributes["href"] for link in whole.all("a")]
    assert all(address.startswith("#") for address in addresses)
    ids = [each.attributes["id"] for each in whole.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
def test_nothing_reaches_the_page_that_turns_text_around_or_cannot_be_seen(word: str) -> None:
    text = read(page(written(word))).text
    assert text.isprintable()


def test_what_was_said_can_still_be_read() -> None:
    whole = read(page(written("</script><b>&lt;")))
    assert whole.one("section", id="findings").all("h5")[0].text == "</script><b>&lt;"
    turned = read(page(written("\u202eabc")))
    assert turned.one("section", id="findings").all("h5")[0].text == "\\u202eabc"


def test_a_class_is_never_made_of_a_word() -> None:
    """Outcomes and severities are ours; what a pack or a record says is none of them."""

    def classes(word: str) -> set[str]:
        return {name for each in read(page(written(word))).walk() for name in each.attributes.get("class", "").split()}

    assert classes("one") == classes("two")


def test_thousands_of_places_in_one_line_are_shown_without_delay() -> None:
    source = Source("page.html", "ab " * 100_000)
    labels = tuple(Label(Span(source.path, at, at + 2), "there") for at in range(0, 60_000, 20))
    what = Diagnostic("syntax", "", Severity.ERROR, "a fact", Span(source.path, 30_000, 30_002), labels=labels)
    window = read(page(report(what, sources=(source,)))).one(cls="source")
    assert len(window.all(cls="said")) == len(labels)
    assert len(window.all("mark")) < 100
