"""What a test gives: true, false, not applicable, or cannot tell.

The one table of states lives here. A test of something that is not said is not applicable; a test
that silence would decide, where silence does not count or a line could not be read, cannot be
told. Only a plain True or False ever reports or passes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from gdprlint.model import amounts
from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import Provision
from gdprlint.model.states import State
from gdprlint.model.table import ENDS
from gdprlint.model.things import SILENCE, Clause, Item, Thing, Values
from gdprlint.rules.rule import Context

CANNOT_TELL: Final = "cannot tell"
NOT_APPLICABLE: Final = None
Truth = Any  # True, False, None (not applicable) or CANNOT_TELL
Value = Any  # Thing, Clause, Item, Values, date, Amount, int


def both(truths: Iterable[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is not True and found is not CANNOT_TELL:
            found = truth
    return found


def either(truths: Iterable[Truth]) -> Truth:
    found: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is not False and found is not CANNOT_TELL:
            found = truth
    return found


def negated(truth: Truth) -> Truth:
    return (not truth) if truth is True or truth is False else truth


# ---- reaching values


def get(ctx: Context, value: Value, name: str) -> Value:
    """The field of a value; through a list, the fields of its members as one list."""
    kind = type(value)
    if kind is Thing:
        known = value.cache.get(name)
        return known if known is not None else ctx.register.field(value, name)
    if kind is Clause:
        return of_clause(ctx, value, name)
    if kind is Item:
        if name == "after":
            return value.after if value.after is not None else SILENCE
        if value.thing is not None:
            return ctx.register.field(value.thing, name)
        if name == "activity" and isinstance(value.holder, Clause):
            return value.holder.owner
        return Values((), State.CANNOT_TELL) if unknown(ctx, value) else SILENCE
    if kind is Values:
        if len(value.members) == 1 and not value.unread:
            return get(ctx, value.members[0], name)
        memo = value.memo
        if memo is None:
            memo = value.memo = {}
        elif name in memo:
            return memo[name]
        memo[name] = reached = _through(ctx, value, name)
        return reached
    return SILENCE


def _through(ctx: Context, value: Values, name: str) -> Value:
    """The fields of the members of a list, as one list."""
    found = [get(ctx, member, name) for member in value.members]
    members: list[Any] = []
    states = set()
    for part in found:
        if isinstance(part, Values):
            members.extend(part.members)
            states.add(part.state)
        elif part is not None:
            members.append(part)
    if members:
        return Values(tuple(members), State.STATED, unread=value.unread)
    if State.CANNOT_TELL in states or value.state is State.CANNOT_TELL:
        return Values((), State.CANNOT_TELL)
    return Values((), value.state if not found else (states.pop() if len(states) == 1 else State.SILENT))


def unknown(ctx: Context, item: Item) -> bool:
    """Whether nothing is known of the value: own words, or a word that names nothing (which has been told already)."""
    if item.kind == "quote":
        return True
    return item.kind == "word" and item.thing is None and item.value not in ctx.register.names.vocabulary.terms


def of_clause(ctx: Context, clause: Clause, name: str) -> Value:
    if name == "activity":
        return clause.owner
    if name == "document":
        return ctx.register.field(clause.owner, "document")
    if name in ABOUT:
        return clause.about
    found = clause.tails.get(name) or clause.tails.get(name.replace("-", " "))
    if found is not None:
        return found
    if clause.verb == "keeps" and name in ENDS and "under" in clause.tails and not any(e in clause.tails for e in ENDS):
        return Values((), State.DEFERRED)
    return SILENCE


ABOUT = frozenset(
    [
        "party",
        "data",
        "people",
        "basis",
        "provision",
        "manner",
        "tool",
        "message",
        "length",
        "cost",
        "right",
        "purpose",
        "measure",
        "gift",
        "channel",
        "text",
        "number",
        "any",
        "term",
    ]
)


def atoms(value: Value) -> list[Any] | tuple[Any, ...]:
    """The single values that stand for a value: a clause stands for what it is about."""
    kind = type(value)
    if kind is Item or kind is Thing:
        return (value,)
    if kind is Clause:
        return value.about.members  # type: ignore[no-any-return]
    if kind is Values:
        if value.whole:
            return value.members  # type: ignore[no-any-return]
        found: list[Any] = []
        for member in value.members:
            if type(member) is Clause:
                found.extend(member.about.members)
            else:
                found.append(member)
        return found
    return [] if value is None else [value]


def count(value: Value) -> int | Values:
    """How many values there are; what cannot be told where a part of the list stands elsewhere or was not read."""
    if isinstance(value, Values) and (value.unread or value.state in (State.DEFERRED, State.CANNOT_TELL)):
        return Values((), State.CANNOT_TELL)
    return len(atoms(value))


def state_of(value: Value) -> State:
    if isinstance(value, Values):
        return value.state
    if isinstance(value, (Clause, Item)):
        return value.state
    return State.STATED


def silent(ctx: Context, value: Value) -> Truth | State:
    """What the silence of this value means: not applicable, or cannot tell where silence does not count."""
    if isinstance(value, Values) and value.whole:
        return NOT_APPLICABLE
    return NOT_APPLICABLE if ctx.silence else CANNOT_TELL


# ---- tests


def in_state(ctx: Context, value: Value, state: State) -> Truth:
    here = state_of(value)
    if here is State.DEFERRED and state in (State.STATED, State.NONE, State.SILENT):
        return CANNOT_TELL
    if here is State.CANNOT_TELL:
        return CANNOT_TELL
    if here is State.SILENT and not ctx.silence:
        return CANNOT_TELL
    return here is state


def undecided(ctx: Context, value: Value) -> Truth:
    """What a comparison gives where nothing is there to compare."""
    here = state_of(value)
    if here in (State.DEFERRED, State.CANNOT_TELL):
        return CANNOT_TELL
    if here is State.SILENT:
        return silent(ctx, value)
    return NOT_APPLICABLE


def _any_atom(ctx: Context, value: Value, test: Callable[[Any], Truth], list_test: bool) -> Truth:
    """Whether some single value passes: `is` and `contains` over what may be a list."""
    found = atoms(value)
    if not found:
        return undecided(ctx, value)
    if type(value) is Values and any(type(m) is Clause and m.about.either for m in value.members):
        truths = [_any_atom(ctx, m, test, False) if type(m) is Clause else test(m) for m in value.members]
    else:
        truths = [test(atom) for atom in found]
    if True in truths and not (isinstance(value, Values) and value.either) and type(value) is not Clause:
        return True
    ambiguous = (isinstance(value, Values) and value.either) or (isinstance(value, Clause) and value.about.either)
    if ambiguous and len(truths) > 1:
        if all(truth is True for truth in truths):
            return True
        return False if all(truth is False for truth in truths) else CANNOT_TELL
    if any(truth is True for truth in truths):
        return True
    if any(truth is CANNOT_TELL for truth in truths):
        return CANNOT_TELL
    if isinstance(value, Values) and open_list(ctx, value, list_test):
        return CANNOT_TELL
    if all(truth is NOT_APPLICABLE for truth in truths):
        return NOT_APPLICABLE
    return False


def open_list(ctx: Context, value: Values, list_test: bool = True) -> bool:
    """Whether what is absent from the list may still be so: silence does not count and it claims no completeness."""
    if value.unread:
        return True
    return list_test and not ctx.silence and not value.only and not value.whole


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
        return _any_atom(ctx, value, lambda atom: _atom_is(ctx, atom, key, possibly, 0), list_test)
    truth = _atom_is(ctx, found[0], key, possibly, 0)
    if truth is not True and type(value) is Values and open_list(ctx, value, list_test):
        return CANNOT_TELL
    return truth


def _atom_is(ctx: Context, atom: Any, key: str, possibly: bool, depth: int) -> Truth:
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
        return _key_is(ctx, word, key, possibly)  # type: ignore[arg-type]
    if unknown(ctx, item):
        return CANNOT_TELL
    if isinstance(word, Provision):
        found = vocabulary.of_provision(word, item.slot.roots if item.slot else ())
        word = found or word.law  # a section of an Act is that Act where nothing narrower is known
    if not isinstance(word, str):
        return NOT_APPLICABLE
    return _key_is(ctx, word, key, possibly)


def _key_is(ctx: Context, word: str, key: str, possibly: bool) -> Truth:
    sure, maybe = ctx.register.names.vocabulary.ancestors(word, ctx.day)
    if key in sure:
        return True
    if key in maybe:
        return True if possibly else CANNOT_TELL
    return False


MOST_STEPS = 5  # things that are what other things are; more is a circle
KINDS = ("organisation", "team", "people", "data", "event", "document", "activity", "record", "notice")


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
        truths += [_atom_is(ctx, item, key, possibly, depth + 1) for item in listed.members]
    including = thing.tails.get("including")
    if including is not None:
        truths += [_atom_is(ctx, item, key, possibly, depth + 1) for item in including.members]
    states = thing.tails.get("as")
    if states is not None:
        truths += [_atom_is(ctx, item, key, possibly, depth) for item in states.members if item.kind != "quote"]  # type: ignore[union-attr]
    if any(truth is True for truth in truths):
        return True
    if any(truth is CANNOT_TELL for truth in truths):
        return CANNOT_TELL
    return False if truths else NOT_APPLICABLE


NO_TERM = "no term is this"


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
        known = memo["may be"] = (keys, bool(found) and all([none_else for _, none_else in found]))
    return known  # type: ignore[no-any-return]


def _atom_may_be(ctx: Context, atom: Any) -> tuple[frozenset[str], bool]:
    thing = atom
    if type(atom) is Item:
        thing = atom.thing
        if thing is None:
            return _word_may_be(ctx, atom)
    if type(thing) is not Thing:
        return frozenset(), False
    asked = ("may be", ctx.day)
    known: Any = thing.memo.get(asked)
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


def narrowed(ctx: Context, value: Values, keys: frozenset[str]) -> list[Any]:
    """The members of a list that may be one of these terms, or of which that cannot be told."""
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

    return _any_atom(ctx, value, test, list_test)


def is_same(ctx: Context, value: Value, other: Value, list_test: bool = False) -> Truth:
    """`is PATH`, `is in PATH`, `contains PATH`: some value of the one is a value of the other."""
    theirs = atoms(other)
    if not theirs:
        if state_of(other) in (State.DEFERRED, State.CANNOT_TELL):
            return CANNOT_TELL
        return CANNOT_TELL if state_of(other) is State.SILENT and silent(ctx, other) is CANNOT_TELL else False
    if type(value) is Item and value.thing is not None:
        for their in theirs:
            if type(their) is Item and their.thing is value.thing:
                return True

    def test(atom: Any) -> Truth:
        return either(_same_atoms(ctx, atom, their) for their in theirs)

    truth = _any_atom(ctx, value, test, False)
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
        return _key_is(ctx, a, b, False) is True  # the narrower term lies in the wider one
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


LIMITS = ("when", "unless", "while")


def _clauses_agree(ctx: Context, one: Clause, two: Clause) -> Truth:
    if one.verb != two.verb or one.state is State.HEDGED or two.state is State.HEDGED:
        return True
    denied = [clause for clause in (one, two) if clause.state is State.NONE]
    if denied:
        return True if len(denied) == 2 else _denial_agrees(ctx, denied[0], two if one is denied[0] else one)
    if any(limit in clause.tails for limit in LIMITS for clause in (one, two)):
        return True
    for scope in ("of", "as"):
        if _said(one, (scope,)) != _said(two, (scope,)):
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
    if "when" in denied.tails or "while" in denied.tails or any(limit in said.tails for limit in LIMITS):
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
        _atom_is(ctx, a, str(b.value), False, 0) if b.kind == "word" and b.thing is None else _same_atoms(ctx, a, b)
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


def _said(clause: Clause, joints: Iterable[str]) -> list[str]:
    return [
        member.normal
        for joint in joints
        if joint in clause.tails
        for member in clause.tails[joint].members
        if isinstance(member, Item)
    ]


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
    if type(mine) is not type(theirs):
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


def of_none(ctx: Context, quantity: str, value: Value) -> Truth:
    """What `some`, `every` and `no` give over a list without members."""
    here = state_of(value)
    if here is State.DEFERRED or here is State.CANNOT_TELL:
        return CANNOT_TELL
    if here is State.SILENT and silent(ctx, value) is CANNOT_TELL:
        return CANNOT_TELL
    if quantity == "some":
        return False
    return True if quantity == "no" else NOT_APPLICABLE


def of_all(ctx: Context, quantity: str, value: Value, truth: Truth) -> Truth:
    """What `some`, `every` and `no` give where `truth` is what their members gave together."""
    if quantity == "every":
        return CANNOT_TELL if truth is True and type(value) is Values and value.unread else truth
    if truth is False and type(value) is Values and open_list(ctx, value):
        truth = CANNOT_TELL
    return truth if quantity == "some" else negated(truth)
