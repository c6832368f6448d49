"""What the page of a notice says in so many words, whatever else was heard in it.

Prose is read with gaps. Before anything counts as missing in a notice, its page is looked through for the very name:
a body that is named there is told, and so are a country and a term. What is missed or differs is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from gdprlint.comparing.senses import named
from gdprlint.diagnostics import Diagnostic
from gdprlint.model.register import Register
from gdprlint.model.things import Clause, Item, Thing
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.text import Span
from gdprlint.values import define, field

LONGEST_PAGE = 400_000  # characters of a page that are looked through


@define(eq=False)
class Pages:
    """The pages of some notices, in one spelling."""

    vocabulary: Vocabulary
    texts: list[str]
    _known: dict[str, bool] = field(factory=dict)

    def says(self, item: Item) -> bool:
        """Whether the name of a body, or the words of a term, stand in one of the pages."""
        return any(self._has(name) for name in names_of(item, self.vocabulary)) if self.texts else False

    def has(self, words: str) -> bool:
        """Whether these very words, such as an address, stand in one of the pages."""
        return any(spelt(words) in text for text in self.texts)

    def _has(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = any(f" {name} " in text for text in self.texts)
        return known


def pages_of(register: Register, notices: Iterable[Thing]) -> Pages:
    told = [register.told[notice.name] for notice in notices if notice.name in register.told]
    return Pages(register.names.vocabulary, [f" {spelt(one.text[:LONGEST_PAGE])} " for one in told])


def spelt(text: str) -> str:
    """Words in one spelling, without the full stops of sentences."""
    return " ".join(word.strip(".") for word in named(text).split())


def names_of(item: Item, vocabulary: Vocabulary) -> list[str]:
    """All that people may call a value: the titles of a thing, the synonyms of a term."""
    if item.thing is not None:
        also = item.thing.tails.get("also")
        listed = [one.quote or one.normal for one in (also.members if also else ()) if isinstance(one, Item)]
        found = [item.thing.title or item.thing.name, *listed]
    elif item.kind == "word":
        term = vocabulary.terms.get(str(item.value))
        key = str(item.value).replace("-", " ")
        found = [key] if len(key) > 2 else []  # the key of a country, such as US
        found += [term.title, *(name for name in term.also if len(name) > 2)] if term is not None else []
    else:
        found = [item.quote] if item.kind == "quote" and item.quote else []
    return [name for text in found if (name := spelt(text))]


def without_said(register: Register, findings: Iterable[Diagnostic], codes: frozenset[str]) -> list[Diagnostic]:
    """The findings but for those of rules by which something is missing in a notice whose page names it."""
    kept: list[Diagnostic] = []
    memo: dict[str, Pages] = {}
    for finding in findings:
        thing = register.names.things.get(finding.activity) if finding.code in codes else None
        if thing is None or thing.kind != "activity":
            kept.append(finding)
            continue
        if thing.name not in memo:
            notices = [item for item in register.field(thing, "notices").members if isinstance(item, Thing)]
            memo[thing.name] = pages_of(register, notices)
        spans = {finding.span, *(label.span for label in finding.labels)}
        if not any(memo[thing.name].says(item) for item in _items_at(thing, spans)):
            kept.append(finding)
    return kept


def _items_at(thing: Thing, spans: set[Span]) -> Iterable[Item]:
    """The values of an activity that stand at these places; of a clause, what it is about."""
    for clause in (clause for listed in thing.said.values() for clause in listed):
        path = clause.owner.path
        if Span(path, clause.start, clause.end) in spans:
            yield from _about(clause)
        else:
            for values in (clause.about, *clause.tails.values()):
                yield from (
                    item
                    for item in values.members
                    if isinstance(item, Item) and Span(path, item.start, item.end) in spans
                )


def _about(clause: Clause) -> Iterable[Item]:
    return (item for item in clause.about.members if isinstance(item, Item))
