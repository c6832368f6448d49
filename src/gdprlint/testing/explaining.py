"""Why an example of a rule fails: how far the rule came in it, the values that decided, and where each of them stands.

The rule is watched at work on the example as `check --trace` does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from gdprlint import traces
from gdprlint.diagnostics import Diagnostic
from gdprlint.judging.judge import context_of
from gdprlint.language import tree
from gdprlint.model.things import Thing
from gdprlint.rules.closures import LIST_TESTS
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import STATE_WORDS, Draft
from gdprlint.testing.examples import Example, RuleCase, reading_of
from gdprlint.testing.failures import Failure, Place, failed
from gdprlint.text import Source, Span
from gdprlint.traces import Case, Led, Step
from gdprlint.tracing.declared import Asked, ask, made
from gdprlint.tracing.trace import kinds_of, not_asked
from gdprlint.tracing.words import Teller

MOST_PLACES = 8  # that are shown beside that of the example
FURTHEST = (traces.PASSED_BY, traces.UNSURE, traces.IN_ORDER, traces.REPORTS)


@frozen
class _Reason:
    """What decided: the condition, or the loop that had nothing to run over, and in words what it came to."""

    step: Step | None = None
    came_to: str = ""
    note: str = ""


def explained(
    case: RuleCase, example: Example, complaint: str, found: Sequence[Diagnostic], library: Library
) -> Failure:
    """The failure of an example, with what decided it; `found` is what was reported in it."""
    code = case.node.code.text
    own = [one for one in found if one.code == code]
    others = [one for one in found if one.code != code]
    places: list[Place] = []
    notes: list[str] = []
    if others:
        places += [Place(one.span, f"{one.code}: {one.label or one.message}") for one in others]
    else:
        reason = _silent(case, example, library) if not own else _reported(case, example, library)
        notes += filter(None, [reason.note])
        if reason.step is not None:
            places += _places(reason, case.source)
            notes += _compared(reason.step, case)
        taken = {place.span for place in places}
        places += [Place(one.span, one.label or "reported here") for one in own if one.span not in taken]
    expected = "one finding of the rule is expected here" if example.kind == "bad" else "no finding is expected here"
    return failed(
        code, complaint, example.source, example.head, expected, note="\n".join(dict.fromkeys(notes)),
        places=dict.fromkeys(places[:MOST_PLACES]), others=[part.source for part in case.cast], line=example.line,
    )  # fmt: skip


# ---- what decided


def _silent(case: RuleCase, example: Example, library: Library) -> _Reason:
    """Why a rule reports nothing: the condition that stopped it where it came furthest."""
    rule = case.rule
    assert rule is not None
    if rule.window(example.day) is None:
        return _Reason(note=f"the rule is not in force on {example.day}")
    asked = list(_asked(case, example, library))
    if not asked:
        return _Reason(note=f"the example holds no {rule.subject}, which is what the rule is for each of")
    kept_off = [why for _, _, reasons in asked for why in reasons]
    if all(reasons for _, _, reasons in asked):
        return _Reason(note=kept_off[0])
    cases = [(one, found) for _, found, reasons in asked if not reasons for one in found.cases]
    if not cases:
        loops = [loop for _, found, _ in asked for loop in found.loops]
        empty = next((loop for loop in loops if not any(led.said for led in loop.led)), None)
        return _Reason(empty, "there is nothing here to look at")
    furthest, _ = max(cases, key=lambda entry: (FURTHEST.index(entry[0].outcome), entry[0].stopped_by))
    return _stopped(furthest)


def _reported(case: RuleCase, example: Example, library: Library) -> _Reason:
    """Why a rule reports something: the `expect` that does not hold, else its last condition."""
    for _, found, _ in _asked(case, example, library):
        for one in found.cases:
            if one.outcome == traces.REPORTS:
                return _stopped(one)
    return _Reason()


def _stopped(case: Case) -> _Reason:
    if case.outcome == traces.IN_ORDER:
        step = next((step for step in case.steps if step.kind == "expect"), None)
    elif case.stopped_by >= 0:
        step = case.steps[case.stopped_by]
    else:
        step = case.steps[-1] if case.steps else None
    if step is None:
        return _Reason()
    step = _leaf(step)
    note = f"`{step.text}` cannot be told: {step.note}" if step.truth == traces.CANNOT_TELL and step.note else ""
    return _Reason(step, _CAME_TO[step.truth], note)


_CAME_TO = {
    traces.TRUE: "this holds",
    traces.FALSE: "this does not hold",
    traces.NOT_APPLICABLE: "this does not apply",
    traces.CANNOT_TELL: "this cannot be told",
    traces.NOT_ASKED: "this was not asked",
}


def _leaf(step: Step) -> Step:
    """The part of a condition that decided it, down to a single test, while there is one that did."""
    deciding = [part for part in step.parts if part.decides]
    while deciding:
        step = deciding[0] if deciding[0].place != step.place or deciding[0].led else step
        deciding = [part for part in deciding[0].parts if part.decides]
    return step


def _asked(case: RuleCase, example: Example, library: Library) -> Iterator[tuple[Thing, Asked, list[str]]]:
    """What the rule asked of each of its subjects in the example, and why it would not be asked of one."""
    rule = case.rule
    assert rule is not None
    register = reading_of(example, case.cast, library).register
    observed = made(rule, case.node, case.source, library.vocabulary)
    sources = {source.path: source for source in (*(part.source for part in case.cast), example.source)}
    teller = Teller(sources.get, lambda span: span)
    for thing in register.things:
        here = thing.path == example.source.path and example.block.start <= thing.start < example.block.end
        if here and thing.kind in kinds_of(rule.subject):
            context = context_of(register, thing, example.day)
            context.silence = context.extent.value in rule.silence
            yield thing, ask(observed, thing, context, teller, _no_fate), not_asked(rule, thing, context.document)


def _no_fate(draft: Draft) -> tuple[str, Span | None, bool]:
    return "", None, False


# ---- where its values stand


def _places(reason: _Reason, source: Source) -> Iterator[Place]:
    """The condition itself, and the places of the values that it looked at."""
    assert reason.step is not None
    if reason.step.place is not None:
        yield Place(reason.step.place, reason.came_to)
    if reason.step.of is not None and reason.step.of.span is not None:
        yield Place(reason.step.of.span, "of this")
    for led in _led(reason.step):
        for said in led.said:
            if said.span is not None:
                yield Place(said.span, f"`{led.path}`")


def _led(step: Step) -> list[Led]:
    """Where the paths of a test led to, those of its members' tests among them."""
    return list(dict.fromkeys(led for one in step.walk() for led in one.led))


