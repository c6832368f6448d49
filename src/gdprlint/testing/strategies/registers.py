"""Strategies for whole registers that obey the table of clauses.

Every name that is used is declared, every word stands in a slot of its list, every tail goes with its
verb: such a register has no fault, whatever it says. One hand writes them all; Hypothesis guides it
where a counterexample shall become small, a seeded `Random` where many are wanted fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from random import Random
from typing import TypeVar

from attrs import field, frozen
from hypothesis import strategies as st

from gdprlint.language.printer import format_tree
from gdprlint.language.tree import Clause, Declaration, File, Margin, Place, Tail, Thing, Things, Token, Use
from gdprlint.language.words import LEFT, STOPS
from gdprlint.model.table import DECLARATIONS, SLOTS, VERBS, Slot, field_name, owners
from gdprlint.model.vocabulary import Vocabulary, folded
from gdprlint.readers.register import FileRead, Reading, read_file
from gdprlint.readers.used import used_in
from gdprlint.rules.packs import load
from gdprlint.testing.texts import reading_of_files
from gdprlint.text import Source

T = TypeVar("T")

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
UNITS = ("minute", "hour", "day", "week", "month", "year")
BOUNDS = ("at most", "at least")
OWNED = {kind: tuple(verb for verb in VERBS if kind in owners(verb)) for kind in DECLARATIONS}
HEADERS = ("record", "notice")
TOPICS = tuple(field_name(verb) for verb in VERBS)  # what may be left to another text
# Words of the language that a term may be, but no name.
KEPT = frozenset(word for phrase in (*VERBS, *DECLARATIONS) for word in phrase.split())
# How many of each kind stand in a register beside its activities, one of each entry at random.
MANY = {
    "organisation": (1, 1, 2, 3),
    "organisations": (0, 1),
    "team": (0, 1),
    "people": (0, 1, 1, 2),
    "data": (1, 1, 2, 3),
    "event": (0, 1, 1, 2),
    "document": (0, 1, 2),
    "term": (0, 0, 0, 1),
    "pack": (0, 0, 0, 1),
    "cue": (0, 0, 0, 1),
    "wording": (0, 0, 0, 1),
}
TEXTS = (
    "the report is published",
    "Office for the River",
    'the "end" of it',
    "# no comment",
    "keeps x { y } [3]",
    "C:\\temp",
    "die Prüfung, später",
    "2 years",
    "a  b",
    "",
    "whatever the person has told somebody who wrote it down and kept it for years",
)
DATES = ("2018-05-25", "2020-12-31", "2024-02-29", "2026-03-01", "2026-11-21", "0001-01-01", "9999-12-31")
NUMBERS = ("1", "6", "12", "24", "0", "999999")
PROVISIONS = {
    "basis": ("6(1)(a)", "uk-gdpr 6(1)(b)", "eu-gdpr 6(1)(c)", "6(1)(d)", "6(1)(e)", "6(1)(ea)", "6(1)(f)"),
    "provision": ("9(2)(a)", "uk-gdpr 9(2)(g)", "eu-gdpr 9(2)(j)", "10", "10(1)", "uk-gdpr 9(2)"),
    "right": ("15", "17", "uk-gdpr 21", "21(2)", "22", "eu-gdpr 20"),
    "number": ("0", "1", "120", "250", "12000"),
    "": (
        "9",
        "uk-gdpr 30(1)",
        "30(2)",
        "eu-gdpr 89(1)",
        "84B(1)(a)",
        "8A(3)(b)",
        "49(1)(a)",
        "section 7",
        "dpa-2018 section 7",
        "schedule 1 paragraph 4",
        "dpa-2018 schedule 1 part 2 paragraph 6(2)",
        "dpa-2018 schedule 2 paragraph 27",
        "annex 1",
        "annex 1 paragraph 3",
        "recital 26",
        "pecr regulation 22(2)",
        "duaa-2025 section 103",
    ),
}


@frozen
class Written:
    """The trees of a register's files, which were never text, the texts that they print as, and the words they know."""

    trees: dict[str, File] = field(repr=False)
    texts: dict[str, str]
    known: Vocabulary | None = field(default=None, repr=False, eq=False)

    def read(self) -> Reading:
        """The register as it is read from its texts."""
        return reading_of([read_file(Source(path, text)) for path, text in self.texts.items()], self.known)

    def meant(self) -> Reading:
        """The register as its trees have it, with no text in between."""
        files = [FileRead(Source(path, ""), tree, (), used_in(tree)) for path, tree in self.trees.items()]
        return reading_of(files, self.known)


def reading_of(files: Sequence[FileRead], known: Vocabulary | None = None) -> Reading:
    """The model of these files as one register, which stand nowhere on disk."""
    return reading_of_files(files, known or vocabulary())


def registers(likely: frozenset[str] = frozenset(), known: Vocabulary | None = None) -> st.SearchStrategy[Written]:
    """Any register without a fault; the words that are `likely` come up more than others.

    `known` is the vocabulary that its words are of; without it, that of all packs that are installed.
    """
    return st.randoms(use_true_random=False).map(lambda hand: register_by(hand, likely, known))


