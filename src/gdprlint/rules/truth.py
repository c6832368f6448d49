"""What a test gives: true, false, not applicable, or cannot tell.

A test of something that is not said is not applicable; a test that silence would decide, where silence does not count
or a line could not be read, cannot be told. Only a plain True or False ever reports or passes anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

CANNOT_TELL: Final = "cannot tell"
NOT_APPLICABLE: Final = None
Truth = Any  # True, False, None (not applicable) or CANNOT_TELL
Value = Any  # Thing, Clause, Item, Values, date, Amount, int


def both(truths: Iterable[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is not True and found is not CANNOT_TELL:
            found = truth
    return found


def either(truths: Iterable[Truth]) -> Truth:
    found: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is not False and found is not CANNOT_TELL:
            found = truth
    return found


def negated(truth: Truth) -> Truth:
    return (not truth) if truth is True or truth is False else truth
