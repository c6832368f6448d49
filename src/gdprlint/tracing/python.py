"""What can be told of a rule that is written in Python: what it asked of the model, and what it reported.

Its conditions are code and have no text; what it looks at goes through the context that it is handed, and is noted.
"""

from __future__ import annotations

from gdprlint import traces
from gdprlint.model.states import State
from gdprlint.model.things import Thing, Values
from gdprlint.rules.rule import Context, Rule, Spot
from gdprlint.traces import Case, Step
from gdprlint.tracing.declared import Asked, Fate
from gdprlint.tracing.words import Teller

MOST_NOTED = 60  # questions of one rule about one subject that are kept


class NotingContext(Context):
    """A context that notes what it is asked."""

    def begin(self, teller: Teller, subject: Thing) -> None:
        self.teller = teller
        self.subject = subject
        self.noted: list[Step] = []
        self.unnoted = 0

    def field(self, thing: Thing, name: str) -> Values:
        value = super().field(thing, name)
        self._note(Step("asks", f"{thing.name}.{name}", "", led=(self.teller.led(name, value, self.subject),)))
        return value

    def is_a(self, spot: Spot, term: str, possibly: bool = False) -> bool | None:
        answer = super().is_a(spot, term, possibly)
        self._note_answer(spot, f"is {'possibly ' if possibly else ''}{term}", answer)
        return answer

    def is_said(self, value: Spot, state: State = State.STATED) -> bool | None:
        answer = super().is_said(value, state)
        self._note_answer(value, f"is {state.value}", answer)
        return answer

    def _note_answer(self, spot: Spot, text: str, answer: bool | None) -> None:
        truth = traces.TRUE if answer else traces.FALSE if answer is False else "does not apply, or cannot tell"
        self._note(Step("asks", text, truth, of=self.teller.words(spot, self.subject)))

    def _note(self, step: Step) -> None:
        if len(self.noted) < MOST_NOTED:
            self.noted.append(step)
        else:
            self.unnoted += 1


def ask(rule: Rule, subject: Thing, ctx: Context, teller: Teller, fate: Fate) -> Asked:
    """Ask the rule of a subject and note what it asks."""
    noting = NotingContext(ctx.register, ctx.as_of, ctx.extent, ctx.silence, ctx.document)
    noting.begin(teller, subject)
    try:
        drafts = list(rule.judge(subject, noting))
    except Exception as error:  # the guard around a rule: it may be anybody's
        broke = Step("asks", f"the rule broke: {type(error).__name__}: {error}", "")
        return Asked(traces.UNSURE, (), (Case((), (*noting.noted, broke), traces.UNSURE),), 0)
    steps = tuple(noting.noted)
    if not drafts:
        applied = traces.IN_ORDER if noting.applied or steps else traces.PASSED_BY
        outcome = traces.UNSURE if noting.unsure else applied
        return Asked(outcome, (), (Case((), steps, outcome),), noting.unnoted)
    cases = []
    for number, draft in enumerate(drafts):
        said, span, reported = fate(draft)
        cases.append(Case((), steps if not number else (), traces.REPORTS, -1, draft.message, span, said, reported))
    return Asked(traces.REPORTS, (), tuple(cases), noting.unnoted)


def where_written(rule: Rule) -> str:
    """The function of the rule and its module; no path, which would be of this machine."""
    function = rule.judge
    module = getattr(function, "__module__", "") or "?"
    name = getattr(function, "__qualname__", "") or type(function).__name__
    line = getattr(getattr(function, "__code__", None), "co_firstlineno", 0)
    return f"{module}.{name}" + (f", line {line}" if line else "")
