"""From a clause to its sentence: who does what with what, under which circumstances, in which state.

A stated clause says that we do it, a hedged one that we may, a denied one that we do not; one that was
left blank says what is still to come. What goes before a tail is the same for all verbs unless a form
says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import field, frozen

from gdprlint.model.states import State
from gdprlint.model.table import VERBS
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.writers import phrases
from gdprlint.writers.words import PARTY_SLOTS, Words, joined, own_words, sentence

# The order in which tails read best; what a form does not name comes in this order, too.
ORDER = (
    "of", "from", "with", "to", "in", "outside", "as", "by", "for", "every", "within", "before", "since", "until",
    "while", "indefinitely", "at any time", "as soon as possible", "whichever is later", "under", "when", "unless",
    "then",
)  # fmt: skip
_PLACED = re.compile(r"(in|at|on|during|after|before|within|for|from|until|if|where|when|once|upon) ")
LONE_SAID = {
    "at any time": " at any time",
    "indefinitely": " without a limit of time",
    "as soon as possible": ", as soon as possible",
    "whichever is later": ", whichever is later",
    "possibly never": ", which may never happen",
}


@frozen
class Said:
    """A sentence or several, for the activities in `owner`; `alone` where it need not be told for which."""

    text: str
    owner: Thing | None
    alone: bool = False
    bullet: bool = False


@frozen
class Form:
    """How a verb is said of us: `collect`, what it has where nothing is named, and what is asked about it.

    `before` gives a joining word another preposition, `topic` what is still to be said where a clause is blank.
    """

    base: str
    anything: str
    topic: str
    before: Mapping[str, str] = field(factory=dict)


def clause_sentence(words: Words, clause: Clause, form: Form, skip: frozenset[str] = frozenset()) -> str:
    """The whole clause as one sentence, and the reason as another."""
    tails = tails_said(words, clause, form.before, skip)
    said = about_said(words, clause)
    state = clause.state
    if state is State.BLANK:
        return sentence(f"this notice is still to say {form.topic}{tails}")
    if state is State.NONE:
        start = f"we do not {form.base} {said or form.anything}"
    elif state is State.HEDGED and clause.adverb == "possibly":
        start = f"we may {form.base} {said}"
    else:
        start = f"we {form.base} {said}"
    return sentence(f"{start.rstrip()}{tails}") + reason(words, clause)


def about_said(words: Words, clause: Clause) -> str:
    slot = VERBS[clause.verb].about
    if slot == "data":
        return words.data(clause.about, clause.state is State.NONE)
    if slot in PARTY_SLOTS or slot == "people":
        return words.parties(clause.about)
    return words.listing(clause.about)


def tails_said(
    words: Words, clause: Clause, before: Mapping[str, str] | None = None, skip: frozenset[str] = frozenset()
) -> str:
    """The tails of a clause in the order in which they read best, but those that are to be skipped."""
    found = ""
    for joint in ORDER:
        if joint in clause.tails and joint not in skip:
            found += tail_said(words, clause, joint, (before or {}).get(joint))
    return found


def tail_said(words: Words, clause: Clause, joint: str, before: str | None = None) -> str:
    """One tail, with a space or a comma before it."""
    if joint in LONE_SAID:
        return LONE_SAID[joint]
    slot = VERBS[clause.verb].tails[joint]
    values = clause.tails[joint]
    empty = words.empty(values, slot)
    if empty:
        return f" ({empty})"
    if slot in PARTY_SLOTS and slot != "means" and joint == "to":
        return f" {before or joint} {words.parties(values, True, clause.state is State.NONE, True)}"
    return joint_said(words, joint, slot, values, before)


def joint_said(words: Words, joint: str, slot: str, values: Values, before: str | None = None) -> str:
    """A list behind its joining word."""
    if joint == "then":
        return f", and then {words.actions(values)}"
    if joint in ("under", "because"):
        return f"{',' if joint == 'because' else ''} {before or joint} {instruments(words, values)}"
    if joint in ("when", "unless", "while"):
        lead = {"while": "for as long as"}.get(joint, joint)
        said = words.listing(values)
        if joint == "when" and _PLACED.match(said):  # `when "in the future"`
            return f" {said}"
        return f" {before or lead} {said}"
    if joint == "as":
        return f" {state_said(words, values)}"
    if slot == "means":
        return f" {words.means(values)}"
    if slot == "channel":
        return f" {words.channels(values)}"
    if slot in ("moment", "date"):
        return f" {before or joint} {moments(words, values)}"
    if slot == "data":
        return f" {before or joint} {words.data(values)}"
    if slot in PARTY_SLOTS or slot == "people":
        lead = "about" if joint == "of" else joint
        return f" {before or lead} {words.parties(values)}"
    if slot == "purpose":
        return f" {before or joint} {purposes(words, values)}"
    return f" {before or joint} {words.listing(values)}"


def moments(words: Words, values: Values) -> str:
    said = [words.moment(item) for item in values.members if isinstance(item, Item)]
    return words.qualified(values, (" or " if values.either else " and ").join(said))


def instruments(words: Words, values: Values) -> str:
    """Documents by their titles in quotation marks; laws, terms and own words as they are."""
    said = []
    for item in values.members:
        if isinstance(item, Item):
            text = words.item(item)
            said.append(f"“{text}”" if item.thing is not None and item.thing.kind in ("document", "activity") else text)
    return words.qualified(values, joined(said, "or" if values.either else "and"))


def purposes(words: Words, values: Values) -> str:
    """What something is for; an activity by its title in quotation marks."""
    said = []
    for item in values.members:
        if isinstance(item, Item):
            said.append(purpose(words, item))
    return words.qualified(values, joined(said, "or" if values.either else "and"))


def purpose(words: Words, item: Item) -> str:
    """A purpose; an activity that is called after one is that purpose."""
    text = words.item(item)
    if item.thing is None or item.thing.kind != "activity":
        return text
    key = words.vocabulary.canonical(item.thing.name)
    if key is not None and words.vocabulary.is_a(key, "purpose"):
        return words.term(key)
    return f"“{text}”"


def state_said(words: Words, values: Values) -> str:
    """The form of data: `in pseudonymised form`, or with own words `as …`."""
    items = [item for item in values.members if isinstance(item, Item)]
    plain = [item for item in items if item.kind == "word" and item.thing is None and item.quote is None]
    if items and len(plain) == len(items) and not any(str(item.value) in phrases.STATES for item in items):
        return f"in {words.listing(values)} form"
    said = joined([_state(words, item) for item in items], "or" if values.either else "and")
    return words.qualified(values, said)


def _state(words: Words, item: Item) -> str:
    key = str(item.value)
    said = phrases.STATES.get(key) if item.kind == "word" and item.thing is None else None
    if said is None:
        text = words.item(item)
        return f"in {text} form" if item.kind == "word" and item.thing is None and item.quote is None else f"as {text}"
    if item.quote and own_words(item.quote):
        said = f"{said} ({own_words(item.quote)})"
    return f"possibly {said}" if item.adverb == "possibly" else said


def reason(words: Words, clause: Clause) -> str:
    """The reason given, as a sentence of its own: it may be a clause or a noun."""
    values = clause.tails.get("because")
    if values is None:
        return ""
    empty = words.empty(values, "text")
    said = own_words(words.listing(values))
    lead = "The reason is:" if len(values.members) == 1 else "The reasons are:"
    if empty or not said:
        return f" {sentence('No reason is given' if values.state is State.NONE else 'The reason is still to be added')}"
    return f" {lead} {said[:1]}{sentence(said)[1:]}"
