"""What an `allow` says: which rules, why, by whom, until when; or what is wrong with it.

    allow RULE[, RULE …]: REASON[, by OWNER][, until DATE]

A rule is a code, a name or another name of a rule. The reason is free text with a word in it. The owner is one word, or
words in quotes; the date is a day such as `2027-03-31`, the last one on which the exception holds. The comma between
owner and `until` may be left out. Knows nothing of where an `allow` may stand, nor of what it covers.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from typing import NamedTuple

LONGEST = 2_000
"""Characters of one exception; nobody reads a longer reason."""
MOST_RULES = 20
FORM = "`allow RULE: the reason, by OWNER until 2027-03-31`; owner and date may be left out"

_OPENS = re.compile(r"\s*([Aa]llow)(?![\w-])")
_CODE = re.compile(r"[A-Za-z]{2,6}\d{1,5}")
_RULE = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_UNTIL = re.compile(r"(?:^|(?<=[\s,]))until(?![\w-])")
_BY = re.compile(r",\s*by\s+(\"[^\"\n]{1,80}\"|[^\s,\"]{1,80})\s*(,?)\s*$")
_ANY_BY = re.compile(r",\s*by(?![\w-])[^,]*,?\s*$")
_WORDS = re.compile(r"[^\W\d_]{2}")
_NO_REASONS = frozenset(("reason", "the reason", "why", "todo", "tbd", "tbc", "fixme", "xxx", "none", "n/a", "na"))


class Word(NamedTuple):
    """A rule as it was named, and where."""

    text: str
    start: int
    end: int


class Said(NamedTuple):
    """What a well-formed exception says. `until` is the last day on which it holds."""

    rules: tuple[Word, ...]
    reason: str
    owner: str = ""
    until: date | None = None


class Fault(NamedTuple):
    """Why a text that begins as an exception is none: the code of what is told, the fact, the place, what to do."""

    code: str
    message: str
    start: int
    end: int
    help: str = FORM


class Fine(NamedTuple):
    """The reason with who answers for it and until when."""

    reason: str
    owner: str = ""
    until: date | None = None


def read(text: str, start: int, names: Container[str] = ()) -> Said | Fault | None:
    """What the text of a comment says that stands at this offset; None where it is an ordinary comment.

    A comment is meant as an exception if its first word is `allow` and behind it stands a code, one of `names` (those
    of rules), or a list of single words with a colon.
    """
    opened = _OPENS.match(text)
    if opened is None:
        return None
    last = start + len(text.rstrip())
    head, colon, body = text[opened.end() :].partition(":")
    if not _is_meant(head, colon, body, names):
        return None
    whole = (start + opened.start(1), last)
    if opened.group(1) != "allow":
        return Fault("REC012", "`allow` is written in small letters", start + opened.start(1), start + opened.end())
    if len(text) > LONGEST:
        return Fault("REC012", f"an exception has at most {LONGEST:,} characters", *whole)
    if not colon:
        return Fault("REC012", "behind the rule stands a colon, and behind that the reason", *whole)
    rules = _rules(head, start + opened.end())
    if isinstance(rules, Fault):
        return rules
    fine = fine_print(body, last - len(body.rstrip()))
    return fine if isinstance(fine, Fault) else Said(rules, *fine)


def _is_meant(head: str, colon: str, body: str, names: Container[str]) -> bool:
    first = head.split(None, 1)[0].rstrip(",") if head.strip() else ""
    if _CODE.fullmatch(first) or ("-" in first and first in names):
        return True
    return bool(colon) and (not body or body[0].isspace()) and all(len(part.split()) < 2 for part in head.split(","))


def _rules(head: str, start: int) -> tuple[Word, ...] | Fault:
    found: list[Word] = []
    at = start
    for part in head.split(","):
        word = part.strip()
        first = at + len(part) - len(part.lstrip())
        here = (first, max(first + len(word), first + 1))
        at += len(part) + 1
        if not word:
            return Fault("REC012", "the exception names no rule", start - len("allow"), start)
        if not _RULE.fullmatch(word):
            return Fault(
                "REC012", f"`{word}` is not the code or the name of one rule", *here, "put commas between rules"
            )
        if word not in (known.text for known in found):
            found.append(Word(word, *here))
        if len(found) > MOST_RULES:
            return Fault("REC012", f"an exception names at most {MOST_RULES} rules", *here)
    return tuple(found)


def fine_print(body: str, start: int) -> Fine | Fault:
    """What stands behind the colon, at this offset: the reason, and owner and end date where they are given."""
    said, until = body.rstrip(), None
    whole = (start + len(body) - len(body.lstrip()), start + len(said))
    dated = [*_UNTIL.finditer(said)][-1:]
    for found in dated:
        day = said[found.end() :].strip()
        before = said[: found.start()].rstrip()
        apart = before.endswith(",") or _BY.search(before) is not None
        if not apart and not any(map(str.isdigit, day)):
            break  # a word of the reason: `kept until the appeal is over`
        here = (start + found.start(), start + len(said))
        until = day_of(day)
        if until is None:
            return Fault("REC015", f"`{_short(day)}` is no date", *here, "write it as `until 2027-03-31`, at the end")
        if not apart:
            return Fault("REC012", "before `until` stands a comma", *here)
        said = before
    owner = ""
    by = _BY.search(said)
    if by is not None:
        owner, said = by.group(1).strip('"').strip(), said[: by.start()]
    elif (found_by := _ANY_BY.search(said)) is not None:
        here = (start + found_by.start(), start + len(said))
        return Fault("REC012", "behind `by` stands one word, or words in quotes", *here)
    reason = " ".join(said.rstrip(", \t\r\n").split())
    if not says_why(reason):
        return Fault("REC013", "the exception gives no reason", min(whole[0], start + len(said)) - 1, whole[1])
    return Fine(reason, owner, until)


def says_why(reason: str) -> bool:
    """Whether there is a word in a reason, and not just one that stands for a reason."""
    return bool(_WORDS.search(reason)) and reason.strip(" .!?…()[]<>").casefold() not in _NO_REASONS


def day_of(text: str) -> date | None:
    """The day that is written as the language writes days."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:  # the 30th of February
        return None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
