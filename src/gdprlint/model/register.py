"""One register: all that its files declare, and what follows from several clauses together.

An activity has the clauses of the activities around it besides its own; nothing is overridden. What is derived here
(its data, its recipients, who holds a role) is a list of values that stand somewhere: a finding can point at one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from gdprlint.model.names import Names
from gdprlint.model.provisions import Provision
from gdprlint.model.states import Extent, State
from gdprlint.model.table import DATA_VERBS, DECLARATIONS, HANDLING, VERB_OF_FIELD, VERBS, field_name
from gdprlint.model.things import NO_CLAUSES, SILENCE, Clause, Item, Thing, Values
from gdprlint.text import Source
from gdprlint.values import define, field

# What an activity of which all was read says under a verb that it does not use.
_UNSAID = {name: NO_CLAUSES for field in VERB_OF_FIELD for name in (field, f"never-{field}")}
for _derived in ("documents", "document", "data"):
    _UNSAID.pop(_derived, None)


@lru_cache(maxsize=200)
def _unsaid(said: frozenset[str]) -> dict[str, Values]:
    """What an activity says under the verbs that are not among these."""
    fields = {field_name(verb) for verb in said}
    return {name: values for name, values in _UNSAID.items() if name.removeprefix("never-") not in fields}


_MENTIONED = Values((), State.STATED, whole=True)
_NOT_MENTIONED = Values((), State.NONE, whole=True)
UNREAD = Values((), State.CANNOT_TELL, unread=True, whole=True)
ROLES = ("controller", "joint controllers", "processor", "sub-processor", "representative", "client", "sponsor")
_ARTICLE_30_2 = Provision.parse("uk-gdpr 30(2)")


@define(eq=False)
class Told:
    """What was read in the page of a notice: things with this `path` are not written by anybody, but heard in prose.

    `text` is what a reader of the page sees, `bodies` what it says of organisations of the register, by their names.
    """

    path: str
    text: str
    bodies: dict[str, Thing] = field(factory=dict)


@define(eq=False)
class Register:
    """A register and its names.

    `name` is shown to people and goes into fingerprints; `used` are all words that stand in clauses or tails, `texts`
    what stands there that is no word, or None where more is said than anybody wrote in the register; `about` tells
    which activities have a clause with a verb about data with a name; `default` is its only header; `notices` are the
    texts that margins point into, by the name of the notice; `told` what was read in their pages.
    """

    name: str
    names: Names
    things: list[Thing] = field(factory=list)
    used: frozenset[str] = frozenset()
    texts: frozenset[str] | None = None
    default: Thing | None = None
    notices: dict[str, Source] = field(factory=dict, repr=False)
    told: dict[str, Told] = field(factory=dict, repr=False)
    about: dict[tuple[str, str], list[Thing]] = field(factory=dict, repr=False)
    _by_kind: dict[str, list[Thing]] = field(factory=dict)
    _documents: dict[str, list[Thing]] | None = None
    _codes: Values | None = None
    _extents: dict[int, Extent] = field(factory=dict)

    def of_kind(self, kind: str) -> list[Thing]:
        """The things of a kind, in order; asked for when all are known."""
        if not self._by_kind:
            for thing in self.things:
                self._by_kind.setdefault(thing.kind, []).append(thing)
        return self._by_kind.get(kind, [])

    def documents_of(self, name: str) -> list[Thing]:
        """The documents on file that say they are of, or for, the thing with this name."""
        if self._documents is None:
            self._documents = {}
            for document in self.of_kind("document"):
                for joint in ("of", "for"):
                    values = document.tails.get(joint)
                    for item in values.members if values else ():
                        if isinstance(item, Item) and item.thing is not None:
                            listed = self._documents.setdefault(item.thing.name, [])
                            if document not in listed:
                                listed.append(document)
        return self._documents.get(name, [])

    def document_of(self, thing: Thing) -> Thing | None:
        """The record or notice that a thing stands in: of its block, its file, or else the only one of the register."""
        if thing.kind in ("record", "notice"):
            return thing
        return thing.document or self.default

    def judged_as(self, thing: Thing) -> str:
        """The kind of document that rules judge the thing in: record or notice."""
        document = self.document_of(thing)
        return document.kind if document is not None else "record"

    def extent_of(self, thing: Thing) -> Extent:
        """What the file of the thing is a record of; a file that does not say so is a controller's record."""
        document = self.document_of(thing)
        if document is None:
            return Extent.CONTROLLER_RECORD
        known = self._extents.get(id(document))
        if known is None:
            known = self._extents[id(document)] = self._extent_of(document)
        return known

    def _extent_of(self, document: Thing) -> Extent:
        if "excerpt" in document.clauses:
            return Extent.EXCERPT
        if document.kind == "notice":
            return Extent.NOTICE
        under = document.tails.get("under")
        for item in under.members if under else ():
            if isinstance(item, Item) and isinstance(item.value, Provision) and _ARTICLE_30_2.contains(item.value):
                return Extent.PROCESSOR_RECORD
        return Extent.CONTROLLER_RECORD

    # ---- fields

    def field(self, thing: Thing, name: str) -> Values:
        """The values of a field of a thing: a verb, `never-` and a verb, a tail, or something derived."""
        known = thing.cache.get(name)
        if known is None:
            known = thing.cache[name] = self._field(thing, name)
        return known

    def _field(self, thing: Thing, name: str) -> Values:
        derived = _DERIVED_OF[thing.kind].get(name)
        if derived is not None:
            if name in GATHERED and thing.kind == "activity" and MADE_OF[name].isdisjoint(thing.clauses):
                around = self._around(thing)
                if around is not None:
                    return self.field(around, name)
            return derived(self, thing)
        if thing.kind == "data" and name in _DATA_FIELDS:
            return self._about(thing, VERB_OF_FIELD[name])
        verb = VERB_OF_FIELD.get(name)
        if verb is not None:
            around = self._around(thing) if verb not in thing.clauses else None
            return self.field(around, name) if around is not None else self.clauses(thing, verb)
        if name.startswith("never-") and name[6:] in VERB_OF_FIELD:
            verb = VERB_OF_FIELD[name[6:]]
            around = self._around(thing) if verb not in thing.clauses else None
            return self.field(around, name) if around is not None else self.denials(thing, verb)
        name = name if name in thing.tails else name.replace("-", " ")  # lone words: `possibly never`
        if name not in thing.tails and "" in thing.unread:
            return UNREAD  # a part of the declaration itself could not be read
        return thing.tails.get(name, SILENCE)

    def _around(self, thing: Thing) -> Thing | None:
        """The activity around this one, where all that holds there and is not said here again holds for this one.

        Lists of what is not said here are then the same lists, so that what rules ask of them is asked once.
        """
        outer = thing.outer
        if outer is None or outer.kind != "activity" or thing.kind != "activity":
            return None
        return outer if self.is_plain(thing) and self.is_plain(outer) else None

    def clauses(self, thing: Thing, verb: str) -> Values:
        """The clauses with this verb that hold for the thing, its own first; denied ones are no members."""
        found = thing.said.get(verb, [])
        if self.is_plain(thing) and not found:
            return NO_CLAUSES
        unread = False
        for here in () if thing.plain else thing.chain:
            unread = unread or (bool(here.unread) and (verb in here.unread or "" in here.unread))
        return self._list(thing, verb, found, unread)

    def is_plain(self, thing: Thing) -> bool:
        """Whether all that holds for the thing was read, and none of it is told in another text."""
        if thing.plain is None:
            thing.plain = self._is_plain(thing)
            if thing.plain and thing.kind == "activity":
                thing.cache = {**_unsaid(frozenset(thing.said)), **thing.cache}
        return thing.plain

    def _is_plain(self, thing: Thing) -> bool:
        document = self.document_of(thing)
        if document is not None and document is not thing and (document.unread or "refers to" in document.clauses):
            return False
        return "refers to" not in thing.said and not any(here.unread for here in thing.chain)

    def _list(self, thing: Thing, verb: str, found: list[Clause], unread: bool) -> Values:
        members = tuple([clause for clause in found if _holds(clause)])
        only = any(clause.about.only for clause in members)
        if members:
            unread = unread or (
                not thing.plain and self._deferred(thing, verb)
            )  # the rest of the list stands in another text
            stated = any(clause.state is State.STATED for clause in members)
            state = State.STATED if stated else State.HEDGED
        elif any(clause.state is State.BLANK for clause in found):
            state = State.BLANK
        elif found and not unread:
            state = State.NONE
        elif not thing.plain and self._deferred(thing, verb):
            state = State.DEFERRED
        else:
            state = State.CANNOT_TELL if unread else State.SILENT
        return Values(members, state, only, unread=unread)

    def _deferred(self, thing: Thing, verb: str) -> bool:
        """Whether the thing or its document refers to another text for this."""
        document = self.document_of(thing)
        for here in (*thing.chain, *((document,) if document else ())):
            for clause in here.clauses.get("refers to", ()):
                topics = clause.tails.get("for")
                if topics and any(isinstance(t, Item) and t.value == field_name(verb) for t in topics.members):
                    return True
        return False

    def denials(self, thing: Thing, verb: str) -> Values:
        """The clauses that deny the verb: `never transfers …`, `transfers none`."""
        found = [clause for clause in thing.said.get(verb, ()) if clause.state is State.NONE]
        if not found:
            return NO_CLAUSES
        return Values(tuple(found), State.STATED if found else State.SILENT)

    def _about(self, thing: Thing, verb: str) -> Values:
        """The clauses with this verb, in any activity of the register, that are about these data."""
        found: list[Clause] = []
        for activity in self.about.get((verb, thing.name), ()):
            for clause in activity.clauses.get(verb, ()):
                for item in clause.about.members:
                    if type(item) is Item and item.thing is thing:
                        if _holds(clause):
                            found.append(clause)
                        break
        return Values(tuple(found), State.STATED if found else State.SILENT)


