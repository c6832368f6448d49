"""One reading held against one label, as counts that can be added up.

A denial answers an item ("nothing is sent abroad"), so it counts as stated; but not for the keys of `ANSWERLESS`, where
the labels call a denial NA.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .counts import Counts, counted
from .labels import KEYS, MANDATORY, SAID, Item, Label
from .reading import page_of
from .values import VALUES, compared

STATED = ("stated", "partial", "denied")
ANSWERLESS = ("dpo-contact", "special-category-data", "data-linkage")
# What each status of a label is called by the reader, where they agree.
SAME = {"PRESENT": ("stated", "denied"), "PARTIAL": ("partial",), "ABSENT": ("absent",), "NA": ("not-applicable",)}


@frozen
class Wrong:
    """An item that was read otherwise than it is labelled."""

    file: str
    key: str
    item: Item
    ours: str
    spans: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        at = ",".join(map(str, self.item.lines)) or "-"
        ours = ",".join(f"{a}-{b}" if a != b else str(a) for a, b in self.spans) or "-"
        said = f" «{self.item.quote}»" if self.item.quote else ""
        note = f" ({self.item.note})" if self.item.note else ""
        return f"{self.file}: {self.key}: {self.item.status} at {at}, read {self.ours} at {ours}{said}{note}"


@frozen(slots=False)
class Score:
    """What came of some readings."""

    files: int = 0
    kinds: int = 0
    missing: Counts = field(factory=Counts)
    stated: Counts = field(factory=Counts)
    strictly: Counts = field(factory=Counts)
    places: Counts = field(factory=Counts)
    spans: Counts = field(factory=Counts)
    values: Mapping[str, Counts] = field(factory=dict)
    agreed: Counter[str] = field(factory=Counter)
    confusion: Counter[tuple[str, str, str]] = field(factory=Counter)
    wrong: tuple[Wrong, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.files + other.files,
            self.kinds + other.kinds,
            self.missing + other.missing,
            self.stated + other.stated,
            self.strictly + other.strictly,
            self.places + other.places,
            self.spans + other.spans,
            {fact: self.values.get(fact, Counts()) + other.values.get(fact, Counts()) for fact in VALUES},
            self.agreed + other.agreed,
            self.confusion + other.confusion,
            self.wrong + other.wrong,
        )


def status_of(key: str, read: Mapping[str, Any]) -> str:
    """What the reader says of a key; what it does not name is not applicable."""
    status = str(read.get("status", "not-applicable"))
    return "not-applicable" if status == "denied" and key in ANSWERLESS else status


def near(lines: Sequence[int], span: tuple[int, int]) -> bool:
    return any(span[0] - 1 <= line <= span[1] + 1 for line in lines)


def score(
    label: Label, reading: Mapping[str, Any], ours: list[int] | None = None, theirs: list[int] | None = None
) -> Score:
    """A reading held against a label. `ours` and `theirs`: the lines at which the pages of a PDF begin in the reader's
    text and in the labeller's; where both are known, places are compared by page."""
    total = Score(1, int(label.kind == reading.get("kind")))
    facts = reading.get("facts") or {}
    total += Score(values={fact: compared(fact, label.facts, facts) for fact in VALUES})
    for key in KEYS:
        read = (reading.get("items") or {}).get(key) or {}
        total += _item(label, key, read, ours or [], theirs or [])
    return total


def _item(label: Label, key: str, read: Mapping[str, Any], ours: list[int], theirs: list[int]) -> Score:
    item = label.items[key]
    status = status_of(key, read)
    spans = tuple((int(a), int(b)) for a, b in read.get("spans") or ())
    said, told = item.status in SAID, status in STATED
    agree = status in SAME[item.status]
    places, precise = Counts(), Counts()
    if said and told:
        if ours and theirs:
            at = [page_of(line, theirs) for line in item.lines]
            hit = [any(page_of(a, ours) <= page <= page_of(b, ours) for page in at) for a, b in spans]
        else:
            hit = [near(item.lines, span) for span in spans]
        places = Counts(int(any(hit)), 0, int(not any(hit)))
        precise = Counts(sum(hit), len(hit) - sum(hit), 0)
    return Score(
        missing=counted(item.status == "ABSENT", status == "absent") if key in MANDATORY else Counts(),
        stated=counted(said, told),
        strictly=counted(item.status == "PRESENT", status in ("stated", "denied")),
        places=places,
        spans=precise,
        agreed=Counter({key: 1}) if agree else Counter(),
        confusion=Counter() if agree else Counter({(key, item.status, status): 1}),
        wrong=() if agree else (Wrong(label.name, key, item, status, spans),),
    )
