"""What `check` does with what it was asked for, one stage after the other.

Judge, take out what is accepted, write the findings, give the exit code: each stage takes a report and hands one on,
and lives in a module of its own that this one calls. Nothing here knows click.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint.cli.output import complain, refusals, told, wants_color, width_of, write

if TYPE_CHECKING:
    from gdprlint.cli.handed import Instead
    from gdprlint.cli.plain import Asked
    from gdprlint.diagnostics import Report
    from gdprlint.engine import CheckOptions
    from gdprlint.exceptions.base import Base
    from gdprlint.progress import Progress
    from gdprlint.rules.packs import Library
    from gdprlint.tracing.timings import Clock


def check(asked: Asked) -> int:
    """Judge what was asked for, write what was found, and give the exit code."""
    if asked.watch:
        from gdprlint.cli.watch import watch

        return watch(asked)
    given: Instead = ()
    if asked.stdin_filename is not None or asked.deleted_since is not None or "-" in asked.paths:
        from gdprlint.cli.handed import handed_over

        with refusals():
            asked, given = handed_over(asked)
        if not asked.paths:
            return _empty() if asked.fail_on_empty else 0
    clock = _clock() if asked.timings else None
    with refusals(), nothing_let_go(), trusting(asked) as (asked, base):
        from gdprlint.rules import packs

        library = packs.load(asked.local_packs)

        def judged(instead: Instead = ()) -> Report:
            found = _accepted(_judged(asked, library, base, (*given, *instead), clock), asked, library, base)
            return _unknown(found, asked, base)

        report = judged()
        if asked.diff or asked.fix:
            from gdprlint.cli.mending import fixed, shown_diff

            options = options_of(asked, base)
            if asked.diff:
                return shown_diff(report, asked, judged, options)
            report = fixed(report, asked, judged, options)
        if asked.strictness != "auditor":
            from gdprlint.strictness import within

            report = within(report, asked.strictness)
        if asked.trace or asked.trace_of:
            from gdprlint.cli.diagnosis import traced

            traced(report, asked, options_of(asked, base, given), library)
    for note in report.notes:
        complain(note)
    if not (asked.trace or asked.trace_of or _written(report, asked)):
        return 2
    if clock is not None:
        from gdprlint.cli.diagnosis import timed

        clock.done("writing")
        timed(clock, report)
    if asked.fail_on_empty and (report.judged.empty or not report.judged.rules):
        return _empty()
    return exit_code(report, asked.fail_on, asked.exit_zero)


def _empty() -> int:
    complain("nothing was judged: there is no rule, or no file that says anything")
    return 2


def _judged(asked: Asked, library: Library, base: Base | None, instead: Instead, clock: Clock | None) -> Report:
    from gdprlint import engine

    with meanwhile() as progress:
        return engine.check(asked.paths or (".",), options_of(asked, base, instead), library, clock, progress)


def _clock() -> Clock:
    from gdprlint.tracing.timings import Clock

    return Clock()


def options_of(asked: Asked, base: Base | None = None, instead: Instead = ()) -> CheckOptions:
    """What the engine is told of what was asked for."""
    from gdprlint.engine import CheckOptions
    from gdprlint.reporters import ASK_FOR_BACKGROUND

    return CheckOptions(
        as_of=asked.as_of,
        select=listed(asked.select),
        ignore=listed(asked.ignore),
        local_packs=asked.local_packs,
        max_bytes=asked.max_bytes,
        jobs=1 if asked.timings else asked.jobs,  # what another process takes, this one cannot tell
        background=not ASK_FOR_BACKGROUND.isdisjoint([asked.form, *(to.partition("=")[0] for to in asked.output)]),
        base=base,
        instead=instead,
        preview=asked.preview,
    )


@contextmanager
def trusting(asked: Asked) -> Iterator[tuple[Asked, Base | None]]:
    """What was asked for, and the revision that is trusted, with local packs as they stand there."""
    if not asked.trust_exceptions_from:
        yield asked, None
        return
    import tempfile

    from gdprlint.exceptions.base import base_of, exported

    base = base_of(asked.trust_exceptions_from, Path.cwd())
    with tempfile.TemporaryDirectory(prefix="gdprlint-") as folder:
        found, missing = exported(base, asked.local_packs, folder)
        for path in missing:
            complain(f"the pack {path} does not stand in {base.name}, and is not judged by")
        yield asked._replace(local_packs=found), base


def _accepted(report: Report, asked: Asked, library: Library, base: Base | None) -> Report:
    from gdprlint import exceptions

    select, ignore = listed(asked.select), listed(asked.ignore)
    return exceptions.accepted(report, exceptions.Asked(asked.as_of, library, select, ignore, base, asked.max_bytes))


def _unknown(report: Report, asked: Asked, base: Base | None) -> Report:
    """The report without what a baseline knows."""
    if not (asked.baseline or asked.write_baseline or asked.prune_baseline or _has_baseline(report)):
        return report
    from gdprlint import baseline
    from gdprlint.engine import WrongUse

    if (asked.write_baseline or asked.prune_baseline) and (asked.fix or asked.diff):
        raise WrongUse("`--fix` and `--diff` go before a baseline is written: run them by themselves")
    all_rules = not (asked.select or asked.ignore)
    trusted = base.read if base is not None else None
    wish = baseline.Wish(asked.baseline, asked.write_baseline, asked.prune_baseline, all_rules, trusted)
    report, notes = baseline.held_against(report, wish)
    for note in notes:
        complain(note)
    return report


def _has_baseline(report: Report) -> bool:
    from gdprlint.registers import BASELINE, beside_mark

    return any(os.path.lexists(beside_mark(Path(register.root), BASELINE)) for register in report.judged.roots)


def _written(report: Report, asked: Asked) -> bool:
    """Write what was found; whether all of it could be written."""
    if asked.output or asked.form not in ("full", "concise", "json"):
        from gdprlint.cli.outputs import written

        return written(report, asked)
    from gdprlint.reporters import RenderOptions, render

    colored = wants_color(asked.color, sys.stdout)
    options = RenderOptions(
        color=colored,
        width=width_of(sys.stdout),
        show_source=not asked.no_source,
        links=colored and sys.stdout.isatty(),
        show_suppressed=asked.show_suppressed,
        closing=not asked.quiet,
    )
    write(render(report, asked.form, options))
    if asked.form == "json" or asked.quiet:  # the other forms say it at their end
        told(report.problems)
    return True


@contextmanager
def meanwhile() -> Iterator[Progress | None]:
    """On a terminal, tell how far a long run is; elsewhere nothing."""
    if sys.stderr.isatty():
        from gdprlint.cli.waiting import told_on

        with told_on(sys.stderr) as progress:
            yield progress
    else:
        yield None


@contextmanager
def nothing_let_go() -> Iterator[None]:
    """Keep the collector of garbage from looking through all that is read: the process ends soon after."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """The words of an option that may be repeated and may hold commas."""
    words = (word.strip() for value in values for word in value.split(","))
    return tuple(word for word in words if word)


def exit_code(report: Report, fail_on: str, exit_zero: bool) -> int:
    """2 when the run itself went wrong, whatever was found; then 1 when what was found is grave enough."""
    from gdprlint.diagnostics import Severity

    if report.problems:
        return 2
    grave = any(finding.severity >= Severity.named(fail_on) for finding in report.findings)
    return 1 if grave and not exit_zero else 0
