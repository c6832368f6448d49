"""When two values say the same: names by their words, everything else by equality."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .counts import Counts

NAMES = [
    "controllers",
    "dpo_contacts",
    "processors",
    "recipients",
    "stale_law",
    "stale_body",
    "sources",
    "legal_basis_in_law",
]
WORDED = [*NAMES, "transfer_mechanisms"]
EXACT = ["lawful_bases", "article_9", "schedule_1", "rights", "transfer_countries", "special_categories"]
VALUES = [*EXACT, *WORDED, "retention", "indefinite", "transfers", "notice_date"]


def folded(name: str) -> str:
    """The words of a name, without case, punctuation at their ends, and articles."""
    words = (re.sub(r"^[^\w@]+|[^\w]+$", "", word) for word in name.casefold().replace("\u2019", "'").split())
    return " ".join(word for word in words if word and word != "the")


def same_name(one: str, other: str) -> bool:
    """Equal when folded, or one holds the words of the other."""
    a, b = f" {folded(one)} ", f" {folded(other)} "
    return bool(a.strip()) and bool(b.strip()) and (a in b or b in a)


def same_exactly(one: str, other: str) -> bool:
    return "".join(one.casefold().split()) == "".join(other.casefold().split())


def matched(truth: Iterable[str], told: Iterable[str], same: Callable[[str, str], bool]) -> Counts:
    """Each true value takes at most one of those told: an equal one before one that only holds it."""
    left, missed = list(told), list(truth)
    hits = 0
    for alike in (same_exactly, same):
        for value in list(missed):
            found = next((other for other in left if alike(value, other)), None)
            if found is not None:
                left.remove(found)
                missed.remove(value)
                hits += 1
    return Counts(hits, len(left), len(missed))


def periods(rows: Iterable[Mapping[str, Any]]) -> Counter[tuple[float, str]]:
    return Counter(
        (float(row["amount"]), str(row["unit"]).rstrip("s")) for row in rows if row.get("amount") is not None
    )


def compared(fact: str, truth: Mapping[str, Any], told: Mapping[str, Any]) -> Counts:
    """How many values of a fact are in both, only told, only true."""
    if fact == "retention":
        a, b = periods(truth["retention"]), periods(told.get("retention") or ())
        return Counts((a & b).total(), (b - a).total(), (a - b).total())
    if fact == "indefinite":
        mine = sum(bool(row["indefinite"]) for row in truth["retention"])
        yours = sum(bool(row.get("indefinite")) for row in told.get("retention") or ())
        return Counts(min(mine, yours), max(yours - mine, 0), max(mine - yours, 0))
    if fact in ("transfers", "notice_date"):
        here, there = ([facts[fact]] if facts.get(fact) not in (None, "silent") else [] for facts in (truth, told))
        return matched(here, there, same_exactly)
    return matched(truth[fact], told.get(fact) or (), same_name if fact in WORDED else same_exactly)
