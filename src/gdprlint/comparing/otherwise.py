"""What a notice tells otherwise than it is on record: two plain statements about the same thing that cannot both hold.

A statement that is hedged or limited differs from none, and where another statement of the notice fits the record the
first one is about something else.
"""

from __future__ import annotations

from collections.abc import Callable

from gdprlint.comparing.both import MOST, Drift, is_limited, is_open, items_of
from gdprlint.comparing.covering import SAID, listed
from gdprlint.comparing.differences import Spot, basis_meaning, spot_of
from gdprlint.comparing.facts import ABOUT, Fact, is_blanket
from gdprlint.comparing.heard import names_of
from gdprlint.comparing.officers import officers
from gdprlint.comparing.senses import same
from gdprlint.comparing.topics import VERBS_COMPARED
from gdprlint.comparing.untold import HOME
from gdprlint.comparing.wording import sentence, word, words
from gdprlint.model.amounts import Amount, compare
from gdprlint.model.states import State
from gdprlint.model.table import ENDS
from gdprlint.model.things import Item

BY_RECORD, BY_NOTICE = "the record says", "the notice says"


def denials(drift: Drift) -> None:
    """What the one side denies and the other says."""
    for notice_denies in (True, False):
        denying, saying = (drift.told, drift.done) if notice_denies else (drift.done, drift.told)
        for verb, facts in denying.items():
            denied = [fact for fact in facts if fact.state is State.NONE and not is_limited(fact)]
            affirmed = [fact for fact in facts if fact.state in SAID]
            if len(affirmed) > MOST or not denied:
                continue
            for denial in denied[:MOST]:
                said = (f for f in saying.get(verb, ())[:MOST] if notice_denies or not _is_vague(drift, f))
                fact = next((f for f in said if _is_denied(drift, f, denial, affirmed)), None)
                if fact is not None:
                    _add_denial(drift, denial, fact, notice_denies)


def _is_denied(drift: Drift, fact: Fact, denial: Fact, affirmed: list[Fact]) -> bool:
    """Whether a plain statement lies within a denial, and the side that denies it does not say it as well."""
    if fact.state is not State.STATED or is_limited(fact) or not _lies_within(drift, fact, denial):
        return False
    return not any(_speaks_of(drift, other, fact) for other in affirmed)


def _is_vague(drift: Drift, fact: Fact) -> bool:
    """Whether a page says it in words alone, of which `not` may have been missed: no body, country or term is named."""
    items = [item for joint, said in fact.aspects.items() if joint != "because" for item in said.items.values()]
    return drift.heard(fact) and not any(item.kind == "word" and not drift.is_heard(item) for item in items)


def _add_denial(drift: Drift, denial: Fact, fact: Fact, notice_denies: bool) -> None:
    denier, other = (BY_NOTICE, "the record") if notice_denies else (BY_RECORD, "the notice")
    text = f"{denier} `{sentence(denial.clause)}`, and {other} `{sentence(fact.clause, fact.about)}`"
    record, notice = (fact, denial) if notice_denies else (denial, fact)
    drift.add("differs", VERBS_COMPARED[denial.verb].topic, text, spot_of(record), spot_of(notice), record.owner)


def _lies_within(drift: Drift, fact: Fact, denial: Fact) -> bool:
    """Whether what is said is surely denied: what it is about, and every tail by which the denial is narrowed."""
    covers = drift.covering.covers
    if fact.verb == "automated decisions" and "solely-automated" not in {str(i.value) for i in items_of([fact], "as")}:
        return False  # a decision in which a person has a part is none by machine
    if is_blanket(denial):
        if fact.verb == "transfers":
            return any(item.kind == "word" and item.value != HOME for item in items_of([fact], "in"))
    elif not any(covers(broad, narrow) for narrow in fact.about for broad in denial.about):
        return False
    for joint, said in denial.aspects.items():
        theirs = fact.aspects.get(joint)
        if joint in (ABOUT, "because", "under"):
            continue
        if theirs is None or not any(covers(b, n) for n in theirs.items.values() for b in said.items.values()):
            return False
    narrower = {"as", "for"} & set(fact.aspects) - set(denial.aspects)
    return not narrower or fact.verb == "automated decisions"


