"""Records with some of their facts changed on purpose, and which clauses a comparison must find, and no other.

Changes are made in the tree, so that what is changed is known; what is compared is the text that the trees print as.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from attrs import define, field, frozen

from gdprlint.comparing.compare import compare
from gdprlint.comparing.sides import sides
from gdprlint.diagnostics import Change, Comparison
from gdprlint.language.printer import format_tree
from gdprlint.language.reading import read
from gdprlint.language.tree import Clause, Declaration, File, Tail, Thing, Things
from gdprlint.language.words import LEFT, STOPS
from gdprlint.model.register import Register
from gdprlint.model.table import VERBS
from gdprlint.readers.register import read_file
from gdprlint.testing.strategies.registers import reading_of, vocabulary
from gdprlint.text import Source, Span

EXAMPLES = Path(__file__).parents[2] / "examples"
UNITS = {"day": ("week", 7), "month": ("year", 12), "hour": ("day", 24), "minute": ("hour", 60)}
UNTOUCHED = ("excerpt", "defines", "refers to", "reviewed", "cites", "leaves blank", "updates")

Edit = Callable[["Hand", Clause], list[Clause] | None]


@cache
def examples() -> dict[str, File]:
    """The records in `examples/` by the name of their folder, each whole: none of them is an excerpt here."""
    found = {}
    for path in sorted(EXAMPLES.glob("*/record.gdpr")):
        tree = read(Source(path.parent.name, path.read_text(encoding="utf-8"))).tree
        found[path.parent.name] = tree._replace(items=tuple(map(_without_excerpt, tree.items)), comments=())
    return found


def _without_excerpt(item: object) -> object:
    if not isinstance(item, Declaration) or item.lines is None:
        return item
    return item._replace(lines=tuple(line for line in item.lines if not _is(line, "excerpt")))


def _is(line: object, verb: str) -> bool:
    return isinstance(line, Clause) and line.verb.text == verb


def as_notice(tree: File) -> File:
    """The same facts as a notice tells them: its header is that of a notice."""
    items = as_record(tree).items
    header = read(Source("", 'notice told "What people are told" on 2026-02-01\n')).tree.items[0]
    return tree._replace(items=(items[0], header, *items[1:]))


def compared(old: str, new: str) -> Comparison:
    """Two texts compared, each a register of one file."""
    before, after = register_of("old.gdpr", old), register_of("new.gdpr", new)
    return compare(sides(before, ["old.gdpr"]), sides(after, ["new.gdpr"]))


def register_of(path: str, text: str) -> Register:
    return reading_of([read_file(Source(path, text))]).register


@define(eq=False)
class Hand:
    """A hand that changes things at random, in a register whose names it knows."""

    random: Random
    parties: tuple[str, ...]
    names: frozenset[str]


@frozen
class Changed:
    """A text and the same with changes. `touched` are the places of clauses that now mean something else."""

    old: str
    new: str
    touched: tuple[frozenset[Span], ...] = field(repr=False)
    kinds: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()

    def missed(self, comparison: Comparison) -> list[str]:
        """Changes of meaning of which the comparison says nothing."""
        found = [span for change in comparison.changes for span in (change.old, change.new) if span is not None]
        return [
            kind
            for kind, places in zip(self.kinds, self.touched, strict=True)
            if not any(_within(span, place) for span in found for place in places)
        ]

    def invented(self, comparison: Comparison) -> list[Change]:
        """Changes that the comparison tells and nobody made."""
        places = [place for listed in self.touched for place in listed]
        return [
            change
            for change in (*comparison.changes, *comparison.unclear)
            if not any(_within(span, place) for span in (change.old, change.new) if span for place in places)
        ]


def clause_at(span: Span | None, places: list[Span]) -> int | None:
    """The number of the clause in which a place lies."""
    return next((n for n, place in enumerate(places) if span is not None and _within(span, place)), None)


def _within(span: Span, place: Span) -> bool:
    return span.path == place.path and place.start <= span.start and span.end <= place.end


def changed(tree: File, random: Random, count: int) -> Changed:
    """The text of the tree, and that of the tree with so many clauses changed."""
    plain = numbered(tree)
    said = Counter(fact for clause in plain for fact in facts(clause))
    hand = Hand(random, parties(tree), frozenset(names(tree)))
    numbers = [n for n, clause in enumerate(plain) if clause.verb.text not in UNTOUCHED]
    random.shuffle(numbers)
    edits: dict[int, list[Clause]] = {}
    meant: dict[int, str] = {}
    for number in numbers:
        if len(edits) == count:
            break
        name = random.choice(sorted(EDITS))
        after = EDITS[name](hand, plain[number])
        if after is None:
            continue
        before_facts, after_facts = set(facts(plain[number])), {fact for clause in after for fact in facts(clause)}
        if any(said[fact] > 1 for fact in before_facts) or any(fact in said for fact in after_facts - before_facts):
            continue  # something else says it, too
        said.update(after_facts - before_facts)
        edits[number] = after
        if name in MEANINGFUL:
            meant[number] = f"{name} of `{' '.join(facts(plain[number])[0])}`"
    new = rebuilt(tree, edits)
    old_text, new_text = format_tree(tree, ""), format_tree(new, "")
    return Changed(old_text, new_text, *_places(old_text, new_text, edits, meant))


def _places(
    old: str, new: str, edits: dict[int, list[Clause]], meant: dict[int, str]
) -> tuple[tuple[frozenset[Span], ...], tuple[str, ...], frozenset[int]]:
    before, after = clause_places("old.gdpr", old), clause_places("new.gdpr", new)
    shift, number, touched = 0, 0, {}
    for number, place in enumerate(before):
        kept = len(edits[number]) if number in edits else 1
        if number in meant:
            touched[number] = frozenset({place, *after[number + shift : number + shift + kept]})
        shift += kept - 1
    assert number + shift + 1 == len(after)
    return tuple(touched.values()), tuple(meant[number] for number in touched), frozenset(touched)


def clause_places(path: str, text: str) -> list[Span]:
    return [Span(path, clause.start, clause.end) for clause in numbered(read(Source(path, text)).tree)]


def as_record(tree: File) -> File:
    """The same facts as a record holds them: a file with no header is a controller's record."""
    headers = ("record", "notice")
    items = [item for item in tree.items if not (isinstance(item, Declaration) and item.kind.text in headers)]
    return tree._replace(items=tuple(items))


