"""Reads registers, judges them by the rules, and hands back a report.

Errors never stop the flow: what cannot be read is a finding and the rest is judged; a rule that
breaks is a problem that names it. Each fact is reported once, where it stands.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from attrs import define, evolve, field, frozen

from gdprlint.diagnostics import Diagnostic, Judged, Label, Problem, Report, Severity
from gdprlint.language import tree
from gdprlint.language.reading import Parsed, read
from gdprlint.model.names import Names
from gdprlint.model.register import Register
from gdprlint.model.states import Extent
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.parallel import in_processes, processes
from gdprlint.readers import checks
from gdprlint.readers.margins import check_margins, notice_files, place_of
from gdprlint.readers.record import FileModel, outline, settle_tails, words_used
from gdprlint.registers import Loaded, NotFound, Plan, load, plans, project_of, shown_path
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library
from gdprlint.rules.packs import load as load_library
from gdprlint.rules.rule import Context, Draft, Rule, Spot
from gdprlint.rules.types import DECLARED
from gdprlint.text import Source, Span

T = TypeVar("T")
PARALLEL_BYTES = 200_000  # below this, a second process costs more than it saves
MOST_REMEMBERED = 3_000  # different activities, for each set of clauses that rules look at
PARALLEL_THINGS = 2_000


class WrongUse(Exception):
    """The command was given something it cannot work with; the message is one line."""


@frozen
class CheckOptions:
    as_of: date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    local_packs: tuple[str, ...] = ()
    max_bytes: int = 8_000_000
    jobs: int = 0


@frozen
class Outcome:
    """What judging some things gave: findings, the rules that applied or could not tell, and what broke."""

    findings: tuple[Diagnostic, ...] = ()
    applied: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@frozen
class FileRead:
    """A file as read by itself: its tree, what its sentences say that no verb takes, and every word used in it."""

    source: Source
    tree: tree.File
    findings: tuple[Diagnostic, ...]
    words: frozenset[str]


@define(eq=False)
class Reading:
    """A register as it was read."""

    plan: Plan
    register: Register
    files: list[FileModel] = field(factory=list)
    parsed: dict[str, FileRead] = field(factory=dict)
    findings: list[Diagnostic] = field(factory=list)


def check(paths: Sequence[str], options: CheckOptions) -> Report:
    """Judge the files at these paths, within their registers."""
    library = load_library(options.local_packs)
    try:
        planned = plans(paths)
    except NotFound as error:
        raise WrongUse(str(error)) from None
    was_enabled = gc.isenabled()
    gc.disable()  # nothing that is read is let go of before the end
    try:
        return _check(planned, library, options)
    finally:
        if was_enabled:
            gc.enable()


def _check(planned: list[Plan], library: Library, options: CheckOptions) -> Report:
    loaded = {path: load(path, options.max_bytes) for plan in planned for path in plan.files}
    parsed = _read_files([item for item in loaded.values() if item.source is not None], options.jobs)
    readings = [read_register(plan, loaded, parsed, library.vocabulary, options.max_bytes) for plan in planned]
    outcome = Outcome()
    sources: dict[str, Source] = {}
    findings: list[Diagnostic] = []
    packs: set[str] = set()
    ran: dict[str, Rule] = {}
    for reading in readings:
        used = packs_used(reading, library)
        packs |= used if used is not None else {pack.name for pack in library.packs}
        try:
            rules = in_force(library.chosen(options.select, options.ignore, used), options.as_of)
        except ValueError as error:
            raise WrongUse(str(error)) from None
        ran.update({rule.code: rule for rule in rules})
        outcome = _merged(outcome, judge_register(reading.register, rules, options.as_of, options.jobs))
        findings.extend(_shown(reading, options))
        sources.update({path: item.source for path, item in reading.parsed.items()})
        sources.update({source.path: source for source in reading.register.notices.values()})
    findings.extend(_within(outcome.findings, readings))
    local, broken = _pack_faults(library)
    findings.extend(local)
    ordered = order(findings)
    judged = Judged(
        files=sum(len(plan.shown) for plan in planned),
        files_with_findings=len({finding.span.path for finding in ordered}),
        packs=tuple(sorted(packs - {"core"})),
        as_of=options.as_of.isoformat(),
        rules=len(ran),
        not_applied=len(set(ran) - outcome.applied),
        cannot_tell=len(outcome.unsure),
    )
    return Report(tuple(ordered), judged, (*library.problems, *broken, *outcome.problems), sources)


def _pack_faults(library: Library) -> tuple[list[Diagnostic], list[Problem]]:
    """Faults in rule files: findings where the pack is the user's own, problems of the run where it is installed."""
    own = tuple(f"{pack.name}/" for pack in library.packs if pack.origin == "local")
    local = [fault for fault in library.faults if fault.span.path.startswith(own)] if own else []
    first: dict[str, Diagnostic] = {}
    for fault in library.faults:
        if fault not in local:
            first.setdefault(fault.span.path, fault)
    return local, [
        Problem(f"not run, since it has a fault: {fault.message}", path) for path, fault in sorted(first.items())
    ]