def _speaks_of(drift: Drift, one: Fact, two: Fact) -> bool:
    if not one.about or not two.about:
        return not one.about and not two.about
    return any(drift.covering.related(a, b) for a in one.about for b in two.about)


def periods(drift: Drift) -> None:
    """Two plain periods for the same data, in the same state, of the same people and with the same holder."""
    copies: dict[object, list[Fact]] = {}
    for fact in drift.told.get("keeps", ()):
        if fact.state is State.STATED and not drift.heard(fact):
            copies.setdefault(_copy(fact), []).append(fact)
    for fact in drift.stated("keeps"):
        told = copies.get(_copy(fact), [])
        if is_limited(fact) or "until" in fact.aspects or len(told) > MOST:
            continue
        about = [other for other in told if _covers(drift, other, fact)]
        if about and all(_is_same_period(drift, other, fact) is False for other in about):
            text = f"the notice keeps {words(about[0].about)} {_end(about[0])}, and the record {_end(fact)}"
            drift.add("differs", "retention", text, _end_spot(fact), _end_spot(about[0]), fact.owner)


def heard_periods(drift: Drift) -> None:
    """A period that was heard in prose, of data in the words of the notice, and that nothing on record is kept for."""
    done = [fact for fact in drift.done.get("keeps", ()) if fact.state in SAID]
    plain = [fact for fact in done if fact.state is State.STATED and _ending(fact) and not is_limited(fact)]
    if not plain or len(done) > MOST or any("until" in fact.aspects for fact in done):
        return
    seen: set[str] = set()
    for fact in drift.told.get("keeps", ())[:MOST]:
        if fact.state is not State.STATED or not drift.heard(fact) or not _ending(fact) or _end(fact) in seen:
            continue
        seen.add(_end(fact))
        if not is_limited(fact) and not any(_may_be_as_long(fact, other) for other in done):
            nearest = max(plain, key=lambda other: _alike(drift, fact, other))
            said = f"`keeps {words(nearest.about)} {_end(nearest)}`"
            text = f"the notice keeps data {_end(fact)}, and the record gives no such period: {said}"
            drift.add("differs", "retention", text, _end_spot(nearest), _end_spot(fact), nearest.owner)


def _ending(fact: Fact) -> bool:
    return "for" in fact.aspects or "indefinitely" in fact.aspects


def _may_be_as_long(one: Fact, two: Fact) -> bool:
    if "indefinitely" in one.aspects or "indefinitely" in two.aspects:
        return "indefinitely" in one.aspects and "indefinitely" in two.aspects
    mine, theirs = (list(f.aspects["for"].items.values()) if "for" in f.aspects else [] for f in (one, two))
    return any(
        compare(a.value, b.value) in (0, None) if isinstance(a.value, Amount) and isinstance(b.value, Amount) else True
        for a in mine
        for b in theirs
    )


def _alike(drift: Drift, told: Fact, done: Fact) -> int:
    """In how many words what is kept by the notice is what is kept by the record."""
    mine, theirs = ({part for item in fact.about for part in _parts(drift, item)} for fact in (told, done))
    return len(mine & theirs)


def _parts(drift: Drift, item: Item) -> set[str]:
    inner = listed(item.thing, "is") if item.thing is not None else []
    return {part for one in (item, *inner) for name in names_of(one, drift.vocabulary) for part in name.split()}


def _copy(fact: Fact) -> tuple[object, ...]:
    """Which copy of the data a statement is about."""
    return tuple(fact.aspects[joint].senses if joint in fact.aspects else None for joint in ("with", "as", "of"))


def _covers(drift: Drift, told: Fact, done: Fact) -> bool:
    return any(drift.covering.covers(broad, narrow) for narrow in done.about for broad in told.about)


def _is_same_period(drift: Drift, one: Fact, two: Fact) -> bool | None:
    """Whether two statements give one period; None where that cannot be told."""
    mine, theirs = ({end for end in ENDS if end in fact.aspects} for fact in (one, two))
    if not mine or not theirs or is_limited(one):
        return None
    if mine != theirs:
        return False if mine | theirs == {"for", "indefinitely"} else None
    if mine != {"for"}:
        return True if mine == {"indefinitely"} else None
    a, b = (next(iter(fact.aspects["for"].items.values()), None) for fact in (one, two))
    if a is None or b is None or a.bound != b.bound:
        return None
    if not isinstance(a.value, Amount) or not isinstance(b.value, Amount):
        return None
    order = compare(a.value, b.value)
    if order != 0 or a.after is None or b.after is None:
        return None if order is None else order == 0
    return same(drift.meaning.of(a.after), drift.meaning.of(b.after), a.after, b.after)


