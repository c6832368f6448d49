"""What a grant reference tells, and what is no reference."""

from __future__ import annotations

from datetime import date

import pytest
from gdprlint_funder_tools.references import began, check_digits, holds


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("FT/2026/0123-73", True),
        ("grant FT/2026/0123-73 of the Trust", True),
        ("FT/2026/0123-37", False),
        ("FT/2026/0132-73", False),
        ("FT/2026/0123", False),
        ("the cost of fieldwork", None),
        ("FT/26/123-73", None),
    ],
)
def test_check_digits_find_what_was_mistyped(words: str, answer: bool | None) -> None:
    assert holds(words) is answer


def test_two_digits_that_changed_places_are_found_everywhere() -> None:
    for at in range(7):
        digits = list("20260123")
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
        changed = "".join(digits)
        if changed != "20260123":
            assert check_digits(changed[:4], changed[4:]) != check_digits("2026", "0123")


def test_a_grant_begins_with_its_year() -> None:
    assert began("FT/2026/0123-73") == date(2026, 1, 1)
    assert began("FT/0000/0123-73") is None
    assert began("no reference") is None
