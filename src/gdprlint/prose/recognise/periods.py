"""Amounts of time: `24 months`, `six (6) years`, `three to five years`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value

_NUMBERS = {
    word: number
    for number, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_UNITS = {
    "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks", "fortnight": "fortnights", "month": "months",
    "wk": "weeks",
    "wks": "weeks",
    "year": "years", "yr": "years", "yrs": "years", "mth": "months", "mths": "months", "hr": "hours", "hrs": "hours",
    "term": "terms", "quarter": "quarters", "decade": "decades",
}  # fmt: skip
_OF_YEARS = frozenset(
    [
        "calendar",
        "working",
        "business",
        "full",
        "further",
        "more",
        "complete",
        "additional",
        "academic",
        "financial",
        "school",
        "tax",
        "consecutive",
    ]
)


_JOINED = re.compile(r"(\d{1,3})(yrs?|years?|months?|mths?|days?|weeks?|wks?|hrs?)")
# `for a year` is a time, `twice a year` is none
_BEFORE_ONE = frozenset(
    ("within", "after", "for", "in", "than", "about", "least", "most", "over", "under", "of", "is", "next", "following",
     "to", "or", "every", "by", "plus")
)  # fmt: skip


def _unit(word: str) -> str:
    return _UNITS.get(word) or _UNITS.get(word.rstrip("s"), "")


def _number(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """The number that begins at a word, and the word after it: `2`, `1.5`, `twenty four`, `six (6)`."""
    word = words[at]
    if re.fullmatch(r"\d{1,4}(\.\d+)?", word):
        return float(word), at + 1
    if word in ("a", "an") and at + 1 < len(words) and words[at + 1] in ("hundred", "dozen"):
        return (100.0 if words[at + 1] == "hundred" else 12.0), at + 2
    if word not in _NUMBERS:
        return None
    number, at = float(_NUMBERS[word]), at + 1
    if number >= 20 and at < len(words) and 0 < _NUMBERS.get(words[at], 0) < 10:
        number, at = number + _NUMBERS[words[at]], at + 1
    if at < len(words) and words[at].isdigit() and float(words[at]) == number:  # six (6) years
        at += 1
    return number, at


def periods(passage: Passage, words: list[str]) -> Iterator[Value]:
    at = 0
    while at < len(words):
        found = _number(words, at)
        if found is None and words[at] in ("a", "an", "one") and at + 1 < len(words):
            unit = at + 1 + (words[at + 1] in _OF_YEARS)
            one = unit < len(words) and _unit(words[unit]) and words[unit].rstrip("s") == words[unit]
            if one and (words[at] == "one" or at == 0 or words[at - 1] in _BEFORE_ONE or passage.words[at].breaks):
                found = (1.0, at + 1)
        if found is None and words[at] in ("another", "further") and at + 1 < len(words) and words[at + 1] in _UNITS:
            found = (1.0, at + 1)
        if found is None and (joined := _JOINED.fullmatch(words[at])):
            said, unit_name = _whole(float(joined[1]), _unit(joined[2]))
            yield Value("period", at, at + 1, f"{said} {unit_name}")
            at += 1
            continue
        if found is None:
            at += 1
            continue
        number, after = found
        if after + 1 < len(words) and words[after] in ("to", "or", "and", "-") and _number(words, after + 1):
            at = after + 1  # `three to five years`: the later one says how long
            continue
        while after < len(words) and words[after] in _OF_YEARS:
            after += 1
        if after < len(words) and (unit_name := _unit(words[after])):
            if words[after + 1 : after + 2] in (["old"], ["olds"]) or words[after + 1 : after + 3] == ["of", "age"]:
                at = after + 1  # an age
                continue
            amount, unit_name = _whole(number, unit_name)
            yield Value("period", at, after + 1, f"{amount} {unit_name}")
            at = after + 1
        else:
            at += 1


def _whole(number: float, unit: str) -> tuple[str, str]:
    if unit == "fortnights":
        return str(int(number * 2)), "weeks"
    if unit == "decades":
        return str(int(number * 10)), "years"
    if unit == "quarters":
        return str(int(number * 3)), "months"
    if number != int(number) and unit == "years":
        return str(int(number * 12)), "months"
    return (str(int(number)) if number == int(number) else str(number)), unit
