"""Which rules must be asked of a thing: by what it says, and by what was answered for things like it.

A register repeats itself. Most rules have nothing to report wherever a verb or a joining word is missing, and many of
the others look at a few clauses only: two activities that say the same there, up to the names of the data or
suppliers they speak of, are one to them. A rule that has nothing to report on the first has nothing to report on the
second. Nothing here knows what any rule asks; it goes by what `Needs` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from gdprlint.model.register import Register
from gdprlint.model.states import Extent, State
from gdprlint.model.table import DATA_VERBS, ENDS, field_name
from gdprlint.model.things import SILENCE, Clause, Item, Thing, Values
from gdprlint.rules.needs import is_seldom_the_same
from gdprlint.rules.rule import Rule
from gdprlint.rules.types import NAMED
from gdprlint.values import define, field

T = TypeVar("T")
_NO_TERMS: frozenset[str] = frozenset()

OUTER = "activity around others"  # judged through those within it, but for what is true of any declaration
MOMENTS = ("from", "until")
INHERITED = (".document", ".from", ".until")  # fields that an activity has from the one around it, unless it says so
UNREAD = "?"
TRIED = 100  # different activities after which remembering what rules said of them must have paid


class Entry(NamedTuple):
    """A rule, and whether silence counts for it. Where there is a `rest`, its first conditions only.

    Where they hold, the whole rule is asked, which is all that the rest holds; `hold` says that they are known to.
    Where there are `terms`, the rule has nothing to report unless some clause may be one of them.
    """

    rule: Rule
    silence: bool
    rest: Group | None = None
    hold: bool = False
    terms: frozenset[str] = frozenset()


Speaks: TypeAlias = "Callable[[Entry], bool]"


@define(eq=False)
class Group:
    """Rules that look at the same things of an activity.

    `reads` is None where they may look at anything. `spoke` remembers, by what an activity says there, which of them
    had something to report: on the next activity that says the same, the others have nothing either. A group of groups
    has `parts`, which are asked where it remembers nothing.
    """

    reads: tuple[str, ...] | None
    rules: list[Entry] = field(factory=list)
    spoke: dict[object, list[Entry]] = field(factory=dict)
    parts: list[Group] = field(factory=list)
    said: Callable[[Said], object] | None = None
    met: int = 0

    def __attrs_post_init__(self) -> None:
        if self.reads is not None:
            self.said = itemgetter(*self.reads) if self.reads else _nothing

    def ask(self, said: Said, speaks: Speaks) -> list[Entry]:
        """Let the rules speak that may have something to report, and tell which of them had."""
        if self.said is None:
            return self._asked(said, speaks)
        key = self.said(said)
        known = self.spoke.get(key)
        if known is not None:
            self.met += 1
            return [entry for entry in known if speaks(entry)] if known else known
        spoke = self.spoke[key] = self._asked(said, speaks)
        if not len(self.spoke) % TRIED and self.met < len(self.spoke):
            self.said = None  # hardly anything is said twice: remembering costs more than it saves
        return spoke

    def _asked(self, said: Said, speaks: Speaks) -> list[Entry]:
        if self.parts:
            return [entry for part in self.parts for entry in part.ask(said, speaks)]
        spoke = [entry for entry in self.rules if speaks(entry)]
        return [entry._replace(hold=True) if entry.rest is not None else entry for entry in spoke] if spoke else spoke


def _nothing(said: Mapping[str, int]) -> object:
    return ()


class Candidates:
    """The rules for each kind of thing, and those of them that have a say where just these words are said."""

    def __init__(self, by_kind: dict[str, list[Rule]]) -> None:
        self.by_kind = {kind: rules for kind, rules in by_kind.items() if rules}
        self.by_code = {rule.code: rule for rules in by_kind.values() for rule in rules}
        self._chosen: dict[object, tuple[list[Group], frozenset[str]]] = {}
        self._groups: dict[object, Group] = {}

    def of(self, kind: str, extent: Extent, document: str, said: frozenset[str]) -> tuple[list[Group], frozenset[str]]:
        """The rules in groups; beside them, the codes of those that cannot tell where silence does not count."""
        key = (kind, extent, document, said)
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = self._choose(kind, extent, document, said)
        return found

    def _choose(
        self, kind: str, extent: Extent, document: str, said: frozenset[str]
    ) -> tuple[list[Group], frozenset[str]]:
        found: dict[tuple[str, ...] | None, list[Entry]] = {}
        unsure: set[str] = set()
        silent = extent.value
        marked = {mark + word for word in said for mark in ("", "=", "=never ")}
        for rule in self.by_kind[kind]:
            if document not in rule.judges:
                continue
            silence = silent in rule.silence
            needs = rule.needs
            reads, first, terms = None, None, _NO_TERMS
            if needs is not None and not needs.looped <= said:
                continue  # no clause of such a verb was read, so that there is none to report
            if needs is not None and UNREAD not in said:
                if not needs.asked <= said:
                    if not silence:
                        unsure.add(rule.code)
                    continue
                if any(said.isdisjoint(choice) for choice in needs.choices if silence or _of_tails(choice)):
                    continue
                if kind in ("activity", OUTER):
                    in_notice = document == "notice"
                    if needs.reads is not None and not (needs.notices and in_notice):
                        reads = _of_those(needs.reads, marked)
                    if silence and needs.terms and needs.terms.isdisjoint(said):
                        terms = frozenset([word[1:] for word in needs.terms if word[0] == "~"])
                    if needs.first is not None and not (needs.first.notices and in_notice):
                        first = _of_those(needs.first.reads, marked)
            entry = Entry(rule, silence, terms=terms)
            if first is not None and (reads is None or any(map(is_seldom_the_same, reads))):
                found.setdefault(first, []).append(Entry(rule, silence, self._group(reads, [entry]), terms=terms))
            else:
                found.setdefault(reads, []).append(entry)
        groups = [self._group(reads, listed) for reads, listed in found.items()]
        return _joined(groups), frozenset(unsure)

    def _group(self, reads: tuple[str, ...] | None, listed: list[Entry]) -> Group:
        name = (reads, tuple((one.rule.code, one.silence, one.rest and (one.rest.reads,), one.terms) for one in listed))
        return self._groups.setdefault(name, Group(reads, listed))


def _of_those(reads: Iterable[str], marked: set[str]) -> tuple[str, ...]:
    return tuple([name for name in reads if name in marked or name[0] == "."])


def _of_tails(choice: frozenset[str]) -> bool:
    """Whether these are joining words only, of which silence always says that a test does not apply."""
    return all(word.startswith(":") for word in choice)


def _joined(groups: list[Group]) -> list[Group]:
    """Groups that look at a part of what another one looks at are asked through that one: registers repeat themselves.

    Where names and the writer's own words count, the same is seldom said twice: such groups stand for themselves.
    """
    alike: list[Group] = []
    apart: list[Group] = []
    for group in groups:
        exact = group.reads is None or any(map(is_seldom_the_same, group.reads))
        (apart if exact else alike).append(group)
    clusters: list[tuple[set[str], list[Group]]] = []
    for group in sorted(alike, key=lambda group: -len(group.reads or ())):
        reads = set(group.reads or ())
        for union, parts in reversed(clusters):
            if reads <= union:
                parts.append(group)
                break
        else:
            clusters.append((reads, [group]))
    whole = [_join([_join(parts) for _, parts in clusters])] if clusters else []
    return [*whole, *apart]


def _join(parts: list[Group]) -> Group:
    if len(parts) < 2:
        return parts[0]
    reads = sorted({name for group in parts for name in group.reads or ()})
    return Group(tuple(reads), parts=parts)


def words_said(register: Register, thing: Thing) -> frozenset[str]:
    """The verbs that hold for a thing, and the joining words of its declaration and clauses with a colon before them.

    The verbs of its document stand with a caret before them. Where a part may be unread, or told in another text,
    nobody knows what else is said, and `UNREAD` stands beside what is.
    """
    found = {f":a {thing.kind}"}
    if not register.is_plain(thing):
        found.add(UNREAD)
    if thing.name not in register.used:
        found.add(":unmentioned")
    if thing.kind == "data":
        found.update([verb for verb in DATA_VERBS if (verb, thing.name) in register.about])
    document = register.document_of(thing)
    if document is None or document is thing:
        return _own_words(thing).union(found)
    return _own_words(thing).union(found, _remembered(document, "verbs", _verbs_of_document))


def _verbs_of_document(document: Thing) -> list[str]:
    return [f"^{verb}" for verb in document.clauses]


def _own_words(thing: Thing) -> frozenset[str]:
    """What the declaration and the clauses of a thing itself, and of the activities around it, add to the words."""
    known: Any = thing.memo.get("words")
    if known is None:
        found: set[str] = set(thing.clauses)
        _add_tails(found, thing.clauses)
        found.update([f":{joint}" for joint in thing.tails])
        outer = thing.outer if thing.kind == "activity" else None
        if outer is not None and outer.kind == "activity":
            found |= _own_words(outer)
        known = thing.memo["words"] = frozenset(found)
    return known  # type: ignore[no-any-return]


def _add_tails(found: set[str], said: dict[str, list[Clause]]) -> None:
    for clauses in said.values():
        for clause in clauses:
            about = clause.about
            if about.state is State.BLANK:
                found.add("::blank")
            if about.only:
                found.add("::exclusive")
            for joint, values in clause.tails.items():
                found.add(_TAIL_WORDS[joint])
                if values.state is State.BLANK:
                    found.add(f"::{joint} blank")
            if clause.verb == "keeps" and "under" in clause.tails:
                found.update([_TAIL_WORDS[end] for end in ENDS])  # the period stands in the other text


class _Words(dict[str, str]):
    def __missing__(self, joint: str) -> str:
        word = self[joint] = f"::{joint}"
        return word


_TAIL_WORDS = _Words()


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
            for joint in sorted(clause.tails):
                parts.append(joint)
                self._list(clause.tails[joint], parts, left)
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
            plain = item.kind == "word" and item.quote is None and item.adverb is None and item.bound is None
            if not plain or item.after is not None:
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
        if name[0] == "=":
            said = self._to_the_word(name)
        elif name[0] == ".":
            said = self._of_field(name[1:])
        else:
            said = self._open(name)
        number = self[name] = self.number(said)
        return number

    def number(self, said: tuple[object, ...]) -> int:
        """A number that is the same wherever the same is said."""
        numbers = self.names.numbers
        return numbers.setdefault(said, len(numbers) + 1)

    def _of_field(self, name: str) -> tuple[object, ...]:
        if name == "document":
            return (id(self.register.document_of(self.thing)),)  # two may have one name
        if name == "standing":
            return tuple([_remembered(here, "counts", _counts) for here in self.thing.chain])
        if name == "moments":
            return tuple([_remembered(here, "moments", _moments) for here in self.thing.chain])
        if name == "notices" and not self.register.of_kind("notice"):
            return ()
        members = self.register.field(self.thing, name).members
        return tuple([("thing", id(m)) if isinstance(m, Thing) else m.normal for m in members])

    def _to_the_word(self, name: str) -> tuple[object, ...]:
        if name.startswith("=never "):
            denied = self.register.field(self.thing, f"never-{field_name(name[7:])}").members
            return tuple([self.names.shape(clause) for clause in denied if isinstance(clause, Clause)])
        clauses = self.thing.said[name[1:]]
        return (self.names.lists.get(id(clauses)) or self.names.listed(clauses))[:2]

    def _open(self, verb: str) -> tuple[object, ...]:
        """The number of what is said by a verb, and as many as it has words."""
        clauses = self.thing.said[verb]
        number, left, _ = self.names.lists.get(id(clauses)) or self.names.listed(clauses)
        if not left:
            return (number,)
        found = [number]
        order = self._order
        for word in left:
            place = order.get(word)
            if place is None:  # which one it is, in order of appearance, of the words that are alike
                likeness = self.names.likeness[word]
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


def _remembered(thing: Thing, name: str, what: Callable[[Thing], T]) -> T:
    memo: Any = thing.memo
    if name not in memo:
        memo[name] = what(thing)
    found: T = memo[name]
    return found


def _counts(activity: Thing) -> object:
    """How many clauses with each verb stand in the activity itself."""
    return tuple([(verb, len(clauses)) for verb, clauses in activity.clauses.items()])


def _moments(activity: Thing) -> object:
    return tuple([_normal(activity.tails.get(end, SILENCE)) for end in MOMENTS])
