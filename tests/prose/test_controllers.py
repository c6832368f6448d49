"""Whom a notice names as controller: who is said to be, and where nobody is, who speaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page as page_of
from gdprlint.prose.facts import facts_of
from gdprlint.prose.items import items_of
from gdprlint.prose.reading import Reading, read_page
from gdprlint.rules import packs


def read(text: str) -> Reading:
    """A few sentences, read as those of a whole notice."""
    page = page_of("notice.md", text.encode(), Project(Path(), 1_000_000))
    assert isinstance(page, Page)
    reading = read_page(page, packs.load().ear)
    items = items_of(reading.evidence, "notice")
    return evolve(reading, kind="notice", items=items, facts=facts_of(reading.evidence, items))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kelpie Sailing Ltd is the data controller. Zoom hosts our calls.", ["Kelpie Sailing Ltd"]),
        (
            "# Survey\n\nHaulWise Insight carries out this survey for the Department for Transport (DfT).\n\n"
            "DfT is the data controller and HaulWise Insight is the data processor.",
            ["Department for Transport (DfT)"],
        ),
        (
            "# Trial\n\nThe trial is run by the University of Corvedale and paid for by the Lantern Foundation.\n\n"
            "The University is the data controller.",
            ["University of Corvedale"],
        ),
        (
            "# Evaluation\n\nThe Department for Warm Homes pays, and letters are printed by Rook Printers.\n\n"
            "For the purposes of the evaluation the Department is the data controller.",
            ["Department for Warm Homes"],
        ),
        (
            "# Study\n\n## Who is behind the study?\n\nThe University of Marle. It has run for years.\n\n"
            "## Thanks\n\nThe Tolland Cohort wants your help.",
            ["University of Marle"],
        ),
        (
            "# Firm\n\nWe mean Harrow Dunstan LLP, regulated by the Solicitors Regulation Authority, which determines "
            "alone why your data are processed.",
            ["Harrow Dunstan LLP"],
        ),
        (
            "# Courier\n\nThe Marle Courier is published by Oar Newspapers plc, controller of the data of its readers.",
            ["Oar Newspapers plc"],
        ),
        ("# Privacy\n\nHarbour Harriers is a running club. England Athletics gets your name.", ["Harbour Harriers"]),
        ("# Privacy\n\nWe care about your privacy. We use Mailchimp.", []),
    ],
)
def test_the_controller_is_who_is_said_to_be_one_or_who_speaks(text: str, names: list[str]) -> None:
    assert read(text).facts["controllers"] == names


def test_joint_controllers_are_stated_where_who_does_what_stands_elsewhere() -> None:
    named = "# Study\n\nThe University of Corvedale and the Lantern Foundation are joint controllers.\n"
    divided = f"{named}\nThe University answers every request about your rights.\n"
    assert read(named).items["joint-controllers"].status == "partial"
    assert read(divided).items["joint-controllers"].status == "stated"


def test_a_public_body_by_its_name_is_asked_for_its_officer() -> None:
    council = "# Notice\n\nNorthfold Borough Council is the data controller of your personal data.\n"
    company = "# Notice\n\nKelpie Sailing Ltd is the data controller of your personal data.\n"
    assert read(council).items["dpo-contact"].status == "absent"
    assert read(company).items["dpo-contact"].status == "not-applicable"


def test_how_to_reach_an_officer_may_stand_in_the_next_sentence() -> None:
    notice = read("# Notice\n\nOur Data Protection Officer is Jane Doe. You can reach her at dpo@kelpie.example.\n")
    assert notice.items["dpo-contact"].status == "stated"
    assert notice.facts["dpo_contacts"] == ["dpo@kelpie.example"]
    ours = read("# Notice\n\nOur Data Protection Officer is Jane Doe. You can reach us at hello@kelpie.example.\n")
    assert ours.facts["dpo_contacts"] == []


def test_headings_of_one_page_are_not_taken_for_those_of_another() -> None:
    complaints = read("# Complaints\n\nTalk to a member of staff.\n")
    other = read("# Lost property\n\nTalk to a member of staff.\n")
    assert complaints.items["complaint-controller"].status == "stated"
    assert other.items["complaint-controller"].status == "absent"
