"""Findings as annotations of GitHub: workflow commands that a runner reads from the output of a step.

GitHub shows ten annotations of each level for a step and drops the others without a word. So the worst come first,
and what is left out is counted in one last annotation.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from gdprlint.diagnostics import Diagnostic, Problem, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.citations import spoken_together
from gdprlint.reporters.paths import in_project
from gdprlint.reporters.style import is_rule, shown
from gdprlint.reporters.totals import counted, found
from gdprlint.reporters.window import source_of
from gdprlint.text import visible

MOST = 10
"""Annotations of one level that GitHub shows for a step."""

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, options: RenderOptions) -> str:
    told = [("error", _problem(problem)) for problem in report.problems]
    for finding in sorted(report.findings, key=lambda finding: -finding.severity):
        told.append((LEVELS[finding.severity.word], _annotation(report, finding, options)))
    lines = list(_fitting(told)) or [command_of("debug", found(report))]
    return "".join(f"{line}\n" for line in lines)


def _fitting(told: list[tuple[str, str]]) -> Iterator[str]:
    """As many of each level as are shown, and the number of the others, which is a notice itself."""
    of_level = Counter(level for level, _ in told)
    room = dict.fromkeys(LEVELS.values(), MOST)
    if any(of_level[level] > MOST for level in of_level):
        room["notice"] -= 1
    left: Counter[str] = Counter()
    for level, command in told:
        if room[level]:
            room[level] -= 1
            yield command
        else:
            left[level] += 1
    if left:
        listed = ", ".join(counted(left[level], level) for level in LEVELS.values() if left[level])
        more = counted(left.total(), "more finding")
        yield command_of("notice", f"{more}: {listed}. GitHub shows {MOST} of a level.", title="gdprlint")


def _annotation(report: Report, finding: Diagnostic, options: RenderOptions) -> str:
    said = f"{finding.message}: {finding.label}" if finding.label else finding.message
    cell = source_of(report, finding.span).cell(finding.span.start)
    lines = [said, *([f"cell: {cell.address}"] if cell is not None else [])]
    if finding.cites:
        lines.append(f"law: {spoken_together(finding.cites)}")
    if finding.help:
        lines.append(f"help: {finding.help}")
    if is_rule(finding.code):
        lines.append(f"more: gdprlint rule {finding.code}")
    title = f"{finding.code} {finding.name}".strip()
    message = "\n".join(shown(line) for text in lines for line in text.split("\n"))
    return command_of(LEVELS[finding.severity.word], message, **_place(report, finding, options), title=shown(title))


def _place(report: Report, finding: Diagnostic, options: RenderOptions) -> dict[str, str]:
    """Where it stands, counted from 1; columns only on one line, since GitHub reads them of the first."""
    span = finding.span
    source = source_of(report, span)
    cell = source.cell(span.start)
    if cell is not None:
        return {"file": visible(in_project(span.path, options)), "line": str(cell.row), "col": str(cell.column)}
    line, column = source.position(span.start)
    last, end = source.position(max(span.start, span.end - 1))
    place = {"file": visible(in_project(span.path, options)), "line": str(line)}
    if last == line:
        place["col"] = str(column)
        return {**place, "endLine": str(last), "endColumn": str(end + 1 if span.end > span.start else end)}
    return {**place, "endLine": str(last)}


def _problem(problem: Problem) -> str:
    said = f"{problem.message} ({problem.where})" if problem.where else problem.message
    return command_of("error", shown(f"problem of the run: {said}"), title="gdprlint")


def command_of(name: str, message: str, **properties: str) -> str:
    """A workflow command: in its properties what would end one is escaped, in its message what would end the line."""
    listed = ",".join(
        f"{key}={_data(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items()
    )
    return f"::{name}{f' {listed}' if listed else ''}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def muted(text: str) -> str:
    """Other output of the same step, in which no command is obeyed.

    A runner reads commands of the old form anywhere in a line, in somebody's words too. What ends the silence is a
    word that the text cannot hold, since it is made from the text.
    """
    word = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
    return f"::stop-commands::{word}\n{text.rstrip(chr(10))}\n::{word}::\n"
