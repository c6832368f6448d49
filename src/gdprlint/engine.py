"""Reads registers, judges them by the rules, and hands back a report.

Errors never stop the flow: what cannot be read is a finding and the rest is judged; a rule that
breaks is a problem that names it. Each fact is reported once, where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from gdprlint.diagnostics import Diagnostic, Judged, Problem, Report
from gdprlint.judging.findings import order, with_fingerprint
from gdprlint.judging.judge import Outcome, in_force, judge_register, merged
from gdprlint.model.register import Register
from gdprlint.options import CheckOptions as CheckOptions
from gdprlint.options import WrongUse as WrongUse
from gdprlint.prose.pages import Pages
from gdprlint.readers import checks
from gdprlint.readers.register import Reading, read_files, read_register
from gdprlint.registers import (
    SUFFIX,
    NotFound,
    Plan,
    load,
    plans,
    register_around,
    shown_path,
)
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library
from gdprlint.rules.packs import load as load_library
from gdprlint.rules.rule import Rule
from gdprlint.text import Source, Span, nearest_name
from gdprlint.values import evolve


def check(paths: Sequence[str], options: CheckOptions) -> Report:
    """Judge the files at these paths, within their registers."""
    library = load_library(options.local_packs)
    try:
        planned = plans(paths)
    except NotFound as error:
        raise WrongUse(str(error)) from None
    pages = Pages(lambda: library.ear, library.vocabulary, options.max_bytes)
    alone = [plan for plan in planned if _page_of(plan) is not None]
    readings = _read([plan for plan in planned if _page_of(plan) is None], library, options, pages)
    readings = _with_pages(readings, alone, library, options, pages)
    if not readings:
        raise WrongUse(f"there is no {SUFFIX} file and no notice in `{'`, `'.join(paths)}`")
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
        found = _judged(reading.register, rules, options, pages)
        outcome = merged(outcome, _with_drift(reading, rules, found))
        findings.extend(_shown(reading, options, pages))
        sources.update({path: item.source for path, item in reading.parsed.items()})
        sources.update({source.path: source for source in reading.register.notices.values()})
    findings.extend(_within(outcome.findings, readings, pages))
    local, broken = _pack_faults(library)
    findings.extend(local)
    ordered = order(findings)
    sources.update(pages.sources())
    files = {finding.span.path for finding in ordered}
    judged = Judged(
        files=len({shown_path(path) for reading in readings for path in reading.plan.shown} | files),
        files_with_findings=len(files),
        packs=tuple(sorted(packs - {"core"})),
        as_of=options.as_of.isoformat(),
        rules=len(ran),
        not_applied=len(set(ran) - outcome.applied),
        cannot_tell=len(outcome.unsure),
        by_rule=_by_rule(ran, outcome),
    )
    return Report(tuple(ordered), judged, (*library.problems, *broken, *outcome.problems), sources)


def _read(planned: list[Plan], library: Library, options: CheckOptions, pages: Pages) -> list[Reading]:
    """The registers, with what the pages of their notices say."""
    loaded = {path: load(path, options.max_bytes) for plan in planned for path in plan.files if path.suffix == SUFFIX}
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
