"""Why a rule was not run, and what became of what it reports.

A rule speaks in one place, and whether that is shown is decided in others: by the day, the packs in use, the options,
a rule that says more, an outer activity of which the same is true, a page that says it, or somebody who accepted it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.engine import CheckOptions
from gdprlint.judging.findings import diagnostic, settled
from gdprlint.model.register import Register
from gdprlint.model.things import Thing
from gdprlint.prose.pages import Pages
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import PREVIEW, Draft, Rule, Window
from gdprlint.text import Span
from gdprlint.values import define


def not_run(rule: Rule, library: Library, options: CheckOptions) -> Iterator[str]:
    """Why these options leave the rule out, a sentence each; nothing where they do not."""
    if rule.window(options.as_of) is None:
        windows = "; ".join(map(_days, rule.windows))
        yield f"it is not in force on {options.as_of}: {windows}"
    if options.select and not any(_is_found(rule, word, library) for word in options.select):
        yield f"`--select {','.join(options.select)}` does not name it"
    if rule.stage == PREVIEW and not options.preview and not any(_names(rule, word) for word in options.select):
        yield "it is in preview: it runs with `--preview`, or where its code is selected"
    for word in options.ignore:
        if _is_found(rule, word, library):
            yield f"`--ignore {word}` leaves it out"


def _is_found(rule: Rule, word: str, library: Library) -> bool:
    return any(rule.code == one.code for one in library.find(word))


def _names(rule: Rule, word: str) -> bool:
    return word in (rule.code, rule.name) or word in rule.aliases


def not_used(rule: Rule, used: set[str] | None, register: str) -> Iterator[str]:
    """Why the register is not judged by the pack of the rule."""
    if used is not None and rule.pack not in {*used, "core", "plugin"}:
        yield f"the register `{register}` says `use {', '.join(sorted(used)) or 'nothing'}`, and not `use {rule.pack}`"


def _days(window: Window) -> str:
    words = [f"from {window.since}" if window.since else "", f"until {window.until}" if window.until else ""]
    under = f"under {', '.join(window.cites)}" if window.cites else ""
    return "in force " + " ".join(filter(None, [*words, under]))


@define(eq=False)
class Fates:
    """What became of what one rule reports in one register.

    `found` is what judging gave for the rule and for those that it yields to, `report` what the whole run shows.
    `not_run` says that there was no such judging in the run.
    """

    rule: Rule
    register: Register
    as_of: date
    found: Sequence[Diagnostic]
    report: Report
    pages: Pages
    not_run: bool
    left_out: Callable[[Diagnostic], str]

    def of(self, subject: Thing, draft: Draft) -> tuple[str, Span | None, bool]:
        """In words, where it is shown, and whether it is a finding of the run."""
        mine = diagnostic(self.rule, draft, subject, self.register, self.as_of)
        kept = [one for one in self.found if one.code == self.rule.code]
        same = next((one for one in kept if (one.span, one.message) == (mine.span, mine.message)), None)
        if same is None:
            there = self.pages.shown(mine).span
            return self._gone(mine, subject, kept), there, False
        shown = self.pages.shown(same)
        if self.not_run:
            return "not reported, since the rule was not run", shown.span, False
        key = (shown.code, shown.span, shown.message)
        for finding in self.report.findings:
            if (finding.code, finding.span, finding.message) == key:
                return f"reported: {finding.severity.word}", shown.span, True
        for taken in self.report.suppressed:
            if (taken.finding.code, taken.finding.span, taken.finding.message) == key:
                reason = f": {taken.justification}" if taken.justification else ""
                return f"not reported, since it is accepted ({taken.kind}{reason})", shown.span, False
        return (
            self.left_out(same) or "not reported, since it stands in a file that was not asked for",
            shown.span,
            False,
        )

    def _gone(self, mine: Diagnostic, subject: Thing, kept: list[Diagnostic]) -> str:
        """Why what a rule reports did not come out of the judging."""
        for code in self.rule.yields:
            for other in self.found:
                if other.code == code and mine not in settled([mine, other], [self.rule], self.register):
                    return f"not reported, since it yields to {code}, which reports: {other.message}"
        for outer in subject.chain[1:]:
            if any(one.span == _name_of(outer) for one in kept):
                return f"reported once for all within the activity `{outer.name}`"
        if any(one.span == mine.span for one in kept):
            return "reported once, at this place, together with another finding of the rule"
        return "not reported, since the page of the notice says it, or nobody hears it in prose yet"


def _name_of(thing: Thing) -> Span:
    return Span(thing.path, thing.name_start, thing.name_end)
