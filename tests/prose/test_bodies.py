"""Whom a stretch of words names: lists are taken apart; what only tells of a body, and staff, is left out."""

from __future__ import annotations

import pytest

from gdprlint.prose.bodies import bodies
from gdprlint.prose.passages import passages_of
from gdprlint.prose.recognise import recognised
from gdprlint.prose.trial import page_of


def named(text: str, *, things: bool = False, names_only: bool = False) -> list[str]:
    passage = passages_of(page_of(text))[-1]
    values = recognised(passage, {"germany": "DE"})
    found = bodies(passage, values, passage.own, len(passage.words), things, names_only)
    return [passage.said(first, last) for first, last in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We share it with our insurers, the police and our auditors.", ["insurers", "police", "auditors"]),
        ("We share it with Penwith Cloud Ltd and Inkwell Press.", ["Penwith Cloud Ltd", "Inkwell Press"]),
        ("We share it with Marsh and Sons Ltd and Dene Insurance plc.", ["Marsh and Sons Ltd", "Dene Insurance plc"]),
        ("It goes to the Department for Work and Pensions.", ["Department for Work and Pensions"]),
        ("We tell regulators of research.", ["regulators of research"]),
        (
            "We tell the Disclosure and Barring Service and HM Courts and Tribunals Service.",
            ["Disclosure and Barring Service", "HM Courts and Tribunals Service"],
        ),
        ("We tell your clinic and your old school.", ["clinic", "old school"]),
        ("We tell the Institute for Justice Data.", ["Institute for Justice Data"]),
        (
            "It is read by other government departments and by social workers.",
            ["other government departments", "social workers"],
        ),
    ],
)
def test_a_list_is_taken_apart_into_names_and_categories(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use suppliers, who host pages for hospitals.", ["suppliers"]),
        ("We tell our lawyers when the courts ask, and the police.", ["lawyers", "police"]),
        ("It goes to Inkwell Press, a printer.", ["Inkwell Press"]),
        ("Our partner, Datamere Trust, gets it.", ["Datamere Trust"]),
        ("Our mailing house (Inkwell Press) gets it.", ["Inkwell Press"]),
        ("We look you up in the files with the police.", ["police"]),
        ("If a child is in danger we tell the police.", ["police"]),
        ("It goes (so far as you agreed) to the landlord.", ["landlord"]),
    ],
)
def test_what_only_tells_of_a_body_is_left_out(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The research team and our staff see it.",
        "It is kept in Germany.",
        "Ask our Data Protection Officer.",
        "See the Privacy Notice.",
    ],
)
def test_staff_places_and_documents_are_no_bodies(text: str) -> None:
    assert named(text) == []


def test_registers_and_websites_are_taken_only_as_sources() -> None:
    assert named("We look at company websites.", things=True) == ["company websites"]
    assert named("We look at company websites.") == []


def test_with_names_only_categories_are_left_out() -> None:
    assert named("It is printed for our insurers by Inkwell Press.", names_only=True) == ["Inkwell Press"]
