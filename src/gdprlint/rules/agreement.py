"""Whether two values are the same, agree with each other, or which of them is the greater."""

from __future__ import annotations

from datetime import date
from typing import Any

from gdprlint.model import amounts
from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import Provision
from gdprlint.model.states import State
from gdprlint.model.table import ENDS
from gdprlint.model.things import SILENCE, Clause, Item, Thing, Values
from gdprlint.rules.logic import any_atom, open_list, silent, undecided
from gdprlint.rules.reach import atoms, state_of, unknown
from gdprlint.rules.rule import Context
from gdprlint.rules.terms import atom_is, key_is
from gdprlint.rules.truth import CANNOT_TELL, NOT_APPLICABLE, Truth, Value, both, either, negated

LIMITS = frozenset(["when", "unless", "while"])


def is_same(ctx: Context, value: Value, other: Value, list_test: bool = False) -> Truth:
    """`is PATH`, `is in PATH`, `contains PATH`: some value of the one is a value of the other."""
    theirs = atoms(other)
    if not theirs:
        if state_of(other) in (State.DEFERRED, State.CANNOT_TELL):
            return CANNOT_TELL
        return CANNOT_TELL if state_of(other) is State.SILENT and silent(ctx, other) is CANNOT_TELL else False
    thing = value.thing if type(value) is Item else value if type(value) is Thing else None
    if thing is not None:
        for their in theirs:
            if their is thing or (type(their) is Item and their.thing is thing):
                return True

    def test(atom: Any) -> Truth:
        return either(_same_atoms(ctx, atom, their) for their in theirs)

    truth = any_atom(ctx, value, test, False)
    if truth is False and isinstance(other, Values) and open_list(ctx, other, list_test):
        return CANNOT_TELL
    return truth


def _same_atoms(ctx: Context, one: Any, two: Any) -> Truth:
    if isinstance(one, Clause) or isinstance(two, Clause):
        return one is two
    first = one.thing if isinstance(one, Item) and one.thing is not None else one
    second = two.thing if isinstance(two, Item) and two.thing is not None else two
    if isinstance(first, Thing) or isinstance(second, Thing):
        if isinstance(first, Thing) and isinstance(second, Thing):
            return first is second or _included(first, second)
        other = second if isinstance(first, Thing) else first
        return CANNOT_TELL if isinstance(other, Item) and unknown(ctx, other) else False
    a = first.value if isinstance(first, Item) else first
    b = second.value if isinstance(second, Item) else second
    if (isinstance(first, Item) and first.kind == "quote") or (isinstance(second, Item) and second.kind == "quote"):
        quotes = [i.quote for i in (first, second) if isinstance(i, Item)]
        return True if len(quotes) == 2 and quotes[0] and quotes[0] == quotes[1] else CANNOT_TELL
    if isinstance(a, Provision) and isinstance(b, Provision):
        return a.contains(b) or b.contains(a)
    if isinstance(a, str) and isinstance(b, str) and a != b:
        return key_is(ctx, a, b, False) is True  # the narrower term lies in the wider one
    return bool(a == b)


def _included(one: Thing, two: Thing) -> bool:
    """A member of a class of organisations or people is meant where the class is named."""
    listed = two.tails.get("including")
    return listed is not None and any(isinstance(item, Item) and item.thing is one for item in listed.members)


def agrees(ctx: Context, value: Value, other: Value) -> Truth:
    """The model's own comparison: whether two statements can both be true.

    24 months and two years agree. A statement limited by `when`, `unless` or `while` disagrees with none, nor does one
    that is hedged, about other people, or about the data in another state. A denial disagrees with what lies within it.
    """
    if type(value) is Clause and type(other) is Clause:
        if value.verb != other.verb:
            return True
        return _clauses_agree(ctx, value, other)
    mine, theirs = atoms(value), atoms(other)
    if not mine:
        return undecided(ctx, value)
    if not theirs:
        return undecided(ctx, other)
    return either(_atoms_agree(ctx, a, b) for a in mine for b in theirs)


def _atoms_agree(ctx: Context, one: Any, two: Any) -> Truth:
    a = one.value if isinstance(one, Item) else one
    b = two.value if isinstance(two, Item) else two
    if isinstance(a, Amount) and isinstance(b, Amount):
        bounds = [item.bound if isinstance(item, Item) else None for item in (one, two)]
        found = amounts.agrees(a, bounds[0], b, bounds[1])  # type: ignore[arg-type]
        if found is None:
            return CANNOT_TELL
        if found and isinstance(one, Item) and isinstance(two, Item) and one.after and two.after:
            return _same_atoms(ctx, one.after, two.after)
        return found
    return _same_atoms(ctx, one, two)


def _clauses_agree(ctx: Context, one: Clause, two: Clause) -> Truth:
    if one.verb != two.verb or one.state is State.HEDGED or two.state is State.HEDGED:
        return True
    denied = [clause for clause in (one, two) if clause.state is State.NONE]
    if denied:
        return True if len(denied) == 2 else _denial_agrees(ctx, denied[0], two if one is denied[0] else one)
    if not (LIMITS.isdisjoint(one.tails) and LIMITS.isdisjoint(two.tails)):
        return True
    for scope in ("of", "as"):
        if (scope in one.tails or scope in two.tails) and _said(one, scope) != _said(two, scope):
            return True
    if one.verb != "keeps":
        return one.normal == two.normal
    ends = [e for e in ENDS if e in one.tails], [e for e in ENDS if e in two.tails]
    if not ends[0] or not ends[1]:
        return CANNOT_TELL if any("under" in clause.tails for clause in (one, two)) else NOT_APPLICABLE
    if ends[0] != ends[1]:
        if sorted(ends) != [["for"], ["until"]]:
            return False
        return _only_limits(one if ends[0] == ["for"] else two)
    return both(_ends_agree(one, two, end) for end in ends[0])