def read_file(source: Source) -> FileRead:
    """Read one file by itself; what needs the names of its register comes later."""
    parsed = read(source)
    findings = (*parsed.faults, *checks.check_tree(parsed.tree, source))
    return FileRead(source, parsed.tree, findings, frozenset(words_used(parsed.tree)))


def _read_files(files: list[Loaded], jobs: int) -> dict[str, FileRead]:
    sources = [item.source for item in files if item.source is not None]
    count = processes(jobs)
    if count < 2 or len(sources) < 2 or sum(len(source.text) for source in sources) < PARALLEL_BYTES:
        return {source.path: read_file(source) for source in sources}
    parts = _shares(sources, [len(source.text) for source in sources], count)
    done = in_processes(_without_text, parts)
    return {
        source.path: FileRead(source, *rest)
        for part, results in zip(parts, done, strict=True)
        for source, rest in zip(part, results, strict=True)
    }


def _without_text(sources: Sequence[Source]) -> list[tuple[tree.File, tuple[Diagnostic, ...], frozenset[str]]]:
    """What has been read, without the text that the other process has already."""
    return [(file.tree, file.findings, file.words) for file in map(read_file, sources)]


def _shares(items: list[T], weights: list[int], count: int) -> list[list[T]]:
    """The items in `count` runs of about the same weight; the last, which this process takes, a little less."""
    total = sum(weights) or 1
    shares: list[list[T]] = [[] for _ in range(count)]
    done = 0
    for item, weight in zip(items, weights, strict=True):
        shares[min(count - 1, done * count // total)].append(item)
        done += weight
    return [share for share in shares if share] or [[]]


# ---- one register


def read_register(
    plan: Plan,
    loaded: dict[Path, Loaded],
    parsed: dict[str, FileRead],
    vocabulary: Vocabulary,
    max_bytes: int = 8_000_000,
) -> Reading:
    """The model of a register: its names are declared once and looked up nowhere else."""
    names = Names(vocabulary)
    reading = Reading(plan, Register(plan.name, names))
    for path in plan.files:
        item = loaded[path]
        reading.findings.extend(item.diagnostics)
        if item.path in parsed:
            _take(reading, parsed[item.path], names)
    _follow_uses(reading, names, max_bytes)
    settle(reading)
    register = reading.register
    register.notices, problems = notice_files(register.things, project_of(plan.root), max_bytes)
    reading.findings.extend(problems)
    return reading


def _take(reading: Reading, file: FileRead, names: Names) -> FileModel:
    model = outline(Parsed(file.source, file.tree), names)
    reading.files.append(model)
    reading.parsed[file.source.path] = file
    reading.findings.extend(file.findings)
    for thing in model.things:
        first = names.things.setdefault(thing.name, thing)
        if first is not thing and thing.kind != "term":
            reading.findings.append(checks.declared_twice(first, thing))
    return model


def settle(reading: Reading) -> None:
    """All names are known: resolve what the declarations themselves say."""
    register = reading.register
    register.things = [thing for model in reading.files for thing in model.things]
    headers = [model.document for model in reading.files if model.document is not None]
    register.default = headers[0] if len(headers) == 1 else None
    for thing in register.things:
        if thing.tails:
            settle_tails(thing, register.names)
    for model in reading.files:
        for key, things in model.about.items():
            register.about.setdefault(key, []).extend(dict.fromkeys(things))
    register.used = frozenset().union(*(file.words for file in reading.parsed.values()))


def _follow_uses(reading: Reading, names: Names, max_bytes: int) -> None:
    """Take in the files that `use` names, each once, within the project only.

    What is wrong with a `use` in a file that is not part of the register is told at the `use` that brought it in.
    """
    project = project_of(reading.plan.root)
    pending: list[tuple[FileModel, Path, Span | None]] = [
        (model, (Path.cwd() / model.path).resolve(), None) for model in reading.files
    ]
    edges: dict[Path, list[tuple[Path, Span]]] = {path: [] for _, path, _ in pending}
    while pending:
        model, here, brought_in = pending.pop(0)
        for thing in model.uses:
            if thing.kind != "quote":
                continue
            span = brought_in or Span(model.path, thing.start, thing.end)
            target = (here.parent / (thing.quote or "")).resolve()
            if not target.is_relative_to(project):
                reading.findings.append(
                    checks.syntax("use-outside", "the file lies outside the project and is not read", span)
                )
                continue
            edges[here].append((target, span))
            if target in edges:
                continue
            item = load(target, max_bytes) if target.is_file() else None
            if item is None:
                help = "a path counts from the file that uses it"
                reading.findings.append(checks.syntax("use-not-found", f'there is no file "{thing.quote}"', span, help))
            elif item.source is None:
                reading.findings.extend(found.evolve(span=span) for found in item.diagnostics)
            else:
                edges[target] = []
                pending.append((_take(reading, read_file(item.source), names), target, span))
    reading.findings.extend(
        checks.syntax("cyclic-use", "this `use` comes back to a file that uses it", span, "take one of them out")
        for span in _cycles(edges)
    )


def _cycles(edges: dict[Path, list[tuple[Path, Span]]]) -> list[Span]:
    """The `use` that closes each circle, met by going from file to file in their order."""
    found: list[Span] = []
    done: set[Path] = set()
    for root in edges:
        path: list[tuple[Path, int]] = [(root, 0)] if root not in done else []
        on_path = {root}
        while path:
            here, number = path.pop()
            if number >= len(edges.get(here, ())):
                done.add(here)
                on_path.discard(here)
                continue
            path.append((here, number + 1))
            target, span = edges[here][number]
            if target in on_path:
                found.append(span)
            elif target not in done and target in edges:
                on_path.add(target)
                path.append((target, 0))
    return found


def packs_used(reading: Reading, library: Library) -> set[str] | None:
    """The packs that the register uses; None (all of them) where no file says `use`."""
    known = {pack.name: pack for pack in library.packs}
    named: set[str] = set()
    uses = False
    for model in reading.files:
        for thing in model.uses:
            if thing.kind != "word":
                continue
            uses = True
            if thing.text in known:
                named.add(thing.text)
            else:
                from gdprlint.text import nearest_name

                near = nearest_name(thing.text, known)
                reading.findings.append(
                    checks.reference(
                        "REC005", "pack-not-installed", f"no rule pack `{thing.text}` is installed",
                        Span(model.path, thing.start, thing.end), f"did you mean `{near}`?" if near else "",
                    )
                )  # fmt: skip
    return {*named, *(pack.name for pack in library.packs if pack.origin == "local")} if uses else None


def _shown(reading: Reading, options: CheckOptions) -> list[Diagnostic]:
    found = [*reading.findings]
    for model in reading.files:
        for node in model.rules:
            found.append(checks.rule_in_record(node, model.path))
            _, faults = declared(node, reading.parsed[model.path].source, reading.register.names.vocabulary)
            found.extend(faults)
    shown = {shown_path(path) for path in reading.plan.shown}
    return [
        with_fingerprint(finding, reading.register.name)
        for finding in found
        if finding.span.path in shown and not _left_out(finding, options)
    ]


def _left_out(finding: Diagnostic, options: CheckOptions) -> bool:
    names = {finding.code, finding.name, finding.pack, finding.topic}
    if names & set(options.ignore):
        return True
    return bool(options.select) and finding.code != "syntax" and not names & set(options.select)


def _within(findings: Iterable[Diagnostic], readings: list[Reading]) -> list[Diagnostic]:
    shown = {shown_path(path) for reading in readings for path in reading.plan.shown}
    return [finding for finding in findings if finding.span.path in shown]


def with_fingerprint(finding: Diagnostic, register: str) -> Diagnostic:
    """A finding of the reader is known by its kind and what it says of which words."""
    text = f"{finding.code}\n{finding.name}\n{register}\n{finding.message}"
    return finding.evolve(fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16], register=register)


# ---- judging


def in_force(rules: Iterable[Rule], day: date) -> list[Rule]:
    return [rule for rule in rules if rule.window(day) is not None]


def judge_register(
    register: Register, rules: Sequence[Rule], as_of: date, jobs: int = 1, heard: frozenset[str] | None = None
) -> Outcome:
    """All findings of these rules in a register, reference checks among them.

    Silence counts as each rule says; where `heard` is given, for the rules with these codes only.
    """
    if heard is not None:
        rules = [rule if rule.code in heard else evolve(rule, silence=frozenset()) for rule in rules]
    units = [thing for thing in register.things if thing.outer is None]
    by_kind: dict[str, list[Rule]] = {}
    for rule in rules:
        for kind in _KINDS_OF_SUBJECT.get(rule.subject, (rule.subject,)):
            by_kind.setdefault(kind, []).append(rule)

    by_kind[OUTER] = [rule for rule in by_kind.get("activity", ()) if rule.subject == "declaration"]

    def work(part: Sequence[Thing]) -> Outcome:
        return _judge_units(register, part, by_kind, as_of)

    count = processes(jobs)
    if count < 2 or len(register.things) < PARALLEL_THINGS:
        outcome = work(units)
    else:
        parts = _shares(units, [1 + len(unit.inner) for unit in units], count)
        outcome = Outcome()
        for part in in_processes(work, parts):
            outcome = _merged(outcome, part)
    return evolve(outcome, findings=tuple(_counted(_settled(outcome.findings, rules, register))))


OUTER = "activity around others"  # judged through those within it, but for what is true of any declaration
_KINDS_OF_SUBJECT = {
    "organisation": ("organisation", "organisations"),
    "party": ("organisation", "organisations", "team", "people"),
    "declaration": DECLARED,
}


def _merged(one: Outcome, two: Outcome) -> Outcome:
    return Outcome(
        one.findings + two.findings, one.applied | two.applied, one.unsure | two.unsure,
        one.problems + tuple(problem for problem in two.problems if problem not in one.problems),
    )  # fmt: skip


def _judge_units(register: Register, units: Sequence[Thing], by_kind: dict[str, list[Rule]], as_of: date) -> Outcome:
    findings: list[Diagnostic] = []
    applied: set[str] = set()
    unsure: set[str] = set()
    problems: dict[str, Problem] = {}
    candidates: dict[tuple[str, Extent, str, frozenset[str] | None], tuple[list[_Group], frozenset[str]]] = {}
    shared: dict[object, _Group] = {}
    by_code = {rule.code: rule for rules in by_kind.values() for rule in rules}
    for unit in units:
        pending = [unit]
        family: list[Thing] = []
        while pending:
            thing = pending.pop()
            family.append(thing)
            pending.extend(reversed(thing.inner))
        for thing in family:
            findings.extend(
                with_fingerprint(found, register.name).evolve(activity=thing.name if thing.kind == "activity" else "")
                for found in (*checks.check_names(thing, register.names), *check_margins(thing, register.notices))
            )
        drafts: dict[str, list[tuple[Thing, Draft]]] = {}
        for thing in family:
            kind_of_thing = OUTER if thing.kind == "activity" and thing.activities else thing.kind
            rules = by_kind.get(kind_of_thing)
            if not rules:
                continue
            context = context_of(register, thing, as_of)
            kind = (kind_of_thing, context.extent, context.document, _verbs_said(register, thing))
            if kind not in candidates:
                candidates[kind] = _candidates(rules, *kind[1:], shared)
            groups, cannot_tell = candidates[kind]
            unsure |= cannot_tell
            said = _Said(register, thing)
            for group in groups:
                key = said.of(group.reads) if group.reads is not None else None
                known = group.spoke.get(key) if key is not None else None
                spoke = []
                for rule, silence in group.rules if known is None else known:
                    context.silence = silence
                    found = _run(rule, thing, context, problems)
                    if context.applied:
                        applied.add(rule.code)
                    if context.unsure:
                        unsure.add(rule.code)
                    if found:
                        spoke.append((rule, silence))
                        drafts.setdefault(rule.code, []).extend((thing, draft) for draft in found)
                if known is None and key is not None and len(group.spoke) < MOST_REMEMBERED:
                    group.spoke[key] = spoke
        for code, listed in drafts.items():
            rule = by_code[code]
            for thing, draft in _lifted(rule, listed, register, as_of, problems):
                findings.append(diagnostic(rule, draft, thing, register, as_of))
    return Outcome(tuple(findings), frozenset(applied), frozenset(unsure), tuple(problems.values()))


@define(eq=False)
class _Group:
    """Rules that look at the same things of an activity, each with whether silence counts for it.

    `spoke` remembers, by what an activity says there, which of them had something to report: on the next activity that
    says the same, the others have nothing either.
    """

    reads: tuple[str, ...] | None
    rules: list[tuple[Rule, bool]] = field(factory=list)
    spoke: dict[tuple[object, ...], list[tuple[Rule, bool]]] = field(factory=dict)


class _Said:
    """What one activity says, by verb and tail, in its normal form."""

    def __init__(self, register: Register, thing: Thing) -> None:
        self.register = register
        self.thing = thing
        self.known: dict[str, object] = {}

    def of(self, reads: tuple[str, ...]) -> tuple[object, ...]:
        known = self.known
        return tuple([known[name] if name in known else self._one(name) for name in reads])

    def _one(self, name: str) -> object:
        said: object
        if name == ".document":
            document = self.register.document_of(self.thing)
            said = document.name if document is not None else None
        elif name[0] == ".":
            members = self.register.field(self.thing, name[1:]).members
            said = tuple([m.name if isinstance(m, Thing) else m.normal for m in members])
        else:
            clauses = self.thing.said.get(name)
            said = tuple([clause.normal for clause in clauses]) if clauses else None
        self.known[name] = said
        return said


def _candidates(
    rules: Sequence[Rule], extent: Extent, document: str, said: frozenset[str] | None, known: dict[object, _Group]
) -> tuple[list[_Group], frozenset[str]]:
    """The rules that may have something to say where just these verbs are said, in groups that `known` shares.

    Beside them, the codes of those that cannot tell, since silence does not count for them.
    """
    found: dict[tuple[str, ...] | None, list[tuple[Rule, bool]]] = {}
    unsure: set[str] = set()
    for rule in rules:
        if document not in rule.judges:
            continue
        silence = extent.value in rule.silence
        needs = rule.needs
        if said is not None and needs is not None:
            if not needs.looped <= said:
                continue
            if not needs.asked <= said:
                if not silence:
                    unsure.add(rule.code)
                continue
        reads = needs.reads if said is not None and needs is not None else None
        found.setdefault(reads, []).append((rule, silence))
    groups = []
    for reads, listed in found.items():
        name = (reads, tuple((rule.code, silence) for rule, silence in listed))
        groups.append(known.setdefault(name, _Group(reads, listed)))
    return groups, frozenset(unsure)


def context_of(register: Register, thing: Thing, as_of: date) -> Context:
    return Context(register, as_of, register.extent_of(thing), False, register.judged_as(thing))


def _verbs_said(register: Register, thing: Thing) -> frozenset[str] | None:
    """The verbs of the clauses that hold for an activity; None where a clause may be unread, or told elsewhere."""
    if thing.kind != "activity":
        return None
    return frozenset(thing.said) if register.is_plain(thing) else None


def _run(rule: Rule, thing: Thing, context: Context, problems: dict[str, Problem]) -> list[Draft]:
    context.unsure = context.applied = False
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
    rule: Rule, listed: list[tuple[Thing, Draft]], register: Register, as_of: date, problems: dict[str, Problem]
) -> list[tuple[Thing, Draft]]:
    """What is missing in every activity within another one is said once, of the outer one."""
    missing = {
        thing.name: (thing, draft) for thing, draft in listed if draft.at[0][0] is thing and thing.kind == "activity"
    }
    kept = [
        (thing, draft) for thing, draft in listed if thing.name not in missing or draft is not missing[thing.name][1]
    ]
    while True:
        outers = {
            thing.outer.name: thing.outer
            for thing, _ in missing.values()
            if thing.outer and thing.outer.kind == "activity"
        }
        lifted = False
        for outer in outers.values():
            inner = [thing.name for thing in outer.activities]
            if not all(name in missing for name in inner):
                continue
            context = context_of(register, outer, as_of)
            context.silence = context.extent.value in rule.silence
            found = _run(rule, outer, context, problems)
            whole = [draft for draft in found if draft.at[0][0] is outer]
            if len(whole) != 1:
                continue
            for name in inner:
                del missing[name]
            missing[outer.name] = (outer, whole[0])
            lifted = True
        if not lifted:
            return [*missing.values(), *kept]


