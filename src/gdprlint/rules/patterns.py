"""Patterns that cannot explode.

Rules may come from strangers, so `matches` takes a small grammar only: characters, classes,
alternatives, optional groups, and repeats with a bound. There are no unbounded repeats, no repeat
within a repeat, no back-references and no look-around, and the ways to match are counted.
What letters a text must have for a pattern to match is read off it, so that it need not be tried where they are not.
"""

from __future__ import annotations

import re

MOST_WAYS = 20_000
LONGEST = 400
MOST_REPEATS = 60
_FEWEST = 3  # letters that are worth looking for
_RARE = "[]{}<>_@#"  # one of these is worth looking for; no term and no provision has them
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


def letters_needed(pattern: str) -> frozenset[str]:
    """Runs of small letters, or rare characters, of which one stands in each text, folded, that the pattern matches.

    Empty where there is no telling. The pattern is one that `safe_pattern` takes.
    """
    found, _ = _alternatives(pattern, 0)
    return found


def folded(text: str) -> str:
    """The text in small letters, those among them that a pattern takes for a letter of the English alphabet."""
    return text.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i").replace("\N{COMBINING DOT ABOVE}", "")


def _alternatives(pattern: str, position: int) -> tuple[frozenset[str], int]:
    """What is needed for one of the alternatives from here to the end of the group, and where that is."""
    found: list[frozenset[str]] = []
    while True:
        needed, position = _sequence(pattern, position)
        found.append(needed)
        if not pattern.startswith("|", position):
            return frozenset().union(*found) if all(found) else frozenset(), position
        position += 1


def _sequence(pattern: str, position: int) -> tuple[frozenset[str], int]:
    """What is needed up to the next alternative or the end of the group: the longest run, or what a group needs."""
    choices: list[frozenset[str]] = []
    run = ""
    while position < len(pattern) and pattern[position] not in "|)":
        letter = ""
        if pattern[position] == "(":
            inner = position + (3 if pattern.startswith("(?:", position) else 1)
            needed, position = _alternatives(pattern, inner)
            position += 1
            if not pattern.startswith("?", position):
                choices.append(needed)
        else:
            atom = _ATOM.match(pattern, position)
            assert atom is not None  # it is a safe pattern
            position = atom.end()
            letter = atom[0].lower()
        once = not pattern.startswith(("?", "{"), position)
        if pattern.startswith("?", position):
            position += 1
        elif (bound := _BOUND.match(pattern, position)) is not None:
            position = bound.end()
        if once and len(letter) == 1 and "a" <= letter <= "z":
            run += letter
        else:
            choices.append(frozenset({run}))
            run = ""
            if once and len(letter) <= 2 and letter[-1:] in _RARE:
                choices.append(frozenset(letter[-1:]))
    choices.append(frozenset({run}))
    worst = [(min(map(_worth, choice), default=0), choice) for choice in choices]
    worth, best = max(worst, key=lambda one: one[0])
    return best if worth >= _FEWEST else frozenset(), position


def _worth(run: str) -> int:
    return 100 if run and run in _RARE else len(run)
