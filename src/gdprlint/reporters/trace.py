"""A trace as people read it, in eighty columns: each condition with what it was and what it was decided by.

Of the parts of a condition only those are shown that settle it, each one step further in. ASCII only, like findings.
"""

from __future__ import annotations

from collections.abc import Sequence

from gdprlint import traces
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.style import Paint, folded, painter, shown
from gdprlint.reporters.totals import counted
from gdprlint.reporters.window import HasSources, source_of, where
from gdprlint.text import Span
from gdprlint.traces import Case, Led, Step, Subject, Trace, Traced, Words

WIDTH = 80
MOST_SUBJECTS = 12  # of one rule; those that it reports something of come first where there are more
MOST_CASES = 6  # of one subject
MOST_PARTS = 4  # of one condition
DEEPEST = 6
HEAD = 10  # columns before a condition

ORDER = (traces.REPORTS, traces.UNSURE, traces.IN_ORDER, traces.PASSED_BY)


def render(trace: Trace, options: RenderOptions) -> str:
    """The trace as text; `options.width` may make it narrower, or as wide as a hundred columns."""
    page = Page(trace, painter(options.color), min(options.width or WIDTH, 100))
    for rule in trace.rules:
        page.rule(rule)
    page.line(f"Traced as of {trace.as_of}; the run itself found {counted(trace.findings, 'problem')}.")
    return "\n".join(page.lines) + "\n"


