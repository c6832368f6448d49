"""Reads registers, judges them by the rules, and hands back a report.

Errors never stop the flow: what cannot be read is a finding and the rest is judged; a rule that
breaks is a problem that names it. Each fact is reported once, where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from gdprlint.diagnostics import Diagnostic, Judged, Problem, Report
from gdprlint.judging.findings import order, with_fingerprint
from gdprlint.judging.judge import Outcome, in_force, judge_register, merged
from gdprlint.model.register import Register
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
from gdprlint.rules.rule import Rule
from gdprlint.text import Source, Span, nearest_name
from gdprlint.values import evolve, frozen


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
    packs: tuple[str, ...] = ()


@frozen
class Group:
    """Registers that are judged by the same options, by the rules of one library."""

    plans: tuple[Plan, ...]
    options: CheckOptions
    library: Library


def check(paths: Sequence[str], options: CheckOptions) -> Report:
    """Judge the files at these paths, within their registers."""
    return judged([group(planned(paths), options)], paths)


def group(plans: Iterable[Plan], options: CheckOptions) -> Group:
    """Registers that are judged by these options."""
    return Group(tuple(plans), options, load_library(options.local_packs))


def planned(paths: Sequence[str], told: Callable[[Path, list[Path]], list[Path] | None] | None = None) -> list[Plan]:
    """The registers at these paths, as `registers.plans` finds them."""
    try:
        return plans(paths, told)
    except NotFound as error:
        raise WrongUse(str(error)) from None


def judged(groups: Sequence[Group], named: Sequence[str] = (".",)) -> Report:
    """Judge groups of registers, each by its own options; `named` is where they were looked for."""
    outcome = Outcome()
    sources: dict[str, Source] = {}
    findings: list[Diagnostic] = []
    problems: list[Problem] = []
    packs: set[str] = set()
    ran: dict[str, Rule] = {}
    shown: set[str] = set()
    for each in groups:
        library, options = each.library, each.options
        pages = Pages(partial(getattr, library, "ear"), library.vocabulary, options.max_bytes)
        readings = _readings(each, pages)
        found = Outcome()
        for reading in readings:
            used = packs_used(reading, library, options.packs)
            packs |= used if used is not None else {pack.name for pack in library.packs}
            try:
                rules = in_force(library.chosen(options.select, options.ignore, used), options.as_of)
            except ValueError as error:
                raise WrongUse(str(error)) from None
            ran.update({rule.code: rule for rule in rules})
            found = merged(found, _with_drift(reading, rules, _judged(reading.register, rules, options, pages)))
            findings.extend(_shown(reading, options, pages))
            sources.update({path: item.source for path, item in reading.parsed.items()})
            sources.update({source.path: source for source in reading.register.notices.values()})
            shown.update(shown_path(path) for path in reading.plan.shown)
        findings.extend(_within(found.findings, readings, pages))
        local, broken = _pack_faults(library)
        findings.extend(local)
        sources.update(pages.sources())
        problems.extend((*library.problems, *broken, *found.problems))
        outcome = merged(outcome, found)
    if not shown:
        raise WrongUse(f"there is no {SUFFIX} file and no notice in `{'`, `'.join(named)}`")
    ordered = order(findings)
    files = {finding.span.path for finding in ordered}
    totals = Judged(
        files=len(shown | files),
        files_with_findings=len(files),
        packs=tuple(sorted(packs - {"core"})),
        as_of=", ".join(sorted({each.options.as_of.isoformat() for each in groups})),
        rules=len(ran),
        not_applied=len(set(ran) - outcome.applied),
        cannot_tell=len(outcome.unsure),
        by_rule=_by_rule(ran, outcome),
    )
    return Report(tuple(ordered), totals, tuple(dict.fromkeys(problems)), sources)


def _readings(group: Group, pages: Pages) -> list[Reading]:
    """The registers of a group, and the notices that were asked for."""
    alone = [plan for plan in group.plans if _page_of(plan) is not None]
    registers = [plan for plan in group.plans if _page_of(plan) is None]
    readings = _read(registers, group.library, group.options, pages)
    return _with_pages(readings, alone, group.library, group.options, pages)


def _read(planned: list[Plan], library: Library, options: CheckOptions, pages: Pages) -> list[Reading]:
    """The registers, with what the pages of their notices say."""
    loaded: dict[Path, Loaded] = {}
    for plan in planned:
        project = project_of(plan.root)
        loaded |= {path: load(path, options.max_bytes, project) for path in plan.files if path.suffix == SUFFIX}
    for plan in planned:
        for path in [path for path in plan.files if path not in loaded]:
            page = pages.to_judge(path, plan.sought)
            if page is None:
                plan.files.remove(path)
                plan.shown.discard(path)
            else:
                loaded[path] = page
    planned = [plan for plan in planned if plan.files]
    parsed = read_files([item for item in loaded.values() if item.source is not None], options.jobs)
    readings = [
        read_register(plan, loaded, parsed, library.vocabulary, options.max_bytes, pages.tell) for plan in planned
    ]
    for reading in readings:
        pages.settle(reading.joined)
        shown = {shown_path(path) for path in reading.plan.shown}
        reading.plan.shown.update(one.path for one in reading.joined if one.notice.path in shown)
    return readings


def _with_pages(
    readings: list[Reading], alone: list[Plan], library: Library, options: CheckOptions, pages: Pages
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
            readings.extend(_read([around], library, options, pages))
        for reading in readings:
            if page in {one.path for one in reading.joined}:
                reading.plan.shown.add(page)
                break
        else:
            left.append(plan)
    return [*(r for r in readings if r.plan.shown), *_read(left, library, options, pages)]


def _page_of(plan: Plan) -> Path | None:
    """The notice that is all of this plan."""
    return plan.root if plan.root.suffix != SUFFIX and plan.files == [plan.root] else None


def _judged(register: Register, rules: Sequence[Rule], options: CheckOptions, pages: Pages) -> Outcome:
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
        if finding.span.path in shown and not _left_out(finding, options)
    ]


def _left_out(finding: Diagnostic, options: CheckOptions) -> bool:
    names = {finding.code, finding.name, finding.pack, finding.topic}
    if names & set(options.ignore):
        return True
    return bool(options.select) and finding.code != "syntax" and not names & set(options.select)


def _within(findings: Iterable[Diagnostic], readings: list[Reading], pages: Pages) -> list[Diagnostic]:
    """The findings in what was asked for, at their places; those of a page also where they stand in its record."""
    shown = {shown_path(path) for reading in readings for path in reading.plan.shown}
    return [
        there
        for finding in findings
        if (there := pages.shown(finding)).span.path in shown or pages.is_of(finding, shown)
    ]
