"""What an activity says, as numbers that are the same wherever the same is said, up to names and own words.

It is by these that things are told to be alike. Nothing here knows a rule, or what is remembered of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any, TypeAlias, TypeVar

from gdprlint.model.register import Register
from gdprlint.model.states import State
from gdprlint.model.table import HANDLING, field_name
from gdprlint.model.things import SILENCE, Clause, Item, Thing, Values
from gdprlint.rules.running import is_told_elsewhere
from gdprlint.rules.types import NAMED

T = TypeVar("T")
Handled: TypeAlias = tuple[tuple[int, int], ...]
MOMENTS = ("from", "until")
INHERITED = (".document", ".from", ".until")  # fields that an activity has from the one around it, unless it says so


class Names:
    """Which names of a register may stand for one another.

    A thing may that no declaration speaks of, so that no rule can come to it but through the clause that names it. Such
    things are alike where their declarations say the same; their titles do not count.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        fixed: set[str] = set()
        for thing in register.things:
            fixed.update(_named(thing.tails.values()))
            if thing.kind != "activity":
                for clauses in thing.clauses.values():
                    for clause in clauses:
                        fixed.update(_named((clause.about, *clause.tails.values())))
        self._fixed = fixed
        self._kinds: dict[str, str] = {}
        self._numbers: dict[object, int] = {}
        self.shapes: dict[int, tuple[int, tuple[int, ...]]] = {}
        self.lists: dict[int, tuple[int, tuple[int, ...], list[Clause]]] = {}
        self.handled: dict[int, tuple[Handled, list[Clause]]] = {}
        self._rows: dict[tuple[int, ...], int] = {}
        self._spelt: dict[tuple[str, ...], int] = {}
        self._left: dict[tuple[str, str], int] = {}
        self.likeness: list[str] = []  # of each word that was left open, what it is alike by
        self.numbers: dict[object, int] = {}  # of what is said
        self.around: dict[int, Said] = {}  # what activities around others say, by identity

    def alike(self, thing: Thing) -> str:
        """A word that things which may stand for one another share; nothing for a thing that only stands for itself."""
        known = self._kinds.get(thing.name)
        if known is None:
            known = self._kinds[thing.name] = self._alike(thing)
        return known

    def _alike(self, thing: Thing) -> str:
        if thing.kind not in NAMED or thing.name in self._fixed or not self.register.is_plain(thing):
            return ""
        tails = [f"{joint} {_normal(values)}" for joint, values in thing.tails.items()]
        clauses = [clause.normal for listed in thing.clauses.values() for clause in listed]
        content = (thing.kind, tuple(sorted(tails)), tuple(sorted(clauses)))
        number = self._numbers.setdefault(content, len(self._numbers))
        return f"{thing.kind}~{number}"

    def shape(self, clause: Clause) -> tuple[int, tuple[int, ...]]:
        """A number for what a clause says with names and own words left open; and a number for each of these.

        The numbers are the same for clauses that say the same, and for the same words.
        """
        known = self.shapes.get(id(clause))
        if known is None:
            left: list[tuple[str, str]] = []
            parts = [clause.adverb or "", clause.verb]
            self._list(clause.about, parts, left)
            tails = clause.tails
            for joint in sorted(tails) if len(tails) > 1 else tails:
                parts.append(joint)
                self._list(tails[joint], parts, left)
            number = self._spelt.setdefault(tuple(parts), len(self._spelt))
            numbers = self._left
            places = tuple([at if (at := numbers.get(word)) is not None else self._number(word) for word in left])
            known = self.shapes[id(clause)] = (number, places)
        return known

    def listed(self, clauses: list[Clause]) -> tuple[int, tuple[int, ...], list[Clause]]:
        """What `shape` gives, of a list of clauses that stays as it is; activities around others share theirs."""
        shapes = [self.shapes.get(id(clause)) or self.shape(clause) for clause in clauses]
        number = self._rows.setdefault(tuple([number for number, _ in shapes]), len(self._rows))
        left = tuple([word for _, words in shapes for word in words])
        known = self.lists[id(clauses)] = (number, left, clauses)  # held on to, so that no other has its identity
        return known

    def with_tails(self, thing: Thing, tails: frozenset[str]) -> tuple[object, ...]:
        """What `shape` gives, of the clauses of a thing with one of these tails, behind whether it has others."""
        clauses = [clause for listed in thing.clauses.values() for clause in listed]
        found = [one for one in clauses if not tails.isdisjoint(one.tails) or is_told_elsewhere(one)]
        return (len(found) < len(clauses), *map(self.shape, found))

    def data_of(self, clauses: list[Clause]) -> Handled:
        """What a list of clauses is about, item by item: what is fixed of it, and the number of the word left open."""
        found: list[tuple[int, int]] = []
        for clause in clauses:
            if clause.state is not State.NONE:
                found += [self._datum(item) for item in clause.about.members if type(item) is Item]
        known = tuple(found)
        self.handled[id(clauses)] = (known, clauses)  # held on to, so that no other has its identity
        return known

    def _datum(self, item: Item) -> tuple[int, int]:
        thing = item.thing
        alike = (self._kinds.get(thing.name) or self.alike(thing)) if thing is not None else ""
        plain = item.adverb is None and item.bound is None and item.quote is None and item.after is None
        fixed = self._spelt.setdefault((alike if alike and plain else item.normal,), len(self._spelt))
        return fixed, self._number((alike, thing.name)) if thing is not None and alike else -1

    def _number(self, word: tuple[str, str]) -> int:
        number = self._left.setdefault(word, len(self._left))
        if number == len(self.likeness):
            self.likeness.append(word[0])
        return number

    def _list(self, values: Values, parts: list[str], left: list[tuple[str, str]]) -> None:
        for item in values.members:
            if type(item) is not Item:
                continue
            thing = item.thing
            if (
                item.kind != "word"
                or item.quote is not None
                or item.adverb is not None
                or item.bound is not None
                or item.after is not None
            ):
                parts.append(self._item(item, left))
            elif thing is not None and (alike := self._kinds.get(thing.name) or self.alike(thing)):
                left.append((alike, thing.name))
                parts.append(alike)
            else:
                parts.append(str(item.value))
        if values.denied:
            parts.append(" never")
            parts += [self._item(item, left) for item in values.denied]
        parts.append((" or only" if values.only else " or") if values.either else " only" if values.only else " ")

    def _item(self, item: Item, left: list[tuple[str, str]]) -> str:
        thing, quote = item.thing, item.quote
        alike = self.alike(thing) if thing is not None else ""
        if thing is not None and alike:
            left.append((alike, thing.name))
        elif item.after is not None:
            return f"{item.adverb} {item.bound} {item.value} after {self._item(item.after, left)}"
        elif quote is None:
            return item.normal
        if quote is not None:
            left += [('"', quote), ("'", quote.casefold())]
        elif item.adverb is None and item.bound is None and item.kind == "word":
            return alike
        word = alike or ("" if item.kind == "quote" else item.value)
        return f"{item.adverb} {item.bound} {word} {item.kind if quote is None else 'quote'}"


