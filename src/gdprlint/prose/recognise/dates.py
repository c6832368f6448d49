"""Days and months: `30 September 2020`, `30/09/2020`, `2020-09-30`, `September 2020`; and years that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value, year_at

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS = {name[:length]: number for number, name in enumerate(_NAMES, 1) for length in (3, len(name))} | {"sept": 9}
_DAY = re.compile(r"([0-3]?\d)(st|nd|rd|th)?")


def dates(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Days and months in order of the words; a year of this century that belongs to neither is a `year`,
    and a date that stands alone is a `dateline` too."""
    at = 0
    while at < len(words):
        if not words[at][:1].isdigit() and words[at] not in _MONTHS:
            at += 1  # most words begin no date
            continue
        for recogniser in (_in_one, _in_three, _by_name):
            found = recogniser(passage, words, at)
            if found is not None:
                yield found
                if _alone(passage, words, found):
                    yield Value("dateline", found.first, found.last, found.text)
                at = found.last
                break
        else:
            if re.fullmatch(r"20\d\d", words[at]):
                yield Value("year", at, at + 1, words[at])
            at += 1


def _alone(passage: Passage, words: Sequence[str], found: Value) -> bool:
    """Whether a passage says nothing but a date, or a place and a date: the line under a letter."""
    before = [word for word in words[passage.own : found.first] if word not in ("date", "on")]
    return (
        passage.kind in ("paragraph", "heading")
        and found.last == len(words)
        and (not before or (len(before) < 3 and passage.words[found.first].breaks))
    )


def _in_one(passage: Passage, words: Sequence[str], at: int) -> Value | None:
    """`30/09/2020`, `30.9.20`, `09/2020`."""
    numbers = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})", words[at])
    if numbers:
        year = int(numbers[3]) + (2000 if len(numbers[3]) == 2 else 0)
        return _day(at, at + 1, year, int(numbers[2]), int(numbers[1]))
    month = re.fullmatch(r"(0?[1-9]|1[0-2])/(20\d\d)", words[at])
    return Value("date", at, at + 1, f"{month[2]}-{int(month[1]):02}") if month else None


def _in_three(passage: Passage, words: Sequence[str], at: int) -> Value | None:
    """`2020-09-30`, `30-09-2020` and `2020-09`, which hyphens take apart."""
    numbers: list[str] = []
    while at + len(numbers) < len(words) and len(numbers) < 4 and words[at + len(numbers)].isdigit():
        here = at + len(numbers)
        if numbers and not _hyphened(passage, here):
            break
        numbers.append(words[here])
    sizes = [len(number) for number in numbers]
    if sizes == [4, 2, 2]:
        return _day(at, at + 3, *map(int, numbers))
    if sizes in ([2, 2, 4], [1, 2, 4], [1, 1, 4], [2, 1, 4]):
        return _day(at, at + 3, *map(int, reversed(numbers)))
    if sizes == [4, 2] and numbers[0][:2] == "20" and 1 <= int(numbers[1]) <= 12:
        return Value("date", at, at + 2, "-".join(numbers))
    return None


def _by_name(passage: Passage, words: Sequence[str], at: int) -> Value | None:
    """`30 September 2020`, `the 30th of September 2020`, `September 30, 2020`, `September 2020`."""
    if day := _DAY.fullmatch(words[at]):
        month = at + 1 + (at + 1 < len(words) and words[at + 1] == "of")
        if month < len(words) and words[month] in _MONTHS and (year := year_at(words, month + 1)):
            return _day(at, month + 2, int(year), _MONTHS[words[month]], int(day[1]))
    if words[at] not in _MONTHS:
        return None
    number = _MONTHS[words[at]]
    if year := year_at(words, at + 1):
        return Value("date", at, at + 2, f"{year}-{number:02}")
    if at + 1 < len(words) and (day := _DAY.fullmatch(words[at + 1])):
        if year := year_at(words, at + 2):
            return _day(at, at + 3, int(year), number, int(day[1]))
        if not day[2] and len(day[1]) == 2 and _hyphened(passage, at + 1):  # `Sep-20`, the month of a document
            return Value("date", at, at + 2, f"20{day[1]}-{number:02}")
    return None


def _hyphened(passage: Passage, at: int) -> bool:
    """Whether a hyphen alone parts a word from the one before it."""
    before, word = passage.words[at - 1], passage.words[at]
    text = passage.blocks[at].text[before.end : word.start]
    return passage.blocks[at - 1] is passage.blocks[at] and text in ("-", "\u2010", "\u2011", "\u2013")


def _day(first: int, last: int, year: int, month: int, day: int) -> Value | None:
    """A day that the calendar has; one whose month cannot be one is written the American way."""
    if month > 12 >= day:
        month, day = day, month
    try:
        return Value("date", first, last, date(year, month, day).isoformat()) if year > 1900 else None
    except ValueError:
        return None
