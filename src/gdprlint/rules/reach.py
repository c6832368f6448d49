"""The way from a value to its fields, and what a value is made of.

The fields of a list are the fields of its members, as one list. What a test makes of them is not known here.
"""

from __future__ import annotations

from typing import Any

from gdprlint.model.states import State
from gdprlint.model.table import ENDS
from gdprlint.model.things import SILENCE, Clause, Item, Thing, Values
from gdprlint.rules.rule import Context
from gdprlint.rules.truth import Value

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
