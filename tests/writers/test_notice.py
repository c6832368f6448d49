"""The notice that is written from a record: it says what the record says, to people, in every state."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from gdprlint.model.amounts import Amount
from gdprlint.model.states import State
from gdprlint.model.table import VERBS, owners
from gdprlint.model.things import Clause, Item
from gdprlint.readers.register import read_file
from gdprlint.testing.strategies.registers import Written, reading_of, register_by, registers, vocabulary
from gdprlint.text import Source
from gdprlint.writers import phrases
from gdprlint.writers.document import Bullets, Document, Section
from gdprlint.writers.html import html
from gdprlint.writers.markdown import markdown
from gdprlint.writers.notice import SECTIONS, UNSAID, UNSAID_TAILS, notice
from gdprlint.writers.reading import opened
from gdprlint.writers.view import View, view_of
from gdprlint.writers.words import clean, own_words
from tests.sampling import some

SOME = settings(max_examples=some(20, 40), deadline=None, suppress_health_check=list(HealthCheck))
EXAMPLES = Path(__file__).parents[2] / "examples"
CAST = """
organisation harbour   "Harbour Institute" is research organisation in GB {
  contact       email "study@harbour.example"
}
organisation larkmail  "Larkmail" is company in US
organisation vale      "Vale Council" is local authority in GB
organisation ico       "Information Commission" is regulator in GB
people members         "People who live by the river"
data contacts          of members is name, email address
data answers           of members is survey answers, possibly health
event report-out       "The report is published" on 2027-01-31
activity study "Living by the river" {
  controller    harbour
  %s
}
"""


def view(written: Written) -> View:
    reading = written.read()
    return view_of(reading.register, written.texts)


def written_from(clauses: str) -> str:
    """The notice of a study of which these clauses are said, one paragraph a line."""
    text = CAST % clauses
    reading = reading_of([read_file(Source("study.gdpr", text))])
    unread = any(thing.unread for thing in reading.register.things)
    return "\n".join(texts_of(notice(view_of(reading.register, ["study.gdpr"], unread))))


def texts_of(document: Document) -> Iterator[str]:
    yield document.title
    for section in document.sections:
        yield from _texts(section)


def _texts(section: Section) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        yield from block.items if isinstance(block, Bullets) else [block.text]
    for inner in section.inner:
        yield from _texts(inner)


# ---- any record


@given(registers())
@SOME
def test_any_record_gives_a_notice_without_ids_markers_or_control_characters(record: Written) -> None:
    seen = view(record)
    text = "\n".join(texts_of(notice(seen)))
    own = " ".join(clean(title) for thing in seen.register.things if (title := thing.title))
    ids = {thing.name for thing in seen.register.things if re.fullmatch(r"[a-z]+-\d+", thing.name)}
    assert [name for name in ids if re.search(rf"(?<![\w-]){name}(?![\w-])", text) and name not in own] == []
    assert [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"] == []


@given(registers())
@SOME
def test_every_stated_right_period_and_recipient_is_in_the_notice(record: Written) -> None:
    seen = view(record)
    text = " ".join(texts_of(notice(seen)))
    said = text.casefold()
    for clause in stated(seen, "rights"):
        for item in certain(clause, None):
            name = phrases.RIGHTS.get(str(item.value), ("",))[0] if item.thing is None else ""
            assert (name or seen.words.item(item)).casefold() in said or item.value == "all-rights"
    for clause in stated(seen, "keeps"):
        for item in certain(clause, "for"):
            assert isinstance(item.value, Amount)
            assert str(item.value) in text
    for verb, joint in (("discloses", "to"), ("processor", None), ("sub-processor", None), ("transfers", "to")):
        for clause in stated(seen, verb):
            for item in certain(clause, joint):
                if item.thing is None or item.thing.name not in seen.words.we | seen.words.you:
                    assert seen.words.party(item).casefold() in said


@given(registers())
@SOME
def test_the_page_parses_and_shows_what_the_document_says(record: Written) -> None:
    document = notice(view(record))
    page = Page()
    page.feed(html(document))
    page.close()
    assert page.open == []
    assert page.scripts == 0
    assert page.levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    shown = " ".join(" ".join(page.text).split())
    assert [text for text in texts_of(document) if " ".join(text.split()) not in shown] == []


@given(registers())
@SOME
def test_markdown_reads_back_as_the_text_of_the_document(record: Written) -> None:
    document = notice(view(record))
    read = [
        "".join(child.content for child in token.children or () if child.type in ("text", "text_special"))
        for token in MarkdownIt("commonmark").parse(markdown(document))
        if token.type == "inline"
    ]
    assert read == list(texts_of(document))


@pytest.mark.parametrize("seed", range(20))
def test_the_same_record_gives_the_same_notice(seed: int) -> None:
    one, two = (markdown(notice(view(register_by(Random(seed))))) for _ in range(2))
    assert one == two


def stated(seen: View, verb: str) -> list[Clause]:
    return [clause for clause in seen.clauses(verb) if clause.adverb is None and clause.state is State.STATED]


def certain(clause: Clause, joint: str | None) -> list[Item]:
    values = clause.about if joint is None else clause.tails.get(joint)
    if values is None:
        return []
    return [item for item in values.members if isinstance(item, Item) and item.adverb is None]


class Page(HTMLParser):
    """What is open, which headings there are, and the text between the tags."""

    VOID = ("meta", "link", "br", "img", "hr")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.text: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids.extend(value for name, value in attrs if name == "id" and value)
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


# ---- every kind of clause


def test_every_kind_of_clause_is_written_or_has_a_reason_why_not() -> None:
    written = {verb for _, _, _, verbs in SECTIONS for verb in verbs}
    assert written | UNSAID.keys() == VERBS.keys()
    assert written & UNSAID.keys() == set()


ABOUT = {
    "party": "vale", "channel": "email", "purpose": "research", "basis": "contract", "provision": "9(2)(j)",
    "data": "contacts", "people": "members", "tool": "larkmail", "message": "newsletters", "right": "access",
    "measure": "encryption", "gift": "voucher", "length": "77 minutes", "cost": "travel",
    "text": '"something"', "any": '"something"',
}  # fmt: skip
SAYING = {"span": ("77 days", "77 days"), "date": ("1977-07-07", "7 july 1977"), "topic": ('"zebras"', "zebras")}


@pytest.mark.parametrize("verb", sorted(VERBS.keys() - UNSAID.keys()))
def test_every_tail_is_written_or_has_a_reason_why_not(verb: str) -> None:
    row = VERBS[verb]
    head = f"{verb} {ABOUT[row.about]}" if row.about in ABOUT and not row.optional else verb
    plain = written_from(head)
    lost = []
    for joint, slot in row.tails.items() if "activity" in owners(verb) else ():
        written, shown = SAYING.get(slot, ('"zebras"', "zebras"))
        text = written_from(f"{head} {joint} {written}" if slot else f"{head} {joint}")
        if (shown not in text.casefold() if slot else text == plain) and (verb, joint) not in UNSAID_TAILS:
            lost.append(joint)
    assert lost == []


@pytest.mark.parametrize(
    ("clause", "says"),
    [
        (
            "transfers contacts to larkmail in US under uk addendum",
            "We transfer your contacts to Larkmail in the United States.",
        ),
        (
            "possibly transfers contacts to larkmail in US",
            "We may transfer your contacts to Larkmail in the United States.",
        ),
        ("transfers none", "We do not transfer any of your personal data outside the United Kingdom."),
        (
            "never transfers answers to larkmail",
            "We do not transfer your answers to Larkmail outside the United Kingdom.",
        ),
        ("transfers blank", "This notice is still to say which data we transfer outside the United Kingdom."),
        ("transfers contacts in US under blank", "The safeguard is still to be added."),
        ("transfers contacts in US under none", "No safeguard is named for this."),
        ('refers to "the register" for transfers', "See “the register” for transfers abroad."),
        ("transfers : contacts", "Our record says more here in a line that could not be read"),
        ("collects contacts, possibly answers from members", "We collect your contacts and possibly answers from you."),
        (
            "keeps contacts for at most 5 days after report-out then delete",
            "We keep your contacts for at most 5 days after the report is published (31 January 2027). We then delete",
        ),
        (
            "keeps answers until report-out for 3 months whichever is later",
            "We keep your answers for 3 months or until the report is published (31 January 2027), whichever is later.",
        ),
        ("keeps contacts with larkmail indefinitely", "Larkmail keeps your contacts indefinitely."),
        ("never keeps contacts", "We do not keep your contacts."),
        ("lawful basis contract or legitimate interests", "This notice does not say which of them it is."),
        ('lawful basis legitimate interests in "clean water"', "The interest that we pursue is: clean water."),
        ('lawful basis public task under "the Water Act"', "The law behind it is the Water Act."),
        (
            "condition 9(2)(j) for health under dpa-2018 schedule 1 paragraph 4",
            "The condition in law for this is paragraph 4 of Schedule 1 to the Data Protection Act 2018",
        ),
        ("discloses answers to vale only", "We share your answers with Vale Council only."),
        ("never discloses answers to vale, larkmail", "We do not share your answers with Vale Council or Larkmail."),
        ("opens answers to vale only", "Only Vale Council can see your answers."),
        ("complaints to ico", "You can complain to the Information Commission, the UK regulator for data protection,"),
        (
            "complaints to harbour by email within 30 days then acknowledge",
            "You can complain to us about how we use your data: by email (study@harbour.example). "
            "We acknowledge your complaint within 30 days.",
        ),
        ("automated decisions none", "We do not make automated decisions about you, and we do not profile you."),
        ("requires none", "You do not have to give us any data."),
        ("rights access", "The right of access: you can ask whether we hold personal data about you"),
        ("never rights portability", "You do not have the right to data portability here."),
        ("incentive voucher", "As a thank-you, you get a voucher."),
        ("recontacts none", "We will not contact you again."),
        ("uses cookies for analytics", "We use cookies for analytics."),
        ("links answers to contacts", "We link your answers with your contacts."),
        (
            "processor larkmail for harbour under contract",
            "Larkmail is our processor: it handles data on our behalf. A contract binds it.",
        ),
        ('sponsor vale for "the fieldwork"', "This work is funded by Vale Council for the fieldwork."),
    ],
)
def test_each_state_has_a_sentence_that_says_just_that(clause: str, says: str) -> None:
    assert says in written_from(clause)


def test_silence_says_nothing() -> None:
    text = written_from("")
    assert "transfer" not in text.casefold()
    assert "keep" not in text.casefold()
    assert "How to complain" not in text


def test_what_holds_for_all_is_said_once_and_the_rest_under_the_titles() -> None:
    document = notice(opened(str(EXAMPLES / "example-study"))[0])
    transfers = next(section for section in document.sections if section.key == "transfers")
    assert len(transfers.blocks) == 1
    assert [inner.title.count("“") for inner in transfers.inner] == [4]


def test_own_words_that_look_like_marks_stay_words() -> None:
    text = "<script>alert(1)</script> [x](javascript:1) **bold** `code` 1. # & &amp;".replace('"', "")
    reading = reading_of([read_file(Source("a.gdpr", f'activity a "{text}" {{ purpose research "{text}" }}'))])
    document = notice(view_of(reading.register, ["a.gdpr"]))
    assert "<script>" not in html(document)
    tokens = MarkdownIt("commonmark").parse(markdown(document))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special"}


# ---- wording


@pytest.mark.parametrize(
    ("table", "root"), [(phrases.ACTIONS, "action"), (phrases.OCCASIONS, "occasion")], ids=["actions", "occasions"]
)
def test_every_word_that_only_fits_in_one_form_has_it(table: dict[str, str], root: str) -> None:
    words = vocabulary()
    keys = [key for key in words.under((root,)) if words.is_a(key, root) and key != root]
    assert [key for key in keys if key not in table] == []


def test_every_right_of_the_law_says_what_it_means() -> None:
    words = vocabulary()
    keys = [
        key for key in words.under(("right",)) if key not in ("right", "all-rights") and words.terms[key].provisions
    ]
    assert [key for key in keys if key not in phrases.RIGHTS] == []


def test_the_notices_of_the_examples_hold_no_word_of_the_language() -> None:
    for folder in sorted(EXAMPLES.iterdir()):
        if (folder / "record.gdpr").exists():
            text = markdown(notice(opened(str(folder))[0]))
            assert "[" not in re.sub(r"\\\[", "", text)
            assert re.search(r"\bNone\b|\{|\}|  +\S", text) is None
            assert own_words(text)


def test_the_page_on_documents_shows_what_is_written() -> None:
    page = (EXAMPLES.parent / "docs" / "documents.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", page, re.MULTILINE)
    assert len(rows) >= 5
    assert [(clause, says) for clause, says in rows if says not in written_from(clause)] == []
