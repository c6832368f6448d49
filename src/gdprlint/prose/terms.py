"""Words of the vocabulary in the prose of a notice: which kinds of data, purposes or measures a passage names."""

from __future__ import annotations

from attrs import define, field

from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.passages import Passage


@define(eq=False)
class TermFinder:
    """Finds terms under a root of the vocabulary by all their spellings, longest first."""

    vocabulary: Vocabulary
    _spellings: dict[str, dict[str, dict[tuple[str, ...], str]]] = field(factory=dict, init=False)

    def found(self, passage: Passage, root: str) -> list[str]:
        """The terms in the words of a passage, as the language writes them, in reading order and each once."""
        known = self._known(root)
        words = [word.text for word in passage.words]
        result: dict[str, None] = {}
        at = passage.own
        while at < len(words):
            for spelling, term in known.get(words[at], {}).items():
                if tuple(words[at : at + len(spelling)]) == spelling:
                    result[term] = None
                    at += len(spelling)
                    break
            else:
                at += 1
        return list(result)

    def _written(self, key: str, words: frozenset[str] | set[str]) -> str:
        """How a record writes the term: by a name without words that the language itself uses, or ''."""
        for text in (key, *self.vocabulary.terms[key].also):
            # A name with a number in it is one word: `dpa-2018`.
            plain = text if any(character.isdigit() for character in text) else text.replace("-", " ")
            if plain[:1].isalpha() and not words & set(plain.casefold().split()):
                return plain
        return ""

    def _known(self, root: str) -> dict[str, dict[tuple[str, ...], str]]:
        if root not in self._spellings:
            from gdprlint.language.words import BEGINNINGS, STOPS

            texts: dict[tuple[str, ...], str] = {}
            for key, term in self.vocabulary.terms.items():
                if key != root and " " not in key and self.vocabulary.is_a(key, root):
                    for text in (key, *term.also):
                        if text.isupper():
                            continue  # letters that could be any word in small ones: `SEND`
                        spelling = tuple(text.casefold().replace("-", " ").split())
                        if spelling and all(word.isalnum() for word in spelling) and len("".join(spelling)) > 2:
                            texts.setdefault(spelling, key)
                            if not spelling[-1].endswith("s"):
                                texts.setdefault((*spelling[:-1], spelling[-1] + "s"), key)
            by_first: dict[str, dict[tuple[str, ...], str]] = {}
            for spelling in sorted(texts, key=lambda found: (-len(found), found)):
                written = self._written(texts[spelling], STOPS | BEGINNINGS)
                if written:
                    by_first.setdefault(spelling[0], {})[spelling] = written
            self._spellings[root] = by_first
        return self._spellings[root]
