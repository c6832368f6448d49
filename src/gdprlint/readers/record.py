"""From the tree of a record to the model: where language and model meet.

A file becomes things at once and clauses when they are first asked for, since a rule looks at few
of the clauses of a large register. What the table of clauses does not allow is told by
`readers/checks.py`; here it is left out of the model or kept as words of which nothing is known.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from gdprlint.language import tree
from gdprlint.language.reading import Parsed
from gdprlint.model.amounts import Amount
from gdprlint.model.names import Names
from gdprlint.model.provisions import Provision
from gdprlint.model.states import State
from gdprlint.model.table import DATA_VERBS, DECLARATIONS, SLOTS, VERBS, Slot
from gdprlint.model.things import LONE as LONE_TAIL
from gdprlint.model.things import Clause, Item, Literal, Place, Thing, Values
from gdprlint.text import nearest_name
from gdprlint.values import define, field


@define(eq=False)
class FileModel:
    """What one file declares: its things in order (those within others included), and what else stands in it."""

    path: str
    things: list[Thing] = field(factory=list)
    uses: list[tree.Thing] = field(factory=list)
    rules: list[tree.Rule | tree.Override] = field(factory=list)
    loose: list[tree.Stray | tree.Unread | tree.Clause] = field(factory=list)
    lines: dict[str, tuple[object, ...]] = field(factory=dict)
    document: Thing | None = None
    about: dict[tuple[str, str], list[Thing]] = field(factory=dict)


class Gist(NamedTuple):
    """What the lines of a block come to for whoever does not ask for its clauses.

    `unread` are the verbs of lines that could not be read; `about` the verbs of clauses about data, each with a word
    that it is about; `inner` the declarations and rules within. `clauses` are packed where another process read them.
    """

    unread: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    inner: tuple[tree.Declaration | tree.Rule | tree.Override, ...]
    clauses: tuple[tree.Clause, ...] | bytes


def gist_of(lines: tuple[object, ...] | Gist) -> Gist:
    """The gist of the lines of a block."""
    if type(lines) is Gist:
        return lines
    unread: list[str] = []
    about: list[tuple[str, str]] = []
    inner: list[tree.Declaration | tree.Rule | tree.Override] = []
    clauses: list[tree.Clause] = []
    for line in lines:
        if type(line) is tree.Clause:
            clauses.append(line)
            verb = line.verb.text
            if verb in DATA_VERBS and line.things is not None:
                about += [(verb, item.text) for item in line.things.items if item.kind == "word"]
        elif isinstance(line, (tree.Declaration, tree.Rule, tree.Override)):
            inner.append(line)
        elif type(line) is tree.Unread:
            unread.append(line.verb if line.verb in VERBS else "")
        elif type(line) is tree.Stray:
            unread.append(stray_verb(line) or "")
    return Gist(tuple(unread), tuple(about), tuple(inner), tuple(clauses))


NOTHING_FITS: dict[str, Thing | str] = {}


def outline(parsed: Parsed, names: Names) -> FileModel:
    """The things of a file, with their tails; `names` is asked when clauses are loaded, and may still grow."""
    model = FileModel(parsed.source.path)
    for item in parsed.tree.items:
        match item:
            case tree.Use():
                model.uses.extend(item.things.items)
            case tree.Declaration():
                _declare(item, None, model, names)
            case tree.Rule() | tree.Override():
                model.rules.append(item)
            case tree.Stray() | tree.Unread() | tree.Clause():
                model.loose.append(item)
    headers = [thing for thing in model.things if thing.outer is None and thing.kind in ("record", "notice")]
    records = [thing for thing in headers if thing.kind == "record"]
    model.document = next(iter(records or headers), None)
    for thing in model.things:  # what stands in the block of a notice belongs to it, and so on inwards
        outer = thing.outer
        within = outer if outer is None or outer.kind in ("record", "notice") else outer.document
        thing.document = within or model.document
    return model


def _declare(node: tree.Declaration, outer: Thing | None, model: FileModel, names: Names) -> None:
    gist = gist_of(node.lines or ())
    slots = DECLARATIONS.get(node.kind.text, {})
    thing = Thing(
        node.kind.text,
        node.name.text,
        node.title,
        model.path,
        node.start,
        node.end,
        node.name.start,
        node.name.end,
        {},
        _margin(node.margin),
        outer,
        unread=frozenset(gist.unread),
    )
    thing.load = partial(_load, clauses=gist.clauses, names=names)
    for tail in node.tails:
        joint = "is" if tail.joint == "are" else tail.joint
        if joint not in slots:
            continue
        values = LONE_TAIL if tail.things is None else _values(tail.things, SLOTS[slots[joint]], thing)
        thing.tails[joint] = _joined(thing.tails[joint], values) if joint in thing.tails else values
    model.things.append(thing)
    if outer is not None:
        outer.inner.append(thing)
    if node.kind.text == "activity":
        for key in gist.about:
            model.about.setdefault(key, []).append(thing)
    for line in gist.inner:
        if isinstance(line, tree.Declaration):
            _declare(line, thing, model, names)
        else:
            model.rules.append(line)


def settle_tails(thing: Thing, names: Names) -> None:
    """Resolve the words of the declaration itself, once all names of the register are known."""
    for values in thing.tails.values():
        for item in (*values.members, *values.denied):
            if type(item) is Item:
                names.settle(item)


def stray_verb(line: tree.Stray) -> str | None:
    """The verb that a line without one was probably meant to begin with."""
    first = line.things.items[0]
    if first.kind != "word":
        return None
    words = first.text.split("-")
    for count in (2, 1):
        guess = nearest_name(" ".join(words[:count]), VERBS)
        if guess is not None:
            return guess
    return None


def _load(thing: Thing, clauses: tuple[tree.Clause, ...] | bytes, names: Names) -> dict[str, list[Clause]]:
    if isinstance(clauses, bytes):
        from gdprlint.readers.sent import clauses_of

        clauses = clauses_of(clauses)
    found: dict[str, list[Clause]] = {}
    for line in clauses:
        clause = _clause(line, thing, names)
        if clause.verb in found:
            found[clause.verb].append(clause)
        else:
            found[clause.verb] = [clause]
    return found


def _clause(node: tree.Clause, owner: Thing, names: Names) -> Clause:
    adverb, (word, _, verb_end), things, said, margin, start, _ = node  # by place: it may be a plain tuple
    verb = VERBS[word]
    end = verb_end if things is None else things[4]
    if said:
        end = said[-1][3]
    tails: dict[str, Values] = {}
    about = LONE_TAIL if things is not None else Values((), State.STATED, whole=True)
    clause = Clause(word, adverb, about, tails, _margin(margin), owner, start, end, verb_end)
    if things is not None:
        clause.about = _values(things, SLOTS[verb.about] if verb.about else None, clause, names)
    for joint, joined, _, _ in said:
        if joint == "are":
            joint = "is"
        slot = verb.tails.get(joint)
        if slot is None:
            continue
        values = LONE_TAIL if joined is None else _values(joined, SLOTS[slot], clause, names)
        tails[joint] = _joined(tails[joint], values) if joint in tails else values
    return clause


def _joined(one: Values, two: Values) -> Values:
    """The same tail said twice is one list."""
    state = one.state if one.state is two.state else State.STATED
    return Values(
        one.members + two.members, state, one.only or two.only, one.either or two.either, False, True,
        one.denied + two.denied, one.start, two.end,
    )  # fmt: skip


def _values(things: tree.Things, slot: Slot | None, holder: Clause | Thing, names: Names | None = None) -> Values:
    """The list as the model has it; its words are settled where all names are known."""
    items: list[Item] = []
    plain = fits = True
    fitting = names.fitting(slot.name) if names is not None and slot is not None else NOTHING_FITS
    listed, only, either, first, last = things
    for thing in listed:
        kind, value, quote, adverb, bound, after, start, end = thing
        if adverb is not None:
            plain = False
        if kind == "word" and after is None:
            sense = fitting.get(value)  # what `settle` would give it
            if type(sense) is str:
                items.append(Item(kind, sense, quote, adverb, bound, None, start, end, holder, slot))
                continue
            if type(sense) is Thing:
                items.append(Item(kind, value, quote, adverb, bound, None, start, end, holder, slot, sense))
                continue
            item = Item(kind, value, quote, adverb, bound, None, start, end, holder, slot)
        else:
            item = _item(thing, slot, holder)
            plain = plain and kind != "none" and kind != "blank"
        if names is not None:
            names.settle(item)
        fits = fits and after is None and item.kind != "word"  # a word was not met before, or does not fit
        items.append(item)
    if plain:
        return Values(tuple(items), State.STATED, only, either, False, True, (), first, last, fits)
    members = tuple(item for item in items if item.state in (State.STATED, State.HEDGED))
    denied = tuple(item for item in items if item.state is State.NONE)
    states = {item.state for item in items}
    if State.STATED in states:
        state = State.STATED
    elif State.HEDGED in states:
        state = State.HEDGED
    else:
        state = State.BLANK if State.BLANK in states else State.NONE
    return Values(members, state, only, either, False, True, denied, first, last, fits)


def _item(thing: tree.Thing, slot: Slot | None, holder: Clause | Thing) -> Item:
    kind, value, quote, adverb, bound, counted, start, end = thing
    literal: Literal = value
    after = None
    if kind in ("date", "amount", "provision"):
        read = literal_of(kind, value)
        if read is None or (slot is not None and kind not in slot.literals):
            kind, quote = "quote", value
        else:
            literal = read
    if counted is not None:
        after_kind, text = counted
        words = text if after_kind == "quote" else None
        after = Item(after_kind, "" if words else text, words, None, None, None, start, end, slot=SLOTS["moment"])
    return Item(kind, literal, quote, adverb, bound, after, start, end, holder, slot)


@lru_cache(maxsize=20_000)
def literal_of(kind: str, text: str) -> Literal | None:
    """The date, amount or provision that the text spells, or None where there is no such one."""
    try:
        if kind == "date":
            return date.fromisoformat(text)
        if kind == "amount":
            return Amount.parse(" ".join(text.split()))
        if text.isdigit():  # also how many people an organisation employs, which no law has as many articles as
            return Provision("uk-gdpr", (("article", str(int(text))),))
        return Provision.parse(text)
    except ValueError:
        return None


def _margin(margin: tree.Margin | None) -> tuple[Place, ...]:
    if margin is None:
        return ()
    return tuple([Place(*place) for place in margin[0]])
