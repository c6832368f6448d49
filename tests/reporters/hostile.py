"""Names and words as somebody would write them who wants a reporter, or what reads it, to do something else."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic, Judged, Label, Problem, Report, Severity, Suppressed
from gdprlint.text import Source, Span

HOSTILE = {
    "line feed and a command": "x\n::error file=a::owned",
    "carriage return and a command": "x\r::set-output name=a::owned",
    "command of the old form": "x ##[stop-commands]owned",
    "command after colons": "::error::x,file=/etc/passwd",
    "end of CDATA": "]]></failure><script>alert(1)</script>",
    "entity": "&owned; &#0; <!DOCTYPE a>",
    "escapes of a terminal": "\x1b[2J\x1b]8;;https://evil.example\x1b\\x\x07\x9b31m",
    "quotes": '"\'`\\" onload="x',
    "NUL": "a\0b",
    "half of a surrogate pair": "a\ud800b\udcff",
    "no character": "a\ufffe\uffff\U000e0001b",
    "right to left": "a\u202e\u2066b\u200f\u061c",
    "line separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "percent": "100%0A::error::x %25",
    "formula and table": "=cmd|' /C calc'!A0 | b || c |\n|---|",
    "Markdown": "[x](https://evil.example) ![x](x) <img src=x> **b** `c` www.evil.example https://evil.example",
    "placeholder": "{0} {{1}} [a](1) \\",
    "long": "x" * 20_000,
}


def report_of(words: str) -> Report:
    """A report with these words wherever a stranger's words can come to stand."""
    path = f"{words[:80]}.gdpr".replace("\0", "")
    text = f'activity a "{words}" {{\n  collects b\n}}\n'
    source = Source(path, text)
    finding = Diagnostic(
        "UK901", "special-category-no-condition", Severity.ERROR, f'"{words}" states none', Span(path, 9, len(text)),
        label=words, help=words, note=words, cites=("uk-gdpr 9(1)", words), labels=(Label(Span(path, 0, 3), words),),
        activity=words, register=words, fingerprint="0123456789abcdef", pack=words, topic=words,
    )  # fmt: skip
    other = finding.evolve(code=words[:40], name=words, severity=Severity.WARNING, fingerprint="", labels=())
    judged = Judged(1, 1, (words,), "2026-11-21", 2, 1, 0, {"UK901": "failed", words: "did not apply"})
    accepted = Suppressed(finding, "allow", words, words, words, Span(path, 0, 8))
    return Report((finding, other), judged, (Problem(words, words),), {path: source}, (accepted,))