def numbered(tree: File) -> list[Clause]:
    """Every clause of the activities, in the order of the text."""
    return [clause for item in tree.items if isinstance(item, Declaration) for clause in _clauses(item)]


def _clauses(node: Declaration) -> Iterator[Clause]:
    for line in node.lines or ():
        if isinstance(line, Declaration):
            yield from _clauses(line)
        elif isinstance(line, Clause) and node.kind.text == "activity":
            yield line


def rebuilt(tree: File, edits: dict[int, list[Clause]]) -> File:
    """The tree with other clauses in place of those with these numbers."""
    number = -1

    def block(node: Declaration) -> Declaration:
        nonlocal number
        lines: list[object] = []
        for line in node.lines or ():
            if isinstance(line, Declaration):
                lines.append(block(line))
            elif isinstance(line, Clause) and node.kind.text == "activity":
                number += 1
                lines.extend(edits.get(number, [line]))
            else:
                lines.append(line)
        return node._replace(lines=tuple(lines) if node.lines is not None else None)

    return tree._replace(items=tuple(block(item) if isinstance(item, Declaration) else item for item in tree.items))


def facts(clause: Clause) -> list[tuple[str, ...]]:
    """What a clause says, one for each thing that it is about, in a spelling of its own that knows no meanings."""
    tails = sorted(_tail(tail) for tail in clause.tails)
    items = clause.things.items if clause.things is not None else (None,)
    return [(str(clause.adverb or ""), clause.verb.text, _spelt(item), *tails) for item in items]


def _tail(tail: Tail) -> str:
    items = sorted(_spelt(item) for item in tail.things.items) if tail.things is not None else []
    return f"{tail.joint} {', '.join(items)}"


def _spelt(item: Thing | None) -> str:
    return "" if item is None else " ".join(str(part or "") for part in item[:6])


def names(tree: File) -> Iterator[str]:
    pending = [item for item in tree.items if isinstance(item, Declaration)]
    while pending:
        node = pending.pop()
        yield node.name.text
        pending.extend(line for line in node.lines or () if isinstance(line, Declaration))


def parties(tree: File) -> tuple[str, ...]:
    return tuple(
        item.name.text for item in tree.items if isinstance(item, Declaration) and item.kind.text == "organisation"
    )


# ---- what can be done to a clause


def delete(hand: Hand, clause: Clause) -> list[Clause] | None:
    return []


def delete_item(hand: Hand, clause: Clause) -> list[Clause] | None:
    listed = clause.things
    if listed is None or len(listed.items) < 2 or listed.either or _denies(listed):
        return None
    gone = hand.random.randrange(len(listed.items))
    items = tuple(item for number, item in enumerate(listed.items) if number != gone)
    return [clause._replace(things=listed._replace(items=items))]


def lengthen(hand: Hand, clause: Clause) -> list[Clause] | None:
    return _with_amount(clause, lambda number, unit: (number + 1, unit))


