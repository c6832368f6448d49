"""From evidence to items: what a notice states, in part states, denies, leaves out, or need not say.

What is due where it is not said follows from the text itself: a right to data portability from a basis
that gives it, a safeguard from a transfer, a data protection officer from a public body. The table
of what is due (`_DUE`) is this module's; that something is said is for cues.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from gdprlint.prose.hearing import Evidence
from gdprlint.prose.hedging import points_on
from gdprlint.prose.keys import ITEMS


@frozen(eq=False)
class Item:
    """One item of a notice with its status and the evidence for it, in reading order."""

    key: str
    status: str
    evidence: tuple[Evidence, ...] = ()


@frozen(eq=False)
class Told:
    """What a notice tells, as far as what is due depends on it: statuses of items, facts, signs."""

    status: Mapping[str, str]
    facts: Mapping[str, frozenset[str]]
    signs: frozenset[str]

    def says(self, key: str) -> bool:
        return self.status.get(key) in ("stated", "partial")

    def is_public(self) -> bool:
        """Whether the controllers, or those who speak where none is named, are public bodies by their names."""
        names = self.facts.get("controllers") or self.facts.get("speaker", frozenset())
        return any(_PUBLIC.search(name.casefold()) for name in names)

    def rests_on(self, *letters: str) -> bool:
        """Whether one of these points of Article 6(1) is claimed."""
        return bool(self.facts.get("lawful-bases", frozenset()) & {f"6(1)({letter})" for letter in letters})

    def rests_on_explicit_consent(self) -> bool:
        """Whether special category data are used with explicit consent: a consent as any other in Articles 7 and 20."""
        return "9(2)(a)" in self.facts.get("article-9", frozenset()) and self.says("special-category-data")


# Words in the names of bodies that must have an officer; local councils of parishes need not (DPA 2018 s.7).
_PUBLIC = re.compile(
    r"(?<!parish )(?<!town )(?<!community )(?<!youth )\bcouncil\b"
    r"|\b(university|nhs|police|constabulary|fire and rescue|home office|cabinet office|hm|hmrc|dfe|dwp)\b"
    r"|\b(chief constable|crime commissioner|health board)\b"
    r"|\b(academy|primary school|secondary school|high school|surgery|medical practice|medical centre)\b"
    r"|\b(combined authority|environment agency)\b"
    r"|\b(department|ministry|office) (for|of)\b"
)


def items_of(evidence: Sequence[Evidence], kind: str) -> dict[str, Item]:
    """Every item by its key. `kind` is notice, excerpt or not-a-notice: in the latter two nothing is due."""
    heard: dict[str, list[Evidence]] = {}
    for one in evidence:
        for key in one.cue.items:
            heard.setdefault(key, []).append(one)
    heard = {key: _but_titles(_but_in_passing(found)) for key, found in heard.items()}
    facts: dict[str, set[str]] = {}
    for one in evidence:
        if one.outcome != "denied":
            for fact in one.facts:
                facts.setdefault(fact.name, set()).add(fact.text)
    status = {key: _said(heard.get(key, ())) for key in ITEMS}
    if status["joint-controllers"] == "partial" and "joint-parts" in heard:
        status["joint-controllers"] = "stated"  # who is joint controller stands here, who does what there
    told = Told(
        status,
        {name: frozenset(values) for name, values in facts.items()},
        frozenset(key for key in heard if any(_counts(key, one) for one in heard[key])),
    )
    for key, judge in _OF_SEVERAL.items():
        if status[key]:
            status[key] = judge(told, heard)
    found = {}
    for key in ITEMS:
        weighed = _WEIGHED[key](told, status[key]) if key in _WEIGHED else status[key]
        if kind == "not-a-notice":
            found[key] = Item(key, "not-applicable")
        elif weighed:
            found[key] = Item(key, weighed, tuple(heard[key]) if weighed != "not-applicable" else ())
        else:
            due = kind == "notice" and key in _DUE and _DUE[key](told)
            found[key] = Item(key, "absent" if due else "not-applicable")
    return found


def _said(evidence: Iterable[Evidence]) -> str:
    """The status that evidence gives: the most that is said. What stands in some variants only is partial."""
    outcomes = {(_outcome(one), bool(one.passage.branch)) for one in evidence}
    if ("stated", False) in outcomes:
        return "stated"
    if ("denied", False) in outcomes and not any(outcome == "stated" for outcome, _ in outcomes):
        return "partial" if ("partial", False) in outcomes else "denied"
    if outcomes:
        return "partial"
    return ""


def _outcome(one: Evidence) -> str:
    """What is said; who is only pointed at another text has been told a part."""
    return "partial" if one.outcome == "stated" and points_on(one) else one.outcome


_LAST_TITLE = 3  # passages that a title stands among


def _counts(key: str, one: Evidence) -> bool:
    """Whether what was heard is a sign; that people are only watched is one in the title of the page alone."""
    titled = not one.passage.headings and one.passage.number <= _LAST_TITLE
    return one.outcome != "denied" and (key != "observed-only" or titled)


def _but_in_passing(evidence: list[Evidence]) -> list[Evidence]:
    """Without what is heard in passing, where more is heard: `on a server in the UK` beside `nothing goes abroad`."""
    return [one for one in evidence if "in-passing" not in one.cue.items] or evidence


def _but_titles(evidence: list[Evidence]) -> list[Evidence]:
    """Without headings below which more is heard: `Cookies`, and then `We use no cookies`; one that names may stay."""
    below = {heading for one in evidence for heading in one.passage.headings}
    return [one for one in evidence if one.facts or one.passage.kind != "heading" or one.passage not in below]


# ---- items whose status follows from several pieces of evidence


def _interests(told: Told, heard: Mapping[str, list[Evidence]]) -> str:
    """A row or item that rests on legitimate interests needs an interest of its own; where one has none: partial."""
    told_in = {one.passage.number for one in heard["legitimate-interests-described"] if one.outcome == "stated"}
    claimed = [
        one.passage
        for one in heard.get("lawful-basis", ())
        if any(fact.name == "lawful-bases" and fact.text == "6(1)(f)" for fact in one.facts)
    ]
    silent = any(passage.kind in ("row", "item") and passage.number not in told_in for passage in claimed)
    status = told.status["legitimate-interests-described"]
    return "partial" if silent and status == "stated" and any(p.number in told_in for p in claimed) else status


def _article_9(told: Told, heard: Mapping[str, list[Evidence]]) -> str:
    """Explicit consent is a condition where special category data are used; else it is a basis, with emphasis."""
    named = {fact.text for one in heard["article-9-condition"] for fact in one.facts}
    if named == {"9(2)(a)"} and not told.says("special-category-data"):
        return "not-applicable"
    return told.status["article-9-condition"]


# Which point of Article 9(2) a condition of Schedule 1 goes with: paragraphs 5 to 28 with substantial public interest.
_POINT_OF = {"1": "b", "2": "h", "3": "i", "4": "j"}
_NEEDS_SCHEDULE_1 = frozenset(f"9(2)({letter})" for letter in "bghij")


def _schedule_1(told: Told, heard: Mapping[str, list[Evidence]]) -> str:
    """Each point of Article 9(2) that needs a condition of Schedule 1 needs its own; where one has none: partial."""
    numbers = {text for text in told.facts.get("schedule-1", frozenset()) if text.isdigit()}
    covered = {f"9(2)({_POINT_OF.get(number, 'g')})" for number in numbers}
    needed = told.facts.get("article-9", frozenset()) & _NEEDS_SCHEDULE_1
    status = told.status["schedule-1-condition"]
    return "partial" if status == "stated" and needed & covered and needed - covered else status


def _public_task_law(told: Told, heard: Mapping[str, list[Evidence]]) -> str:
    """A law is asked for, and looked for, where a task or an obligation is why data are used."""
    return told.status["public-task-law"] if told.rests_on("c", "e") else "not-applicable"


_OF_SEVERAL: dict[str, Callable[[Told, Mapping[str, list[Evidence]]], str]] = {
    "legitimate-interests-described": _interests,
    "article-9-condition": _article_9,
    "schedule-1-condition": _schedule_1,
    "public-task-law": _public_task_law,
}


def _always(told: Told) -> bool:
    return True


# ---- what is said and yet does not count


def _denied_where(agrees: Callable[[Told], bool]) -> Callable[[Told, str], str]:
    """A right that is said not to apply is answered where the law agrees, and left out where it is due all the same."""

    def weigh(told: Told, status: str) -> str:
        return "" if status == "denied" and not agrees(told) else status

    return weigh


def _implied_with_consent(told: Told, status: str) -> str:
    """That one may change one's mind or unsubscribe speaks of a consent only where a use of data rests on one."""
    return "" if status == "partial" and not (told.rests_on("a") or told.rests_on_explicit_consent()) else status