def _named(lists: Iterable[Values]) -> Iterable[str]:
    for values in lists:
        for item in (*values.members, *values.denied):
            if isinstance(item, Item):
                for here in (item, item.after):
                    if here is not None and here.thing is not None:
                        yield here.thing.name


def _normal(values: Values) -> str:
    members = sorted(item.normal for item in values.members if isinstance(item, Item))
    denied = sorted(item.normal for item in values.denied)
    return f"{members} {denied} {values.only} {values.either}"


class Said(dict[str, int]):
    """What one activity says, by verb and tail, each as a number that is the same wherever the same is said.

    A verb with an equals sign stands for what is said to the word; otherwise names and own words are left open, and
    only which of them are the same counts. What is asked for first is numbered then; no other verb is asked for than
    those that are said. What an activity says under the verbs of the one `around` it alone has the numbers that it has
    there.
    """

    def __init__(self, register: Register, thing: Thing, names: Names, around: Said | None = None) -> None:
        self.register = register
        self.thing = thing
        self.names = names
        if around is None:
            self._order: dict[int, int] = {}
            self._counts: dict[str, int] = {}
            return
        super().__init__(around)
        self._order = around._order.copy()
        self._counts = around._counts.copy()
        for verb in thing.clauses:
            self.pop(verb, None)
            self.pop(f"={verb}", None)
        for joint in thing.tails:
            self.pop(f".{joint}", None)
        if thing.document is not around.thing.document:
            self.pop(".document", None)

    def __missing__(self, name: str) -> int:
        mark = name[0]
        if mark == ".":
            said = _way(name[1:])(self)
        elif mark == "=":
            said = self._to_the_word(name)
        elif mark == "@":
            data = self._data()
            said = self._placed([fixed for fixed, _ in data], [word for _, word in data])
        else:
            clauses = self.thing.said[name]
            number, left, _ = self.names.lists.get(id(clauses)) or self.names.listed(clauses)
            said = self._placed([number], left) if left else (number,)
        found = self[name] = self.number(said)
        return found

    def number(self, said: tuple[object, ...]) -> int:
        """A number that is the same wherever the same is said."""
        numbers = self.names.numbers
        return numbers.setdefault(said, len(numbers) + 1)

    def _to_the_word(self, name: str) -> tuple[object, ...]:
        if name[1] == "@":
            return self._data()
        if name.startswith("=never "):
            denied = self.register.field(self.thing, f"never-{field_name(name[7:])}").members
            return tuple([self.names.shape(clause) for clause in denied if isinstance(clause, Clause)])
        clauses = self.thing.said[name[1:]]
        return (self.names.lists.get(id(clauses)) or self.names.listed(clauses))[:2]

    def _data(self) -> Handled:
        """The data that the activity handles, each once: what its clauses say of them is not looked at."""
        names, said = self.names, self.thing.said
        known = names.handled
        lists = [said[verb] for verb in HANDLING if verb in said]
        found = [one[0] if (one := known.get(id(listed))) else names.data_of(listed) for listed in lists]
        return tuple(dict.fromkeys([datum for handled in found for datum in handled]))

    def _placed(self, found: list[int], left: Sequence[int]) -> tuple[int, ...]:
        """Numbers for what is said, and for each word that was left open which one it is of those that are alike."""
        order = self._order
        for word in left:
            place = order.get(word)
            if place is None:  # which one it is, in order of appearance, of the words that are alike
                likeness = self.names.likeness[word] if word >= 0 else ""
                place = order[word] = self._counts.get(likeness, 0)
                self._counts[likeness] = place + 1
            found.append(place)
        return tuple(found)


