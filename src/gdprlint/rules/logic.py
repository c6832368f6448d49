"""What the state of a value, and a list of values, mean to a test.

The one table of states lives here: what silence, a denial or a line that could not be read gives under each kind of
test. Tests of single values are handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdprlint.model.states import State
from gdprlint.model.things import Clause, Values
from gdprlint.rules.reach import atoms, state_of
from gdprlint.rules.rule import Context
from gdprlint.rules.truth import CANNOT_TELL, NOT_APPLICABLE, Truth, Value, negated


def silent(ctx: Context, value: Value) -> Truth | State:
    """What the silence of this value means: not applicable, or cannot tell where silence does not count."""
    if isinstance(value, Values) and value.whole:
        return NOT_APPLICABLE
    return NOT_APPLICABLE if ctx.silence else CANNOT_TELL


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


def any_atom(ctx: Context, value: Value, test: Callable[[Any], Truth], list_test: bool) -> Truth:
    """Whether some single value passes: `is` and `contains` over what may be a list."""
    found = atoms(value)
    if not found:
        return undecided(ctx, value)
    if type(value) is Values and any(type(m) is Clause and m.about.either for m in value.members):
        truths = [any_atom(ctx, m, test, False) if type(m) is Clause else test(m) for m in value.members]
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
