"""Decisions, children, security, anonymity, links, messages, thanks, risks, and the notice itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gdprlint.model.states import State
from gdprlint.model.table import PARTIES, VERB_OF_FIELD, field_name
from gdprlint.model.things import Clause, Item, Thing
from gdprlint.writers.parts.what import ages, names_data, used_data
from gdprlint.writers.sentences import (
    Form,
    Said,
    clause_sentence,
    instruments,
    moments,
    purpose,
    reason,
    state_said,
    tails_said,
)
from gdprlint.writers.view import View, items
from gdprlint.writers.words import also, joined, sentence, spelt


def automated(view: View) -> Iterator[Said]:
    """Decisions by machine, and decisions about single people."""
    words = view.words
    for clause in view.clauses("automated decisions", "individual decisions"):
        machine = clause.verb == "automated decisions"
        kind = "automated decisions, including profiling," if machine else "decisions"
        tails = tails_said(words, clause, {"of": "about", "under": "with"})
        about = "about you " if "of" not in clause.tails else ""
        if clause.state is State.BLANK:
            text = sentence(f"this notice is still to say whether we make {kind} {about}".strip().rstrip(",") + tails)
        elif clause.state is State.NONE:
            what = f"for {words.listing(clause.about)} " if items(clause.about) else ""
            how = (
                "make automated decisions about you, and we do not profile you"
                if machine
                else f"use your data to make decisions {about}".rstrip()
            )
            text = sentence(f"we do not {how} {what}".rstrip() + tails)
        else:
            may = "may " if clause.adverb == "possibly" else ""
            named = "automated decisions" if machine else "decisions"
            text = sentence(f"we {may}make {named} {about}for {words.listing(clause.about)}{tails}")
        yield Said(text + reason(words, clause), clause.owner)


def children(view: View) -> Iterator[Said]:
    """Groups of people who are children, with their ages."""
    words = view.words
    for thing in view.register.of_kind("people"):
        kinds = [item for item in items(thing.tails.get("is")) if view.is_a(item, "child")]
        if not kinds:
            continue
        name = words.inner(thing.title) if thing.title else words.thing(thing)
        age = ages(view, thing)
        hedged = any(item.adverb == "possibly" for item in kinds)
        if hedged:
            yield Said(sentence(f"there may be children among {name}"), None)
        else:
            who = f" {age}" if age else ""
            yield Said(sentence(f"we use data of children: {name}{who}"), None)


SECURITY = Form("protect your data with", "any measure", "how we protect data")


def security(view: View) -> Iterator[Said]:
    words = view.words
    for clause in view.clauses("security"):
        data = clause.tails.get("for")
        what = words.data(data) if data is not None and items(data) else "your data"
        tails = tails_said(words, clause, {}, frozenset({"for", "because", "under"}))
        if clause.state is State.BLANK:
            text = sentence(f"this notice is still to say how we protect {what}{tails}")
        elif not items(clause.about) and not clause.about.denied:
            text = sentence(f"we protect {what} with no particular measure{tails}")
        else:
            measures = words.listing(clause.about)
            modal = {"possibly": "may protect", "never": "do not protect"}.get(clause.adverb or "", "protect")
            text = sentence(f"we {modal} {what} with {measures}{tails}")
        under = clause.tails.get("under")
        if under is not None and not all(item.thing is not None for item in items(under)):
            empty = words.empty(under, "instrument")
            text += also(f"this follows {instruments(words, under)}" if not empty else f"what it follows: {empty}")
        yield Said(
            text + reason(words, clause),
            clause.owner,
            data is not None and any(i.thing for i in items(data)),
            bullet=True,
        )


SEPARATES = Form("keep", "any data apart", "which data we keep apart", {"from": "apart from"})
IDENTIFIES = Form("identify", "anybody", "whether people are identified", {"in": "in", "to": "to"})
LINKS = Form("link", "any data", "which data we link", {"to": "with"})


def anonymity(view: View) -> Iterator[Said]:
    """Data in a form that does not, or not at once, show whose they are, and what is held apart."""
    words = view.words
    masked: dict[str, list[str]] = {}
    for thing in used_data(view):
        state = thing.tails.get("as")
        if state is not None and any(view.is_a(s, "anonymous", "pseudonymised", "de-identified") for s in items(state)):
            masked.setdefault(state_said(words, state), []).append(words.thing(thing))
    for state_words, names in masked.items():
        yield Said(sentence(f"these data are {state_words}: {joined(names)}"), None)
    for clause in view.clauses("separates"):
        yield Said(clause_sentence(words, clause, SEPARATES), clause.owner, names_data(clause))
    for clause in view.clauses("identifies"):
        yield Said(clause_sentence(words, clause, IDENTIFIES), clause.owner, "in" in clause.tails)


def linkage(view: View) -> Iterator[Said]:
    for clause in view.clauses("links"):
        yield Said(clause_sentence(view.words, clause, LINKS), clause.owner, names_data(clause))


def quotes(view: View) -> Iterator[Said]:
    """That people's words may be quoted, where quotations of them are given to anybody."""
    words = view.words
    for clause in view.clauses("discloses"):
        found = [item for item in items(clause.about) if view.is_a(item, "quotation")]
        if not found or clause.state not in (State.STATED, State.HEDGED):
            continue
        may = "may " if clause.adverb == "possibly" or any(item.adverb for item in found) else ""
        to = clause.tails.get("to")
        whom = f" to {words.parties(to)}" if to is not None and items(to) else ""
        by = clause.tails.get("by")
        how = f" {words.means(by)}" if by is not None and items(by) else ""
        yield Said(sentence(f"we {may}quote what you say{whom}{how}"), clause.owner, True)