def _end(fact: Fact) -> str:
    parts = [f"{end} {words(fact.aspects[end].items.values())}".strip() for end in ENDS if end in fact.aspects]
    return " ".join(parts)


def _end_spot(fact: Fact) -> Spot:
    items = (item for end in ENDS if end in fact.aspects for item in fact.aspects[end].items.values())
    return next(items, None) or fact.clause


# A time to answer, a day until when one can step back, a gift, what protects data abroad.
SINGLE = (
    ("requests", "within"), ("complaints", "within"), ("rights", "within"), ("withdrawal", "before"),
    ("incentive", ABOUT), ("transfers", "under"),
)  # fmt: skip


def values(drift: Drift) -> None:
    for verb, joint in SINGLE:
        told = [fact for fact in drift.told.get(verb, ()) if fact.state is State.STATED and joint in fact.aspects]
        for fact in drift.stated(verb):
            if joint not in fact.aspects or len(told) > MOST:
                continue
            others = [other for other in told if _is_comparable(drift, other, fact, joint)]
            if not others or is_limited(fact) or any(_meets(drift, other, fact, joint) for other in others):
                continue
            mine, theirs = (next(iter(f.aspects[joint].items.values()), None) for f in (fact, others[0]))
            if mine is not None and theirs is not None:
                topic = VERBS_COMPARED[verb].tails.get(joint, VERBS_COMPARED[verb].topic)
                said = f"{verb} {joint}".strip()
                text = f"the notice says `{said} {word(theirs)}`, and the record `{said} {word(mine)}`"
                drift.add("differs", topic, text, mine, theirs, fact.owner)


def _is_comparable(drift: Drift, told: Fact, done: Fact, joint: str) -> bool:
    """Whether two statements speak of the same thing; a safeguard does so where both name the same country."""
    if is_limited(told):
        return False
    if joint == "under":
        both = [fact.aspects["in"].senses if "in" in fact.aspects else None for fact in (told, done)]
        return both[0] is not None and both[0] == both[1]
    if joint != ABOUT and told.about and done.about and not _speaks_of(drift, told, done):
        return False
    scopes = [o for o in ("of", "to", "for") if o in told.aspects and o in done.aspects]
    return all(told.aspects[other].senses == done.aspects[other].senses for other in scopes)


def _meets(drift: Drift, told: Fact, done: Fact, joint: str) -> bool:
    """Whether some value of the one may be a value of the other; what cannot be told counts as yes."""
    return any(
        same(drift.meaning.of(a), drift.meaning.of(b), a, b) is not False
        or (a.kind == b.kind == "word" and drift.covering.related(a, b))
        for a in told.aspects[joint].items.values()
        for b in done.aspects[joint].items.values()
    )


def single(drift: Drift) -> None:
    """Who is controller, and on which basis: the notice names some, and one on record is none of them."""
    for verb in ("controller", "lawful basis"):
        told = items_of(drift.told.get(verb, ()), ABOUT)
        if not told or is_open(drift, drift.notice, verb):
            continue
        also = items_of(drift.told.get("joint controllers", ()), ABOUT) if verb == "controller" else []
        known = drift.covering.known([*told, *also])
        for fact in drift.stated(verb):
            if len(fact.about) == 1 and not known.may_mean(fact.about[0]) and not drift.pages.says(fact.about[0]):
                _add_single(drift, verb, fact, fact.about[0], told)


def _add_single(drift: Drift, verb: str, fact: Fact, item: Item, told: list[Item]) -> None:
    means = basis_meaning(str(told[0].value), str(item.value)) if verb == "lawful basis" and len(told) == 1 else ""
    text = f"`{verb} {word(item)}` is on record, and the notice names {words(told)}"
    drift.add("differs", VERBS_COMPARED[verb].topic, text, item, told[0], fact.owner, means and f"two bases: {means}")


TOLD_OTHERWISE: tuple[Callable[[Drift], None], ...] = (
    denials, periods, heard_periods, values, single, officers,
)  # fmt: skip
