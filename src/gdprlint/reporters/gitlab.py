"""The report as GitLab reads it for code quality: an array of findings with the keys that are documented, and no more.

GitLab shows one finding for a fingerprint, so each gets one that no other has. Problems of the run and accepted
findings have no place there.
"""

from __future__ import annotations

import hashlib
import json

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.paths import in_project
from gdprlint.reporters.style import shown
from gdprlint.reporters.window import source_of

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, options: RenderOptions) -> str:
    used: dict[str, int] = {}
    return json.dumps([_finding(report, finding, used, options) for finding in report.findings], indent=2) + "\n"


def _finding(report: Report, finding: Diagnostic, used: dict[str, int], options: RenderOptions) -> dict[str, object]:
    said = f"{finding.message}: {finding.label}" if finding.label else finding.message
    source = source_of(report, finding.span)
    line, _ = source.place(finding.span.start)
    cell = source.cell(finding.span.start)
    said += f" ({cell.address})" if cell is not None else ""
    return {
        "description": shown(f"{finding.code} {said}"),
        "check_name": shown(finding.name or finding.code),
        "fingerprint": _unused(finding, used),
        "severity": SEVERITIES[finding.severity.word],
        "location": {"path": shown(in_project(finding.span.path, options)), "lines": {"begin": line}},
    }


def _unused(finding: Diagnostic, used: dict[str, int]) -> str:
    """The fingerprint of the finding, with a number where another has it; `used` holds the last number of each."""
    first = fingerprint = shown(finding.fingerprint) or _made(finding)
    while fingerprint in used:
        used[first] += 1
        fingerprint = f"{first}-{used[first]}"
    used[fingerprint] = 1
    return fingerprint


def _made(finding: Diagnostic) -> str:
    parts = (finding.code, finding.name, finding.span.path, finding.message)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]
