"""What a word means in its place: a declared thing, or a term of the vocabulary.

Names are declared once in a register and looked up there only. This module knows names, terms
and slots; it does not know where either was read.
"""

from __future__ import annotations

from typing import TypeVar

from gdprlint.model.provisions import Provision
from gdprlint.model.table import SLOTS, VERBS, Slot, field_name
from gdprlint.model.things import Item, Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.text import nearest_name
from gdprlint.values import define, field

V = TypeVar("V")


@define(eq=False)
class Names:
    """The names of one register beside the vocabulary in use; all are known before the first item is settled."""

    vocabulary: Vocabulary
    things: dict[str, Thing] = field(factory=dict)
    _fits: dict[tuple[str, str], str | None] = field(factory=dict, repr=False)
    _senses: dict[str, dict[str, Thing | Provision | str]] = field(factory=dict, repr=False)
    _fitting: dict[str, dict[str, Thing | str]] = field(factory=dict, repr=False)
    _of_kind: dict[str, list[str]] = field(factory=dict, repr=False)
    may_be: dict[tuple[object, str], object] = field(factory=dict, repr=False)  # for those who ask what words mean

    def fitting(self, slot: str) -> dict[str, Thing | str]:
        """The words that were met in a slot and fit it, with the thing or the canonical term that each stands for."""
        return _of(self._fitting, slot)

    def settle(self, item: Item) -> None:
        """Let the item know the thing or the canonical term that it names, as its slot expects."""
        slot = item.slot
        if slot is None:
            return
        value = item.value
        if item.kind == "word" and isinstance(value, str):
            senses = _of(self._senses, slot.name)
            sense = senses.get(value)
            met = sense is not None
            if sense is None:
                sense = senses[value] = self._sense(value, slot)
            if type(sense) is str:
                item.value = sense
            elif isinstance(sense, Thing):
                item.thing = sense
            else:
                item.kind, item.value = "provision", sense
            if not met and not isinstance(sense, Provision) and self.misfit(item) is None:
                self.fitting(slot.name)[value] = sense
        elif item.kind == "provision" and isinstance(value, Provision) and slot.name in ("basis", "right", "provision"):
            key = self.vocabulary.of_provision(value, slot.roots) if slot.roots else None
            if key is not None and key in self.vocabulary.terms and slot.name != "provision":
                item.kind, item.value = "word", key
        if item.after is not None:
            self.settle(item.after)

    def _sense(self, word: str, slot: Slot) -> Thing | Provision | str:
        """The thing, the provision or the term that the word stands for; the word itself where it stands for none."""
        if slot.name == "topic" and word in _TOPICS:
            return word
        thing = self.things.get(word)
        if slot.name in _WORDS_FIRST and (key := self._term_for(word, slot)) is not None:
            return key
        if thing is not None and (slot.kinds == ("*",) or thing.kind in slot.kinds):
            return thing
        if (key := self._meant(word, slot)) is not None:
            return self._as_provision(key) if slot.name == "provision" else key
        return word if thing is None else thing

    def _meant(self, word: str, slot: Slot) -> str | None:
        """The term that the word stands for, where that is one of a list of the slot: else the word stays as it is."""
        key = self.vocabulary.canonical(word)
        return key if key is not None and ("*" in slot.roots or self._term_for(word, slot)) else None

    def _term_for(self, word: str, slot: Slot) -> str | None:
        """The term of the slot's own lists that the word stands for."""
        key = self.vocabulary.canonical(word)
        if key is None or not any(self.vocabulary.is_a(key, root, possibly=True) for root in slot.roots):
            return None
        return key

    def _as_provision(self, key: str) -> Provision | str:
        """A condition named in words is the provision that lays it down."""
        for text in self.vocabulary.terms[key].under:
            if text.startswith(("uk-gdpr 9(2)", "uk-gdpr 10")):
                return Provision.parse(text)
        return key

    def all_fit(self, values: Values) -> bool:
        """Whether nothing in the list needs to be looked at: most words have been met before, and fitted."""
        if values.fits:
            return True
        fits = self._fits
        for item in (*values.members, *values.denied) if values.denied else values.members:
            if type(item) is not Item or item.after is not None:
                return False
            if item.kind == "word":
                slot = item.slot
                if item.thing is None and slot is not None:
                    known = fits.get((slot.name, item.value), "")  # type: ignore[arg-type]
                    if known is None:
                        continue
                if self.misfit(item) is not None:
                    return False
        return True

    def misfit(self, item: Item) -> str | None:
        """Why the word cannot stand in its slot: `unknown`, `kind` (of another list), or None where it can."""
        slot = item.slot
        if item.kind != "word" or slot is None or slot.name == "free" or not isinstance(item.value, str):
            return None
        if item.thing is not None:
            return None if slot.kinds == ("*",) or item.thing.kind in slot.kinds or "*" in slot.roots else "kind"
        if slot.name == "topic" and item.value in _TOPICS:
            return None
        known = self._fits.get((slot.name, item.value), "")
        if known == "":
            known = self._fits[slot.name, item.value] = self._fit(slot, item.value)
        return known

    def _fit(self, slot: Slot, word: str) -> str | None:
        if self.vocabulary.canonical(word) is None:
            return "unknown"
        if "*" in slot.roots or any(self.vocabulary.is_a(word, root, possibly=True) for root in slot.roots):
            return None
        return "kind"

    def nearest(self, item: Item) -> str | None:
        """The name or term that the word was probably meant to be."""
        slot = item.slot or SLOTS["any"]
        if not self._of_kind:
            for thing in self.things.values():
                self._of_kind.setdefault(thing.kind, []).append(thing.name)
        kinds = self._of_kind if slot.kinds == ("*",) else slot.kinds
        names = [name for kind in kinds for name in self._of_kind.get(kind, ())]
        return nearest_name(str(item.value), [*names, *self._terms(slot)])

    def _terms(self, slot: Slot) -> list[str]:
        if "*" in slot.roots:
            return list(self.vocabulary.terms)
        return self.vocabulary.under(slot.roots)


def _of(known: dict[str, dict[str, V]], slot: str) -> dict[str, V]:
    found = known.get(slot)
    if found is None:
        found = known[slot] = {}
    return found


# Where a word is first of all a term: data may be called as what they are (`data ip-address is ip address`).
_WORDS_FIRST = ("contents", "status", "group", "document-kind", "state")
_TOPICS = frozenset(field_name(verb) for verb in VERBS)
