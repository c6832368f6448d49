"""Reads registers, judges them by the rules, and hands back a report.

Errors never stop the flow: what cannot be read is a finding and the rest is judged; a rule that
breaks is a problem that names it. Each fact is reported once, where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gdprlint.diagnostics import Diagnostic, Judged, JudgedRegister, Problem, Report
from gdprlint.judging.findings import order, with_fingerprint
from gdprlint.judging.judge import Outcome, in_force, judge_register, merged
from gdprlint.model.register import Register
from gdprlint.options import Base as Base
from gdprlint.options import CheckOptions as CheckOptions
from gdprlint.options import WrongUse as WrongUse
from gdprlint.progress import Progress
from gdprlint.prose.pages import Pages
from gdprlint.readers import checks
from gdprlint.readers.register import Reading, read_files, read_register
from gdprlint.registers import (
    SUFFIX,
    Loaded,
    NotFound,
    Plan,
    load,
    plans,
    project_of,
    register_around,
    shown_path,
)
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library
from gdprlint.rules.packs import load as load_library
from gdprlint.rules.rule import DEPRECATED, PREVIEW, Rule
from gdprlint.text import Source, Span, nearest_name
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
        return plans(paths, dict(instead), told)
    except NotFound as error:
        raise WrongUse(str(error)) from None


def read(group: Group, progress: Progress | None = None) -> AtHand:
    """Read the registers of a group, and the notices that were asked for."""
    options, library = group.options, group.library
    pages = Pages(partial(getattr, library, "ear"), library.vocabulary, options.max_bytes, dict(options.instead))
    progress = progress or Progress()
    alone = [plan for plan in group.plans if _page_of(plan) is not None]
    registers = [plan for plan in group.plans if _page_of(plan) is None]
    readings = _read(registers, library, options, pages, progress)
    return AtHand(library, _with_pages(readings, alone, library, options, pages, progress), pages)


def judge(
    groups: Sequence[Group],
    named: Sequence[str] = (".",),
    watch: Watch | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge groups of registers, each by its own options; `named` is where they were looked for."""
    progress = progress or Progress()
    if watch is not None:
        watch.done("the rules")
    progress.at("reading", of=sum(len(plan.files) for each in groups for plan in each.plans))
    at_hand = [read(each, progress) for each in groups]
    every = [reading for here in at_hand for reading in here.readings]
    if not every:
        raise WrongUse(f"there is no {SUFFIX} file and no notice in `{'`, `'.join(named)}`")
    if watch is not None:
        watch.done("reading")
    outcome = Outcome()
    sources: dict[str, Source] = {}
    findings: list[Diagnostic] = []
    problems: list[Problem] = []
    notes: list[str] = []
    packs: set[str] = set()
    ran: dict[str, Rule] = {}
    number = 0
    for each, here in zip(groups, at_hand, strict=True):
        library, options, pages = here.library, each.options, here.pages
        found = Outcome()
        own: dict[str, Rule] = {}
        for reading in here.readings:
            progress.at("judging", number, len(every))
            number += 1
            used = packs_used(reading, library, options.packs)
            if options.base is not None and used is not None:
                used = used_in_base(reading, library, options.base, used)
            packs |= used if used is not None else {pack.name for pack in library.packs}
            try:
                chosen = library.chosen(options.select, options.ignore, used, options.preview)
                rules = in_force(chosen, options.as_of)
            except ValueError as error:
                raise WrongUse(str(error)) from None
            own.update({rule.code: rule for rule in rules})
            rules = watch.rules(rules) if watch is not None else rules
            found = merged(found, _with_drift(reading, rules, judged(reading.register, rules, options, pages)))
            findings.extend(_shown(reading, options, pages))
            sources.update({path: item.source for path, item in reading.parsed.items()})
            sources.update({source.path: source for source in reading.register.notices.values()})
        findings.extend(_within(_marked(found.findings, own, library), here.readings, pages))
        local, broken = _pack_faults(library)
        findings.extend(local)
        sources.update(pages.sources())
        problems.extend((*library.problems, *broken, *found.problems))
        if options.select or options.ignore:
            notes.extend(library.notes((*options.select, *options.ignore)))
        ran.update(own)
        outcome = merged(outcome, found)
    if watch is not None:
        watch.done("judging")
    ordered = order(findings)
    files = {finding.span.path for finding in ordered}
    what = Judged(
        files=len({shown_path(path) for reading in every for path in reading.plan.shown} | files),
        files_with_findings=len(files),
        packs=tuple(sorted(packs - {"core"})),
        as_of=", ".join(sorted({each.options.as_of.isoformat() for each in groups})),
        rules=len(ran),
        not_applied=len(set(ran) - outcome.applied),
        cannot_tell=len(outcome.unsure),
        by_rule=_by_rule(ran, outcome),
        doubtful=frozenset([code for code, rule in ran.items() if rule.verified != "yes" or rule.stage == PREVIEW]),
        registers={shown_path(path): reading.register.name for reading in every for path in reading.plan.shown},
        roots=tuple(_register_judged(reading.plan) for reading in every),
        renamed={other: rule.code for rule in ran.values() for other in rule.aliases},
        empty=not any(model.things or model.document for reading in every for model in reading.files),
    )
    report = Report(tuple(ordered), what, tuple(dict.fromkeys(problems)), sources, notes=tuple(dict.fromkeys(notes)))
    if not groups[0].options.background:
        return report
    from gdprlint.judging.background import background

    library, options = groups[0].library, groups[0].options
    return evolve(report, background=background(library, every, packs, what.by_rule, options.as_of))


