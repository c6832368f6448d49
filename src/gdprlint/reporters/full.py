"""Findings as people read them: headline, places in their source, law, help.

ASCII only, so that it can be pasted into a mail or a ticket.
"""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.diagnostics import Diagnostic, Label, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.citations import spoken_together
from gdprlint.reporters.style import Paint, cells, is_rule, link, painter, rule_page, shown
from gdprlint.reporters.totals import closing
from gdprlint.reporters.window import place, source_of, window

LEAST = 20
"""Cells for the words of a headline, however narrow the terminal is."""


def render(report: Report, options: RenderOptions) -> str:
    paint = painter(options.color)
    findings = ("\n".join(_lines(report, finding, options, paint)) for finding in report.findings)
    return "\n\n".join([*findings, *closing(report, paint)]) + "\n"


def _lines(report: Report, finding: Diagnostic, options: RenderOptions, paint: Paint) -> Iterator[str]:
    yield from _headline(finding, options, paint)
    notes = _notes(finding)
    places = [finding.span, *(label.span for label in finding.labels)]
    gutter = max(len(str(source_of(report, span).position(span.end)[0])) for span in places)
    yield from _places(report, finding, options, gutter, paint)
    if notes and options.show_source:
        yield paint("gutter", " " * (gutter + 1) + "|")
    for word, text in notes:
        first, *others = text.splitlines() or [""]
        sign, name = paint("gutter", " " * (gutter + 1) + "="), paint("help", f"{word}:")
        yield f"{sign} {name} {shown(first)}"
        for other in others:
            yield f"{' ' * (gutter + len(word) + 5)}{shown(other)}".rstrip()


def _headline(finding: Diagnostic, options: RenderOptions, paint: Paint) -> Iterator[str]:
    """The message, which alone is folded, and only on a terminal."""
    level, code, message = finding.severity.word, shown(finding.code), shown(finding.message)
    indent = cells(f"{level}[{code}]: ")
    linked = link(code, rule_page(finding) if options.links else None)
    first, *others = _folded(message, options.width and max(options.width - indent, LEAST))
    yield f"{paint(level, f'{level}[{linked}]')}: {paint('headline', first)}"
    for line in others:
        yield " " * indent + paint("headline", line)


def _folded(text: str, width: int | None) -> list[str]:
    """The text in lines of at most this many cells; a word that is wider has a line for itself."""
    if width is None or cells(text) <= width:
        return [text]
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _places(
    report: Report, finding: Diagnostic, options: RenderOptions, gutter: int, paint: Paint
) -> Iterator[str]:
    """Every place, file by file, the one of the finding first; without source, what is said there beside it."""
    level = finding.severity.word
    by_path: dict[str, list[Label]] = {finding.span.path: []}
    for label in finding.labels:
        by_path.setdefault(label.span.path, []).append(label)
    for path, labels in by_path.items():
        ...


def _notes(finding: Diagnostic) -> list[tuple[str, str]]:
    more = f"gdprlint rule {finding.code}" if is_rule(finding.code) else ""
    notes = {"law": spoken_together(finding.cites), "note": finding.note, "help": finding.help, "more": more}
    return [(word, text) for word, text in notes.items() if text]
