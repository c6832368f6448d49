"""Patterns that cannot explode.

Rules may come from strangers, so `matches` takes a small grammar only: characters, classes,
alternatives, optional groups, and repeats with a bound. There are no unbounded repeats, no repeat
within a repeat, no back-references and no look-around, and the ways to match are counted.
"""

from __future__ import annotations

import re

MOST_WAYS = 20_000
LONGEST = 400
MOST_REPEATS = 60
_ATOM = re.compile(r"\\[bBdDwWsS.\-+*?()\[\]{}|\\/$^\"]|\[\^?(?:\\.|[^\]\\\[])+\]|[^\\\[\](){}|*+?]")
_BOUND = re.compile(r"\{(\d{1,3})(?:,(\d{1,3}))?\}")


class PatternFault(ValueError):
    """Why a pattern is not taken, as a sentence."""


def safe_pattern(text: str) -> re.Pattern[str]:
    """The compiled pattern, letters of either case alike; PatternFault where it could take long."""
    if len(text) > LONGEST:
        raise PatternFault(f"the pattern is longer than {LONGEST} characters")
    position = 0
    ways = 1
    choices: list[int] = []  # alternatives counted so far in each open group
    while position < len(text):
        character = text[position]
        if character == "(":
            choices.append(1)
            position += 1
            if text.startswith("?", position):
                if not text.startswith("?:", position):
                    raise PatternFault("the pattern looks around itself or refers back")
                position += 2
            continue
        if character == "|":
            if choices:
                choices[-1] += 1
            position += 1
            continue
        if character == ")":
            if not choices:
                raise PatternFault("a `)` in the pattern closes nothing")
            ways *= choices.pop()
            position += 1
            if position < len(text) and text[position] in "*+{":
                raise PatternFault("a group in the pattern is repeated; only `?` may follow a group")
            if text.startswith("?", position):
                position += 1
                ways *= 2
        else:
            found = _ATOM.match(text, position)
            if found is None:
                what = (
                    "repeats without a bound"
                    if character in "*+"
                    else f"cannot be read at `{text[position : position + 8]}`"
                )
                raise PatternFault(f"the pattern {what}")
            position = found.end()
            if text.startswith(("*", "+"), position):
                raise PatternFault("the pattern repeats without a bound")
            if text.startswith("?", position):
                position += 1
                ways *= 2
            elif (bound := _BOUND.match(text, position)) is not None:
                low, high = int(bound[1]), int(bound[2] or bound[1])
                if high > MOST_REPEATS or low > high:
                    raise PatternFault(f"the pattern repeats more than {MOST_REPEATS} times")
                ways *= high - low + 1
                position = bound.end()
        if text.startswith(("?", "*", "+", "{"), position):
            raise PatternFault("the pattern repeats a repeat")
        if ways > MOST_WAYS:
            raise PatternFault("the pattern can match in too many ways")
    if choices:
        raise PatternFault("a `(` in the pattern is never closed")
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise PatternFault(f"the pattern cannot be read: {error.msg}") from None
