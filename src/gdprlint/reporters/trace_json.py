"""A trace as JSON, for programs. The names and the order of the keys are a promise to them."""

from __future__ import annotations

import json

from gdprlint.reporters.json import NOT_ASCII, escaped, place_of
from gdprlint.reporters.window import HasSources
from gdprlint.text import Span
from gdprlint.traces import Case, Led, Step, Subject, Trace, Traced, Words

VERSION = 1
"""INVARIANT: raised whenever a key goes away or changes its meaning; a new key is no new version."""


def render(trace: Trace) -> str:
    told = Telling(trace)
    whole = {
        "version": VERSION,
        "as_of": trace.as_of,
        "findings": trace.findings,
        "rules": [told.rule(rule) for rule in trace.rules],
    }
    return NOT_ASCII.sub(escaped, json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


class Telling:
    def __init__(self, trace: HasSources) -> None:
        self.trace = trace

    def rule(self, rule: Traced) -> dict[str, object]:
        return {
            "code": rule.code,
            "name": rule.name,
            "title": rule.title,
            "pack": rule.pack,
            "severity": rule.severity,
            "place": self.words(rule.place),
            "not_run": list(rule.reasons),
            "notes": list(rule.notes),
            "subjects": [self.subject(subject) for subject in rule.subjects],
            "not_shown": rule.elsewhere,
            "no_room": rule.untold,
        }

    def subject(self, subject: Subject) -> dict[str, object]:
        return {
            "kind": subject.kind,
            "name": subject.name,
            **self.words(subject.words),
            "extent": subject.extent,
            "silence_counts": subject.silence,
            "not_asked": list(subject.reasons),
            "outcome": subject.outcome,
            "for_each": [self.step(step) for step in subject.loops],
            "cases": [self.case(case) for case in subject.cases],
            "more": subject.more,
        }

    def case(self, case: Case) -> dict[str, object]:
        return {
            "variables": [{"name": name, **self.words(words)} for name, words in case.variables],
            "conditions": [self.step(step) for step in case.steps],
            "outcome": case.outcome,
            "stopped_by": case.stopped_by if case.stopped_by >= 0 else None,
            "message": case.message,
            "place": self.place(case.span),
            "became": case.fate,
            "reported": case.reported,
        }

    def step(self, step: Step) -> dict[str, object]:
        return {
            "kind": step.kind,
            "text": step.text,
            "place": self.place(step.place),
            "of": self.words(step.of) if step.of is not None else None,
            "value": step.truth,
            "decides": step.decides,
            "note": step.note,
            "paths": [self.led(led) for led in step.led],
            "parts": [self.step(part) for part in step.parts],
            "more": step.more,
        }

    def led(self, led: Led) -> dict[str, object]:
        return {
            "path": led.path,
            "values": [self.words(words) for words in led.said],
            "more": led.more,
            "state": led.state,
        }

    def words(self, words: Words) -> dict[str, object]:
        return {"words": words.text, "at": self.place(words.span)}

    def place(self, span: Span | None) -> dict[str, object] | None:
        return place_of(self.trace, span) if span is not None else None
