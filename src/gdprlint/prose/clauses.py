"""The clauses of a record that a notice amounts to, as they are gathered: the workbench of `statements`.

It knows names and quotes of the policy language, and neither items of a notice nor the order of a record.
"""

from __future__ import annotations

import re

from attrs import define, field, frozen

from gdprlint.prose.hearing import Evidence, Fact
from gdprlint.prose.reading import Reading
from gdprlint.prose.terms import TermFinder

LONGEST_QUOTE = 12  # words of the notice that a clause repeats


@frozen
class Line:
    """One clause of the draft: its text without margin, and the evidence that it rests on (none for a frame)."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@define(eq=False)
class Draft:
    reading: Reading
    terms: TermFinder
    parties: dict[str, tuple[str, str, list[Line]]] = field(factory=dict)  # folded name: id, declaration, its block
    places: dict[str, Evidence] = field(factory=dict)  # id of a party: where it is named, if that matters
    taken: set[str] = field(factory=set)
    declared: list[Line] = field(factory=list)
    header: list[Line] = field(factory=list)  # the block of the notice
    uses: list[tuple[str, list[Line]]] = field(factory=list)  # activities within: head and clauses
    _said: dict[str, list[Evidence]] = field(factory=dict)  # clauses of the activity, and what they rest on
    _numbers: dict[str, int] = field(factory=dict)  # of each stem of an id, the last number that it was given

    def evidence(self, key: str, *outcomes: str) -> list[Evidence]:
        item = self.reading.items[key]
        return [one for one in item.evidence if not outcomes or one.outcome in outcomes]

    def tells(self, one: Evidence) -> bool:
        """Whether a sentence says it, and no heading and no name of a body that has the words in it."""
        names = [value for value in one.values if value.kind == "organisation"]
        return one.passage.kind != "heading" and not any(name.first <= one.first < name.last for name in names)

    def say(self, text: str, *evidence: Evidence) -> None:
        """A clause of the activity; one that is said already gets more places."""
        self._said.setdefault(text, []).extend(evidence)

    @property
    def lines(self) -> list[Line]:
        """The clauses of the activity, in the order in which they were first said."""
        return [Line(text, tuple(evidence)) for text, evidence in self._said.items()]

    def party(self, name: str, status: str = "", kind: str = "organisation") -> str:
        """The id of an organisation, declared where it is first named."""
        key = folded(name)
        if key not in self.parties:
            known = f" is {status}" if status else ""
            self.parties[key] = (self.id_of(name), f"{kind} {{id}} {quoted(name)}{known}", [])
        return self.parties[key][0]

    def id_of(self, name: str) -> str:
        words = [
            word for word in re.findall(r"[a-z][a-z0-9]*", name.casefold()) if word not in ("the", "of", "and", "for")
        ]
        stem = "-".join(words[:4]) or "party"
        # A name that is a word of the vocabulary would be read as that word.
        if len(words) < 2 or self.terms.vocabulary.canonical(stem) is not None:
            stem = f"{stem}-body"
        found = stem
        while found in self.taken:
            self._numbers[stem] = self._numbers.get(stem, 1) + 1
            found = f"{stem}-{self._numbers[stem]}"
        self.taken.add(found)
        return found


def quoted(text: str) -> str:
    """The text as a string of the language, on one line."""
    plain = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return '"' + plain.replace("\\", "").replace('"', "'") + '"'


def folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold().removeprefix("the ")).strip()


def words_of_notice(one: Evidence, fact: Fact | None = None) -> str:
    """A few words of the passage: what the fact took, else the words that were heard and what follows them."""
    if fact is not None and fact.last > fact.first:
        return one.passage.said(fact.first, min(fact.last, fact.first + LONGEST_QUOTE))
    first = max(one.first, one.passage.own)
    return one.passage.said(first, min(max(one.last, first + 1), first + LONGEST_QUOTE))
