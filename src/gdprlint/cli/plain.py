"""What `check` may be asked for, and a short cut to it: plain command lines are read here, without click.

`read` gives up at whatever it does not know, and click decides: it alone says what the command takes,
and a test holds this to it. Nothing here tells wrong use.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

MAX_BYTES = 8_000_000


class Today(date):
    """The day that is meant where nobody has named one."""


class Unsaid(str):
    """A value that nobody has asked for, so that a configuration may say otherwise."""

    __slots__ = ()


class Asked(NamedTuple):
    """What the command was asked for; each field is the option of that name."""

    paths: tuple[str, ...]
    as_of: date
    form: str = Unsaid("full")
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = Unsaid("error")
    exit_zero: bool = False
    color: str = "auto"
    no_source: bool = False
    local_packs: tuple[str, ...] = ()
    max_bytes: int = MAX_BYTES
    jobs: int = 0
    output: tuple[str, ...] = ()
    show_suppressed: bool = False
    trust_exceptions_from: str = ""
    baseline: str = ""
    write_baseline: bool = False
    prune_baseline: bool = False
    fix: bool = False
    diff: bool = False
    trace: tuple[str, ...] = ()
    trace_of: tuple[str, ...] = ()
    timings: bool = False
    strictness: str = Unsaid("auditor")
    preview: bool = False
    quiet: bool = False
    fail_on_empty: bool = False
    stdin_filename: str | None = None
    deleted_since: str | None = None
    watch: bool = False
    config: str | None = None
    no_config: bool = False
    no_cache: bool = False


_CHOICES = {
    "--format": ("form", ("full", "concise", "json")),
    "--fail-on": ("fail_on", ("error", "warning", "info")),
    "--color": ("color", ("auto", "always", "never")),
}
_FLAGS = {
    "--exit-zero": "exit_zero",
    "--no-source": "no_source",
    "--no-config": "no_config",
    "--quiet": "quiet",
    "--fail-on-empty": "fail_on_empty",
    "--no-cache": "no_cache",
}


def read(arguments: Iterable[str]) -> Asked | None:
    """What a plain `check` asks for; None for anything else, which is click's."""
    if os.name == "nt" or "_GDPRLINT_COMPLETE" in os.environ:  # click lays out patterns, and completes words
        return None
    rest = iter(arguments)
    if next(rest, "") != "check":
        return None
    found: dict[str, Any] = {"as_of": Today.today()}
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