def _marked(findings: Sequence[Diagnostic], ran: Mapping[str, Rule], library: Library) -> Sequence[Diagnostic]:
    """The findings, those of rules in preview or deprecated with a note that says so."""
    said: dict[str, str] = {}
    for code, rule in ran.items():
        if rule.stage == PREVIEW:
            said[code] = "this rule is in preview: it may still change, or go"
        elif rule.stage == DEPRECATED:
            former = library.former.get(code)
            said[code] = former.said(removed=False) if former is not None else f"{code} is deprecated"
    if not said:
        return findings
    return [
        one.evolve(note="; ".join(filter(None, (one.note, said[one.code])))) if one.code in said else one
        for one in findings
    ]


def records(paths: Sequence[str], options: CheckOptions) -> list[Reading]:
    """The registers of these paths as their records say them; no page of a notice is read, and nothing is judged."""
    found = [plan for plan in planned(paths, instead=options.instead) if _page_of(plan) is None]
    for plan in found:
        plan.files = [path for path in plan.files if path.suffix == SUFFIX]
    instead = dict(options.instead)
    loaded = {path: load(path, options.max_bytes, instead) for plan in found for path in plan.files}
    parsed = read_files([item for item in loaded.values() if item.source is not None], options.jobs)
    vocabulary = load_library(options.local_packs).vocabulary
    return [read_register(plan, loaded, parsed, vocabulary, options.max_bytes) for plan in found]


def _read(
    planned: list[Plan], library: Library, options: CheckOptions, pages: Pages, progress: Progress
) -> list[Reading]:
    """The registers, with what the pages of their notices say."""
    loaded: dict[Path, Loaded] = {}
    for plan in planned:
        project = project_of(plan.root)
        for path in plan.files:
            if path.suffix == SUFFIX:
                loaded[path] = load(path, options.max_bytes, pages.instead, project)
    for plan in planned:
        for path in [path for path in plan.files if path not in loaded]:
            page = pages.to_judge(path, plan.sought)
            progress.done += 1
            if page is None:
                plan.files.remove(path)
                plan.shown.discard(path)
            else:
                loaded[path] = page
    planned = [plan for plan in planned if plan.files]
    parsed = read_files([item for item in loaded.values() if item.source is not None], options.jobs)
    progress.done += len(parsed)
    readings = [
        read_register(
            plan, loaded, parsed, library.vocabulary, options.max_bytes, pages.tell, base_of(options), pages.instead
        )
        for plan in planned
    ]
    for reading in readings:
        pages.settle(reading.joined)
        shown = {shown_path(path) for path in reading.plan.shown}
        reading.plan.shown.update(one.path for one in reading.joined if one.notice.path in shown)
    return readings


def base_of(options: CheckOptions) -> Callable[[Path], bytes | None] | None:
    return options.base.read if options.base is not None else None


def _with_pages(
    readings: list[Reading],
    alone: list[Plan],
    library: Library,
    options: CheckOptions,
    pages: Pages,
    progress: Progress,
) -> list[Reading]:
    """The registers, and the notices that were asked for: within a register that names them, else by themselves."""
    readings = [*readings]
    tried = {reading.plan.root for reading in readings}
    left = []
    for plan in alone:
        (page,) = plan.files
        around = register_around(page)
        if around is not None and around.root not in tried:
            tried.add(around.root)
            readings.extend(_read([around], library, options, pages, progress))
        for reading in readings:
            if page in {one.path for one in reading.joined}:
                reading.plan.shown.add(page)
                break
        else:
            left.append(plan)
    return [*(r for r in readings if r.plan.shown), *_read(left, library, options, pages, progress)]


def _page_of(plan: Plan) -> Path | None:
    """The notice that is all of this plan."""
    return plan.root if plan.root.suffix != SUFFIX and plan.files == [plan.root] else None


