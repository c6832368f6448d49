"""The report as JSON, for programs. The names and the order of the keys are a promise to them.

Text is written as it is, but what could steer a terminal is escaped, so that the output may be looked at.
"""

from __future__ import annotations

import json
import re

from gdprlint.diagnostics import Diagnostic, Judged, Report, Suppressed
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.window import HasSources, source_of
from gdprlint.text import Span

VERSION = 1
"""INVARIANT: raised whenever a key goes away or changes its meaning; a new key is no new version."""

NOT_ASCII = re.compile(r"[^\n -~]+")


def render(report: Report, options: RenderOptions) -> str:
    whole = {
        "version": VERSION,
        "findings": [_finding(report, finding) for finding in report.findings],
        "judged": _judged(report.judged),
        "problems": [{"message": problem.message, "where": problem.where} for problem in report.problems],
        "suppressed": _suppressed(report),
    }
    return NOT_ASCII.sub(escaped, json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def _finding(report: Report, finding: Diagnostic) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.word,
        **place_of(report, finding.span),
        "message": finding.message,
        "help": finding.help,
        "cites": list(finding.cites),
        "labels": [{**place_of(report, label.span), "message": label.message} for label in finding.labels],
        "activity": finding.activity,
        "fingerprint": finding.fingerprint,
        "fixes": [
            {
                "message": fix.message,
                "safe": fix.safe,
                "edits": [{**place_of(report, edit.span), "text": edit.text} for edit in fix.edits],
            }
            for fix in finding.fixes
        ],
    }


def _suppressed(report: Report) -> list[dict[str, object]]:
    if not report.suppressed:
        return []
    from gdprlint.reporters.accepted import in_order

    return [_accepted(report, one) for one in in_order(report)]


def _accepted(report: Report, one: Suppressed) -> dict[str, object]:
    return {
        "kind": one.kind,
        "justification": one.justification,
        "owner": one.owner,
        "until": one.until,
        "place": place_of(report, one.span) if one.span else None,
        "finding": _finding(report, one.finding),
    }


def place_of(report: HasSources, span: Span) -> dict[str, object]:
    """A place counted from 1, its end exclusive; in a workbook that of the cell, whose row is the line."""
    source = source_of(report, span)
    line, column, end_line, end_column = source.extent(span.start, span.end)
    cell = source.cell(span.start)
    return {
        "path": span.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        **({"cell": cell.address} if cell is not None else {}),
    }


def _judged(judged: Judged) -> dict[str, object]:
    return {
        "files": judged.files,
        "files_with_findings": judged.files_with_findings,
        "packs": list(judged.packs),
        "as_of": judged.as_of,
        "rules": judged.rules,
        "not_applied": judged.not_applied,
        "cannot_tell": judged.cannot_tell,
        "strictness": judged.strictness,
        "left_out": judged.left_out,
    }


def escaped(match: re.Match[str]) -> str:
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in match[0])
