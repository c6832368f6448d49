"""What `check` does with what it was asked for, one stage after the other.

Judge each register by its configuration, take out what is accepted, write the findings, give the exit code: each stage
takes a report and hands one on, and lives in a module of its own that this one calls. Nothing here knows click.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gdprlint import cli
from gdprlint.cli.output import complain, refusals, told, wants_color, width_of, write

if TYPE_CHECKING:
    from gdprlint import exceptions
    from gdprlint.cli.behind import Wants
    from gdprlint.cli.configured import Configured
    from gdprlint.cli.handed import Instead
    from gdprlint.cli.plain import Asked
    from gdprlint.diagnostics import Diagnostic, Report
    from gdprlint.exceptions.base import Base
    from gdprlint.options import CheckOptions
    from gdprlint.progress import Progress
    from gdprlint.rules.packs import Library
    from gdprlint.tracing.timings import Clock


class Done(NamedTuple):
    """What was judged: `asked` with what configurations say, the options and the rules of all registers together.

    The rules are loaded when somebody asks for them, which a report out of the cache need not.
    `fail_on` tells the least severity of each finding, where that is not the same for all. `wants` is what
    configurations have said, where there are any.
    """

    asked: Asked
    report: Report
    options: CheckOptions
    library: Callable[[], Library]
    fail_on: Callable[[Diagnostic], str] | None = None
    wants: tuple[Wants, ...] = ()


class Trusted(NamedTuple):
    """The revision that is trusted, and what gives folders as they stand there."""

    base: Base
    exported: Callable[[tuple[str, ...]], tuple[str, ...]]


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
    with refusals(), nothing_let_go(), trusting(asked) as (asked, trusted):
        if trusted is None and not given and _may_be_remembered(asked):
            done = _remembered(asked)
        else:
            done = settled(judge(asked, trusted, given, clock), trusted)
        report = _unknown(done, trusted)
        if asked.diff or asked.fix:
            from gdprlint.cli.mending import fixed, shown_diff

            def judged(instead: Instead) -> Report:
                return _unknown(settled(judge(asked, trusted, instead), trusted), trusted)

            if asked.diff:
                return shown_diff(report, asked, judged, done.options)
            report = fixed(report, asked, judged, done.options)
        asked = done.asked
        if asked.strictness != "auditor":
            from gdprlint.strictness import within

            report = within(report, asked.strictness)
        if asked.trace or asked.trace_of:
            from gdprlint.cli.diagnosis import traced

            traced(report, asked, done.options, done.library())
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
    return exit_code(report, done.fail_on or asked.fail_on, asked.exit_zero)


def _may_be_remembered(asked: Asked) -> bool:
    """Whether nobody wants to see the run itself, mend texts by it, or have it anew."""
    looked_at = asked.trace or asked.trace_of or asked.timings or asked.fix or asked.diff or asked.deleted_since
    return not (looked_at or asked.no_cache)


def _empty() -> int:
    complain("nothing was judged: there is no rule, or no file that says anything")
    return 2


def judge(asked: Asked, trusted: Trusted | None = None, instead: Instead = (), clock: Clock | None = None) -> Done:
    """What is found, by the configuration of each register where there is one with something in it."""
    from gdprlint import engine
    from gdprlint.cli.behind import held_by
    from gdprlint.registers import configurations, home_of, look_again

    @cache
    def configured() -> Configured:
        from gdprlint.cli.configured import Configured

        return Configured(asked, trusted)

    def says_something(roots: Iterable[Path | None]) -> bool:
        return asked.config is not None or any(root is not None and configurations(root) for root in roots)

    def told(folder: Path, roots: list[Path]) -> list[Path] | None:
        return configured().notices(folder, roots) if says_something(roots) else None

    look_again()
    paths = asked.paths or (".",)
    with meanwhile() as progress:
        planned = engine.planned(paths, None if asked.no_config else told, instead)
        if not asked.no_config and says_something(map(home_of, planned)):
            run = configured()
            report, options, wants = run.judged(planned, instead, clock, progress)
            whole, fail_on = held_by(asked, wants)
            return Done(whole, report, options, lambda: run.words(whole.local_packs).library, fail_on, wants)
        group = engine.group(planned, options_of(asked, trusted, instead))
        report = engine.judge([group], paths, clock, progress)
        return Done(asked, report, group.options, lambda: group.library)


def _remembered(asked: Asked) -> Done:
    """What is found and not accepted, as an earlier run found it while all that it depends on is the same."""
    options = options_of(asked)
    if options.background:
        return settled(judge(asked))
    from gdprlint.cache import results
    from gdprlint.cli.behind import Wants, held_by, judging

    def kept(done: Done) -> results.Kept:
        return results.Kept(done.report, tuple(map(tuple, done.wants)))

    def again(found: results.Kept) -> Done | None:
        wants = tuple(Wants(*one) for one in found.beside)
        whole, fail_on = held_by(asked, wants)
        if _needs_background(whole):
            return None
        return Done(whole, found.report, options, lambda: _library(whole), fail_on, wants)

    def anew() -> Done:
        return settled(judge(asked))

    return results.remembered(asked.paths or (".",), options, judging(asked), anew, kept, again)


def _library(asked: Asked) -> Library:
    from gdprlint.rules.packs import load

    return load(asked.local_packs)


def _clock() -> Clock:
    from gdprlint.tracing.timings import Clock

    return Clock()


def options_of(asked: Asked, trusted: Trusted | None = None, instead: Instead = ()) -> CheckOptions:
    """What the engine is told of what was asked for."""
    from gdprlint.options import CheckOptions

    return CheckOptions(
        as_of=asked.as_of,
        select=listed(asked.select),
        ignore=listed(asked.ignore),
        local_packs=asked.local_packs,
        max_bytes=asked.max_bytes,
        jobs=1 if asked.timings else asked.jobs,  # what another process takes, this one cannot tell
        background=_needs_background(asked),
        base=trusted.base if trusted is not None else None,
        instead=instead,
        preview=asked.preview,
    )


def _needs_background(asked: Asked) -> bool:
    from gdprlint.reporters import ASK_FOR_BACKGROUND

    return not ASK_FOR_BACKGROUND.isdisjoint([asked.form, *(to.partition("=")[0] for to in asked.output)])


@contextmanager
def trusting(asked: Asked) -> Iterator[tuple[Asked, Trusted | None]]:
    """What was asked for, and the revision that is trusted, with local packs as they stand there."""
    if not asked.trust_exceptions_from:
        yield asked, None
        return
    import tempfile

    from gdprlint.exceptions.base import base_of, exported

    base = base_of(asked.trust_exceptions_from, Path.cwd())
    with tempfile.TemporaryDirectory(prefix="gdprlint-") as folder:

        def as_in_base(packs: tuple[str, ...]) -> tuple[str, ...]:
            found, missing = exported(base, packs, tempfile.mkdtemp(dir=folder)) if packs else ((), ())
            for path in missing:
                complain(f"the pack {path} does not stand in {base.name}, and is not judged by")
            return tuple(found)

        yield asked._replace(local_packs=as_in_base(asked.local_packs)), Trusted(base, as_in_base)


def settled(done: Done, trusted: Trusted | None = None) -> Done:
    """What was judged, without the findings that somebody has accepted."""
    from gdprlint import exceptions

    return done._replace(report=exceptions.accepted(done.report, about_exceptions(done, trusted)))


def about_exceptions(done: Done, trusted: Trusted | None) -> exceptions.Asked:
    """What exceptions are held against."""
    from gdprlint import exceptions

    asked = done.asked
    select, ignore = listed(asked.select), listed(asked.ignore)
    base = trusted.base if trusted is not None else None
    return exceptions.Asked(asked.as_of, done.library, select, ignore, base, asked.max_bytes)


def _unknown(done: Done, trusted: Trusted | None) -> Report:
    """The report without what a baseline knows."""
    asked, report = done.asked, done.report
    wanted = asked.baseline or asked.write_baseline or asked.prune_baseline
    if not report.judged.roots or not (wanted or _has_baseline(report)):
        return report
    from gdprlint import baseline
    from gdprlint.options import WrongUse

    if (asked.write_baseline or asked.prune_baseline) and (asked.fix or asked.diff):
        raise WrongUse("`--fix` and `--diff` go before a baseline is written: run them by themselves")
    all_rules = not (asked.select or asked.ignore)
    read = trusted.base.read if trusted is not None else None
    wish = baseline.Wish(asked.baseline, asked.write_baseline, asked.prune_baseline, all_rules, read)
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
    """Keep the collector of garbage from looking through all that is read: most processes end soon after."""
    gc.disable()
    try:
        yield
    finally:
        if cli.process_ends:
            gc.freeze()
        gc.enable()


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """The words of an option that may be repeated and may hold commas."""
    words = (word.strip() for value in values for word in value.split(","))
    return tuple(word for word in words if word)


def exit_code(report: Report, fail_on: str | Callable[[Diagnostic], str], exit_zero: bool) -> int:
    """2 when the run itself went wrong, whatever was found; then 1 when what was found is grave enough."""
    from gdprlint.diagnostics import Severity

    if report.problems:
        return 2
    if isinstance(fail_on, str):
        least = Severity.named(fail_on)
        grave = any(finding.severity >= least for finding in report.findings)
    else:
        grave = any(finding.severity >= Severity.named(fail_on(finding)) for finding in report.findings)
    return 1 if grave and not exit_zero else 0
