"""What an expression gave, as people and as programs read it: value, state and place, thing by thing."""

from __future__ import annotations

import json

from gdprlint.diagnostics import Judged, Report
from gdprlint.reporters import RenderOptions, full
from gdprlint.reporters.json import NOT_ASCII, escaped, place_of
from gdprlint.reporters.style import painter
from gdprlint.reporters.totals import counted
from gdprlint.reporters.trace import WIDTH, Page
from gdprlint.reporters.trace_json import Telling
from gdprlint.trials import Answer, Trial, Tried
from gdprlint.values import evolve

VERSION = 1
"""INVARIANT: raised whenever a key goes away or changes its meaning; a new key is no new version."""


def render(trial: Trial, options: RenderOptions) -> str:
    """The trial as text; of an expression that is at fault, where and why."""
    if trial.faults:
        report = Report(trial.faults, Judged(0, 0, (), "", 0, 0, 0), sources=trial.sources)
        return full.render(report, evolve(options, closing=False))
    page = Page(trial, painter(options.color), min(options.width or WIDTH, 100))
    for tried in trial.things:
        _thing(page, tried, trial.silence)
        page.lines.append("")
    if trial.more:
        page.line(f"... and {counted(trial.more, 'thing')} more; `--of NAME` shows one of them.")
    if not trial.things:
        page.line(f"No {trial.subject} is declared there.")
    return "\n".join(page.lines).rstrip("\n") + "\n"


def _thing(page: Page, tried: Tried, silence: bool) -> None:
    page.path = ""
    counts = "silence counts" if silence else "silence does not count"
    page.line(tried.words.text, role="headline")
    page.line(f"{page.where(tried.words)}, extent {tried.extent}: {counts}", 2)
    page.path = tried.words.span.path if tried.words.span is not None else ""
    for answer in tried.answers:
        if answer.variables:
            page.line("; ".join(f"{name} = {page.said(words)}" for name, words in answer.variables), 2)
        _answer(page, answer, 4 if answer.variables else 2)
    if not tried.answers:
        page.line("there is nothing to run over", 2)


def _answer(page: Page, answer: Answer, indent: int) -> None:
    if answer.step is not None:
        page.line(answer.step.truth, indent, "= ", "headline")
        page.under(answer.step, indent + 2)
        page.parts(answer.step, indent + 2, 1)
    elif answer.led is not None:
        page.line(answer.state, indent, "= ", "headline")
        for words in answer.led.said:
            page.line(page.said(words), indent + 2)
        if answer.led.more:
            page.line(f"... and {answer.led.more} more", indent + 2)
        elif answer.led.said and answer.led.state:
            page.line(f"({answer.led.state})", indent + 2)


def as_json(trial: Trial) -> str:
    """The same for programs."""
    telling = Telling(trial)

    def answer(one: Answer) -> dict[str, object]:
        told: dict[str, object] = {
            "variables": [{"name": name, **telling.words(words)} for name, words in one.variables]
        }
        if one.step is not None:
            return {**told, "condition": telling.step(one.step)}
        assert one.led is not None
        return {**told, "value": {**telling.led(one.led), "state": one.state}}

    whole = {
        "version": VERSION,
        "subject": trial.subject,
        "silence_counts": trial.silence,
        "faults": [
            {"name": fault.name, "message": fault.message, "help": fault.help, "at": place_of(trial, fault.span)}
            for fault in trial.faults
        ],
        "things": [
            {
                "kind": tried.kind,
                "name": tried.name,
                **telling.words(tried.words),
                "extent": tried.extent,
                "answers": [answer(one) for one in tried.answers],
            }
            for tried in trial.things
        ],
        "not_shown": trial.more,
    }
    return NOT_ASCII.sub(escaped, json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"
