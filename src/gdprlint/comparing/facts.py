"""From clauses to facts: one for each thing that a clause is about, so that lists may be cut and joined at will.

`rights access, erasure` says the same as two clauses. A fact can be hashed: equal facts say the same. The number of
facts grows with the length of the text only, whatever lists are multiplied in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, field

from gdprlint.comparing.senses import Meaning, Said, Sense
from gdprlint.comparing.topics import VERBS_COMPARED
from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Thing

MULTIPLIED = 64  # facts that one clause may be besides one for each of its values
ABOUT = ""  # the aspect of a fact that no tail is
HOW = "how"  # the aspect of a fact that tells whether it is stated, hedged or denied

Token = tuple[object, ...]


@define(eq=False)
class Fact:
    """One thing that a clause says. `aspects` are what it is about (under ABOUT) and its tails, each as a list."""

    clause: Clause
    verb: str
    state: State
    aspects: Mapping[str, Said]
    about: tuple[Item, ...]
    token: Token = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.token = (self.verb, self.state, *sorted_aspects(self.aspects))

    @property
    def owner(self) -> Thing:
        return self.clause.owner


def sorted_aspects(aspects: Mapping[str, Said]) -> Iterator[Token]:
    for name in sorted(aspects):
        said = aspects[name]
        yield name, said.senses, said.only, said.either


def facts_of(thing: Thing, meaning: Meaning) -> dict[str, list[Fact]]:
    """The facts of the thing's own clauses by verb; those of verbs that are not compared are left out."""
    return {
        verb: [fact for clause in clauses for fact in facts_of_clause(clause, meaning)]
        for verb, clauses in thing.clauses.items()
        if verb in VERBS_COMPARED
    }


def facts_of_clause(clause: Clause, meaning: Meaning) -> Iterator[Fact]:
    tails = {joint: meaning.said(values) for joint, values in clause.tails.items()}
    each = VERBS_COMPARED[clause.verb].each
    apart = _apart(tails.get(each)) if each else []
    abouts = _abouts(clause, meaning)
    if len(apart) > 1 and len(apart) * len(abouts) <= MULTIPLIED + len(apart) + len(abouts):
        lists: list[dict[str, Said]] = [{**tails, each: said} for said in apart]
    else:
        lists = [tails]
    for state, about, items in abouts:
        for aspects in lists:
            yield Fact(clause, clause.verb, state, {ABOUT: about, **aspects}, items)


def _apart(said: Said | None) -> list[Said]:
    """A list as lists of one value each."""
    if said is None or said.either:
        return []
    return [Said({sense: item}, said.only) for sense, item in said.items.items()]


def _abouts(clause: Clause, meaning: Meaning) -> list[tuple[State, Said, tuple[Item, ...]]]:
    """What the clause is about, one by one, each with the state in which it is said."""
    said = meaning.said(clause.about)
    if not said.items or said.either:
        return [(clause.state, said, tuple(said.items.values()))]
    found: list[tuple[State, Said, tuple[Item, ...]]] = []
    for sense, item in said.items.items():
        state = _stronger(clause.adverb, sense.state)
        plain = Sense(sense.head, sense.detail)
        found.append((state, Said({plain: item}, said.only), (item,)))
    return found


def _stronger(adverb: str | None, state: State) -> State:
    """How a value is said in a clause that is itself hedged or denied."""
    if adverb == "never" or state is State.NONE:
        return State.NONE
    if state is State.BLANK:
        return State.BLANK
    return State.HEDGED if adverb == "possibly" else state


def is_blanket(fact: Fact) -> bool:
    """Whether it denies all there is: `transfers none`."""
    return fact.state is State.NONE and all(item.kind == "none" for item in fact.about)