def place(spot: Spot | None, subject: Thing) -> Span:
    """Where a thing, clause or value stands; what stands nowhere is pointed at by the name of the subject."""
    here: object = spot
    if isinstance(here, Values):
        here = here.members[0] if here.members else None
    if isinstance(here, Item):
        holder = here.holder
        path = (
            holder.owner.path
            if isinstance(holder, Clause)
            else holder.path
            if isinstance(holder, Thing)
            else subject.path
        )
        return Span(path, here.start, here.end)
    if isinstance(here, Clause):
        return Span(here.owner.path, here.start, here.end)
    thing = here if isinstance(here, Thing) else subject
    return Span(thing.path, thing.name_start, thing.name_end)


def diagnostic(rule: Rule, draft: Draft, subject: Thing, register: Register, as_of: date) -> Diagnostic:
    """The finding that a draft amounts to, with its provisions as they stood and its fingerprint."""
    spots = [(place(spot, subject), label) for spot, label in draft.at]
    primary, label = spots[0]
    severity = draft.severity or rule.severity
    note = draft.note
    if rule.verified == "no":
        severity = Severity(max(Severity.INFO, severity - 1))
        note = note or "the provision behind this rule was not read in its own text"
    labels = [Label(span, text) for span, text in spots[1:] if span != primary]
    labels.extend(_margin_labels(draft.at[0][0], register))
    return Diagnostic(
        rule.code, rule.name, severity, draft.message, primary, label, draft.advice or ("" if "{" in rule.help else rule.help),
        note, rule.cited(as_of), tuple(labels), subject.name if subject.kind == "activity" else "", register.name,
        fingerprint(rule, draft, subject, register), rule.pack, rule.topic,
    )  # fmt: skip