def _compared(step: Step, case: RuleCase) -> Iterator[str]:
    """The two sides of a test, each with its value and where that stands."""
    led = {one.path: one for one in _led(step)}
    told: set[str] = set()
    for side in _sides(step, case):
        path = ".".join(side.words) if type(side) is tree.Path else ""
        inside = [one.words for one in _paths(side)]
        if path in led:
            told.add(path)
            yield _value(led[path], case)
        elif not inside and not _is_state(side):
            text = " ".join(case.source.text[side.start : side.end].split())
            if text:
                yield f"`{text}` is what the rule says (line {case.source.position(side.start)[0]})"
    for path, one in led.items():
        if path not in told:
            yield _value(one, case)


def _is_state(side: Any) -> bool:
    """Whether a side names a state, which is no value."""
    return type(side) is tree.Path and " ".join(side.words).replace("-", " ") in {*STATE_WORDS, *LIST_TESTS}


def _value(led: Led, case: RuleCase) -> str:
    said = [f"`{one.text}`{_line(one.span, case)}" for one in led.said]
    if led.more:
        said.append(f"{led.more} more")
    state = led.state if not said else f" ({led.state})" if led.state else ""
    return f"`{led.path}` is {', '.join(said)}{state}" if said else f"`{led.path}`: {state or 'nothing'}"


def _line(span: Span | None, case: RuleCase) -> str:
    sources = {part.source.path: part.source for part in case.cast} | {case.source.path: case.source}
    if span is None or span.path not in sources:
        return ""
    line = sources[span.path].position(span.start)[0]
    return f" (line {line})" if span.path == case.source.path else f" ({span.path}:{line})"


def _sides(step: Step, case: RuleCase) -> list[Any]:
    """What stands on the two sides of a test, as the nodes of the rule; nothing where there are no two."""
    node = next((node for node in _expressions(case.node) if step.place == _place(node, case)), None)
    if node is None or node.kind not in ("test", "each"):
        return []
    subject, predicate = node.values if node.kind == "test" else node.values[2:]
    other = predicate.values[-1] if type(predicate) is tree.Expression and predicate.values else None
    return [side for side in (subject, other) if isinstance(side, tree.Path | tree.Expression | tree.Thing)]


def _place(node: tree.Expression, case: RuleCase) -> Span:
    return Span(case.source.path, node.start, node.end)


def _expressions(node: Any) -> Iterator[tree.Expression]:
    if type(node) is tree.Expression:
        yield node
    for part in node if isinstance(node, tuple) else ():
        yield from _expressions(part)


def _paths(node: Any) -> Iterator[tree.Path]:
    """The paths of one side that lead somewhere: not a term, which is one word, and no state."""
    if type(node) is tree.Path:
        if len(node.words) > 1:
            yield node
        return
    for part in node if isinstance(node, tuple) else ():
        yield from _paths(part)
