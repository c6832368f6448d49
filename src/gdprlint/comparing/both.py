"""A record and its notice side by side: which activities the notice is about, and all that each side says.

What may be missing or differ is looked for elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import define, field

from gdprlint.comparing.covering import BODIES, SAID, Covering
from gdprlint.comparing.differences import Difference, Spot, clause_of
from gdprlint.comparing.facts import ABOUT, Fact, facts_of
from gdprlint.comparing.heard import Pages, pages_of, spelt
from gdprlint.comparing.pairs import Pairs, idents, named_activities, paired_activities, paired_things, titles_of
from gdprlint.comparing.senses import Meaning
from gdprlint.comparing.sides import Side, family
from gdprlint.model.states import State
from gdprlint.model.things import Item, Thing, Values
from gdprlint.model.vocabulary import Vocabulary

LIMITS = ("when", "unless", "while")
MOST = 200  # statements of the other side that one is held against

# Whom a record names as somebody who gets or holds data, and by which tail; ABOUT is what the clause is about.
RECIPIENTS = (
    ("processor", ABOUT), ("sub-processor", ABOUT), ("discloses", "to"), ("transfers", "to"), ("keeps", "with"),
)  # fmt: skip
# Where else one may be named.
NAMED = (
    *RECIPIENTS, ("opens", "to"), ("uses", ABOUT), ("uses", "by"), ("makes", "by"), ("collects", "by"),
    ("collects", "from"), ("sends", "to"), ("controller", ABOUT), ("joint controllers", ABOUT), ("client", ABOUT),
    ("sponsor", ABOUT),
)  # fmt: skip


@define(eq=False)
class Drift:
    """A record and its notice. `covered` are the activities that the notice is about, `done` what the record says of
    them by verb, `pages` the texts of what was read in prose."""

    record: Side
    notice: Side
    meaning: Meaning
    covering: Covering
    covered: list[Thing]
    pages: Pages
    done: dict[str, list[Fact]] = field(factory=dict)
    told: dict[str, list[Fact]] = field(factory=dict)
    found: list[Difference] = field(factory=list)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.meaning.vocabulary

    def head(self, item: Item) -> tuple[object, ...]:
        return self.meaning.of(item).head

    def stated(self, verb: str) -> Iterator[Fact]:
        """What the record says of a verb without reserve."""
        return (fact for fact in self.done.get(verb, ()) if fact.state is State.STATED)

    @cached_property
    def addresses(self) -> list[str]:
        """The addresses on record of bodies, in one spelling."""
        clauses = (c for thing in self.record.things if thing.kind in BODIES for c in thing.clauses.get("contact", ()))
        return [spelt(i.quote) for c in clauses for i in c.about.members if isinstance(i, Item) and i.quote]

    def heard(self, fact: Fact) -> bool:
        """Whether it was read in prose, where it is not sure what it is about."""
        return fact.owner.path in self.meaning.heard

    def is_heard(self, item: Item) -> bool:
        """Whether it is data or people of which only the prose speaks."""
        thing = item.thing
        return thing is not None and thing.kind not in BODIES and thing.path in self.meaning.heard

    def add(
        self, kind: str, topic: str, text: str, record: Spot | None, notice: Spot | None, node: Thing | None,
        means: str = "",
    ) -> None:  # fmt: skip
        """One difference; with the days, where what is on record is younger than the notice."""
        since, dated = since_of(record), date_of(self.notice)
        if since and dated and since > dated:
            text += f"; it holds since {since}, and the notice is of {dated}"
        self.found.append(Difference(kind, topic, text, record, notice, node=node, means=means))


def made(record: Side, notice: Side, meaning: Meaning | None = None) -> Drift:
    """The two sides with their facts gathered; `meaning` knows the values of both, where it was made already."""
    meaning = meaning or meaning_of(record, notice)
    chosen = covered(record, notice, meaning)
    drift = Drift(record, notice, meaning, Covering(meaning), chosen, pages_of(notice.register, notice.documents))
    drift.told = _gathered(notice.activities(), meaning)
    drift.done = _gathered(chosen, meaning)
    return drift


def meaning_of(record: Side, notice: Side) -> Meaning:
    """The senses of the values of both sides, whose things are matched."""
    vocabulary = record.register.names.vocabulary
    if record.register is notice.register:
        heard = frozenset(told.path for told in record.register.told.values())
        return Meaning(vocabulary, {}, titles_of(record), heard=heard)  # each thing is itself
    known = idents(Pairs([*paired_things(record, notice).both, *named_activities(record, notice).both]))
    return Meaning(vocabulary, known, {**titles_of(notice), **titles_of(record)})


def _gathered(things: Iterable[Thing], meaning: Meaning) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for thing in things:
        for verb, facts in facts_of(thing, meaning).items():
            found.setdefault(verb, []).extend(facts)
    return found


def covered(record: Side, notice: Side, meaning: Meaning) -> list[Thing]:
    """The activities of the record that the notice is about, with those around and within them.

    They are those that it says it is of, else those with which it has facts in common, else all.
    """
    known = record.register.names.things
    named = [known.get(name) for document in notice.documents for name in names_in(document, "of")]
    roots = set(record.roots)
    chosen = [thing for thing in named if thing is not None and thing.chain[-1] in roots]
    if not chosen:
        pairs = paired_activities(record, notice, lambda thing: _flat(facts_of(thing, meaning)))
        chosen = [one for one, _ in pairs.both] or list(record.roots)
    within = {here for thing in chosen for here in (*thing.chain, *family(thing))}
    return sorted(within, key=lambda thing: (thing.path, thing.start))


def names_in(thing: Thing, joint: str) -> set[str]:
    values = thing.tails.get(joint)
    return {str(item.value) for item in (values.members if values is not None else ()) if isinstance(item, Item)}


def _flat(facts: dict[str, list[Fact]]) -> Iterator[Fact]:
    for listed in facts.values():
        yield from listed


def items_of(facts: Iterable[Fact], joint: str) -> list[Item]:
    """The values of a tail, or of what the facts are about, that are said; a list of several facts once."""
    lists = {
        id(fact.aspects[joint]): fact.aspects[joint] for fact in facts if fact.state in SAID and joint in fact.aspects
    }
    return [
        item
        for said in lists.values()
        for item in said.items.values()
        if item.state in SAID and item.kind not in ("none", "blank")
    ]


def items_once(facts: Iterable[Fact], joint: str) -> Iterator[tuple[Fact, Item]]:
    """The values of a tail with a fact that has it; a list that several facts share once."""
    seen: set[int] = set()
    for fact in facts:
        said = fact.aspects.get(joint)
        if said is not None and id(said) not in seen:
            seen.add(id(said))
            yield from ((fact, item) for item in items_of([fact], joint))


def items_under(facts: dict[str, list[Fact]], places: Iterable[tuple[str, str]]) -> list[Item]:
    """The values that stand under these verbs, each with its tail."""
    return [item for verb, joint in places for item in items_of(facts.get(verb, ()), joint)]


def purposes_of(facts: dict[str, list[Fact]]) -> list[Item]:
    """Whatever is named as what something is done for."""
    tails = [item for listed in facts.values() for item in items_of(listed, "for")]
    named = [item for item in tails if item.slot is not None and item.slot.name == "purpose"]
    return [*items_of(facts.get("purpose", ()), ABOUT), *named]


def is_limited(fact: Fact) -> bool:
    return any(limit in fact.aspects for limit in LIMITS)


def is_open(drift: Drift, side: Side, *verbs: str) -> bool:
    """Whether a part of what a side says under these verbs stands elsewhere or could not be read."""
    nodes = drift.covered if side is drift.record else [*side.activities(), *side.documents[:1]]
    return any(side.unread(node, verb) or side.deferred(node, verb) is not None for node in nodes for verb in verbs)


def date_of(side: Side) -> str:
    """The day of a document, or empty: also where there are several."""
    return first_day(side.document.tails.get("on")) if side.document is not None and not side.more else ""


def since_of(spot: Spot | None) -> str:
    """The day since which a fact holds, where its clause says it."""
    clause = clause_of(spot)
    return first_day(clause.tails.get("since")) if clause is not None else ""


def first_day(values: Values | None) -> str:
    first = values.members[0] if values is not None and values.members else None
    return str(first.value) if isinstance(first, Item) and first.kind == "date" else ""
