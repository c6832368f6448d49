"""One declared rule, asked of one subject as the judge asks it, with every condition noted.

This walks the lines of a rule as `rules.running` does, only that nothing is left out because it cannot matter. A test
holds the two to each other over every example of every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gdprlint import traces
from gdprlint.language import tree
from gdprlint.language.reading import read
from gdprlint.model.things import Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules.changes import Change, with_lines
from gdprlint.rules.closures import Environment, Test
from gdprlint.rules.declared import parts_of
from gdprlint.rules.packfiles import source_of
from gdprlint.rules.packs import Library
from gdprlint.rules.reach import atoms
from gdprlint.rules.rule import LONG, Context, Draft, Rule
from gdprlint.rules.running import Parts, draft_of, pairs_of
from gdprlint.rules.truth import CANNOT_TELL, Truth
from gdprlint.text import Source, Span
from gdprlint.traces import Case, Step
from gdprlint.tracing.observed import ObservedMaker, Recorder
from gdprlint.tracing.steps import Telling
from gdprlint.tracing.words import Teller
from gdprlint.values import define, frozen

MOST_CASES = 100  # of one subject that are kept; those that report something come first

Fate = Callable[[Draft], tuple[str, Span | None, bool]]
"""What became of what a rule reports: in words, where it is shown, and whether as a finding."""


@frozen
class Watched:
    """A declared rule as it stands in its file, made so that its tests are noted."""

    rule: Rule
    node: tree.Rule
    file: Source
    parts: Parts
    recorder: Recorder
    others: tuple[tuple[int, Source], ...] = ()

    def heads(self, kind: str) -> list[tree.Head]:
        return [head for head in self.node.heads if type(head) is tree.Head and head.kind == kind]


@define(eq=False)
class Asked:
    """What came of asking one subject."""

    outcome: str
    loops: tuple[Step, ...]
    cases: tuple[Case, ...]
    more: int


def watched(rule: Rule, library: Library) -> Watched | None:
    """The rule made from its file; None for one that no file holds, which is written in Python."""
    found = written(rule, library)
    if found is None:
        return None
    node, file = found
    others: list[tuple[int, Source]] = []
    for change in library.changes if rule.changes else ():
        if change.code == rule.code and change.told in rule.changes:
            heads = change.heads
            if change.pack:
                at = sum(len(one.text) + 1 for one in (file, *(other for _, other in others)))
                there, heads = _overriding(change, library)
                heads = tree.shifted(heads, at)
                others.append((at, there))
            node = with_lines(node, heads, change.anew)
    return made(rule, node, file, library.vocabulary, tuple(others))


def _overriding(change: Change, library: Library) -> tuple[Source, tuple[tree.Head, ...]]:
    """The lines of an override as they stand in its file."""
    name, _, path = change.told.place.rpartition(":")[0].partition("/")
    pack = next(pack for pack in library.packs if pack.name == name)
    file = pack.folder if pack.folder.is_file() else pack.folder / path
    source = source_of(f"{name}/{path}", file.read_bytes())
    for item in read(source).tree.items:
        if type(item) is tree.Override and item.code.text == change.code:
            kinds = {head.kind for head in change.heads}
            return source, tuple(head for head in item.heads if type(head) is tree.Head and head.kind in kinds)
    return source, ()


def made(
    rule: Rule, node: tree.Rule, file: Source, vocabulary: Vocabulary, others: tuple[tuple[int, Source], ...] = ()
) -> Watched:
    maker = ObservedMaker(file.path, vocabulary)
    return Watched(rule, node, file, parts_of(node, maker), maker.recorder, others)


def written(rule: Rule, library: Library) -> tuple[tree.Rule, Source] | None:
    """The rule as it stands in its file."""
    name, _, path = rule.place.partition("/")
    pack = next((pack for pack in library.packs if pack.name == name), None)
    if pack is None or not path:
        return None
    file = pack.folder if pack.folder.is_file() else pack.folder / path
    source = Source(rule.place, file.read_bytes().decode("utf-8", "replace").lstrip("\ufeff"))
    nodes = (item for item in read(source).tree.items if type(item) is tree.Rule)
    node = next((node for node in nodes if node.code.text == rule.code), None)
    return (node, source) if node is not None else None


def ask(rule: Watched, subject: Thing, ctx: Context, teller: Teller, fate: Fate) -> Asked:
    """Ask the rule of a subject, condition by condition."""
    telling = Telling(rule.file, teller, subject, ctx, rule.others)
    loops: list[Step] = []
    env: Environment = {rule.parts.subject: subject}
    loud: list[Case] = []
    quiet: list[Case] = []
    outcomes: set[str] = set()
    count = 0
    for _ in _choices(rule, 0, env, telling, loops):
        case = _case(rule, env, telling, fate)
        outcomes.add(case.outcome)
        count += 1
        kept = loud if case.outcome in (traces.REPORTS, traces.UNSURE) else quiet
        if len(kept) < MOST_CASES:
            kept.append(case)
    if ctx.steps < 0:
        outcomes.add(traces.UNSURE)  # the rest was too much to look at
    cases = [*loud, *quiet][:MOST_CASES]
    order = (traces.REPORTS, traces.UNSURE, traces.IN_ORDER, traces.PASSED_BY)
    outcome = next((word for word in order if word in outcomes), traces.PASSED_BY)
    return Asked(outcome, tuple(loops), tuple(cases), count - len(cases))


def _choices(rule: Watched, depth: int, env: Environment, telling: Telling, loops: list[Step]) -> Iterator[None]:
    """Every choice of what the lines `for each` run over, put into the variables."""
    parts = rule.parts
    if depth == len(parts.loops):
        yield None
        return
    loop = parts.loops[depth]
    head = [head for head in rule.heads("for each") if type(head.values[-1]) is tree.Path][depth]
    with rule.recorder.frame(head) as frame:
        value = loop.reach(telling.ctx, env) if loop.reach else None
    if len(loops) == depth:
        loops.append(telling.step("for each", head, frame))
    members = value.members if type(value) is Values else atoms(value)
    if depth and len(members) > LONG:
        telling.ctx.steps -= len(members)
        if telling.ctx.steps < 0:
            telling.ctx.unsure = True
            return
    if len(loop.names) == 2:
        for pair in pairs_of(members, telling.ctx):
            env[loop.names[0]], env[loop.names[1]] = pair
            yield from _choices(rule, depth + 1, env, telling, loops)
        return
    for member in members:
        env[loop.names[0]] = member
        yield from _choices(rule, depth + 1, env, telling, loops)


def _case(rule: Watched, env: Environment, telling: Telling, fate: Fate) -> Case:
    """The lines `where` until one does not hold, then all lines `expect`."""
    parts, ctx = rule.parts, telling.ctx
    names = [name for loop in parts.loops for name in loop.names]
    variables = tuple((name, telling.teller.words(env[name], telling.subject)) for name in names)
    steps: list[Step] = []
    lines = rule.heads("where")
    for number, (head, test) in enumerate(zip(lines, parts.where, strict=True)):
        truth = _ask(rule, head, test, env, telling, steps)
        if truth is not True:
            outcome = traces.UNSURE if truth is CANNOT_TELL else traces.PASSED_BY
            rest = [*lines[number + 1 :], *rule.heads("expect")]
            steps += [telling.step(head.kind, head.values[0], None) for head in rest]
            return Case(variables, tuple(steps), outcome, number)
    ctx.applied = True
    unsure = -1
    stopped = -1
    for head, test in zip(rule.heads("expect"), parts.expect, strict=True):
        truth = _ask(rule, head, test, env, telling, steps)
        if truth is False and stopped < 0:
            stopped = len(steps) - 1
        if truth is CANNOT_TELL and unsure < 0:
            unsure = len(steps) - 1
    if parts.expect and stopped < 0:
        return Case(variables, tuple(steps), traces.UNSURE if unsure >= 0 else traces.IN_ORDER, unsure)
    draft = draft_of(parts, env, ctx)
    said, span, reported = fate(draft)
    return Case(variables, tuple(steps), traces.REPORTS, stopped, draft.message, span, said, reported)


def _ask(rule: Watched, head: tree.Head, test: Test, env: Environment, telling: Telling, steps: list[Step]) -> Truth:
    with rule.recorder.frame(head) as frame:
        truth = test(telling.ctx, env)
    (noted,) = frame.parts
    steps.append(telling.step(head.kind, head.values[0], noted))
    return truth
