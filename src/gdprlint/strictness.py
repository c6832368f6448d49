"""How strict a reader wants to be: what breaks the law on its face, what a careful officer asks, what an auditor notes.

Each finding is of one of three levels, by what its rule says of itself and how grave it is at its place. Whoever asks
for a level sees that and what is graver. Nothing here knows rules; a report holds all that is needed.
"""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic, Report, Severity
from gdprlint.values import evolve

LEVELS = ("regular", "careful", "auditor")
REGULAR, CAREFUL, AUDITOR = LEVELS
_BY_SEVERITY = {Severity.ERROR: REGULAR, Severity.WARNING: CAREFUL, Severity.INFO: AUDITOR}
COMPARED = "REC010"  # the one check of the reader that weighs what a text says


def level_of(finding: Diagnostic, doubtful: frozenset[str] = frozenset()) -> str:
    """The level of a finding; `doubtful` are codes of rules that nobody should take for settled law.

    What could not be read, or is no whole notice, is told at every level: it bounds all that was judged.
    """
    if finding.code == "syntax" or (finding.topic == "reference" and finding.code != COMPARED):
        return REGULAR
    level = _BY_SEVERITY[finding.severity]
    return CAREFUL if level == REGULAR and finding.code in doubtful else level


def is_within(finding: Diagnostic, level: str, doubtful: frozenset[str] = frozenset()) -> bool:
    return LEVELS.index(level_of(finding, doubtful)) <= LEVELS.index(level)


def within(report: Report, level: str) -> Report:
    """The report without the findings beyond a level, and with how many these are."""
    doubtful = report.judged.doubtful
    kept = tuple(finding for finding in report.findings if is_within(finding, level, doubtful))
    judged = evolve(
        report.judged,
        files_with_findings=len({finding.span.path for finding in kept}),
        strictness=level,
        left_out=len(report.findings) - len(kept),
    )
    return evolve(report, findings=kept, judged=judged)
