"""What a value means, so that it can be held against a value of another register.

A sense can be hashed: equal senses mean the same whatever their wording. Where senses differ, `same` tells whether
they mean different things or whether that cannot be told: months against days, and one's own words against others.
This module knows values; clauses and activities are not its business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date

from attrs import Factory, define, field, frozen

from gdprlint.model import amounts
from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import Provision
from gdprlint.model.states import State
from gdprlint.model.things import Item, Thing, Values
from gdprlint.model.vocabulary import Vocabulary

_NOT_LETTERS = re.compile(r"[^\w@.+]+", re.UNICODE)
_FORMS = re.compile(r"\b(?:ltd|limited|plc|llp|inc|incorporated|the|company|co|gmbh)\b\.?")
_QUOTED_APART = ("channel",)  # own words behind such a term are an address: other words are another address


@frozen(cache_hash=True)
class Sense:
    """What one value means. `head` says what it is, `detail` holds own words beside a term, `state` how it is said."""

    head: tuple[object, ...]
    detail: str = ""
    state: State = State.STATED

    @property
    def in_words(self) -> bool:
        return self.head[0] == "words"


@frozen
class Said:
    """A list of values and what it claims: its senses with the items that have them, in order."""

    items: Mapping[Sense, Item] = field(eq=False)
    only: bool = False
    either: bool = False
    senses: frozenset[Sense] = Factory(lambda self: frozenset(self.items), takes_self=True)


@define(eq=False)
class Meaning:
    """The senses of the values of one side. `idents` tells which of its things are things of the other side, too.

    Equal lists are one and the same in `shared`, so that long ones are held against each other once. Things with one
    of the paths in `heard` were read in prose: which data these are, nobody knows exactly.
    """

    vocabulary: Vocabulary
    idents: Mapping[int, object]
    titles: Mapping[str, Thing]
    shared: dict[frozenset[Sense], frozenset[Sense]] = field(factory=dict, repr=False)
    heard: frozenset[str] = frozenset()
    _known: dict[int, Sense] = field(factory=dict, repr=False)

    def of(self, item: Item) -> Sense:
        known = self._known.get(id(item))
        if known is None:
            known = self._known[id(item)] = Sense(self._head(item), self._detail(item), item.state)
        return known

    def said(self, values: Values) -> Said:
        items = [item for item in (*values.members, *values.denied) if isinstance(item, Item)]
        found: dict[Sense, Item] = {}
        for item in items:
            found.setdefault(self.of(item), item)
        senses = frozenset(found)
        return Said(found, values.only, values.either and len(found) > 1, self.shared.setdefault(senses, senses))

    def ident(self, thing: Thing) -> object:
        """What the thing is on both sides; one that only this side has is known by its own name."""
        return self.idents.get(id(thing), (thing.kind, thing.name))

    def _detail(self, item: Item) -> str:
        return folded(item.quote) if item.quote and item.kind != "quote" else ""

    def _head(self, item: Item) -> tuple[object, ...]:
        if item.kind in ("none", "blank"):
            return (item.kind,)
        if item.thing is not None:
            return "thing", self.ident(item.thing)
        value = item.value
        if isinstance(value, Amount):
            after = self.of(item.after).head if item.after is not None else None
            return "amount", value, item.bound, after
        if isinstance(value, date):
            return "date", value.isoformat()
        if isinstance(value, Provision):
            return self._provision(value, item)
        if item.kind == "quote":
            return self._words(item)
        return "term", self.vocabulary.canonical(str(value)) or str(value)

    def _provision(self, provision: Provision, item: Item) -> tuple[object, ...]:
        if provision.law == "eu-gdpr" and not (item.slot is not None and item.slot.name == "term"):
            provision = Provision("uk-gdpr", provision.parts)  # the same article; which law is cited is said by `cites`
        key = self.vocabulary.of_provision(provision, item.slot.roots) if item.slot and item.slot.roots else None
        term = self.vocabulary.terms.get(key) if key else None
        if term is not None and key is not None and str(provision) in term.under and key != str(provision):
            return "term", key
        return "provision", provision

    def _words(self, item: Item) -> tuple[object, ...]:
        words = folded(item.quote or "")
        slot = item.slot
        thing = self.titles.get(named(item.quote or ""))
        if thing is not None and slot is not None and (slot.kinds == ("*",) or thing.kind in slot.kinds):
            return "thing", self.ident(thing)
        key = self.vocabulary.canonical(item.quote or "")
        if key is not None and slot is not None and any(self.vocabulary.is_a(key, root) for root in slot.roots):
            return "term", key
        return "words", words


def folded(text: str) -> str:
    """Own words in one spelling: case, dashes, quotation marks and spaces do not count."""
    return " ".join(_NOT_LETTERS.sub(" ", text.casefold().replace("\u2019", "'")).split())


def named(text: str) -> str:
    """The name of a body in one spelling, without `the` and the form of a company."""
    plain = folded(text)
    return " ".join(_FORMS.sub(" ", plain).split()) or plain


def same(one: Sense, two: Sense, a: Item, b: Item) -> bool | None:
    """Whether two values mean the same; None where that cannot be told. How they are said does not count here."""
    if one.head == two.head:
        if one.detail == two.detail:
            return True
        if a.slot is not None and a.slot.name in _QUOTED_APART:
            return False
        return None if one.detail and two.detail else False
    kinds = {str(one.head[0]), str(two.head[0])}
    if kinds & {"none", "blank"}:
        return False
    if kinds == {"amount"}:
        return _same_amounts(one, two, a, b)
    if "words" in kinds:
        if a.slot is not None and a.slot.name in (*_QUOTED_APART, "place"):
            return False
        return None
    if kinds == {"thing", "date"}:
        days = _day(a), _day(b)
        return None if None in days else days[0] == days[1]
    return False


def _same_amounts(one: Sense, two: Sense, a: Item, b: Item) -> bool | None:
    x, y = one.head[1], two.head[1]
    assert isinstance(x, Amount)
    assert isinstance(y, Amount)
    order = amounts.compare(x, y)
    if order is None:
        return None
    if order != 0 or one.head[2] != two.head[2]:
        return False
    if a.after is None or b.after is None:
        return False
    return None if "words" in {_kind(one.head[3]), _kind(two.head[3])} else False


def _kind(head: object) -> object:
    return head[0] if isinstance(head, tuple) else None


def _day(item: Item) -> date | None:
    """The day that a value is: a date, or that on which an event falls."""
    if isinstance(item.value, date):
        return item.value
    on = item.thing.tails.get("on") if item.thing is not None else None
    first = on.members[0] if on is not None and len(on.members) == 1 else None
    return first.value if isinstance(first, Item) and isinstance(first.value, date) else None


@frozen
class Parted:
    """Two lists held against each other: what only one of them says, what is said otherwise, what cannot be told."""

    gone: tuple[Item, ...]
    come: tuple[Item, ...]
    restated: tuple[tuple[Item, Item], ...]
    unclear: tuple[tuple[Item, Item], ...]


def parted(old: Said | None, new: Said | None) -> Parted:
    """How two lists differ. Values that mean the same are passed over, however they are worded or ordered."""
    before = dict(old.items) if old else {}
    after = dict(new.items) if new else {}
    left = {sense: item for sense, item in before.items() if sense not in after}
    right = {sense: item for sense, item in after.items() if sense not in before}
    if not left and not right:
        return Parted((), (), (), ())
    restated = _paired_by(left, right, lambda sense: (sense.head, sense.detail))
    unclear = []
    for sense, item in list(left.items())[:MOST]:
        for other, their in list(right.items())[:MOST]:
            if same(sense, other, item, their) is None:
                unclear.append((item, their))
                del left[sense], right[other]
                break
    return Parted(tuple(left.values()), tuple(right.values()), tuple(restated), tuple(unclear))


MOST = 50  # values of a list that are held against each of the other's: beyond, only equal ones are found


def _paired_by(
    left: dict[Sense, Item], right: dict[Sense, Item], key: Callable[[Sense], Hashable]
) -> list[tuple[Item, Item]]:
    """Values that say the same with another adverb; they are taken out of both."""
    theirs = {key(sense): sense for sense in right}
    found = []
    for sense in list(left):
        other = theirs.pop(key(sense), None)
        if other is not None:
            found.append((left.pop(sense), right.pop(other)))
    return found
