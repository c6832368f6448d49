"""The table of clauses: which verb is about what and takes which tails, and the tails of declarations.

Data, not code: the reader's checks, the fields that rules see, "did you mean" and docs/language.md
come from it. A slot type says what may stand there: names of declared things, terms of the
vocabulary under a root, or literals.
"""

from __future__ import annotations

from typing import NamedTuple

PARTIES = ("organisation", "organisations", "team", "people")


class Slot(NamedTuple):
    """What may stand in a place: names of these kinds, terms under these roots, these literals.

    `open` slots accept the writer's own words in quotes.
    """

    name: str
    kinds: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    open: bool = True


class Verb(NamedTuple):
    """A line of the table. `about` is None for a verb that is about nothing; `optional` where it may be left out."""

    name: str
    about: str | None
    optional: bool
    tails: dict[str, str]


def _slots() -> dict[str, Slot]:
    rows = [
        Slot("party", PARTIES, ("group", "status")),
        Slot("people", ("people",), ("group",)),
        Slot("data", ("data",), ("contents",)),
        Slot("moment", ("event", "activity", "document"), (), ("date", "amount")),
        Slot("step", ("data", "event", "activity", "document"), ("contents",)),
        Slot("span", (), (), ("amount",), open=False),
        Slot("length", (), (), ("amount",)),
        Slot(
            "text",
            (*PARTIES, "data", "event", "document", "activity", "notice", "record"),
            ("purpose", "means", "tool"),
        ),
        Slot("basis", (), ("lawful-basis",), ("provision",)),
        Slot("right", (), ("right",), ("provision",)),
        Slot("state", (), ("state", "measure")),
        Slot("channel", (), ("channel",)),
        Slot("place", (), ("place",)),
        Slot("provision", (), ("condition",), ("provision",), open=False),
        Slot(
            "instrument", ("document", "activity"), ("instrument", "measure", "document-kind", "manner"), ("provision",)
        ),
        Slot("purpose", ("activity",), ("purpose",)),
        Slot("manner", (), ("manner",)),
        Slot("means", (*PARTIES, "document", "data"), ("means", "channel", "tool", "measure", "message", "status")),
        Slot("tool", ("organisation", "organisations", "team", "data"), ("tool", "status")),
        Slot("message", ("document",), ("message",)),
        Slot("measure", ("document",), ("measure", "instrument")),
        Slot("gift", (), ("gift",)),
        Slot("cost", (), ("cost",)),
        Slot("action", ("activity",), ("action",)),
        Slot("group", ("people",), ("group", "status")),
        Slot("status", (), ("status", "group")),
        Slot("contents", ("data",), ("contents",)),
        Slot("document-kind", (), ("document-kind", "instrument")),
        Slot("topic", ("data", "activity"), ("topic", "purpose", "contents", "right")),
        Slot("scope", ("data", "people", "activity"), ("contents", "group", "purpose")),
        Slot("occasion", ("event", "document", "activity"), ("occasion", "manner"), ("date", "amount", "provision")),
        Slot("number", (), (), ("provision",), open=False),
        Slot("term", (), ("*",), ("provision",)),
        Slot("free"),
        Slot("any", ("*",), ("*",), ("date", "amount", "provision")),
    ]
    return {row.name: row for row in rows}


SLOTS = _slots()

# What every clause takes beside its own tails.
COMMON = "under instrument, when occasion, unless occasion, because text, since moment, until moment"

_VERBS = """
controller             party      for text, of people
joint controllers      party      for text, of people
processor              party      for party, of people, in place, every span
sub-processor          party      for party, of people, in place, every span
representative         party      in place, for party
client                 party      for text, as state
sponsor                party      for text
contact                channel    for purpose
dpo                    channel    for purpose, to party
employs                number     -
purpose                purpose    for data, of people
lawful basis           basis      for scope, of party, with party, in text
condition              provision  for scope
further use            -          of data, for purpose
requires               data       from party
consent                manner?    from party, for any, by means
permission             manner?    from people, for purpose, by means
withdrawal             -          of data, to party, by means, before moment, at any time, then action
informs                people     by means, for purpose, before moment, within span, in text
collects               data       from party, of people, by means, for purpose, before step
uses                   tool       for purpose, by party, in place, outside place, as state, to text
makes                  data       from data, by means, for purpose, before moment
links                  data       to data, by means, for purpose
separates              data       from data, by means
identifies             people     in data, to party
keeps                  data       of people, with party, for span, while text, indefinitely, as state, then action, as soon as possible, in place, whichever is later, every span
opens                  data       of people, to party, by means, for purpose, in place, as state
discloses              data       of people, to party, by means, for purpose, as state, in place
transfers              data       of people, to party, in place, outside place, by means, for purpose
sends                  message    to party, by means, for purpose, every span, within span
recontacts             people     by party, for purpose, within span
rights                 right      to any, of any, as form, by means, from moment, before moment, within span, at any time
requests               manner?    to party, by means, within span
limits                 right      of any
complaints             -          to party, by means, within span, then action
asks                   people     to text
lasts                  length     of people, for purpose, by means
costs                  cost       to people, for purpose, by means, then action
harm                   people?    for text, in text
automated decisions    purpose    by means, as state, of people
individual decisions   purpose    by means, as state, of people
security               measure    for data, by means, every span
incentive              gift       for text, from party, to people
reviewed               -          by party, on date, every span
readable               -          from span, of people, by means
excerpt                -          of text, without topic
refers to              text       of any, by means, for topic
defines                any        -
cites                  term       -
leaves blank           text       -
updates                any        at any time, then action
dpv                    text       -
fideslang              text       -
prefix                 free       -
edition                free       -
phrases                text       -
heading                text       -
beside                 text       -
lookalikes             text       -
hedges                 text       -
negated                -          as free
takes                  free       as free, in free
gives                  free       -
accepts                text       -
rejects                text       -
"""

