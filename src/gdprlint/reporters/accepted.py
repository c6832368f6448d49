"""What is said of findings that somebody has accepted: how many, by what, until when and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gdprlint.diagnostics import Diagnostic, Label, Report, Suppressed
from gdprlint.reporters.style import shown

WHERE = {"allow": "by allow", "baseline": "in the baseline", "configuration": "by configuration"}
"""Where it is written that a finding is accepted, by kind."""

HERE = "accepted here"


def counted_by_kind(suppressed: Iterable[Suppressed]) -> str:
    """`3 accepted: 2 by allow, 1 in the baseline.`, or nothing."""
    kinds = Counter(one.kind for one in suppressed)
    known = {kind: kinds[kind] for kind in (*WHERE, *sorted(set(kinds) - set(WHERE))) if kinds[kind]}
    listed = ", ".join(f"{count} {where_of(kind)}" for kind, count in known.items())
    return f"{sum(kinds.values())} accepted: {listed}." if listed else ""


def where_of(kind: str) -> str:
    return WHERE.get(kind) or f"by {shown(kind)}"


def terms_of(one: Suppressed) -> str:
    """In one line: by what, until when, who answers for it and why."""
    until = f" until {shown(one.until)}" if one.until else ""
    owner = f", owner {shown(one.owner)}" if one.owner else ""
    why = f": {shown(one.justification)}" if one.justification else ""
    return f"{where_of(one.kind)}{until}{owner}{why}"


def in_order(report: Report) -> list[Suppressed]:
    """What is accepted in the order of findings, whichever part of the run has accepted it."""
    return sorted(
        report.suppressed, key=lambda one: (one.finding.span, one.finding.code, one.finding.message, one.kind)
    )


def with_place(report: Report, one: Suppressed) -> Diagnostic:
    """The finding with a label where it is accepted, as far as that stands in a text at hand."""
    if one.span is None or one.span.path not in report.sources:
        return one.finding
    return one.finding.evolve(labels=(*one.finding.labels, Label(one.span, HERE)))
