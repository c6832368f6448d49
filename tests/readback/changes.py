"""What is changed in what people are told, while the record stays as it is; and what a check must tell of each change.

A change is made in the tree that the notice is written from, so that it is known. Each kind says on which records it is
tried: where the comparison can know better than the reader heard. It does not compare a period where the record keeps
other data until some event, nor miss a recipient where the notice names some by their kind only, or in another text:
those may be meant. That data of one name only may be kept is not told, nor that a period was left out, since of which
data a sentence on keeping speaks prose does not say surely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from attrs import define, field, frozen

from gdprlint.language.tree import Clause, Declaration, File, Thing, Things
from tests.comparing.changing import UNITS, numbered, parties

Edit = Callable[["Told", Clause], "tuple[Clause | None, *tuple[str, ...]] | None"]
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
RIGHTS = {
    "access": "right of access|rights access", "rectification": "corrected|rights rectification",
    "erasure": "right of erasure|rights erasure", "restriction": "restrict", "objection": "object",
    "portability": "portability",
}  # fmt: skip
COUNTRIES = ("SG", "ZA", "MX")  # where no record of these sends anything
BASES = ("vital-interests", "contract", "public-task")
NAMED_ONCE = ("legal-obligation", "public-task", "legitimate-interests")  # whose words say nothing else in a notice


@frozen
class Made:
    """A change: its kind, the clause before and after, and words of findings of which one has to tell it, if any."""

    kind: str
    number: int
    after: tuple[Clause, ...]
    tells: str
    more: str = ""


@define(eq=False)
class Told:
    """What people are told, as it is changed bit by bit."""

    tree: File
    hand: Random
    spare: list[str]
    clauses: list[Clause] = field(init=False)
    amounts: set[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.clauses = numbered(self.tree)
        self.amounts = {days(item) for clause in self.clauses for item in tail(clause, "for") if item.kind == "amount"}

    def changes(self, most: int) -> list[Made]:
        """At most so many changes of different clauses."""
        made: list[Made] = []
        numbers = [number for number, clause in enumerate(self.clauses) if clause.adverb is None]
        self.hand.shuffle(numbers)
        for number in numbers:
            kinds = sorted(EDITS)
            self.hand.shuffle(kinds)
            for kind in kinds if len(made) < most else []:
                found = EDITS[kind](self, self.clauses[number])
                if found is not None:
                    after, *words = found
                    made.append(Made(kind, number, () if after is None else (after,), *words))
                    break
        return made

    def of(self, verb: str) -> list[Clause]:
        return [clause for clause in self.clauses if clause.verb.text == verb]

    def names(self, word: str) -> int:
        """In how many clauses a name stands."""
        return sum(word in {item.text for item in every(clause)} for clause in self.clauses)

    def recipients(self) -> list[Clause]:
        """The clauses by which bodies get data that are declared by their names."""
        return [clause for clause in self.clauses if clause.adverb is None and body_of(self, clause)]

    def is_open(self) -> bool:
        """Whether recipients are told by kind, in own words or in another text; an archive is told by its kind too."""
        listed = [item for c in self.clauses if c.verb.text in ("discloses", "opens", "uses") for item in tail(c, "to")]
        named = set(parties(self.tree)) - self.archives()
        return bool(self.of("refers to")) or any(item.text not in named for item in listed)

    def archives(self) -> set[str]:
        """The organisations that are research archives."""
        declared = [item for item in self.tree.items if isinstance(item, Declaration)]
        kinds = {item.name.text: [k.text for t in item.tails if t.things for k in t.things.items] for item in declared}
        return {name for name, listed in kinds.items() if {"research-archive", "research archive"} & set(listed)}


def tail(clause: Clause, joint: str) -> tuple[Thing, ...]:
    return next((one.things.items for one in clause.tails if one.joint == joint and one.things is not None), ())


def every(clause: Clause) -> Iterator[Thing]:
    for things in (clause.things, *(one.things for one in clause.tails)):
        yield from things.items if things is not None else ()


def days(item: Thing) -> int:
    number, unit = item.text.split()
    return int(number) * DAYS.get(unit.rstrip("s"), 0)


def body_of(told: Told, clause: Clause) -> str:
    """The one body that a clause names as a recipient."""
    listed = (clause.things.items if clause.things else ()) if clause.verb.text == "processor" else tail(clause, "to")
    known = clause.verb.text in ("processor", "discloses") and len(listed) == 1
    return listed[0].text if known and listed[0].text in parties(told.tree) else ""


def with_tail(clause: Clause, joint: str, items: tuple[Thing, ...]) -> Clause:
    tails = tuple(
        one._replace(things=one.things._replace(items=items)) if one.joint == joint and one.things else one
        for one in clause.tails
    )
    return clause._replace(tails=tails)


# ---- the kinds of change


def other_amount(told: Told, clause: Clause) -> tuple[Clause, str] | None:
    """Another period."""
    items = tail(clause, "for")
    kept = told.of("keeps")
    if clause.verb.text != "keeps" or not items or items[0].kind != "amount" or tail(clause, "with"):
        return None
    if items[0].bound or any(tail(one, "until") or tail(one, "while") for one in kept):
        return None
    years = next(number for number in range(11, 99) if number * 365 not in told.amounts)
    told.amounts.add(years * 365)
    after = with_tail(clause, "for", (items[0]._replace(text=f"{years} years"), *items[1:]))
    return after, f"REC010 .*keeps data for {years} years|UK1341"


def other_unit(told: Told, clause: Clause) -> tuple[Clause, str] | None:
    """The same period in another unit."""
    items = tail(clause, "for")
    if clause.verb.text != "keeps" or not items or items[0].kind != "amount":
        return None
    number, unit = items[0].text.split()
    unit = unit.rstrip("s")
    for small, (large, factor) in UNITS.items():
        if unit == large and large in ("week", "year"):
            return with_tail(clause, "for", (items[0]._replace(text=f"{int(number) * factor} {small}s"),)), ""
        if unit == small and small in ("day", "month") and int(number) % factor == 0:
            return with_tail(clause, "for", (items[0]._replace(text=f"{int(number) // factor} {large}s"),)), ""
    return None


def recipient_left_out(told: Told, clause: Clause) -> tuple[None, str] | None:
    body = body_of(told, clause)
    if not body or told.recipients()[0] is clause or told.names(body) > 1 or told.is_open():
        return None  # the first stays: of whoever gets data a notice that names nobody is silent
    return None, rf"`{clause.verb.text} .*{body}` is on record|UK1310|MRS168"


def other_recipient(told: Told, clause: Clause) -> tuple[Clause, str, str] | None:
    body = body_of(told, clause)
    if not body or told.names(body) > 1 or told.is_open() or not told.spare:
        return None
    new = told.spare.pop()
    if clause.verb.text == "processor" and clause.things is not None:
        after = clause._replace(things=clause.things._replace(items=(clause.things.items[0]._replace(text=new),)))
    else:
        after = with_tail(clause, "to", (tail(clause, "to")[0]._replace(text=new),))
    return after, rf"`{clause.verb.text} .*{body}` is on record|UK1310|MRS168", r"names neither them nor their kind"


def hedged(told: Told, clause: Clause) -> tuple[Clause, str] | None:
    """Said only to be possible."""
    if clause.verb.text not in ("purpose", "discloses", "transfers") or denies(clause.things):
        return None
    if clause.verb.text == "discloses" and not body_of(told, clause):
        return None
    return clause._replace(adverb="possibly"), "UK1203"


def denies(things: Things | None) -> bool:
    return things is None or any(item.kind in ("none", "blank") or item.adverb for item in things.items)


def other_country(told: Told, clause: Clause) -> tuple[Clause, str, str] | None:
    places = tail(clause, "in")
    if clause.verb.text != "transfers" or len(places) != 1 or len(told.of("transfers")) != 1:
        return None
    new = told.hand.choice(COUNTRIES)
    after = with_tail(clause, "in", (places[0]._replace(text=new),))
    return after, rf"`transfers in {places[0].text}` is on record|UK1312|MRS114", f"`transfers in {new}`"


def no_transfer(told: Told, clause: Clause) -> tuple[Clause, str] | None:
    if clause.verb.text != "transfers" or not tail(clause, "in") or tail(clause, "to"):
        return None
    if len(told.of("transfers")) != 1 or clause.things is None:
        return None
    none = clause.things.items[0]._replace(kind="none", text="none")
    return clause._replace(things=clause.things._replace(items=(none,)), tails=()), "`transfers none`|UK1339|UK1312"


def right_left_out(told: Told, clause: Clause) -> tuple[Clause, str] | None:
    items = clause.things.items if clause.things is not None else ()
    known = [item for item in items if item.text in RIGHTS and item.adverb is None]
    if clause.verb.text != "rights" or len(items) < 2 or not known:
        return None
    gone = told.hand.choice(known)
    if clause.things is None or told.names(gone.text) > 1:
        return None
    left = tuple(item for item in items if item is not gone)
    return clause._replace(things=clause.things._replace(items=left)), RIGHTS[gone.text]


def other_basis(told: Told, clause: Clause) -> tuple[Clause, str] | None:
    if clause.verb.text != "lawful basis" or clause.things is None or len(told.of("lawful basis")) != 1:
        return None
    if len(clause.things.items) != 1:
        return None
    (old,) = clause.things.items
    if old.text not in NAMED_ONCE:
        return None
    new = next(basis for basis in BASES if basis != old.text)
    after = clause._replace(things=clause.things._replace(items=(old._replace(text=new),)), tails=())
    return after, "`lawful basis .* is on record|UK1338|MRS120"


def reordered(told: Told, clause: Clause) -> tuple[Clause, str] | None:
    """The same in another order."""
    listed = clause.things
    if listed is None or len(listed.items) < 2 or listed.either:
        return None
    return clause._replace(things=listed._replace(items=listed.items[::-1])), ""


EDITS: dict[str, Edit] = {
    "other amount": other_amount,
    "other unit": other_unit,
    "recipient left out": recipient_left_out,
    "other recipient": other_recipient,
    "hedged": hedged,
    "other country": other_country,
    "no transfer": no_transfer,
    "right left out": right_left_out,
    "other basis": other_basis,
    "reordered": reordered,
}


def tells(finding: str, change: Made) -> bool:
    """Whether a finding, as its code and message, tells of a change."""
    return bool(change.tells) and re.search(change.tells, finding) is not None


def may_tell(finding: str, change: Made) -> bool:
    """Whether a finding tells of a change, or of what stands in the notice in its place."""
    return tells(finding, change) or (bool(change.more) and re.search(change.more, finding) is not None)
