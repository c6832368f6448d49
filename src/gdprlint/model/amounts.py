"""Spans of time as people state them: `24 months`, `at most 5 days`.

A month is no number of days, so two amounts can be impossible to compare; this module says so
instead of guessing. It knows nothing of retention, of rules, or of the words around an amount.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeAlias

from gdprlint.values import field, frozen

Bound: TypeAlias = Literal["at most", "at least"] | None

MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
MONTHS = {"month": 1, "year": 12}
DAY = MINUTES["day"]

# The Gregorian calendar repeats after 400 years, which are always this many days.
CYCLE_MONTHS = 400 * 12
CYCLE_DAYS = 146_097

WRITTEN = re.compile(r"([0-9]{1,6})\s{1,9}(minute|hour|day|week|month|year)s?")


@frozen(slots=False)
class Amount:
    """A number of one unit (singular), kept as written.

    INVARIANT: two amounts are equal exactly where they say the same. `24 months` is `2 years` and
    `14 days` is `2 weeks`. Months are never days, save where the calendar itself makes them so: at
    zero and at whole 400-year cycles.
    """

    number: int
    unit: str
    _length: tuple[str, int] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.number < 0 or (self.unit not in MINUTES and self.unit not in MONTHS):
            raise ValueError(f"{self.number} {self.unit} is no amount")
        length = _length(self.number, self.unit)
        self.__dict__.update(_length=length, _hash=hash(length))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Amount) and self._length == other._length

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:  # a hash is worth nothing in another process
        return Amount, (self.number, self.unit)

    @classmethod
    def parse(cls, text: str) -> Amount:
        """The amount in the language's own spelling (`24 months`); ValueError for anything else."""
        return _parsed(text) if len(text) <= 30 else _refuse(text)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}" if self.number == 1 else f"{self.number} {self.unit}s"

    @property
    def months(self) -> int | None:
        """How many calendar months, or None for an amount of minutes to weeks."""
        scale, count = self._length
        return count if scale == "months" else None

    @property
    def minutes(self) -> tuple[int, int]:
        """The fewest and the most minutes that the amount can last; equal unless it is of months."""
        scale, count = self._length
        if scale == "minutes":
            return count, count
        fewest, most = days_spanned(count)
        return fewest * DAY, most * DAY


def is_less(a: Amount, b: Amount) -> bool | None:
    """Whether `a` is shorter than `b` on every day it could begin; None where that depends on the day.

    The other three comparisons follow: `a >= b` is `not is_less(a, b)`, and `a > b` is `is_less(b, a)`.
    """
    if a.months is not None and b.months is not None:
        return a.months < b.months
    (shortest_a, longest_a), (shortest_b, longest_b) = a.minutes, b.minutes
    if longest_a < shortest_b:
        return True
    return False if shortest_a >= longest_b else None


def compare(a: Amount, b: Amount) -> int | None:
    """-1, 0 or 1 as `a` is shorter than, the same as or longer than `b`; None where the calendar decides.

    INVARIANT: 0 exactly where `a == b`. 28 days are at most a month, which `is_less` can tell;
    but whether they are less depends on the month, so here they give None.
    """
    if a == b:
        return 0
    if is_less(a, b):
        return -1
    return 1 if is_less(b, a) else None


def agrees(a: Amount, bound_a: Bound, b: Amount, bound_b: Bound) -> bool | None:
    """Whether two statements give the same amount with bounds that do not contradict each other.

    "For 6 months" agrees with "for at most 6 months"; "at least" never agrees with "at most".
    None where only the calendar could tell whether the amounts are the same.
    """
    if bound_a and bound_b and bound_a != bound_b:
        return False
    order = compare(a, b)
    return None if order is None else order == 0


def add(day: date, amount: Amount) -> date:
    """The day that is `amount` after `day`.

    The day of the month is kept where the month has it, else it is the month's last: a month after
    31 January is 28 or 29 February. Minutes and hours count as the whole days they hold, so that
    72 hours are 3 days and 23 hours none. Past the calendar's end lies its last day.
    """
    return _moved(day, amount, 1)


def sub(day: date, amount: Amount) -> date:
    """The day that is `amount` before `day`, by the same rules as `add`."""
    return _moved(day, amount, -1)


@lru_cache(maxsize=1024)
def days_spanned(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many consecutive calendar months have, over all possible starts.

    A month later, with the day moved back where the month is short, never spans fewer or more.
    """
    cycles, rest = divmod(months, CYCLE_MONTHS)
    starts = _month_starts()
    spans = [after - before for before, after in zip(starts[:CYCLE_MONTHS], starts[rest:], strict=False)]
    return cycles * CYCLE_DAYS + min(spans), cycles * CYCLE_DAYS + max(spans)


@lru_cache(maxsize=1)
def _month_starts() -> tuple[int, ...]:
    """The number of the first day of each month in two cycles."""
    return tuple(date(1 + month // 12, 1 + month % 12, 1).toordinal() for month in range(2 * CYCLE_MONTHS))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Amount:
    found = WRITTEN.fullmatch(text.strip())
    return Amount(int(found[1]), found[2]) if found else _refuse(text)


def _refuse(text: str) -> Amount:
    raise ValueError(f"`{text[:40]}` is not an amount of time: write a number and a unit, as in `24 months`")


def _length(number: int, unit: str) -> tuple[str, int]:
    """What the amount comes to, in minutes or in months: what its equality goes by."""
    if unit in MINUTES:
        return "minutes", number * MINUTES[unit]
    months = number * MONTHS[unit]
    cycles, rest = divmod(months, CYCLE_MONTHS)
    return ("months", months) if rest else ("minutes", cycles * CYCLE_DAYS * DAY)


def _moved(day: date, amount: Amount, sign: int) -> date:
    try:
        if amount.months is None:
            return day + timedelta(days=sign * (amount.minutes[0] // DAY))
        year, month = divmod(day.year * 12 + day.month - 1 + sign * amount.months, 12)
        from calendar import monthrange  # with all that it needs, as dear as this module

        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):  # outside the years 1 to 9999, which is all that a date can hold
        return date.max if sign > 0 else date.min
