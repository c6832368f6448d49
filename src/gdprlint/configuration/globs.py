"""Patterns for paths, as the configuration has them: `*`, `?` and `[a-z]` within a name, `**` for any folders.

A pattern counts from the folder of the register; one without a slash means a name in any folder; one that names a
folder means all that is in it. Matching takes time in proportion to pattern times path, whatever both are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
P = TypeVar("P")


def matches(pattern: str, path: str) -> bool:
    """Whether a path below the register, with `/` between its parts, is one that the pattern names."""
    wanted = _parts(pattern)
    names = path.split("/")
    return _meets(wanted, names, "**", _is_named, whole=False)


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[str, ...]:
    parts = [part for part in pattern.removeprefix("./").split("/") if part not in ("", ".")]
    if len(parts) == 1 and not pattern.endswith("/"):
        parts.insert(0, "**")
    return tuple(parts)


@lru_cache(maxsize=65_536)
def _is_named(pattern: str, name: str) -> bool:
    return _meets(_signs(pattern), name, "*", _is_sign, whole=True)


def _is_sign(sign: str, letter: str) -> bool:
    if sign == "?":
        return True
    if len(sign) == 1:
        return sign == letter
    inside, negated = (sign[2:-1], True) if sign[1] in "!^" else (sign[1:-1], False)
    held = False
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            held = held or inside[at] <= letter <= inside[at + 2]
            at += 3
        else:
            held = held or inside[at] == letter
            at += 1
    return held != negated


@lru_cache(maxsize=4096)
def _signs(pattern: str) -> tuple[str, ...]:
    """The signs of a name: a letter, `?`, `*`, or a set in brackets."""
    signs = []
    at = 0
    while at < len(pattern):
        end = pattern.find("]", at + 3 if pattern[at + 1 : at + 2] in ("!", "^") else at + 2)
        if pattern[at] == "[" and end > 0:
            signs.append(pattern[at : end + 1])
            at = end + 1
        else:
            signs.append(pattern[at])
            at += 1
    return tuple(signs)


def _meets(wanted: Sequence[P], given: Sequence[T], any_number: P, fits: Callable[[P, T], bool], whole: bool) -> bool:
    """Whether the wanted fit the given in order, where one of them stands for any number; goes back to the last such
    one only. Where the given need not be met to their end, what is left of them lies within what is met.
    """
    at = here = 0
    star = back = -1
    while here < len(given):
        if at < len(wanted) and wanted[at] == any_number:
            star, back = at, here
            at += 1
        elif at < len(wanted) and fits(wanted[at], given[here]):
            at += 1
            here += 1
        elif at == len(wanted) and not whole:
            return True
        elif star >= 0:
            back += 1
            at, here = star + 1, back
        else:
            return False
    return all(left == any_number for left in wanted[at:])
