"""Which thing of the one side is which of the other: by name and title first, then by what is said of it.

A body that bears another name in another register is the same body where its title says so. Nothing is guessed: what
fits several fits none, and the order of the text decides between equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

from attrs import define, field

from gdprlint.comparing.facts import Fact
from gdprlint.comparing.senses import folded, named
from gdprlint.comparing.sides import Side, family
from gdprlint.model.things import Item, Thing

_GROUPS = {
    "organisation": "party",
    "organisations": "party",
    "team": "party",
    "people": "people",
    "data": "data",
    "event": "event",
    "document": "document",
    "record": "record",
    "notice": "notice",
}
COMMON = 50  # activities that share a fact: a fact that more of them share tells none from the other


@define(eq=False)
class Pairs:
    """The things that stand on both sides, and what is only on one of them."""

    both: list[tuple[Thing, Thing]] = field(factory=list)
    old: list[Thing] = field(factory=list)
    new: list[Thing] = field(factory=list)


def pair(old: Iterable[Thing], new: Iterable[Thing], keys: Sequence[Callable[[Thing], Iterable[Hashable]]]) -> Pairs:
    """Things that share a key, where it is a key of one thing on either side; earlier kinds of key go first."""
    left, right = dict.fromkeys(old), dict.fromkeys(new)
    found = Pairs()
    for key in keys:
        mine, theirs = _by_key(left, key), _by_key(right, key)
        for here, thing in mine.items():
            other = theirs.get(here)
            if thing is not None and other is not None and thing in left and other in right:
                found.both.append((thing, other))
                del left[thing], right[other]
    found.old, found.new = list(left), list(right)
    return found


def _by_key(things: Iterable[Thing], key: Callable[[Thing], Iterable[Hashable]]) -> dict[Hashable, Thing | None]:
    found: dict[Hashable, Thing | None] = {}
    for thing in things:
        for here in dict.fromkeys(key(thing)):
            found[here] = thing if here not in found or found[here] is thing else None
    return found


def paired_things(old: Side, new: Side) -> Pairs:
    """Organisations, people, data, events and documents of the two sides."""
    if old.register is new.register:
        return Pairs([(thing, thing) for thing in old.things if thing.kind in _GROUPS])
    mine, theirs = (
        [thing for thing in side.things if thing.kind in _GROUPS and thing.kind not in ("record", "notice")]
        for side in (old, new)
    )
    found = pair(mine, theirs, (_titles, _names_of_things, _contents))
    data = [[thing for thing in things if thing.kind == "data"] for things in (found.old, found.new)]
    return _joined(found, _by_contents(*data))


def _by_contents(old: list[Thing], new: list[Thing]) -> list[tuple[Thing, Thing]]:
    """Data that hold half of what the other hold, the most alike first: more was added to them, or something taken."""
    places: dict[str, list[int]] = {}
    mine, theirs = ([_held(thing) for thing in things] for things in (old, new))
    for number, held in enumerate(theirs):
        for term in held:
            places.setdefault(term, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for number, held in enumerate(mine):
        for term in held:
            met = places.get(term, ())
            shared.update((number, other) for other in met if len(met) <= COMMON)
    scored = [(count / len(mine[one] | theirs[two]), one, two) for (one, two), count in shared.items()]
    return _best(old, new, [entry for entry in scored if entry[0] >= 0.5])


def _held(thing: Thing) -> set[str]:
    values = thing.tails.get("is")
    return {str(item.value) for item in (values.members if values else ()) if isinstance(item, Item) and item.value}


def _best(old: list[Thing], new: list[Thing], scored: list[tuple[float, int, int]]) -> list[tuple[Thing, Thing]]:
    """The pairs with the highest scores, each thing once; the order of the text decides between equals."""
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for _, one, two in sorted(scored, key=lambda entry: (-entry[0], *entry[1:])):
        if one not in taken_old and two not in taken_new:
            taken_old.add(one)
            taken_new.add(two)
            found.append((old[one], new[two]))
    return found


def _titles(thing: Thing) -> Iterable[Hashable]:
    group = _GROUPS[thing.kind]
    if thing.title:
        yield group, named(thing.title)
    yield from ((group, name) for name in also(thing))


def also(thing: Thing) -> list[str]:
    """The other names by which a thing goes, in one spelling."""
    listed = thing.tails.get("also")
    return [named(item.quote or item.normal) for item in (listed.members if listed else ()) if isinstance(item, Item)]


def _names_of_things(thing: Thing) -> Iterable[Hashable]:
    yield _GROUPS[thing.kind], thing.name


def _contents(thing: Thing) -> Iterable[Hashable]:
    """Data that hold the same, of the same people and in the same state, are the same under whatever name."""
    held = thing.tails.get("is")
    if thing.kind == "data" and held is not None and held.members:
        state = thing.tails.get("as")
        yield (
            "data",
            frozenset(item.normal for item in held.members if isinstance(item, Item)),
            frozenset(item.normal for item in (state.members if state else ()) if isinstance(item, Item)),
        )


def titles_of(side: Side) -> dict[str, Thing]:
    """The things of a side by their titles and other names, for own words that name one."""
    found: dict[str, Thing] = {}
    for thing in side.things:
        if thing.kind in _GROUPS and thing.kind not in ("record", "notice"):
            for name in (*([named(thing.title)] if thing.title else ()), *also(thing)):
                found.setdefault(name, thing)
    return found


def idents(pairs: Pairs) -> dict[int, object]:
    """What a thing is on either side: the same number for both of a pair."""
    found: dict[int, object] = {}
    for number, (one, two) in enumerate(pairs.both):
        found[id(one)] = found[id(two)] = number
    return found


def paired_activities(old: Side, new: Side, said: Callable[[Thing], Iterable[Fact]]) -> Pairs:
    """Activities by name, then by title, then by most facts in common; the last two that are left are a pair, too."""
    mine, theirs = list(old.activities()), list(new.activities())
    found = named_activities(old, new)
    for is_leaf in (True, False):
        left = [thing for thing in found.old if bool(thing.activities) is not is_leaf]
        right = [thing for thing in found.new if bool(thing.activities) is not is_leaf]
        found = _joined(found, _by_overlap(left, right, said))
    if len(found.old) == len(found.new) == 1 and len(mine) == len(theirs) == 1:
        found = _joined(found, [(found.old[0], found.new[0])])
    return found


def named_activities(old: Side, new: Side) -> Pairs:
    """Activities by name and title alone, which needs to know nothing of what they say."""
    return pair(old.activities(), new.activities(), (lambda thing: (thing.name,), _activity_titles))


def _activity_titles(thing: Thing) -> Iterable[Hashable]:
    if thing.title:
        yield folded(thing.title)
    yield from also(thing)


def _joined(found: Pairs, more: list[tuple[Thing, Thing]]) -> Pairs:
    taken = {id(thing) for both in more for thing in both}
    old = [thing for thing in found.old if id(thing) not in taken]
    return Pairs([*found.both, *more], old, [thing for thing in found.new if id(thing) not in taken])


def _by_overlap(
    old: list[Thing], new: list[Thing], said: Callable[[Thing], Iterable[Fact]]
) -> list[tuple[Thing, Thing]]:
    """Activities of which one has a third of its facts in common with the other, those with most in common first."""
    places: dict[object, list[int]] = {}
    mine, theirs = ([_tokens(thing, said) for thing in things] for things in (old, new))
    for number, tokens in enumerate(theirs):
        for token in tokens:
            places.setdefault(token, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for number, tokens in enumerate(mine):
        for token in tokens:
            met = places.get(token, ())
            shared.update((number, other) for other in met if len(met) <= COMMON)
    enough = [
        (float(count), one, two)
        for (one, two), count in shared.items()
        if 3 * count >= min(len(mine[one]), len(theirs[two]))
    ]
    return _best(old, new, enough)


def _tokens(thing: Thing, said: Callable[[Thing], Iterable[Fact]]) -> set[object]:
    return {fact.token for here in family(thing) for fact in said(here)}
