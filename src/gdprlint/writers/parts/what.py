"""Which data there are, about whom, where they come from and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.model.states import State
from gdprlint.model.things import Thing
from gdprlint.writers.sentences import Form, Said, clause_sentence, state_said
from gdprlint.writers.view import View, items
from gdprlint.writers.words import joined, sentence

COLLECTS = Form("collect", "any personal data", "which data we collect")
MAKES = Form("make", "any further data", "which data we make", {"from": "from"})
_HANDLING = ("collects", "makes", "links", "keeps", "opens", "discloses", "transfers", "separates", "requires", "uses")


def people(view: View) -> Iterator[Said]:
    """Whom this is about, and who is `you`."""
    words = view.words
    shown = [thing for thing in view.register.of_kind("people") if thing.name in view.subjects]
    if len(shown) == 1 and shown[0].name in words.you:
        yield Said(sentence(f"in this notice, “you” means {_group(view, shown[0])}"), None)
    elif shown:
        yield Said("In this notice, “you” means any of these people:", None)
        for thing in shown:
            yield Said(sentence(_group(view, thing)), None, bullet=True)


def _group(view: View, thing: Thing) -> str:
    words = view.words
    said = words.inner(thing.title) if thing.title else words.thing(thing)
    age = ages(view, thing)
    more = []
    kinds = [item for item in items(thing.tails.get("is")) if not _says_already(said, words.item(item))]
    if kinds:
        more.append(joined([words.item(item) for item in kinds]))
    if age:
        more.append(age)
    if "in" in thing.tails and items(thing.tails["in"]):
        more.append(f"in {words.listing(thing.tails['in'])}")
    including = thing.tails.get("including")
    if including is not None and items(including):
        more.append(f"among them {words.listing(including)}")
    return f"{said} ({'; '.join(more)})" if more else said


def ages(view: View, thing: Thing) -> str:
    """`from the age of 11 until the age of 15`."""
    found = [
        f"{joint} the age of {view.words.item(item)}".removesuffix(" years")
        for joint in ("from", "until")
        for item in items(thing.tails.get(joint))[:1]
    ]
    return " ".join(found)


def _says_already(title: str, kind: str) -> bool:
    return kind.casefold() in title.casefold()


def data(view: View) -> Iterator[Said]:
    """Each kind of data that is used, with what it holds; then kinds that no declaration names."""
    words = view.words
    several = (
        not words.you
        and len({i.thing.name for d in view.register.of_kind("data") for i in items(d.tails.get("of")) if i.thing}) > 1
    )
    used = used_data(view)
    if used:
        yield Said("We hold these data:", None)
    for thing in used:
        yield Said(_datum(view, thing, several), None, bullet=True)
    for clause in view.clauses("collects"):
        loose = [item for item in items(clause.about) if item.thing is None]
        if loose and clause.state in (State.STATED, State.HEDGED):
            yield Said(sentence(joined([words.item(item) for item in loose])), clause.owner, bullet=True)


def used_data(view: View) -> list[Thing]:
    """The declared data that any of the activities handles, in the order of their declarations."""
    used: set[str] = set()
    for clause in view.clauses(*_HANDLING):
        lists = [clause.about, *(clause.tails[j] for j in ("from", "to", "of") if j in clause.tails)]
        used.update(item.thing.name for values in lists for item in items(values) if item.thing is not None)
    return [thing for thing in view.register.of_kind("data") if thing.name in used]


def _datum(view: View, thing: Thing, several: bool) -> str:
    words = view.words
    said = words.thing(thing)
    of = thing.tails.get("of")
    whose = f" of {words.parties(of)}" if several and of is not None and items(of) else ""
    contents = thing.tails.get("is")
    parts = []
    if contents is not None:
        empty = words.empty(contents, "data")
        parts.append(empty or words.listing(contents))
    state = thing.tails.get("as")
    if state is not None and items(state):
        parts.append(state_said(words, state))
    if "including" in thing.tails and items(thing.tails["including"]):
        parts.append(f"among them {words.listing(thing.tails['including'])}")
    more = ", ".join(part for part in parts if part and part.casefold() != said.casefold())
    return sentence(f"{said}{whose}: {more}" if more else f"{said}{whose}")


def sources(view: View) -> Iterator[Said]:
    """Where data come from, and what is made of them."""
    for clause in view.clauses("collects"):
        form = COLLECTS
        own = [item for item in items(clause.tails.get("from")) if item.thing and item.thing.name in view.words.we]
        if own and len(own) == len(items(clause.tails["from"])):
            form = Form("take", "any data", COLLECTS.topic, {"from": "from what is held by"})
        yield Said(clause_sentence(view.words, clause, form), clause.owner, names_data(clause))
    for clause in view.clauses("makes"):
        yield Said(clause_sentence(view.words, clause, MAKES), clause.owner, names_data(clause))


def names_data(clause: object) -> bool:
    """Whether a clause names declared data, so that a reader knows what it is about."""
    from gdprlint.model.things import Clause

    assert isinstance(clause, Clause)
    return any(item.thing is not None and item.thing.kind == "data" for item in items(clause.about))


def recordings(view: View) -> Iterator[Said]:
    """That people are recorded, where recordings of them are collected."""
    words = view.words
    for clause in view.clauses("collects"):
        found = [
            item
            for item in items(clause.about)
            if view.is_a(item, "recording") and not view.is_a(item, "photograph", "transcript")
        ]
        if not found or clause.state not in (State.STATED, State.HEDGED):
            continue
        kinds = [
            k for i in found for k in (items(i.thing.tails.get("is")) if i.thing else [i]) if view.is_a(k, "recording")
        ]
        may = "may " if clause.adverb == "possibly" else ""
        said = joined(dict.fromkeys(words.item(kind) for kind in kinds))
        named = f": {said}" if said and said != "recordings" else ""
        yield Said(sentence(f"we {may}make recordings of you{named}"), clause.owner, True)
