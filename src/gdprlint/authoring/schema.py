"""The model as an author of rules sees it: things, clauses and values with their fields, and a line on each.

All of it is computed from the tables by which rules are checked. What is shown here is what a rule may ask, and the
other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from gdprlint.model import meanings
from gdprlint.model.register import DERIVED_FIELDS
from gdprlint.model.table import COMMON_TAILS, DECLARATIONS, PARTIES, SLOTS, VERB_OF_FIELD, VERBS, Slot, owners
from gdprlint.options import WrongUse
from gdprlint.rules import types
from gdprlint.rules.closures import LIST_TESTS
from gdprlint.rules.expressions import FUNCTIONS
from gdprlint.rules.functions import Function
from gdprlint.rules.rule import STATE_WORDS
from gdprlint.rules.types import Type
from gdprlint.text import nearest_name, visible

IN_PACKS = ("term", "pack", "cue", "wording")  # declared in packs, where rules do not look
_GROUPS = {
    "party": "a body, a team or a group of people: whatever can act",
    "declaration": "anything that a record declares",
}
_BASES = {
    "amount": "an amount of time, such as `24 months`",
    "date": "a day, such as `2026-06-19`",
    "number": "a number",
    "flag": "words that stand there or do not",
}


@frozen
class Field:
    """A field of a value: `of` is what it comes from (clauses, word, derived, about, place), `type` what it holds."""

    name: str
    of: str
    type: str
    says: str


@frozen
class Entry:
    """A thing, a clause or a value: what it is, where it stands or what may stand there, and its fields."""

    what: str
    name: str
    says: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    fields: tuple[Field, ...]


@frozen
class Words:
    """What may stand in an expression beside paths and terms."""

    states: tuple[str, ...]
    tests: tuple[str, ...]
    functions: tuple[str, ...]


def words(functions: Mapping[str, Function]) -> Words:
    """The words of the language, and its functions with those that plugins bring."""
    signatures = [f"{name}({', '.join(takes)}) -> date" for name, takes in FUNCTIONS.items()]
    signatures += [f"{one.name}({', '.join(one.takes)}) -> {one.gives}" for _, one in sorted(functions.items())]
    return Words(tuple(STATE_WORDS), tuple(LIST_TESTS), tuple(signatures))


def entries(packs: bool = True) -> list[Entry]:
    """Everything there is: things, clauses, values. Without `packs`, only what a record can hold."""
    left_out = () if packs else IN_PACKS
    found = [_thing(name) for name in types.KIND_TYPES if name not in left_out]
    found += [_clause(verb) for verb in VERBS if not set(owners(verb)) <= set(left_out)]
    found += [_value(slot) for slot in SLOTS.values() if types.of_slot(slot.name).base == "value"]
    found += [Entry("value", base, says, (), tuple(_fields(Type(base)))) for base, says in _BASES.items()]
    return found


def find(word: str) -> list[Entry]:
    """What is called so: a thing, a clause, a type of values; or where a path such as `activity.keeps.for` leads to."""
    plain = "-".join(word.split()).lower()
    if "." in plain:
        return [_at(plain)]
    found = [entry for entry in entries() if entry.name.replace(" ", "-") == plain]
    if found:
        return found
    near = nearest_name(plain, {entry.name.replace(" ", "-") for entry in entries()})
    hint = f"did you mean `{near}`?" if near else "`gdprlint schema` lists what it has"
    raise WrongUse(f"the model has no `{visible(word)}`; {hint}")


def _at(path: str) -> Entry:
    """What stands at the end of a path."""
    first, *rest = path.split(".")
    kind = types.KIND_TYPES.get(first) or (Type("clause", (VERB_OF_FIELD[first],)) if first in VERB_OF_FIELD else None)
    if kind is None:
        near = nearest_name(first, [*types.KIND_TYPES, *VERB_OF_FIELD])
        raise WrongUse(f"`{first}` is no kind of thing and no clause" + (f"; did you mean `{near}`?" if near else ""))
    for name in rest:
        known = types.fields(kind)
        if name not in known:
            near = nearest_name(name, known)
            raise WrongUse(f"{kind} has no field `{name}`" + (f"; did you mean `{near}`?" if near else ""))
        kind = known[name]
    found = _of_type(kind)
    return Entry(found.what, path, f"{_named(kind)}: {found.says}", found.facts, found.fields)


def _of_type(kind: Type) -> Entry:
    match kind.base:
        case "thing" if len(kind.detail) == 1:
            return _thing(kind.detail[0])
        case "thing":
            says = "; ".join(meanings.DECLARATIONS[name] for name in kind.detail)
            return Entry("thing", _named(kind), says, (), tuple(_fields(kind)))
        case "clause" if kind.detail[0]:
            return _clause(kind.detail[0])
        case "value":
            return _value(SLOTS[kind.detail[0]])
        case "clause":
            return Entry("clause", "clause", "a clause of any verb", (), tuple(_fields(kind)))
    return Entry("value", kind.base, _BASES[kind.base], (), tuple(_fields(kind)))


def _thing(name: str) -> Entry:
    kind = types.KIND_TYPES[name]
    says = meanings.DECLARATIONS.get(name) or _GROUPS[name]
    facts = () if kind.detail == (name,) else (("holds", kind.detail),)
    return Entry("thing", name, says, facts, tuple(_fields(kind)))


def _clause(verb: str) -> Entry:
    entry = VERBS[verb]
    about = () if entry.about is None else (entry.about, *(("may be left out",) if entry.optional else ()))
    facts = (("stands in", owners(verb)), ("is about", about))
    kind = Type("clause", (verb,))
    return Entry("clause", verb, meanings.VERBS[verb], _filled(facts), tuple(_fields(kind)))


def _value(slot: Slot) -> Entry:
    facts = (
        ("a name of", ("anything",) if slot.kinds == ("*",) else slot.kinds),
        ("a term of", ("anything",) if slot.roots == ("*",) else slot.roots),
        ("or", _literals(slot)),
        ("own words", ("yes" if slot.open else "no",)),
    )
    return Entry(
        "value", slot.name, meanings.SLOTS[slot.name], _filled(facts), tuple(_fields(Type("value", (slot.name,))))
    )


def _literals(slot: Slot) -> tuple[str, ...]:
    return ("number",) if slot.name == "number" else slot.literals


def _filled(facts: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(fact for fact in facts if fact[1])


def _fields(kind: Type) -> Iterator[Field]:
    """The fields in the order in which people look for them: derived and joining words before clauses."""
    known = types.fields(kind)
    found = [Field(name, *_told(kind, name, held)) for name, held in known.items() if not name.startswith("never-")]
    order = ("about", "word", "derived", "place", "clauses")
    return iter(sorted(found, key=lambda one: order.index(one.of)))


def _told(kind: Type, name: str, held: Type) -> tuple[str, str, str]:
    """What a field comes from, what it holds and what it is."""
    if kind.base == "clause":
        return _of_clause(kind.detail[0], name, held)
    for thing in kind.detail if kind.base == "thing" else _kinds_in(kind):
        derived = {**meanings.DERIVED[""], **meanings.DERIVED.get(thing, {})}
        if name in DERIVED_FIELDS.get(thing, {}) or name in DERIVED_FIELDS[""] or name == "document":
            return "derived", _named(held), derived[name]
        if name in {joint.replace(" ", "-") for joint in DECLARATIONS[thing]}:
            return "word", _named(held), _behind(name, held)
    if held.base == "clause":
        return "clauses", _named(held), meanings.VERBS[held.detail[0]]
    if name == "after":
        return "word", _named(held), "what an amount is counted from"
    return "place", _named(held), f"the {name} that it stands in"


def _kinds_in(kind: Type) -> tuple[str, ...]:
    if kind.base != "value":
        return ()
    kinds = SLOTS[kind.detail[0]].kinds
    return tuple(DECLARATIONS) if kinds == ("*",) else kinds


def _of_clause(verb: str, name: str, held: Type) -> tuple[str, str, str]:
    entry = VERBS.get(verb)
    if name in ("activity", "document"):
        return (
            "place",
            _named(held),
            f"the {'activity' if name == 'activity' else 'record or notice'} that it stands in",
        )
    if entry is not None and name == entry.about and name not in entry.tails:
        return "about", _named(held), f"what it is about: {meanings.SLOTS[entry.about]}"
    return "word", _named(held), _behind(name, held)


def _behind(name: str, held: Type) -> str:
    """What stands behind a joining word."""
    joint = name.replace("-", " ")
    if held == types.FLAG:
        return f"whether `{joint}` stands there"
    says = meanings.SLOTS[held.detail[0]] if held.base == "value" else _BASES[held.base]
    return f"behind `{joint}`: {says}"


def _named(kind: Type) -> str:
    """A type as a table names it."""
    if kind.base == "clause":
        return f"{kind.detail[0]} clauses" if kind.detail[0] else "clauses"
    if kind.base == "value":
        return kind.detail[0]
    if kind.base == "thing":
        return {PARTIES: "party", types.DECLARED: "declaration"}.get(kind.detail, " or ".join(kind.detail))
    return kind.base


COMMON = tuple(joint.replace(" ", "-") for joint in COMMON_TAILS)
