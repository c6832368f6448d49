"""How much is tried of what could be: a sound part by default, all with GDPRLINT_ALL_EXAMPLES in the environment."""

from __future__ import annotations

import os
from collections.abc import Iterable

from gdprlint.testing import Example

ALL = "GDPRLINT_ALL_EXAMPLES" in os.environ


def some(part: int, whole: int) -> int:
    """How many of something that is generated are tried."""
    return whole if ALL else part


def some_of(examples: Iterable[Example]) -> list[Example]:
    """Of the examples of a rule the first that is bad and the first that is good, or all of them."""
    listed = list(examples)
    return listed if ALL else [example for example in listed if example.number == 1]