def _holds(clause: Clause) -> bool:
    """Whether the clause says something that is so, or may be."""
    if clause.adverb is None and clause.about.state is State.STATED:
        return True
    return clause.state in (State.STATED, State.HEDGED)


def _gathered(lists: Iterable[Values], take: Iterable[Item | Clause | Thing]) -> Values:
    """A derived list: open as soon as one of the lists that it comes from is."""
    members = tuple(take)
    unread = any(values.unread or values.state in (State.DEFERRED, State.CANNOT_TELL) for values in lists)
    if members:
        return Values(members, State.STATED, unread=unread)
    return Values((), State.CANNOT_TELL if unread else State.SILENT, unread=unread)


def _items(clauses: Values, joint: str | None) -> list[Item]:
    """The values of a tail (None: of what the clause is about) over all clauses of a list."""
    found: list[Item] = []
    for clause in clauses.members:
        if type(clause) is Clause:
            values = clause.about if joint is None else clause.tails.get(joint)
            if values is not None:
                found += [item for item in values.members if type(item) is Item]
    return found


def _lists(register: Register, activity: Thing, verbs: Iterable[str]) -> list[Values]:
    """The lists of clauses with these verbs; those of which nothing is said are left out where all was read."""
    plain = register.is_plain(activity)
    return [register.field(activity, field_name(verb)) for verb in verbs if not plain or verb in activity.said]


