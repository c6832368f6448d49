"""Reads registers, judges them by the rules, and hands back a report.

Errors never stop the flow: what cannot be read is a finding and the rest is judged; a rule that
breaks is a problem that names it. Each fact is reported once, where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Diagnostic, Judged, Problem, Report
from gdprlint.judging.findings import order, with_fingerprint
from gdprlint.judging.judge import Outcome, in_force, judge_register, merged
from gdprlint.readers import checks
from gdprlint.readers.register import Reading, read_files, read_register
from gdprlint.registers import SUFFIX, Loaded, NotFound, load, plans, shown_path, unreadable
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library
from gdprlint.rules.packs import load as load_library
from gdprlint.rules.rule import Rule
from gdprlint.text import Source, Span, nearest_name
from gdprlint.values import frozen

if TYPE_CHECKING:
    from gdprlint.prose.judged import JudgedNotice


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


def check(paths: Sequence[str], options: CheckOptions) -> Report:
    """Judge the files at these paths, within their registers."""
    library = load_library(options.local_packs)
    try:
        planned = plans(paths)
    except NotFound as error:
        raise WrongUse(str(error)) from None
    notices: dict[str, JudgedNotice] = {}
    loaded = {path: _load(path, library, options, notices) for plan in planned for path in plan.files}
    parsed = read_files([item for item in loaded.values() if item.source is not None], options.jobs)
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
        found = judge_register(reading.register, rules, options.as_of, options.jobs)
        outcome = merged(merged(outcome, found), _drift(reading, rules, found))
        findings.extend(_shown(reading, options))
        sources.update({path: item.source for path, item in reading.parsed.items()})
        sources.update({source.path: source for source in reading.register.notices.values()})
    findings.extend(_within(outcome.findings, readings))
    local, broken = _pack_faults(library)
    findings.extend(local)
    ordered = order(
        notices[found.span.path].shown(found) if found.span.path in notices else found for found in findings
    )
    sources.update({path: notice.reading.page.source for path, notice in notices.items()})
    judged = Judged(
        files=sum(len(plan.shown) for plan in planned),
        files_with_findings=len({finding.span.path for finding in ordered}),
        packs=tuple(sorted(packs - {"core"})),
        as_of=options.as_of.isoformat(),
        rules=len(ran),
        not_applied=len(set(ran) - outcome.applied),
        cannot_tell=len(outcome.unsure),
        by_rule=_by_rule(ran, outcome),
    )
    return Report(tuple(ordered), judged, (*library.problems, *broken, *outcome.problems), sources)


def _load(path: Path, library: Library, options: CheckOptions, notices: dict[str, JudgedNotice]) -> Loaded:
    """The text of a record, or of a notice as rules judge it; `notices` keeps the way back to the page."""
    if path.suffix == SUFFIX:
        return load(path, options.max_bytes)
    from gdprlint.prose.judged import judged_notice
    from gdprlint.prose.opening import Unreadable, read_notice

    shown = shown_path(path)
    try:
        notice = judged_notice(read_notice(path, library.ear, options.max_bytes), library.vocabulary)
    except Unreadable as error:
        return Loaded(shown, None, (error.diagnostic,))
    except OSError as error:
        return unreadable(shown, error)
    notices[shown] = notice
    return Loaded(shown, notice.source)


def _drift(reading: Reading, rules: Iterable[Rule], found: Outcome) -> Outcome:
    """Where the record and its notices part, as far as no rule has said so."""
    if not reading.register.of_kind("notice"):
        return Outcome()
    from gdprlint.comparing import within

    if not any(rule.code == within.CODE for rule in rules):
        return Outcome()
    name = reading.register.name
    drift = [with_fingerprint(finding, name) for finding in within.findings(reading.register, found.findings)]
    return Outcome(tuple(drift), frozenset([within.CODE] if drift else []))


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
