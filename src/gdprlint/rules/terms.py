"""Whether a value is what a term, a kind of thing or a provision names.

Many rules ask the same values for one term after another, so what a value may be at all is found out once.
"""

from __future__ import annotations

from typing import Any

from gdprlint.model.provisions import Provision
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.rules.logic import any_atom, open_list, undecided
from gdprlint.rules.reach import atoms, unknown
from gdprlint.rules.rule import Context
from gdprlint.rules.truth import CANNOT_TELL, NOT_APPLICABLE, Truth, Value

MOST_STEPS = 5  # things that are what other things are; more is a circle
KINDS = ("organisation", "team", "people", "data", "event", "document", "activity", "record", "notice")
NO_TERM = "no term is this"


def is_term(ctx: Context, value: Value, key: str, possibly: bool = False, list_test: bool = False) -> Truth:
    """`is TERM`, `is possibly TERM`, and `contains TERM` where `list_test`."""
    if type(value) is Values:
        if not value.members:
            return undecided(ctx, value)
        if not value.whole:
            memo = value.memo
            asked = (key, possibly, list_test, ctx.silence)
            if memo is None:
                memo = value.memo = {}
            elif asked in memo:
                return memo[asked]
            memo[asked] = truth = _some_is(ctx, value, key, possibly, list_test)
            return truth
    return _some_is(ctx, value, key, possibly, list_test)


def _some_is(ctx: Context, value: Value, key: str, possibly: bool, list_test: bool) -> Truth:
    found = atoms(value)
    if len(found) != 1:
        return any_atom(ctx, value, lambda atom: atom_is(ctx, atom, key, possibly, 0), list_test)
    truth = atom_is(ctx, found[0], key, possibly, 0)
    if truth is not True and type(value) is Values and open_list(ctx, value, list_test):
        return CANNOT_TELL
    return truth


def atom_is(ctx: Context, atom: Any, key: str, possibly: bool, depth: int) -> Truth:
    if type(atom) is Item:
        truth = _item_is(ctx, atom, key, possibly, depth)
        if truth is True and atom.adverb == "possibly" and not possibly:
            return CANNOT_TELL
        return truth
    if isinstance(atom, Clause):
        return is_term(ctx, atom, key, possibly)
    if isinstance(atom, Thing):
        return _thing_is(ctx, atom, key, possibly, depth)
    return NOT_APPLICABLE


def _item_is(ctx: Context, item: Item, key: str, possibly: bool, depth: int) -> Truth:
    if item.thing is not None:
        return _thing_is(ctx, item.thing, key, possibly, depth)
    word = item.value
    vocabulary = ctx.register.names.vocabulary
    if item.kind == "word" and word in vocabulary.terms:
        return key_is(ctx, word, key, possibly)  # type: ignore[arg-type]
    if unknown(ctx, item):
        return CANNOT_TELL
    if isinstance(word, Provision):
        found = vocabulary.of_provision(word, item.slot.roots if item.slot else ())
        word = found or word.law  # a section of an Act is that Act where nothing narrower is known
    if not isinstance(word, str):
        return NOT_APPLICABLE
    return key_is(ctx, word, key, possibly)


def key_is(ctx: Context, word: str, key: str, possibly: bool) -> Truth:
    sure, maybe = ctx.register.names.vocabulary.ancestors(word, ctx.day)
    if key in sure:
        return True
    if key in maybe:
        return True if possibly else CANNOT_TELL
    return False


def _thing_is(ctx: Context, thing: Thing, key: str, possibly: bool, depth: int) -> Truth:
    if key in KINDS:
        return thing.kind == key or (key == "organisation" and thing.kind == "organisations")
    if key == "party":
        return thing.kind in ("organisation", "organisations", "team", "people")
    if depth > MOST_STEPS:
        return CANNOT_TELL
    if depth:
        return _declared_is(ctx, thing, key, possibly, depth)
    asked = (key, possibly, ctx.day)
    if asked not in thing.memo:
        thing.memo[asked] = _declared_is(ctx, thing, key, possibly, depth)
    return thing.memo[asked]


def _declared_is(ctx: Context, thing: Thing, key: str, possibly: bool, depth: int) -> Truth:
    listed = thing.tails.get("is")
    truths: list[Truth] = []
    if listed is not None:
        truths += [atom_is(ctx, item, key, possibly, depth + 1) for item in listed.members]
    including = thing.tails.get("including")
    if including is not None:
        truths += [atom_is(ctx, item, key, possibly, depth + 1) for item in including.members]
    states = thing.tails.get("as")
    if states is not None:
        truths += [atom_is(ctx, item, key, possibly, depth) for item in states.members if item.kind != "quote"]  # type: ignore[union-attr]
    if any(truth is True for truth in truths):
        return True
    if any(truth is CANNOT_TELL for truth in truths):
        return CANNOT_TELL
    return False if truths else NOT_APPLICABLE


def is_provision(ctx: Context, value: Value, provision: Provision, list_test: bool = False) -> Truth:
    def test(atom: Any) -> Truth:
        if isinstance(atom, Item):
            if isinstance(atom.value, Provision):
                return provision.contains(atom.value)
            if atom.kind == "word" and isinstance(atom.value, str):
                term = ctx.register.names.vocabulary.terms.get(atom.value)
                return any(provision.contains(laid_down) for laid_down in term.provisions) if term else False
            if atom.kind == "quote":
                return CANNOT_TELL
        return False

    return any_atom(ctx, value, test, list_test)


