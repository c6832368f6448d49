"""Wordings: words of the packs that stand for one another in phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from gdprlint.prose.phrases import plain


@frozen
class Wording:
    """Words that stand for one another, by what they begin with: `wording` of the packs."""

    name: str
    by_first: Mapping[str, tuple[tuple[str, ...], ...]]  # first word -> what follows it, longest first
    begins: tuple[str, ...]  # beginnings of single words

    def ends(self, words: Sequence[str], at: int) -> list[int]:
        """Where the wording may end that begins at this word."""
        word = words[at]
        found = [
            at + 1 + len(rest)
            for rest in self.by_first.get(word, ())
            if not rest or tuple(words[at + 1 : at + 1 + len(rest)]) == rest
        ]
        if self.begins and word.startswith(self.begins):
            found.append(at + 1)
        return found


def wording_of(name: str, texts: Iterable[str]) -> Wording:
    """The wording of these words; a text that ends in `*` is the beginning of a word."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    begins: list[str] = []
    for text in texts:
        folded = text.lower().strip()
        if folded.endswith("*"):
            begins.append(folded[:-1])
        elif said := plain(folded):
            by_first.setdefault(said[0], []).append(tuple(said[1:]))
    return Wording(
        name, {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in by_first.items()}, tuple(begins)
    )
