"""Whole registers, written and read again: what the model holds is what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprlint.language.parser import parse_whole
from gdprlint.language.printer import format_source
from gdprlint.language.tree import Clause as ClauseNode
from gdprlint.language.tree import Declaration, File, Things
from gdprlint.language.tree import Thing as ThingNode
from gdprlint.language.words import LEFT, STOPS
from gdprlint.model.register import Register
from gdprlint.model.states import State
from gdprlint.model.table import DECLARATIONS, SLOTS, VERBS, field_name
from gdprlint.model.things import Clause, Item, Place, Thing, Values
from gdprlint.readers.checks import check_names
from gdprlint.readers.margins import check_margins
from gdprlint.readers.register import Reading
from gdprlint.testing.strategies.layout import careless
from gdprlint.testing.strategies.registers import BOUNDS, UNITS, Written, register_by, registers, sentences, slots_of
from gdprlint.testing.strategies.words import ADVERBS
from gdprlint.text import Source
from tests.sampling import some

SOME = settings(max_examples=some(25, 60), deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32)
ENOUGH = 2_000


# ---- what is read is what was meant


@SOME
@given(registers())
def test_a_register_is_read_as_it_was_meant(written: Written) -> None:
    assert said(written.read()) == said(written.meant())


@SOME
@given(registers(), SEEDS)
def test_layout_and_hyphens_change_nothing(written: Written, seed: int) -> None:
    laid_out = {path: careless(text, seed)[0] for path, text in written.texts.items()}
    spaced = {path: with_spaces(text, Random(seed)) for path, text in written.texts.items()}

    meant = said(written.meant())
    for texts in (laid_out, spaced):
        assert said(Written(written.trees, texts).read()) == meant


@SOME
@given(registers())
def test_what_the_table_allows_has_no_fault(written: Written) -> None:
    assert faults_of(written.read()) == []


@SOME
@given(registers())
def test_a_clause_is_in_the_state_in_which_it_was_said(written: Written) -> None:
    read = {thing.name: thing for thing in written.read().register.things}
    for node in sentences([item for tree in written.trees.values() for item in tree.items]):
        if isinstance(node, Declaration):
            clauses = [line for line in node.lines or () if isinstance(line, ClauseNode)]
            for verb, listed in read[node.name.text].clauses.items():
                meant = [state_meant(clause) for clause in clauses if clause.verb.text == verb]
                assert [clause.state for clause in listed] == meant


@SOME
@given(registers())
def test_a_verb_is_in_the_state_that_its_clauses_add_up_to(written: Written) -> None:
    register = written.read().register
    for thing in register.things:
        for verb in VERBS if thing.kind == "activity" else thing.clauses:
            field = register.field(thing, field_name(verb))
            assert field.state is state_of_all(register, thing, verb), f"{verb} of {thing.name}"


# ---- what is written is in its one form


@SOME
@given(registers())
def test_a_printed_register_stays_as_it_is_when_it_is_formatted(written: Written) -> None:
    for path, text in written.texts.items():
        assert format_source(Source(path, text)) == (text, ())


@SOME
@given(registers(), SEEDS)
def test_a_formatted_register_says_the_same_and_stays_as_it_is(written: Written, seed: int) -> None:
    careless_texts = {path: careless(text, seed)[0] for path, text in written.texts.items()}
    formatted = {path: format_source(Source(path, text))[0] for path, text in careless_texts.items()}

    assert said(Written(written.trees, formatted).read()) == said(written.meant())
    for path, text in formatted.items():
        assert format_source(Source(path, text)) == (text, ())


# ---- the strategies reach everything


def test_every_verb_kind_tail_slot_unit_bound_and_state_is_generated() -> None:
    never = set(all_there_is())
    for seed in range(ENOUGH):
        written = register_by(Random(seed))
        never.difference_update(used_in(written))
        if seed % 4 == 0:
            never.difference_update(states_in(written))
        if not never:
            break

    assert sorted(" ".join(what) for what in never) == []


def all_there_is() -> Iterator[tuple[str, ...]]:
    yield from (("verb", verb, tail) for verb, row in VERBS.items() for tail in ("", *row.tails))
    yield from (("kind", kind, tail) for kind, tails in DECLARATIONS.items() for tail in ("", *tails))
    used = {tail for row in VERBS.values() for tail in row.tails.values()}
    used |= {tail for tails in DECLARATIONS.values() for tail in tails.values()}
    used |= {row.about for row in VERBS.values() if row.about}
    for slot in (SLOTS[name] for name in sorted(used - {""})):
        sorts = ["name"] * bool(slot.kinds) + ["term"] * bool(slot.roots) + ["quote"] * slot.open
        yield from (("slot", slot.name, sort) for sort in (*sorts, *slot.literals))
    yield from (("unit", unit) for unit in UNITS)
    yield from (("bound", bound) for bound in (*BOUNDS, "", "after a name", "after own words"))
    yield from (("adverb", f"{what} {adverb}") for what in ("clause", "item") for adverb in ADVERBS)
    yield from (("list", said) for said in ("only", "or", "only of several", "none", "blank"))
    yield from (("margin", said) for said in ("one", "several", "quoted", "of a notice", "of a thing"))
    yield from (("state", state.value) for state in State if state is not State.CANNOT_TELL)


def used_in(written: Written) -> Iterator[tuple[str, ...]]:
    nodes = list(sentences([item for tree in written.trees.values() for item in tree.items]))
    kinds = {node.name.text: node.kind.text for node in nodes if isinstance(node, Declaration)}
    for node in nodes:
        head = ("verb", node.verb.text) if isinstance(node, ClauseNode) else ("kind", node.kind.text)
        yield (*head, "")
        for tail in node.tails:
            yield (*head, "is" if tail.joint == "are" else tail.joint)
        if isinstance(node, ClauseNode) and node.adverb:
            yield "adverb", f"clause {node.adverb}"
        for slot, things in slots_of(node):
            yield from _used_in_list(slot, things, kinds)
        yield from _used_in_margin(node)


def states_in(written: Written) -> Iterator[tuple[str, ...]]:
    register = written.meant().register
    for activity in register.of_kind("activity"):
        for verb in VERBS:
            yield "state", register.field(activity, field_name(verb)).state.value


def _used_in_list(slot: str, things: Things, kinds: dict[str, str]) -> Iterator[tuple[str, ...]]:
    if things.only:
        yield "list", "only"
        if len(things.items) > 1:
            yield "list", "only of several"
    if things.either:
        yield "list", "or"
    if things.items[0].kind in ("none", "blank"):
        yield "list", things.items[0].kind
    for item in things.items:
        yield "slot", slot, _sort_of(item, slot, kinds)
        if item.adverb:
            yield "adverb", f"item {item.adverb}"
        if item.kind == "amount":
            yield "unit", item.text.split()[1].removesuffix("s")
            yield "bound", item.bound or ""
            if item.after:
                yield "bound", "after a name" if item.after[0] == "word" else "after own words"


def _sort_of(item: ThingNode, slot: str, kinds: dict[str, str]) -> str:
    if item.kind != "word":
        return item.kind
    wanted = SLOTS[slot].kinds
    named = item.text in kinds and (wanted == ("*",) or kinds[item.text] in wanted)
    return "name" if named else "term"


def _used_in_margin(node: ClauseNode | Declaration) -> Iterator[tuple[str, ...]]:
    if node.margin is not None:
        yield "margin", "one" if len(node.margin.places) == 1 else "several"
        if isinstance(node, Declaration):
            yield "margin", "of a thing"
        for place in node.margin.places:
            if place.quotes:
                yield "margin", "quoted"
            if place.source:
                yield "margin", "of a notice"


# ---- what a register says, as plain data


def said(reading: Reading) -> list[Any]:
    """All that the model holds but the places where it stands."""
    return [_thing(thing) for thing in reading.register.things]


def _thing(thing: Thing) -> Any:
    return (
        (thing.kind, thing.name, thing.title, thing.path, thing.unread),
        thing.outer.name if thing.outer else None,
        thing.document.name if thing.document else None,
        [inner.name for inner in thing.inner],
        {joint: _values(values) for joint, values in thing.tails.items()},
        _margin(thing.margin),
        {verb: [_clause(clause) for clause in clauses] for verb, clauses in thing.clauses.items()},
    )


def _clause(clause: Clause) -> Any:
    return (
        (clause.adverb, clause.state, clause.normal, clause.owner.name),
        _values(clause.about),
        {joint: _values(values) for joint, values in clause.tails.items()},
        _margin(clause.margin),
    )


def _values(values: Values) -> Any:
    claims = (values.state, values.only, values.either, values.unread, values.whole)
    return claims, [_item(item) for item in (*values.members, *values.denied) if isinstance(item, Item)]


def _item(item: Item) -> Any:
    return (
        (item.kind, item.value, item.quote, item.adverb, item.bound, item.state, item.normal),
        item.slot.name if item.slot else None,
        item.thing.name if item.thing else None,
        _item(item.after) if item.after else None,
    )


def _margin(margin: tuple[Place, ...]) -> Any:
    return [(place.source, place.first, place.last, place.quotes) for place in margin]


def faults_of(reading: Reading) -> list[str]:
    """What the reader finds wrong, in words."""
    register = reading.register
    found = [*reading.findings]
    for thing in register.things:
        found += [*check_names(thing, register.names), *check_margins(thing, register.notices)]
    return [f"{fault.code} {fault.name}: {fault.message}" for fault in found]


# ---- what was meant


def state_meant(clause: ClauseNode) -> State:
    """The state of one clause, as docs/language.md has it."""
    items = clause.things.items if clause.things else ()
    denied = bool(items) and all(item.kind == "none" or item.adverb == "never" for item in items)
    stated = not items or any(item.adverb is None and item.kind not in ("none", "blank") for item in items)
    if clause.adverb == "never" or denied:
        return State.NONE
    if items and all(item.kind in ("none", "blank") for item in items):
        return State.BLANK
    return State.STATED if stated and clause.adverb is None else State.HEDGED


def state_of_all(register: Register, thing: Thing, verb: str) -> State:
    """The state of a verb for a thing: said here or around it, left to another text, or not said at all."""
    around = [clause.state for here in thing.chain for clause in here.clauses.get(verb, ())]
    for state in (State.STATED, State.HEDGED, State.BLANK, State.NONE):
        if state in around:
            return state
    document = register.document_of(thing)
    topics = [
        str(item.value)
        for here in (*thing.chain, *([document] if document else []))
        for clause in here.clauses.get("refers to", ())
        for item in (clause.tails["for"].members if "for" in clause.tails else ())
        if isinstance(item, Item)
    ]
    return State.DEFERRED if field_name(verb) in topics else State.SILENT


# ---- writing terms with spaces


def with_spaces(text: str, hand: Random) -> str:
    """The text with blanks for some of the hyphens in terms."""
    tree, written = parse_whole(text), text
    declared = {node.name.text for node in sentences(tree.items) if isinstance(node, Declaration)}
    for item in sorted(_words(tree), key=lambda item: -item.start):
        if item.text in declared or item.text in TOPICS or not _can_be_spaced(item.text):
            continue
        start = written.index(item.text, item.start)
        if hand.randrange(2):
            written = written[:start] + item.text.replace("-", " ") + written[start + len(item.text) :]
    return written


def _words(tree: File) -> Iterator[ThingNode]:
    for node in sentences(tree.items):
        for _, things in slots_of(node):
            yield from (item for item in things.items if item.kind == "word" and "-" in item.text)


def _can_be_spaced(word: str) -> bool:
    """Whether each part is a word by itself that joins nothing."""
    parts = word.split("-")
    return all(part[0].isalpha() for part in parts) and not (STOPS | LEFT) & set(parts)


TOPICS = frozenset(field_name(verb) for verb in VERBS)