SENDS = Form("send", "any messages", "which messages we send", {"to": "to"})
RECONTACTS = Form("contact", "you again", "whether we contact you again", {"by": "through"})


def messages(view: View) -> Iterator[Said]:
    for clause in view.clauses("sends"):
        yield Said(clause_sentence(view.words, clause, SENDS), clause.owner, bool(items(clause.about)))
    for clause in view.clauses("recontacts"):
        yield Said(_recontact(view, clause), clause.owner)


def _recontact(view: View, clause: Clause) -> str:
    words = view.words
    tails = tails_said(words, clause, {"by": "through"}, frozenset({"because", "by"}))
    by = clause.tails.get("by")
    who = words.parties(by) if by is not None and items(by) else "us"
    who = "we" if who == "us" else who
    if clause.state is State.BLANK:
        return sentence(f"this notice is still to say whether {who} contact you again{tails}")
    people = words.parties(clause.about) if items(clause.about) else "you"
    does = "will" if clause.state is State.STATED else "may"
    if clause.state is State.NONE:
        does = "will not"
    return sentence(f"{who} {does} contact {people} again{tails}") + reason(words, clause)


def incentives(view: View) -> Iterator[Said]:
    words = view.words
    for clause in view.clauses("incentive"):
        tails = tails_said(words, clause, {"from": "from", "to": "to", "for": "for"})
        if clause.state is State.BLANK:
            text = sentence(f"this notice is still to say what you get as a thank-you{tails}")
        elif clause.state is State.NONE:
            text = sentence(f"there is no {words.listing(clause.about) or 'payment or gift for taking part'}{tails}")
        else:
            may = "may get" if clause.adverb == "possibly" else "get"
            text = sentence(f"as a thank-you, you {may} {_a(words.listing(clause.about))}{tails}")
        yield Said(text + reason(words, clause), clause.owner)


def _a(text: str) -> str:
    """With an article, where one thing in the singular is named."""
    if (
        "," in text
        or " and " in text
        or text.split(" (")[0].endswith("s")
        or text.startswith(("a ", "the ", "possibly ", "not "))
    ):
        return text
    return f"an {text}" if text[:1].casefold() in "aeiou" else f"a {text}"


def taking_part(view: View) -> Iterator[Said]:
    """How long taking part takes, and what it costs."""
    words = view.words
    for clause in view.clauses("lasts", "costs"):
        time = clause.verb == "lasts"
        tails = tails_said(words, clause, {"of": "for", "to": "for"})
        said = words.listing(clause.about)
        if clause.state is State.BLANK:
            what = "how long taking part takes" if time else "what taking part costs"
            text = sentence(f"this notice is still to say {what}{tails}")
        elif clause.state is State.NONE:
            what = said or ("any time" if time else "anything")
            text = sentence(f"taking part does not {'take' if time else 'cost'} {what}{tails}")
        else:
            may = "may take" if time else "may cost"
            plain = "takes" if time else "costs"
            text = sentence(f"taking part {may if clause.adverb == 'possibly' else plain} {said}{tails}")
        yield Said(text + reason(words, clause), clause.owner)


