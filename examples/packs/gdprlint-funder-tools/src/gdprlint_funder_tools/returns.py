"""The return that an institution sends to the Trust each quarter: what its records leave open of the terms, as CSV.

A line for each finding on a provision of the terms; those that somebody has accepted come with the reason, the name and
the last day. Other findings are nobody's business but the institution's.
"""

from __future__ import annotations

import csv
import io

from gdprlint.api import Diagnostic, Report, Suppressed

COLUMNS = (
    "study", "terms", "rule", "what", "state", "file", "line", "reason", "accepted by", "until", "as of",
)  # fmt: skip
TERMS = "ferrowby-terms"


def render(report: Report) -> str:
    """The return, in the order of studies and provisions."""
    rows = [_row(report, finding) for finding in report.findings if _terms(finding)]
    rows += [_row(report, one.finding, one) for one in report.suppressed if _terms(one.finding)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in sorted(rows))
    return text.getvalue()


def _terms(finding: Diagnostic) -> str:
    return ", ".join(cite.removeprefix(f"{TERMS} ") for cite in finding.cites if cite.split()[0] == TERMS)


def _row(report: Report, finding: Diagnostic, accepted: Suppressed | None = None) -> tuple[str, ...]:
    line, _ = report.position(finding.span)
    return (
        finding.activity or finding.register,
        _terms(finding),
        finding.code,
        finding.message,
        "accepted" if accepted else "open",
        finding.span.path,
        str(line),
        accepted.justification if accepted else "",
        accepted.owner if accepted else "",
        accepted.until if accepted else "",
        report.judged.as_of,
    )


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what it says may come from a stranger."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
