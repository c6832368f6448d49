"""Which facts a written notice carries back, and which it does not.

Each row of `HELD` is a fact of a record, as the model has it, beside the same fact as the notice is heard: by the items
and facts that `gdprlint read` prints, or by the draft that is judged and compared. What no row holds stands in
`NOT_HELD`, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from gdprlint.model.amounts import Amount
from gdprlint.model.states import State
from gdprlint.model.table import field_name
from gdprlint.model.things import Clause, Item, Thing
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page as page_of
from gdprlint.prose.judged import judged_notice
from gdprlint.prose.keys import RIGHTS
from gdprlint.prose.reading import Reading, read_page
from gdprlint.readers.register import read_file
from gdprlint.rules import packs
from gdprlint.testing.strategies.registers import reading_of, vocabulary
from gdprlint.writers.view import View, items, view_of

Told = str | frozenset[str]
OnRecord = Callable[[View], Told]
SAID = (State.STATED, State.HEDGED)
SILENT = ("absent", "not-applicable")


@frozen
class Heard:
    """A notice as it is heard: its items and facts, and the record that it amounts to."""

    reading: Reading
    draft: View


def heard_in(name: str, text: str) -> Heard:
    """What is heard in the text of a file of this name."""
    page = page_of(name, text.encode("utf-8"), Project(Path("nowhere"), 8_000_000))
    assert isinstance(page, Page)
    reading = read_page(page, packs.load().ear)
    source = judged_notice(reading, vocabulary()).source
    return Heard(reading, view_of(reading_of([read_file(source)]).register, [source.path]))


@frozen
class Held:
    """One fact, as the record says it and as the notice is heard; `of` names items and facts of the reader."""

    on_record: OnRecord
    heard: Callable[[Heard], Told]
    of: tuple[str, ...] = ()


def parted(view: View, page: Heard) -> dict[str, tuple[Told, Told]]:
    """The facts that are heard otherwise than they are on record."""
    both = {name: (held.on_record(view), held.heard(page)) for name, held in HELD.items()}
    return {name: (one, other) for name, (one, other) in both.items() if one != other}


# ---- in which state something is told


def way(state: Callable[[View], str], *of: str) -> Held:
    """How something is told: stated, hedged, denied, or not at all. The draft of a notice is a record as any other."""
    return Held(state, lambda page: state(page.draft), of)


def told(key: str, state: Callable[[View], str]) -> Held:
    """Whether something is spoken of at all."""
    return Held(lambda view: spoken(state(view)), item(key), (key,))


def these(name: str, on_record: OnRecord) -> Held:
    """The values of a fact that `gdprlint read` prints."""
    key = name.replace("-", "_")
    return Held(on_record, lambda page: frozenset(map(plain, page.reading.facts[key])), (name,))


def item(key: str) -> Callable[[Heard], str]:
    return lambda page: "silent" if page.reading.items[key].status in SILENT else "told"


def has(key: str) -> Callable[[Heard], str]:
    """Whether a right is told that people have, in whole or in part."""
    return lambda page: str(page.reading.items[key].status in ("stated", "partial"))


def spoken(state: str) -> str:
    return "silent" if state == "silent" else "told"


def said_by(*verbs: str) -> Callable[[View], str]:
    """The plainest state of clauses with these verbs; what is left to another text is told in part."""

    def state(view: View) -> str:
        found = plainest(view.clauses(*verbs))
        left = {str(one.value) for clause in view.clauses("refers to") for one in items(clause.tails.get("for"))}
        return "hedged" if found == "silent" and left & set(map(field_name, verbs)) else found

    return state


def plainest(clauses: Iterable[Clause]) -> str:
    states = {clause.state for clause in clauses}
    for state, name in ((State.STATED, "stated"), (State.HEDGED, "hedged"), (State.NONE, "denied")):
        if state in states:
            return name
    return "silent"


def among(verb: str, chosen: Callable[[View, Clause], bool]) -> Callable[[View], str]:
    """The state of the clauses with a verb that are chosen."""
    return lambda view: plainest(clause for clause in view.clauses(verb) if chosen(view, clause))


def is_of(*kinds: str) -> Callable[[View, Clause], bool]:
    """Clauses that are about values of these kinds."""
    return lambda view, clause: any(view.is_a(one, *kinds) for one in items(clause.about))


def goes_to(*kinds: str) -> Callable[[View, Clause], bool]:
    """Clauses that name a party of these kinds."""
    return lambda view, clause: any(view.is_a(one, *kinds) for one in items(clause.tails.get("to")))


def said(view: View, *verbs: str) -> Iterator[Clause]:
    """The clauses that are stated or hedged."""
    return (clause for clause in view.clauses(*verbs) if clause.state in SAID)


# ---- values


def plain(name: str) -> str:
    return name.casefold().removeprefix("the ")


def names(view: View, found: Iterable[Item]) -> frozenset[str]:
    return frozenset(plain(view.words.item(one)) for one in found if one.adverb != "never")


def about(*verbs: str) -> OnRecord:
    """By their names, what stated and hedged clauses with these verbs are about."""
    return lambda view: names(view, (one for clause in said(view, *verbs) for one in items(clause.about)))


def in_tail(joint: str, *verbs: str) -> OnRecord:
    return lambda view: names(view, (one for clause in said(view, *verbs) for one in items(clause.tails.get(joint))))


def speakers(view: View) -> list[Thing]:
    return [thing for thing in view.register.of_kind("organisation") if thing.name in view.words.we]


def reached(view: View) -> str:
    """Whether a way to the controller is told: its own, or in part another one that leads there.

    What is said of an officer, be it that there is none, stands under a heading on contact, which is heard as a part.
    """
    if any(thing.clauses.get("contact") for thing in speakers(view)):
        return "told"
    officer = any(thing.clauses.get("dpo") for thing in speakers(view))
    asked = [one for one in said(view, "requests") if "by" in one.tails]
    return "told" if officer or asked else "silent"


def officer(view: View) -> str:
    return plainest(clause for thing in speakers(view) for clause in thing.clauses.get("dpo", ()))


def officers(view: View) -> Told:
    """The addresses of data protection officers."""
    clauses = [one for thing in speakers(view) for one in thing.clauses.get("dpo", ()) if one.state in SAID]
    return frozenset(plain(one.quote) for clause in clauses for one in items(clause.about) if one.quote)


def purposes(view: View) -> str:
    """How sure it is that data are used for some purpose; any further one only may be."""
    state = plainest(said(view, "purpose"))
    return "hedged" if state == "silent" and any(said(view, "further use")) else state


def bases(view: View) -> Told:
    """The points of Article 6(1)."""
    keys = [str(one.value) for clause in said(view, "lawful basis") for one in items(clause.about)]
    provisions = [str(provision) for key in keys for provision in view.words.vocabulary.terms[key].provisions]
    return frozenset(text.removeprefix("uk-gdpr ") for text in provisions if text.startswith("uk-gdpr 6(1)"))


def behind(joint: str, *bases: str) -> Callable[[View], str]:
    """Whether the interest or the law behind one of these bases is told."""

    def state(view: View) -> str:
        clauses = [one for one in said(view, "lawful basis") if any(base.value in bases for base in items(one.about))]
        return "told" if any(items(clause.tails.get(joint)) for clause in clauses) else "silent"

    return state


def conditions(view: View) -> Told:
    """The points of Article 9(2)."""
    found = [one for clause in said(view, "condition") for one in items(clause.about)]
    return frozenset(str(one.value).removeprefix("uk-gdpr ") for one in found)


def paragraphs(view: View) -> Told:
    """The paragraphs of Schedule 1 to the Data Protection Act 2018."""
    found = [str(one.value) for clause in said(view, "condition") for one in items(clause.tails.get("under"))]
    return frozenset(m[1] for text in found if (m := re.fullmatch(r"dpa-2018 schedule 1 paragraph (\d+)", text)))


_KINDS = ("health", "religious-or-philosophical-beliefs", "racial-or-ethnic-origin")


def special(view: View) -> Told:
    """The kinds of special category data, and beside them criminal offence data."""
    held = [one for data in view.register.of_kind("data") for one in items(data.tails.get("is"))]
    found = {kind for kind in _KINDS if any(view.is_a(one, kind) for one in held)}
    if found and any(view.is_a(one, "criminal-offence-data") for one in held):
        found.add("criminal-offence")
    return frozenset(found)


def recipients(view: View) -> Told:
    """Whoever gets data: processors too, and those to whom data are transferred."""
    found = [one for clause in said(view, "processor") for one in items(clause.about)]
    found += [one for clause in said(view, "discloses", "transfers") for one in items(clause.tails.get("to"))]
    return names(view, found)


def shared(view: View) -> str:
    """How sure it is that somebody gets data; whoever they are transferred to gets them."""
    abroad = [one for one in said(view, "transfers") if items(one.tails.get("to"))]
    return plainest([*view.clauses("processor", "discloses"), *abroad])


def sources(view: View) -> Told:
    found = [one for clause in said(view, "collects") for one in items(clause.tails.get("from"))]
    return names(view, (one for one in found if one.thing is None or one.thing.kind != "people"))


def countries(view: View) -> Told:
    found = [one for clause in said(view, "transfers") for one in items(clause.tails.get("in"))]
    return frozenset(str(one.value).casefold() for one in found if one.value != "GB")


_SAFEGUARDS = {
    "idta": r"data transfer agreement|idta", "uk-addendum": r"addendum|contractual clauses",
    "approval-regulations": r"adequacy", "binding-corporate-rules": r"binding corporate rules",
}  # fmt: skip


def safeguards(view: View) -> Told:
    return frozenset(str(one.value) for c in said(view, "transfers") for one in items(c.tails.get("under")))


def heard_safeguards(page: Heard) -> Told:
    found = [text.casefold() for text in page.reading.facts["transfer_mechanisms"]]
    return frozenset(next((key for key, p in _SAFEGUARDS.items() if re.search(p, text)), text) for text in found)


def dated(view: View) -> Told:
    days = items(view.header.tails.get("on")) if view.header is not None else []
    return str(days[0].value) if days else ""


# ---- periods


def periods(view: View) -> Told:
    """Of each period what is kept, how long, and what it runs from or to."""
    rows = set()
    for clause in said(view, "keeps"):
        what = " and ".join(plain(view.words.item(one)) for one in items(clause.about))
        if "indefinitely" in clause.tails:
            rows.add(f"{what}: indefinite")
        for one in items(clause.tails.get("for")):
            assert isinstance(one.value, Amount)
            after = moment(view.words.item(one.after)) if one.after is not None else ""
            rows.add(f"{what}: {one.value.number} {one.value.unit} {after}".strip())
        for one in items(clause.tails.get("until")):
            rows.add(f"{what}: {moment(view.words.item(one))}")
    return frozenset(rows)


_COVERED = re.compile(r"\bkeeps? (?:your |the )?(.*?)(?: for at most| for| until| indefinitely)?$")


def heard_periods(page: Heard) -> Told:
    rows = set()
    for row in page.reading.facts["retention"]:
        found = _COVERED.search(row["covers"])
        what = plain(found[1] if found else row["covers"])
        amount = f"{row['amount']} {row['unit'].rstrip('s')}" if row["amount"] else ""
        end = "" if row["indefinite"] else moment(re.sub(r"^(after|until) | \(.*", "", row["trigger"] or ""))
        rows.add(f"{what}: {'indefinite' if row['indefinite'] else f'{amount} {end}'.strip()}")
    return frozenset(rows)


def moment(text: str) -> str:
    """A moment without whose it is, of which the reader leaves out a part."""
    return re.sub(r"^(you|your|the) ", "", text.casefold())


# ---- the rest


def duty(view: View) -> str:
    """Whether people must give data, need not, or are told nothing of it; taking part by choice obliges nobody."""
    state = plainest(view.clauses("requires"))
    if state in ("stated", "hedged"):
        return "bound"
    return "free" if state == "denied" or any(said(view, "permission")) else "silent"


def further(view: View) -> str:
    """Whether data are used for another purpose: they may be, or are not."""
    return {"stated": "hedged"}.get(state := plainest(view.clauses("further use")), state)


def masked(view: View) -> str:
    """Whether data are held, or kept later, in a form that does not show whose they are."""
    forms = [one for data in view.register.of_kind("data") for one in items(data.tails.get("as"))]
    later = [one for clause in said(view, "keeps") for one in items(clause.tails.get("then"))]
    return "told" if forms or any(one.value in ("anonymise", "pseudonymise") for one in later) else "silent"


def young(view: View) -> str:
    groups = [one for people in view.register.of_kind("people") for one in items(people.tails.get("is"))]
    return "told" if any(view.is_a(one, "child") for one in groups) else "silent"


def again(view: View) -> str:
    """Whether people hear of being contacted again; marketing is a part of it."""
    marketing = any(is_of("direct-marketing")(view, clause) for clause in view.clauses("purpose"))
    return "told" if marketing else spoken(plainest(view.clauses("recontacts")))


def linked(view: View) -> str:
    return "told" if any(said(view, "links")) else "silent"


def right_to(key: str) -> Callable[[View], str]:
    """Whether people surely have a right, may have it, or do not."""
    sure = among("rights", lambda view, clause: any(one.value == key for one in items(clause.about)))
    return lambda view: {"stated": "stated", "hedged": "hedged"}.get(sure(view), "none")


def granted(key: str) -> Held:
    """Whether a right is told that people have, in whole or in part; one that is denied is not."""
    state = right_to(key)
    return Held(lambda view: str(state(view) != "none"), has(f"right-{key}"), (f"right-{key}", "rights"))


def to_regulator(view: View, clause: Clause) -> bool:
    return any(view.is_a(one, "regulator") for one in items(clause.tails.get("to")))


def to_us(view: View, clause: Clause) -> bool:
    return not to_regulator(view, clause)


_CAN = tuple(key for key in RIGHTS if key != "withdraw-consent")
_RECORDINGS = is_of("audio-recording", "video-recording")
HELD: Mapping[str, Held] = {
    "controllers": these("controllers", about("controller", "joint controllers")),
    "who is controller": told("controller-identity", said_by("controller", "joint controllers")),
    "a way to the controller": Held(reached, item("controller-contact"), ("controller-contact",)),
    "whether there is an officer": told("dpo-contact", officer),
    "addresses of the officer": these("dpo-contacts", officers),
    "joint controllers": told("joint-controllers", said_by("joint controllers")),
    "representative": told("representative", said_by("representative")),
    "sponsor": told("sponsor", said_by("sponsor", "client")),
    "purposes": way(purposes, "purposes"),
    "further purposes": way(further, "further-purpose"),
    "lawful basis": told("lawful-basis", said_by("lawful basis")),
    "lawful basis by its name": told("lawful-basis-named", said_by("lawful basis")),
    "points of Article 6(1)": these("lawful-bases", bases),
    "interest pursued": told("legitimate-interests-described", behind("in", "legitimate-interests")),
    "law behind a task": told("public-task-law", behind("under", "public-task", "legal-obligation")),
    "laws behind tasks": these("legal-basis-in-law", in_tail("under", "lawful basis")),
    "condition of Article 9": told("article-9-condition", said_by("condition")),
    "points of Article 9(2)": these("article-9", conditions),
    "paragraphs of Schedule 1": these("schedule-1", paragraphs),
    "kinds of special category data": these("special-categories", special),
    "data": told("data-categories", said_by("collects")),
    "sources": these("sources", sources),
    "whether data are shared": told("recipients", shared),
    "how sure sharing is": way(shared, "recipients"),
    "processors": these("processors", about("processor")),
    "recipients": these("recipients", recipients),
    "transfers": way(said_by("transfers"), "transfers"),
    "countries": these("transfer-countries", countries),
    "safeguards": Held(safeguards, heard_safeguards, ("transfer-mechanisms",)),
    "how sure keeping is": way(said_by("keeps"), "retention"),
    "periods": Held(periods, heard_periods, ("retention",)),
    **{f"right of {key}": granted(key) for key in _CAN},
    **{f"how sure the right of {key} is": way(right_to(key), f"right-{key}") for key in _CAN},
    "withdrawal": told("right-withdraw-consent", said_by("withdrawal")),
    "complaints to the controller": told("complaint-controller", among("complaints", to_us)),
    "complaints to the regulator": told("complaint-regulator", among("complaints", to_regulator)),
    "how sure complaints are": way(lambda view: plainest(view.clauses("complaints"))),
    "duty to give data": way(duty, "obligation-to-provide"),
    "automated decisions": way(said_by("automated decisions"), "automated-decisions"),
    "artificial intelligence": way(among("uses", is_of("artificial-intelligence")), "ai-use"),
    "cookies": way(among("uses", is_of("cookies")), "cookies"),
    "incentive": way(said_by("incentive"), "incentive"),
    "security": way(said_by("security"), "security"),
    "children": told("children", young),
    "masked data": told("anonymisation", masked),
    "linked data": told("data-linkage", linked),
    "archive": told("archive-deposit", among("discloses", goes_to("research-archive"))),
    "recording": told("recording", among("collects", _RECORDINGS)),
    "taking part by choice": told("voluntary-participation", said_by("permission")),
    "contact again": told("recontact", again),
    "date": Held(dated, lambda page: page.reading.facts["notice_date"] or "", ("notice-date",)),
}
# Items and facts of the reader that no row holds, then what a record says besides, each with the reason.
NOT_HELD: Mapping[str, str] = {
    "schedule-1-condition": "its paragraphs are held",
    "special-category-data": "its kinds are held; that data are of that kind at all follows from them",
    "source": "the names are held; whether more is said of sources than who they are, the reader tells by words alone",
    "processors-named": "the names are held, and whether there are any follows from them",
    "transfer-safeguards": "the safeguards are held by name; that one is due where none is named is for the rules",
    "law-cited": "no record says which law its notice cites; the writer cites it with each basis and condition",
    "safeguarding-disclosure": "the records here tell no secret; a notice says it in the sentence on sharing",
    "quotes": "the records here quote nobody; a notice says it in the sentence on sharing",
    "stale-law": "the writer cites no law that is out of force",
    "stale-body": "a regulator is called as the record calls it, which is for the rules",
    "kind": "asserted of each notice, not a fact of a record",
    "speaker": "who speaks is the controller here",
}
NOT_CARRIED: Mapping[str, str] = {
    "purposes that are denied": "the draft has no clause for what is not done; a denied purpose is heard as none",
    "rights that are denied": "whether the law agrees or not, they are heard as not granted",
    "whether people surely are contacted again, and whether data surely are linked": "the reader tells only that a "
    "notice speaks of it; that links are denied it takes for silence",
    "hedged further use, and hedged duties": "the writer says `may` of every further use, and the reader takes a duty "
    "without what follows from it for half told",
    "which data a recipient gets, and for what": "the draft calls all data one, since prose does not say it surely",
    "what is done after a period": "no item of the reader; that data are anonymised is held",
    "ways to ask and to complain, and the time for it": "the reader hears that there is a way, not in which words",
    "which measures, gifts, contents of data there are": "terms of the vocabulary where the draft finds them; the "
    "reader prints none",
}
