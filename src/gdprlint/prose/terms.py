"""Words of the vocabulary in the prose of a notice: which kinds of data, purposes or measures a passage names.

What is found out of a vocabulary is the same for every notice, and is found out once.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from attrs import define, field

from gdprlint.language.words import BEGINNINGS, STOPS
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.passages import Passage

_OWN = STOPS | BEGINNINGS  # words that the language itself uses


@lru_cache(maxsize=2)
def finder_of(vocabulary: Vocabulary) -> TermFinder:
    """What finds the terms of this vocabulary."""
    return TermFinder(vocabulary)


@define(eq=False, slots=False)
class TermFinder:
    """Finds terms under a root of the vocabulary by all their spellings, longest first."""

    vocabulary: Vocabulary
    _spellings: dict[str, dict[str, dict[tuple[str, ...], str]]] = field(factory=dict, init=False)
    _texts: dict[str, str] = field(factory=dict, init=False)

    def found(self, passage: Passage, root: str) -> list[str]:
        """The terms in the words of a passage, as the language writes them, in reading order and each once."""
        known = self._known(root)
        words = [word.text for word in passage.words]
        result: dict[str, None] = {}
        at = passage.own
        while at < len(words):
            for spelling, key in known.get(words[at], {}).items():
                if tuple(words[at : at + len(spelling)]) == spelling and (term := self._written(key)):
                    result[term] = None
                    at += len(spelling)
                    break
            else:
                at += 1
        return list(result)

    def _written(self, key: str) -> str:
        """How a record writes the term: by a name without words that the language itself uses, or ''."""
        known = self._texts.get(key)
        if known is None:
            known = self._texts[key] = next(filter(None, map(_plain, (key, *self.vocabulary.terms[key].also))), "")
        return known

    def _known(self, root: str) -> dict[str, dict[tuple[str, ...], str]]:
        """The spellings of the terms under a root, each with its term, by their first words."""
        found = self._spellings.get(root)
        if found is None:
            texts: dict[tuple[str, ...], str] = {}
            for key in self._below.get(root, ()):
                for text in (key, *self.vocabulary.terms[key].also):
                    if text.isupper():
                        continue  # letters that could be any word in small ones: `SEND`
                    spelling = tuple(text.casefold().replace("-", " ").split())
                    if spelling and all(word.isalnum() for word in spelling) and len("".join(spelling)) > 2:
                        texts.setdefault(spelling, key)
                        if not spelling[-1].endswith("s"):
                            texts.setdefault((*spelling[:-1], spelling[-1] + "s"), key)
            found = self._spellings[root] = {}
            for spelling in sorted(texts, key=lambda spelling: (-len(spelling), spelling)):
                found.setdefault(spelling[0], {})[spelling] = texts[spelling]
        return found

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        """The words that are terms under each other term, in the order of the vocabulary."""
        found: dict[str, list[str]] = {}
        for key in self.vocabulary.terms:
            if " " not in key:
                for root in self.vocabulary.ancestors(key)[0]:
                    if root != key:
                        found.setdefault(root, []).append(key)
        return found


def _plain(text: str) -> str:
    # A name with a number in it is one word: `dpa-2018`.
    plain = text if any(map(str.isdigit, text)) else text.replace("-", " ")
    return plain if plain[:1].isalpha() and _OWN.isdisjoint(plain.casefold().split()) else ""
