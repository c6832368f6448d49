"""The model as types, for the checker of rules: which fields a value has, and what they hold.

A type is a base and a detail: a thing and its kinds, a clause and its verb, a value and its slot.
Everything here is derived from the table of clauses.
"""

from __future__ import annotations

from functools import cache

from gdprlint.model.register import DERIVED_FIELDS
from gdprlint.model.table import COMMON_TAILS, DATA_VERBS, DECLARATIONS, PARTIES, SLOTS, VERBS, Slot, field_name, owners
from gdprlint.values import frozen


@frozen
class Type:
    """`base` is thing, clause, value, moment, amount, date or number; `detail` the kinds, the verb or the slot.

    Only functions give words, a term or a truth.
    """

    base: str
    detail: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.base == "thing":
            words = {PARTIES: "party", DECLARED: "declaration"}.get(self.detail, " or ".join(self.detail))
            return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
        if self.base == "clause":
            return f"a `{self.detail[0]}` clause" if self.detail[0] else "a clause"
        if self.base == "value":
            return f"a value of the list `{self.detail[0]}`"
        if self.base == "words":
            return "words"
        return f"{'an' if self.base[0] in 'aeiou' else 'a'} {self.base}"


AMOUNT, DATE, NUMBER = Type("amount"), Type("date"), Type("number")
FLAG = Type("flag")
WORDS, TERM, TRUTH = Type("words"), Type("term"), Type("truth")
ANY_CLAUSE = Type("clause", ("",))  # of whatever verb: only what every clause takes is known of it
DECLARED = tuple(kind for kind in DECLARATIONS if kind not in ("term", "pack"))
# Kinds whose names people choose freely: what a rule asks of such a thing is seldom what it is called.
NAMED = frozenset({"data", "event", "organisation", "organisations", "team", "people", "document"})
KIND_TYPES = {kind: Type("thing", (kind,)) for kind in DECLARATIONS}
KIND_TYPES["organisation"] = Type("thing", ("organisation", "organisations"))
KIND_TYPES["party"] = Type("thing", PARTIES)
KIND_TYPES["declaration"] = Type("thing", DECLARED)


def of_slot(slot: str) -> Type:
    """The type of a value in this slot."""
    if slot == "":
        return FLAG
    if slot == "span":
        return AMOUNT
    if slot == "date":
        return DATE
    if slot == "number":
        return NUMBER
    return Type("value", (slot,))


@cache
def fields(kind: Type) -> dict[str, Type]:
    """The fields of a value of this type."""
    if kind.base == "thing":
        found: dict[str, Type] = {}
        for name in kind.detail:
            found.update(_of_kind(name))
        return found
    if kind.base == "clause":
        return _of_verb(kind.detail[0])
    if kind.base == "amount":
        return {"after": of_slot("moment")}
    if kind.base == "value":
        slot = SLOTS[kind.detail[0]]
        found = {"activity": Type("thing", ("activity",))}
        for name in DECLARATIONS if slot.kinds == ("*",) else slot.kinds:
            found.update(_of_kind(name))
        if "amount" in slot.literals:
            found["after"] = of_slot("moment")
        return found
    return {}


def _of_kind(kind: str) -> dict[str, Type]:
    found = {joint.replace(" ", "-"): of_slot(slot) for joint, slot in DECLARATIONS[kind].items()}
    for verb in VERBS:
        if kind in owners(verb):
            found[field_name(verb)] = found["never-" + field_name(verb)] = Type("clause", (verb,))
    if kind == "data":
        found.update({field_name(verb): Type("clause", (verb,)) for verb in DATA_VERBS})
    found.setdefault("document", Type("thing", ("record", "notice")))
    for name, target in {**DERIVED_FIELDS[""], **DERIVED_FIELDS.get(kind, {})}.items():
        if target in ("activity", "document", "notice", "team"):
            found[name] = Type("thing", (target,))
        elif target == "header":
            found[name] = Type("thing", ("record", "notice"))
        elif target == "clause":
            found[name] = ANY_CLAUSE
        else:
            found[name] = of_slot(target)
    return found


def _of_verb(verb: str) -> dict[str, Type]:
    entry = VERBS.get(verb)
    found = {"activity": Type("thing", ("activity",)), "document": Type("thing", ("record", "notice"))}
    if entry and entry.about:
        found[entry.about] = of_slot(entry.about)
    for joint, slot in (entry.tails if entry else COMMON_TAILS).items():
        found[joint.replace(" ", "-")] = of_slot(slot)
    return found


def about(kind: Type) -> Type:
    """What stands for a value of this type in a test: for a clause, what it is about."""
    if kind.base == "clause":
        entry = VERBS.get(kind.detail[0])
        return of_slot(entry.about) if entry and entry.about else kind
    return kind


def slot_of(kind: Type) -> Slot | None:
    kind = about(kind)
    return SLOTS[kind.detail[0]] if kind.base == "value" else None


def things_of(kind: Type) -> frozenset[str]:
    """The kinds of thing that a value of this type may be."""
    kind = about(kind)
    if kind.base == "thing":
        return frozenset(kind.detail)
    if kind.base == "value":
        kinds = SLOTS[kind.detail[0]].kinds
        return frozenset(DECLARATIONS) if kinds == ("*",) else frozenset(kinds)
    return frozenset(DECLARATIONS) if kind == ANY_CLAUSE else frozenset()


def comparable(kind: Type) -> frozenset[str]:
    """What a value of this type can be compared as: date, amount, number."""
    kind = about(kind)
    if kind.base in ("date", "amount", "number"):
        return frozenset({kind.base})
    if kind.base == "value":
        slot = SLOTS[kind.detail[0]]
        found = {literal for literal in slot.literals if literal in ("date", "amount")}
        if "event" in slot.kinds or "document" in slot.kinds or slot.kinds == ("*",):
            found.add("date")
        return frozenset(found)
    if kind.base == "thing" and set(kind.detail) & {"event", "document", "record", "notice"}:
        return frozenset({"date"})
    return frozenset()