class Page:
    """The lines so far, and how they are laid out."""

    def __init__(self, trace: HasSources, paint: Paint, width: int) -> None:
        self.trace = trace
        self.paint = paint
        self.width = width
        self.lines: list[str] = []
        self.path = ""  # of the file that is spoken of
        self.written = ""  # the file of the rule

    def line(self, text: str, indent: int = 0, head: str = "", role: str = "") -> None:
        """One paragraph: `head` stands before its first line, and its others stand below the first."""
        first = " " * indent + head
        parts = folded(shown(text), self.width, len(first))
        for number, part in enumerate(parts):
            before = " " * len(first) if number else first
            self.lines.append((before + (self.paint(role, part) if role else part)).rstrip())

    def rule(self, rule: Traced) -> None:
        self.line(f"{rule.code} {rule.name} ({rule.severity}, {rule.pack})", role="headline")
        self.line(rule.title)
        self.line(self._place(rule.place), 2, "rule      ")
        self.written = rule.place.span.path if rule.place.span is not None else ""
        for note in rule.notes:
            self.line(note, 2, "note      ")
        for reason in rule.reasons:
            self.line(reason, 2, "not run:  ", "warning")
        if rule.reasons and rule.subjects:
            self.line("what follows is what it would have said", 12)
        self.lines.append("")
        for subject in _chosen(rule.subjects):
            self.subject(subject, bool(rule.reasons))
            self.lines.append("")
        left = max(0, len(rule.subjects) - MOST_SUBJECTS) + rule.untold
        if left > 0:
            self.line(f"... and {left} more; `--trace-of NAME` or a file shows others.")
        if not rule.subjects and not rule.of_reader:
            self.line("There is nothing here that the rule is for.")
        if rule.elsewhere:
            self.line(f"{rule.elsewhere} more that it is for, which were not asked for, are not shown.")
        if left > 0 or not (rule.subjects or rule.of_reader) or rule.elsewhere:
            self.lines.append("")

    def subject(self, subject: Subject, hypothetical: bool) -> None:
        self.path = ""
        silence = "silence counts" if subject.silence else "silence does not count"
        self.line(subject.words.text, role="headline")
        self.line(f"{self.where(subject.words)}, extent {subject.extent}: {silence}", 2)
        self.path = subject.words.span.path if subject.words.span is not None else ""
        for reason in subject.reasons:
            self.line(reason, 2, "not asked: ")
        would = " (were it asked)" if subject.reasons or hypothetical else ""
        self.line(f"the rule {_outcome(subject)}{would}", 2, "=> ", _role(subject.outcome))
        for loop in subject.loops:
            self.line(loop.text.removeprefix("for each "), 2, f"{'for each':<{HEAD}}")
            self.led(loop.led, HEAD + 2)
        cases = _first(subject.cases)
        for number, case in enumerate(cases, 1):
            if len(subject.cases) > 1 or case.variables:
                self.case_head(case, number, len(subject.cases))
            self.case(case)
        left = len(subject.cases) - len(cases) + subject.more
        if left > 0:
            self.line(f"... and {left} more, of which it reports nothing else", 2)

    def case_head(self, case: Case, number: int, count: int) -> None:
        said = "; ".join(f"{name} = {self.said(words)}" for name, words in case.variables)
        self.line(f"{said or 'the rule'}: {case.outcome}", 2, f"[{number} of {count}] ")

    def case(self, case: Case) -> None:
        for number, step in enumerate(case.steps):
            self.step(step, number == case.stopped_by, case.outcome)
        if case.message:
            self.line(case.message, 2, f"{'says':<{HEAD}}")
        if case.fate:
            place = f" at {where(self.trace, case.span)}" if case.span is not None and case.reported else ""
            self.line(case.fate + place, 2, f"{'so':<{HEAD}}", "headline")

    def step(self, step: Step, stopped: bool, outcome: str) -> None:
        line = ""
        if step.place is not None:
            file = "rule" if step.place.path == self.written else step.place.path
            line = f" [{file} line {self._line(step.place)}]"
        if step.truth == traces.NOT_ASKED:
            self.line(f"{step.text}: not looked at{line}", 2, f"{step.kind:<{HEAD}}")
            return
        of = f"{self.said(step.of)} " if step.of is not None else ""
        self.line(f"{of}{step.text}{line}", 2, f"{step.kind:<{HEAD}}")
        mark = f"  <== {_WHY[outcome]}" if stopped and outcome in _WHY else ""
        if step.truth:
            self.line(f"{step.truth}{mark}", HEAD + 2, "= ", _role(outcome) if stopped else "")
        self.under(step, HEAD + 2)
        self.parts(step, HEAD + 2, 1)

    def parts(self, step: Step, indent: int, depth: int) -> None:
        deciding = [part for part in step.parts if part.decides]
        for part in deciding[:MOST_PARTS]:
            of = f"{self.said(part.of)}: " if part.of is not None else ""
            self.line(f"{of}{part.text} = {part.truth}", indent, "- ")
            self.under(part, indent + 2)
            if depth < DEEPEST:
                self.parts(part, indent + 2, depth + 1)
        left = len(deciding) - MOST_PARTS + step.more
        if left > 0:
            self.line(f"and {left} more alike", indent, "- ")

    def under(self, step: Step, indent: int) -> None:
        self.led(step.led, indent)
        if step.note:
            self.line(step.note, indent, "because ")

    def led(self, led: Sequence[Led], indent: int) -> None:
        """Where paths led to; each is told once."""
        for one in dict.fromkeys(led):
            said = [self.said(words) for words in one.said]
            if one.more:
                said.append(f"{one.more} more")
            state = f" ({one.state})" if said and one.state else one.state
            self.line(f"{'; '.join(said)}{state}", indent, f"{shown(one.path)}: ")

    def said(self, words: Words) -> str:
        place = self.where(words)
        return f"{words.text} [{place}]" if words.text and place else words.text or place

    def where(self, words: Words) -> str:
        """The place; within the file that is spoken of, the line."""
        if words.span is None:
            return ""
        if words.span.path == self.path:
            source = source_of(self.trace, words.span)
            cell = source.cell(words.span.start)
            return f"cell {cell.address}" if cell is not None else f"line {self._line(words.span)}"
        return where(self.trace, words.span)

    def _line(self, span: Span) -> int:
        return source_of(self.trace, span).position(span.start)[0]

    def _place(self, words: Words) -> str:
        return self.where(words) or words.text


_WHY = {
    traces.REPORTS: "this is why it reports",
    traces.PASSED_BY: "it stops here",
    traces.UNSURE: "it cannot go on",
}


def _outcome(subject: Subject) -> str:
    if subject.outcome != traces.REPORTS:
        if not subject.cases and subject.loops:
            return "does not apply: its `for each` has nothing to run over"
        return subject.outcome
    count = sum(1 for case in subject.cases if case.outcome == traces.REPORTS)
    return "reports something" if count == 1 else f"reports {count} things"


def _role(outcome: str) -> str:
    return {traces.REPORTS: "error", traces.UNSURE: "warning"}.get(outcome, "")


def _chosen(subjects: Sequence[Subject]) -> Sequence[Subject]:
    """All, in their order, or as many as fit, those first of which there is most to say."""
    if len(subjects) <= MOST_SUBJECTS:
        return subjects
    return sorted(subjects, key=lambda one: ORDER.index(one.outcome))[:MOST_SUBJECTS]


def _first(cases: Sequence[Case]) -> Sequence[Case]:
    if len(cases) <= MOST_CASES:
        return cases
    return sorted(cases, key=lambda case: ORDER.index(case.outcome))[:MOST_CASES]