def risks(view: View) -> Iterator[Said]:
    words = view.words
    for clause in view.clauses("harm"):
        tails = tails_said(words, clause, {"for": "for", "in": "in"})
        who = words.parties(clause.about) if items(clause.about) else "you"
        if clause.state is State.NONE:
            whom = who if items(clause.about) else "anybody"
            text = sentence(f"we do not expect harm to {whom}{tails}")
        elif clause.state is State.BLANK:
            text = sentence(f"this notice is still to say what harm could come of this{tails}")
        else:
            could = "may" if clause.adverb == "possibly" else "could"
            text = sentence(f"taking part {could} cause {who} harm{tails}")
        yield Said(text + reason(words, clause), clause.owner)


def asked(view: View) -> Iterator[Said]:
    words = view.words
    for clause in view.clauses("asks"):
        to = clause.tails.get("to")
        what = words.listing(to) if to is not None and items(to) else "do something that this notice does not name"
        who = words.parties(clause.about) if items(clause.about) else "you"
        who = "you" if who == "everyone" else who
        tails = tails_said(words, clause, {}, frozenset({"to"}))
        ask = {State.NONE: "do not ask", State.HEDGED: "may ask"}.get(clause.state, "ask")
        if clause.state is State.BLANK:
            text = sentence(f"this notice is still to say what we ask of you{tails}")
        else:
            text = sentence(f"we {ask} {who} to {what.removeprefix('to ')}{tails}")
        yield Said(text + reason(words, clause), clause.owner)


# ---- the notice itself


def about(view: View) -> Iterator[Said]:
    """Its date and review, how it is given and changed, where the rest stands, and what is still to come."""
    header = view.header
    words = view.words
    if header is not None and "on" in header.tails and items(header.tails["on"]):
        yield Said(sentence(f"this version is dated {moments(words, header.tails['on'])}"), None)
    if header is not None and "every" in header.tails and items(header.tails["every"]):
        yield Said(sentence(f"we review it every {words.listing(header.tails['every'])}"), None)
    if header is not None and header.kind == "notice" and "in" in header.tails and items(header.tails["in"]):
        yield Said(sentence(f"it is available in {words.listing(header.tails['in'])}"), None)
    for clause in view.clauses("informs"):
        yield Said(_informs(view, clause), clause.owner)
    for clause in _headed(view, "reviewed"):
        yield Said(_reviewed(view, clause), _owner(clause))
    for clause in _headed(view, "updates"):
        yield Said(_updates(view, clause), _owner(clause))
    for clause in _headed(view, "refers to"):
        topics = [item for item in items(clause.tails.get("for")) if str(item.value) not in DEFERRED]
        if topics or not items(clause.tails.get("for")):
            yield Said(_refers(view, clause, topics), _owner(clause))
    for clause in _headed(view, "leaves blank"):
        said = words.listing(clause.about)
        if said and clause.state in (State.STATED, State.HEDGED):
            yield Said(
                sentence(f"this notice is still to say: {said}{tails_said(words, clause)}") + reason(words, clause),
                _owner(clause),
            )
    if view.faulty:
        yield Said("Part of the record behind this notice could not be read; what it says is missing here.", None)


def _headed(view: View, verb: str) -> Iterator[Clause]:
    if view.header is not None:
        yield from view.header.clauses.get(verb, ())
    yield from view.clauses(verb)


def _owner(clause: Clause) -> Thing | None:
    return clause.owner if clause.owner.kind == "activity" else None


def _informs(view: View, clause: Clause) -> str:
    words = view.words
    who = words.parties(clause.about) if items(clause.about) else "anybody"
    tails = tails_said(words, clause, {"in": "in"})
    inform = {State.NONE: "do not inform", State.HEDGED: "may inform"}.get(clause.state, "inform")
    if clause.state is State.BLANK:
        return sentence(f"this notice is still to say whom we inform{tails}")
    return sentence(f"we {inform} {who}{tails}") + reason(words, clause)