_DECLARATIONS = """
organisation   is status, in place, of party, also text, under instrument
organisations  is status, in place, of party, also text, under instrument, including party
team           is status, in place, of party, also text
people         is group, from span, until span, in place, of party, also text, including people
data           is contents, of people, as state, also text, including data
event          by party, on date, every span, possibly never, also text
document       is document-kind, of any, for any, by party, as state, on date, every span, until moment, under instrument
record         of any, under instrument, by party, on date, every span, also text
notice         of any, by party, on date, in text, also text, under instrument
activity       by party, from moment, until moment, also text
term           is term, also text, under instrument, for any, since date, until date, of any
pack           under instrument, on date, of any
cue            of free, is free, in free, under instrument
wording        also text
"""

# Clauses that stand in the block of their owner; all others stand in an activity.
OWNED = {
    "contact": (*PARTIES, "record", "notice"),
    "dpo": PARTIES,
    "employs": ("organisation", "organisations"),
    "representative": ("organisation", "organisations", "activity"),
    "dpv": ("term",),
    "fideslang": ("term",),
    "prefix": ("pack",),
    "edition": ("pack",),
    **dict.fromkeys(
        ("phrases", "heading", "beside", "lookalikes", "hedges", "negated", "takes", "gives", "accepts", "rejects"),
        ("cue",),
    ),
    "excerpt": ("notice", "record"),
    "leaves blank": ("notice", "record", "activity"),
    "defines": ("notice", "record", "activity"),
    "cites": ("notice", "record", "activity"),
    "refers to": ("notice", "record", "activity"),
    "updates": ("notice", "record", "activity"),
    "keeps": ("activity", "document"),
    "readable": ("notice", "document"),
    "reviewed": ("activity", "record", "notice", "document"),
}
LONE = ("indefinitely", "at any time", "as soon as possible", "possibly never", "whichever is later")
SLOTS["form"] = Slot("form", ("document", "data"), ("state", "contents", "document-kind", "means"))
SLOTS["date"] = Slot("date", ("event",), (), ("date",), open=False)


def _tails(text: str) -> dict[str, str]:
    tails: dict[str, str] = {}
    for part in text.split(", "):
        if part in LONE:
            tails[part] = ""
        elif part != "-":
            joint, _, slot = part.rpartition(" ")
            tails[joint] = slot
    return tails


def _verbs() -> dict[str, Verb]:
    verbs = {}
    for line in _VERBS.strip().splitlines():
        name, rest = line[:23].strip(), line[23:]
        about, _, tails = rest.partition(" ")
        about = about.strip()
        verbs[name] = Verb(
            name,
            None if about == "-" else about.rstrip("?"),
            about.endswith("?"),
            {**_tails(COMMON), **_tails(tails.strip())},
        )
    return verbs


def _declarations() -> dict[str, dict[str, str]]:
    rows = (line.partition(" ") for line in _DECLARATIONS.strip().splitlines())
    return {kind: _tails(tails.strip()) for kind, _, tails in rows}


VERBS: dict[str, Verb] = _verbs()
DECLARATIONS: dict[str, dict[str, str]] = _declarations()
COMMON_TAILS = _tails(COMMON)
# Verbs whose clauses are about data: a rule finds them from the data, too (`data.keeps`).
DATA_VERBS = frozenset(name for name, verb in VERBS.items() if verb.about == "data")
# How a storage period ends: after a span, at a moment, with a state of affairs, or never.
ENDS = ("for", "until", "while", "indefinitely")
# Verbs under which an activity handles the data that they are about.
HANDLING = ("collects", "uses", "makes", "links", "keeps", "opens", "discloses", "transfers")


def field_name(verb: str) -> str:
    """The verb as a field of a rule's path: `lawful-basis`."""
    return verb.replace(" ", "-")


VERB_OF_FIELD = {field_name(name): name for name in VERBS}


def owners(verb: str) -> tuple[str, ...]:
    """The kinds of declaration in whose block the clause may stand."""
    return OWNED.get(verb, ("activity",))
