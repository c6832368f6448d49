"""What changed from one version of a record or notice to the next.

Facts that are on both sides are set aside first, wherever in an activity they stand. Of the rest, facts that differ in
one aspect are one change; then facts about the same that differ in several. What is left was added or removed, where
the silence of the other side counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field

from gdprlint.comparing.differences import (
    Both,
    Difference,
    Spot,
    aspect_of,
    of_declarations,
    of_facts,
    topic_of,
)
from gdprlint.comparing.facts import ABOUT, HOW, Fact, Token, facts_of, is_blanket, sorted_aspects
from gdprlint.comparing.pairs import Pairs, also, idents, named_activities, paired_activities, paired_things, titles_of
from gdprlint.comparing.senses import Meaning, Parted, Sense, folded, named, parted
from gdprlint.comparing.sides import Side, family
from gdprlint.comparing.topics import VERBS_COMPARED
from gdprlint.comparing.wording import sentence
from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Thing

DETAIL = "detail"  # own words behind what a fact is about: an address, what a purpose is in short
MOST_TRIED = 40  # facts about one thing that are held against each of the other side's

Facts = dict[str, list[Fact]]


@define(eq=False)
class Versions:
    """Two sides of one kind, with what belongs together."""

    old: Side
    new: Side
    things: Pairs
    activities: Pairs
    meanings: tuple[Meaning, Meaning]
    differences: list[Difference] = field(factory=list)
    _facts: dict[int, Facts] = field(factory=dict)
    _whole: dict[int, frozenset[Token]] = field(factory=dict)
    _abouts: dict[int, dict[int, Counter[int]]] = field(factory=dict)
    _parts: dict[int, set[Token]] = field(factory=dict)
    _alone: dict[bool, frozenset[Thing]] = field(factory=dict)
    _around: dict[Thing, set[Token]] = field(factory=dict)
    _told: set[int] = field(factory=set)

    def facts(self, thing: Thing, new: bool) -> Facts:
        known = self._facts.get(id(thing))
        if known is None:
            known = self._facts[id(thing)] = facts_of(thing, self.meanings[new])
        return known

    def own(self, thing: Thing, new: bool) -> Iterator[Fact]:
        for listed in self.facts(thing, new).values():
            yield from listed

    def count(self, clause: Clause, new: bool) -> int:
        """How many facts a clause is."""
        return sum(self.abouts(clause, new).values())

    def abouts(self, clause: Clause, new: bool) -> Counter[int]:
        """How many facts a clause is for each thing that it is about."""
        if not (known := self._abouts.get(id(clause.owner))):
            known = self._abouts[id(clause.owner)] = {}
            for fact in self.own(clause.owner, new):
                known.setdefault(id(fact.clause), Counter())[_about(fact)] += 1
        return known[id(clause)]

    def alone(self, new: bool) -> frozenset[Thing]:
        """The activities that only one of the sides has."""
        if new not in self._alone:
            self._alone[new] = frozenset(self.activities.new if new else self.activities.old)
        return self._alone[new]

    def whole(self, thing: Thing, new: bool) -> frozenset[Token]:
        """What holds for everything in the activity, whether it is said at its head or in each part."""
        known = self._whole.get(id(thing))
        if known is None:
            known = frozenset(fact.token for fact in self.own(thing, new))
            inner = [self.whole(part, new) for part in thing.activities]
            if inner:
                known |= frozenset.intersection(*inner)
            self._whole[id(thing)] = known
        return known


def made(old: Side, new: Side) -> Versions:
    """The two sides with their things and activities matched, before anything is compared."""
    vocabulary = new.register.names.vocabulary
    things = paired_things(old, new)
    same_named = named_activities(old, new)
    known = idents(Pairs([*things.both, *same_named.both, *_headers(old, new)]))
    shared: dict[frozenset[Sense], frozenset[Sense]] = {}
    meanings = (
        Meaning(vocabulary, known, titles_of(old), shared),
        Meaning(vocabulary, known, titles_of(new), shared),
    )
    versions = Versions(old, new, things, Pairs(), meanings)
    mine = {id(thing) for thing in old.activities()}
    versions.activities = paired_activities(old, new, lambda thing: versions.own(thing, id(thing) not in mine))
    return versions


def _headers(old: Side, new: Side) -> list[tuple[Thing, Thing]]:
    return [(old.document, new.document)] if old.document is not None and new.document is not None else []


def differences(old: Side, new: Side) -> list[Difference]:
    """All that two versions say otherwise, equal differences once."""
    versions = made(old, new)
    for one, two in _headers(old, new):
        _declarations(versions, one, two)
        _nodes(versions, one, two)
    for one, two in versions.things.both:
        if one.name in old.register.used or two.name in new.register.used or one.kind == "document":
            _titles(versions, one, two)
            _declarations(versions, one, two)
            _nodes(versions, one, two)
    for one, two in versions.activities.both:
        _declarations(versions, one, two)
        _nodes(versions, one, two)
    _alone(versions)
    told = versions._told
    return _once(d for d in versions.differences if not (d.topic == "other texts" and {id(d.old), id(d.new)} & told))


def _once(found: Iterable[Difference]) -> list[Difference]:
    """Equal differences once, with all that they are about."""
    unique: dict[tuple[object, ...], Difference] = {}
    about: dict[tuple[object, ...], dict[int, Item]] = {}
    for difference in found:
        unique.setdefault(difference.key, difference)
        about.setdefault(difference.key, {}).update((id(item), item) for item in difference.about)
    for key, difference in unique.items():
        difference.about = list(about[key].values())
    return list(unique.values())


# ---- declarations


def _titles(versions: Versions, one: Thing, two: Thing) -> None:
    """A thing of the same name that is called otherwise: another body, or the same in other words."""
    if not one.title or not two.title or folded(one.title) == folded(two.title):
        return
    if two.kind in ("organisation", "organisations", "team"):
        if named(one.title) != named(two.title) and not {named(one.title), named(two.title)} & _names(one, two):
            text = f'was called "{one.title}" and is now called "{two.title}"'
            versions.differences.append(Difference("changed", "organisation", text, one, two, node=two))
    else:
        topic = {"people": "people", "data": "data categories", "event": "event"}.get(two.kind, "documents on file")
        text = f'whether `{two.name}` is the same as "{two.title}" and as "{one.title}" cannot be told from the words'
        versions.differences.append(Difference("unclear", topic, text, one, two, node=two))


def _names(one: Thing, two: Thing) -> set[str]:
    return {*also(one), *also(two)}


def _declarations(versions: Versions, one: Thing, two: Thing) -> None:
    said = tuple(
        {joint: meaning.said(values) for joint, values in thing.tails.items()}
        for thing, meaning in zip((one, two), versions.meanings, strict=True)
    )
    silence = _silence(versions, one, two, "")
    vocabulary = versions.meanings[0].vocabulary
    versions.differences.extend(of_declarations(one, two, (said[0], said[1]), vocabulary, silence))


def _silence(versions: Versions, one: Thing, two: Thing, verb: str) -> tuple[bool, bool]:
    """Whether the silence of the old and of the new side counts."""
    return (
        versions.old.silence_counts(one, verb, versions.new),
        versions.new.silence_counts(two, verb, versions.old),
    )


# ---- facts


def _nodes(versions: Versions, one: Thing, two: Thing) -> None:
    """Compare what stands in the blocks of two things that are one."""
    mine, theirs = versions.facts(one, False), versions.facts(two, True)
    for verb in dict.fromkeys((*mine, *theirs)):
        gone = _left(versions, mine.get(verb, []), theirs.get(verb, []), two, True)
        come = _left(versions, theirs.get(verb, []), mine.get(verb, []), one, False)
        if gone or come:
            versions.differences.extend(_of_verb(versions, verb, gone, come, one, two))


def _left(versions: Versions, facts: list[Fact], others: list[Fact], other: Thing, new: bool) -> list[Fact]:
    """The facts that the other side does not say: neither in the same block, nor around it, nor in every part."""
    said = {fact.token for fact in others}
    left = [fact for fact in facts if fact.token not in said]
    if not left or other.kind != "activity":
        return left
    around = {fact.token for here in other.chain[1:] for fact in versions.own(here, new)}
    inner = versions.whole(other, new)
    parts = _unmatched_within(versions, other, new)
    return [f for f in left if f.token not in around and f.token not in inner and f.token not in parts]


def _unmatched_within(versions: Versions, thing: Thing, new: bool) -> set[Token]:
    """What is said in parts that have no counterpart: an activity that was taken apart still says it there."""
    known = versions._parts.get(id(thing))
    if known is not None:
        return known
    alone = versions.alone(new)
    parts = [part for part in family(thing) if part is not thing and part in alone] if alone else []
    known = versions._parts[id(thing)] = {fact.token for part in parts for fact in versions.own(part, new)}
    return known


def _of_verb(
    versions: Versions, verb: str, gone: list[Fact], come: list[Fact], one: Thing, two: Thing
) -> Iterator[Difference]:
    vocabulary = versions.meanings[0].vocabulary
    silence = _silence(versions, one, two, verb)
    memo: dict[tuple[int, int], Parted] = {}
    yield from _blankets(verb, gone, come, versions)
    for old, new in (*_one_apart(verb, gone, come), *_about_the_same(verb, gone, come), *_last_two(verb, gone, come)):
        yield from of_facts(Both(old, new, vocabulary, silence, memo))
    yield from _gone(versions, verb, gone, two, silence[1])
    yield from _come(versions, verb, come, one, silence[0])


def _blankets(verb: str, gone: list[Fact], come: list[Fact], versions: Versions) -> Iterator[Difference]:
    """`transfers none` against anything that is transferred: the one takes the place of the other."""
    vocabulary = versions.meanings[0].vocabulary
    for facts, others, kind, text in (
        (gone, come, "stated", "was denied altogether and is now stated"),
        (come, gone, "denied", "was stated and is now denied altogether"),
    ):
        blanket = next((fact for fact in facts if is_blanket(fact)), None)
        against = [fact for fact in others if fact.state in (State.STATED, State.HEDGED)]
        if blanket is None or not against:
            continue
        facts[:] = [fact for fact in facts if not is_blanket(fact)]
        others[:] = [fact for fact in others if fact.state not in (State.STATED, State.HEDGED)]
        for fact in against:
            topic = topic_of(verb, ABOUT, fact.about, vocabulary)
            places = (blanket.clause, fact.clause) if kind == "stated" else (fact.clause, blanket.clause)
            yield Difference(kind, topic, text, *places, list(fact.about), fact.clause)


def _aspects(fact: Fact) -> list[str]:
    return list(dict.fromkeys((HOW, *(aspect_of(fact.verb, joint) for joint in fact.aspects if joint), ABOUT)))


def _one_apart(verb: str, gone: list[Fact], come: list[Fact]) -> list[tuple[Fact, Fact]]:
    """Facts that say the same but for one aspect. They are taken out of both lists."""
    swaps = VERBS_COMPARED[verb].swaps
    names = dict.fromkeys(name for fact in (*gone, *come) for name in _aspects(fact))
    ordered = [*(name for name in names if name != ABOUT), DETAIL, ABOUT]
    found: list[tuple[Fact, Fact]] = []
    taken: set[Fact] = set()
    for name in ordered:
        waiting: dict[Token, list[Fact]] = {}
        for fact in reversed(come):
            if fact not in taken:
                waiting.setdefault(_without(fact, name), []).append(fact)
        for fact in gone:
            others = waiting.get(_without(fact, name)) if fact not in taken else None
            if others and (name != ABOUT or swaps or _unclear_about(fact, others[-1])):
                found.append((fact, others.pop()))
                taken.update(found[-1])
    gone[:] = [fact for fact in gone if fact not in taken]
    come[:] = [fact for fact in come if fact not in taken]
    return found


def _without(fact: Fact, aspect: str) -> Token:
    """What a fact says but for one aspect, of which several tails may be parts."""
    if aspect == DETAIL:
        heads = frozenset(sense.head for sense in fact.aspects[ABOUT].senses)
        return DETAIL, heads, *_without(fact, ABOUT)
    rest = {j: said for j, said in fact.aspects.items() if (aspect_of(fact.verb, j) if j else ABOUT) != aspect}
    return aspect, None if aspect == HOW else fact.state, *sorted_aspects(rest)


def _unclear_about(one: Fact, two: Fact) -> bool:
    """Whether what they are about is worded otherwise, so that nobody can tell if it is the same."""
    return bool(parted(one.aspects[ABOUT], two.aspects[ABOUT]).unclear)


def _about_the_same(verb: str, gone: list[Fact], come: list[Fact]) -> list[tuple[Fact, Fact]]:
    """Facts about the same thing that differ in several aspects, those that have most in common first."""
    keys = VERBS_COMPARED[verb].keys
    waiting: dict[Token, list[Fact]] = {}
    for fact in come:
        waiting.setdefault(_subject(fact, keys), []).append(fact)
    scored = []
    for number, fact in enumerate(gone):
        for place, other in enumerate(waiting.get(_subject(fact, keys), ())[:MOST_TRIED]):
            shared = sum(1 for joint, said in fact.aspects.items() if other.aspects.get(joint) == said)
            scored.append((-shared, number, place, fact, other))
    taken: set[int] = set()
    found = []
    for _, _, _, fact, other in sorted(scored, key=lambda entry: entry[:3]):
        if id(fact) not in taken and id(other) not in taken:
            taken |= {id(fact), id(other)}
            found.append((fact, other))
    gone[:] = [fact for fact in gone if id(fact) not in taken]
    come[:] = [fact for fact in come if id(fact) not in taken]
    return found


def _last_two(verb: str, gone: list[Fact], come: list[Fact]) -> list[tuple[Fact, Fact]]:
    """The one fact that is left on either side, where one may take the place of another: a basis, a controller."""
    if not VERBS_COMPARED[verb].swaps or len(gone) != 1 or len(come) != 1:
        return []
    keys = VERBS_COMPARED[verb].keys
    if _subject(gone[0], keys)[1:] != _subject(come[0], keys)[1:]:
        return []
    return [(gone.pop(), come.pop())]


def _subject(fact: Fact, keys: tuple[str, ...]) -> Token:
    return tuple((name, fact.aspects[name].senses) for name in (ABOUT, *keys) if name in fact.aspects)


def _gone(versions: Versions, verb: str, facts: list[Fact], two: Thing, counts: bool) -> Iterator[Difference]:
    """What only the old side says."""
    deferral = versions.new.deferred(two, verb)
    for fact, about, spot in _by_clause(versions, facts, False):
        topic = _topic(versions, fact, about)
        text = f"`{sentence(fact.clause, about)}`"
        if deferral is not None and verb != "refers to":
            versions._told.add(id(deferral))
            text = f"no longer says here {text}, which is left to another text"
            yield Difference("deferred", topic, text, spot, deferral, node=two)
        elif counts:
            yield Difference("removed", topic, f"no longer says {text}", spot, None, node=two)


def _come(versions: Versions, verb: str, facts: list[Fact], one: Thing, counts: bool) -> Iterator[Difference]:
    """What only the new side says."""
    deferral = versions.old.deferred(one, verb)
    for fact, about, spot in _by_clause(versions, facts, True):
        topic = _topic(versions, fact, about)
        text = f"`{sentence(fact.clause, about)}`"
        if deferral is not None and verb != "refers to":
            versions._told.add(id(deferral))
            text = f"now says here {text}, which was left to another text"
            yield Difference("stated", topic, text, deferral, spot, node=fact.owner)
        elif counts:
            yield Difference("added", topic, f"now says {text}", None, spot, node=fact.owner)


def _topic(versions: Versions, fact: Fact, about: Sequence[Item]) -> str:
    """The topic of a whole fact: of a copy that is kept it is also asked who holds it."""
    holders = fact.aspects["with"].items.values() if "with" in fact.aspects else ()
    return topic_of(fact.verb, ABOUT, (*(about or fact.about), *holders), versions.meanings[0].vocabulary)


def _by_clause(versions: Versions, facts: list[Fact], new: bool) -> Iterator[tuple[Fact, list[Item], Spot]]:
    """The facts of a clause together: where they are all that it says its place, else that of the first value."""
    clauses: dict[int, list[Fact]] = {}
    for fact in facts:
        clauses.setdefault(id(fact.clause), []).append(fact)
    for listed in clauses.values():
        clause = listed[0].clause
        if len(listed) == versions.count(clause, new):
            yield listed[0], [], clause
            continue
        whole = versions.abouts(clause, new)
        gone: dict[int, int] = {}
        for fact in listed:
            gone[_about(fact)] = gone.get(_about(fact), 0) + 1
        alone = [fact for fact in listed if fact.about and gone[_about(fact)] == whole[_about(fact)]]
        if alone:
            items = list({id(fact.about[0]): fact.about[0] for fact in alone}.values())
            yield alone[0], items, items[0]
        others = [fact for fact in listed if not fact.about or gone[_about(fact)] != whole[_about(fact)]]
        each = VERBS_COMPARED[clause.verb].each
        values: dict[int, tuple[Fact, Item]] = {}
        for fact in others:
            for item in fact.aspects[each].items.values() if each in fact.aspects else ():
                values.setdefault(id(item), (fact, item))
        yield from ((fact, list(fact.about), item) for fact, item in values.values())


def _about(fact: Fact) -> int:
    return id(fact.about[0]) if fact.about else 0


# ---- what stands on one side only


def _alone(versions: Versions) -> None:
    """Activities and documents that only one side has."""
    for other, kind, things, new in (
        (versions.new, "removed", versions.activities.old, False),
        (versions.old, "added", versions.activities.new, True),
    ):
        counterparts = {id(pair[new]): pair[not new] for pair in versions.activities.both}
        alone = set(things)
        outermost = [thing for thing in things if thing.outer not in alone]
        for thing in outermost:
            if other.extent.value == "excerpt" or _is_said_around(versions, thing, counterparts, new):
                continue
            short = _in_short(thing)
            text = f"{'new' if new else 'gone'}{', with ' if short else ''}{short}"
            old_place, new_place = (None, thing) if new else (thing, None)
            versions.differences.append(Difference(kind, "activity", text, old_place, new_place, node=thing))
    for kind, things, new in (("removed", versions.things.old, False), ("added", versions.things.new, True)):
        other = versions.old if new else versions.new
        for thing in things:
            if thing.kind == "document" and other.extent.value != "excerpt":
                old_place, new_place = (None, thing) if new else (thing, None)
                text = "now on file" if new else "no longer on file"
                versions.differences.append(
                    Difference(kind, "documents on file", text, old_place, new_place, node=thing)
                )


def _is_said_around(versions: Versions, thing: Thing, counterparts: Mapping[int, Thing], new: bool) -> bool:
    """Whether the other side says all of it in the activity that holds it there."""
    around = next((counterparts[id(here)] for here in thing.chain if id(here) in counterparts), None)
    tokens = {fact.token for part in family(thing) for fact in versions.own(part, new)}
    if around is None or not tokens:
        return False
    if around not in versions._around:
        nodes = (*around.chain, *family(around))
        versions._around[around] = {fact.token for here in nodes for fact in versions.own(here, not new)}
    return tokens <= versions._around[around]


def _in_short(thing: Thing) -> str:
    """The first things that an activity says of itself."""
    for verb in ("purpose", "collects", "keeps"):
        for clause in thing.clauses.get(verb, ())[:1]:
            return f"`{sentence(clause)}`"
    return ""
