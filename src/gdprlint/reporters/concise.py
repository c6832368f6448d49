"""One line for each finding, for `grep`, for editors and for long lists."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.style import link, painter, rule_page, shown
from gdprlint.reporters.totals import closing
from gdprlint.reporters.window import where


def render(report: Report, options: RenderOptions) -> str:
    paint = painter(options.color)

    def line(finding: Diagnostic) -> str:
        level = finding.severity.word
        code = link(shown(finding.code), rule_page(finding) if options.links else None)
        headline = f"{paint(level, f'{level}[{code}]')} {shown(finding.message)}"
        label = f": {shown(finding.label)}" if finding.label else ""
        return f"{where(report, finding.span)}: {headline}{label}"

    findings = "\n".join(map(line, report.findings))
    return "\n\n".join(filter(None, [findings, *closing(report, paint)])) + "\n"
