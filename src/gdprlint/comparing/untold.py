"""What is on record and not told: only of what Articles 13 and 14 oblige to tell, and only where a notice that speaks
of such things at all can mean nothing like it. A notice that is wholly silent on a topic is for the rules to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gdprlint.comparing.both import (
    NAMED,
    RECIPIENTS,
    Drift,
    is_open,
    items_of,
    items_once,
    items_under,
    purposes_of,
)
from gdprlint.comparing.covering import listed
from gdprlint.comparing.differences import data_topic
from gdprlint.comparing.facts import ABOUT, Fact, is_blanket
from gdprlint.comparing.wording import word, words
from gdprlint.model.states import State
from gdprlint.model.table import ENDS, HANDLING
from gdprlint.model.things import Clause, Item

# Work within an organisation that no notice needs to call a purpose, and what of it people do hear of.
WORK, WORK_TOLD = ("ancillary-work", "study-services"), ("tracing", "record-linkage")
RESEARCH = "research-archiving-statistics"
HOME = "GB"


def purposes(drift: Drift) -> None:
    if not items_of(drift.told.get("purpose", ()), ABOUT) or is_open(drift, drift.notice, "purpose"):
        return
    told = purposes_of(drift.told)
    known = drift.covering.known(told)
    research = any(is_research(drift, item) for item in told)
    for fact in drift.stated("purpose"):
        for item in fact.about:
            if item.kind != "word" or item.thing is not None or _is_work(drift, item):
                continue
            if drift.pages.says(item):
                continue
            if not known.may_mean(item) and not (research and is_research(drift, item)):
                _add(drift, "purpose", fact, item, "the notice names no such purpose")


def _is_work(drift: Drift, item: Item) -> bool:
    is_a, key = drift.vocabulary.is_a, str(item.value)
    return any(is_a(key, root) for root in WORK) and not any(is_a(key, root) for root in WORK_TOLD)


def is_research(drift: Drift, item: Item) -> bool:
    """Research, archiving and statistics go together: who is told of one of them is told of the kind."""
    return item.kind == "word" and drift.vocabulary.is_a(str(item.value), RESEARCH, possibly=True)


def recipients(drift: Drift) -> None:
    told = _bodies_told(drift)
    if not items_under(drift.told, (*RECIPIENTS, ("opens", "to"))) or is_open(
        drift, drift.notice, *(v for v, _ in NAMED)
    ):
        return
    known = drift.covering.known(told)
    own = {drift.head(item) for item in items_under(drift.done, [("controller", ABOUT), ("joint controllers", ABOUT)])}
    for fact, item in _bodies(drift, RECIPIENTS, own):
        if "as" not in fact.aspects and not known.may_mean(item) and not drift.pages.says(item):
            _add(drift, "recipient", fact, item, "the notice names neither them nor their kind", _joint(fact, item))


def _bodies_told(drift: Drift) -> list[Item]:
    """Whom the notice names; the people whom a page speaks to, who may be children, are none that get data."""
    told = items_under(drift.told, NAMED)
    return [item for item in told if not drift.is_heard(item) and not _is_vague_source(drift, item)]


def _is_vague_source(drift: Drift, item: Item) -> bool:
    """Words of a page on where data come from, which say nothing of who gets them."""
    holder = item.holder
    if item.kind != "quote" or not isinstance(holder, Clause) or holder.verb != "collects":
        return False
    return holder.owner.path in drift.meaning.heard


def _bodies(
    drift: Drift, places: tuple[tuple[str, str], ...], own: set[tuple[object, ...]]
) -> Iterator[tuple[Fact, Item]]:
    """The organisations that the record names in these places, each once; not its own, and no regulator."""
    seen = set(own)
    for verb, joint in places:
        for fact, item in items_once(drift.stated(verb), joint):
            head = drift.head(item)
            if item.thing is None or item.thing.kind != "organisation" or item.state is not State.STATED:
                continue
            if head not in seen and not _is_regulator(drift, item):
                seen.add(head)
                yield fact, item


def _is_regulator(drift: Drift, item: Item) -> bool:
    kinds = listed(item.thing, "is") if item.thing is not None else []
    return any(kind.kind == "word" and drift.vocabulary.is_a(str(kind.value), "regulator") for kind in kinds)


def transfers(drift: Drift) -> None:
    told = drift.told.get("transfers", [])
    if is_open(drift, drift.notice, "transfers") or any(fact.state is State.NONE for fact in told):
        return
    named, outside = items_of(told, "in"), items_of(told, "outside")
    known = drift.covering.known(named)
    seen: set[object] = set()
    for fact, item in items_once(drift.stated("transfers"), "in"):
        if item.kind != "word" or item.value == HOME or drift.head(item) in seen:
            continue
        seen.add(drift.head(item))
        if drift.pages.says(item):
            continue
        if not told:
            _add(drift, "transfer", fact, item, "the notice says nothing of transfers", "in")
        elif named and not outside and not known.may_mean(item):
            _add(drift, "transfer country", fact, item, f"the notice names {words(named)} only", "in", named[0])


def retention(drift: Drift) -> None:
    kept = drift.told.get("keeps", ())
    told = items_of(kept, ABOUT)
    if not told or is_open(drift, drift.notice, "keeps"):
        return
    if any(drift.heard(fact) for fact in kept):
        return  # of which data a period in prose is said, the reader cannot be sure
    known = drift.covering.known(told)
    for fact in drift.stated("keeps"):
        if any(end in fact.aspects for end in ENDS) and "with" not in fact.aspects:
            for item in fact.about:
                if _is_personal(item) and not known.may_mean(item):
                    _add(drift, "retention", fact, item, "the notice gives no period for these data")


def _is_personal(item: Item) -> bool:
    """Data that are declared to be of people and not to be anonymous; of others a notice need not speak."""
    thing = item.thing
    if thing is None or "of" not in thing.tails:
        return False
    return not any(str(state.value).startswith(("anonym", "aggregate")) for state in listed(thing, "as"))


def sources(drift: Drift) -> None:
    if is_open(drift, drift.notice, "collects") or not drift.told.get("collects"):
        return
    known = drift.covering.known(item for item in items_under(drift.told, NAMED) if not drift.is_heard(item))
    roles = ("controller", "joint controllers", "processor", "sub-processor")
    own = {drift.head(item) for item in items_under(drift.done, [(role, ABOUT) for role in roles])}
    for fact, item in _bodies(drift, (("collects", "from"),), own):
        if not known.may_mean(item) and not drift.pages.says(item):
            _add(drift, "source", fact, item, "the notice does not name this source", "from")


def special_data(drift: Drift) -> None:
    """The most private data, where the notice lists what is collected and nothing on its list may be those."""
    if not items_of(drift.told.get("collects", ()), ABOUT) or drift.told.get("condition"):
        return
    if is_open(drift, drift.notice, "collects", "condition"):
        return
    known = drift.covering.known(items_under(drift.told, [(verb, ABOUT) for verb in HANDLING]))
    told = {kind for term in known.terms for some in drift.vocabulary.ancestors(term) for kind in some}
    seen: set[str] = set()
    for fact in drift.stated("collects"):
        for item in fact.about:
            for kind in _special(drift, item):
                key = str(kind.value)
                if key in seen or known.open or known.may_mean(kind) or "special-category-data" in told:
                    continue
                seen.add(key)
                text = f"the notice says nothing of {word(kind)}, which they hold"
                _add(drift, data_topic([kind], drift.vocabulary), fact, item, text)


def _special(drift: Drift, item: Item) -> list[Item]:
    is_a = drift.vocabulary.is_a
    kinds = listed(item.thing, "is") if item.thing is not None else [item]
    plain = [kind for kind in kinds if kind.kind == "word" and kind.thing is None and kind.state is State.STATED]
    return [
        kind
        for kind in plain
        if is_a(str(kind.value), "special-category-data") or is_a(str(kind.value), "criminal-offence-data")
    ]


def duties(drift: Drift) -> None:
    """Data that must be given, and significant decisions by machine, of which the notice says nothing."""
    for verb, topic in (("requires", "obligation to provide"), ("automated decisions", "automated decisions")):
        if drift.told.get(verb) or is_open(drift, drift.notice, verb):
            continue
        for fact in drift.stated(verb):
            if fact.about and not is_blanket(fact) and (verb == "requires" or _is_significant(fact)):
                _add(drift, topic, fact, fact.about[0], "the notice does not speak of that")


def _is_significant(fact: Fact) -> bool:
    return {"solely-automated", "significant"} <= {str(item.value) for item in items_of([fact], "as")}


def rights(drift: Drift) -> None:
    """A right that the record grants and a notice that lists others."""
    told = items_of(drift.told.get("rights", ()), ABOUT)
    if not told or is_open(drift, drift.notice, "rights"):
        return
    told += [item for verb in ("rights", "limits") for fact in drift.told.get(verb, ()) for item in fact.about]
    known = drift.covering.known(told)
    for fact in drift.stated("rights"):
        for item in fact.about:
            if item.kind == "word" and not known.may_mean(item) and not _is_withdrawal(drift, item):
                _add(drift, "rights", fact, item, "the notice tells other rights and not this one")


def _is_withdrawal(drift: Drift, item: Item) -> bool:
    return "withdraw" in str(item.value) and bool(drift.told.get("withdrawal"))


def _joint(fact: Fact, item: Item) -> str:
    """The tail in which a value stands; ABOUT where the fact is about it."""
    return next((joint for joint, said in fact.aspects.items() if any(i is item for i in said.items.values())), ABOUT)


def _add(
    drift: Drift, topic: str, fact: Fact, item: Item, text: str, joint: str = ABOUT, told: Item | None = None
) -> None:
    """One fact that is on record and not told, with a place in the notice: its head, or what it tells instead."""
    header = drift.notice.document or next(iter(drift.notice.roots), None)
    said = " ".join(part for part in (fact.verb, joint, word(item)) if part)
    words_said = f"`{said}` is on record, and {text}"
    drift.add("not told", topic, words_said, item, told or header, fact.owner)


NOT_TOLD: tuple[Callable[[Drift], None], ...] = (
    purposes, recipients, transfers, retention, sources, special_data, duties, rights,
)  # fmt: skip
