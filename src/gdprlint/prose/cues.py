"""Cues: how people say what a notice should say.

A cue is data of a pack. It tells which item of a notice is spoken of, in which phrases, under which
headings and beside which words; what turns it round, what hedges it and what only looks like it; and
which values to take. This module reads cues from their declarations and knows no passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from attrs import evolve, field, frozen

from gdprlint.diagnostics import Diagnostic
from gdprlint.language import tree
from gdprlint.prose.keys import FACTS, ITEMS, OUTCOMES, SIGNS
from gdprlint.prose.phrases import Phrase, PhraseFault, parse
from gdprlint.prose.recognise import KINDS
from gdprlint.readers.checks import syntax
from gdprlint.text import Span, nearest_name

SCOPES = ("phrase", "sentence", "block")


@frozen
class Take:
    """Values of this kind become this fact, where they stand in the phrase, in its sentence or in its block."""

    kind: str
    fact: str
    scope: str = "phrase"


@frozen
class Cue:
    """One way in which something is said.

    `outcome` is what the item is where the cue is heard; `negated` what it is where the words around turn
    it round ("" for nothing); `hedges` are words that make it partial. A cue `in heading` is heard in headings too.
    """

    name: str
    title: str
    pack: str
    items: tuple[str, ...]
    outcome: str = "stated"
    negated: str = "denied"
    cites: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = field(default=(), repr=False)
    heading: tuple[Phrase, ...] = field(default=(), repr=False)
    beside: tuple[Phrase, ...] = field(default=(), repr=False)
    lookalikes: tuple[Phrase, ...] = field(default=(), repr=False)
    hedges: tuple[Phrase, ...] = field(default=(), repr=False)
    takes: tuple[Take, ...] = field(default=(), repr=False)
    gives: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    in_headings: bool = False

    @property
    def features(self) -> Iterator[str]:
        """The features of a text that its phrases may need."""
        for name in _LISTS:
            for phrase in getattr(self, name):
                for needed in phrase.needs:
                    yield from needed


def cue_data(cue: Cue) -> list[Any]:
    """The cue as JSON-ready lists."""
    takes = [[take.kind, take.fact, take.scope] for take in cue.takes]
    return [
        cue.name, cue.title, cue.pack, list(cue.items), cue.outcome, cue.negated, list(cue.cites),
        *([[phrase.text, *map(sorted, phrase.needs)] for phrase in getattr(cue, name)] for name in _LISTS),
        takes, [list(g) for g in cue.gives], cue.in_headings,
    ]  # fmt: skip


def cue_of(data: list[Any]) -> Cue:
    """The cue that `cue_data` took down."""
    name, title, pack, items, outcome, negated, cites, *lists, takes, gives, high = data
    phrases, heading, beside, alike, hedges = map(_phrases_of, lists)
    return Cue(
        name, title, pack, tuple(items), outcome, negated, tuple(cites), phrases, heading, beside, alike, hedges,
        tuple(Take(*take) for take in takes), tuple((g[0], g[1]) for g in gives), high,
    )  # fmt: skip


def _phrases_of(data: list[list[Any]]) -> tuple[Phrase, ...]:
    return tuple([Phrase(text, tuple(map(frozenset, needs))) for text, *needs in data])


# ---- from declarations


def cues_of(file: tree.File, pack: str) -> Iterator[Cue]:
    """The cues that a file declares, in order; what is wrong with them `faults_of` tells."""
    return (_cue(node, pack) for node in _declared(file, "cue") if not adds(node))


def additions_of(file: tree.File, pack: str) -> Iterator[Cue]:
    """What a file adds to cues that are declared elsewhere, as cues with nothing but that."""
    return (_cue(node, pack) for node in _declared(file, "cue") if adds(node))


def adds(node: tree.Declaration) -> bool:
    """Whether this adds to the cue of its name: it says neither what that is nor what it is of."""
    return node.title is None and not node.tails


def listed(file: tree.File) -> list[list[Any]]:
    """Each cue of a file: its name, whether it adds to another, its kinds of clauses, and where its name stands."""
    return [
        [name.text, adds(node), sorted({line.verb.text for line in _clauses(node)}), name.start, name.end]
        for node in _declared(file, "cue")
        for name in (node.name,)
    ]


def with_additions(cues: Iterable[Cue], more: Iterable[Cue], may: Callable[[str, str], bool]) -> list[Cue]:
    """One cue of each name, with what packs add; `may` tells whether one pack may add to what another declares."""
    known: dict[str, Cue] = {}
    for cue in cues:
        known.setdefault(cue.name, cue)
    for one in more:
        base = known.get(one.name)
        if base is None or not may(one.pack, base.pack):
            continue
        if (one.heading and not base.heading) or (one.beside and not base.beside):
            continue
        lists: dict[str, Any] = {name: getattr(base, name) + getattr(one, name) for name in (*_LISTS, "takes")}
        known[one.name] = evolve(base, **lists)
    return list(known.values())


def _cue(node: tree.Declaration, pack: str) -> Cue:
    tails = {tail.joint: tail for tail in node.tails}
    lists: dict[str, list[Phrase]] = {verb: [] for verb in _LISTS}
    takes: list[Take] = []
    gives: list[tuple[str, str]] = []
    negated = "denied"
    for line in _clauses(node):
        verb = line.verb.text
        things = line.things.items if line.things else ()
        if verb in lists:
            lists[verb].extend(_readable(thing.quote or "" for thing in things if thing.kind == "quote"))
        elif verb == "takes":
            takes.extend(Take(thing.text, fact, _scope(line)) for thing in things for fact in _joined(line, "as"))
        elif verb == "gives":
            gives.extend((thing.text, thing.quote or "") for thing in things)
        elif verb == "negated":
            negated = "".join(_joined(line, "as"))
    return Cue(
        node.name.text,
        node.title or "",
        pack,
        tuple(_words(tails.get("of"))),
        "".join(_words(tails.get("is"))) or "stated",
        "" if negated == "nothing" else negated,
        tuple(_words(tails.get("under"))),
        takes=tuple(takes),
        gives=tuple(gives),
        in_headings="in" in tails,
        **{verb: tuple(lists[verb]) for verb in _LISTS},
    )


def wordings_of(file: tree.File) -> Iterator[tuple[str, list[str]]]:
    """The wordings that a file declares: name and texts."""
    for node in _declared(file, "wording"):
        yield (
            node.name.text,
            [
                thing.quote or thing.text.replace("-", " ")
                for tail in node.tails
                if tail.joint == "also" and tail.things
                for thing in tail.things.items
            ],
        )


@frozen
class CueExample:
    """A sentence that a cue must be heard in (`accepts`) or must not."""

    cue: str
    text: str
    accepts: bool
    start: int
    heading: str = ""


def examples_of(file: tree.File) -> Iterator[CueExample]:
    """The sentences that stand in the cues of a file; `under` gives the heading that a sentence stands under."""
    for node in _declared(file, "cue"):
        for line in _clauses(node):
            if line.verb.text in _SENTENCES and line.things:
                heading = " ".join(
                    thing.quote or thing.text
                    for tail in line.tails
                    if tail.joint == "under" and tail.things
                    for thing in tail.things.items
                )
                for thing in line.things.items:
                    yield CueExample(
                        node.name.text, thing.quote or "", line.verb.text == "accepts", thing.start, heading
                    )


def _readable(texts: Iterable[str]) -> Iterator[Phrase]:
    for text in texts:
        with suppress(PhraseFault):  # told by `faults_of`
            yield parse(text)


_LISTS = ("phrases", "heading", "beside", "lookalikes", "hedges")
_SENTENCES = ("accepts", "rejects")


def _declared(file: tree.File, kind: str) -> Iterator[tree.Declaration]:
    for item in file.items:
        if type(item) is tree.Declaration and item.kind.text == kind:
            yield item


def _clauses(node: tree.Declaration) -> Iterator[tree.Clause]:
    for line in node.lines or ():
        if type(line) is tree.Clause:
            yield line


def _words(tail: tree.Tail | None) -> list[str]:
    return [thing.text or thing.quote or "" for thing in tail.things.items] if tail and tail.things else []


def _joined(line: tree.Clause, joint: str) -> list[str]:
    return [word for tail in line.tails if tail.joint == joint for word in _words(tail)]


def _scope(line: tree.Clause) -> str:
    return "".join(_joined(line, "in")) or "phrase"


# ---- what is wrong with them


def faults_of(file: tree.File, path: str, wordings: Callable[[str], bool] | None = None) -> list[Diagnostic]:
    """What cannot be heard or taken, each at its place; names of wordings are checked where `wordings` is given."""
    found: list[Diagnostic] = []

    def tell(name: str, message: str, node: Any, help: str = "") -> None:
        found.append(syntax(name, message, Span(path, node.start, node.end), help=help))

    def known(thing: tree.Thing, names: Iterable[str], what: str) -> None:
        names = list(names)
        if thing.text not in names:
            near = nearest_name(thing.text or thing.quote or "", names)
            tell(
                "unknown-word",
                f"`{thing.text or thing.quote}` is no {what}",
                thing,
                f"did you mean `{near}`?" if near else "",
            )

    for node in _declared(file, "cue"):
        for tail in node.tails:
            for thing in tail.things.items if tail.things else ():
                if tail.joint == "of":
                    known(thing, (*ITEMS, *SIGNS), "item of a notice")
                elif tail.joint == "in":
                    known(thing, ("heading",), "place that a cue is heard in")
                elif tail.joint == "is":
                    known(thing, OUTCOMES, "outcome of a cue")
        added = adds(node)
        heard = False
        for line in _clauses(node):
            verb = line.verb.text
            heard = heard or verb in ("phrases", "heading") or added
            if added and verb in ("negated", "gives"):
                tell("bad-cue", f"`{verb}` cannot be added to a cue", line.verb, "declare a cue of your own")
            for thing in line.things.items if line.things else ():
                if verb in _LISTS:
                    _check_phrase(thing, wordings, tell)
                elif verb in _SENTENCES and thing.kind != "quote":
                    tell("bad-cue", f"`{verb}` is about sentences in quotes", thing)
                elif verb == "takes":
                    known(thing, (*KINDS, "rest", "words", "bodies", "names"), "kind of value")
                elif verb == "gives":
                    known(thing, FACTS, "fact of a notice")
            for tail in line.tails:
                for thing in tail.things.items if tail.things else ():
                    if verb == "takes" and tail.joint == "as":
                        known(thing, FACTS, "fact of a notice")
                    elif verb == "takes" and tail.joint == "in":
                        known(thing, SCOPES, "place to take a value from")
                    elif verb == "negated" and tail.joint == "as":
                        known(thing, (*OUTCOMES, "nothing"), "outcome of a cue")
        if not heard:
            tell("bad-cue", f"the cue `{node.name.text}` has neither `phrases` nor `heading`", node.name)
    return found


def _check_phrase(thing: tree.Thing, wordings: Callable[[str], bool] | None, tell: Callable[..., None]) -> None:
    if thing.kind != "quote":
        tell("bad-cue", "a phrase stands in quotes", thing)
        return
    try:
        phrase = parse(thing.quote or "")
    except PhraseFault as fault:
        tell("bad-phrase", str(fault), thing)
        return
    for part in phrase.read.parts:
        for kind, name in _named(part):
            if kind == "value" and name not in KINDS:
                near = nearest_name(name, KINDS)
                tell(
                    "unknown-word",
                    f"`{{{name}}}` is no kind of value",
                    thing,
                    f"did you mean `{{{near}}}`?" if near else "",
                )
            elif kind == "wording" and wordings is not None and not wordings(name):
                tell("unknown-word", f"no wording is called `{name}`", thing)


def _named(node: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    if node[0] in ("value", "wording"):
        yield node[0], node[1]
    elif node[0] in ("seq", "alt", "opt"):
        for part in node[1:]:
            yield from _named(part)
