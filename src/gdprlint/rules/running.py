"""Asks one subject a declared rule: its loops, its conditions, and what it says where they speak.

What it runs on was checked and made by `declared`. Nothing here knows the lines of a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

from gdprlint.diagnostics import Severity
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.rules.closures import Environment, Reach, Test
from gdprlint.rules.reach import atoms
from gdprlint.rules.rule import LONG, Context, Draft, First, Repair
from gdprlint.rules.truth import CANNOT_TELL
from gdprlint.rules.wording import said
from gdprlint.values import define, field

MOST_PAIRS = 20_000  # of different statements that one rule compares for one subject


@define(eq=False)
class Loop:
    """One `for each`: its variables and the path it runs over (None: every subject of the kind).

    A clause without one of the tails that it `needs` passes no `where` of the rule. `gates` are conditions that can be
    decided before it.
    """

    names: tuple[str, ...]
    reach: Reach | None
    needs: frozenset[str] = frozenset()
    gates: list[Test] = field(factory=list)


@define(eq=False)
class Parts:
    """What the judge of a declared rule runs on."""

    loops: list[Loop] = field(factory=list)
    where: list[Test] = field(factory=list)
    expect: list[Test] = field(factory=list)
    at: list[tuple[Reach, str]] = field(factory=list)
    says: list[tuple[str, Reach | None, bool]] = field(factory=list)
    help: list[tuple[str, Reach | None, bool]] = field(factory=list)
    levels: list[tuple[Severity, frozenset[str], Test | None]] = field(factory=list)
    fixes: list[tuple[str, Reach, str]] = field(factory=list)
    subject: str = "activity"
    later: Callable[[], None] | None = None


def judge(parts: Parts, subject: Thing, ctx: Context) -> list[Draft]:
    """What a rule reports of one subject."""
    env: Environment = {parts.subject: subject}
    if not parts.loops:
        draft = _tested(parts, env, ctx)
        return [draft] if draft is not None else []
    found: list[Draft] = []
    _run(parts, 0, env, ctx, found)
    return found


def _run(parts: Parts, depth: int, env: Environment, ctx: Context, found: list[Draft], gated: bool = True) -> None:
    loop = parts.loops[depth]
    if gated:
        for test in loop.gates:
            truth = test(ctx, env)
            if truth is CANNOT_TELL:
                gated = False  # that is for `_tested` to say, of whatever the loops give
                break
            if truth is not True:
                return
    value = loop.reach(ctx, env) if loop.reach else None
    members = value.members if type(value) is Values else atoms(value)
    last = depth + 1 == len(parts.loops)
    if depth and len(members) > LONG:
        ctx.steps -= len(members)
        if ctx.steps < 0:
            ctx.unsure = True
            return
    if len(loop.names) == 2:
        if len(members) < 2:
            return
        for one, two in pairs_of(members, ctx):
            env[loop.names[0]], env[loop.names[1]] = one, two
            _next(parts, depth, last, env, ctx, found, gated)
        return
    name, needs = loop.names[0], loop.needs
    for member in members:
        if needs and type(member) is Clause and needs.isdisjoint(member.tails) and not is_told_elsewhere(member):
            continue
        env[name] = member
        if last:
            draft = _tested(parts, env, ctx)
            if draft is not None:
                found.append(draft)
        else:
            _run(parts, depth + 1, env, ctx, found, gated)


def may_speak(parts: Parts, first: First, subject: Thing, ctx: Context) -> bool:
    """Whether the first conditions of a rule hold somewhere, or cannot be told: else it has nothing to report."""
    return _may(parts, first, 0, {parts.subject: subject}, ctx)


def _may(parts: Parts, first: First, depth: int, env: Environment, ctx: Context) -> bool:
    if depth == first.loops:
        for test in parts.where[: first.conditions]:
            truth = test(ctx, env)
            if truth is not True:
                return truth is CANNOT_TELL
        return True
    loop = parts.loops[depth]
    value = loop.reach(ctx, env) if loop.reach else None
    members = value.members if type(value) is Values else atoms(value)
    if depth and len(members) > LONG:
        return True
    needs = loop.needs
    for member in members:
        if needs and type(member) is Clause and needs.isdisjoint(member.tails) and not is_told_elsewhere(member):
            continue
        env[loop.names[0]] = member
        if _may(parts, first, depth + 1, env, ctx):
            return True
    return False


def _next(
    parts: Parts, depth: int, last: bool, env: Environment, ctx: Context, found: list[Draft], gated: bool
) -> None:
    if not last:
        _run(parts, depth + 1, env, ctx, found, gated)
        return
    draft = _tested(parts, env, ctx)
    if draft is not None:
        found.append(draft)


def is_told_elsewhere(clause: Clause) -> bool:
    """Whether a tail that the clause does not have may stand in another text, as that of a storage period may."""
    return clause.verb == "keeps" and "under" in clause.tails


def pairs_of(members: Sequence[Any], ctx: Context) -> Iterator[tuple[Any, Any]]:
    """Every pair of members that say different things, and one pair of each that say the same.

    Clauses that say the same are the same to every rule; a thousand copies of one statement are no reason to compare
    half a million pairs. Past a limit the rest is left as "cannot tell".
    """
    first: dict[object, Any] = {}
    second: dict[object, Any] = {}
    for member in members:
        key = member.normal if isinstance(member, (Clause, Item)) else id(member)
        if key in first:
            second.setdefault(key, member)
        else:
            first[key] = member
    yield from ((first[key], member) for key, member in second.items())
    distinct = list(first.values())
    for count, pair in enumerate(combinations(distinct, 2)):
        if count >= MOST_PAIRS:
            ctx.unsure = True
            return
        yield pair


def _tested(parts: Parts, env: Environment, ctx: Context) -> Draft | None:
    """The draft of a finding, where every `where` holds and some `expect` does not."""
    for test in parts.where:
        truth = test(ctx, env)
        if truth is not True:
            if truth is CANNOT_TELL:
                ctx.unsure = True
            return None
    ctx.applied = True
    failed = not parts.expect
    for test in parts.expect:
        truth = test(ctx, env)
        if truth is False:
            failed = True
        elif truth is CANNOT_TELL:
            ctx.unsure = True
    return draft_of(parts, env, ctx) if failed else None


def draft_of(parts: Parts, env: Environment, ctx: Context) -> Draft:
    """What the rule reports of what these variables hold."""
    if parts.later is not None:
        parts.later()
        parts.later = None
    env = dict(env)
    at = tuple((reach(ctx, env), label) for reach, label in parts.at)
    primary = at[0][0]
    activity = env.get("activity")
    if isinstance(activity, Thing):
        env["activity"] = _owner(primary, activity)
    severity: Severity | None = None
    for level, extents, test in parts.levels:
        if extents and ctx.extent.value not in extents and ctx.document not in extents:
            continue
        if test is None or test(ctx, dict(env)) is True:
            severity = level
    repairs = tuple(Repair(action, reach(ctx, env), words) for action, reach, words in parts.fixes)
    return Draft(
        at, _said(parts.says, env, ctx), _said(parts.help, env, ctx), "", severity, env.get(parts.subject), repairs
    )


def _owner(primary: Any, activity: Thing) -> Thing:
    """The activity in which an inherited clause stands is the one that a finding about it names."""
    holder = primary
    if isinstance(holder, Values) and holder.members:
        holder = holder.members[0]
    if isinstance(holder, Item):
        holder = holder.holder
    if isinstance(holder, Clause) and holder.owner in activity.chain:
        return holder.owner
    return activity


def _said(pieces: list[tuple[str, Reach | None, bool]], env: Environment, ctx: Context) -> str:
    parts = []
    for text, reach, in_words in pieces:
        parts.append(text if reach is None else said(reach(ctx, env), in_words))
    return "".join(parts)
