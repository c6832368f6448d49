"""What `check` shows of itself: why a rule reports something or does not, and how long it all took."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from gdprlint.cli.output import refusals, wants_color, width_of, write

if TYPE_CHECKING:
    from gdprlint.cli.plain import Asked
    from gdprlint.diagnostics import Diagnostic, Report
    from gdprlint.engine import CheckOptions
    from gdprlint.rules.packs import Library
    from gdprlint.tracing.timings import Clock


def traced(report: Report, asked: Asked, options: CheckOptions, library: Library) -> None:
    """Write the trace that was asked for, in place of the findings."""
    from gdprlint.cli.stages import listed
    from gdprlint.engine import WrongUse
    from gdprlint.reporters import RenderOptions, trace, trace_json
    from gdprlint.tracing.trace import Question
    from gdprlint.tracing.trace import trace as made

    with refusals():
        rules = listed(asked.trace)
        if not rules:
            raise WrongUse("`--trace-of` says of what; `--trace RULE` says which rule to trace")
        if asked.form not in ("full", "concise", "json"):
            raise WrongUse(f"a trace is written as text or as JSON, not as {asked.form}")
        if asked.output:
            raise WrongUse("`--output` writes findings, and a trace shows none; leave one of them out")
        question = Question(rules, listed(asked.trace_of), not asked.no_source)
        found = made(asked.paths or (".",), options, question, report, library, _beyond(report))
    if asked.form == "json":
        write(trace_json.render(found))
    else:
        colored = wants_color(asked.color, sys.stdout)
        write(trace.render(found, RenderOptions(color=colored, width=width_of(sys.stdout))))


def _beyond(report: Report) -> Callable[[Diagnostic], str]:
    """Why the strictness that was asked for leaves a finding out; empty where it does not."""
    from gdprlint.strictness import is_within, level_of

    level, doubtful = report.judged.strictness, report.judged.doubtful

    def said(finding: Diagnostic) -> str:
        if is_within(finding, level, doubtful):
            return ""
        return f"left out by `--strictness {level}`, since it is of the level {level_of(finding, doubtful)}"

    return said


def timed(clock: Clock, report: Report) -> None:
    """Tell on stderr how long everything took; findings keep stdout to themselves."""
    from gdprlint.cli.output import table
    from gdprlint.tracing.timings import by_pack, by_rule, by_stage

    stages = [(row.name, _ms(row.time)) for row in by_stage(clock)]
    parts = [table(("stage", "       ms"), stages)]
    for head, rows in (("pack", by_pack(clock, report)), ("rule", by_rule(clock, report))):
        cells = [(row.name, _ms(row.time), f"{row.asked:>8}", f"{row.findings:>8}") for row in rows]
        parts.append(table((head, "       ms", "   asked", "findings"), cells))
    sys.stderr.write("\n" + "\n".join(parts))


def _ms(time: float) -> str:
    return f"{time:>9.2f}"
