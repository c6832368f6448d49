"""The functions that checked expressions become: ways to values, and tests of them.

Each takes a context and the variables of the rule. Nothing here checks anything: `expressions` has done so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from gdprlint.model.states import State
from gdprlint.model.table import ENDS
from gdprlint.model.things import SILENCE, Clause, Item, Thing, Values
from gdprlint.rules.logic import in_state, of_all, of_none, undecided
from gdprlint.rules.members import NO_TAILS
from gdprlint.rules.reach import ABOUT, atoms, get
from gdprlint.rules.rule import LONG, Context
from gdprlint.rules.terms import KINDS, is_term, narrowed
from gdprlint.rules.truth import CANNOT_TELL, NOT_APPLICABLE, Truth, Value
from gdprlint.rules.wording import words_of

Environment = dict[str, Any]
Test = Callable[[Context, Environment], Truth]
Reach = Callable[[Context, Environment], Value]
KIND_WORDS = (*KINDS, "party")
NO_TERMS: frozenset[str] = frozenset()
_LONGEST_TEXT = 2_000
_MOST_KNOWN = 1_000  # texts of which a pattern remembers whether they hold it


def nothing(ctx: Context, env: Environment) -> Value:
    return None


def never(ctx: Context, env: Environment) -> Truth:
    return NOT_APPLICABLE


def reach_of(first: str, rest: tuple[str, ...], of_thing: bool = False) -> Reach:
    """The way to a value; `of_thing` where the variable always holds a thing: the subject of a rule."""
    if not rest:
        return lambda ctx, env: env.get(first)
    if len(rest) == 1:
        name = rest[0]
        if of_thing:

            def field_of(ctx: Context, env: Environment) -> Value:
                thing = env[first]
                known = thing.cache.get(name)
                return known if known is not None else ctx.register.field(thing, name)

            return field_of
        return _first_step(first, name)
    steps = tuple(_step(name) for name in rest)

    def reach(ctx: Context, env: Environment) -> Value:
        value = env.get(first)
        for step in steps:
            value = step(ctx, value)
        return value

    return reach


def _first_step(first: str, name: str) -> Reach:
    """The way to a field of a variable, which mostly holds a clause: what `_step` gives."""
    step = _step(name)
    if name in ABOUT:

        def about_of(ctx: Context, env: Environment) -> Value:
            value = env.get(first)
            return value.about if type(value) is Clause else step(ctx, value)

        return about_of
    joint = name.replace("-", " ")
    may_be_other = name in ENDS or name in ("activity", "document")

    def tail_of(ctx: Context, env: Environment) -> Value:
        value = env.get(first)
        if type(value) is not Clause or may_be_other:
            return step(ctx, value)
        found = value.tails.get(joint)
        return SILENCE if found is None else found

    return tail_of


@cache
def _step(name: str) -> Callable[[Context, Value], Value]:
    """The way from a value to its field: what `get` gives, with the commonest values first."""
    if name in ABOUT:

        def about(ctx: Context, value: Value) -> Value:
            if type(value) is Values and len(value.members) == 1 and not value.unread:
                value = value.members[0]
            return value.about if type(value) is Clause else get(ctx, value, name)

        return about
    if name in ("activity", "document", "after"):
        return lambda ctx, value: get(ctx, value, name)
    joint = name.replace("-", " ")
    may_be_deferred = name in ENDS

    def step(ctx: Context, value: Value) -> Value:
        kind = type(value)
        if kind is Values and len(value.members) == 1 and not value.unread:
            value = value.members[0]
            kind = type(value)
        if kind is Clause:
            found = value.tails.get(joint)
            if found is not None:
                return found
            return get(ctx, value, name) if may_be_deferred else SILENCE
        thing = value.thing if kind is Item else value if kind is Thing else None
        if thing is not None:
            found = thing.cache.get(name)
            return found if found is not None else ctx.register.field(thing, name)
        return get(ctx, value, name)

    return step


def all_of(tests: list[Test]) -> Test:
    def both(ctx: Context, env: Environment) -> Truth:
        found: Truth = True
        for test in tests:
            truth = test(ctx, env)
            if truth is False:
                return False
            if truth is not True and found is not CANNOT_TELL:
                found = truth
        return found

    return both


def all_in_turn(tests: list[Test]) -> Test:
    """What the first test gives that is not true."""

    def both(ctx: Context, env: Environment) -> Truth:
        for test in tests:
            truth = test(ctx, env)
            if truth is not True:
                return truth
        return True

    return both


def any_of(tests: list[Test]) -> Test:
    def either(ctx: Context, env: Environment) -> Truth:
        found: Truth = False
        for test in tests:
            truth = test(ctx, env)
            if truth is True:
                return True
            if truth is not False and found is not CANNOT_TELL:
                found = truth
        return found

    return either


def implies(left: Test, right: Test, ctx: Context, env: Environment) -> Truth:
    truth = left(ctx, env)
    if truth is False:
        return True
    if truth is True:
        return right(ctx, env)
    return True if right(ctx, env) is True else truth


def is_in_state(reach: Reach, state: State) -> Test:
    def run(ctx: Context, env: Environment) -> Truth:
        value = reach(ctx, env)
        kind = type(value)
        if kind is Values:
            here = value.state
            if here is State.STATED:
                return state is State.STATED
            if here is State.SILENT and ctx.silence:
                return state is State.SILENT
        elif kind is Clause or kind is Item:
            return value.state is state
        return in_state(ctx, value, state)

    return run


def is_the_term(reach: Reach, key: str, possibly: bool, listed: bool) -> Test:
    """`is TERM`, `is possibly TERM` and `contains TERM`, with what says nothing first."""

    def run(ctx: Context, env: Environment) -> Truth:
        value = reach(ctx, env)
        if value is SILENCE:
            return NOT_APPLICABLE
        return is_term(ctx, value, key, possibly, listed)

    return run


def over_members(
    quantity: str,
    name: str,
    reach: Reach,
    test: Test,
    keys: frozenset[str] = NO_TERMS,
    tails: frozenset[str] = NO_TAILS,
    activity: str = "",
) -> Test:
    """`some`, `no` and `every` over the members of a list.

    `keys` are terms of which a member must be one. Where there are `tails`, the test looks at nothing else of a clause,
    so that of those which have none of them only the first is asked. `activity` is the variable that holds an activity
    where the list is that of all its clauses.
    """
    usual = quantity == "every"
    decisive = not usual
    may_be_deferred = not tails.isdisjoint(ENDS)

    def run(ctx: Context, env: Environment) -> Truth:
        value = reach(ctx, env)
        members = value.members if type(value) is Values else atoms(value)
        if not members:
            return of_none(ctx, quantity, value)
        asked = members
        if keys and type(value) is Values and len(members) > 1:
            asked = narrowed(ctx, value, keys, env[activity] if activity else None)
        if len(asked) > LONG:
            ctx.steps -= len(asked)
            if ctx.steps < 0:
                return CANNOT_TELL
        found: Truth = usual
        bare = False
        for member in asked:
            if (
                tails
                and type(member) is Clause
                and tails.isdisjoint(member.tails)
                and not (may_be_deferred and member.verb == "keeps")
            ):
                if bare:
                    continue  # says as much as another one, which settled nothing
                bare = True
            env[name] = member
            truth = test(ctx, env)
            if truth is usual:
                continue
            if truth is decisive:
                return of_all(ctx, quantity, value, truth)
            if found is not CANNOT_TELL:
                found = truth
        env[name] = members[-1]
        return of_all(ctx, quantity, value, found)

    return run


def each_is(quantity: str, name: str, reach: Reach, key: str, possibly: bool) -> Test:
    """`some x in LIST is TERM`, the commonest test of all: asked of one list once, whichever rule asks it."""
    asked_of = {silence: (quantity, key, possibly, silence) for silence in (False, True)}
    keys: frozenset[str] = frozenset() if key in KIND_WORDS or quantity == "every" else frozenset({key})

    def run(ctx: Context, env: Environment) -> Truth:
        value = reach(ctx, env)
        if type(value) is not Values:
            truth, witness = _each(ctx, quantity, value, key, possibly, keys)
        else:
            memo: dict[object, Any] | None = value.memo
            if memo is None:
                memo = value.memo = {}
            asked = asked_of[ctx.silence]
            if asked not in memo:
                memo[asked] = _each(ctx, quantity, value, key, possibly, keys)
            truth, witness = memo[asked]  # type: ignore[misc]
        if witness is not None:
            env[name] = witness
        return truth

    return run


def _each(
    ctx: Context, quantity: str, value: Value, key: str, possibly: bool, keys: frozenset[str]
) -> tuple[Truth, Value]:
    """What it gives, and the first member that is the term, of `some`."""
    members = value.members if type(value) is Values else atoms(value)
    if not members:
        return of_none(ctx, quantity, value), None
    asked = narrowed(ctx, value, keys) if keys and type(value) is Values and len(members) > 1 else members
    usual = quantity == "every"
    found: Truth = usual
    decisive = not usual
    for member in asked:
        truth = is_term(ctx, member, key, possibly)
        if truth is usual:
            continue
        if truth is decisive:
            return of_all(ctx, quantity, value, truth), member if quantity == "some" else None
        if found is not CANNOT_TELL:
            found = truth
    return of_all(ctx, quantity, value, found), None


def matching(reach: Reach, pattern: re.Pattern[str]) -> Test:
    """Whether some value's words hold the pattern."""
    holds = _holding(pattern)

    def run(ctx: Context, env: Environment) -> Truth:
        value = reach(ctx, env)
        if value is SILENCE:
            return NOT_APPLICABLE
        found = value.about.members if type(value) is Clause else atoms(value)
        if not found:
            return undecided(ctx, value)
        return any(map(holds, found))

    return run


