"""What `check` does, and a short cut to it: plain command lines are read here, without click.

`read` gives up at whatever it does not know, and click decides: it alone says what the command takes,
and a test holds this to it. Nothing here tells wrong use.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from gdprlint.cli.output import refusals, told, wants_color, width_of, write

if TYPE_CHECKING:
    from gdprlint.diagnostics import Report

MAX_BYTES = 8_000_000


class Asked(NamedTuple):
    """What the command was asked for; each field is the option of that name."""

    paths: tuple[str, ...]
    as_of: date
    form: str = "full"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    exit_zero: bool = False
    color: str = "auto"
    no_source: bool = False
    local_packs: tuple[str, ...] = ()
    max_bytes: int = MAX_BYTES
    jobs: int = 0


_CHOICES = {
    "--format": ("form", ("full", "concise", "json")),
    "--fail-on": ("fail_on", ("error", "warning", "info")),
    "--color": ("color", ("auto", "always", "never")),
}
_FLAGS = {"--exit-zero": "exit_zero", "--no-source": "no_source"}


def read(arguments: Iterable[str]) -> Asked | None:
    """What a plain `check` asks for; None for anything else, which is click's."""
    if os.name == "nt" or "_GDPRLINT_COMPLETE" in os.environ:  # click lays out patterns, and completes words
        return None
    rest = iter(arguments)
    if next(rest, "") != "check":
        return None
    found: dict[str, Any] = {"as_of": date.today()}
    paths = []
    for word in rest:
        if not word.startswith("-"):
            paths.append(word)
        elif word in _FLAGS:
            found[_FLAGS[word]] = True
        elif word in _CHOICES:
            name, choices = _CHOICES[word]
            found[name] = next(rest, "")
            if found[name] not in choices:
                return None
        elif word == "--as-of":
            found["as_of"] = day_of(next(rest, ""))
            if found["as_of"] is None:
                return None
        else:
            return None
    return Asked(tuple(paths), **found)


def day_of(text: str) -> date | None:
    """A day as the language writes it."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:  # the 30th of February
        return None


def check(asked: Asked) -> int:
    """Judge what was asked for, write what was found, and give the exit code."""
    from gdprlint import engine
    from gdprlint.reporters import RenderOptions, render

    options = engine.CheckOptions(
        as_of=asked.as_of,
        select=listed(asked.select),
        ignore=listed(asked.ignore),
        local_packs=asked.local_packs,
        max_bytes=asked.max_bytes,
        jobs=asked.jobs,
    )
    with refusals(), nothing_let_go():
        report = engine.check(asked.paths or (".",), options)
    colored = wants_color(asked.color, sys.stdout)
    write(
        render(
            report,
            asked.form,
            RenderOptions(
                color=colored,
                width=width_of(sys.stdout),
                show_source=not asked.no_source,
                links=colored and sys.stdout.isatty(),
            ),
        )
    )
    if asked.form == "json":  # the other forms say it at their end
        told(report.problems)
    return exit_code(report, asked.fail_on, asked.exit_zero)


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
