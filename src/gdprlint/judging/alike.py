"""Which rules must be asked of a thing: by what it says, and by what was answered for things like it.

A register repeats itself. Most rules have nothing to report wherever a verb or a joining word is missing, and many of
the others look at a few clauses only: two activities that say the same there, up to the names of the data or
suppliers they speak of, are one to them. A rule that has nothing to report on the first has nothing to report on the
second. Nothing here knows what any rule asks; it goes by what `Needs` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from gdprlint.judging.letters import Letters
from gdprlint.judging.said import Said, remembered
from gdprlint.model.register import MADE_OF, Register
from gdprlint.model.states import Extent, State
from gdprlint.model.table import DATA_VERBS, ENDS
from gdprlint.model.things import Clause, Thing
from gdprlint.rules.needs import is_seldom_the_same
from gdprlint.rules.rule import Rule
from gdprlint.values import define, field

_NO_TERMS: frozenset[str] = frozenset()

OUTER = "activity around others"  # judged through those within it, but for what is true of any declaration
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
            return ask_all(self.parts, said, speaks)
        spoke = [entry for entry in self.rules if speaks(entry)]
        return [entry._replace(hold=True) if entry.rest is not None else entry for entry in spoke] if spoke else spoke


def ask_all(groups: Iterable[Group], said: Said, speaks: Speaks) -> list[Entry]:
    """What `ask` gives of each; most remember that none of their rules had anything to report."""
    found: list[Entry] = []
    for group in groups:
        if group.said is not None and (known := group.spoke.get(group.said(said))) is not None:
            group.met += 1
            if known:
                found += [entry for entry in known if speaks(entry)]
        else:
            found += group.ask(said, speaks)
    return found


def _nothing(said: Mapping[str, int]) -> object:
    return ()


class Candidates:
    """The rules for each kind of thing, and those of them that have a say where just these words are said.

    Silence counts as each rule says; where `heard` is given, for the rules with these codes only.
    """

    def __init__(self, by_kind: dict[str, list[Rule]], letters: Letters, heard: frozenset[str] | None = None) -> None:
        self._letters = letters
        self.heard = heard
        self.by_kind = {kind: rules for kind, rules in by_kind.items() if rules}
        self.by_code = {rule.code: rule for rules in by_kind.values() for rule in rules}
        self._by_loops: dict[tuple[str, str], dict[frozenset[str], list[tuple[int, Rule]]]] = {}
        self._chosen: dict[object, tuple[list[Group], frozenset[str]]] = {}
        self._groups: dict[object, Group] = {}

    def counts_silence(self, rule: Rule, extent: Extent) -> bool:
        """Whether silence counts for a rule in such a text."""
        return extent.value in rule.silence and (self.heard is None or rule.code in self.heard)

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
        marked = {mark + word for word in said for mark in ("", "=", "=never ")}
        marked.update(["@data", "=@data"] if not MADE_OF["data"].isdisjoint(said) else ())
        for rule in self._looping(kind, document, said):
            silence = self.counts_silence(rule, extent)
            needs = rule.needs
            reads, first, terms = None, None, _NO_TERMS
            if needs is not None and UNREAD not in said:
                if not needs.asked <= said:
                    if not silence:
                        unsure.add(rule.code)
                    continue
                if _lacks(said, needs.choices, silence):
                    continue
                if silence and not all(map(self._letters.may_hold, needs.letters)):
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
            if first is not None and (
                reads is None or len(reads) > 2 * len(first) or any(map(is_seldom_the_same, reads))
            ):
                found.setdefault(first, []).append(Entry(rule, silence, self._group(reads, [entry]), terms=terms))
            else:
                found.setdefault(reads, []).append(entry)
        groups = [self._group(reads, listed) for reads, listed in found.items()]
        return _joined(groups), frozenset(unsure)

    def _looping(self, kind: str, document: str, said: frozenset[str]) -> list[Rule]:
        """The rules for such things in their order, without those that go through clauses of an unsaid verb."""
        by_loops = self._by_loops.get((kind, document))
        if by_loops is None:
            by_loops = self._by_loops[kind, document] = {}
            for number, rule in enumerate(self.by_kind[kind]):
                if document in rule.judges:
                    looped = rule.needs.looped if rule.needs is not None else _NO_TERMS
                    by_loops.setdefault(looped, []).append((number, rule))
        found = [one for looped, rules in by_loops.items() if looped <= said for one in rules]
        return [rule for _, rule in sorted(found, key=itemgetter(0))]

    def _group(self, reads: tuple[str, ...] | None, listed: list[Entry]) -> Group:
        name = (reads, tuple((one.rule.code, one.silence, one.rest and (one.rest.reads,), one.terms) for one in listed))
        return self._groups.setdefault(name, Group(reads, listed))


def _of_those(reads: Iterable[str], marked: set[str]) -> tuple[str, ...]:
    return tuple([name for name in reads if name in marked or name[0] == "."])


def _lacks(said: frozenset[str], choices: Iterable[frozenset[str]], silence: bool) -> bool:
    """Whether of some choice no word is said, so that a condition never holds."""
    return any(said.isdisjoint(choice) and (silence or _of_tails(choice)) for choice in choices)


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
    return _own_words(thing).union(found, remembered(document, "verbs", _verbs_of_document))


def _verbs_of_document(document: Thing) -> list[str]:
    return [f"^{verb}" for verb in document.clauses]


def _own_words(thing: Thing) -> frozenset[str]:
    """What the declaration and the clauses of a thing itself, and of the activities around it, add to the words."""
    known: Any = thing.memo.get("words")
    if known is None:
        found: set[str] = set(thing.clauses)
        _add_tails(found, thing.clauses)
        said = thing.said
        for listed in [listed for verb in thing.clauses if len(listed := said[verb]) > 1]:
            if any(clause.state is State.NONE for clause in listed):
                found.add(":denied")
            if len({clause.normal for clause in listed}) < len(listed):
                found.add(":repeats")
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
