"""Exceptions with accountability: findings that somebody has accepted, with a reason, an owner and an end date.

    report = accepted(report, asked)             # what `check` does behind the engine
    register(report, asked)             # the same with the register of accepted risks

An exception stands in a comment of a record (`records`) or of a page (`pages`), or in the configuration (`configured`);
what it says is one small grammar (`grammar`). `settling` holds them against the findings. Where only those of a base
revision count, `trust` sorts out the others, by the files that `base` reads. Here it is looked at which files may hold
any, which costs a search for one word in each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint import disk
from gdprlint.registers import MARKS, SUFFIX, beginning, marked_root, project_of
from gdprlint.values import frozen

if TYPE_CHECKING:
    from datetime import date

    from gdprlint.diagnostics import Report
    from gdprlint.exceptions.base import Base
    from gdprlint.exceptions.settling import Entry
    from gdprlint.rules.packs import Library

_ALLOW = r"[-#*/!}]\s*[Aa]llow\b"
"""Behind what opens a comment, in whatever language; most pages use the word in their sentences too."""


@frozen
class Asked:
    """What the stage goes by: the day, all rules, those that were chosen, and the revision that is trusted.

    The rules are loaded only where something is to be held against them.
    """

    as_of: date
    library: Callable[[], Library]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    base: Base | None = None
    max_bytes: int = 8_000_000


def accepted(report: Report, asked: Asked) -> Report:
    """The report without the findings that somebody has accepted, and with what is told of exceptions themselves."""
    texts = _texts(report)
    tables = _tables(report)
    if not texts and not tables:
        return report
    from gdprlint.exceptions.stage import applied, gathered

    return applied(report, gathered(report, texts, tables, asked), asked)


def register(report: Report, asked: Asked) -> tuple[Report, list[Entry]]:
    """The register of accepted risks: what came of every exception in what was judged; and the report without them."""
    from gdprlint.exceptions.stage import applied, gathered

    found = gathered(report, _texts(report), _tables(report), asked)
    return applied(report, found, asked), found.settled.entries


def _texts(report: Report) -> list[str]:
    """The paths of the texts that may hold exceptions: those that were asked for, and what pages include."""
    judged = report.judged.registers
    others = any(not path.endswith(SUFFIX) for path in judged)
    return [
        path
        for path, source in report.sources.items()
        if "llow" in source.text
        and ("allow" in source.text or "Allow" in source.text)
        and (path in judged or (others and not path.endswith(SUFFIX)))
        and re.search(_ALLOW, source.text)
    ]


def _tables(report: Report) -> list[Path]:
    """The configurations of the registers that were judged, where they have the word in them."""
    folders: Iterable[Path] = {Path.cwd() / Path(path).parent for path in report.judged.registers}
    roots = {root for folder in folders if (root := marked_root(folder)) is not None}
    return [file for root in sorted(roots) for name in MARKS if _has_word(file := root / name)]


def _has_word(file: Path) -> bool:
    text = beginning(file)
    if b"allow" not in text or not (file.name == MARKS[0] or b"tool.gdprlint" in text):
        return False
    return Path(disk.real(file)).is_relative_to(disk.real(project_of(file.parent)))
