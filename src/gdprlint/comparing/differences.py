"""What two facts or two declarations that speak of the same thing say otherwise, one difference for each aspect.

Here differences get their topic and their words. Which facts belong together is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from gdprlint.comparing import wording
from gdprlint.comparing.facts import ABOUT, Fact
from gdprlint.comparing.senses import Parted, Said, parted
from gdprlint.comparing.topics import DECLARED, NOT_COMPARED_TAILS, TOPICS, VERBS_COMPARED
from gdprlint.diagnostics import Change, Label
from gdprlint.model.amounts import Amount, compare
from gdprlint.model.states import State
from gdprlint.model.table import ENDS
from gdprlint.model.things import Clause, Item, Thing
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.text import Span

Spot = Item | Clause | Thing

# Tails that together say one thing: when data are no longer kept, and where they go.
TOGETHER = {
    "keeps": dict.fromkeys((*ENDS, "whichever is later"), "end"),
    "transfers": dict.fromkeys(("in", "outside"), "place"),
    "uses": dict.fromkeys(("in", "outside"), "place"),
}


def aspect_of(verb: str, joint: str) -> str:
    """The aspect that a tail belongs to: mostly itself."""
    return TOGETHER.get(verb, {}).get(joint, joint)


@define(eq=False)
class Difference:
    """Something that two sides say otherwise: before it has its final words, since equal ones are told once."""

    kind: str
    topic: str
    text: str
    old: Spot | None
    new: Spot | None
    about: list[Item] = field(factory=list)
    clause: Clause | None = None  # the subject of the sentence
    means: str = ""
    node: Thing | None = None

    @property
    def key(self) -> tuple[object, ...]:
        return self.kind, self.topic, id(self.old), id(self.new), "" if self.old or self.new else self.text


def topic_of(verb: str, joint: str, items: Iterable[Item], vocabulary: Vocabulary) -> str:
    """The topic of a change in a clause: that of the tail, or one that the values themselves call for."""
    compared = VERBS_COMPARED[verb]
    if joint in compared.tails:
        return compared.tails[joint]
    topic = compared.topic
    if joint == ABOUT and topic == "data categories":
        return data_topic(items, vocabulary)
    if verb == "uses" and any(is_a(item, ("storage-technology", "web-analytics-tool"), vocabulary) for item in items):
        return "cookies"
    if verb == "keeps" and joint in (ABOUT, "with") and any(is_a(i, ("research-archive",), vocabulary) for i in items):
        return "archive"
    return topic


def data_topic(items: Iterable[Item], vocabulary: Vocabulary, otherwise: str = "data categories") -> str:
    items = list(items)
    if any(is_a(item, ("special-category-data",), vocabulary) for item in items):
        return "special category data"
    if any(is_a(item, ("criminal-offence-data",), vocabulary) for item in items):
        return "criminal offence data"
    return otherwise


def is_a(item: Item, roots: Sequence[str], vocabulary: Vocabulary, depth: int = 0) -> bool:
    """Whether a value is surely one of these terms, itself or by what it is declared to be."""
    if item.state is not State.STATED and item.state is not State.HEDGED:
        return False
    if item.thing is not None:
        listed = [item.thing.tails.get(joint) for joint in ("is", "including")]
        inner = [i for values in listed if values is not None for i in values.members if isinstance(i, Item)]
        return depth < 5 and any(is_a(one, roots, vocabulary, depth + 1) for one in inner)
    return item.kind == "word" and any(vocabulary.is_a(str(item.value), root) for root in roots)


@frozen
class Both:
    """Two facts of one verb that belong together. `silence` tells whether that of the old and of the new side counts.

    `memo` remembers how lists part, which facts of one clause share.
    """

    old: Fact
    new: Fact
    vocabulary: Vocabulary
    silence: tuple[bool, bool]
    memo: dict[tuple[int, int], Parted]

    def parted(self, before: Said, after: Said) -> Parted:
        key = id(before), id(after)
        if key not in self.memo:
            self.memo[key] = parted(before, after)
        return self.memo[key]

    def topic(self, joint: str, items: Iterable[Item]) -> str:
        return topic_of(self.new.verb, joint, items, self.vocabulary)

    def said(
        self, kind: str, topic: str, text: str, old: Spot | None, new: Spot | None, joint: str, means: str = ""
    ) -> Difference:
        """A difference in a tail of the two, or in what they are about."""
        about = list(self.new.about) if joint != ABOUT else []
        return Difference(
            kind, topic, text, old or self.old.clause, new or self.new.clause, about, self.new.clause, means
        )


def of_facts(both: Both) -> Iterator[Difference]:
    """How two facts of one verb differ, aspect by aspect."""
    old, new = both.old, both.new
    if old.state is not new.state:
        was, now = wording.HOW_SAID[old.state], wording.HOW_SAID[new.state]
        topic = both.topic(ABOUT, (*old.about, *new.about))
        yield Difference(
            kind_of_state(new.state), topic, f"was {was} and is now {now}", spot_of(old), spot_of(new),
            list(new.about), new.clause,
        )  # fmt: skip
    aspects: dict[str, list[str]] = {}
    for joint in dict.fromkeys((*old.aspects, *new.aspects)):
        aspects.setdefault(aspect_of(old.verb, joint), []).append(joint)
    for joints in aspects.values():
        shared = [joint for joint in joints if joint in old.aspects and joint in new.aspects]
        for joint in shared:
            if old.aspects[joint] != new.aspects[joint]:
                yield from _of_values(joint, old.aspects[joint], new.aspects[joint], both)
        before = {joint: old.aspects[joint] for joint in joints if joint not in new.aspects}
        after = {joint: new.aspects[joint] for joint in joints if joint not in old.aspects}
        if before or after:
            yield from _of_tails(before, after, both)


def kind_of_state(new: State) -> str:
    """What it is called when the same is said in another way."""
    return {State.NONE: "denied", State.BLANK: "blank", State.HEDGED: "hedged"}.get(new, "stated")


def spot_of(fact: Fact) -> Spot:
    """The place of what the fact is about, where its clause is about more besides; else the clause."""
    alone = len(fact.clause.about.members) + len(fact.clause.about.denied) <= 1
    return fact.clause if alone or len(fact.about) != 1 else fact.about[0]


def _of_tails(before: Mapping[str, Said], after: Mapping[str, Said], both: Both) -> Iterator[Difference]:
    """Tails that only one of the two has: `for 2 years` may have become `indefinitely`."""
    was, now = (" ".join(_tail(joint, said) for joint, said in side.items()) for side in (before, after))
    old, new = (next((i for said in side.values() for i in said.items.values()), None) for side in (before, after))
    joint = next(iter({**after, **before}))
    topic = both.topic(joint, [item for item in (old, new) if item is not None])
    if before and after:
        yield both.said("changed", topic, f"`{was}` is now `{now}`", old, new, joint)
    elif after and both.silence[0]:
        yield both.said("added", topic, f"now says `{now}`", None, new, joint)
    elif before and both.silence[1]:
        yield both.said("removed", topic, f"no longer says `{was}`", old, None, joint)


def _tail(joint: str, said: Said) -> str:
    items = tuple(said.items.values())
    return f"{joint} {wording.words(items, 'or' if said.either else 'and')}".strip() + (" only" if said.only else "")


def _of_values(joint: str, before: Said, after: Said, both: Both) -> Iterator[Difference]:
    """What two lists of one tail say otherwise."""
    found = both.parted(before, after)
    gone, come = found.gone, found.come
    topic = both.topic(joint, (*gone, *come))
    head = f"{joint} " if joint else ""
    for one, two in found.restated:
        text = f"`{head}{wording.word(one)}` is now `{head}{wording.word(two)}`"
        yield both.said(kind_of_state(two.state), both.topic(joint, (one, two)), text, one, two, joint)
    for one, two in found.unclear:
        yield both.said("unclear", topic, unclear_text(head, one, two), one, two, joint)
    if gone and come:
        was, now = wording.apart(gone, come)
        text = f"`{head}{was}` is now `{head}{now}`"
        yield both.said("changed", topic, text, gone[0], come[0], joint, _means_of_values(topic, gone, come))
    elif come and both.silence[0]:
        yield both.said("added", topic, f"now also says `{head}{wording.words(come)}`", None, come[0], joint)
    elif gone and both.silence[1]:
        yield both.said("removed", topic, f"no longer says `{head}{wording.words(gone)}`", gone[0], None, joint)
    if before.only is not after.only:
        kind, claims = ("added", "now claims") if after.only else ("removed", "no longer claims")
        text = f"{claims} that its list{f' behind `{joint}`' if joint else ''} is complete"
        yield both.said(kind, topic, text, _first(before), _first(after), joint)
    if before.either is not after.either and not (gone or come):
        kind, leaves = ("hedged", "now leaves open") if after.either else ("stated", "no longer leaves open")
        text = f"{leaves} which of `{head}{wording.words(tuple(after.items.values()), 'or')}` holds"
        yield both.said(kind, topic, text, _first(before), _first(after), joint)


def _first(said: Said) -> Item | None:
    return next(iter(said.items.values()), None)


def unclear_text(head: str, one: Item, two: Item) -> str:
    a, b = f"`{head}{wording.word(one)}`", f"`{head}{wording.word(two)}`"
    if isinstance(one.value, Amount) and isinstance(two.value, Amount) and one.value != two.value:
        return f"whether {a} is as long as {b} depends on the calendar"
    return f"whether {b} means what {a} meant cannot be told from the words"


# Which rights depend on the lawful basis: UK GDPR Articles 7(3), 20(1) and 21(1), on 2026-11-21.
_RIGHTS = {
    "consent": ("to take consent back", "to take the data elsewhere"),
    "contract": ("to take the data elsewhere",),
    "public-task": ("to object",),
    "official-authority": ("to object",),
    "legitimate-interests": ("to object",),
    "recognised-legitimate-interest": ("to object",),
}


def _means_of_values(topic: str, gone: Sequence[Item], come: Sequence[Item]) -> str:
    """What it means for people where the values themselves tell; else empty."""
    if topic == "lawful basis" and len(gone) == len(come) == 1:
        return basis_meaning(str(gone[0].value), str(come[0].value))
    if topic == "retention" and len(gone) == len(come) == 1:
        one, two = gone[0].value, come[0].value
        order = compare(one, two) if isinstance(one, Amount) and isinstance(two, Amount) else None
        if order == -1:
            return "data are kept longer than people were told; they are told before, and why it is needed"
        if order == 1:
            return "data are kept for less long; copies that are older than the new period are due now"
    return ""


def basis_meaning(old: str, new: str) -> str:
    had, have = (_RIGHTS.get(basis, ()) for basis in (old, new))
    lost = [right for right in had if right not in have]
    won = [right for right in have if right not in had]
    parts = ["a basis cannot be swapped at will"]
    if old == "consent":
        parts.append("people were told that it is for them to say yes or no")
    if new == "consent":
        parts.append("consent counts from when it is given")
    if lost:
        parts.append(f"people lose the right {' and '.join(lost)}")
    if won:
        parts.append(f"{'they' if lost else 'people'} gain the right {' and '.join(won)}")
    return "; ".join(parts)


def of_declarations(
    old: Thing, new: Thing, said: tuple[dict[str, Said], dict[str, Said]], vocabulary: Vocabulary,
    silence: tuple[bool, bool],
) -> Iterator[Difference]:  # fmt: skip
    """How the declarations of one thing differ: what it is, whose, where and when."""
    default, topics = DECLARED[new.kind]
    for joint in (*said[0], *(joint for joint in said[1] if joint not in said[0])):
        if (new.kind, joint) in NOT_COMPARED_TAILS:
            continue
        before, after = said[0].get(joint), said[1].get(joint)
        found = parted(before, after)
        items = (*found.gone, *found.come, *(item for both in found.restated for item in both))
        topic = _topic_of_tail(new.kind, topics.get(joint, default), items, vocabulary)
        yield from _of_tail(joint, old, new, found, topic, silence, (before is None, after is None))


def _topic_of_tail(kind: str, topic: str, items: Sequence[Item], vocabulary: Vocabulary) -> str:
    if kind == "data" and topic == "data categories":
        return data_topic(items, vocabulary)
    if kind == "people" and any(is_a(item, ("child",), vocabulary) for item in items):
        return "children"
    return topic


def _of_tail(
    joint: str, old: Thing, new: Thing, found: Parted, topic: str, silence: tuple[bool, bool],
    missing: tuple[bool, bool],
) -> Iterator[Difference]:  # fmt: skip
    for one, two in found.restated:
        text = f"`{joint} {wording.word(one)}` is now `{joint} {wording.word(two)}`"
        yield Difference(kind_of_state(two.state), topic, text, one, two, node=new)
    for one, two in found.unclear:
        yield Difference("unclear", topic, unclear_text(f"{joint} ", one, two), one, two, node=new)
    gone, come = found.gone, found.come
    if gone and come:
        was, now = wording.apart(gone, come)
        text = f"`{joint} {was}` is now `{joint} {now}`"
        yield Difference("changed", topic, text, gone[0], come[0], node=new)
    elif come and silence[0]:
        yield Difference("added", topic, f"now also `{joint} {wording.words(come)}`", old, come[0], node=new)
    elif gone and silence[1]:
        yield Difference("removed", topic, f"no longer `{joint} {wording.words(gone)}`", gone[0], new, node=new)
    elif not found.restated and not found.unclear and missing[0] is not missing[1]:  # a tail that is a word of its own
        kind, text = ("added", "now") if missing[0] else ("removed", "no longer")
        if silence[0 if missing[0] else 1]:
            yield Difference(kind, topic, f"{text} `{joint}`", old, new, node=new)


def span_of(spot: Spot | None) -> Span | None:
    match spot:
        case Item():
            holder = spot.holder
            path = holder.owner.path if isinstance(holder, Clause) else holder.path if holder is not None else ""
            return Span(path, spot.start, spot.end)
        case Clause():
            return Span(spot.owner.path, spot.start, spot.end)
        case Thing():
            return Span(spot.path, spot.name_start, spot.name_end)
    return None


def clause_of(spot: Spot | None) -> Clause | None:
    if isinstance(spot, Item):
        return spot.holder if isinstance(spot.holder, Clause) else None
    return spot if isinstance(spot, Clause) else None


def activity_of(difference: Difference) -> Thing | None:
    """The activity or other thing in whose block the difference stands."""
    if difference.clause is None and difference.node is not None:
        return difference.node
    clause = difference.clause or clause_of(difference.new) or clause_of(difference.old)
    return clause.owner if clause is not None else None


def as_change(difference: Difference, labels: tuple[Label, ...] = ()) -> Change:
    topic = TOPICS[difference.topic]
    node = activity_of(difference)
    parts = [node.words] if node is not None else []
    if difference.clause is not None and (difference.about or not difference.text.startswith("whether")):
        parts.append(f"`{wording.subject(difference.clause, difference.about)}`")
    return Change(
        difference.kind,
        difference.topic,
        node.name if node is not None and node.kind == "activity" else "",
        topic.provisions,
        f"{' '.join(parts)}: {difference.text}" if parts else difference.text,
        difference.means or ("" if difference.kind == "unclear" else topic.meaning(difference.kind)),
        span_of(difference.old),
        span_of(difference.new),
        labels,
    )
