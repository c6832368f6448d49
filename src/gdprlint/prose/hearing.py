"""Hears cues in passages: what is said where, turned round or hedged, with which values.

The whole of a notice is heard once. Which phrases are tried on a passage is decided by the words that
they need, so that most phrases are never tried. What the evidence amounts to is for `items` and `facts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from gdprlint.prose.bodies import bodies
from gdprlint.prose.cues import Cue, Take
from gdprlint.prose.finding import Text, find, find_all
from gdprlint.prose.passages import Passage
from gdprlint.prose.phrases import NEGATORS, Phrase
from gdprlint.prose.recognise import Value, recognised
from gdprlint.prose.wordings import Wording, wording_of
from gdprlint.prose.words import Word

_NAMED = ("words", "bodies", "names")  # kinds that are taken wherever the phrase stands in the passage
REACH = 5  # words before a phrase in which a `not` turns it round


@frozen
class Fact:
    """A value that a cue took: `name` is the fact, `text` its normal form; where it stands in the passage."""

    name: str
    text: str
    first: int
    last: int


@frozen(eq=False)
class Evidence:
    """That a passage says something: by which cue, how, in which of its words, with which facts.

    `values` are all that stand in the passage, whatever the cue took.
    """

    cue: Cue
    outcome: str
    passage: Passage
    first: int
    last: int
    facts: tuple[Fact, ...] = ()
    values: tuple[Value, ...] = ()


@frozen(eq=False, slots=False)
class Ear:
    """All cues and wordings of the packs, ready to be heard."""

    cues: tuple[Cue, ...]
    wordings: Mapping[str, Wording]
    places: Mapping[str, str] = field(factory=dict)

    @cached_property
    def _index(self) -> _Index:
        return _Index(self)

    def hear(self, passages: Sequence[Passage]) -> list[Evidence]:
        """What is heard, by passage and then by cue; by faint cues only where nothing else tells of their items."""
        page = _Page(self._index)
        found = [one for passage in passages for one in page.heard(passage)]
        told = {key for one in found for key in one.cue.items}
        for place in page.faintly:
            cue = self.cues[place.cue]
            if told.isdisjoint(cue.items) and (one := page.tried(place)):
                found.append(one)
        return sorted(found, key=lambda one: one.passage.number)

    def hear_all(self, passages: Sequence[Passage]) -> list[Evidence]:
        """What each cue hears, whatever the others do."""
        page = _Page(self._index)
        return [
            *(one for passage in passages for one in page.heard(passage)),
            *(one for place in page.faintly if (one := page.tried(place))),
        ]


class _Index:
    """Cues by the features that their phrases need, and what tells the features of a text."""

    def __init__(self, ear: Ear) -> None:
        self.wordings = ear.wordings
        self.places = ear.places
        self.cues = ear.cues
        self.faint = frozenset(number for number, cue in enumerate(ear.cues) if "faint" in cue.items)
        # By what a phrase needs most: the number of a cue, the place among its phrases, and what else it needs.
        self.by_feature: dict[str, list[tuple[int, int, tuple[frozenset[str], ...]]]] = {}
        self.by_heading = [number for number, cue in enumerate(ear.cues) if cue.heading and not cue.phrases]
        self._by_first: dict[str, list[str]] = {}  # the wordings that a word begins
        self._by_start: dict[str, list[tuple[str, str]]] = {}  # by up to three letters: a beginning, and its feature
        for number, cue in enumerate(ear.cues):
            for place, phrase in enumerate(cue.phrases):
                entry = (number, place, phrase.needs[1:])
                for feature in phrase.needs[0]:
                    self.by_feature.setdefault(feature, []).append(entry)
        begins = {(name[:-1], name) for cue in ear.cues for name in cue.features if name[-1] == "*"}
        for name, wording in ear.wordings.items():
            begins |= {(begin, f"<{name}>") for begin in wording.begins}
            for first in wording.by_first:
                self._by_first.setdefault(first, []).append(f"<{name}>")
        for begin, name in begins:
            self._by_start.setdefault(begin[:3], []).append((begin, name))

    def features(self, words: Iterable[str], kinds: Iterable[str]) -> frozenset[str]:
        """What a text with these words and kinds of value has of all that phrases may need."""
        found = set(words)
        for word in tuple(found):
            found.update(self._by_first.get(word, ()))
            for length in (1, 2, 3):
                for begin, name in self._by_start.get(word[:length], ()):
                    if len(begin[:3]) == length and word.startswith(begin):
                        found.add(name)
        found.update([f"{{{kind}}}" for kind in kinds])
        return frozenset(found)

    def candidates(self, text: Text) -> dict[int, set[int]]:
        """The phrases that have in a text what they need: their places in each cue, by its number."""
        found: dict[int, set[int]] = {}
        features = text.features or frozenset()
        lacks = features.isdisjoint
        for feature in features:
            for number, place, needs in self.by_feature.get(feature, ()):
                for needed in needs:
                    if lacks(needed):
                        break
                else:
                    found.setdefault(number, set()).add(place)
        return found


@frozen(eq=False)
class _Place:
    """Where a cue may be heard: its number, the passage, and the numbers of the phrases to try."""

    cue: int
    passage: Passage
    phrases: tuple[int, ...]


class _Page:
    """One page while it is heard: what is known of a passage, or of a heading that many stand under, is found once."""

    def __init__(self, index: _Index) -> None:
        self.index = index
        self.wordings = index.wordings
        self.texts: dict[Passage, tuple[list[Value], Text]] = {}
        self.headings: dict[tuple[str, Passage], bool] = {}
        self.faintly: list[_Place] = []  # where a faint cue may be heard

    def text(self, passage: Passage) -> tuple[list[Value], Text]:
        """The values of a passage, and the passage as phrases see it."""
        known = self.texts.get(passage)
        if known is None:
            values = recognised(passage, self.index.places)
            known = self.texts[passage] = (values, self._text(passage, values))
        return known

    def _text(self, passage: Passage, values: Iterable[Value]) -> Text:
        by_kind: dict[str, dict[int, list[int]]] = {}
        for value in values:
            by_kind.setdefault(value.kind, {}).setdefault(value.first, []).append(value.last)
        words = [word.text for word in passage.words]
        return Text(words, by_kind, passage.begins, self.index.features(words, by_kind))

    def heard(self, passage: Passage) -> list[Evidence]:
        """What one passage says. A heading is only heard where something stands below it (see `heading` of cues)."""
        values, text = self.text(passage)
        found = []
        for number, places in sorted(self.index.candidates(text).items()):
            place = _Place(number, passage, tuple(sorted(places)))
            if number in self.index.faint:
                self.faintly.append(place)
            elif (evidence := self.tried(place)) is not None:
                found.append(evidence)
        if passage.kind != "heading" and passage.above:
            for cue in map(self.index.cues.__getitem__, self.index.by_heading):
                if self._stands(cue, passage, text) and not self._looks_alike(cue, passage, text):
                    found.append(self._whole(cue, passage, values))
        return found

    def tried(self, place: _Place) -> Evidence | None:
        """What a cue hears in a passage that has what its phrases need."""
        cue, passage = self.index.cues[place.cue], place.passage
        values, text = self.text(passage)
        if (passage.kind == "heading" and not cue.in_headings) or not self._stands(cue, passage, text):
            return None
        return self._evidence(cue, place.phrases, passage, text, values)

    def _stands(self, cue: Cue, passage: Passage, text: Text) -> bool:
        """Whether the passage stands under a heading and beside the words that the cue asks for."""
        if cue.heading and not any(self._headed(cue, heading) for heading in passage.above):
            return False
        if not cue.beside:
            return True
        return any(find(phrase, text, self.wordings) for phrase in cue.beside) or any(
            find(phrase, self.text(heading)[1], self.wordings) for heading in passage.above for phrase in cue.beside
        )

    def _headed(self, cue: Cue, heading: Passage) -> bool:
        key = (cue.name, heading)
        if key not in self.headings:
            _, text = self.text(heading)
            self.headings[key] = any(find(phrase, text, self.wordings) for phrase in cue.heading)
        return self.headings[key]

    def _looks_alike(self, cue: Cue, passage: Passage, text: Text) -> bool:
        """Whether the passage only looks like it; of a row, whether one of its cells does (with its header)."""
        if passage.kind != "row":
            return any(find(phrase, text, self.wordings) for phrase in cue.lookalikes)
        return any(
            sum(first < start < last for start in passage.starts) <= 1
            for phrase in cue.lookalikes
            for first, last in find_all(phrase, text, self.wordings)
        )

    def _evidence(
        self, cue: Cue, places: Iterable[int], passage: Passage, text: Text, values: Sequence[Value]
    ) -> Evidence | None:
        best: Evidence | None = None
        highest = (-1, -1, -1)
        named: dict[tuple[str, int], Fact] = {}  # what is named in all places, where a cue takes names
        for place in places:
            phrase = cue.phrases[place]
            for first, last in find_all(phrase, text, self.wordings):
                if last <= passage.own:
                    continue  # it stands in the words that lead in, which are a passage of their own
                outcome = self._outcome(cue, phrase, passage, first, last)
                if not outcome:
                    continue
                facts = (
                    *_taken(cue.takes, values, passage, first, last, last - phrase.is_open),
                    *_given(cue, first, last),
                )
                if outcome != "denied":
                    named.update(((fact.name, fact.first), fact) for fact in facts)
                evidence = Evidence(cue, outcome, passage, max(first, 0), last, facts, tuple(values))
                rank = (("denied", "partial", "stated").index(outcome), len(facts), last - first)
                if rank > highest:
                    best, highest = evidence, rank
        if best is None or self._looks_alike(cue, passage, text):
            return None
        if best.outcome != "denied" and any(take.kind in _NAMED for take in cue.takes):
            facts = tuple(sorted(named.values(), key=lambda fact: fact.first))
            return evolve(best, facts=facts)
        return best

    def _outcome(self, cue: Cue, phrase: Phrase, passage: Passage, first: int, last: int) -> str:
        if not phrase.negative and _is_turned(passage, first, last):
            return cue.negated
        if cue.hedges and cue.outcome == "stated":
            low = max(0, first - REACH)
            text = Text([word.text for word in passage.words[low:last]])
            if any(find(hedge, text, self.wordings) for hedge in cue.hedges):
                return "partial"
        return cue.outcome

    def _whole(self, cue: Cue, passage: Passage, values: Sequence[Value]) -> Evidence:
        """The evidence of a cue that asks for a heading only: the whole passage."""
        first, last = passage.own, len(passage.words)
        facts = (*_taken(cue.takes, values, passage, first, last, first), *_given(cue, first, last))
        return Evidence(cue, cue.outcome, passage, first, last, facts, tuple(values))


def _is_turned(passage: Passage, first: int, last: int) -> bool:
    """Whether a `not` stands within the stretch or shortly before it, with no comma between."""
    words = passage.words
    for at in range(max(first, 0), min(last, len(words))):
        if words[at].text in NEGATORS and not _only_not(words, at):
            return True
    at = first
    if at in passage.starts and words[at].text in _BEGINS_ANEW:
        return False  # an item that is a sentence of its own
    while at > 0 and first - at < REACH:
        if (
            (words[at].breaks and not _is_short_form(passage, at))
            or (at in passage.starts and at != first)
            or words[at].text in ("but", "however", "unless", "although")
        ):
            return False
        at -= 1
        if words[at].text in NEGATORS:
            return not _only_not(words, at)
        if at in passage.starts:
            return False
    return False


def _is_short_form(passage: Passage, at: int) -> bool:
    """Whether a word is made of the first letters of those before it: `artificial intelligence (AI)`."""
    word = passage.words[at].text
    before = [one.text[:1] for one in passage.words[max(0, at - len(word)) : at]]
    return len(word) > 1 and "".join(before) == word


_BEGINS_ANEW = frozenset(("you", "we", "if", "when", "where"))


def _only_not(words: Sequence[Word], at: int) -> bool:
    """`not only`, `no later than`, `no longer than`, `whether or not`: words that turn nothing round."""
    text = [word.text for word in words[max(at - 1, 0) : at + 3]]
    here = min(at, 1)
    after = text[here + 1] if len(text) > here + 1 else ""
    before = text[0] if here else ""
    return (
        after in ("only", "limited", "later", "more", "earlier", "less", "just", "doubt", "charge", "undue")
        or (
            after == "longer" and len(text) > here + 2 and text[here + 2] in ("than", "needed", "required", "necessary")
        )
        or before == "or"
    )


def _taken(
    takes: Iterable[Take], values: Sequence[Value], passage: Passage, first: int, last: int, rest: int
) -> list[Fact]:
    """What is taken from a match; `rest` is the word that its rest begins with."""
    found = []
    for take in takes:
        low, high = (first, last) if take.scope == "phrase" else (0, len(passage.words))
        if take.kind == "rest":
            found.extend(_rest(take.fact, passage, first, rest))
        elif take.kind == "words":
            found.append(Fact(take.fact, _whole_name(passage.said(max(first, 0), last)), first, last))
        elif take.kind in ("bodies", "names"):
            begin, end = _stretch_of_bodies(take, passage, first, last)
            for at, stop in bodies(
                passage, values, begin, end, things=take.fact == "sources", names_only=take.kind == "names"
            ):
                found.append(Fact(take.fact, _whole_name(passage.said(at, stop)), at, stop))
        for value in values:
            if value.kind == take.kind and low <= value.first and value.last <= high:
                found.append(Fact(take.fact, value.text, value.first, value.last))
    return found


def _whole_name(said: str) -> str:
    """A name with its bracket closed and without the `'s` of what it has."""
    said = said.removesuffix("'s").removesuffix("\u2019s")
    return f"{said})" if said.count("(") > said.count(")") else said


def _stretch_of_bodies(take: Take, passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Where bodies are looked for: names in the phrase, others from there to the end of sentence or cell."""
    if take.scope == "sentence":
        return passage.own, len(passage.words)
    begin = max(first, passage.own)
    if take.kind == "names":
        return begin, last
    return begin, min((at for at in passage.starts if at >= last), default=len(passage.words))


