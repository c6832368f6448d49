"""Terms, their synonyms, and what is narrower than what, as of a day.

A term is a word with a citation; several packs may say more of the same term. Flags such as
special category are terms, too: `health` is special category data because its `is` leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from gdprlint.model.provisions import Provision
from gdprlint.values import field, frozen

RENUMBERED = "renumbered-provision"  # what a term for a provision is whose number is another one, which it is under


class Parent(NamedTuple):
    """One step up: `hedged` where the term may be it, within the days from `since` to `until` (both included)."""

    key: str
    hedged: bool = False
    since: str = ""
    until: str = ""

    def holds(self, day: str) -> bool:
        return self.since <= day and (not self.until or day <= self.until)


@frozen(slots=False)
class Term:
    """A word of the vocabulary; `under` are provisions in their text form, `pack` where it is declared.

    `regards` are the words that it is for, `columns` those that it is of: a decision table is for the terms that are
    its rows, and of those that each of them may be.
    """

    key: str
    title: str = ""
    parents: tuple[Parent, ...] = ()
    also: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    regards: tuple[str, ...] = ()
    maps: Mapping[str, tuple[str, ...]] = field(factory=dict)
    pack: str = ""
    columns: tuple[str, ...] = ()

    @cached_property
    def provisions(self) -> tuple[Provision, ...]:
        """The provisions among `under`."""
        return tuple(Provision.parse(text) for text in self.under if " " in text)


def folded(text: str) -> str:
    return "-".join(text.casefold().replace("-", " ").split())


class _Terms(dict[str, "Term"]):
    """Terms by key, each made of its data when it is first asked for: a run speaks of few of them."""

    def __getitem__(self, key: str) -> Term:
        found: Any = super().__getitem__(key)
        if type(found) is list:
            found = self[key] = term_of(found)
        return found  # type: ignore[no-any-return]

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key, default)
        return self[key] if type(found) is list else found

    def values(self) -> Any:
        return [self[key] for key in self]

    def items(self) -> Any:
        return [(key, self[key]) for key in self]


class Vocabulary:
    """All terms of the packs in use; beside them `functions` for conditions, which mean nothing to the model."""

    functions: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: dict[str, Term] = {}
        for term in terms:
            known = self.terms.get(term.key)
            self.terms[term.key] = term if known is None else _merged(known, term)
        self._ready()

    def _ready(self) -> None:
        self._up: dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]] = {}
        self._may: dict[tuple[str, str], frozenset[str]] = {}
        self._canonical: dict[str, str | None] = {}
        self._under: dict[tuple[str, ...], list[str]] = {}
        self._provisions: dict[tuple[Provision, tuple[str, ...]], str | None] = {}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        spellings: dict[str, str] = {}
        for term in self.terms.values():
            for text in (term.key, *term.also):
                spellings.setdefault(folded(text), term.key)
        return spellings

    @cached_property
    def _by_provision(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self.terms.values():
            for text in term.under:
                found.setdefault(text, []).append(term.key)
        return found

    def canonical(self, key: str) -> str | None:
        """The term that this word or synonym stands for, or None."""
        if key in self.terms:
            return key
        if key not in self._canonical:
            spelt = folded(key)
            self._canonical[key] = self._spellings.get(spelt, spelt if spelt in self.terms else None)
        return self._canonical[key]

    def of_provision(self, provision: Provision, roots: tuple[str, ...]) -> str | None:
        """The term under one of the roots that this provision lays down: 6(1)(e) is public-task among lawful bases."""
        if (provision, roots) not in self._provisions:
            self._provisions[provision, roots] = self._of_provision(provision, roots)
        return self._provisions[provision, roots]

    def laid_down(self) -> Iterable[str]:
        """The terms that some provision lays down."""
        return chain.from_iterable(self._by_provision.values())

    def renumbered(self, provision: Provision, day: str) -> Provision | None:
        """The number that the provision has by that day, where the law only numbered it anew: the text is the same."""
        term = self.terms.get(str(provision))
        if term is None or not any(parent.key == RENUMBERED and parent.holds(day) for parent in term.parents):
            return None
        return next(iter(term.provisions), None)

    def _of_provision(self, provision: Provision, roots: tuple[str, ...]) -> str | None:
        text = str(provision)
        if text.startswith("eu-gdpr"):
            text = "uk-gdpr" + text[len("eu-gdpr") :]
        for key in self._by_provision.get(text, ()):
            if any(self.is_a(key, root) for root in roots):
                return key
        return self._place(provision)

    def _place(self, provision: Provision) -> str | None:
        """The term that the provision itself is, or what it lies in: paragraph 6 of Schedule 1 for paragraph 6(2)."""
        parts = provision.parts if len(provision.parts) < 3 else (provision.parts[0], provision.parts[2])
        while parts:
            text = str(Provision(provision.law, parts))
            if text in self.terms:
                return text
            division, number = parts[-1]
            number = number.rpartition("(")[0]
            if not number:
                return None
            parts = (*parts[:-1], (division, number))
        return None

    def ancestors(self, key: str, day: str = "9999-12-31") -> tuple[frozenset[str], frozenset[str]]:
        """What the term is, and what it may be besides, on that day; itself included in the first."""
        known = self._up.get((key, day))
        if known is not None:
            return known
        sure: set[str] = {key}
        maybe: set[str] = set()
        pending = [(key, False)]
        while pending:
            here, hedged = pending.pop()
            term = self.terms.get(here)
            for parent in term.parents if term else ():
                if not parent.holds(day):
                    continue
                unsure = hedged or parent.hedged
                target = maybe if unsure else sure
                if parent.key not in target:
                    target.add(parent.key)
                    pending.append((parent.key, unsure))
        found = (frozenset(sure), frozenset(maybe - sure))
        self._up[key, day] = found
        return found

    def may_be(self, key: str, day: str) -> frozenset[str]:
        """What the term is or may be on that day, itself included."""
        known = self._may.get((key, day))
        if known is None:
            known = self._may[key, day] = frozenset().union(*self.ancestors(key, day))
        return known

    def is_a(self, key: str, root: str, day: date | None = None, possibly: bool = False) -> bool:
        sure, maybe = self.ancestors(key, day.isoformat() if day else "9999-12-31")
        return root in sure or (possibly and root in maybe)

    def under(self, roots: tuple[str, ...]) -> list[str]:
        """The terms under any of the roots, for "did you mean"."""
        if roots not in self._under:
            self._under[roots] = [k for k in self.terms if any(self.is_a(k, root, possibly=True) for root in roots)]
        return self._under[roots]


def _merged(one: Term, two: Term) -> Term:
    maps = dict(one.maps)
    for name, values in two.maps.items():
        maps[name] = maps.get(name, ()) + values
    return Term(
        one.key,
        one.title or two.title,
        one.parents + tuple(p for p in two.parents if p not in one.parents),
        one.also + tuple(a for a in two.also if a not in one.also),
        one.under + tuple(u for u in two.under if u not in one.under),
        one.regards + two.regards,
        maps,
        one.pack,
        one.columns + two.columns,
    )


def term_data(term: Term) -> list[Any]:
    """The term as JSON-ready lists."""
    parents = [[p.key, p.hedged, p.since, p.until] for p in term.parents]
    maps = {name: list(values) for name, values in term.maps.items()}
    return [
        term.key,
        term.title,
        parents,
        list(term.also),
        list(term.under),
        list(term.regards),
        maps,
        term.pack,
        list(term.columns),
    ]


def term_of(data: list[Any]) -> Term:
    key, title, parents, also, under, regards, maps, pack, columns = data
    return Term(
        key,
        title,
        tuple(Parent(*parent) for parent in parents),
        tuple(also),
        tuple(under),
        tuple(regards),
        {name: tuple(values) for name, values in maps.items()},
        pack,
        tuple(columns),
    )


def vocabulary_data(vocabulary: Vocabulary) -> list[Any]:
    """The vocabulary as JSON-ready data: its terms, and what is found by spelling and by provision."""
    spellings = {text: key for text, key in vocabulary._spellings.items() if text != key}
    return [[term_data(term) for term in vocabulary.terms.values()], spellings, vocabulary._by_provision]


def vocabulary_of(data: list[Any]) -> Vocabulary:
    """The vocabulary that `vocabulary_data` took down."""
    terms, spellings, by_provision = data
    made = Vocabulary(())
    made.terms = _Terms({term[0]: term for term in terms})
    made._spellings = spellings
    made._by_provision = by_provision
    return made
