"""The stage of `check` that knows baselines: takes a report and hands one on.

Each register has its baseline, and several may share one. Here it is decided which findings go to which, and what is
written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from gdprlint.baseline.entries import Damaged, Entry
from gdprlint.baseline.files import Baseline, load, place_of, save, trusted
from gdprlint.baseline.matching import Match, matched, parted, was_judged
from gdprlint.diagnostics import Diagnostic, JudgedRegister, Report, Severity, Suppressed
from gdprlint.options import WrongUse
from gdprlint.registers import shown_path
from gdprlint.text import Span
from gdprlint.values import evolve, frozen


@frozen
class Wish:
    """What is to be done with baselines.

    `path` is the one that was named, or empty; `all_rules` tells that none was left out. `trusted` reads a file as it
    stands in the revision that is trusted: only what that one knows, too, is known.
    """

    path: str = ""
    write: bool = False
    prune: bool = False
    all_rules: bool = True
    trusted: Callable[[Path], bytes | None] | None = None


@frozen
class Held:
    """A register, the baseline that it has, and what that knows of it; `name` is what the register is called there."""

    baseline: Baseline
    name: str
    match: Match


def held_against(report: Report, wish: Wish) -> tuple[Report, tuple[str, ...]]:
    """The report without what the baselines know, and lines to tell on what was written; WrongUse where one is bad."""
    if wish.trusted is not None and (wish.write or wish.prune):
        raise WrongUse("a baseline is written by what stands in the folder: leave `--trust-exceptions-from` out")
    if wish.write and wish.prune:
        raise WrongUse("`--write-baseline` takes out what is gone by itself: leave `--prune-baseline` out")
    try:
        return _held_against(report, wish)
    except Damaged as error:
        raise WrongUse(str(error)) from None


def _held_against(report: Report, wish: Wish) -> tuple[Report, tuple[str, ...]]:
    registers = list({register.root: register for register in report.judged.roots}.values())
    paths = [place_of(Path(register.root), wish.path) for register in registers]
    baselines = {path: trusted(load(path), wish.trusted) for path in paths}
    if all(baseline.content is None for baseline in baselines.values()) and not wish.write:
        if wish.path or wish.prune:
            raise WrongUse(f"there is no baseline `{wish.path or shown_path(paths[0])}`")
        return report, ()
    if (wish.write or wish.prune) and report.problems:
        raise WrongUse(f"no baseline was written, since the run itself went wrong: {report.problems[0].message}")
    found = _by_register(report.findings, registers)
    accepted = _by_register([one.finding for one in report.suppressed], registers)
    entries: dict[tuple[Path, str], list[Entry]] = {}
    for path, baseline in baselines.items():
        for entry in baseline.entries:
            entries.setdefault((path, entry.register), []).append(entry)
    held: dict[Path, list[Held]] = {path: [] for path in paths}
    for register, path, own, besides in zip(registers, paths, found, accepted, strict=True):
        name = Path(os.path.relpath(register.root, path.parent)).as_posix()
        match = matched(entries.get((path, name), ()), own, besides)
        match = _sure(match, register, (*own, *besides), report, wish)
        held[path].append(Held(baselines[path], name, match))
    notes: list[str] = []
    if wish.write or wish.prune:
        notes = [_written(baseline, held[path], wish.write) for path, baseline in baselines.items()]
    return _without(report, [one for listed in held.values() for one in listed], wish), tuple(notes)


def _by_register(findings: Iterable[Diagnostic], registers: Sequence[JudgedRegister]) -> list[tuple[Diagnostic, ...]]:
    """The findings of each register; those that are nobody's are left out, and stay findings.

    So do those about what silences others: a baseline that held them would hide that it is wrong.
    """
    parts: list[list[Diagnostic]] = [[] for _ in registers]
    by_name: dict[str, list[int]] = {}
    for number, register in enumerate(registers):
        by_name.setdefault(register.name, []).append(number)
    here = Path.cwd()
    for finding in findings:
        never = finding.code == "configuration" or finding.topic == "exceptions"
        named = by_name.get(finding.register, []) if finding.fingerprint and not never else []
        if len(named) > 1:
            path = here / finding.span.path
            named = [number for number in named if path.is_relative_to(registers[number].root)] or named
        for number in named[:1]:
            parts[number].append(finding)
    return [tuple(part) for part in parts]


def _sure(match: Match, register: JudgedRegister, findings: Iterable[Diagnostic], report: Report, wish: Wish) -> Match:
    """The match without entries as gone of which that cannot be told."""
    if report.problems or not register.whole or any(finding.code == "syntax" for finding in findings):
        return evolve(match, gone=())
    gone = tuple(one for one in match.gone if was_judged(one[0], report.judged, wish.all_rules))
    return evolve(match, gone=gone)


def _written(baseline: Baseline, held: Sequence[Held], everything: bool) -> str:
    """Write what is known from now on: with `everything`, also what is new. What was not judged stays."""
    names = {one.name for one in held}
    entries = [entry for entry in baseline.entries if entry.register not in names]
    gone = new = 0
    for one in held:
        kept = _kept(one.match)
        gone += sum(missing for _, missing in one.match.gone)
        if everything:
            new += len(one.match.new)
            kept = _with_new(kept, one, baseline.path.parent)
        entries += kept.values()
    shown = shown_path(baseline.path)
    if not entries and baseline.content is None:
        return f"{shown}: not written, since nothing was found"
    changed = save(baseline, entries)
    total = sum(entry.count for entry in entries)
    findings = "1 finding" if total == 1 else f"{total} findings"
    return f"{shown}: {findings}, {new} new, {gone} taken out" if changed else f"{shown}: unchanged, {findings}"


def _kept(match: Match) -> dict[str, Entry]:
    fewer = {entry.fingerprint: missing for entry, missing in match.gone}
    return {
        mark: evolve(entry, count=entry.count - fewer.get(mark, 0))
        for mark, entry in match.entries.items()
        if entry.count > fewer.get(mark, 0)
    }


def _with_new(kept: dict[str, Entry], held: Held, folder: Path) -> dict[str, Entry]:
    """What is kept, and an entry for each finding that is new; the words are those of today."""
    for finding in (*(finding for finding, _ in held.match.known), *held.match.new):
        mark, number = parted(finding.fingerprint)
        count = max(held.match.found[mark], number, kept[mark].count if mark in kept else 1)
        path = Path(os.path.relpath(Path.cwd() / finding.span.path, folder)).as_posix()
        kept[mark] = Entry(mark, finding.code, held.name, path, finding.message, count)
    return kept


def _without(report: Report, held: Sequence[Held], wish: Wish) -> Report:
    """The report with what is new only, and what is gone from the baselines."""
    known: list[Suppressed] = []
    told: list[Diagnostic] = []
    sources = dict(report.sources)
    for one in held:
        source = one.baseline.source
        known += [Suppressed(f, "baseline", span=Span(source.path, e.start, e.end)) for f, e in one.match.known]
        if wish.write:
            known += [Suppressed(finding, "baseline", span=Span(source.path, 0, 0)) for finding in one.match.new]
        elif not wish.prune and one.match.gone:
            told += [_gone(entry, missing, source.path) for entry, missing in one.match.gone]
            sources[source.path] = source
    taken = {id(one.finding) for one in known}
    left = [finding for finding in report.findings if id(finding) not in taken]
    findings = (*left, *sorted(told, key=lambda finding: finding.span))
    files = report.judged.files + len({finding.span.path for finding in told})
    judged = evolve(report.judged, files=files, files_with_findings=len({finding.span.path for finding in findings}))
    return evolve(report, findings=findings, judged=judged, sources=sources, suppressed=(*report.suppressed, *known))


def _gone(entry: Entry, missing: int, path: str) -> Diagnostic:
    """An entry that accepts what is not there would accept it when it comes back."""
    what = f"{entry.count} findings of {entry.code}" if entry.count > 1 else entry.code or "a finding"
    of_them = f"{missing} of them {'is' if missing == 1 else 'are'}" if entry.count > 1 else "which is"
    where = f" in `{entry.path}`" if entry.path else ""
    return Diagnostic(
        "baseline", "baseline-entry-gone", Severity.WARNING,
        f"the baseline holds {what}{where}, {of_them} found no more",
        Span(path, entry.start, entry.end), "", "`gdprlint check --prune-baseline` takes it out", pack="core",
        topic="baseline", register=entry.register,
        fingerprint=hashlib.sha256(f"baseline\n{entry.fingerprint}".encode()).hexdigest()[:16],
    )  # fmt: skip