def _only_limits(clause: Clause) -> bool:
    """Whether the period is a longest one only, so that an event may well end it sooner."""
    return all(isinstance(item, Item) and item.bound == "at most" for item in clause.tails["for"].members)


def _denial_agrees(ctx: Context, denied: Clause, said: Clause) -> Truth:
    """`never discloses answers to mailer` against `discloses …`: false where the statement lies within the denial."""
    if "when" in denied.tails or "while" in denied.tails or not LIMITS.isdisjoint(said.tails):
        return True
    within = [_within(ctx, said.about, denied.about)]
    for joint, values in denied.tails.items():
        if joint not in ("because", "unless"):
            within.append(_within(ctx, said.tails.get(joint, SILENCE), values))
    return negated(both(within))


def _within(ctx: Context, said: Values, denied: Values) -> Truth:
    """Whether something of the one list is meant by the other; `none` means all there is."""
    if not denied.members and denied.state is State.NONE:
        return True
    pairs = [(a, b) for a in said.members for b in denied.members if isinstance(b, Item)]
    return either(
        atom_is(ctx, a, str(b.value), False, 0) if b.kind == "word" and b.thing is None else _same_atoms(ctx, a, b)
        for a, b in pairs
    )


def _ends_agree(one: Clause, two: Clause, end: str) -> Truth:
    if end == "indefinitely":
        return True
    pairs = [
        (a, b)
        for a in one.tails[end].members
        for b in two.tails[end].members
        if isinstance(a, Item) and isinstance(b, Item)
    ]
    return either(_periods_agree(a, b) if isinstance(a.value, Amount) else _moments_agree(a, b) for a, b in pairs)


def _periods_agree(one: Item, two: Item) -> Truth:
    a, b = one.value, two.value
    if not isinstance(a, Amount) or not isinstance(b, Amount):
        return False
    if one.bound == two.bound:
        found = amounts.agrees(a, None, b, None)
    else:  # a longest and a shortest period, or one of them and a period within it
        low, high = (a, b) if one.bound == "at least" or two.bound == "at most" else (b, a)
        found = negated(amounts.is_less(high, low))
    if found is None:
        return CANNOT_TELL
    return both((found, _moments_agree(one.after, two.after))) if one.after and two.after else found


def _moments_agree(one: Item, two: Item) -> Truth:
    """Two ways to word one event cannot be told from two events."""
    if one.normal == two.normal:
        return True
    return CANNOT_TELL if "quote" in (one.kind, two.kind) else False


def _said(clause: Clause, joint: str) -> list[str]:
    return [member.normal for member in clause.tails.get(joint, SILENCE).members if isinstance(member, Item)]


def compared(ctx: Context, value: Value, sign: str, other: Value) -> Truth:
    """`<`, `<=`, `>`, `>=`, `=` between two values of one type, where that is sound."""
    if type(value) is Values and not value.members:
        return undecided(ctx, value)
    mine, theirs = comparable(value), comparable(other)
    if mine is None:
        return undecided(ctx, value) if not atoms(value) else NOT_APPLICABLE
    if theirs is None:
        return undecided(ctx, other) if not atoms(other) else NOT_APPLICABLE
    if isinstance(mine, Amount) and isinstance(theirs, Amount):
        return _bounded(_amounts_compared(mine, sign, theirs), sign, _bound_of(value))
    if type(mine) is not type(theirs) and not (isinstance(mine, date) and isinstance(theirs, date)):
        return NOT_APPLICABLE
    order = (mine > theirs) - (mine < theirs)
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0, "=": order == 0}[sign]


def _amounts_compared(mine: Amount, sign: str, theirs: Amount) -> Truth:
    if sign == "=":
        return mine == theirs
    one, two = (mine, theirs) if sign in ("<", ">=") else (theirs, mine)
    less = amounts.is_less(one, two)
    if less is None:
        return CANNOT_TELL
    return less if sign in ("<", ">") else not less


def _bound_of(value: Value) -> str | None:
    found = atoms(value)
    return found[0].bound if len(found) == 1 and isinstance(found[0], Item) else None


def _bounded(truth: Truth, sign: str, bound: str | None) -> Truth:
    """What a comparison gives of an amount that is only a bound: `at least 2 years` may well be three."""
    if bound is None or not isinstance(truth, bool):
        return truth
    if sign == "=":
        return CANNOT_TELL
    sure = truth is (bound == ("at most" if sign in ("<", "<=") else "at least"))
    return truth if sure else CANNOT_TELL


def comparable(value: Value) -> Any:
    """The date, amount or number that a value is; an event is the day on which it falls."""
    found = atoms(value)
    if len(found) != 1:
        return None
    atom = found[0]
    if type(atom) is Item:
        atom = atom.thing if atom.thing is not None else atom.value
    if type(atom) is Thing:
        on = atom.tails.get("on")
        if on is None or len(on.members) != 1 or type(on.members[0]) is not Item:
            return None
        atom = on.members[0].value
    if type(atom) is Provision:
        number = str(atom).rpartition(" ")[2]
        return int(number) if number.isdigit() else None
    return atom if isinstance(atom, (date, Amount, int)) else None
