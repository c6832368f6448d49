"""Judges the model of a register by rules.

Errors never stop the flow: a rule that breaks is a problem that names it, and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gdprlint.diagnostics import Diagnostic, Problem
from gdprlint.judging.alike import OUTER, Candidates, Entry, ask_all, words_said
from gdprlint.judging.findings import counted, diagnostic, settled, with_fingerprint
from gdprlint.judging.letters import Letters
from gdprlint.judging.said import Names, said_of
from gdprlint.model.register import Register, codes_of
from gdprlint.model.states import Extent
from gdprlint.model.things import Thing
from gdprlint.parallel import by_turns, processes, shares
from gdprlint.readers import checks
from gdprlint.readers.margins import check_margins
from gdprlint.rules.rule import MOST_STEPS, Context, Draft, Rule
from gdprlint.rules.terms import is_term, some_clause_may_be
from gdprlint.rules.truth import NOT_APPLICABLE
from gdprlint.rules.types import DECLARED
from gdprlint.values import define, evolve, field, frozen

PARALLEL_THINGS = 2_000
TURNS = 24  # of each process, so that none waits long for another


@frozen
class Outcome:
    """What judging some things gave: findings, the rules that applied or could not tell, and what broke."""

    findings: tuple[Diagnostic, ...] = ()
    applied: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def in_force(rules: Iterable[Rule], day: date) -> list[Rule]:
    return [rule for rule in rules if rule.window(day) is not None]


def judge_register(
    register: Register, rules: Sequence[Rule], as_of: date, jobs: int = 1, heard: frozenset[str] | None = None
) -> Outcome:
    """All findings of these rules in a register, reference checks among them.

    Silence counts as each rule says; where `heard` is given, for the rules with these codes only.
    """
    rules = _within_their_codes(rules, register, as_of)
    units = [thing for thing in register.things if thing.outer is None]
    by_kind: dict[str, list[Rule]] = {}
    for rule in rules:
        for kind in _KINDS_OF_SUBJECT.get(rule.subject, (rule.subject,)):
            by_kind.setdefault(kind, []).append(rule)

    by_kind[OUTER] = [rule for rule in by_kind.get("activity", ()) if rule.subject == "declaration"]

    names = Names(register)

    candidates = Candidates(by_kind, Letters(register), heard)  # each process fills its own

    def work(part: Sequence[Thing]) -> Outcome:
        run = _Run(register, as_of, candidates, names)
        for unit in part:
            run.unit(unit)
        return run.outcome()

    count = processes(jobs)
    if count < 2 or len(register.things) < PARALLEL_THINGS:
        outcome = work(units)
    else:
        parts = shares(units, [1 + len(unit.inner) for unit in units], TURNS * count)
        outcome = Outcome()
        for part in by_turns(work, parts, count, lambda done: None):
            outcome = merged(outcome, part)
    return evolve(outcome, findings=tuple(counted(settled(outcome.findings, rules, register))))


_KINDS_OF_SUBJECT = {
    "organisation": ("organisation", "organisations"),
    "party": ("organisation", "organisations", "team", "people"),
    "declaration": DECLARED,
}


def _within_their_codes(rules: Sequence[Rule], register: Register, as_of: date) -> Sequence[Rule]:
    """The rules without those of a code that nobody in the register works under."""
    codes = codes_of(register)
    context = Context(register, as_of, Extent.CONTROLLER_RECORD, True)
    answers: dict[str, object] = {}

    def may_apply(rule: Rule) -> bool:
        for code in rule.needs.codes if rule.needs is not None else ():
            if code not in answers:
                answers[code] = is_term(context, codes, code, False, True)
            if answers[code] is False or answers[code] is NOT_APPLICABLE:
                return False
        return True

    return [rule for rule in rules if may_apply(rule)]


def merged(one: Outcome, two: Outcome) -> Outcome:
    return Outcome(
        one.findings + two.findings, one.applied | two.applied, one.unsure | two.unsure,
        one.problems + tuple(problem for problem in two.problems if problem not in one.problems),
    )  # fmt: skip


@define(eq=False)
class _Run:
    """The judging of some units of a register, one after the other, and what it has given so far."""

    register: Register
    as_of: date
    candidates: Candidates
    names: Names
    findings: list[Diagnostic] = field(factory=list)
    applied: set[str] = field(factory=set)
    unsure: set[str] = field(factory=set)
    problems: dict[str, Problem] = field(factory=dict)
    troubles: dict[str, str] = field(factory=dict)

    def unit(self, unit: Thing) -> None:
        """Judge a thing and all within it."""
        family = list(_family(unit))
        for thing in family:
            self._told_by_readers(thing)
        drafts: dict[str, list[tuple[Thing, Draft]]] = {}
        for thing in family:
            self._ask(thing, drafts)
        for code, listed in drafts.items():
            rule = self.candidates.by_code[code]
            for thing, draft in _lifted(rule, listed, self.register, self.as_of, self.candidates, self.problems):
                self.findings.append(diagnostic(rule, draft, thing, self.register, self.as_of))

    def _told_by_readers(self, thing: Thing) -> None:
        register = self.register
        told = (*checks.check_names(thing, register.names), *check_margins(thing, register.notices))
        activity = thing.name if thing.kind == "activity" else ""
        self.findings.extend(with_fingerprint(found, register.name).evolve(activity=activity) for found in told)

    def _ask(self, thing: Thing, drafts: dict[str, list[tuple[Thing, Draft]]]) -> None:
        """Ask the rules for things of this kind; what they report goes to `drafts`, by code."""
        kind = OUTER if thing.kind == "activity" and thing.activities else thing.kind
        if kind not in self.candidates.by_kind:
            return
        register = self.register
        context = context_of(register, thing, self.as_of)
        context.troubles = self.troubles
        words = words_said(register, thing)
        groups, cannot_tell = self.candidates.of(kind, context.extent, context.document, words)
        self.unsure |= cannot_tell

        def speaks(entry: Entry) -> bool:
            rule, context.silence, rest, hold, terms = entry
            if terms:
                keys, sure, _ = some_clause_may_be(context, thing)
                if sure and terms.isdisjoint(keys):
                    return False
            if rest is not None:
                if not hold and not _may_speak(rule, thing, context):
                    return False
                rest.ask(said, speaks)
                return True
            found = _run(rule, thing, context, self.problems)
            if context.applied:
                self.applied.add(rule.code)
            if context.unsure:
                self.unsure.add(rule.code)
            if found:
                drafts.setdefault(rule.code, []).extend((thing, draft) for draft in found)
            return bool(found)

        said = said_of(register, thing, self.names)
        ask_all(groups, said, speaks)

    def outcome(self) -> Outcome:
        problems = (*self.problems.values(), *map(Problem, self.troubles.values()))
        return Outcome(tuple(self.findings), frozenset(self.applied), frozenset(self.unsure), problems)


def _family(unit: Thing) -> Iterator[Thing]:
    """A thing and all within it, in the order of the text."""
    pending = [unit]
    while pending:
        thing = pending.pop()
        yield thing
        pending.extend(reversed(thing.inner))


def context_of(register: Register, thing: Thing, as_of: date) -> Context:
    return Context(register, as_of, register.extent_of(thing), False, register.judged_as(thing))


def _may_speak(rule: Rule, thing: Thing, context: Context) -> bool:
    """Whether the first conditions of a rule hold; where they break, the rule itself is asked, and breaks."""
    context.steps = MOST_STEPS
    try:
        return rule.may_speak is None or rule.may_speak(thing, context)
    except Exception:  # the guard around a rule: it may be anybody's
        return True


def _run(rule: Rule, thing: Thing, context: Context, problems: dict[str, Problem]) -> list[Draft]:
    context.unsure = context.applied = False
    context.steps = MOST_STEPS
    try:
        found = list(rule.judge(thing, context))
        context.applied = context.applied or bool(found)
        return found
    except Exception as error:  # the guard around a rule: it may be anybody's
        problems.setdefault(
            rule.code,
            Problem(
                f"rule {rule.code} {rule.name} broke on `{thing.name}`: {type(error).__name__}: {error}",
                rule.place or rule.pack,
            ),
        )
        return []


def _lifted(
    rule: Rule,
    listed: list[tuple[Thing, Draft]],
    register: Register,
    as_of: date,
    candidates: Candidates,
    problems: dict[str, Problem],
) -> list[tuple[Thing, Draft]]:
    """What is missing in every activity within another one is said once, of the outer one."""
    missing = {
        id(thing): (thing, draft) for thing, draft in listed if draft.at[0][0] is thing and thing.kind == "activity"
    }
    kept = [(thing, draft) for thing, draft in listed if id(thing) not in missing or draft is not missing[id(thing)][1]]
    while True:
        outers = {
            id(thing.outer): thing.outer
            for thing, _ in missing.values()
            if thing.outer and thing.outer.kind == "activity"
        }
        lifted = False
        for outer in outers.values():
            within = [id(thing) for thing in outer.activities]
            if not all(one in missing for one in within):
                continue
            context = context_of(register, outer, as_of)
            context.silence = candidates.counts_silence(rule, context.extent)
            found = _run(rule, outer, context, problems)
            whole = [draft for draft in found if draft.at[0][0] is outer]
            if len(whole) != 1:
                continue
            for one in within:
                del missing[one]
            missing[id(outer)] = (outer, whole[0])
            lifted = True
        if not lifted:
            return [*missing.values(), *kept]
