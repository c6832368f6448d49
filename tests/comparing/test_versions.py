"""What changed from one version of a record to the next, said in the law's terms.

Each example is a part of an activity before and after. What is expected is the kind of each change, its topic and what
it says behind the name of the activity.
"""

from __future__ import annotations

from textwrap import indent

import pytest

from gdprlint.diagnostics import Change, Comparison
from tests.comparing.changing import compared

CAST = """
organisation harbour   "Harbour Institute" is research organisation in GB
organisation northbank "Northbank Fieldwork" is company in GB
organisation quill     "Quill Transcripts" is transcription service in GB
organisation larkmail  "Larkmail" is company in US
organisation store     "Deep Store" is research archive in GB
people members         "People who live by the river"
data contacts          of members is name, email address
data answers           of members is survey answers
data diary             of members is health
event fieldwork-ends   "The last interview" on 2026-09-30
event report-out       "The report is published"
"""
RECORD = "record r of harbour under uk-gdpr 30(1)\n"


def versions(before: str, after: str, header: str = RECORD, cast: str = CAST) -> Comparison:
    return compared(*(f"{header}{cast}activity study {{\n{indent(text, '  ')}\n}}\n" for text in (before, after)))


def told(comparison: Comparison) -> list[str]:
    return [f"{change.kind} {change.topic}: {behind(change)}" for change in comparison.changes]


def behind(change: Change) -> str:
    return change.message.removeprefix("study").lstrip(": ")


# ---- what is a change

