"""Reads registers, judges them by the rules, and hands back a report.

Errors never stop the flow: what cannot be read is a finding and the rest is judged; a rule that
breaks is a problem that names it. Each fact is reported once, where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic, Judged, JudgedRegister, Problem, Report
from gdprlint.engine.one import Bench, Judgement
from gdprlint.engine.one import judged as judged
from gdprlint.engine.one import left_out as left_out
from gdprlint.engine.one import packs_used as packs_used
from gdprlint.engine.one import used_in_base as used_in_base
from gdprlint.engine.reading import divided, is_page, no_pages, read_plans, with_registers_around
from gdprlint.judging.findings import order
from gdprlint.options import Base as Base
from gdprlint.options import CheckOptions as CheckOptions
from gdprlint.options import WrongUse as WrongUse
from gdprlint.progress import Progress
from gdprlint.prose.pages import Pages
from gdprlint.readers import theirs
from gdprlint.readers.register import Reading, read_files, read_register
from gdprlint.registers import SUFFIX, NotFound, Plan, plans, shown_path
from gdprlint.rules.packfiles import source_of
from gdprlint.rules.packs import Library
from gdprlint.rules.packs import load as load_library
from gdprlint.rules.rule import PREVIEW, Rule
from gdprlint.text import Source, Span
from gdprlint.values import evolve, frozen

if TYPE_CHECKING:

    class Watch(Protocol):
        """Somebody who looks on while a run is made."""

        def rules(self, rules: list[Rule]) -> list[Rule]:
            """The same rules, as they are to be asked."""

        def done(self, stage: str) -> None:
            """A stage of the run has come to its end."""


@frozen
class Group:
    """Registers that are judged by the same options, by the rules of one library."""

    plans: tuple[Plan, ...]
    options: CheckOptions
    library: Library


@frozen
class AtHand:
    """What was read: the library, the registers, and the pages of their notices."""

    library: Library
    readings: list[Reading]
    pages: Pages


def check(
    paths: Sequence[str],
    options: CheckOptions,
    library: Library | None = None,
    watch: Watch | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge the files at these paths, within their registers; by this library, where it was loaded before.

    `progress` is told how far that is.
    """
    return judge([group(planned(paths, instead=options.instead), options, library)], paths, watch, progress)


def group(plans: Iterable[Plan], options: CheckOptions, library: Library | None = None) -> Group:
    """Registers that are judged by these options."""
    return Group(tuple(plans), options, library or load_library(options.local_packs))


def planned(
    paths: Sequence[str],
    told: Callable[[Path, list[Path]], list[Path] | None] | None = None,
    instead: Iterable[tuple[Path, bytes]] = (),
) -> list[Plan]:
    """The registers at these paths, as `registers.plans` finds them."""
    try:
        return plans(paths, dict(instead), told, theirs.of_plugins().readers)
    except NotFound as error:
        raise WrongUse(str(error)) from None


def read(group: Group, progress: Progress | None = None) -> AtHand:
    """Read the registers of a group, and the notices that were asked for."""
    at_hand, notices = _registers_of(group, progress or Progress())
    alone = read_plans(notices, group.library, group.options, at_hand.pages, progress or Progress())
    at_hand.readings.extend(alone)
    return at_hand


def _registers_of(group: Group, progress: Progress) -> tuple[AtHand, list[Plan]]:
    """The registers of a group as they were read; and the notices that none of them names."""
    options, library = group.options, group.library
    pages = no_pages(library, options)
    registers, notices = divided(group.plans)
    readings = read_plans(registers, library, options, pages, progress)
    readings, alone = with_registers_around(readings, notices, library, options, pages, progress)
    return AtHand(library, readings, pages), alone


