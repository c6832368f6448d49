"""A study that was entered twice, under titles that differ by a slip of the pen.

Whether two titles are nearly one is nothing that a declared rule can ask, so this one is written in Python. It looks at
the studies that a grant of the Trust pays for, and at no more than `MOST` of one record.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from gdprlint.api import Context, Draft, Record, Thing, rule

MOST = 200
NEARLY = 0.9
"""How alike two titles are that are nearly one: 1.0 where they are the same, as `difflib` counts."""


@rule(
    "FET103", "study-entered-twice", cites=["ferrowby-terms section 2(1)"], severity="warning", judges=["record"],
    help="take one of them out, or give each study the title in its letter of award",
    topic="grants", pack="ferrowby-grants",
)  # fmt: skip
def study_entered_twice(record: Record, ctx: Context) -> Iterator[Draft]:
    """Two studies of one record whose titles are nearly the same.

    The Trust counts studies by their titles. One that stands in the return twice is paid for once, and the other is
    asked after.

    ```gdpr bad
    record studies of institute under uk-gdpr 30(1)
    activity one "Growing up in Mossdale" { sponsor trust for "FT/2026/0123-73" }
    activity two "Growing up in Mosdale" { sponsor trust for "FT/2026/0123-73" }
    ```

    ```gdpr good
    record studies of institute under uk-gdpr 30(1)
    activity one "Growing up in Mossdale" { sponsor trust for "FT/2026/0123-73" }
    activity two "Growing old in Mossdale" { sponsor trust for "FT/2026/0123-73" }
    activity three "Growing up in Mosdale" { sponsor borough }
    ```
    """
    studies = [study for study in ctx.field(record, "activities").members if isinstance(study, Thing) and study.title]
    paid = [study for study in studies if ctx.is_a(ctx.field(study, "sponsor"), "ferrowby-trust")]
    for first, second in combinations(paid[:MOST], 2):
        if _nearly_one((first.title or "").casefold(), (second.title or "").casefold()):
            found = ctx.finding(second, f"{ctx.words(second)} is nearly {ctx.words(first)}, and may be the same study")
            yield found.label(first, "the other study")


def _nearly_one(one: str, two: str) -> bool:
    compared = SequenceMatcher(None, one, two, autojunk=False)
    return compared.quick_ratio() >= NEARLY and compared.ratio() >= NEARLY
