"""Grant references of the Trust: `FT/2026/0123-73` is the grant 123 of 2026, with two digits that check the others.

The check digits are 97 less the rest that year and number leave when they are divided by 97. Both functions are handed
what somebody wrote in a record; None says that no reference stands there, so that nothing can be told.
"""

from __future__ import annotations

import re
from datetime import date

_REFERENCE = re.compile(r"\bFT/([0-9]{4})/([0-9]{4})(?:-([0-9]{2}))?(?![0-9])", re.ASCII)
FIRST_YEAR = 1990


def check_digits(year: str, number: str) -> str:
    """The digits that belong behind a reference."""
    return f"{97 - int(year + number) % 97:02}"


def holds(words: str) -> bool | None:
    """Whether the reference in these words is one that the Trust can have given."""
    found = _REFERENCE.search(words)
    if found is None:
        return None
    year, number, digits = found.groups()
    return digits == check_digits(year, number)


def began(words: str) -> date | None:
    """The first day of the year of the reference in these words."""
    found = _REFERENCE.search(words)
    return date(int(found[1]), 1, 1) if found is not None and int(found[1]) >= FIRST_YEAR else None