def judge(
    groups: Sequence[Group],
    named: Sequence[str] = (".",),
    watch: Watch | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge groups of registers, each by its own options; `named` is where they were looked for.

    A notice that is a register of its own is read when it is judged, and kept no longer; where somebody watches, all
    is read first.
    """
    progress = progress or Progress()
    if watch is not None:
        watch.done("the rules")
    planned = [plan for each in groups for plan in each.plans if watch is not None or not is_page(plan)]
    progress.at("reading", of=sum(len(plan.files) for plan in planned))
    if watch is None:
        at_hand = [_registers_of(each, progress) for each in groups]
    else:
        at_hand = [(read(each, progress), []) for each in groups]
        watch.done("reading")
    sources: dict[str, Source] = {}
    findings: list[Diagnostic] = []
    problems: list[Problem] = []
    notes: list[str] = []
    ran: dict[str, Rule] = {}
    renamed: dict[str, str] = {}
    packs: set[str] = set()
    every: list[tuple[Plan, Judgement]] = []
    of = sum(len(here.readings) for here, _ in at_hand)
    for each, (here, notices) in zip(groups, at_hand, strict=True):
        library, options = each.library, each.options
        bench = Bench(library, options, watch.rules if watch is not None else None)
        progress.at("judging", len(every), of)
        found = [*_judged(here, bench, progress), *_judged_alone(notices, bench, progress)]
        own: dict[str, Rule] = {}
        for _, one in found:
            findings.extend(one.findings)
            sources.update(one.sources)
            packs.update(one.used if one.used is not None else [pack.name for pack in library.packs])
            own.update({rule.code: rule for rule in bench.rules(one.used)})
        ran.update(own)
        renamed.update(_renamed(own, library))
        local, broken = _pack_faults(library, sources)
        findings.extend(local)
        sources.update(here.pages.sources())
        problems.extend((*library.problems, *theirs.of_plugins().problems, *broken, *here.pages.problems))
        problems.extend(problem for _, one in found for problem in one.problems)
        if options.select or options.ignore:
            notes.extend(library.notes((*options.select, *options.ignore)))
        every += found
    if not every:
        raise WrongUse(f"there is no {SUFFIX} file and no notice in `{'`, `'.join(named)}`")
    if watch is not None:
        watch.done("judging")
    ordered = order(findings)
    files = {finding.span.path for finding in ordered}
    registers = {shown_path(path): one.name for plan, one in every for path in plan.shown}
    applied = frozenset().union(*(one.applied for _, one in every))
    unsure = frozenset().union(*(one.unsure for _, one in every))
    failed = frozenset().union(*(one.failed for _, one in every))
    what = Judged(
        files=len(registers.keys() | files),
        files_with_findings=len(files),
        packs=tuple(sorted(packs - {"core"})),
        as_of=", ".join(sorted({each.options.as_of.isoformat() for each in groups})),
        rules=len(ran),
        not_applied=len(set(ran) - applied),
        cannot_tell=len(unsure),
        by_rule={code: _came_of(code, failed, unsure, applied) for code in ran},
        doubtful=frozenset([code for code, rule in ran.items() if rule.verified != "yes" or rule.stage == PREVIEW]),
        registers=registers,
        roots=tuple(_register_judged(plan) for plan, _ in every),
        renamed=renamed,
        empty=all(one.empty for _, one in every),
    )
    report = Report(tuple(ordered), what, tuple(dict.fromkeys(problems)), sources, notes=tuple(dict.fromkeys(notes)))
    if not groups[0].options.background:
        return report
    from gdprlint.judging.background import background

    registered = [one.registered for _, one in every if one.registered is not None]
    library, options = groups[0].library, groups[0].options
    return evolve(report, background=background(library, registered, packs, what.by_rule, options.as_of))


def nothing(groups: Sequence[Group]) -> Report:
    """The report on groups of registers of which no file is to be judged."""
    days = ", ".join(sorted({each.options.as_of.isoformat() for each in groups}))
    return Report((), Judged(0, 0, (), days, 0, 0, 0, empty=True))


def _renamed(ran: Mapping[str, Rule], library: Library) -> dict[str, str]:
    """The rules that ran by their other codes, and by those of rules that they replace all together."""
    renamed = {other: rule.code for rule in ran.values() for other in rule.aliases}
    for rule in ran.values():
        renamed.update((code, rule.code) for code in rule.former if ran.keys() >= {*library.today(code)})
    return renamed


def _judged(here: AtHand, bench: Bench, progress: Progress) -> Iterator[tuple[Plan, Judgement]]:
    """What came of each register that was read."""
    shown = {shown_path(path) for reading in here.readings for path in reading.plan.shown}
    for reading in here.readings:
        yield reading.plan, bench.judge(reading, here.pages, shown)
        progress.done += 1


def _judged_alone(notices: Sequence[Plan], bench: Bench, progress: Progress) -> Iterator[tuple[Plan, Judgement]]:
    """What came of each notice that is a register of its own; nothing of a page that was only found, and is none."""
    if not notices:
        return
    from gdprlint.engine.alone import judged_alone

    def told(done: int) -> None:
        progress.at("reading and judging", done, len(notices))

    told(0)
    for plan, one in zip(notices, judged_alone(notices, bench, told), strict=True):
        if one is not None:
            yield plan, one


def records(paths: Sequence[str], options: CheckOptions) -> list[Reading]:
    """The registers of these paths as their records say them; no page of a notice is read, and nothing is judged."""
    found = [plan for plan in planned(paths, instead=options.instead) if not is_page(plan)]
    for plan in found:
        plan.files = [path for path in plan.files if plan.is_record(path)]
    instead = dict(options.instead)
    vocabulary = load_library(options.local_packs).vocabulary
    loaded = {
        path: theirs.loaded(path, plan, vocabulary, options.max_bytes, instead) for plan in found for path in plan.files
    }
    parsed = read_files([item for item in loaded.values() if item.source is not None], options.jobs)
    return [read_register(plan, loaded, parsed, vocabulary, options.max_bytes) for plan in found]


def _register_judged(plan: Plan) -> JudgedRegister:
    return JudgedRegister(plan.name, str(plan.root), plan.shown.issuperset(plan.files))


def _came_of(code: str, failed: frozenset[str], unsure: frozenset[str], applied: frozenset[str]) -> str:
    """What came of a rule: a finding, nothing to find, nothing to look at, or no telling."""
    if code in failed:
        return "failed"
    if code in unsure:
        return "could not tell"
    return "passed" if code in applied else "did not apply"


def _pack_faults(library: Library, sources: dict[str, Source]) -> tuple[list[Diagnostic], list[Problem]]:
    """Faults in rule files: findings where the pack is the user's own, problems of the run where it is installed.

    The files that findings stand in go to `sources`.
    """
    if not library.faults:
        return [], []
    from gdprlint.rules.requirements import OF_PACKS

    packs = {pack.name: pack for pack in library.packs}
    local: list[Diagnostic] = []
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for fault in library.faults:
        name, _, path = fault.span.path.partition("/")
        if name not in packs:  # what a plugin has made by a program stands in no file
            first.setdefault(fault.span.path, f"not taken in, since it has a fault: {fault.message}")
            continue
        file = packs[name].folder if disk.is_file(packs[name].folder) else packs[name].folder / path
        if packs[name].origin == "local":
            there = shown_path(file)
            if Path(there).is_absolute() or there.startswith(".."):  # elsewhere, or set out from a trusted revision
                there = fault.span.path
            if there not in sources:
                sources[there] = source_of(there, disk.read(file))
            local.append(fault.evolve(span=Span(there, fault.span.start, fault.span.end)))
        elif fault.name in OF_PACKS:
            line = source_of(path, disk.read(file)).position(fault.span.start)[0]
            problems.append(Problem(fault.message, f"{fault.span.path}:{line}"))
        else:
            first.setdefault(fault.span.path, f"not run, since it has a fault: {fault.message}")
    return local, [*problems, *(Problem(message, path) for path, message in sorted(first.items()))]