def may_be(ctx: Context, value: Item | Clause | Thing) -> tuple[frozenset[str], bool]:
    """The terms that a single value may be, and whether it surely is none of all the others.

    Asked for once where many rules ask whether a value is one term or another. Kinds of thing are no terms.
    """
    if type(value) is not Clause:
        return _atom_may_be(ctx, value)
    members = value.about.members
    if len(members) == 1:
        return _atom_may_be(ctx, members[0])
    memo = value.about.memo
    if memo is None:
        memo = value.about.memo = {}
    known: Any = memo.get("may be")
    if known is None:
        found = [_atom_may_be(ctx, atom) for atom in members]
        keys = frozenset().union(*[its for its, _ in found])
        known = memo["may be"] = (keys, bool(found) and all(none_else for _, none_else in found))
    return known  # type: ignore[no-any-return]


def some_clause_may_be(ctx: Context, activity: Thing) -> tuple[frozenset[str], bool, list[Clause]]:
    """The terms that clauses which hold for an activity may be, and whether each surely is none of all the others.

    Beside them, the clauses of which that cannot be told by what they are about.
    """
    asked = ("some clause", ctx.day)
    memo: Any = activity.memo
    if asked not in memo:
        found: set[str] = set()
        others: list[Clause] = []
        sure = True
        for listed in activity.clauses.values():
            for clause in listed:
                if clause.about.members:
                    keys, none_else = may_be(ctx, clause)
                    found |= keys
                    sure = sure and none_else
                else:
                    none_else = False
                    sure = sure and undecided(ctx, clause) is NOT_APPLICABLE
                if not none_else:
                    others.append(clause)
        outer = activity.outer
        if outer is not None and outer.kind == "activity":
            keys, none_else, unknown = some_clause_may_be(ctx, outer)
            found |= keys
            sure = sure and none_else
            others += unknown
        memo[asked] = (frozenset(found), sure, others)
    known: tuple[frozenset[str], bool, list[Clause]] = memo[asked]
    return known


def _atom_may_be(ctx: Context, atom: Any) -> tuple[frozenset[str], bool]:
    known: Any
    thing = atom
    if type(atom) is Item:
        thing = atom.thing
        if thing is None:
            if atom.kind != "word":
                return _word_may_be(ctx, atom)
            may_be = ctx.register.names.may_be
            known = may_be.get((atom.value, ctx.day))
            if known is None:
                known = may_be[atom.value, ctx.day] = _word_may_be(ctx, atom)
            return known  # type: ignore[no-any-return]
    if type(thing) is not Thing:
        return frozenset(), False
    asked = ("may be", ctx.day)
    known = thing.memo.get(asked)
    if known is None:
        none_else = _declared_is(ctx, thing, NO_TERM, False, 0) is False
        known = thing.memo[asked] = (_declared_may_be(ctx, thing), none_else)
    return known  # type: ignore[no-any-return]


def _word_may_be(ctx: Context, item: Item) -> tuple[frozenset[str], bool]:
    word = item.value
    vocabulary = ctx.register.names.vocabulary
    if item.kind == "word" and word in vocabulary.terms:
        return vocabulary.may_be(word, ctx.day), True  # type: ignore[arg-type]
    if isinstance(word, Provision):
        word = vocabulary.of_provision(word, item.slot.roots if item.slot else ()) or word.law
    if not isinstance(word, str):
        return frozenset(), False
    return vocabulary.may_be(word, ctx.day), not unknown(ctx, item)


def _declared_may_be(ctx: Context, thing: Thing) -> frozenset[str]:
    """The terms that a declaration leads to, through as many declarations as a test goes."""
    found: set[str] = set()
    met = {id(thing)}
    pending = [thing]
    for _ in range(MOST_STEPS + 1):
        lists = [here.tails[joint] for here in pending for joint in ("is", "including", "as") if joint in here.tails]
        pending = []
        for item in [item for values in lists for item in values.members]:
            if type(item) is not Item:
                continue
            if item.thing is None:
                found |= _word_may_be(ctx, item)[0]
            elif id(item.thing) not in met:
                met.add(id(item.thing))
                pending.append(item.thing)
    return frozenset(found)


def narrowed(ctx: Context, value: Values, keys: frozenset[str], activity: Thing | None = None) -> list[Any]:
    """The members of a list that may be one of these terms, or of which that cannot be told.

    Where the list is that of all clauses which hold for an `activity`, what these may be is known for many rules.
    """
    if activity is not None:
        all_keys, _, others = some_clause_may_be(ctx, activity)
        if all_keys.isdisjoint(keys):
            return others
    memo = value.memo
    if memo is None:
        memo = value.memo = {}
    known: Any = memo.get("narrowed")
    if known is None:
        rows = [(member, *may_be(ctx, member)) for member in value.members]
        all_keys = frozenset().union(*[row[1] for row in rows])
        known = memo["narrowed"] = (rows, all_keys, [row[0] for row in rows if not row[2]])
    rows, all_keys, others = known
    if all_keys.isdisjoint(keys):
        return others  # type: ignore[no-any-return]
    return [member for member, its, none_else in rows if not none_else or not keys.isdisjoint(its)]
