"""The report as tables in Markdown: the summary of a job, or a comment on a proposal.

Words of others are written so that they are words wherever Markdown is read: each sign that could begin something is
an entity. A platform shows a megabyte at most; the worst come first, and what no longer fits is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.accepted import in_order, terms_of
from gdprlint.reporters.citations import spoken_together
from gdprlint.reporters.paths import in_project
from gdprlint.reporters.style import shown
from gdprlint.reporters.totals import accepted, counted, found, judged_by
from gdprlint.reporters.window import source_of
from gdprlint.text import Span

MOST_BYTES = 900_000
MOST_WORDS = 2_000
"""Characters of one cell; a name of a megabyte hides no other finding."""
SIGNS = re.compile(r"[\\`*_\[\]<>#|~@$&]|:(?=//|[\w+-]+:)|(?<=www)\.|^[-+=\s]", re.IGNORECASE)
"""What Markdown gives a meaning, GitHub's with its links of bare addresses, its formulas and its `:smile:` too."""


def render(report: Report, options: RenderOptions) -> str:
    worst_first = sorted(report.findings, key=lambda finding: -finding.severity)
    parts = ["## gdprlint\n"]
    if report.problems:
        listed = (f"{p.message} ({p.where})" if p.where else p.message for p in report.problems)
        parts.append("".join(f"- **problem of the run**: {words(problem)}\n" for problem in listed))
    parts.append(f"{words(found(report) + accepted(report))}\n")
    parts.append(f"{words(judged_by(report.judged))}\n")
    room = MOST_BYTES
    if worst_first:
        rows = [
            (f.severity.word, *_place_and_rule(report, f, options), _said(f), words(spoken_together(f.cites)))
            for f in worst_first
        ]
        table, room = _table(("severity", "place", "rule", "finding", "law"), rows, room)
        parts.append(table)
    if report.suppressed:
        rows = [
            (*_place_and_rule(report, one.finding, options), _said(one.finding), words(terms_of(one)))
            for one in in_order(report)
        ]
        parts.append("### Accepted\n")
        parts.append(_table(("place", "rule", "finding", "accepted"), rows, room)[0])
    return "\n".join(parts)


def _place_and_rule(report: Report, finding: Diagnostic, options: RenderOptions) -> Iterator[str]:
    yield words(_where(report, finding.span, options))
    yield words(f"{finding.code} {finding.name}".strip())


def _where(report: Report, span: Span, options: RenderOptions) -> str:
    source = source_of(report, span)
    cell = source.cell(span.start)
    return f"{in_project(span.path, options)}:{cell.address if cell is not None else source.position(span.start)[0]}"


def _said(finding: Diagnostic) -> str:
    said = words(f"{finding.message}: {finding.label}" if finding.label else finding.message)
    return "<br>".join([said, *(words(line) for line in finding.help.splitlines())])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> tuple[str, int]:
    """As many rows as there is room for, how many more there are, and the room that is left."""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for number, row in enumerate(rows):
        line = f"| {' | '.join(row)} |"
        room -= len(line.encode()) + 1
        if room < 0:
            return "\n".join([*lines, "", f"{counted(len(rows) - number, 'more row')} did not fit in here.", ""]), 0
        lines.append(line)
    return "\n".join([*lines, ""]), room


def words(text: str) -> str:
    """Text that is nothing but text wherever Markdown is read."""
    plain = shown(text)
    cut = plain if len(plain) <= MOST_WORDS else f"{plain[:MOST_WORDS]}..."
    return SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", cut)