def _data(register: Register, activity: Thing) -> Values:
    """The data that the activity handles, each at its first place."""
    lists = _lists(register, activity, HANDLING)
    seen: dict[str, Item] = {}
    for clauses in lists:
        for item in _items(clauses, None):
            thing = item.thing
            if thing is not None:
                if thing.kind == "data" or item.slot is None or item.slot.name == "data":
                    seen.setdefault(thing.name, item)
            elif item.slot is None or item.slot.name == "data":
                seen.setdefault(item.normal, item)
    return _gathered(lists, seen.values())


def _people(register: Register, activity: Thing) -> Values:
    """The people whom the data are about: of whom the data are, and from whom they are collected."""
    seen: dict[str, Item] = {}
    lists = [register.field(activity, name) for name in ("collects", "data")]
    named = _items(lists[0], "from")
    for datum in lists[1].members:
        if isinstance(datum, Item) and datum.thing is not None:
            of = datum.thing.tails.get("of")
            named.extend(item for item in (of.members if of else ()) if isinstance(item, Item))
    for item in named:
        if item.thing is not None and item.thing.kind == "people":
            seen.setdefault(item.thing.name, item)
    return _gathered(lists, seen.values())


def _recipients(register: Register, activity: Thing) -> Values:
    """Who gets the data or may see them: by disclosure, by access, as processor, abroad, or as a supplier in use.

    The controllers of the activity, and people and teams who are their own, are no recipients.
    """
    sources = [("discloses", "to"), ("opens", "to"), ("transfers", "to"), ("processor", None), ("sub-processor", None),
               ("uses", None), ("uses", "by"), ("makes", "by"), ("collects", "by")]  # fmt: skip
    lists = [register.field(activity, verb) for verb, _ in sources]
    if not any(clauses.members for clauses in lists):
        return _gathered(lists, ())
    own = {item.thing.name for item in _items(register.field(activity, "controller"), None) if item.thing}
    seen: dict[str, Item] = {}
    for clauses, (_, joint) in zip(lists, sources, strict=True):
        for item in _items(clauses, joint):
            thing = item.thing
            if thing is None:
                if joint == "to":
                    seen.setdefault(item.normal, item)
            elif thing.kind not in ("data", "document") and thing.name not in own:
                seen.setdefault(thing.name, item)
    return _gathered(lists, seen.values())