def same_length(hand: Hand, clause: Clause) -> list[Clause] | None:
    def other(number: int, unit: str) -> tuple[int, str] | None:
        for small, (large, factor) in UNITS.items():
            if unit == large:
                return number * factor, small
            if unit == small and number % factor == 0:
                return number // factor, large
        return None

    return _with_amount(clause, other)


def _with_amount(clause: Clause, change: Callable[[int, str], tuple[int, str] | None]) -> list[Clause] | None:
    for place, tail in enumerate(clause.tails):
        for at, item in enumerate(tail.things.items if tail.things is not None else ()):
            if item.kind == "amount" and tail.things is not None:
                number, unit = item.text.split()
                after = change(int(number), unit.rstrip("s"))
                if after is None:
                    return None
                text = f"{after[0]} {after[1]}{'' if after[0] == 1 else 's'}"
                items = (*tail.things.items[:at], item._replace(text=text), *tail.things.items[at + 1 :])
                tails = list(clause.tails)
                tails[place] = tail._replace(things=tail.things._replace(items=items))
                return [clause._replace(tails=tuple(tails))]
    return None


def swap_party(hand: Hand, clause: Clause) -> list[Clause] | None:
    """Another organisation in the place of one."""
    for place, tail in enumerate(clause.tails):
        if tail.joint in ("to", "with") and tail.things is not None:
            swapped = _swapped(hand, tail.things)
            if swapped is not None:
                tails = list(clause.tails)
                tails[place] = tail._replace(things=swapped)
                return [clause._replace(tails=tuple(tails))]
    if clause.verb.text in ("processor", "controller", "sub-processor") and clause.things is not None:
        swapped = _swapped(hand, clause.things)
        return None if swapped is None else [clause._replace(things=swapped)]
    return None


def _swapped(hand: Hand, listed: Things) -> Things | None:
    named = {item.text for item in listed.items}
    others = [party for party in hand.parties if party not in named]
    for at, item in enumerate(listed.items):
        if item.kind == "word" and item.text in hand.parties and others:
            other = item._replace(text=hand.random.choice(others))
            return listed._replace(items=(*listed.items[:at], other, *listed.items[at + 1 :]))
    return None


def hedge(hand: Hand, clause: Clause) -> list[Clause] | None:
    return _said(clause, "possibly")


def deny(hand: Hand, clause: Clause) -> list[Clause] | None:
    return _said(clause, "never")


def _said(clause: Clause, adverb: str) -> list[Clause] | None:
    if clause.adverb is not None or (clause.things is not None and _denies(clause.things)):
        return None
    return [clause._replace(adverb=adverb)]


def _denies(listed: Things) -> bool:
    return any(item.kind in ("none", "blank") or item.adverb for item in listed.items)


def reorder(hand: Hand, clause: Clause) -> list[Clause] | None:
    listed = clause.things
    things_after = listed._replace(items=listed.items[::-1]) if listed is not None else None
    return [clause._replace(things=things_after, tails=clause.tails[::-1])]


def split(hand: Hand, clause: Clause) -> list[Clause] | None:
    """`rights access, erasure` as two clauses."""
    listed = clause.things
    if listed is None or len(listed.items) < 2 or listed.either or listed.only:
        return None
    return [clause._replace(things=listed._replace(items=(item,))) for item in listed.items]


def synonym(hand: Hand, clause: Clause) -> list[Clause] | None:
    """Another word for a term, in what the clause is about."""
    listed, slot = clause.things, VERBS[clause.verb.text].about
    if listed is None or slot is None:
        return None
    for at, item in enumerate(listed.items):
        is_term = item.kind == "word" and item.text not in hand.names
        term = vocabulary().terms.get(item.text) if is_term else None
        for other in term.also if term is not None else ():
            if vocabulary().canonical(other) == item.text and other.replace(" ", "").isalpha() and _free(hand, other):
                items = (*listed.items[:at], item._replace(text="-".join(other.split())), *listed.items[at + 1 :])
                return [clause._replace(things=listed._replace(items=items))]
    return None


def _free(hand: Hand, words: str) -> bool:
    """Whether the word can stand in a list: no word of the language is part of it, and it names nothing here."""
    kept = {*LEFT, *STOPS, *(word for verb in VERBS for word in verb.split()), "only", "none", "blank", "or"}
    return words.islower() and not set(words.split()) & kept and "-".join(words.split()) not in hand.names


EDITS: dict[str, Edit] = {
    "delete": delete,
    "delete item": delete_item,
    "lengthen": lengthen,
    "same length": same_length,
    "swap party": swap_party,
    "hedge": hedge,
    "deny": deny,
    "reorder": reorder,
    "split": split,
    "synonym": synonym,
}
MEANINGFUL = ("delete", "delete item", "lengthen", "swap party", "hedge", "deny")
