"""Findings and reports for the tests of reporters, made from text as it would be written."""

from __future__ import annotations

from textwrap import dedent

from gdprlint.diagnostics import Diagnostic, Edit, Fix, Judged, Label, Problem, Report, Severity, Suppressed
from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Source, Span
from gdprlint.values import evolve

WELLBEING = Source(
    "records/wellbeing.gdpr",
    dedent(
        """\
        activity wellbeing "Wellbeing survey" {
          collects        contact-details, health-answers from participants
          lawful basis    public task
          transfers       none
          keeps           health-answers for 3 months after fieldwork-ends
        }
        """
    ),
)


def judged(
    files: int = 14,
    files_with_findings: int = 0,
    packs: tuple[str, ...] = ("uk-gdpr", "dpa-2018", "mrs-code"),
    not_applied: int = 31,
    cannot_tell: int = 0,
) -> Judged:
    return Judged(files, files_with_findings, packs, "2026-11-21", 212, not_applied, cannot_tell)


def span(source: Source, words: str) -> Span:
    """The one place of these words in the source."""
    assert source.text.count(words) == 1
    start = source.text.index(words)
    return Span(source.path, start, start + len(words))


def label(source: Source, words: str, message: str = "") -> Label:
    return Label(span(source, words), message)


def finding(
    place: Span,
    said: str = "",
    *labels: Label,
    code: str = "syntax",
    name: str = "",
    severity: Severity = Severity.ERROR,
    message: str = "a fact",
) -> Diagnostic:
    """A finding; where nothing else is asked for, one that shows nothing but its places."""
    return Diagnostic(code, name, severity, message, place, label=said, labels=labels)


def report(
    *findings: Diagnostic,
    sources: tuple[Source, ...] = (),
    problems: tuple[Problem, ...] = (),
    totals: Judged | None = None,
    suppressed: tuple[Suppressed, ...] = (),
) -> Report:
    by_path = {source.path: source for source in sources}
    return Report(findings, totals or judged(), problems, by_path, suppressed)


def seen(
    what: Diagnostic,
    *sources: Source,
    width: int | None = None,
    color: bool = False,
    show_source: bool = True,
) -> str:
    """One finding in full, without the last lines of the report, with a line feed before and after."""
    options = RenderOptions(color=color, width=width, show_source=show_source)
    findings, _, _ = render(report(what, sources=sources), "full", options).rpartition("\n\n")
    return f"\n{findings}\n"


NOTICE = Source("notices/wellbeing.md", "# Wellbeing\n\nWe keep your answers for up to twelve months.\n")

NO_CONDITION = evolve(
    finding(
        span(WELLBEING, "health-answers from"),
        "health data",
        label(WELLBEING, "public task", "a basis of Article 6 does not settle Article 9"),
        code="UK901",
        name="special-category-no-condition",
        message='"Wellbeing survey" uses health-answers, which is special category data, but states '
        "no Article 9 condition",
    ),
    cites=("uk-gdpr 9(1)", "uk-gdpr 9(2)"),
    help="research usually relies on `condition 9(2)(j) under dpa-2018 schedule 1 paragraph 4`",
)
CONTRADICTED = evolve(
    finding(
        span(NOTICE, "twelve months"),
        "the notice: 12 months",
        label(WELLBEING, "3 months after fieldwork-ends", "the record: 3 months"),
        code="UK1341",
        name="notice-retention-contradicts-record",
        severity=Severity.WARNING,
        message='the notice and the record of "Wellbeing survey" give different retention periods',
    ),
    cites=("uk-gdpr 5(1)(e)", "uk-gdpr 13(2)(a)"),
    note="the record was written after the notice",
    help="correct whichever of the two is wrong",
)
MISSPELT = evolve(
    finding(span(WELLBEING, "transfers"), message="`transfer` does not begin a clause"),
    help="did you mean `transfers`?",
)
WHOLE = report(
    CONTRADICTED,
    NO_CONDITION,
    MISSPELT,
    sources=(NOTICE, WELLBEING),
    problems=(Problem("rule UK505 broke, other rules were run", "records/wellbeing.gdpr"),),
    totals=judged(files_with_findings=2, cannot_tell=5),
)

BASELINE = Source("gdprlint-baseline.json", '{"findings": ["0123456789abcdef"]}\n')
FIXED = MISSPELT.evolve(
    fixes=(Fix("say it once", (Edit(span(WELLBEING, "transfers       none"), ""),), safe=True),),
)
ALLOWED = Suppressed(
    NO_CONDITION.evolve(fingerprint="0123456789abcdef"),
    "allow",
    "the board has decided, see minute 12",
    "data protection officer",
    "2027-03-31",
    span(WELLBEING, "transfers       none"),
)
OLD = Suppressed(
    CONTRADICTED.evolve(fingerprint="fedcba9876543210"), "baseline", span=span(BASELINE, "0123456789abcdef")
)
ACCEPTED = report(MISSPELT, sources=(NOTICE, WELLBEING, BASELINE), suppressed=(ALLOWED, OLD))