def _roles(register: Register, activity: Thing) -> Values:
    """Everybody to whom the activity gives a role."""
    lists = [register.field(activity, field_name(verb)) for verb in ROLES]
    return _gathered(lists, [item for clauses in lists for item in _items(clauses, None)])


def _document(register: Register, thing: Thing) -> Values:
    document = register.document_of(thing)
    if document is None:
        return SILENCE
    return Values((document,), State.STATED, whole=True) if document is thing else register.field(document, "document")


def _outer(register: Register, thing: Thing) -> Values:
    return Values((thing.outer,), State.STATED, whole=True) if thing.outer else SILENCE


def _inner(register: Register, thing: Thing) -> Values:
    return _gathered((), thing.activities)


def _moment(name: str) -> Callable[[Register, Thing], Values]:
    """`from` and `until` of an activity: its own, else those of the activity around it."""

    def inherited(register: Register, thing: Thing) -> Values:
        for here in thing.chain:
            if name in here.tails:
                return here.tails[name]
        return SILENCE

    return inherited


def _activities(register: Register, thing: Thing) -> Values:
    """The activities of a document: those of its file, or of the register where it is the only header."""
    found = [a for a in register.of_kind("activity") if not a.activities and register.document_of(a) is thing]
    return _gathered((), found)


def _documents(register: Register, thing: Thing) -> Values:
    """The documents on file that say they are of this activity, of one around it, or of one of its controllers."""
    if "controller" not in thing.clauses and not register.documents_of(thing.name):
        around = register._around(thing)
        if around is not None:
            return register.field(around, "documents")
    names = [here.name for here in thing.chain]
    names += [item.thing.name for item in _items(register.field(thing, "controller"), None) if item.thing]
    return _gathered((), dict.fromkeys(document for name in names for document in register.documents_of(name)))


def _notices(register: Register, activity: Thing) -> Values:
    """The notices that say they are of this activity, or of one around it."""
    names = {here.name for here in activity.chain}
    return _gathered((), [notice for notice in register.of_kind("notice") if _names(notice, "of") & names])


def _teams(register: Register, organisation: Thing) -> Values:
    """The teams that say they are of this organisation."""
    return _gathered((), [team for team in register.of_kind("team") if organisation.name in _names(team, "of")])


def _names(thing: Thing, joint: str) -> set[str]:
    values = thing.tails.get(joint)
    return {item.thing.name for item in (values or ()) if isinstance(item, Item) and item.thing is not None}


def codes_of(register: Register, thing: Thing | None = None) -> Values:
    """What the organisations of the register say they work under, such as a code of conduct."""
    if register._codes is None:
        organisations = (*register.of_kind("organisation"), *register.of_kind("organisations"))
        found = [values for org in organisations if (values := org.tails.get("under")) is not None]
        items = tuple(item for values in found for item in values.members)
        register._codes = Values(items, State.STATED if items else State.SILENT, whole=True)
    return register._codes


def _mentioned(register: Register, thing: Thing) -> Values:
    """Stated where the name of the thing is used anywhere in the register, none where it is only declared."""
    return _MENTIONED if thing.name in register.used else _NOT_MENTIONED


