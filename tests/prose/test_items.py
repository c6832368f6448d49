"""What evidence amounts to: a right that is denied, a choice that may be no consent, and what is due beside them."""

from __future__ import annotations

import pytest

from gdprlint.language.reading import read
from gdprlint.prose.cues import cues_of
from gdprlint.prose.hearing import Ear, ear_of
from gdprlint.prose.items import Told, items_of
from gdprlint.prose.passages import passages_of
from gdprlint.prose.trial import page_of
from gdprlint.text import Source

CUES = """\
cue task "Public task" of lawful-basis {
  phrases       "public task"
  gives         lawful-bases "6(1)(e)"
}
cue agreed "Consent" of lawful-basis {
  phrases       "with your consent"
  gives         lawful-bases "6(1)(a)"
}
cue tenancy "Contract" of lawful-basis {
  phrases       "under our contract"
  gives         lawful-bases "6(1)(b)"
}
cue emphatic "Explicit consent" of article-9-condition {
  phrases       "with explicit consent"
  gives         article-9 "9(2)(a)"
}
cue health "Health" of special-category-data { phrases "your health" }
cue cameras "Cameras" of observed-only in heading { phrases "cctv notice" }
cue deletion "Erasure" of right-erasure { phrases "be erased" }
cue sight "Access" of right-access { phrases "see your file" }
cue moving "Portability" of right-portability { phrases "be ported" }
cue opposing "Objection" of right-objection { phrases "object" }
cue mind "A change of mind" of right-withdraw-consent is partial { phrases "change your mind" }
cue withdrawing "Withdrawal" of right-withdraw-consent { phrases "withdraw consent" }
cue files "Files" of recipients {
  phrases       "our bank"
  heading       "sharing"
}
"""


def ear() -> Ear:
    return ear_of(cues_of(read(Source("cues.gdpr", CUES)).tree, "example"), [], {})


def status(text: str, item: str, kind: str = "notice") -> str:
    return items_of(ear().hear(passages_of(page_of(text))), kind)[item].status


@pytest.mark.parametrize(
    ("text", "item", "expected"),
    [
        # The law gives no right to erasure against a public task: there a denial answers, else it leaves out.
        ("We act on a public task. It cannot be erased.", "right-erasure", "denied"),
        ("We act with your consent. It cannot be erased.", "right-erasure", "absent"),
        ("It can be erased.", "right-erasure", "stated"),
        # Access is due whatever the basis.
        ("We act on a public task. You cannot see your file.", "right-access", "absent"),
        # Portability goes with consent and contract only.
        ("We act on a public task. Data cannot be ported.", "right-portability", "denied"),
        ("We act with your consent. Data cannot be ported.", "right-portability", "absent"),
        ("We act on a public task.", "right-portability", "not-applicable"),
        ("We act with your consent.", "right-portability", "absent"),
        # Objection goes with public task and legitimate interests, and is due where no basis is told.
        ("We act under our contract. You cannot object.", "right-objection", "denied"),
        ("We act on a public task. You cannot object.", "right-objection", "absent"),
        ("We act under our contract.", "right-objection", "not-applicable"),
        ("We are a club.", "right-objection", "absent"),
    ],
)  # fmt: skip
def test_a_right_that_is_denied_is_answered_where_the_law_agrees(text: str, item: str, expected: str) -> None:
    assert status(text, item) == expected


def test_a_change_of_mind_withdraws_a_consent_only_where_data_rest_on_one() -> None:
    assert status("You may change your mind.", "right-withdraw-consent") == "not-applicable"
    assert status("We act with your consent. You may change your mind.", "right-withdraw-consent") == "partial"
    assert status("You may withdraw consent.", "right-withdraw-consent") == "stated"


def test_an_excerpt_leaves_nothing_out() -> None:
    assert status("We act with your consent. It cannot be erased.", "right-erasure", "excerpt") == "not-applicable"


def test_headings_of_one_page_are_not_taken_for_those_of_the_next() -> None:
    shared = ear()
    under = [
        bool(shared.hear(passages_of(page_of("We send lists to our bank.", heading))))
        for heading in ("Sharing", "Opening hours")
    ]
    assert under == [True, False]


def test_an_item_that_is_a_sentence_of_its_own_is_not_turned_by_its_lead_in() -> None:
    assert status("Not that it matters: | you can see your file", "right-access") == "stated"
    assert status("You may not: | see your file", "right-access") == "absent"


@pytest.mark.parametrize("item", ["right-withdraw-consent", "right-portability"])
def test_explicit_consent_gives_the_rights_of_a_consent(item: str) -> None:
    said = "We act on a public task. We hold your health"
    assert status(f"{said}.", item) == "not-applicable"
    assert status(f"{said} with explicit consent.", item) == "absent"


def test_who_is_only_filmed_gives_nothing() -> None:
    def due(*passages: str) -> str:
        page = page_of(" | ".join(passages[1:]), passages[0])
        return items_of(ear().hear(passages_of(page)), "notice")["obligation-to-provide"].status

    assert due("CCTV notice", "We film the yard.") == "not-applicable"
    assert due("Privacy notice", "There is a CCTV notice at the gate.", "We film the yard.") == "absent"


def test_a_faint_sign_of_an_item_makes_it_partial_and_not_absent() -> None:
    said = (
        CUES
        + """
cue dropped "Something taken away" of right-erasure, faint is partial {
  phrases       "lose your details"
}
"""
    )
    tree = read(Source("cues.gdpr", said)).tree
    page = page_of("Ask us to lose your details.")
    item = items_of(ear_of(cues_of(tree, "example"), (), {}).hear(passages_of(page)), "notice")["right-erasure"]
    assert item.status == "partial"
    assert [one.cue.name for one in item.evidence] == ["dropped"]


def test_what_must_be_given_is_not_due_where_nothing_comes_from_the_reader() -> None:
    cue = 'cue others "Others" of nothing-from-reader { phrases "only from records of others" }\n'
    other = ear_of(cues_of(read(Source("cues.gdpr", CUES + cue)).tree, "example"), [], {})

    def duty(text: str) -> str:
        return items_of(other.hear(passages_of(page_of(text))), "notice")["obligation-to-provide"].status

    assert duty("We work only from records of others.") == "not-applicable"
    assert duty("We work with what you tell us.") == "absent"


@pytest.mark.parametrize(
    "name", ["Chief Constable of Marle", "Marle Police and Crime Commissioner", "Marle Health Board"]
)
def test_a_public_body_is_known_by_its_name(name: str) -> None:
    assert Told({}, {"controllers": frozenset({name})}, frozenset()).is_public()
    assert not Told({}, {"controllers": frozenset({"Marle Health Foods"})}, frozenset()).is_public()
