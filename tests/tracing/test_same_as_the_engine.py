"""A trace says of every subject what the judge of the rule says: over examples of every rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gdprlint import traces
from gdprlint.judging.judge import context_of
from gdprlint.model.things import Thing
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import Context, Draft, Rule
from gdprlint.testing import Example, RuleCase, reading_of
from gdprlint.text import Span
from gdprlint.traces import Case
from gdprlint.tracing.declared import ask, made
from gdprlint.tracing.trace import kinds_of
from gdprlint.tracing.words import Teller
from tests.library import cases, whole_library
from tests.sampling import some_of

PACKS = ("core", "uk-gdpr", "dpa-2018", "mrs-code", "statistics-code")


@pytest.fixture(scope="module")
def library() -> Library:
    return whole_library()


@pytest.mark.parametrize("pack", PACKS)
def test_a_trace_comes_to_what_the_engine_says_of_examples(pack: str, library: Library) -> None:
    wrong = [
        f"{example.rule} line {example.line}: {thing.kind} {thing.name}: {said} and traced {traced}"
        for case in cases(pack)
        for example in some_of(case.examples)
        for thing, said, traced in _both(case, example, library)
        if said != traced
    ]

    assert wrong == []


def _both(case: RuleCase, example: Example, library: Library) -> Iterator[tuple[Thing, list[str], list[str]]]:
    """What the ordinary judge reports of each subject, and what the trace says that it reports."""
    rule = case.rule
    assert rule is not None
    observed = made(rule, case.node, case.source, library.vocabulary)
    register = reading_of(example, case.cast, library).register
    teller = Teller({example.source.path: example.source}.get, lambda span: span)
    for thing in register.things:
        if thing.kind in kinds_of(rule.subject):
            contexts = [_context(rule, context_of(register, thing, example.day)) for _ in range(2)]
            said = [draft.message for draft in rule.judge(thing, contexts[0])]
            asked = ask(observed, thing, contexts[1], teller, _no_fate)
            for one in asked.cases:
                _is_told(one)
            yield thing, said, [one.message for one in asked.cases if one.outcome == traces.REPORTS]


def _context(rule: Rule, context: Context) -> Context:
    context.silence = context.extent.value in rule.silence
    return context


def _no_fate(draft: Draft) -> tuple[str, Span | None, bool]:
    return "", None, False


def _is_told(case: Case) -> None:
    """What stopped a rule is named, and is not true; what it went past is."""
    if case.outcome == traces.IN_ORDER or (case.outcome == traces.REPORTS and case.stopped_by < 0):
        return
    stopped = case.steps[case.stopped_by]
    expected = {
        traces.REPORTS: (traces.FALSE,),
        traces.PASSED_BY: (traces.FALSE, traces.NOT_APPLICABLE),
        traces.UNSURE: (traces.CANNOT_TELL,),
    }
    assert stopped.truth in expected[case.outcome], case
    if stopped.kind == "where":
        assert all(step.truth == traces.TRUE for step in case.steps[: case.stopped_by])
        assert all(step.truth == traces.NOT_ASKED for step in case.steps[case.stopped_by + 1 :])
