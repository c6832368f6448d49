"""`check --fix` and `--diff`: what can be mended is mended in memory, then written or shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gdprlint import fixing
from gdprlint.cli.diff import unified
from gdprlint.cli.output import complain, told, write
from gdprlint.diagnostics import Report
from gdprlint.engine import CheckOptions
from gdprlint.fixing.meaning import meaning
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.cli.plain import Asked

Judged = Callable[[fixing.Instead], Report]


def fixed(report: Report, asked: Asked, judged: Judged, options: CheckOptions) -> Report:
    """The report on the files after what can be mended was."""
    found = _mended(report, asked, judged, options)
    failed = fixing.written(found.before, found.after)
    for path, why in failed.items():
        complain(f"{path}: not changed: {why}")
    files = sum(1 for path in found.after if found.changed(path) and path not in failed)
    if failed:
        return judged(())
    if found.count:
        complain(f"mended {found.count} in {files} file{'' if files == 1 else 's'}")
    return found.report


def shown_diff(report: Report, asked: Asked, judged: Judged, options: CheckOptions) -> int:
    """Print what would be changed, and nothing else; the exit code."""
    found = _mended(report, asked, judged, options)
    for path in sorted(filter(found.changed, found.after)):
        write(unified(path, found.before[path].content, found.after[path].content))
    told(report.problems)
    if report.problems:
        return 2
    return 1 if any(map(found.changed, found.after)) and not asked.exit_zero else 0


def _mended(report: Report, asked: Asked, judged: Judged, options: CheckOptions) -> fixing.Mended:
    """What can be mended of what was found; nothing is written."""
    found = fixing.mended(
        report, judged, lambda instead: meaning(asked.paths or (".",), evolve(options, instead=instead))
    )
    for path, why in found.kept.items():
        complain(f"{path}: not changed: {why}")
    if found.unproved:
        complain(f"{found.unproved} not mended, since the text would not say the same, or something else be found")
    return found
