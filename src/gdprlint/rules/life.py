"""The life of a rule after its best days: what a code that is gone, or going, is replaced by.

A pack may hold `former-codes.txt`: code, name, version, the codes that replace it, and why, a line for each rule that
is deprecated or was removed. It is read only where somebody names such a code, or such a rule runs. A code is never
used again for another rule, so what people wrote down years ago still means something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gdprlint import disk
from gdprlint.rules.packs import FORMER_CODES

FILE = FORMER_CODES
MOST_BYTES = 1_000_000
_CODE = re.compile(r"[A-Z]{1,12}[0-9]{1,9}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}")


class Former(NamedTuple):
    """A rule that is gone since that version, or will go: `replaced_by` are codes, `why` is a part of a sentence."""

    code: str
    name: str
    version: str
    replaced_by: tuple[str, ...]
    why: str
    pack: str = ""
    by: str = ""  # the pack that replaces it, where that is another one

    def said(self, removed: bool) -> str:
        """What became of it, in one sentence."""
        what = "was removed in" if removed else "is deprecated since"
        if self.by:
            what = f"is replaced by the pack {self.by}"
        rest = "nothing replaces it"
        if self.replaced_by:
            rest = f"{_together(self.replaced_by)} {'replace' if len(self.replaced_by) > 1 else 'replaces'} it"
        return f"{self.code} {self.name} {what} {self.version}".rstrip() + f": {self.why}; {rest}"


def _together(codes: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(codes[:-1]), codes[-1]]))


def read(folder: Path, pack: str, prefixes: Iterable[str] = ()) -> tuple[list[Former], list[str]]:
    """What the file of a pack says, and what is wrong with it, a sentence each; nothing where there is none."""
    place = folder / FILE
    if disk.kind(folder) != "folder" or not disk.is_file(place):
        return [], []
    shown = f"{pack}/{FILE}"
    try:
        content = disk.beginning(place, MOST_BYTES + 1)
    except OSError as error:
        return [], [f"{shown}: it could not be read: {error.strerror or error}"]
    if len(content) > MOST_BYTES:
        return [], [f"{shown}: it has more than {MOST_BYTES:,} bytes"]
    found: list[Former] = []
    wrong: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        fault = _fault(cells, seen, tuple(prefixes))
        if fault:
            wrong.append(f"{shown}:{number}: {fault}")
            continue
        code, name, version, codes, why = cells
        seen.add(code)
        found.append(Former(code, name, version, _codes(codes), why, pack))
    return found, wrong


def _codes(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.replace(",", " ").split())


def _fault(cells: list[str], seen: set[str], prefixes: tuple[str, ...]) -> str:
    if len(cells) != 5 or not all(cells):
        return "five cells are expected: code, name, version, codes that replace it or `-`, why"
    code, name, version, codes, _ = cells
    if not _CODE.fullmatch(code) or not all(_CODE.fullmatch(one) for one in _codes(codes)):
        return "a code is capital letters and a number"
    if not _NAME.fullmatch(name):
        return "a name is words in small letters with hyphens"
    if not _VERSION.fullmatch(version):
        return "a version is numbers with dots"
    if code in seen or code in _codes(codes):
        return f"{code} stands here twice"
    if prefixes and code.rstrip("0123456789") not in prefixes:
        return f"the pack does not own the code {code}"
    return ""


def followed(code: str, former: dict[str, Former], known: Iterable[str]) -> tuple[str, ...]:
    """The codes in use today that stand for a former one: a successor may have been replaced in its turn."""
    living = set(known)
    found: dict[str, None] = {}
    pending = [code]
    met: set[str] = set()
    while pending:
        here = pending.pop(0)
        if here in met:
            continue
        met.add(here)
        if here in living and here != code:
            found[here] = None
        elif here in former:
            pending.extend(former[here].replaced_by)
    return tuple(found)


def notes(words: Iterable[str], former: dict[str, Former], living: Iterable[str]) -> Iterator[str]:
    """What somebody should know who names these codes."""
    codes = set(living)
    for word in dict.fromkeys(words):
        known = former.get(word)
        if known is not None:
            yield known.said(known.code not in codes)