def each_matching(quantity: str, name: str, reach: Reach, pattern: re.Pattern[str]) -> Test:
    """`some x in LIST satisfies x matches PATTERN`, and `no`: what `over_members` gives with `matching`."""
    holds = _holding(pattern)

    def run(ctx: Context, env: Environment) -> Truth:
        value = reach(ctx, env)
        members = value.members if type(value) is Values else atoms(value)
        if not members:
            return of_none(ctx, quantity, value)
        if len(members) > LONG:
            ctx.steps -= len(members)
            if ctx.steps < 0:
                return CANNOT_TELL
        found: Truth = False
        for member in members:
            said = member.about.members if type(member) is Clause else (member,)
            for atom in said:
                if holds(atom):
                    env[name] = member
                    return of_all(ctx, quantity, value, True)
            if not said:
                found = NOT_APPLICABLE  # it is denied, or left blank
        env[name] = members[-1]
        return of_all(ctx, quantity, value, found)

    return run


def _holding(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    """Whether the words of a single value hold the pattern. The same words come again and again."""
    known: dict[str, bool] = {}
    keys: dict[object, bool] = {}

    def holds_of(text: str, known: dict[Any, bool], key: object) -> bool:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        holds = known[key] = pattern.search(text[:_LONGEST_TEXT]) is not None
        return holds

    def holds(atom: Any) -> bool:
        thing = atom.thing if type(atom) is Item else atom
        if type(thing) is Thing:
            text = thing.title or thing.name
        elif thing is None and atom.quote is None and type(atom.value) is str:
            found = keys.get(atom.value)  # most words are terms
            return holds_of(words_of(atom), keys, atom.value) if found is None else found
        else:
            text = words_of(atom)
        found = known.get(text)
        return holds_of(text, known, text) if found is None else found

    return holds


def _quoted(reach: Reach) -> Test:
    def run(ctx: Context, env: Environment) -> Truth:
        return any(isinstance(atom, Item) and atom.kind == "quote" for atom in atoms(reach(ctx, env)))

    return run


def _flag(name: str) -> Callable[[Reach], Test]:
    def make(reach: Reach) -> Test:
        def run(ctx: Context, env: Environment) -> Truth:
            value = reach(ctx, env)
            if isinstance(value, Clause):
                value = value.about
            return isinstance(value, Values) and (
                bool(getattr(value, name))
                or any(isinstance(m, Clause) and getattr(m.about, name) for m in value.members)
            )

        return run

    return make


LIST_TESTS = {"quoted": _quoted, "exclusive": _flag("only"), "ambiguous": _flag("either")}
