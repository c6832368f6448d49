"""What `check` does with what it was asked for, one stage after the other.

Judge each register by its configuration, take out what is accepted, write the findings, give the exit code: each stage
takes a report and hands one on, and lives in a module of its own that this one calls. Nothing here knows click.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gdprlint.cli.output import refusals, told, wants_color, width_of, write

if TYPE_CHECKING:
    from pathlib import Path

    from gdprlint.cli.configured import Configured
    from gdprlint.cli.plain import Asked
    from gdprlint.diagnostics import Diagnostic, Report
    from gdprlint.engine import CheckOptions


class Done(NamedTuple):
    """What was judged; `asked` with what configurations say, `fail_on` of each finding where that is not the same."""

    asked: Asked
    report: Report
    fail_on: Callable[[Diagnostic], str] | None = None


def check(asked: Asked) -> int:
    """Judge what was asked for, write what was found, and give the exit code."""
    with refusals(), nothing_let_go():
        asked, report, fail_on = _judged(asked)
    if not _written(report, asked):
        return 2
    return exit_code(report, fail_on or asked.fail_on, asked.exit_zero)


def _judged(asked: Asked) -> Done:
    """The report, by the configuration of each register where there is one with something in it."""
    from gdprlint import engine
    from gdprlint.registers import configurations, home_of

    @cache
    def configured() -> Configured:
        from gdprlint.cli.configured import Configured

        return Configured(asked)

    def says_something(roots: Iterable[Path | None]) -> bool:
        return asked.config is not None or any(root is not None and configurations(root) for root in roots)

    def told(folder: Path, roots: list[Path]) -> list[Path] | None:
        return configured().notices(folder, roots) if says_something(roots) else None

    paths = asked.paths or (".",)
    planned = engine.planned(paths, None if asked.no_config else told)
    if not asked.no_config and says_something(map(home_of, planned)):
        return configured().judged(planned, paths)
    options = options_of(asked)
    return Done(asked, engine.judged([engine.group(planned, options)], paths))


def options_of(asked: Asked) -> CheckOptions:
    from gdprlint.engine import CheckOptions

    return CheckOptions(
        as_of=asked.as_of,
        select=listed(asked.select),
        ignore=listed(asked.ignore),
        local_packs=asked.local_packs,
        max_bytes=asked.max_bytes,
        jobs=asked.jobs,
    )


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
    )
    write(render(report, asked.form, options))
    if asked.form == "json":  # the other forms say it at their end
        told(report.problems)
    return True


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