def _clauses(register: Register, thing: Thing) -> Values:
    """Every clause that holds for the thing, its own first, whatever it says: stated, denied or left blank."""
    chain = thing.chain if thing.kind == "activity" else [thing]
    found = tuple([clause for here in chain for listed in here.clauses.values() for clause in listed])
    unread = any(here.unread for here in chain)
    state = State.STATED if found else State.CANNOT_TELL if unread else State.SILENT
    return Values(found, state, unread=unread)


def _own(register: Register, thing: Thing) -> Values:
    """The clauses that stand in the block of the thing itself."""
    found = tuple([clause for listed in thing.clauses.values() for clause in listed])
    if found or thing.unread:
        return Values(found, State.STATED if found else State.CANNOT_TELL, unread=bool(thing.unread))
    return NO_CLAUSES


def _denied(register: Register, thing: Thing) -> Values:
    """The clauses that hold for the thing and deny something of which another clause with their verb speaks too."""
    return _gathered(
        (), [c for listed in thing.said.values() if len(listed) > 1 for c in listed if c.state is State.NONE]
    )


def _repeats(register: Register, thing: Thing) -> Values:
    """The clauses that say word for word what one before them, or around them, says already."""
    said = [clause.normal for listed in thing.said.values() if len(listed) > 1 for clause in listed]
    if len(set(said)) == len(said):
        return NO_CLAUSES
    seen: set[str] = set()
    found: list[Clause] = []
    for here in reversed(thing.chain):
        for clause in sorted((c for listed in here.clauses.values() for c in listed), key=lambda c: c.start):
            (found if clause.normal in seen else []).append(clause)
            seen.add(clause.normal)
    return _gathered((), found)


_DERIVED: dict[tuple[str, str], Callable[[Register, Thing], Values]] = {
    ("activity", "data"): _data,
    ("activity", "repeats"): _repeats,
    ("activity", "people"): _people,
    ("activity", "recipients"): _recipients,
    ("activity", "roles"): _roles,
    ("activity", "activities"): _inner,
    ("activity", "documents"): _documents,
    ("activity", "codes"): codes_of,
    ("activity", "notices"): _notices,
    ("organisation", "teams"): _teams,
    ("organisations", "teams"): _teams,
    ("activity", "from"): _moment("from"),
    ("activity", "until"): _moment("until"),
    ("record", "activities"): _activities,
    ("notice", "activities"): _activities,
    ("", "document"): _document,
    ("", "outer"): _outer,
    ("", "mentioned"): _mentioned,
    ("", "clauses"): _clauses,
    ("", "own"): _own,
    ("", "denied"): _denied,
}
_DERIVED_OF = {
    kind: {name: derive for (owner, name), derive in _DERIVED.items() if owner in ("", kind)} for kind in DECLARATIONS
}
# What the derived fields of an activity are made of: fields of it, and nothing but names besides. Those that are
# gathered are values of these clauses, not clauses.
GATHERED = ("data", "people", "recipients", "roles")
MADE_OF: dict[str, frozenset[str]] = {
    "data": frozenset(HANDLING),
    "people": frozenset(HANDLING) | {"collects"},
    "recipients": frozenset(
        ["discloses", "opens", "transfers", "processor", "sub-processor", "uses", "makes", "collects", "controller"]
    ),
    "roles": frozenset(ROLES),
    "codes": frozenset(),
    **dict.fromkeys(("clauses", "own", "denied", "repeats"), frozenset(VERBS)),
}
_DATA_FIELDS = frozenset(field_name(verb) for verb in DATA_VERBS)
DERIVED_FIELDS = {
    "": {"mentioned": "", "clauses": "clause", "denied": "clause", "own": "clause"},
    "activity": {
        "repeats": "clause", "data": "data", "people": "people", "recipients": "party", "roles": "party",
        "activities": "activity", "documents": "document", "notices": "notice", "codes": "instrument",
        "outer": "activity", "document": "header", "from": "moment", "until": "moment",
    },
    "organisation": {"teams": "team"},
    "organisations": {"teams": "team"},
    "record": {"activities": "activity"},
    "notice": {"activities": "activity"},
}  # fmt: skip
