"""What packs make of rules of others, as plain data, and the rules that come of it.

A change holds where the pack that makes it judges, so a rule is kept as its pack wrote it and changed when a run
chooses its rules. A configuration that sets parameters is one more change, after all others. That changes are sound
is seen to by `overrides`, before any is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from gdprlint.diagnostics import Severity
from gdprlint.language import tree
from gdprlint.model.things import Thing
from gdprlint.rules.rule import Changed, Context, Draft, Judge, Needs, Parameter, Rule
from gdprlint.values import evolve, field, frozen

if TYPE_CHECKING:
    from gdprlint.rules.packs import Given

Lines = Callable[[frozenset[str]], tree.Rule]
CONFIGURATION = ""  # stands where the name of a pack does


@frozen
class Change:
    """One change of one rule.

    `severity` is the new base, None where that stays; `anew` says that the lines `severity` of the rule do not count.
    `heads` are lines of a rule, without places. `reads` and `notices` are what the changed rule looks at.
    """

    code: str
    told: Changed
    severity: Severity | None = None
    anew: bool = False
    levels: tuple[str, ...] = ()
    judges: frozenset[str] | None = None
    silence: frozenset[str] | None = None
    stage: str = ""
    parameters: tuple[Parameter, ...] = ()
    heads: tuple[tree.Head, ...] = field(default=(), repr=False)
    reads: tuple[str, ...] | None = ()
    notices: bool = False
    replaced_by: tuple[str, ...] = ()

    @property
    def pack(self) -> str:
        return self.told.pack


def change_data(change: Change) -> dict[str, Any]:
    """The change as JSON-ready data."""
    told = change.told
    return {
        "code": change.code,
        "told": [told.pack, told.place, told.why, list(told.what)],
        "severity": None if change.severity is None else int(change.severity),
        "anew": change.anew,
        "levels": list(change.levels),
        "judges": None if change.judges is None else sorted(change.judges),
        "silence": None if change.silence is None else sorted(change.silence),
        "stage": change.stage,
        "parameters": [[one.name, one.kind, one.value, one.by] for one in change.parameters],
        "heads": tree.encode(change.heads, places=False),
        "reads": None if change.reads is None else list(change.reads),
        "notices": change.notices,
        "replaced_by": list(change.replaced_by),
    }


def change_of(data: Mapping[str, Any]) -> Change:
    """The change that `change_data` took down."""
    pack, place, why, what = data["told"]
    return Change(
        data["code"],
        Changed(pack, place, why, tuple(what)),
        None if data["severity"] is None else Severity(data["severity"]),
        data["anew"],
        tuple(data["levels"]),
        None if data["judges"] is None else frozenset(data["judges"]),
        None if data["silence"] is None else frozenset(data["silence"]),
        data["stage"],
        tuple(Parameter(*one) for one in data["parameters"]),
        tree.decode(data["heads"], places=False),
        None if data["reads"] is None else tuple(data["reads"]),
        data["notices"],
        tuple(data["replaced_by"]),
    )


def given(said: Given) -> Change:
    """A parameter that a configuration sets."""
    from gdprlint.rules.parameters import head

    told = Changed(CONFIGURATION, said.place, "", (f"{said.name} {said.value}",))
    value = Parameter(said.name, said.kind, said.value, said.place)
    return Change(said.code, told, parameters=(value,), heads=(head(said.name, said.kind, said.value),))


def changed(rule: Rule, changes: Sequence[Change], judge_by: Callable[[Lines], Judge] | None, lines: Lines) -> Rule:
    """The rule as these changes make it, in their order; `lines` gives those of the rule itself.

    `judge_by` makes the judge of a declared rule; of one in Python, None, no lines can be changed.
    """
    for change in changes:
        rule = _described(rule, change)
    if judge_by is None:
        if any(change.severity is not None for change in changes):
            rule = evolve(rule, judge=partial(_by_its_own_severity, rule.judge))
        return rule
    if not any(change.heads for change in changes):
        return rule

    def merged(kinds: frozenset[str]) -> tree.Rule:
        node = lines(kinds)
        for change in changes:
            node = with_lines(node, [head for head in change.heads if head.kind in kinds], change.anew)
        return node

    made: Judge | None = None

    def judge(subject: Thing, ctx: Context) -> Iterable[Draft]:
        nonlocal made
        if made is None:
            made = judge_by(merged)
        return made(subject, ctx)

    return evolve(rule, judge=judge, may_speak=None)


def _by_its_own_severity(judge: Judge, subject: Thing, ctx: Context) -> Iterable[Draft]:
    """What a rule in Python reports, as grave as a pack wants it."""
    for draft in judge(subject, ctx):
        yield draft if draft.severity is None else evolve(draft, severity=None)


def _described(rule: Rule, change: Change) -> Rule:
    """What the changed rule says of itself."""
    values = {one.name: one for one in change.parameters}
    return evolve(
        rule,
        severity=rule.severity if change.severity is None else change.severity,
        levels=change.levels if change.anew else (*rule.levels, *change.levels),
        judges=rule.judges if change.judges is None else change.judges,
        silence=rule.silence if change.silence is None else change.silence,
        stage=change.stage or rule.stage,
        parameters=tuple(values.get(one.name, one) for one in rule.parameters),
        needs=_needs(rule.needs, change),
        changes=(*rule.changes, change.told),
    )


def _needs(needs: Needs | None, change: Change) -> Needs | None:
    """What the narrowed rule needs, which is what it needed; and it may look at more."""
    if needs is None or not change.heads:
        return needs
    reads: tuple[str, ...] | None = None
    if needs.reads is not None and change.reads is not None:
        reads = tuple(sorted({*needs.reads, *change.reads}))
    # its first conditions are asked with the rest: they may be about more than they were
    return evolve(needs, reads=reads, notices=needs.notices or change.notices, first=None)


def with_lines(node: tree.Rule, heads: Iterable[tree.Head], anew: bool) -> tree.Rule:
    """The rule with lines of an override: parameters in place of its own, conditions behind its own."""
    heads = list(heads)
    given = {head.values[0]: head for head in heads if head.kind == "parameter"}
    kept = [
        given.get(head.values[0], head) if type(head) is tree.Head and head.kind == "parameter" else head
        for head in node.heads
        if not (anew and type(head) is tree.Head and head.kind == "severity" and head.values)
    ]
    return node._replace(heads=(*kept, *(head for head in heads if head.kind != "parameter")))