_WEIGHED: dict[str, Callable[[Told, str], str]] = {
    **dict.fromkeys(("right-access", "right-rectification", "right-restriction"), _denied_where(lambda told: False)),
    "right-erasure": _denied_where(lambda told: told.rests_on("c", "e")),
    "right-portability": _denied_where(lambda told: not told.rests_on("a", "b")),
    "right-objection": _denied_where(lambda told: told.rests_on("a", "b", "c", "d") and not told.rests_on("e", "f")),
    "right-withdraw-consent": _implied_with_consent,
}

# Who is filmed gives nothing, nor does whoever is only written about.
_GIVES_NOTHING = frozenset(("observed-only", "nothing-from-reader"))

_DUE: dict[str, Callable[[Told], bool]] = {
    **dict.fromkeys(
        (
            "controller-identity", "controller-contact", "purposes", "lawful-basis", "lawful-basis-named",
            "data-categories", "recipients", "retention", "right-access", "right-rectification", "right-erasure",
            "right-restriction", "complaint-regulator", "complaint-controller",
        ),
        _always,
    ),
    "obligation-to-provide": lambda told: told.signs.isdisjoint(_GIVES_NOTHING),
    "dpo-contact": lambda told: "public-body" in told.signs or told.is_public(),
    "legitimate-interests-described": lambda told: told.rests_on("f"),
    "source": lambda told: "data-from-elsewhere" in told.signs,
    "transfers": lambda told: "supplier-abroad" in told.signs,
    "transfer-safeguards": lambda told: told.says("transfers") and "data-abroad" in told.signs,
    "right-portability": lambda told: told.rests_on("a", "b") or told.rests_on_explicit_consent(),
    "right-objection": lambda told: told.rests_on("e", "f") or not told.rests_on("a", "b", "c", "d"),
    "right-withdraw-consent": lambda told: told.rests_on("a") or told.rests_on_explicit_consent(),
    "automated-decisions": lambda told: "profiling-described" in told.signs,
    "special-category-data": lambda told: "special-data-used" in told.signs,
    "article-9-condition": lambda told: told.says("special-category-data"),
    "schedule-1-condition": lambda told: bool(
        told.facts.get("article-9", frozenset()) & _NEEDS_SCHEDULE_1
    ),
    "public-task-law": lambda told: told.rests_on("e", "c"),
    "processors-named": lambda told: "supplier-used" in told.signs,
}  # fmt: skip
