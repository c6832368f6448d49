"""What is told and not on record: only of what Article 30 obliges to record, and only where the record lists such
things and none of them can be meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gdprlint.comparing.both import NAMED, Drift, is_open, items_of, items_once, items_under, purposes_of
from gdprlint.comparing.facts import ABOUT
from gdprlint.comparing.heard import names_of
from gdprlint.comparing.topics import VERBS_COMPARED
from gdprlint.comparing.untold import is_research
from gdprlint.comparing.wording import word
from gdprlint.model.states import State
from gdprlint.model.table import HANDLING
from gdprlint.model.things import Item

# Kinds that say too little of data for two of one kind to be taken for each other.
BROADEST = {"contents", "personal-data", "direct-identifier", "gives-away", "special-category-data"}
MEANS = "people are told of something of which the record shows nothing"


def purposes(drift: Drift) -> None:
    on_record = purposes_of(drift.done) if items_of(drift.done.get("purpose", ()), ABOUT) else []
    _look(drift, "purpose", ABOUT, "purpose", on_record, "the record names no such purpose")


def recipients(drift: Drift) -> None:
    on_record = items_under(drift.done, NAMED)
    for verb, joint in (("processor", ABOUT), ("discloses", "to")):
        _look(drift, verb, joint, "recipient", on_record, "the record names neither them nor their kind")


def data(drift: Drift) -> None:
    on_record = items_under(drift.done, [(verb, ABOUT) for verb in HANDLING])
    kinds = _kinds(drift, on_record)
    strange = [item for item in items_of(drift.told.get("collects", ()), ABOUT) if not _kinds(drift, [item]) & kinds]
    if strange:
        _look(drift, "collects", ABOUT, "data categories", on_record, "the record names no such data", strange)


def _kinds(drift: Drift, items: Sequence[Item]) -> set[str]:
    """What kinds of data these are, beside the broadest: answers in one's own words and transcripts are of a kind."""
    terms = drift.covering.known(items).terms
    return {kind for term in terms for kind in drift.vocabulary.ancestors(term)[0]} - BROADEST


def measures(drift: Drift) -> None:
    on_record = items_of(drift.done.get("security", ()), ABOUT)
    if on_record:
        on_record += [item for facts in drift.done.values() for item in items_of(facts, "under")]
    _look(drift, "security", ABOUT, "security", on_record, "the record names no such measure")


def countries(drift: Drift) -> None:
    on_record = items_under(drift.done, [("transfers", "in"), ("transfers", "outside")])
    _look(drift, "transfers", "in", "transfer country", on_record, "no transfer on record goes there")


def _look(
    drift: Drift, verb: str, joint: str, topic: str, on_record: Sequence[Item], text: str,
    among: Sequence[Item] | None = None,
) -> None:  # fmt: skip
    """Values of the notice that nothing on record can mean; a record that lists none is for the rules to judge."""
    obliged = drift.record.extent.value in VERBS_COMPARED[verb].obliges
    if not obliged or not on_record or is_open(drift, drift.record, verb):
        return
    known = drift.covering.known(on_record)
    chosen = {id(item) for item in among} if among is not None else None
    seen: set[object] = set()
    stated = (fact for fact in drift.told.get(verb, ()) if fact.state is State.STATED)
    for fact, item in items_once(stated, joint):
        if chosen is not None and id(item) not in chosen:
            continue
        if item.state is State.STATED and item.kind == "word" and drift.head(item) not in seen:
            seen.add(drift.head(item))
            if not known.may_mean(item) and not (drift.heard(fact) and _is_misheard(drift, item, on_record)):
                said = " ".join(part for part in (verb, joint, word(item)) if part)
                drift.add(
                    "not on record", topic, f"the notice says `{said}`, and {text}", None, item, fact.owner, MEANS
                )


def _is_misheard(drift: Drift, item: Item, on_record: Sequence[Item]) -> bool:
    """Whether what was heard in prose may be something on record with words too many or too few.

    A part of an address is taken for a body at times, and a purpose of research stands beside others.
    """
    mine = names_of(item, drift.vocabulary)
    theirs = [name for other in on_record for name in names_of(other, drift.vocabulary)]
    if item.thing is not None:
        theirs += drift.addresses
    elif is_research(drift, item) and any(is_research(drift, other) for other in on_record):
        return True
    return any(f" {one} " in f" {two} " or f" {two} " in f" {one} " for two in theirs for one in mine)


NOT_ON_RECORD: tuple[Callable[[Drift], None], ...] = (purposes, recipients, data, measures, countries)
