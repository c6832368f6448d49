"""How a cue is heard: its phrases, what turns it round or hedges it, what only looks like it, the values it takes."""

from __future__ import annotations

import pytest

from gdprlint.language.reading import read
from gdprlint.notices.page import Block, Page
from gdprlint.prose.cues import cue_data, cue_of, cues_of, faults_of, wordings_of
from gdprlint.prose.hearing import Ear, ear_of
from gdprlint.prose.passages import passages_of
from gdprlint.prose.trial import page_of
from gdprlint.text import Source

CUES = """\
wording keep also "keep", "kept", "retain*"

cue kept "How long data are kept" of retention under uk-gdpr 13(2)(a) {
  phrases       "<keep> ... {period}"
  lookalikes    "cookie*"
  hedges        "may", "might"
  takes         period as retention
}
cue shared "Who gets the data" of recipients {
  phrases       "share .. with _"
  takes         rest as recipients
}
cue abroad "Where data go" of transfers {
  phrases       "outside the uk"
  beside        "send*", "transfer*"
}
cue asked "Whom to ask" of controller-contact {
  heading       "contact"
  takes         email as dpo-contacts
}
cue chosen "Consent" of lawful-basis {
  phrases       "consent"
  negated       as nothing
  gives         lawful-bases "6(1)(a)"
}
"""


def ear(text: str = CUES) -> Ear:
    tree = read(Source("cues.gdpr", text)).tree
    return ear_of(cues_of(tree, "example"), wordings_of(tree), {})


def heard(text: str, heading: str = "") -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """What is heard in a text: cue, outcome, and the facts."""
    return [
        (one.cue.name, one.outcome, tuple((fact.name, fact.text) for fact in one.facts))
        for one in ear().hear(passages_of(page_of(text, heading)))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We keep letters for 2 years.", [("kept", "stated", (("retention", "2 years"),))]),
        ("We may keep letters for 2 years.", [("kept", "partial", (("retention", "2 years"),))]),
        ("We never keep letters for 2 years.", [("kept", "denied", (("retention", "2 years"),))]),
        ("We do not only keep letters for 2 years.", [("kept", "stated", (("retention", "2 years"),))]),
        ("We keep them no longer than 2 years.", [("kept", "stated", (("retention", "2 years"),))]),
        ("We do not call, but keep letters for 2 years.", [("kept", "stated", (("retention", "2 years"),))]),
        ("The cookie is kept for 2 years.", []),
        ("We keep letters.", []),
        ("Send nothing outside the UK.", [("abroad", "denied", ())]),
        ("People live outside the UK.", []),
        ("We rely on consent.", [("chosen", "stated", (("lawful-bases", "6(1)(a)"),))]),
        ("We do not rely on consent.", []),
        ("We share it with our printers, who post it.", [("shared", "stated", (("recipients", "our printers"),))]),
    ],
)
def test_a_sentence(text: str, found: list[object]) -> None:
    assert heard(text) == found


def test_items_are_heard_after_the_words_that_lead_them_in() -> None:
    assert heard("We share it with: | our printers | Vale Council") == [
        ("shared", "stated", (("recipients", "our printers"),)),
        ("shared", "stated", (("recipients", "Vale Council"),)),
    ]


def test_a_cue_with_a_heading_only_is_heard_in_all_that_stands_under_it() -> None:
    assert heard("The quay. Ask a@b.uk.", heading="How to contact us") == [
        ("asked", "stated", ()),
        ("asked", "stated", (("dpo-contacts", "a@b.uk"),)),
    ]


def test_a_cue_survives_being_stored() -> None:
    assert [cue_of(cue_data(cue)) for cue in ear().cues] == list(ear().cues)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('phrases "(a"', "a bracket in the phrase is never closed"),
        ('phrases "{perod}"', "`{perod}` is no kind of value"),
        ('phrases "a"\n  takes perod as retention', "`perod` is no kind of value"),
        ('phrases "a"\n  takes period as retension', "`retension` is no fact of a notice"),
        ('phrases "a"\n  negated as nonsense', "`nonsense` is no outcome of a cue"),
        ('lookalikes "a"', "the cue `c` has neither `phrases` nor `heading`"),
    ],
)
def test_what_is_wrong_with_a_cue_is_told_at_its_place(line: str, message: str) -> None:
    source = Source("cues.gdpr", f"cue c of retention {{\n  {line}\n}}\n")
    assert [fault.message for fault in faults_of(read(source).tree, source.path)] == [message]


def test_an_unknown_item_is_told_with_the_nearest() -> None:
    source = Source("cues.gdpr", 'cue c of retentoin {\n  phrases "a"\n}\n')
    [fault] = faults_of(read(source).tree, source.path)
    assert (fault.message, fault.help) == ("`retentoin` is no item of a notice", "did you mean `retention`?")


def test_headings_of_one_notice_are_not_taken_for_those_of_the_next() -> None:
    one_ear = ear()
    under_contact, under_keeping = (
        [one.cue.name for one in one_ear.hear(passages_of(page_of("Ask a@b.uk.", heading)))]
        for heading in ("How to contact us", "What we keep")
    )
    assert under_contact == ["asked"]
    assert under_keeping == []


FAINT = """\
cue erased "Erasure" of right-erasure in heading {
  phrases       "right to erasure"
}
cue gone "Something taken away" of right-erasure, faint is partial {
  phrases       "lose your details"
}
cue gone-or-seen "Something taken away or seen" of right-erasure, right-access, faint is partial {
  phrases       "lose your details"
}
"""


def test_a_faint_cue_is_heard_only_where_nothing_else_tells_of_its_items() -> None:
    def names(text: str) -> list[str]:
        return [one.cue.name for one in ear(FAINT).hear(passages_of(page_of(text)))]

    assert names("Ask us to lose your details.") == ["gone", "gone-or-seen"]
    assert names("You have the right to erasure. Ask us to lose your details.") == ["erased"]
    assert names("There is no right to erasure. Ask us to lose your details.") == ["erased"]


def test_what_faint_cues_hear_stands_in_reading_order() -> None:
    heard = ear(FAINT + CUES).hear(passages_of(page_of("We lose your details. We keep letters for 2 years.")))
    assert [one.cue.name for one in heard] == ["gone", "gone-or-seen", "kept"]


def test_a_sentence_of_a_faint_cue_is_tried_whatever_other_cues_hear() -> None:
    passages = passages_of(page_of("You have the right to erasure, so we lose your details."))
    assert [one.cue.name for one in ear(FAINT).hear_all(passages)] == ["erased", "gone", "gone-or-seen"]


def test_what_only_looks_alike_in_a_row_stands_in_one_cell() -> None:
    def row(*cells: str) -> list[str]:
        blocks = [
            Block("cell", 0, cell, ((0, 0),), column=column, row=1) for column, cell in zip(COLUMNS, cells, strict=True)
        ]
        text = CUES.replace('lookalikes    "cookie*"', 'lookalikes    "letters ... gallery"')
        return [one.cue.name for one in ear(text).hear(passages_of(Page(Source("n.html", ""), tuple(blocks))))]

    assert row("Letters", "Kept for 2 years", "The gallery") == ["kept"]
    assert row("Letters to the gallery", "Kept for 2 years", "Nobody") == []


COLUMNS = ("What", "How long", "Who sees it")
