"""The last lines of a report for people: problems of the run, where to start, and what was judged.

The last two lines are always there and always in this order, so that a reader knows where to look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gdprlint.diagnostics import Judged, Problem, Report, Severity
from gdprlint.reporters.style import Paint, folded, is_rule, shown

MANY = 10
"""With more findings than this, a reader is told where to start."""


def closing(report: Report, paint: Paint, width: int | None = None) -> list[str]:
    """The blocks that end a report, without the blank lines between them."""
    totals = [f"{found(report)}{accepted(report)}", judged_by(report.judged)]
    blocks = [problem_lines(report.problems, paint), start_with(report), totals]
    return ["\n".join(part for line in block for part in folded(line, width)) for block in blocks if block]


def problem_lines(problems: Iterable[Problem], paint: Paint) -> list[str]:
    told = (f"{p.message} ({p.where})" if p.where else p.message for p in problems)
    return [f"{paint('error', 'problem')}: {shown(problem)}" for problem in told]


def start_with(report: Report) -> list[str]:
    """The most useful first steps when there is much to do; nothing when there is not."""
    if len(report.findings) <= MANY:
        return []
    steps = []
    faults = sum(1 for finding in report.findings if finding.code == "syntax")
    if faults:
        steps.append(f"  {counted(faults, 'syntax fault')}, which may hide other findings")
    worst = max(finding.severity for finding in report.findings)
    heaviest = Counter(
        (finding.code, finding.name)
        for finding in report.findings
        if finding.severity is worst and is_rule(finding.code)
    )
    if heaviest:
        (code, name), count = min(heaviest.items(), key=lambda item: (-item[1], item[0]))
        if count > 1:
            steps.append(f"  {shown(code)} {shown(name)}, {weight(worst, count)}")
    return ["Start with:", *steps] if steps else []


def found(report: Report) -> str:
    """How many problems in how many files. A run that went wrong never says that all is well."""
    judged, files = report.judged, counted(report.judged.files, "file")
    broken = counted(len(report.problems), "problem") + " of the run" if report.problems else ""
    if not report.findings:
        if broken:
            return f"No findings in {files}, but {broken}{_left_out(judged)}."
        return f"No problems in {files}{_left_out(judged)}." if judged.files else "No files were judged."
    weights = [
        weight(severity, count) for severity in sorted(Severity, reverse=True) if (count := report.count(severity))
    ]
    return (
        f"Found {counted(len(report.findings), 'problem')} ({', '.join(weights)})"
        f" in {judged.files_with_findings} of {files}{', and ' if broken else ''}{broken}{_left_out(judged)}."
    )


def accepted(report: Report) -> str:
    """How many findings are accepted, and by what; nothing where none is."""
    if not report.suppressed:
        return ""
    from gdprlint.reporters.accepted import counted_by_kind

    return f" {counted_by_kind(report.suppressed)}"


def _left_out(judged: Judged) -> str:
    """How many findings the strictness that was asked for leaves out."""
    return f"; {judged.left_out} more beyond `--strictness {judged.strictness}`" if judged.left_out else ""


def judged_by(judged: Judged) -> str:
    """By what, as of when, and how much of it had nothing to say."""
    packs = " and ".join(filter(None, [", ".join(judged.packs[:-1]), *judged.packs[-1:]]))
    left = []
    if judged.not_applied:
        left.append(f"{counted(judged.not_applied, 'rule')} did not apply")
    if judged.cannot_tell:
        left.append(f"{counted(judged.cannot_tell, 'rule')} could not tell from the text")
    rest = f"; {', '.join(left)}" if left else ""
    return f"Judged by {shown(packs) or 'no rule pack'} as in force on {judged.as_of}{rest}."


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def weight(severity: Severity, count: int) -> str:
    return f"{count} for information" if severity is Severity.INFO else counted(count, severity.word)
