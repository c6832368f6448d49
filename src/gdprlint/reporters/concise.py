"""One line for each finding, for `grep`, for editors and for long lists."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.style import link, opening, painter, rule_page, shown
from gdprlint.reporters.totals import closing
from gdprlint.reporters.window import where


def render(report: Report, options: RenderOptions) -> str:
    paint = painter(options.color)

    def line(finding: Diagnostic, level: str) -> str:
        code = link(shown(finding.code), rule_page(finding) if options.links else None)
        headline = f"{paint(level, f'{level}[{code}]')} {shown(finding.message)}"
        label = f": {shown(finding.label)}" if finding.label else ""
        return opening(f"{where(report, finding.span)}: {headline}{label}")

    lines = [line(finding, finding.severity.word) for finding in report.findings]
    if options.show_suppressed and report.suppressed:
        from gdprlint.reporters.accepted import in_order, terms_of

        lines += [f"{line(one.finding, 'accepted')} ({terms_of(one)})" for one in in_order(report)]
    blocks = ["\n".join(lines)] if lines else []
    if options.closing:
        blocks += closing(report, paint)
    return "\n\n".join(blocks) + "\n" if blocks else ""
