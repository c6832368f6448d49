"""Findings as people read them: headline, places in their source, law, help.

ASCII only, so that it can be pasted into a mail or a ticket.
"""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.citations import spoken_together
from gdprlint.reporters.style import Paint, cells, folded, is_rule, link, opening, painter, rule_page, shown
from gdprlint.reporters.totals import closing
from gdprlint.reporters.window import Place, edge_of, gutter_of, places_by_file, where, window


def render(report: Report, options: RenderOptions) -> str:
    paint = painter(options.color)
    blocks = ["\n".join(lines_of(report, finding, options, paint)) for finding in report.findings]
    if options.show_suppressed and report.suppressed:
        from gdprlint.reporters.accepted import in_order, terms_of, with_place

        blocks += [
            "\n".join(lines_of(report, with_place(report, one), options, paint, terms_of(one)))
            for one in in_order(report)
        ]
    if options.closing:
        blocks += closing(report, paint, options.width)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def lines_of(
    report: Report, finding: Diagnostic, options: RenderOptions, paint: Paint, accepted: str = ""
) -> list[str]:
    """One finding; one that is `accepted` says on which terms."""
    files = places_by_file(finding)
    gutter = max(gutter_of(report, place.span) for places in files.values() for place in places)
    lines = list(_headline(finding, options, paint, "accepted" if accepted else finding.severity.word))
    for path, places in files.items():
        if options.show_source and path in report.sources:
            lines += _with_source(report, places, gutter, options, paint)
        else:
            lines += _without_source(report, places, gutter, paint)
    notes = list(_notes(finding, gutter, options.width, paint, accepted))
    if not notes and lines[-1] == edge_of(gutter, paint):
        lines.pop()
    return lines + notes


def _headline(finding: Diagnostic, options: RenderOptions, paint: Paint, level: str) -> Iterator[str]:
    """The message, folded on a terminal."""
    code, message = shown(finding.code), shown(finding.message)
    indent = cells(f"{level}[{code}]: ")
    linked = link(code, rule_page(finding) if options.links else None)
    first, *others = folded(message, options.width, indent)
    yield f"{paint(level, f'{level}[{linked}]')}: {paint('headline', first)}"
    for line in others:
        yield " " * indent + paint("headline", line)


def _with_source(
    report: Report, places: list[Place], gutter: int, options: RenderOptions, paint: Paint
) -> Iterator[str]:
    first = min(places, key=lambda place: (place.sign != "^", place.span))
    yield _heading(report, first, gutter, paint)
    yield from window(report.sources[first.span.path], places, gutter, options.width, paint)


def _without_source(report: Report, places: list[Place], gutter: int, paint: Paint) -> Iterator[str]:
    """A line for each place, with what is said there beside it."""
    for place in places:
        said = f": {shown(place.message)}" if place.message else ""
        yield _heading(report, place, gutter, paint) + said


def _heading(report: Report, place: Place, gutter: int, paint: Paint) -> str:
    arrow = "-->" if place.sign == "^" else ":::"
    return f"{paint('gutter', ' ' * gutter + arrow)} {where(report, place.span)}"


def _fixes(finding: Diagnostic) -> dict[str, str]:
    """What --fix would write, and what could be written besides, where the help does not say so already."""
    safe = "\n".join(f"{fix.message} (`--fix` does it)" for fix in finding.fixes if fix.safe)
    others = "\n".join(fix.message for fix in finding.fixes if not fix.safe and fix.message not in finding.help)
    return {"fix": safe, "suggestion": others}


def _notes(finding: Diagnostic, gutter: int, width: int | None, paint: Paint, accepted: str) -> Iterator[str]:
    """Law, note, help, where to read more and why it is accepted, each with its further lines under its first."""
    more = f"gdprlint rule {finding.code}" if is_rule(finding.code) else ""
    law = spoken_together(finding.cites)
    notes = {"law": law, "note": finding.note, "help": finding.help, **_fixes(finding)}
    notes |= {"more": more, "accepted": accepted}
    for word, text in notes.items():
        indent = gutter + len(word) + 5
        lines = [part for line in text.splitlines() for part in folded(shown(line), width, indent)]
        for number, line in enumerate(lines):
            sign, name = paint("gutter", " " * (gutter + 1) + "="), paint("help", f"{word}:")
            yield ((" " * indent + opening(line)) if number else f"{sign} {name} {line}").rstrip()
