"""What a register says, in one form for all texts that say the same: two of them are compared to prove a fix.

Places, order and repetition do not count; a provision counts under the number that it has today. Everything else does:
each value with its state, each claim of a list, each margin, and each line that could not be read.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date

from gdprlint.engine import CheckOptions, records
from gdprlint.model.provisions import Provision
from gdprlint.model.things import Clause, Item, Place, Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.register import Reading


def meaning(paths: Sequence[str], options: CheckOptions) -> Hashable:
    """What the records of these registers say."""
    return tuple(_register(reading, options.as_of) for reading in records(paths, options))


def _register(reading: Reading, day: date) -> Hashable:
    said = _Said(reading.register.names.vocabulary, day.isoformat())
    uses = tuple((model.path, thing.kind, thing.text, thing.quote) for model in reading.files for thing in model.uses)
    lines = tuple((model.path, len(model.rules), len(model.loose)) for model in reading.files)
    return str(reading.plan.root), uses, lines, tuple(said.thing(thing) for thing in reading.register.things)


class _Said:
    """What is said, with the numbers that provisions have on a day."""

    def __init__(self, vocabulary: Vocabulary, day: str) -> None:
        self.vocabulary = vocabulary
        self.day = day

    def thing(self, thing: Thing) -> Hashable:
        """A thing, all that holds for it, and where it stands."""
        clauses = frozenset(self.clause(clause) for listed in thing.said.values() for clause in listed)
        outer = thing.outer.name if thing.outer else None
        document = thing.document.name if thing.document else None
        tails = frozenset((joint, self.values(values)) for joint, values in thing.tails.items())
        return (
            thing.path, thing.kind, thing.name, thing.title, outer, document, tails, clauses, thing.unread,
            _margin(thing.margin),
        )  # fmt: skip

    def clause(self, clause: Clause) -> Hashable:
        tails = frozenset((joint, self.values(values)) for joint, values in clause.tails.items())
        return clause.adverb, clause.verb, self.values(clause.about), tails, _margin(clause.margin)

    def values(self, values: Values) -> Hashable:
        items = (*values.members, *values.denied)
        listed = frozenset(self.item(item) for item in items if isinstance(item, Item))
        return values.state, values.only, values.either, values.unread, listed

    def item(self, item: Item) -> Hashable:
        value = item.value
        if isinstance(value, Provision):
            value = self.vocabulary.renumbered(value, self.day) or value
            return item.kind, item.adverb, item.quote, str(value)
        return item.kind, item.thing.name if item.thing else "", item.normal


def _margin(margin: tuple[Place, ...]) -> Hashable:
    return tuple((place.source, place.first, place.last, place.quotes) for place in margin)