def register_by(hand: Random, likely: frozenset[str] = frozenset(), known: Vocabulary | None = None) -> Written:
    """The register that this hand writes; the same state of the hand gives the same register."""
    clerk = _Clerk(hand, likely, known or vocabulary())
    trees = clerk.register()
    return Written(trees, {path: format_tree(tree, "") for path, tree in trees.items()}, known)


@cache
def vocabulary() -> Vocabulary:
    return load().vocabulary


@cache  # a vocabulary is hashed by identity
def terms_for(slot: Slot, words: Vocabulary) -> tuple[str, ...]:
    """Every word, synonyms included, that stands for a term of the slot's lists."""
    keys = tuple(words.terms) if "*" in slot.roots else words.under(slot.roots)
    wanted = frozenset(keys)
    spelt = dict.fromkeys(word for key in keys for word in (key, *map(folded, words.terms[key].also)))
    fitting = [word for word in spelt if WORD.fullmatch(word) and words.canonical(word) in wanted]
    return tuple(word for word in fitting if word not in STOPS | LEFT)


@cache
def likely_terms(slot: Slot, likely: frozenset[str], words: Vocabulary) -> tuple[str, ...]:
    """Those of the slot's words that are likely; all of them where none is."""
    return tuple(word for word in terms_for(slot, words) if word in likely) or terms_for(slot, words)


def slots_of(node: Clause | Declaration) -> Iterator[tuple[str, Things]]:
    """Each list of a sentence with the name of the slot that it stands in."""
    if isinstance(node, Clause):
        tails = VERBS[node.verb.text].tails
        about = VERBS[node.verb.text].about
        if node.things is not None and about is not None:
            yield about, node.things
    else:
        tails = DECLARATIONS[node.kind.text]
    for tail in node.tails:
        if tail.things is not None:
            yield tails["is" if tail.joint == "are" else tail.joint], tail.things


def sentences(nodes: Sequence[object]) -> Iterator[Clause | Declaration]:
    """Every clause and declaration, those within blocks included."""
    for node in nodes:
        if isinstance(node, Clause | Declaration):
            yield node
        if isinstance(node, Declaration):
            yield from sentences(node.lines or ())


@frozen
class _Plan:
    """A declaration that is still to be written, and what is declared within its block."""

    kind: str
    name: str
    inner: list[_Plan] = field(factory=list)


