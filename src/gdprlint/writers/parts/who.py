"""Who is responsible, how to reach them, who asked for the work and who pays for it."""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.writers.sentences import Said, joint_said, reason, tails_said
from gdprlint.writers.view import View, items
from gdprlint.writers.words import joined, own_words, sentence

_ROLES = {
    "controller": ("the controller of your personal data", "controllers of your personal data"),
    "joint controllers": ("a joint controller of your personal data", "joint controllers of your personal data"),
    "representative": ("the representative in the UK", "the representatives in the UK"),
}
_UNNAMED = {
    "controller": "who is the controller",
    "joint controllers": "who the joint controllers are",
    "representative": "who the representative is",
    "client": "who commissioned the work",
    "sponsor": "who pays for the work",
}


def who_we_are(view: View) -> Iterator[Said]:
    """The controllers, joint controllers and representatives, and what is told of each organisation among them."""
    for clause in view.clauses("controller", "joint controllers", "representative"):
        yield Said(_role(view, clause), clause.owner)
    organisations = _organisations(view)
    if not any(_is_ours(view, clause) for clause in view.clauses("controller")):
        for thing in organisations:
            if thing.name in view.words.we:
                yield Said(sentence(f"in this notice, “we” means {view.words.thing(thing)}"), None)
    for thing in organisations:
        for clause in thing.clauses.get("representative", ()):
            yield Said(_representative(view, thing, clause), None)
        yield from _about(view, thing)


def _is_ours(view: View, clause: Clause) -> bool:
    """Whether the clause names us, and nobody else, as controller of all that is done."""
    parties = items(clause.about)
    alone = len(parties) == 1 and parties[0].thing is not None and parties[0].thing.name in view.words.we
    return alone and clause.state is State.STATED and view.is_for_all([clause.owner])


def _role(view: View, clause: Clause) -> str:
    words = view.words
    tails = tails_said(words, clause, {"for": "for", "of": "for data about", "under": "under"})
    if clause.state is State.BLANK:
        return sentence(f"this notice is still to say {_UNNAMED[clause.verb]}{tails}")
    one, several = _ROLES[clause.verb]
    if not items(clause.about):
        return sentence(f"there is no {one.removeprefix('the ').removeprefix('a ')}{tails}")
    said, plural = _subject(view, clause)
    be = "are" if plural else "is"
    role = several if plural and not said.startswith("we, ") else one
    if clause.state is State.NONE:
        return sentence(f"{said} {be} not {role}{tails}")
    be = "may be" if clause.adverb == "possibly" else be
    if clause.verb == "controller" and clause.adverb != "possibly":
        role = role.replace("the controller", "the data controller") if not tails else role
    ends = ": the organisation that decides why and how it is used" if clause.verb == "controller" and not tails else ""
    if plural and not said.startswith("we, "):
        ends = ends.replace("the organisation that decides", "those who decide")
    return sentence(f"{said} {be} {role}{tails}{ends}")


def _subject(view: View, clause: Clause) -> tuple[str, bool]:
    """The parties as the subject of a sentence, and whether it has the plural."""
    parties = items(clause.about)
    if len(parties) == 1 and parties[0].thing is not None and parties[0].thing.name in view.words.we:
        return f"we, {view.words.thing(parties[0].thing)},", True
    named = [view.words.item(item) for item in parties]
    several = len(parties) > 1 or any(item.thing and item.thing.kind in ("organisations", "people") for item in parties)
    several = several or any(item.thing is None and item.kind == "word" for item in parties)
    return view.words.qualified(clause.about, joined(named, "or" if clause.about.either else "and")), several


def _organisations(view: View) -> list[Thing]:
    """Those who speak, and the controllers, of whom a reader is told more."""
    register = view.register
    found = {thing.name: thing for kind in ("organisation", "organisations") for thing in register.of_kind(kind)}
    named = [thing.name for thing in view.parties("controller", "joint controllers")]
    return [found[name] for name in dict.fromkeys((*sorted(view.words.we), *named)) if name in found]


def _about(view: View, thing: Thing) -> Iterator[Said]:
    """What kind of organisation it is and to what it belongs."""
    words = view.words
    kinds = [item for item in items(thing.tails.get("is")) if not _is_registration(view, item)]
    ours = thing.name in words.we
    name = words.thing(thing)
    subject = "We are" if ours else f"{name} {'are' if thing.kind == 'organisations' else 'is'}"
    if kinds:
        said = joined([_kind(view, item) for item in kinds])
        yield Said(sentence(f"{subject} {said}"), None)
    parents = thing.tails.get("of")
    if items(parents) and parents is not None:
        yield Said(sentence(f"{subject} part of {words.listing(parents)}"), None)
    codes = [item for item in items(thing.tails.get("under")) if item.thing is None or item.thing.kind != "document"]
    if codes:
        work = "We work" if ours else f"{name} {'work' if thing.kind == 'organisations' else 'works'}"
        yield Said(sentence(f"{work} under {joined([words.item(item) for item in codes])}"), None)


def _is_registration(view: View, item: Item) -> bool:
    return view.is_a(item, "role")


def _kind(view: View, item: Item) -> str:
    """`a charity (258825)`, `an MRS company partner`."""
    said = view.words.item(item).replace("mrs ", "MRS ")
    if item.kind == "quote" or item.adverb or said.startswith(("a ", "an ", "the ")):
        return said
    if said.endswith("s") or item.value in ("police", "press", "parliament"):
        return said
    vowel = said[:1].casefold() in "aeio" or said.startswith("MRS")
    return f"an {said}" if vowel else f"a {said}"


