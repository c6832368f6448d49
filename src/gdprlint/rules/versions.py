"""Versions and the ranges that they lie in, as `gdprlint doctor` and packs that require others compare them.

Only the numbers of a release count: `0.3.0rc1` is 0.3.0. Nothing here knows packs.
"""

from __future__ import annotations

import re

_BOUND = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9]+(?:\.[0-9]+)*)")
_NUMBERS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,5}")
_RANGE = re.compile(r"\s*(?:>=|<=|==|!=|<|>)\s*[0-9]{1,9}(?:\.[0-9]{1,9}){0,5}\s*")
MOST_BOUNDS = 10


def fits(version: str, bounds: str) -> bool:
    """Whether a version lies within bounds such as `>=7.1,<8`; what cannot be compared fits."""
    here = numbers(version)
    for sign, text in _BOUND.findall(bounds):
        there = numbers(text)
        width = max(len(here), len(there))
        one, two = here + (0,) * (width - len(here)), there + (0,) * (width - len(there))
        holds = {">=": one >= two, "<=": one <= two, "==": one == two, "!=": one != two, "<": one < two, ">": one > two}
        if not holds[sign]:
            return False
    return True


def numbers(version: str) -> tuple[int, ...]:
    """The numbers that a version begins with; none where it begins with something else."""
    found = _NUMBERS.match(version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def is_range(bounds: str) -> bool:
    """Whether bounds are written so that each of them can be understood."""
    parts = bounds[:1000].split(",")
    return len(parts) <= MOST_BOUNDS and all(_RANGE.fullmatch(part) for part in parts)