CHANGES = {
    "a purpose comes": (
        "purpose statistics", "purpose statistics, direct marketing",
        "added purpose: now says `purpose direct marketing`",
    ),
    "a purpose goes": ("purpose statistics, direct marketing", "purpose statistics",
                       "removed purpose: no longer says `purpose direct marketing`"),
    "a basis takes the place of another": (
        "lawful basis consent", "lawful basis legitimate interests",
        "changed lawful basis: `lawful basis`: `consent` is now `legitimate interests`",
    ),
    "the interest pursued comes": (
        "lawful basis legitimate interests", 'lawful basis legitimate interests in "better banks"',
        'added interest pursued: `lawful basis legitimate interests`: now says `in "better banks"`',
    ),
    "the law behind a task": (
        "lawful basis public task under section 7", "lawful basis public task under section 8",
        "changed law behind the basis: `lawful basis public task`: `under dpa-2018 section 7` is now "
        "`under dpa-2018 section 8`",
    ),
    "the condition of Schedule 1": (
        "condition 9(2)(g) under schedule 1 paragraph 18", "condition 9(2)(g) under schedule 1 paragraph 19",
        "changed Schedule 1 condition: `condition uk-gdpr 9(2)(g)`: `under dpa-2018 schedule 1 paragraph 18` is now "
        "`under dpa-2018 schedule 1 paragraph 19`",
    ),
    "another recipient": (
        "discloses answers to quill", "discloses answers to larkmail",
        "changed recipient: `discloses answers`: `to quill` is now `to larkmail`",
    ),
    "one more recipient": (
        "discloses answers to quill", "discloses answers to quill, larkmail",
        "added recipient: now says `discloses answers to quill and larkmail`",
    ),
    "another processor": ("processor quill", "processor northbank",
                          "changed processor: `processor`: `quill` is now `northbank`"),
    "a longer period": (
        "keeps answers for 2 years", "keeps answers for 3 years",
        "changed retention: `keeps answers`: `for 2 years` is now `for 3 years`",
    ),
    "a longest period": (
        "keeps answers for 2 years", "keeps answers for at most 2 years",
        "changed retention: `keeps answers`: `for 2 years` is now `for at most 2 years`",
    ),
    "a period for ever": (
        "keeps answers for 2 years", "keeps answers indefinitely",
        "changed retention: `keeps answers`: `for 2 years` is now `indefinitely`",
    ),
    "a period that counts from elsewhere": (
        "keeps answers for 2 years after report-out", "keeps answers for 2 years after fieldwork-ends",
        "changed retention: `keeps answers`: `for 2 years after report-out` is now `for 2 years after fieldwork-ends`",
    ),
    "what happens then": (
        "keeps answers for 2 years then delete", "keeps answers for 2 years then archive data",
        "changed end of keeping: `keeps answers`: `then delete` is now `then archive data`",
    ),
    "a copy in an archive": (
        "keeps answers for 2 years", "keeps answers for 2 years\nkeeps answers with store indefinitely",
        "added archive: now says `keeps answers with store indefinitely`",
    ),
    "a hedge comes": (
        "collects contacts from members", "possibly collects contacts from members",
        "hedged data categories: `collects contacts`: was stated and is now only possible",
    ),
    "a denial comes": (
        "links contacts to answers", "never links contacts to answers",
        "denied linkage: `links contacts`: was stated and is now denied",
    ),
    "a denial goes": (
        "never links contacts to answers", "purpose none",
        "removed linkage: no longer says `never links contacts to answers`",
    ),
    "a transfer in place of none": (
        "transfers none", "transfers contacts to larkmail in US under idta",
        "stated transfer: `transfers contacts`: was denied altogether and is now stated",
    ),
    "another country": (
        "transfers contacts to larkmail in US", "transfers contacts to larkmail in IN",
        "changed transfer country: `transfers contacts`: `in US` is now `in IN`",
    ),
    "another safeguard": (
        "transfers contacts in US under idta", "transfers contacts in US under uk addendum",
        "changed transfer safeguard: `transfers contacts`: `under idta` is now `under uk addendum`",
    ),
    "another source": (
        "collects contacts from members", "collects contacts from northbank",
        "changed source: `collects contacts`: `from members` is now `from northbank`",
    ),
    "the most private data": (
        "collects answers from members", "collects answers, diary from members",
        "added special category data: now says `collects diary from members`",
    ),
    "cookies": ("purpose research", "purpose research\nuses cookies for web analytics",
                "added cookies: now says `uses cookies for analytics`"),
    "a right goes": ("rights access, erasure", "rights access", "removed rights: no longer says `rights erasure`"),
    "a right is limited": (
        "rights access", 'rights access when "it is possible"',
        'added rights: `rights access`: now says `when "it is possible"`',
    ),
    "a list that was all": (
        "opens answers to northbank only", "opens answers to northbank",
        "removed access: `opens answers`: no longer claims that its list behind `to` is complete",
    ),
    "a basis left open": (
        "lawful basis contract", "lawful basis contract or consent",
        "added lawful basis: `lawful basis`: now also says `consent`",
    ),
    "a statement left to another text": (
        "keeps answers for 2 years", 'refers to "our policy" for keeps',
        "deferred retention: no longer says here `keeps answers for 2 years`, which is left to another text",
    ),
    "an address": (
        'dpo email "a@harbour.example"', 'dpo email "b@harbour.example"',
        'changed dpo: harbour `dpo`: `email "a@harbour.example"` is now `email "b@harbour.example"`',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_told_once_and_nothing_else(name: str) -> None:
    before, after, expected = CHANGES[name]
    if before.startswith("dpo"):
        texts = [CAST.replace('"Harbour Institute" is research organisation in GB',
                              f'"Harbour Institute" is research organisation in GB {{\n  {text}\n}}')
                 for text in (before, after)]  # fmt: skip
        found = compared(*(f"{RECORD}{cast}activity study {{\n  controller harbour\n}}\n" for cast in texts))
    elif name == "a denial goes":
        found = versions(before + "\npurpose none", after)
    else:
        found = versions(before, after)

    changes = [line for line in told(found) if "other texts" not in line]
    assert changes == [expected]
    assert found.unclear == ()


# ---- what is none

SAME = {
    "a period in another unit": ("keeps answers for 24 months", "keeps answers for 2 years"),
    "weeks for days": ("complaints to harbour within 14 days", "complaints to harbour within 2 weeks"),
    "another order": ("rights access, erasure", "rights erasure, access"),
    "tails in another order": ("keeps answers for 2 years then delete", "keeps answers then delete for 2 years"),
    "one clause for two": ("rights access\nrights erasure", "rights access, erasure"),
    "one clause for two recipients": (
        "discloses answers to quill\ndiscloses answers to larkmail", "discloses answers to larkmail, quill",
    ),
    "another word for a term": ("collects contacts from members by e-mail", "collects contacts from members by email"),
    "an article and its name": ("lawful basis 6(1)(e)", "lawful basis public task"),
    "a right by its article": ("rights 15", "rights access"),
    "own words in another case": ('keeps answers while "We need them"', 'keeps answers while "we  need them"'),
    "a body by its title": ('discloses answers to "Quill Transcripts"', "discloses answers to quill"),
    "a margin": ("rights access", "rights access  [12]"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_it_says_the_same(name: str) -> None:
    found = versions(*SAME[name])

    assert (told(found), found.unclear) == ([], ())


# ---- what cannot be told

UNCLEAR = {
    "months and days": (
        "keeps answers for 1 month", "keeps answers for 30 days",
        "study `keeps answers`: whether `for 1 month` is as long as `for 30 days` depends on the calendar",
    ),
    "events in words": (
        'keeps answers until "the report is out"', 'keeps answers until "publication"',
        'study `keeps answers`: whether `until "publication"` means what `until "the report is out"` meant cannot be '
        "told from the words",
    ),
    "own words for data": (
        'collects "what you tell us"', 'collects "your story"',
        'study: whether `"your story"` means what `"what you tell us"` meant cannot be told from the words',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCLEAR)
def test_it_is_told_once_that_it_cannot_be_told(name: str) -> None:
    before, after, expected = UNCLEAR[name]
    found = versions(before, after)

    assert told(found) == []
    assert [change.message for change in found.unclear] == [expected]


# ---- where silence means nothing


def test_what_an_excerpt_does_not_say_has_not_gone() -> None:
    header = 'notice n "Notice" {\n  excerpt of "the whole text"\n}\n'

    assert told(versions("rights access, erasure", "rights access", header)) == []
    assert told(versions("rights access", "rights access, erasure", header)) == []


def test_a_value_that_differs_is_told_of_an_excerpt_too() -> None:
    header = 'notice n "Notice" {\n  excerpt of "the whole text"\n}\n'

    assert told(versions("keeps answers for 2 years", "keeps answers for 3 years", header)) == [
        "changed retention: `keeps answers`: `for 2 years` is now `for 3 years`"
    ]


def test_what_a_processors_record_need_not_say_has_not_gone() -> None:
    controller, processor = (f"record r under uk-gdpr {article}\n" for article in ("30(1)", "30(2)"))
    text = "  purpose statistics\n  security encryption"
    found = compared(
        f"{controller}{CAST}activity study {{\n{text}\n}}\n", f"{processor}{CAST}activity study {{\n  rights none\n}}\n"
    )

    assert [line for line in told(found) if "document" not in line] == [
        "removed security: no longer says `security encryption`"
    ]


def test_a_line_that_cannot_be_read_may_have_said_it() -> None:
    found = versions("keeps answers for 2 years", "keeps answers : 2 years")

    assert told(found) == []
    assert [change.message for change in found.unclear] == [
        "study: what stands here could not all be read, and counts as cannot tell; `gdprlint check` tells where"
    ]


# ---- where it is said


def test_what_moves_to_the_activity_around_is_no_change() -> None:
    inner = "activity one {\n  purpose research\n  %s\n}\nactivity two {\n  purpose statistics\n  %s\n}"
    outside = "controller harbour\n" + inner % ("rights none", "rights none")
    inside = inner % ("rights none\ncontroller harbour", "rights none\ncontroller harbour")

    assert told(versions(outside, inside)) == told(versions(inside, outside)) == []


def test_what_only_one_part_still_says_has_gone() -> None:
    inner = "activity one {\n  purpose research\n}\nactivity two {\n  purpose statistics\n  %s\n}"
    found = versions("controller harbour\n" + inner % "rights none", inner % "rights none\ncontroller harbour")

    assert [line.partition(":")[0] for line in told(found)] == ["removed controller"]


def test_an_activity_that_is_new_is_one_change() -> None:
    more = "purpose research\nactivity news {\n  purpose direct marketing\n  rights access\n}"

    assert told(versions("purpose research", more)) == ["added activity: news: new, with `purpose direct marketing`"]


def test_an_activity_under_another_name_is_known_by_what_it_says() -> None:
    before = f"{RECORD}{CAST}activity study {{\n  purpose research\n  collects answers from members\n}}\n"
    after = before.replace("activity study", "activity panel")
    other = "activity other {\n  purpose payroll\n}\n"

    assert told(compared(before + other, after + other)) == []


def test_a_name_that_is_changed_everywhere_is_no_change() -> None:
    before = f"{RECORD}{CAST}activity study {{\n  processor quill\n  collects contacts from members\n}}\n"
    after = before.replace("quill", "scribes").replace("contacts", "contact-list")

    assert told(compared(before, after)) == []


def test_a_body_that_is_called_otherwise_is_told_once() -> None:
    text = f"{RECORD}{CAST}activity study {{\n  processor quill\n  discloses answers to quill\n}}\n"
    found = compared(text, text.replace("Quill Transcripts", "Marlow Typing"))

    assert told(found) == [
        'changed organisation: quill: was called "Quill Transcripts" and is now called "Marlow Typing"'
    ]


def test_the_form_of_a_company_is_no_other_body() -> None:
    text = f"{RECORD}{CAST}activity study {{\n  processor quill\n}}\n"

    assert told(compared(text, text.replace("Quill Transcripts", "Quill Transcripts Ltd"))) == []


DECLARED = {
    "data hold more": ("data answers           of members is survey answers", "is survey answers",
                       "is survey answers, political opinions",
                       "added special category data: answers: now also `is political opinions`"),
    "data hold other kinds": ("data contacts", "is name, email address", "is name, telephone number",
                              "changed data categories: contacts: `is email address` is now `is telephone number`"),
    "an event is later": ("event fieldwork-ends", "on 2026-09-30", "on 2026-12-31",
                          "changed event: fieldwork-ends: `on 2026-09-30` is now `on 2026-12-31`"),
    "people are children": ("people members", '"People who live by the river"',
                            '"People who live by the river" are children',
                            "added children: members: now also `is child`"),
}  # fmt: skip


@pytest.mark.parametrize("name", DECLARED)
def test_what_a_thing_is_declared_to_be_is_told_once(name: str) -> None:
    _, was, now, expected = DECLARED[name]
    text = f"{RECORD}{CAST}activity study {{\n  collects contacts, answers from members\n" \
           "  keeps contacts, answers until fieldwork-ends\n}\n"  # fmt: skip

    assert told(compared(text, text.replace(was, now))) == [expected]


def test_the_day_of_a_document_is_told() -> None:
    text = 'notice n "Notice" on 2026-02-01\nactivity study {\n  purpose research\n}\n'

    assert told(compared(text, text.replace("2026-02-01", "2026-05-01"))) == [
        'changed document date: "Notice": `on 2026-02-01` is now `on 2026-05-01`'
    ]


# ---- what it means for people


def meaning(before: str, after: str) -> str:
    (change,) = versions(before, after).changes
    return change.means


def test_a_basis_cannot_be_swapped_at_will() -> None:
    assert meaning("lawful basis consent", "lawful basis legitimate interests") == (
        "a basis cannot be swapped at will; people were told that it is for them to say yes or no; people lose the "
        "right to take consent back and to take the data elsewhere; they gain the right to object"
    )


def test_a_new_purpose_is_told_before() -> None:
    (change,) = versions("purpose research", "purpose research, direct marketing").changes

    assert change.provisions[0] == "uk-gdpr 13(3)"
    assert change.means.startswith("people are told of a new purpose before data are used for it")


def test_a_longer_period_is_another_thing_than_a_shorter_one() -> None:
    longer = meaning("keeps answers for 2 years", "keeps answers for 3 years")
    shorter = meaning("keeps answers for 3 years", "keeps answers for 2 years")

    assert longer.startswith("data are kept longer")
    assert shorter.startswith("data are kept for less long")


# ---- a whole notice


OLD = """notice n1 "Privacy notice" of survey by harbour on 2025-03-01

organisation harbour "Harbour Institute" is research organisation in GB {
  contact       email "study@harbour.example" for queries
  dpo           email "dpo@harbour.example", phone "0123 456"
}
organisation larkmail "Larkmail" is email provider in US
organisation ico "Information Commissioner's Office" is regulator in GB
people members "People who take part"
data contacts of members is name, email address
data answers of members is survey answers, possibly health

activity survey "The survey" {
  controller    harbour
  purpose       social research "how people use the river"
  lawful basis  consent
  collects      contacts, answers from members by online form
  processor     larkmail for harbour
  transfers     contacts to larkmail in US under uk-us data bridge
  keeps         contacts for 6 months after "the survey closes" then delete
  keeps         answers for 2 years then delete
  rights        access, rectification, erasure, portability
  withdrawal    at any time to harbour by email
  never discloses answers to public
  complaints    to ico
  automated decisions none
}
"""
NEW = """notice privacy "Privacy notice" of river-survey by institute on 2026-03-01

organisation institute "The Harbour Institute" is research organisation in GB {
  contact       email "study@harbour.example" for queries
  dpo           phone "0123 456", email "privacy@harbour.example"
}
organisation mailer "Larkmail" is email provider in US
organisation quill "Quill" is transcription service in GB
organisation commission "Information Commission" also "Information Commissioner's Office" is regulator in GB
people participants "People who take part"
data details of participants is name, email address, telephone number
data answers of participants is survey answers, health

activity river-survey "The survey" {
  controller    institute
  purpose       social research "how people use the river", direct marketing
  lawful basis  legitimate interests in "better river banks"
  collects      details from participants by online form
  collects      answers from participants by online form
  processor     mailer, quill for institute
  transfers     details to mailer in US under idta
  keeps         details for 6 months after "the closing date" then delete
  keeps         answers for 24 months then delete
  keeps         answers with quill as anonymised indefinitely
  rights        access, rectification, erasure, objection
  possibly discloses answers to public
  complaints    to institute by email within 30 days
  complaints    to commission
}
"""


def test_a_notice_under_other_names_and_in_another_order() -> None:
    found = compared(OLD, NEW)

    assert [f"{change.kind} {change.topic}: {change.message}" for change in found.changes] == [
        'changed document date: "Privacy notice": `on 2025-03-01` is now `on 2026-03-01`',
        'changed dpo: institute `dpo`: `email "dpo@harbour.example"` is now `email "privacy@harbour.example"`',
        "added data categories: details: now also `is telephone number`",
        "stated special category data: answers: `is possibly health` is now `is health`",
        'added purpose: "The survey": now says `purpose direct marketing`',
        'changed lawful basis: "The survey" `lawful basis`: `consent` is now `legitimate interests`',
        'added interest pursued: "The survey" `lawful basis legitimate interests`: now says `in "better river banks"`',
        'added processor: "The survey": now says `processor quill for institute`',
        'changed transfer safeguard: "The survey" `transfers details`: `under uk us data bridge` is now `under idta`',
        'added retention: "The survey": now says `keeps answers with quill as anonymised indefinitely`',
        'added rights: "The survey": now says `rights objection`',
        'hedged recipient: "The survey" `discloses answers`: was denied and is now only possible',
        'added complaints: "The survey": now says `complaints to institute by email within 30 days`',
        'removed rights: "The survey": no longer says `rights portability`',
        'removed withdrawal: "The survey": no longer says `withdrawal at any time to harbour by email`',
        'removed automated decisions: "The survey": no longer says `automated decisions none`',
    ]
    assert len(found.unclear) == 1


def test_two_bodies_that_change_names_are_told_by_their_titles() -> None:
    before = 'organisation a "Alpha"\norganisation b "Beta"\nactivity study {\n  processor a\n}\n'
    after = before.replace('a "Alpha"', 'a "Beta"').replace('b "Beta"', 'b "Alpha"')

    assert told(compared(before, after)) == ['changed processor: `processor`: `"Alpha"` is now `"Beta"`']