class _Clerk:
    """Writes a register: first the names of all that is declared, then what is said of it."""

    def __init__(self, hand: Random, likely: frozenset[str], known: Vocabulary) -> None:
        self.hand = hand
        self.likely = likely
        self.known = known
        self.names: dict[str, list[str]] = {}
        self.taken: set[str] = set()
        self.numbers = count(1)

    def register(self) -> dict[str, File]:
        plans: dict[str, list[_Plan]] = {f"{number}.gdpr": [] for number in range(self.hand.choice((1, 1, 1, 2, 3)))}
        for plan in (*self.cast(), *self.activities()):
            self.hand.choice(list(plans.values())).append(plan)
        for listed in plans.values():
            if self.now_and_then():
                listed.insert(0, self.plan(self.hand.choice(HEADERS)))
        return {
            path: File(
                (*self.uses(list(plans)[:number]), *map(self.declaration, listed)),
                (),
            )
            for number, (path, listed) in enumerate(plans.items())
        }

    def cast(self) -> Iterator[_Plan]:
        for kind, numbers in MANY.items():
            for _ in range(self.hand.choice(numbers)):
                yield self.plan(kind)

    def activities(self, depth: int = 2) -> Iterator[_Plan]:
        for _ in range(self.hand.choice((1, 1, 2) if depth == 2 else (0, 0, 1, 2))):
            plan = self.plan("activity")
            if depth:
                plan.inner.extend(self.activities(depth - 1))
            if self.seldom():
                plan.inner.append(self.plan(self.hand.choice(("data", "event", "document", "people"))))
            yield plan

    def plan(self, kind: str) -> _Plan:
        """A new name, which now and then is a word of the vocabulary, too."""
        name = f"{kind}-{next(self.numbers)}"
        if self.seldom():
            word = self.hand.choice(terms_for(SLOTS["any"], self.known))
            name = name if word in self.taken | KEPT else word
        self.taken.add(name)
        self.names.setdefault(kind, []).append(name)
        return _Plan(kind, name)

    def uses(self, before: list[str]) -> list[Use]:
        """A file may use packs, and the files before it."""
        said = [word_of("uk-gdpr")] if self.seldom() else []
        said += [quote_of(path) for path in before if self.seldom()]
        return [Use(Things(tuple(said), False, False, 0, 0), 0, 0)] if said else []

    def declaration(self, plan: _Plan) -> Declaration:
        lines: list[Clause | Declaration] = []
        verbs = OWNED[plan.kind]
        if verbs:
            most = 5 if plan.kind == "activity" else 2
            lines += [self.clause(self.hand.choice(verbs)) for _ in range(self.hand.randint(0, most))]
        lines += map(self.declaration, plan.inner)
        title = self.hand.choice((None, *TEXTS))
        return Declaration(
            Token(plan.kind, 0, 0),
            Token(plan.name, 0, 0),
            title,
            self.tails(DECLARATIONS[plan.kind]),
            self.margin(),
            tuple(lines) or None,
            0,
            0,
            0,
        )

    def clause(self, verb: str) -> Clause:
        row = VERBS[verb]
        left_out = row.about is None or (row.optional and self.now_and_then())
        return Clause(
            self.hand.choice((None, None, None, "possibly", "never")),
            Token(verb, 0, 0),
            None if left_out else self.things(SLOTS[row.about or ""]),
            self.tails(row.tails),
            self.margin(),
            0,
            0,
        )

    def tails(self, slots: dict[str, str]) -> tuple[Tail, ...]:
        joints = self.hand.sample(sorted(slots), min(len(slots), self.hand.choice((0, 1, 1, 2, 3))))
        return tuple(self.tail(joint, slots[joint]) for joint in joints)

    def tail(self, joint: str, slot: str) -> Tail:
        if not slot:
            return Tail(joint, None, 0, 0)
        written = "are" if joint == "is" and self.now_and_then() else joint
        return Tail(written, self.things(SLOTS[slot]), 0, 0)

    def things(self, slot: Slot) -> Things:
        nothing = self.hand.choice((*[None] * 10, "none", "blank"))
        if nothing is not None:
            return Things((thing_of(nothing, nothing),), False, False, 0, 0)
        items = tuple(self.item(slot) for _ in range(self.hand.choice((1, 1, 1, 2, 3))))
        either = len(items) > 1 and self.now_and_then()
        return Things(items, self.seldom(), either, 0, 0)

    def item(self, slot: Slot) -> Thing:
        adverb = self.hand.choice((*[None] * 6, "possibly", "never"))
        return self.filler(slot, self.hand.choice(self.sorts(slot)))._replace(adverb=adverb)

    def sorts(self, slot: Slot) -> list[str]:
        found = [*(["name"] * 2 if self.named(slot) else []), *(["term"] * 2 if slot.roots else [])]
        return [*found, *(["quote"] if slot.open else []), *slot.literals]

    def named(self, slot: Slot) -> list[str]:
        kinds = self.names if slot.kinds == ("*",) else slot.kinds
        return [name for kind in kinds for name in self.names.get(kind, ())]

    def filler(self, slot: Slot, sort: str) -> Thing:
        match sort:
            case "name" | "term":
                words = self.named(slot) if sort == "name" else self.terms(slot)
                own = self.hand.choice(TEXTS) if slot.open and self.seldom() else None
                return word_of(self.hand.choice(words), own)
            case "quote":
                return quote_of(self.hand.choice(TEXTS))
            case "date":
                return thing_of("date", self.hand.choice(DATES))
            case "provision":
                return thing_of("provision", self.hand.choice(PROVISIONS.get(slot.name, PROVISIONS[""])))
        return self.amount()

    def terms(self, slot: Slot) -> Sequence[str]:
        if slot.name == "topic" and not self.now_and_then():
            return TOPICS
        if self.likely and not self.seldom():
            return likely_terms(slot, self.likely, self.known)
        return terms_for(slot, self.known)

    def amount(self) -> Thing:
        plural = self.hand.choice(("", "s"))
        written = f"{self.hand.choice(NUMBERS)} {self.hand.choice(UNITS)}{plural}"
        after = None
        if self.now_and_then():
            events = [("word", name) for name in self.named(SLOTS["moment"])]
            after = self.hand.choice([*events, ("quote", self.hand.choice(TEXTS[:4]))])
        return thing_of("amount", written)._replace(bound=self.hand.choice((None, *BOUNDS)), after=after)

    def margin(self) -> Margin | None:
        if not self.seldom():
            return None
        return Margin(tuple(self.place() for _ in range(self.hand.choice((1, 1, 2)))), 0, 0)

    def place(self) -> Place:
        first = self.hand.randint(1, 400)
        last = self.hand.choice((first, first + 3))
        quotes = (self.hand.choice(TEXTS),) if self.now_and_then() else ()
        return Place(self.hand.choice((None, *self.names.get("notice", ()))), first, last, quotes, 0, 0)

    def now_and_then(self) -> bool:
        return self.hand.randrange(3) == 2

    def seldom(self) -> bool:
        return self.hand.randrange(8) == 7


def thing_of(kind: str, text: str) -> Thing:
    """A thing that stands nowhere."""
    return Thing(kind, text, None, None, None, None, 0, 0)


def word_of(text: str, own_words: str | None = None) -> Thing:
    return thing_of("word", text)._replace(quote=own_words)


def quote_of(text: str) -> Thing:
    return thing_of("quote", "")._replace(quote=text)
