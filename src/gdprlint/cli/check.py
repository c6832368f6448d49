"""`gdprlint check`: judge files and say what was found."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from gdprlint.cli.output import refusals, told, wants_color, width_of, write

if TYPE_CHECKING:
    from gdprlint.diagnostics import Report


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    """A day as the language writes it; today where none is given."""
    if value is None:
        return date.today()
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:  # the 30th of February
        pass
    raise click.BadParameter(f"{value!r} is no date; write it as 2026-11-21", ctx, param)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--as-of", callback=day, metavar="DATE", help="Judge by the law of that day (default: today).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    show_default=True,
    help="How findings are shown.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Judge by these rules only: codes, packs, provisions (`art 9`) or topics, with commas between.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out; written as for --select.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The least severity that gives exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour; auto means on a terminal, and obeys NO_COLOR, FORCE_COLOR and TERM=dumb.",
)
@click.option("--no-source", is_flag=True, help="Show no words of the files, which may hold personal data.")
@click.option(
    "--pack",
    "local_packs",
    multiple=True,
    type=click.Path(exists=True),
    metavar="PATH",
    help="Judge also by the declared rules in this folder.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=8_000_000,
    show_default=True,
    help="Do not read files that are larger.",
)
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Processes to read with (default: as many as help)."
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    as_of: date,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    color: str,
    no_source: bool,
    local_packs: tuple[str, ...],
    max_bytes: int,
    jobs: int,
) -> None:
    """Judge records and notices.

    PATHS are files and folders; a folder is read with all that is below it. Without PATHS the current
    folder is judged. The exit code is 0 when nothing was found at or above --fail-on, 1 when something
    was, and 2 when a file could not be read or a rule or plugin broke.
    """
    from gdprlint.engine import CheckOptions, check
    from gdprlint.reporters import RenderOptions, render

    options = CheckOptions(
        as_of=as_of,
        select=listed(select),
        ignore=listed(ignore),
        local_packs=local_packs,
        max_bytes=max_bytes,
        jobs=jobs,
    )
    with refusals(), nothing_let_go():
        report = check(paths or (".",), options)
    colored = wants_color(color, sys.stdout)
    write(
        render(
            report,
            form,
            RenderOptions(
                color=colored,
                width=width_of(sys.stdout),
                show_source=not no_source,
                links=colored and sys.stdout.isatty(),
            ),
        )
    )
    if form == "json":  # the other forms say it at their end
        told(report.problems)
    ctx.exit(exit_code(report, fail_on, exit_zero))


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
