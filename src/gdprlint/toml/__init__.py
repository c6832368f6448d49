"""TOML with places, from texts that strangers wrote: it never hangs and never breaks.

The standard library reads it, once the walk over its places has found nothing in it that the library would choke on.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

from gdprlint.text import Source
from gdprlint.toml.places import Path, Place, TooDeep, places_of


class Loaded(NamedTuple):
    """What a text says, and where."""

    data: dict[str, Any]
    places: dict[Path, Place]


class NotToml(ValueError):
    """The text cannot be read as TOML; `line` and `column` count from 1."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column


def loaded(text: str) -> Loaded:
    """The data and the places of a text; NotToml where it has none."""
    source = Source("", text)
    try:
        places, lost, seen = places_of(text)
    except TooDeep as deep:
        raise NotToml("it is nested too deeply", *source.position(deep.at)) from None
    # The walk has not seen what follows, so that the library had better not see it either.
    end = len(text) if lost is None else text.find("\n", seen) + 1 or len(text)
    at = source.position(end if lost is None else lost)
    try:
        data = tomllib.loads(text[:end])
    except tomllib.TOMLDecodeError as error:
        reason, where = _told(str(error))
        raise NotToml(reason, *(where or at)) from None
    except (ValueError, RecursionError) as error:  # a number of more digits than Python reads
        reason = "a number has too many digits" if _odd(source) else f"a value cannot be read: {error}"
        raise NotToml(reason, *(_odd(source) or at)) from None
    if lost is not None:
        raise NotToml("this cannot be read", *at)
    return Loaded(data, places)


def _told(message: str) -> tuple[str, tuple[int, int] | None]:
    """The reason that the library gives, and the place where it gives one."""
    found = re.fullmatch(r"(?s)(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if found is None:
        return message, None
    reason = found[1][:1].lower() + found[1][1:]
    return reason, (int(found[2]), int(found[3])) if found[2] else None


def _odd(source: Source) -> tuple[int, int] | None:
    """Where the first number of very many digits stands."""
    found = re.search(r"\d{1000}", source.text)
    return source.position(found.start()) if found else None