def _reviewed(view: View, clause: Clause) -> str:
    words = view.words
    every, on, by = (clause.tails.get(joint) for joint in ("every", "on", "by"))
    who = f" by {words.parties(by)}" if by is not None and items(by) else ""
    tails = tails_said(words, clause, {}, frozenset({"every", "on", "by", "because"}))
    modal = {State.NONE: "is not", State.HEDGED: "may be"}.get(clause.state, "is")
    text = f"how we use data {modal} reviewed{who}"
    if every is not None and items(every):
        text += f" every {words.listing(every)}"
    if on is not None and items(on):
        text += f", last on {moments(words, on)}" if every is not None else f" on {moments(words, on)}"
    return sentence(text + tails) + reason(words, clause)


def _updates(view: View, clause: Clause) -> str:
    words = view.words
    named = [item for item in items(clause.about) if item.thing is None or item.thing.kind not in ("notice", "record")]
    what = joined([words.item(item) for item in named]) or "this notice"
    may = {State.NONE: "do not change"}.get(clause.state, "may change")
    then = clause.tails.get("then")
    tails = tails_said(words, clause, {}, frozenset({"then", "because"}))
    text = sentence(f"we {may} {what}{tails}")
    if then is not None and items(then):
        text += also(f"we will then {words.actions(then, 'it')}")
    return text + reason(words, clause)


# What a topic is called where another text is pointed at for it.
TOPICS = {
    "collects": "which data are collected",
    "discloses": "with whom data are shared",
    "keeps": "how long data are kept",
    "lawful-basis": "the lawful basis",
    "purpose": "the purposes",
    "transfers": "transfers abroad",
    "rights": "your rights",
    "complaints": "complaints",
    "security": "security",
    "dpo": "the data protection officer",
    "contact": "how to contact us",
    "controller": "who the controller is",
    "condition": "the condition for special category data",
    "automated-decisions": "automated decisions",
    "further-information": "further information",
}


# The verbs whose sections say themselves where the rest of them stands.
DEFERRED = frozenset(VERB_OF_FIELD) - {"refers-to", "updates", "reviewed", "leaves-blank", "informs"}


def deferred(view: View, verbs: Iterable[str]) -> Iterator[Said]:
    """Where another text says more about what clauses with these verbs would say, or says it in their place."""
    fields = {field_name(verb) for verb in verbs} & DEFERRED
    for clause in _headed(view, "refers to"):
        topics = [item for item in items(clause.tails.get("for")) if str(item.value) in fields and item.thing is None]
        if topics:
            yield Said(_refers(view, clause, topics), _owner(clause))


def unread(view: View, verbs: Iterable[str]) -> Iterator[Said]:
    """That lines with these verbs could not be read."""
    wanted = set(verbs)
    for activity in view.activities:
        if wanted & activity.unread:
            text = "Our record says more here in a line that could not be read; it is missing from this notice."
            yield Said(text, activity)


def _refers(view: View, clause: Clause, chosen: list[Item]) -> str:
    words = view.words
    topics = [
        TOPICS.get(str(item.value))
        or (spelt(str(item.value)) if str(item.value) in VERB_OF_FIELD else purpose(words, item))
        for item in chosen
        if item.adverb != "never"
    ]
    named = []
    for item in items(clause.about):
        text = words.item(item)
        named.append(f"“{text}”" if item.kind == "quote" or (item.thing and item.thing.kind == "document") else text)
    where = words.qualified(clause.about, joined(named, "or" if clause.about.either else "and"))
    tails = tails_said(words, clause, {"of": "of"}, frozenset({"for", "because"}))
    topic = f" for {joined(topics)}" if topics else ""
    if clause.state in (State.NONE, State.BLANK):
        no = "no other text" if clause.state is State.NONE else "another text, still to be named,"
        return sentence(f"this notice refers to {no}{topic}{tails}")
    see = "ask" if all(item.thing and item.thing.kind in PARTIES for item in items(clause.about)) else "see"
    see = f"you may {see}" if clause.adverb == "possibly" else see
    return sentence(f"{see} {where}{tails}{topic}") + reason(words, clause)