_ENDS_REST = frozenset(
    ["who", "which", "where", "when", "so", "because", "unless", "if", "but", "while", "whose", "however"]
)
_LONGEST_REST = 14


def _rest(name: str, passage: Passage, first: int, last: int) -> list[Fact]:
    """What follows the phrase, to the end of its clause: the item that the phrase leads in, or a dozen words."""
    start = end = _after(passage, first, last)
    while end < len(passage.words) and end - start < _LONGEST_REST and passage.words[end].text not in _ENDS_REST:
        end += 1
    return [Fact(name, passage.said(start, end), start, end)] if end > start else []


def _after(passage: Passage, first: int, last: int) -> int:
    """Where what follows a phrase begins: in the item, where the phrase leads one in."""
    return passage.own if first < passage.own <= last + 1 else last


def _given(cue: Cue, first: int, last: int) -> list[Fact]:
    return [Fact(name, text, first, last) for name, text in cue.gives]


def ear_of(cues: Iterable[Cue], wordings: Iterable[tuple[str, Sequence[str]]], places: Mapping[str, str]) -> Ear:
    """The ear of these cues; several wordings of one name say more of one."""
    texts: dict[str, list[str]] = {}
    for name, said in wordings:
        texts.setdefault(name, []).extend(said)
    return Ear(tuple(cues), {name: wording_of(name, said) for name, said in texts.items()}, places)
