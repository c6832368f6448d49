"""What two facts or two declarations that speak of the same thing say otherwise, one difference for each aspect.

Here differences get their topic and their words. Which facts belong together is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field

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


def of_facts(old: Fact, new: Fact, vocabulary: Vocabulary, silence: tuple[bool, bool]) -> Iterator[Difference]:
    """How two facts of one verb differ. `silence` tells whether that of the old and of the new side counts."""
    verb = old.verb
    if old.state is not new.state:
        yield _restated(old, new, vocabulary)
    aspects: dict[str, list[str]] = {}
    for joint in (*old.aspects, *(joint for joint in new.aspects if joint not in old.aspects)):
        aspects.setdefault(aspect_of(verb, joint), []).append(joint)
    for joints in aspects.values():
        for joint, before, after in _sides_of(joints, old.aspects, new.aspects):
            if before != after:
                yield from _of_lists(joint, before, after, old, new, vocabulary, silence)


def _sides_of(
    joints: Sequence[str], old: Mapping[str, Said], new: Mapping[str, Said]
) -> Iterator[tuple[str, dict[str, Said], dict[str, Said]]]:
    """The tails of one aspect on both sides: those that both have by themselves, the others against each other."""
    shared = [joint for joint in joints if joint in old and joint in new]
    for joint in shared:
        yield joint, {joint: old[joint]}, {joint: new[joint]}
    before = {joint: old[joint] for joint in joints if joint in old and joint not in shared}
    after = {joint: new[joint] for joint in joints if joint in new and joint not in shared}
    if before or after:
        yield next(iter({**after, **before})), before, after


def _restated(old: Fact, new: Fact, vocabulary: Vocabulary) -> Difference:
    topic = topic_of(old.verb, ABOUT, (*old.about, *new.about), vocabulary)
    was, now = wording.HOW_SAID[old.state], wording.HOW_SAID[new.state]
    return Difference(
        kind_of_state(old.state, new.state), topic, f"was {was} and is now {now}",
        spot_of(old), spot_of(new), list(new.about), new.clause,
    )  # fmt: skip


def kind_of_state(old: State, new: State) -> str:
    """What it is called when the same is said in another way."""
    return {State.NONE: "denied", State.BLANK: "blank", State.HEDGED: "hedged"}.get(new, "stated")


def spot_of(fact: Fact) -> Spot:
    """The place of what the fact is about, where its clause is about more besides; else the clause."""
    alone = len(fact.clause.about.members) + len(fact.clause.about.denied) <= 1
    return fact.clause if alone or len(fact.about) != 1 else fact.about[0]


def _of_lists(
    joint: str,
    before: dict[str, Said],
    after: dict[str, Said],
    old: Fact,
    new: Fact,
    vocabulary: Vocabulary,
    silence: tuple[bool, bool],
) -> Iterator[Difference]:
    """What the lists of an aspect say otherwise."""
    gone_words, come_words = (" and ".join(_joined(j, s) for j, s in side.items()) for side in (before, after))
    first_old = next((item for said in before.values() for item in said.items.values()), None)
    first_new = next((item for said in after.values() for item in said.items.values()), None)
    if joint not in before or joint not in after:
        items = [item for side in (before, after) for said in side.values() for item in said.items.values()]
        topic = topic_of(old.verb, joint, items, vocabulary)
        if before and after:
            yield Difference("changed", topic, f"`{gone_words}` is now `{come_words}`",
                             first_old or old.clause, first_new or new.clause, list(new.about), new.clause)  # fmt: skip
        elif after and silence[0]:
            yield Difference("added", topic, f"now says `{come_words}`",
                             spot_of(old), first_new or new.clause, list(new.about), new.clause)  # fmt: skip
        elif before and silence[1]:
            yield Difference("removed", topic, f"no longer says `{gone_words}`",
                             first_old or old.clause, spot_of(new), list(old.about), old.clause)  # fmt: skip
        return
    yield from _of_values(joint, before[joint], after[joint], old, new, vocabulary, silence)


def _joined(joint: str, said: Said) -> str:
    text = wording.words(said.items.values(), "or" if said.either else "and")
    return f"{joint} {text}".strip() + (" only" if said.only else "")


def _of_values(
    joint: str, before: Said, after: Said, old: Fact, new: Fact, vocabulary: Vocabulary, silence: tuple[bool, bool]
) -> Iterator[Difference]:
    found = parted(before, after)
    topic = topic_of(old.verb, joint, (*found.gone, *found.come), vocabulary)
    head = f"{joint} " if joint else ""
    subject = {"about": list(new.about) if joint else [], "clause": new.clause}
    for one, two in found.restated:
        text = f"`{head}{wording.word(one)}` is now `{head}{wording.word(two)}`"
        yield Difference(kind_of_state(one.state, two.state), topic, text, one, two, **subject)  # type: ignore[arg-type]
    for one, two in found.unclear:
        yield Difference("unclear", topic, unclear_text(head, one, two), one, two, **subject)  # type: ignore[arg-type]
    gone, come = found.gone, found.come
    if gone and come:
        text = f"`{head}{wording.words(gone)}` is now `{head}{wording.words(come)}`"
        means = _means_of_values(topic, gone, come)
        yield Difference("changed", topic, text, gone[0], come[0], **subject, means=means)  # type: ignore[arg-type]
    elif come and silence[0]:
        text = f"now also says `{head}{wording.words(come)}`"
        yield Difference("added", topic, text, spot_of(old), come[0], **subject)  # type: ignore[arg-type]
    elif gone and silence[1]:
        text = f"no longer says `{head}{wording.words(gone)}`"
        yield Difference("removed", topic, text, gone[0], spot_of(new), **subject)  # type: ignore[arg-type]
    if before.only is not after.only and not joint_is_about(joint):
        kind, text = ("added", "now claims") if after.only else ("removed", "no longer claims")
        yield Difference(kind, topic, f"{text} that the list `{head}…` is complete",
                         _first(before, old), _first(after, new), **subject)  # type: ignore[arg-type]  # fmt: skip
    if before.either is not after.either and not (gone or come):
        kind, text = ("hedged", "now leaves open which holds of") if after.either else ("stated", "no longer leaves")
        words = wording.words(after.items.values(), "or" if after.either else "and")
        text = f"{text} `{head}{words}`" if after.either else f"says `{head}{words}` without leaving open which"
        yield Difference(kind, topic, text, _first(before, old), _first(after, new), **subject)  # type: ignore[arg-type]


def joint_is_about(joint: str) -> bool:
    return joint == ABOUT


def _first(said: Said, fact: Fact) -> Spot:
    return next(iter(said.items.values()), None) or fact.clause


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
        parts.append(f"{'' if lost else 'people '}gain the right {' and '.join(won)}")
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
        items = (*found.gone, *found.come)
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
        yield Difference(kind_of_state(one.state, two.state), topic, text, one, two, node=new)
    for one, two in found.unclear:
        yield Difference("unclear", topic, unclear_text(f"{joint} ", one, two), one, two, node=new)
    gone, come = found.gone, found.come
    if gone and come:
        text = f"`{joint} {wording.words(gone)}` is now `{joint} {wording.words(come)}`"
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
    clause = difference.clause or clause_of(difference.new) or clause_of(difference.old)
    return clause.owner if clause is not None else difference.node


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
