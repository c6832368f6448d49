"""Where a record and its notice part: what is not told, what is not on record, what the two say otherwise.

What is expected is the kind of each difference, its topic, and what it says behind the name of the activity.
"""

from __future__ import annotations

from textwrap import indent

import pytest

from gdprlint.comparing.compare import compare
from gdprlint.comparing.sides import sides
from gdprlint.comparing.within import RULES
from gdprlint.diagnostics import Comparison
from gdprlint.language.printer import format_tree
from gdprlint.rules.packs import load
from tests.comparing.changing import as_notice, as_record, examples, register_of
from tests.comparing.test_versions import CAST

RECORD = "record r of harbour under uk-gdpr 30(1)\n"
NOTICE = 'notice n "What we do" of study on 2026-02-01\n'
MORE = """
organisation council "Vale Council" is local authority in GB
data details of members is contact details
data tapes of members is audio recording
data feedback of members is "your details"
"""


def drift(record: str, notice: str, headers: tuple[str, str] = (RECORD, NOTICE)) -> Comparison:
    """A record and a notice, each a register of one file with the same cast."""
    texts = [
        f"{header}{CAST}{MORE}activity {name} {{\n{indent(text, '  ')}\n}}\n"
        for header, name, text in zip(headers, ("study", "told"), (record, notice), strict=True)
    ]
    one, two = (register_of(path, text) for path, text in zip(("record.gdpr", "notice.gdpr"), texts, strict=True))
    return compare(sides(one, ["record.gdpr"]), sides(two, ["notice.gdpr"]))


def told(comparison: Comparison) -> list[str]:
    return [f"{change.kind} {change.topic}: {change.message.partition(': ')[2]}" for change in comparison.changes]


