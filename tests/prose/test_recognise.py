"""What values are recognised in the sentences of a notice, and what only looks like them."""

from __future__ import annotations

import pytest

from gdprlint.prose.passages import passages_of
from gdprlint.prose.recognise import recognised
from gdprlint.prose.trial import page_of


def found(kind: str, text: str, heading: str = "") -> list[str]:
    """The values of a kind in a text, in order."""
    passages = passages_of(page_of(text, heading))
    return [value.text for passage in passages for value in recognised(passage, {}) if value.kind == kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Department for Education (DfE) is the controller.", ["Department for Education (DfE)"]),
        (
            "Ipsos and Kantar do it for the Department for Work and Pensions.",
            ["Ipsos", "Kantar", "Department for Work and Pensions"],
        ),
        (
            "Ask the Department for Digital, Culture, Media and Sport.",
            ["Department for Digital, Culture, Media and Sport"],
        ),
        ("Westmoor Fire and Rescue Authority fits alarms.", ["Westmoor Fire and Rescue Authority"]),
        ("QUAYSIDE & DISTRICT HOMES LIMITED", ["QUAYSIDE & DISTRICT HOMES LIMITED"]),
        (
            "We use Mailchimp, Zoom and HM Revenue and Customs.",
            ["Mailchimp", "Zoom", "HM Revenue and Customs"],
        ),
        ("Mailchimp stores your address.", ["Mailchimp"]),
        ("St Anne's C of E Primary School is the controller.", ["St Anne's C of E Primary School"]),
        ("It is part of Corvedale Students' Union.", ["Corvedale Students' Union"]),
        ("Write to Northfold City Council's Customer Services.", ["Northfold City Council"]),
        ("Our Data Protection Officer works at the Home Office Data Protection Team.", ["Home Office"]),
        ("We share it with: | Microsoft Azure (hosting) | Kantar Public", ["Microsoft Azure", "Kantar Public"]),
        ("{company_name} is the controller.", ["{company_name}"]),
    ],
)
def test_names_of_bodies_are_found_as_they_are_written(text: str, names: list[str]) -> None:
    assert found("organisation", text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Cookies are small files. Staff use them. Information is kept.",
        "Our Data Protection Officer is Harriet Ashdown.",
        "Please contact Mr Abara or the Head.",
        "Ask the Practice Manager at 3 Mill Lane, Alderbrook AB0 2ZZ.",
        "INFORMATION WE MAY HOLD",
        "The Data Protection Act 2018 and the UK GDPR apply.",
        "Tell us your Date of Birth and your National Insurance Number.",
        "See our Privacy Notice and Cookie Policy.",
        "It is kept in the European Economic Area.",
    ],
)
def test_roles_people_documents_laws_and_addresses_are_no_bodies(text: str) -> None:
    assert found("organisation", text) == []


@pytest.mark.parametrize("heading", ["How We Use Your Information", "Who We Share It With", "Data Protection Officer"])
def test_a_heading_in_capitals_names_nobody(heading: str) -> None:
    assert found("organisation", "nothing", heading) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Updated 30 September 2020.", "2020-09-30"),
        ("Updated on the 30th of Sept 2020.", "2020-09-30"),
        ("Updated September 30, 2020.", "2020-09-30"),
        ("Updated 30/09/2020.", "2020-09-30"),
        ("Updated 30.9.20.", "2020-09-30"),
        ("Updated 30-09-2020.", "2020-09-30"),
        ("Updated 2020-09-30.", "2020-09-30"),
        ("Updated 09/30/2020.", "2020-09-30"),
        ("Updated September 2020.", "2020-09"),
        ("Updated Sep-20.", "2020-09"),
        ("Updated 09/2020.", "2020-09"),
    ],
)
def test_a_day_or_month_is_found_in_all_its_spellings(text: str, day: str) -> None:
    assert found("date", text) == [day]


def test_a_year_alone_is_no_date() -> None:
    assert found("date", "Edinburgh, autumn 2026") == []
    assert found("year", "Edinburgh, autumn 2026") == ["2026"]


def test_a_date_is_a_dateline_only_where_nothing_else_is_said() -> None:
    assert found("dateline", "Edinburgh, 3 May 2026") == ["2026-05-03"]
    assert found("dateline", "March 2026") == ["2026-03"]
    assert found("dateline", "We keep it until 3 May 2026") == []


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("phone", "Ring us on (01632) 960451.", "(01632) 960451"),
        ("phone", "Ring +44 (0)20 7946 0000 today.", "+44 (0)20 7946 0000"),
        ("email", "Write to hello@kelpie.example.", "hello@kelpie.example"),
        (
            "address",
            "Write to Capstan House, Wharf Road, Quayside QY4 4ZZ.",
            "Capstan House, Wharf Road, Quayside QY4 4ZZ",
        ),
        ("address", "By post: 7 & 8 Wharf Place, Leeds, LS1 4AW", "7 & 8 Wharf Place, Leeds, LS1 4AW"),
    ],
)
def test_ways_to_reach_somebody_are_found_whole(kind: str, text: str, value: str) -> None:
    assert found(kind, text) == [value]


def test_a_long_block_is_looked_through_once_for_all_its_sentences() -> None:
    text = "Ring us on 01632 960451. " * 2_000
    assert len(found("phone", text)) == 2_000


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("6.1 A member of staff may see the file.", []),
        ("9.2 I keep a book.", []),
        ("6.1(a) applies.", ["6(1)(a)"]),
        ("Our ground is Article 6.1 (a).", ["6(1)(a)"]),
        ("UK GDPR 6.1 A is our ground.", ["6(1)(a)"]),
    ],
)
def test_the_number_of_a_paragraph_is_no_article(text: str, points: list[str]) -> None:
    assert found("article-6", text) + found("article-9", text) == points
