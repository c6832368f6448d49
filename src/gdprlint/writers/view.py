"""What a document is written from: the activities, their clauses in order, who speaks and who is spoken to.

Everything here is read off the model; nothing is said yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import define, field

from gdprlint.model.register import Register
from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.writers.words import Words


def items(values: Values | None) -> list[Item]:
    """The members of a list that are values; none where there is no list."""
    return [item for item in values.members if isinstance(item, Item)] if values is not None else []


@define(eq=False, slots=False)
class View:
    """The activities that a document covers, in order, with the words for them."""

    register: Register
    activities: list[Thing]
    words: Words
    header: Thing | None = None
    faulty: bool = False
    leaves: list[Thing] = field(factory=list)
    _below: dict[str, frozenset[str]] = field(factory=dict)
    titles: frozenset[str] | None = None  # of places
    introduced: set[str] = field(factory=set)  # classes whose members have been named

    def clauses(self, *verbs: str) -> Iterator[Clause]:
        """The clauses with these verbs, each where it was said, in the order of the record."""
        for activity in self.activities:
            found = [clause for verb in verbs for clause in activity.clauses.get(verb, ())]
            yield from sorted(found, key=lambda clause: clause.start)

    def below(self, activity: Thing) -> frozenset[str]:
        """The innermost activities for which this one speaks."""
        known = self._below.get(activity.name)
        if known is None:
            known = self._below[activity.name] = self._found_below(activity)
        return known

    def _found_below(self, activity: Thing) -> frozenset[str]:
        pending, found = [activity], set()
        while pending:
            here = pending.pop()
            pending.extend(here.activities)
            if not here.activities:
                found.add(here.name)
        return frozenset(found)

    def is_for_all(self, activities: Iterable[Thing]) -> bool:
        """Whether these activities speak for every innermost one."""
        parts = [self.below(activity) for activity in activities]
        if sum(map(len, parts)) < len(self.leaves):
            return False
        return len(frozenset().union(*parts)) >= len({leaf.name for leaf in self.leaves})

    @cached_property
    def subjects(self) -> dict[str, Thing]:
        """The people whom the data are about: of whom data are declared to be, and from whom they are collected."""
        found: dict[str, Thing] = {}
        lists = [data.tails.get("of") for data in self.register.of_kind("data")]
        lists += [clause.tails.get("from") for clause in self.clauses("collects")]
        for item in (item for values in lists for item in items(values)):
            if item.thing is not None and item.thing.kind == "people":
                found.setdefault(item.thing.name, item.thing)
        return found

    def is_a(self, item: Item, *keys: str, possibly: bool = False) -> bool:
        """Whether the value is one of these terms: itself, or by what the thing that it names is."""
        vocabulary = self.words.vocabulary
        pending, seen = [item], set[str]()
        while pending:
            here = pending.pop()
            if here.thing is not None:
                if here.thing.name not in seen:  # things may be declared to be each other
                    seen.add(here.thing.name)
                    pending += items(here.thing.tails.get("is")) + items(here.thing.tails.get("as"))
            elif here.kind == "word" and any(vocabulary.is_a(str(here.value), key, possibly=possibly) for key in keys):
                return True
        return False

    def parties(self, *verbs: str) -> list[Thing]:
        """The things that stated or hedged clauses with these verbs are about."""
        found: dict[str, Thing] = {}
        for clause in self.clauses(*verbs):
            if clause.state in (State.STATED, State.HEDGED):
                for item in items(clause.about):
                    if item.thing is not None:
                        found.setdefault(item.thing.name, item.thing)
        return list(found.values())


def view_of(register: Register, paths: Iterable[str], faulty: bool = False) -> View:
    """The view of what these files of the register say."""
    shown = set(paths)
    activities = [thing for thing in register.of_kind("activity") if thing.path in shown]
    header = next(
        (
            thing
            for kind in ("notice", "record")
            for thing in register.of_kind(kind)
            if thing.path in shown and thing.outer is None
        ),
        register.default,
    )
    view = View(register, activities, Words(register.names.vocabulary), header, faulty)
    view.leaves = [thing for thing in activities if not thing.activities]
    view.words.we = _speakers(view)
    view.words.you = _readers(view)
    return view


def _speakers(view: View) -> frozenset[str]:
    """Who says `we`: whom the header is of or by, where that is an organisation; else the one controller."""
    controllers = {thing.name for thing in view.parties("controller")}
    header = view.header
    for joint in ("of", "by") if header is not None else ():
        named = [item.thing for item in items(header.tails.get(joint)) if item.thing] if header else []
        own = [thing.name for thing in named if thing.kind in ("organisation", "organisations")]
        speaking = [name for name in own if name in controllers] or own
        if speaking:
            return frozenset(speaking[:1])
    return frozenset(controllers) if len(controllers) == 1 else frozenset()


def _readers(view: View) -> frozenset[str]:
    """Who is `you`: the one group of people whom the data are about, or nobody where there are several."""
    return frozenset(view.subjects) if len(view.subjects) == 1 else frozenset()
