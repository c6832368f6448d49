"""Amounts of time: what says the same, what can be compared, and what depends on the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprlint.model.amounts import Amount, Bound, add, agrees, compare, days_spanned, is_less, sub

UNITS = ["minute", "hour", "day", "week", "month", "year"]
amounts = st.builds(Amount, st.integers(0, 3000), st.sampled_from(UNITS))
days = st.dates(date(1600, 1, 1), date(2400, 12, 31))
small = st.builds(Amount, st.integers(0, 400), st.sampled_from(UNITS))


def amount(text: str) -> Amount:
    return Amount.parse(text)


@pytest.mark.parametrize("text", ["1 minute", "24 hours", "5 days", "2 weeks", "1 month", "24 months"])
def test_an_amount_is_shown_as_it_was_written(text: str) -> None:
    assert str(amount(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "months", "24", "-1 days", "1.5 years", "two years", "24 moths", "3 months on", "٣ days", "9" * 99],
)
def test_what_is_no_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount of time: write a number and a unit"):
        amount(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24 months", "2 years"),
        ("14 days", "2 weeks"),
        ("60 minutes", "1 hour"),
        ("24 hours", "1 day"),
        ("0 months", "0 days"),
        ("400 years", "146097 days"),
    ],
)
def test_amounts_that_say_the_same_are_equal(one: str, other: str) -> None:
    assert amount(one) == amount(other)
    assert hash(amount(one)) == hash(amount(other))


@pytest.mark.parametrize(("one", "other"), [("30 days", "1 month"), ("52 weeks", "1 year")])
def test_months_are_not_days(one: str, other: str) -> None:
    assert amount(one) != amount(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("5 days", "1 month", -1),
        ("27 days", "1 month", -1),
        ("28 days", "1 month", None),
        ("30 days", "1 month", None),
        ("31 days", "1 month", None),
        ("32 days", "1 month", 1),
        ("40 days", "1 month", 1),
        ("364 days", "1 year", -1),
        ("365 days", "1 year", None),
        ("366 days", "1 year", None),
        ("367 days", "1 year", 1),
        ("23 months", "2 years", -1),
        ("25 hours", "1 day", 1),
        ("104 weeks", "2 years", -1),
    ],
)
def test_days_and_months_are_compared_where_no_calendar_matters(one: str, other: str, expected: int | None) -> None:
    assert compare(amount(one), amount(other)) == expected


def test_28_days_are_never_more_than_a_month() -> None:
    assert is_less(amount("1 month"), amount("28 days")) is False
    assert is_less(amount("28 days"), amount("1 month")) is None


@pytest.mark.parametrize(
    ("one", "bound", "other", "other_bound", "expected"),
    [
        ("6 months", None, "6 months", "at most", True),
        ("6 months", None, "6 months", "at least", True),
        ("24 months", "at most", "2 years", "at most", True),
        ("6 months", "at least", "6 months", "at most", False),
        ("24 months", None, "3 years", None, False),
        ("30 days", None, "1 month", None, None),
        ("30 days", "at least", "1 month", "at most", False),
    ],
)
def test_statements_agree_on_amount_and_bound(
    one: str, bound: Bound, other: str, other_bound: Bound, expected: bool | None
) -> None:
    assert agrees(amount(one), bound, amount(other), other_bound) is expected


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        (date(2026, 1, 31), "1 month", date(2026, 2, 28)),
        (date(2024, 1, 31), "1 month", date(2024, 2, 29)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2026, 11, 30), "3 months", date(2027, 2, 28)),
        (date(2026, 12, 31), "2 weeks", date(2027, 1, 14)),
        (date(2026, 3, 1), "72 hours", date(2026, 3, 4)),
        (date(2026, 3, 1), "23 hours", date(2026, 3, 1)),
        (date(2026, 3, 1), "9999 years", date.max),
        (date(2026, 3, 1), "999999 weeks", date.max),
    ],
)
def test_adding_goes_by_the_calendar(day: date, text: str, expected: date) -> None:
    assert add(day, amount(text)) == expected


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        (date(2026, 3, 31), "1 month", date(2026, 2, 28)),
        (date(2026, 1, 1), "1 day", date(2025, 12, 31)),
        (date(2026, 1, 1), "3000 years", date.min),
    ],
)
def test_taking_away_goes_by_the_calendar(day: date, text: str, expected: date) -> None:
    assert sub(day, amount(text)) == expected


@given(amounts)
def test_what_is_written_reads_back(one: Amount) -> None:
    again = amount(str(one))
    assert (again, again.number, again.unit) == (one, one.number, one.unit)


@given(amounts, amounts)
def test_comparison_reverses_and_is_zero_exactly_for_equals(one: Amount, other: Amount) -> None:
    forward, backward = compare(one, other), compare(other, one)
    assert (forward is None and backward is None) or (forward is not None and backward == -forward)
    assert (forward == 0) == (one == other)
    assert one != other or hash(one) == hash(other)


@given(amounts, amounts, amounts)
def test_less_than_is_transitive(one: Amount, two: Amount, three: Amount) -> None:
    if is_less(one, two) and is_less(two, three):
        assert is_less(one, three)


@given(small, small, days)
def test_comparison_holds_on_every_day(one: Amount, other: Amount, day: date) -> None:
    """Judged on the days themselves, so of whole days only."""
    order = compare(one, other)
    if order is not None and one.minutes[0] % 1440 == other.minutes[0] % 1440 == 0:
        first, second = add(day, one), add(day, other)
        assert order == (first > second) - (first < second)


@given(small, days)
def test_an_amount_of_months_lasts_between_its_fewest_and_most_days(one: Amount, day: date) -> None:
    fewest, most = one.minutes
    assert fewest // 1440 <= (add(day, one) - day).days <= most // 1440


@given(st.integers(0, 30), days)
def test_equal_amounts_lead_to_the_same_day(years: int, day: date) -> None:
    assert add(day, Amount(years, "year")) == add(day, Amount(12 * years, "month"))
    assert add(day, Amount(years, "week")) == add(day, Amount(7 * 24 * years, "hour"))


@pytest.mark.parametrize("months", [1, 2, 3, 6, 11, 12, 13, 24, 48, 59, 96, 97, 1200, 4799, 4800, 4813])
def test_days_of_months_are_those_counted_over_the_whole_calendar(months: int) -> None:
    lengths = [calendar.monthrange(year, month)[1] for year in range(2000, 2801) for month in range(1, 13)]
    counted = [sum(lengths[:months])]
    for start in range(1, 4800):
        counted.append(counted[-1] - lengths[start - 1] + lengths[(start + months - 1) % len(lengths)])
    assert days_spanned(months) == (min(counted), max(counted))


@pytest.mark.parametrize("months", [1, 2, 12, 25])
def test_no_start_in_the_calendar_goes_beyond_and_some_reach_the_ends(months: int) -> None:
    """Every day of 28 years around 1900, which was no leap year, and of 28 around 2000, which was."""
    seen = {
        (add(day, Amount(months, "month")) - day).days
        for first in (date(1888, 1, 1), date(1988, 1, 1))
        for day in (first + timedelta(days=i) for i in range(28 * 366))
    }
    assert (min(seen), max(seen)) == days_spanned(months)


def test_more_months_never_have_fewer_days() -> None:
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(map(days_spanned, range(130))))
