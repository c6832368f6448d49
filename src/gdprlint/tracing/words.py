"""Values of the model in the words of the record, with their places.

What a trace shows of a value is what somebody has written there, so it is cut out of the source; where nothing is
written it is said in which state the value is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gdprlint.judging.findings import place
from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.rules.truth import Value
from gdprlint.rules.wording import said as in_words
from gdprlint.text import Source, Span
from gdprlint.traces import Led, Words
from gdprlint.values import define

MOST_SAID = 5  # values of one path that are shown; the rest is counted
LONGEST = 100  # characters of one value

STATES = {
    State.STATED: "it is said",
    State.SILENT: "nothing is said",
    State.NONE: "said to be none",
    State.BLANK: "announced, and left blank",
    State.DEFERRED: "left to another text",
    State.CANNOT_TELL: "a line of it could not be read",
}


@define(eq=False)
class Teller:
    """Says values in the words of their sources.

    `source` gives the text in which a path lies, `shown` the place where people see what stands at a place: of a
    draft, the page. With `quoted` false the words of the files are kept back, and only places are told.
    """

    source: Callable[[str], Source | None]
    shown: Callable[[Span], Span]
    quoted: bool = True

    def words(self, value: Any, subject: Thing, declared: bool = False) -> Words:
        """One value: a thing by its name, a clause or an item as it is written, anything else as a message says it.

        Where asked for, what a name is `declared` to be stands behind it.
        """
        if isinstance(value, Values):
            if len(value.members) != 1:
                said = ", ".join(self.words(member, subject).text for member in value.members[:MOST_SAID])
                return Words(_cut(said) or STATES.get(value.state, ""))
            value = value.members[0]
        if not isinstance(value, (Thing, Clause, Item)):
            return Words(in_words(value) if self.quoted else "")
        span = place(value, subject)
        text = self._written(value, span)
        return Words(f"{text}{self._declared(value) if declared else ''}", self.shown(span))

    def _declared(self, value: Thing | Clause | Item) -> str:
        """What the declaration behind a name says that it is."""
        thing = value.thing if isinstance(value, Item) else value
        listed = thing.tails.get("is") if isinstance(thing, Thing) else None
        if not isinstance(thing, Thing) or listed is None or not listed.members or not self.quoted:
            return ""
        source = self.source(thing.path)
        first, last = listed.members[0], listed.members[-1]
        if source is None or not isinstance(first, Item) or not isinstance(last, Item):
            return ""
        return f" (is {_cut(' '.join(source.text[first.start : last.end].split()))})"

    def _written(self, value: Thing | Clause | Item, span: Span) -> str:
        if isinstance(value, Thing):
            return f"{value.kind} {value.name}"
        if not self.quoted:
            return ""
        source = self.source(span.path)
        text = source.slice(span) if source is not None else ""
        return _cut(" ".join(text.split()) or in_words(value))

    def led(self, path: str, value: Value, subject: Thing) -> Led:
        """What a path led to, and the state of it where that is not simply that something is stated."""
        if value is None:
            return Led(path, state=STATES[State.SILENT])
        if isinstance(value, Values):
            members: Iterable[Any] = value.members
            state = STATES.get(value.state, "")
            if value.members:
                state = "the rest is left to another text, or could not be read" if value.unread else ""
            if value.only:
                state = "; ".join(filter(None, ("the list says `only`", state)))
            if value.either:
                state = "; ".join(filter(None, ("said with `or`", state)))
        else:
            members, state = (value,), ""
        listed = list(members)
        found = [self.words(member, subject, len(listed) == 1) for member in listed[:MOST_SAID]]
        return Led(path, tuple(found), len(listed) - len(found), state)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 4].rstrip()} ..."