def said_of(register: Register, thing: Thing, names: Names) -> Said:
    """What a thing says; of the activity around it, all is numbered first, since names have their places from there."""
    outer = thing.outer
    if thing.kind != "activity" or outer is None or outer.kind != "activity":
        return Said(register, thing, names)
    around = names.around.get(id(outer))
    if around is None:
        around = said_of(register, outer, names)
        for verb in outer.said:
            around[verb], around[f"={verb}"]
        for name in [name for name in around if name[0] == "." or name[:7] == "=never "]:
            del around[name]
        for name in INHERITED:
            around[name]
        around[".outer"] = around.number((("thing", id(outer)),))  # for those within
        names.around[id(outer)] = around
    return Said(register, thing, names, around)


def remembered(thing: Thing, name: str, what: Callable[[Thing], T]) -> T:
    """What was found out about a thing under this name, which is found out when it is first asked for."""
    memo: Any = thing.memo
    if name not in memo:
        memo[name] = what(thing)
    found: T = memo[name]
    return found


Way: TypeAlias = "Callable[[Said], tuple[object, ...]]"


@cache
def _way(name: str) -> Way:
    """How it is found what an activity says in a field of this name."""
    if name == "document":
        return lambda said: (id(said.register.document_of(said.thing)),)  # two may have one name
    if name == "standing":
        return _in_chain(name, _counts)
    if name == "moments":
        return _in_chain(name, _moments)
    field, _, words = name.partition(" of ")
    if field == "standing":
        verbs = words.split(", ")
        return _in_chain(name, lambda thing: [len(thing.clauses.get(verb, ())) for verb in verbs])
    field, _, words = name.partition(" with ")
    if words:
        return _with_tails(name, field, frozenset(words.split(", ")))
    return partial(_members, name)


def _in_chain(name: str, what: Callable[[Thing], Iterable[object]]) -> Way:
    """What is found of an activity, then of those around it."""

    def found(thing: Thing) -> tuple[object, ...]:
        outer = thing.outer
        if outer is None or outer.kind != "activity":
            return tuple(what(thing))
        return (*what(thing), None, *remembered(outer, name, found))

    return lambda said: found(said.thing)


def _with_tails(name: str, field: str, tails: frozenset[str]) -> Way:
    """The clauses that have one of some tails, to the word: of the activity itself, or of those around it, too."""
    if field == "clauses":
        return lambda said: tuple(
            [remembered(here, name, lambda here: said.names.with_tails(here, tails)) for here in said.thing.chain]
        )
    return lambda said: said.names.with_tails(said.thing, tails)


def _members(name: str, said: Said) -> tuple[object, ...]:
    """The members of a field of the model."""
    if name == "notices" and not said.register.of_kind("notice"):
        return ()
    members = said.register.field(said.thing, name).members
    return tuple([("thing", id(m)) if isinstance(m, Thing) else m.normal for m in members])


def _counts(activity: Thing) -> Iterable[object]:
    """How many clauses with each verb stand in the activity itself."""
    return [(verb, len(clauses)) for verb, clauses in activity.clauses.items()]


def _moments(activity: Thing) -> Iterable[object]:
    return [_normal(activity.tails.get(end, SILENCE)) for end in MOMENTS]