def judged(register: Register, rules: Sequence[Rule], options: CheckOptions, pages: Pages) -> Outcome:
    """What rules find in a register; what a page says in so many words is not missing in it."""
    found = judge_register(register, rules, options.as_of, options.jobs)
    found = evolve(found, findings=pages.heard(found.findings))
    if not register.told:
        return found
    from gdprlint.comparing.heard import without_said
    from gdprlint.comparing.within import MISSING

    return evolve(found, findings=tuple(without_said(register, found.findings, MISSING)))


def _with_drift(reading: Reading, rules: Iterable[Rule], found: Outcome) -> Outcome:
    """What was found, and where the record and its notices part, as far as no rule has said so."""
    if not reading.register.of_kind("notice"):
        return found
    from gdprlint.comparing import within

    if not any(rule.code == within.CODE for rule in rules):
        return found
    name = reading.register.name
    differ, places = within.compared(reading.register, found.findings)
    drift = [with_fingerprint(finding, name) for finding in differ]
    told = [finding.evolve(labels=(*finding.labels, *places.get(finding, ()))) for finding in found.findings]
    return merged(evolve(found, findings=tuple(told)), Outcome(tuple(drift), frozenset([within.CODE] if drift else [])))


def _register_judged(plan: Plan) -> JudgedRegister:
    return JudgedRegister(plan.name, str(plan.root), plan.shown.issuperset(plan.files))


def _by_rule(ran: Iterable[str], outcome: Outcome) -> dict[str, str]:
    """What came of each rule: a finding, nothing to find, nothing to look at, or no telling."""
    failed = {finding.code for finding in outcome.findings}
    found = {}
    for code in ran:
        if code in failed:
            found[code] = "failed"
        elif code in outcome.unsure:
            found[code] = "could not tell"
        else:
            found[code] = "passed" if code in outcome.applied else "did not apply"
    return found


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


def packs_used(reading: Reading, library: Library, configured: Iterable[str] = ()) -> set[str] | None:
    """The packs that the register uses, those that its configuration names among them; None (all of them) where no
    file says `use`.
    """
    known = {pack.name: pack for pack in library.packs}
    named = set(configured)
    uses = bool(named)
    for model in reading.files:
        for thing in model.uses:
            if thing.kind != "word":
                continue
            uses = True
            if thing.text in known:
                named.add(thing.text)
            else:
                near = nearest_name(thing.text, known)
                reading.findings.append(
                    checks.reference(
                        "REC005", "pack-not-installed", f"no rule pack `{thing.text}` is installed",
                        Span(model.path, thing.start, thing.end), f"did you mean `{near}`?" if near else "",
                    )
                )  # fmt: skip
    return {*named, *(pack.name for pack in library.packs if pack.origin == "local")} if uses else None


def used_in_base(reading: Reading, library: Library, base: Base, used: set[str]) -> set[str] | None:
    """The packs that a register uses now, and those that it used in the base: all where it named none there."""
    from gdprlint.language import tree
    from gdprlint.language.reading import read

    known = {pack.name for pack in library.packs}
    named: set[str] = set()
    records = [blob for path, blob in base.files(reading.plan.root) if path.suffix.lower() == SUFFIX]
    for content in base.contents(records):
        if re.search(rb"^\s*use\b", content.removeprefix(b"\xef\xbb\xbf"), re.M):
            items = read(Source("", content.decode("utf-8-sig", "replace"))).tree.items
            uses = [thing for item in items if isinstance(item, tree.Use) for thing in item.things.items]
            named |= {thing.text for thing in uses if thing.kind == "word"}
    return used | (named & known) if named else None


def _shown(reading: Reading, options: CheckOptions, pages: Pages) -> list[Diagnostic]:
    found = [*reading.findings]
    for model in reading.files:
        for node in model.rules:
            found.append(checks.rule_in_record(node, model.path))
            _, faults = declared(node, reading.parsed[model.path].source, reading.register.names.vocabulary)
            found.extend(faults)
    shown = {shown_path(path) for path in reading.plan.shown}
    return [
        pages.shown(with_fingerprint(finding, reading.register.name))
        for finding in found
        if finding.span.path in shown and not left_out(finding, options.select, options.ignore)
    ]


def left_out(finding: Diagnostic, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether what the reader tells was not asked for."""
    names = {finding.code, finding.name, finding.pack, finding.topic}
    if names & set(ignore):
        return True
    return bool(select) and finding.code != "syntax" and not names & set(select)


def _within(findings: Iterable[Diagnostic], readings: list[Reading], pages: Pages) -> list[Diagnostic]:
    """The findings in what was asked for, at their places; those of a page also where they stand in its record."""
    shown = {shown_path(path) for reading in readings for path in reading.plan.shown}
    return [
        there
        for finding in findings
        if (there := pages.shown(finding)).span.path in shown or pages.is_of(finding, shown)
    ]
