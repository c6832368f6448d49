"""Whether one value may be meant by another: a class for its members, a broader term for a narrower one.

A notice speaks more broadly than a record: `contact details` for a name and an email address, `service providers` for
one that is named. Own words may mean anything, so that nothing is ever missing beside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from gdprlint.comparing.senses import Meaning, same
from gdprlint.model.states import State
from gdprlint.model.things import Item, Thing

SAID = (State.STATED, State.HEDGED)
BODIES = ("organisation", "organisations", "team")
EVERYTHING = ("all-data", "personal-data", "everyone", "worldwide", "any-other-organisation", "other-organisations")
SERVICES = "service-provider"
# What is meant by a term in a notice besides what lies within it: contact details have a name to them.
MEANT_TOO = {"contact-details": ("name",), "personal-details": ("name", "contact-details")}
MOST_STEPS = 500  # things that a value is looked up through


@frozen
class Held:
    """All that a value is: things by their head, terms by their key. `open` where it may be more than that."""

    heads: frozenset[object] = frozenset()
    terms: frozenset[str] = frozenset()
    open: bool = False
    body: bool = False


@define(eq=False)
class Covering:
    """What values of two sides cover; `meaning` knows the things of both."""

    meaning: Meaning
    _held: dict[object, Held] = field(factory=dict)
    _covers: dict[tuple[object, object], bool] = field(factory=dict)

    def held(self, item: Item) -> Held:
        key = self.meaning.of(item)
        known = self._held.get(key)
        if known is None:
            known = self._held[key] = self._gathered(item)
        return known

    def _gathered(self, item: Item) -> Held:
        heads: set[object] = set()
        terms: set[str] = set()
        is_open = False
        pending = [item]
        body = False
        while pending:
            here = pending.pop()
            head = self.meaning.of(here).head
            if head in heads or here.state not in SAID:
                continue
            thing = self._thing(here, head)
            if thing is not None:
                heads.add(head)
                body = body or thing.kind in BODIES
                parts = parts_of(thing)
                is_open = is_open or (thing.kind == "data" and thing.path in self.meaning.heard)
                is_open = is_open or len(heads) > MOST_STEPS or (not parts and thing.kind in ("data", "organisations"))
                pending.extend(parts if len(heads) <= MOST_STEPS else ())
            elif head[0] == "term":
                terms.add(str(head[1]))
                is_open = is_open or head[1] not in self.meaning.vocabulary.terms  # a word that means nothing
            else:
                is_open = is_open or here.kind in ("quote", "word")
            is_open = is_open or here.adverb == "possibly"
        return Held(frozenset(heads), frozenset(terms), is_open, body)

    def _thing(self, item: Item, head: tuple[object, ...]) -> Thing | None:
        if item.thing is not None or head[0] != "thing":
            return item.thing
        return next((t for t in self.meaning.titles.values() if self.meaning.ident(t) == head[1]), None)

    def covers(self, broad: Item, narrow: Item) -> bool:
        """Whether the one value surely says all that the other says."""
        key = self.meaning.of(broad), self.meaning.of(narrow)
        if key not in self._covers:
            self._covers[key] = self._is_covered(broad, narrow)
        return self._covers[key]

    def _is_covered(self, broad: Item, narrow: Item) -> bool:
        one, two = self.held(broad), self.held(narrow)
        if self.meaning.of(narrow).head in one.heads:
            return True
        if self.meaning.of(broad).head == self.meaning.of(narrow).head:
            return True
        if one.terms & set(EVERYTHING):
            return True
        if two.open or not two.terms:
            return False
        if two.body:
            return any(self._is_a(term, one.terms) for term in two.terms) and not one.body
        return all(self._is_a(term, one.terms) for term in two.terms)

    def _is_a(self, term: str, roots: Iterable[str]) -> bool:
        is_a = self.meaning.vocabulary.is_a
        return any(is_a(term, one) for root in roots for one in (root, *MEANT_TOO.get(root, ())))

    def known(self, items: Iterable[Item]) -> Known:
        """Everything that some values may mean together."""
        heads: set[object] = set()
        terms: set[str] = set()
        kinds: set[str] = set()
        is_open = False
        for item in items:
            held = self.held(item)
            heads |= held.heads
            if item.thing is None or item.thing.kind == "organisations":
                kinds |= held.terms
            terms |= held.terms
            is_open = is_open or held.open
        return Known(self, frozenset(heads), frozenset(terms), frozenset(kinds), is_open)

    def met(self, item: Item, others: Iterable[Item]) -> bool:
        return self.known(others).may_mean(item)

    def related(self, one: Item, two: Item) -> bool:
        """Whether one of two values may lie within the other, whichever."""
        if same(self.meaning.of(one), self.meaning.of(two), one, two) is None:
            return True
        return self.known((one,)).may_mean(two) or self.known((two,)).may_mean(one)


@frozen
class Known:
    """What some values may mean together; `kinds` are the terms that stand for whoever is of that kind."""

    covering: Covering
    heads: frozenset[object]
    terms: frozenset[str]
    kinds: frozenset[str]
    open: bool

    def may_mean(self, item: Item) -> bool:
        """Whether the value may be among them; what cannot be told counts as yes."""
        held = self.covering.held(item)
        if self.open or held.open or held.heads & self.heads or (self.kinds | held.terms) & set(EVERYTHING):
            return True
        vocabulary = self.covering.meaning.vocabulary
        if held.body:
            bodies = (kind for kind in self.kinds if vocabulary.is_a(kind, "status"))
            return any(not self._is_no_such_service(held.terms, kind) for kind in bodies)
        for term in held.terms:
            sure, maybe = vocabulary.ancestors(term)
            if (sure | maybe) & self.terms:
                return True
        for term in self.terms:
            sure, maybe = vocabulary.ancestors(term)
            if (sure | maybe) & held.terms:
                return True
        return not held.terms and not held.heads

    def _is_no_such_service(self, terms: frozenset[str], kind: str) -> bool:
        """Whether a body that does one service cannot be meant by the name of another service."""
        is_a = self.covering.meaning.vocabulary.is_a
        if kind == SERVICES or not is_a(kind, SERVICES):
            return False
        services = [term for term in terms if term != SERVICES and is_a(term, SERVICES)]
        return bool(services) and not any(is_a(one, kind) or is_a(kind, one) for one in services)


def parts_of(thing: Thing) -> list[Item]:
    """What a thing is declared to be and to include; a team is also of its organisation."""
    joints = ("is", "including", "of") if thing.kind == "team" else ("is", "including")
    return listed(thing, *joints)


def listed(thing: Thing, *joints: str) -> list[Item]:
    found = [thing.tails.get(joint) for joint in joints]
    return [item for values in found if values is not None for item in values.members if isinstance(item, Item)]