PARTED = {
    "a purpose": (
        "purpose research, direct marketing", "purpose research",
        "not told purpose: `purpose direct marketing` is on record, and the notice names no such purpose",
    ),
    "a recipient": (
        "processor quill, northbank", "processor northbank",
        "not told recipient: `processor quill` is on record, and the notice names neither them nor their kind",
    ),
    "a younger recipient": (
        "processor northbank\nprocessor quill since 2026-05-01", "processor northbank",
        "not told recipient: `processor quill` is on record, and the notice names neither them nor their kind; it "
        "holds since 2026-05-01, and the notice is of 2026-02-01",
    ),
    "a transfer": (
        "transfers contacts to larkmail in US under idta", "discloses contacts to larkmail",
        "not told transfer: `transfers in US` is on record, and the notice says nothing of transfers",
    ),
    "a country": (
        "transfers contacts to larkmail in US, IN", "transfers contacts to larkmail in US",
        "not told transfer country: `transfers in IN` is on record, and the notice names US only",
    ),
    "a period": (
        "keeps contacts for 2 years\nkeeps tapes for 1 year", "keeps contacts for 2 years",
        "not told retention: `keeps tapes` is on record, and the notice gives no period for these data",
    ),
    "a source": (
        "collects contacts from council, members", "collects contacts from members",
        "not told source: `collects from council` is on record, and the notice does not name this source",
    ),
    "the most private data": (
        "collects contacts, diary from members", "collects contacts from members",
        "not told special category data: `collects diary` is on record, and the notice says nothing of health, which "
        "they hold",
    ),
    "a duty to give data": (
        "requires contacts", "collects contacts from members",
        "not told obligation to provide: `requires contacts` is on record, and the notice does not speak of that",
    ),
    "a decision by machine": (
        "automated decisions scoring as solely automated, significant", "purpose research",
        "not told automated decisions: `automated decisions scoring` is on record, and the notice does not speak of "
        "that",
    ),
    "a right": (
        "rights access, erasure", "rights access",
        "not told rights: `rights erasure` is on record, and the notice tells other rights and not this one",
    ),
    "a purpose that is only told": (
        "purpose research", "purpose research, direct marketing",
        "not on record purpose: the notice says `purpose direct marketing`, and the record names no such purpose",
    ),
    "a recipient that is only told": (
        "discloses answers to quill", "discloses answers to quill, council",
        "not on record recipient: the notice says `discloses to council`, and the record names neither them nor their "
        "kind",
    ),
    "data that are only told": (
        "collects contacts from members", "collects contacts, tapes from members",
        "not on record data categories: the notice says `collects tapes`, and the record names no such data",
    ),
    "a measure that is only told": (
        "security encryption", "security encryption, staff training",
        "not on record security: the notice says `security staff training`, and the record names no such measure",
    ),
    "a country that is only told": (
        "transfers contacts to larkmail in US", "transfers contacts to larkmail in US, IN",
        "not on record transfer country: the notice says `transfers in IN`, and no transfer on record goes there",
    ),
    "another basis": (
        "lawful basis legitimate interests", "lawful basis consent",
        "differs lawful basis: `lawful basis legitimate interests` is on record, and the notice names consent",
    ),
    "another controller": (
        "controller harbour", "controller council",
        "differs controller: `controller harbour` is on record, and the notice names council",
    ),
    "another period": (
        "keeps contacts for 3 years", "keeps contacts for 2 years",
        "differs retention: the notice keeps contacts for 2 years, and the record for 3 years",
    ),
    "another period in broader words": (
        "keeps contacts for 3 years", "keeps details for 2 years",
        "differs retention: the notice keeps details for 2 years, and the record for 3 years",
    ),
    "a period of all data": (
        "keeps contacts for 3 years", "keeps all data for 2 years",
        "differs retention: the notice keeps all data for 2 years, and the record for 3 years",
    ),
    "a denial": (
        "links contacts to answers", "never links contacts to answers",
        "differs linkage: the notice says `never links contacts to answers`, and the record `links contacts to "
        "answers`",
    ),
    "a transfer that is denied": (
        "transfers contacts to larkmail in US", "transfers none",
        "differs transfer: the notice says `transfers none`, and the record `transfers contacts to larkmail in US`",
    ),
    "a right that the record denies": (
        "never rights portability", "rights portability",
        "differs rights: the record says `never rights portability`, and the notice `rights portability`",
    ),
    "a time to answer": (
        "complaints to harbour within 30 days", "complaints to harbour within 20 days",
        "differs complaints: the notice says `complaints within 20 days`, and the record `complaints within 30 days`",
    ),
    "a safeguard": (
        "transfers contacts to larkmail in US under idta", "transfers contacts to larkmail in US under uk addendum",
        "differs transfer safeguard: the notice says `transfers under uk addendum`, and the record `transfers under "
        "idta`",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTED)
def test_they_part_in_one_thing(name: str) -> None:
    record, notice, expected = PARTED[name]

    assert told(drift(record, notice)) == [expected]


AT_ONE = {
    "the same": ("keeps contacts for 2 years", "keeps contacts for 2 years"),
    "another unit": ("keeps contacts for 24 months", "keeps contacts for 2 years"),
    "months and days": ("keeps contacts for 1 month", "keeps contacts for 30 days"),
    "broader words for data": ("collects contacts from members", "collects details from members"),
    "narrower words for data": ("collects details from members", "collects contacts from members"),
    "own words": ("collects contacts from members", "collects feedback from members"),
    "a kind of recipient": ("processor quill", "discloses answers to transcription service"),
    "a broader kind of recipient": ("processor quill", "discloses answers to service provider"),
    "a recipient in own words": ("processor quill, larkmail", 'discloses answers to "our suppliers"'),
    "a body by its title": ("processor quill", 'discloses answers to "Quill Transcripts"'),
    "a region for a country": ("transfers contacts in US", "transfers contacts outside GB"),
    "anywhere": ("transfers contacts in US, IN", "transfers contacts in worldwide"),
    "a broader purpose": ("purpose market research", "purpose research"),
    "what the notice may do": ("discloses contacts to quill", "possibly discloses contacts to quill"),
    "another holder": (
        "keeps contacts with quill for 1 year\nkeeps contacts for 2 years", "keeps contacts for 2 years",
    ),
    "two periods, one of them on record": (
        "keeps contacts for 2 years", "keeps contacts for 2 years\nkeeps contacts for 5 years",
    ),
    "a period on a condition": (
        "keeps contacts for 2 years", 'keeps contacts for 5 years when "you agree"',
    ),
    "events in words": (
        'keeps contacts for 2 years after "the report"', 'keeps contacts for 2 years after "publication"',
    ),
    "rights that a record need not name": ("purpose research", "purpose research\nrights access"),
    "what is left to another text": (
        "processor quill, northbank", 'processor northbank\nrefers to "Table 2" for processor',
    ),
    "decisions in which people have a part": (
        "automated decisions scoring as partly automated", "automated decisions none",
    ),
    "a transfer at home": ("transfers contacts to quill in GB", "transfers none"),
}  # fmt: skip


@pytest.mark.parametrize("name", AT_ONE)
def test_they_are_at_one(name: str) -> None:
    assert told(drift(*AT_ONE[name])) == []


def test_a_period_that_is_younger_than_the_notice_is_dated() -> None:
    found = drift("keeps contacts for 3 years since 2026-05-01", "keeps contacts for 2 years")

    assert told(found) == [
        "differs retention: the notice keeps contacts for 2 years, and the record for 3 years; it holds since "
        "2026-05-01, and the notice is of 2026-02-01"
    ]


def test_the_notice_may_come_first() -> None:
    record = f"{RECORD}{CAST}activity study {{\n  lawful basis consent\n}}\n"
    notice = f"{NOTICE}{CAST}activity told {{\n  lawful basis contract\n}}\n"
    one, two = register_of("n", notice), register_of("r", record)
    (change,) = compare(sides(one, ["n"]), sides(two, ["r"])).changes

    assert change.old is not None
    assert change.new is not None
    assert (change.old.path, change.new.path) == ("n", "r")


def test_an_excerpt_of_a_notice_lacks_nothing() -> None:
    headers = (RECORD, 'notice n "What we do" of study {\n  excerpt of "the whole text"\n}\n')

    assert told(drift("purpose research, direct marketing", "purpose research", headers)) == []
    assert len(told(drift("keeps contacts for 3 years", "keeps contacts for 2 years", headers))) == 1


def test_a_processor_need_not_tell() -> None:
    headers = ("record r of harbour under uk-gdpr 30(2)\n", NOTICE)

    assert told(drift("purpose research, direct marketing", "purpose research", headers)) == []


def test_only_the_activities_that_a_notice_is_of_are_held_against_it() -> None:
    record = (
        f"{RECORD}{CAST}activity study {{\n  purpose research\n}}\nactivity news {{\n  purpose direct marketing\n}}\n"
    )
    notice = f"{NOTICE}{CAST}activity told {{\n  purpose research\n}}\n"
    one, two = register_of("r", record), register_of("n", notice)

    assert told(compare(sides(one, ["r"]), sides(two, ["n"]))) == []


@pytest.mark.parametrize("name", sorted(examples()))
def test_a_notice_that_tells_all_that_is_on_record_does_not_part_from_it(name: str) -> None:
    record = register_of("record", format_tree(as_record(examples()[name]), ""))
    notice = register_of("notice", format_tree(as_notice(examples()[name]), ""))

    assert told(compare(sides(record, ["record"]), sides(notice, ["notice"]))) == []


def test_the_rules_to_which_drift_is_left_are_there() -> None:
    shipped = {rule.code for rule in load().rules}

    assert {code for codes in RULES.values() for code in codes} <= shipped