def _margin_labels(spot: Spot, register: Register) -> list[Label]:
    """Where the source says it: the second place of a finding about a clause with a margin."""
    here: object = spot.members[0] if isinstance(spot, Values) and spot.members else spot
    if isinstance(here, Item):
        here = here.holder
    if not isinstance(here, Clause):
        return []
    found = place_of(here, register.notices)
    return [Label(*found)] if found else []


def fingerprint(rule: Rule, draft: Draft, subject: Thing, register: Register) -> str:
    """Made of meaning: rule, register, kind and name of the subject, clause kind and normal form of the value."""
    spot: object = draft.at[0][0]
    if isinstance(spot, Values):
        spot = spot.members[0] if spot.members else None
    verb = normal = ""
    if isinstance(spot, Item):
        verb = spot.holder.verb if isinstance(spot.holder, Clause) else ""
        normal = spot.normal
        subject = spot.holder.owner if isinstance(spot.holder, Clause) else subject
    elif isinstance(spot, Clause):
        verb, normal, subject = spot.verb, spot.normal, spot.owner
    elif isinstance(spot, Thing):
        subject = spot
    parts = (rule.code, register.name, f"{subject.kind} {subject.name}", verb, normal)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _settled(findings: Sequence[Diagnostic], rules: Sequence[Rule], register: Register) -> list[Diagnostic]:
    """One place, one finding; and what yields is not shown beside what it yields to."""
    unique: dict[tuple[object, ...], Diagnostic] = {}
    for finding in findings:
        key = (finding.code, finding.span, "" if finding.labels else finding.message)
        known = unique.setdefault(key, finding)
        if known is not finding:
            more = tuple(label for label in finding.labels if label not in known.labels)
            unique[key] = known.evolve(labels=known.labels + more) if more else known
    found = list(unique.values())
    yields = {rule.code: rule.yields for rule in rules if rule.yields}
    if not any(finding.code in yields for finding in found):
        return found
    by_code: dict[str, list[Diagnostic]] = {}
    for finding in found:
        by_code.setdefault(finding.code, []).append(finding)
    at_name = {Span(thing.path, thing.name_start, thing.name_end): thing.kind for thing in register.things}
    return [
        finding
        for finding in found
        if not any(
            _covers(kept, finding, at_name) for code in yields.get(finding.code, ()) for kept in by_code.get(code, ())
        )
    ]


def _covers(kept: Diagnostic, other: Diagnostic, at_name: dict[Span, str]) -> bool:
    """Whether what `kept` says makes the other finding needless: the same clause, or the same thing missing.

    What is missing stands at a name: of the activity, or of the notice for all that its file says.
    """
    if kept.span == other.span:
        return True
    if kept.span.path != other.span.path:
        return False
    if at_name.get(kept.span) in ("notice", "record"):
        return other.span in at_name or kept.activity == other.activity
    return bool(kept.activity) and kept.activity == other.activity and (kept.span in at_name or other.span in at_name)


def _counted(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Fingerprints of equals get a counter, in order of place."""
    seen: dict[str, int] = {}
    counted = []
    for finding in order(findings):
        number = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        counted.append(finding if number == 1 else finding.evolve(fingerprint=f"{finding.fingerprint}-{number}"))
    return counted


def order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda f: (f.span.path, f.span.start, f.span.end, f.code, f.message))
