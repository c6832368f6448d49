"""What `check` does with what it was asked for, one stage after the other.

Judge, take out what is accepted, write the findings, give the exit code: each stage takes a report and hands one on,
and lives in a module of its own that this one calls. Nothing here knows click.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gdprlint.cli.output import refusals, told, wants_color, width_of, write

if TYPE_CHECKING:
    from gdprlint.cli.plain import Asked
    from gdprlint.diagnostics import Report


def check(asked: Asked) -> int:
    """Judge what was asked for, write what was found, and give the exit code."""
    with refusals(), nothing_let_go():
        report = _judged(asked)
    if not _written(report, asked):
        return 2
    return exit_code(report, asked.fail_on, asked.exit_zero)


def _judged(asked: Asked) -> Report:
    from gdprlint.cache.results import check
    from gdprlint.options import CheckOptions

    return check(
        asked.paths or (".",),
        CheckOptions(
            as_of=asked.as_of,
            select=listed(asked.select),
            ignore=listed(asked.ignore),
            local_packs=asked.local_packs,
            max_bytes=asked.max_bytes,
            jobs=asked.jobs,
        ),
        remembered=not asked.no_cache,
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


def exit_code(report: Report, fail_on: str, exit_zero: bool) -> int:
    """2 when the run itself went wrong, whatever was found; then 1 when what was found is grave enough."""
    from gdprlint.diagnostics import Severity

    if report.problems:
        return 2
    grave = any(finding.severity >= Severity.named(fail_on) for finding in report.findings)
    return 1 if grave and not exit_zero else 0
