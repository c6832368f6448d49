"""Patterns for paths, as the configuration has them: `*`, `?` and `[a-z]` within a name, `**` for any folders.

A pattern counts from the folder of the register; one without a slash means a name in any folder; one that names a
folder means all that is in it. Matching takes time in proportion to pattern times path, whatever both are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

DEEPEST = 100  # folders


def matches(pattern: str, path: str) -> bool:
    """Whether a path below the register, with `/` between its parts, is one that the pattern names."""
    names = path.split("/")
    return len(names) <= DEEPEST and _meets(_parts(pattern), names)


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[str, ...]:
    parts = [part for part in pattern.removeprefix("./").split("/") if part not in ("", ".")]
    if len(parts) == 1 and not pattern.endswith("/"):
        parts.insert(0, "**")
    return tuple(parts)


def folder_of(pattern: str) -> str:
    """The folder below which everything lies that the pattern names; empty for that of the register."""
    parts = _parts(pattern)
    plain = parts if pattern.endswith("/") else parts[:-1]
    count = next((at for at, part in enumerate(plain) if any(sign in part for sign in "*?[")), len(plain))
    return "/".join(plain[:count])


@lru_cache(maxsize=65_536)
def _is_named(pattern: str, name: str) -> bool:
    return _expression(pattern).fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _expression(pattern: str) -> re.Pattern[str]:
    """The pattern of a name. Each piece between two `*` is taken where it comes first, and for good, so that time is
    in proportion to the name.
    """
    pieces = [""]
    for sign in _signs(pattern):
        if sign == "*":
            pieces.append("")
        else:
            pieces[-1] += _one(sign)
    if len(pieces) == 1:
        return re.compile(pieces[0], re.S)
    first, *middle, last = pieces
    return re.compile(first + "".join(f"(?>.*?{piece})" for piece in middle if piece) + ".*" + last, re.S)


def _one(sign: str) -> str:
    """What stands for one letter."""
    if sign == "?":
        return "."
    if len(sign) == 1:
        return re.escape(sign)
    inside, negated = (sign[2:-1], "^") if sign[1] in "!^" else (sign[1:-1], "")
    ranges = []
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            low, high = sorted((inside[at], inside[at + 2]))
            ranges.append(f"{re.escape(low)}-{re.escape(high)}")
            at += 3
        else:
            ranges.append(re.escape(inside[at]))
            at += 1
    return f"[{negated}{''.join(ranges)}]"


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


def _meets(wanted: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the parts of a pattern fit those of a path, or of a folder above it; goes back to the last `**` only."""
    at = here = 0
    star = back = -1
    while here < len(names):
        if at < len(wanted) and wanted[at] == "**":
            star, back = at, here
            at += 1
        elif at < len(wanted) and _is_named(wanted[at], names[here]):
            at += 1
            here += 1
        elif at == len(wanted):
            return True
        elif star >= 0:
            back += 1
            at, here = star + 1, back
        else:
            return False
    return all(left == "**" for left in wanted[at:])
