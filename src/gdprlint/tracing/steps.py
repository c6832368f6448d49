"""What was noted of a test becomes steps: text, truth, places, and which parts of it settled it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdprlint import traces
from gdprlint.language import tree
from gdprlint.model.states import State
from gdprlint.model.things import Thing, Values
from gdprlint.rules.rule import MOST_STEPS, Context
from gdprlint.rules.truth import CANNOT_TELL, Truth, negated
from gdprlint.text import Source, Span
from gdprlint.traces import Step
from gdprlint.tracing.observed import Frame
from gdprlint.tracing.words import Teller
from gdprlint.values import define, evolve

DEEPEST = 40  # parts within parts that are told; a line of a rule may nest further


@define(eq=False)
class Telling:
    """What is needed to tell steps of one subject: the rule's file, the words of the record, and what was asked.

    Lines of a rule from the `others`, where packs override it, stand behind all that its own file has: from there on.
    """

    file: Source
    teller: Teller
    subject: Thing
    ctx: Context
    others: tuple[tuple[int, Source], ...] = ()

    def step(self, kind: str, node: Any, frame: Frame | None, depth: int = 0) -> Step:
        """The step of a test, or of one that was never asked."""
        at, file = next(((at, file) for at, file in reversed(self.others) if at <= node.start), (0, self.file))
        place = Span(file.path, node.start - at, node.end - at)
        text = " ".join(file.slice(place).split())
        if frame is None:
            return Step(kind, text, traces.NOT_ASKED, place)
        led = tuple(self.teller.led(".".join(path.words), value, self.subject) for path, value in frame.led)
        parts = tuple(self._parts(frame, depth + 1)) if depth < DEEPEST else ()
        of = self.teller.words(frame.member, self.subject) if frame.member is not None else None
        note = self._why_not(frame) if frame.truth is CANNOT_TELL else ""
        return Step(kind, text, truth_word(frame.truth), place, led, parts, frame.more, of, note=note)

    def _parts(self, frame: Frame, depth: int) -> Iterator[Step]:
        """The parts of a test that were asked, in order, and after them those that were not."""
        asked = [(part, settles(frame, part)) for part in frame.parts]
        for part, decides in asked:
            told = self.step("part" if part.member is None else "member", part.node, part, depth)
            yield _deciding(told, decides)
        if frame.node.kind in ("all", "any", "implies"):
            known = {id(part.node) for part in frame.parts}
            for node in frame.node.values:
                if id(node) not in known:
                    yield self.step("part", node, None, depth)

    def _why_not(self, frame: Frame) -> str:
        """Why a test could not be told, where what its own paths led to says so."""
        if self.ctx.steps < 0:
            return f"of one subject no more than {MOST_STEPS:,} members of long lists are looked at"
        states = {_state(value) for _, value in frame.led}
        if State.CANNOT_TELL in states:
            return "a line that it depends on could not be read"
        if State.DEFERRED in states:
            return "it is left to another text"
        unread = any(isinstance(value, Values) and value.unread for _, value in frame.led)
        if unread:
            return "a part of the list could not be read, or stands in another text"
        if not self.ctx.silence and frame.led:
            return f"silence does not count in this file (extent {self.ctx.extent.value})"
        return ""


def _deciding(step: Step, decides: bool) -> Step:
    return evolve(step, decides=True) if decides else step


def _state(value: Any) -> State | None:
    return value.state if isinstance(value, Values) and not value.members else None


def truth_word(truth: Truth) -> str:
    if truth is True:
        return traces.TRUE
    if truth is False:
        return traces.FALSE
    return traces.CANNOT_TELL if truth is CANNOT_TELL else traces.NOT_APPLICABLE


def settles(frame: Frame, part: Frame) -> bool:
    """Whether what a part gave is what the whole is by."""
    node: tree.Expression = frame.node
    match node.kind:
        case "all" | "any":
            return part.truth is frame.truth
        case "not":
            return True
        case "implies":
            return part.node is node.values[1] or frame.parts[-1] is part
        case "satisfies" | "each":
            whole = frame.truth
            if node.values[0] == "no":
                whole = negated(whole)
            return part.truth is whole
    return False