def _representative(view: View, thing: Thing, clause: Clause) -> str:
    words = view.words
    name = words.thing(thing)
    if not items(clause.about):
        return sentence(f"this notice is still to say who represents {name} in the UK")
    return sentence(f"{words.parties(clause.about)} represents {name}{tails_said(words, clause)}")


# ---- contact


def contact(view: View) -> Iterator[Said]:
    """Ways to reach those who are responsible, and their data protection officers."""
    done: set[str] = set()
    for thing in _reachable(view):
        for clause in thing.clauses.get("contact", ()):
            text = _reach(view, thing, clause, False)
            if text not in done:
                done.add(text)
                yield Said(text, None)
        for clause in thing.clauses.get("dpo", ()):
            yield Said(_reach(view, thing, clause, True), None)


def _reachable(view: View) -> list[Thing]:
    """The header, those who are responsible with their teams, then everybody else but the regulators."""
    register = view.register
    first = [view.header] if view.header is not None else []
    parties = [
        thing for kind in ("organisation", "organisations", "team", "people") for thing in register.of_kind(kind)
    ]
    responsible = _organisations(view)
    names = {thing.name for thing in responsible}
    teams = [thing for thing in parties if thing.kind == "team" and _is_of(thing, names)]
    told = names | {thing.name for thing in teams}
    others = [
        thing
        for thing in parties
        if thing.name not in told and not any(view.is_a(item, "regulator") for item in items(thing.tails.get("is")))
    ]
    return [*first, *responsible, *teams, *others]


def _is_of(team: Thing, names: set[str]) -> bool:
    return any(item.thing is not None and item.thing.name in names for item in items(team.tails.get("of")))


def _reach(view: View, thing: Thing, clause: Clause, dpo: bool) -> str:
    words = view.words
    ours = thing.name in words.we or thing.kind in ("notice", "record")
    if dpo:
        whom = "our data protection officer" if ours else f"the data protection officer of {words.thing(thing)}"
    else:
        whom = "us" if ours else words.thing(thing)
    tails = "".join(
        joint_said(words, joint, "purpose", clause.tails[joint], "about" if joint == "for" else None)
        for joint in ("for",)
        if joint in clause.tails and items(clause.tails[joint])
    )
    tails += tails_said(words, clause, {}, frozenset({"for", "to"} if dpo else {"for"}))
    if clause.state is State.BLANK:
        return sentence(f"how to contact {whom}{tails} is still to be added")
    if not items(clause.about):
        return sentence(f"there is no {'data protection officer' if dpo else 'contact address'}{tails}")
    how = words.qualified(clause.about, words.channels(clause.about))
    can = "cannot" if clause.state is State.NONE else "may be able to" if clause.adverb == "possibly" else "can"
    return sentence(f"you {can} contact {whom}{tails} {how}") + reason(words, clause)


def channels_of(view: View, thing: Thing, keys: frozenset[str]) -> str:
    """The addresses behind these channels of an organisation, as its contact clauses or its officer's give them."""
    found: list[str] = []
    for verb in ("contact", "dpo"):
        if found:
            break  # the officer's address stands in for one of the organisation's own
        for clause in thing.clauses.get(verb, ()):
            for item in items(clause.about):
                if item.kind == "word" and str(item.value) in keys and item.quote and clause.state is State.STATED:
                    found.append(own_words(item.quote))
    return joined(dict.fromkeys(found), "or")


def through(view: View, by: Values, to: Values | None) -> str:
    """The means, each with its address where the one who is asked has given it."""
    words = view.words
    parties = [item.thing for item in items(to) if item.thing is not None]
    if to is None:
        register = view.register
        parties = [
            t for kind in ("organisation", "organisations") for t in register.of_kind(kind) if t.name in words.we
        ]
    said = []
    for item in items(by):
        text = words.mean(item)
        if item.kind == "word" and item.thing is None and not item.quote:
            found = [_address(view, party, str(item.value)) for party in parties]
            address = joined(dict.fromkeys(part for part in found if part), "or")
            if address:
                text = f"{text} ({address})"
        said.append(text)
    return words.qualified(by, joined(said, "or" if by.either or len(said) > 1 else "and"))


def _address(view: View, party: Thing, key: str) -> str:
    if key == "dpo":
        return joined(
            dict.fromkeys(
                own_words(item.quote)
                for clause in party.clauses.get("dpo", ())
                for item in items(clause.about)
                if item.quote and item.kind == "word" and item.value == "email"
            ),
            "or",
        )
    return channels_of(view, party, frozenset({key})) if key in ("email", "phone", "post") else ""


# ---- who else has a part in it


def commissioned(view: View) -> Iterator[Said]:
    """Who commissioned the work and who pays for it."""
    words = view.words
    for clause in view.clauses("client", "sponsor"):
        tails = tails_said(words, clause, {})
        if clause.state is State.BLANK:
            text = sentence(f"this notice is still to say {_UNNAMED[clause.verb]}{tails}")
        elif not items(clause.about):
            whom = "nobody else commissioned this work" if clause.verb == "client" else "nobody else pays for this work"
            text = sentence(f"{whom}{tails}")
        else:
            modal = {State.NONE: "not ", State.HEDGED: "possibly "}.get(clause.state, "")
            done = "commissioned" if clause.verb == "client" else "funded"
            text = sentence(f"this work is {modal}{done} by {words.parties(clause.about)}{tails}")
        yield Said(text + reason(words, clause), clause.owner)
