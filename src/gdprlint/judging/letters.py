"""Which letters stand in any text of a register: a rule that asks for others need not be asked.

Nothing here knows a pattern; `Needs` tells which letters one needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from gdprlint.model.amounts import MINUTES
from gdprlint.model.provisions import DIVISIONS, LAWS
from gdprlint.model.register import Register
from gdprlint.rules.patterns import folded


class Letters:
    """The letters in the texts of a register, looked for when they are first asked for."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[str, bool] = {}

    def may_hold(self, choice: Iterable[str]) -> bool:
        """Whether some of these letters stand in a text, or may."""
        return self._register.texts is None or any(map(self._held, choice))

    def _held(self, letters: str) -> bool:
        known = self._known.get(letters)
        if known is None:
            known = self._known[letters] = letters in self._text
        return known

    @cached_property
    def _text(self) -> str:
        return folded("\n".join(_texts(self._register)))


def _texts(register: Register) -> Iterable[str]:
    """All texts that a value of the register may have: as it is written, or as it is meant."""
    names = register.names
    yield from register.texts or ()
    yield from register.used
    yield from filter(None, map(names.vocabulary.canonical, register.used.difference(names.things)))
    yield from names.vocabulary.laid_down()
    for thing in register.things:
        yield thing.name
        if thing.title:
            yield thing.title
    for unit in (*MINUTES, "month", "year"):
        yield f"{unit}s"
    for law, (title, _) in LAWS.items():
        yield from (law, title)
    yield from DIVISIONS
