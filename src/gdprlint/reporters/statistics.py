"""How often each rule found something, and which rules had nothing to look at: where to begin, what was not asked."""

from __future__ import annotations

import re
from collections import Counter

from gdprlint.diagnostics import Report, Severity
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.style import folded, opening, painter, shown
from gdprlint.reporters.totals import closing, counted

WIDEST = 100
HEADS = ("count", "code", "severity", "accepted", "fixable", "name")
OUTCOMES = {"did not apply": "did not apply to anything", "could not tell": "could not tell from the text"}

Key = tuple[str, Severity, str]


def render(report: Report, options: RenderOptions) -> str:
    paint = painter(options.color)
    width = min(options.width or WIDEST, WIDEST)
    blocks = ["\n".join(_table(report))] if report.findings or report.suppressed else []
    for outcome, said in OUTCOMES.items():
        codes = sorted((code for code, came in report.judged.by_rule.items() if came == outcome), key=_code_key)
        if codes:
            listed = [f"  {opening(line)}" for line in folded(" ".join(map(shown, codes)), width, 2)]
            blocks.append("\n".join([f"{counted(len(codes), 'rule')} {said}:", *listed]))
    return "\n\n".join([*blocks, *closing(report, paint, options.width)]) + "\n"


def _table(report: Report) -> list[str]:
    """A line for each kind of finding, the commonest first; columns of which nothing is said are left out."""
    count = Counter((f.code, f.severity, f.name) for f in report.findings)
    accepted = Counter((s.finding.code, s.finding.severity, s.finding.name) for s in report.suppressed)
    fixable = Counter((f.code, f.severity, f.name) for f in report.findings if any(fix.safe for fix in f.fixes))
    keys: list[Key] = sorted({*count, *accepted}, key=lambda key: (-count[key], _code_key(key[0]), -key[1], key[2]))
    rows = [
        (str(count[key]), shown(key[0]), key[1].word, str(accepted[key]), str(fixable[key]), shown(key[2]))
        for key in keys
    ]
    shown_columns = [
        column
        for column, head in enumerate(HEADS)
        if head not in ("accepted", "fixable") or any(row[column] != "0" for row in rows)
    ]
    table = [[row[column] for column in shown_columns] for row in (HEADS, *rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(shown_columns))]
    numbers = {
        shown_columns.index(c)
        for c, head in enumerate(HEADS)
        if head in ("count", "accepted", "fixable") and c in shown_columns
    }
    return [
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def _code_key(code: str) -> tuple[str, int, str]:
    """UK99 before UK101."""
    found = re.fullmatch(r"(\D*)(\d{1,9})", code)
    return (found[1], int(found[2]), code) if found else (code, 0, code)
