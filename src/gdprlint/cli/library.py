"""The rules as they are in this folder: installed packs, local ones, and what the configuration makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint.cli.output import complain
from gdprlint.options import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gdprlint.cli.configured import Configured
    from gdprlint.rules.packs import Library


def library_here(local_packs: tuple[str, ...] = (), no_config: bool = False) -> Library:
    """The library for the working folder; a configuration that cannot be read is told, and left out."""
    from gdprlint.registers import configurations, marked_root
    from gdprlint.rules import packs

    root = None if no_config else marked_root(Path.cwd())
    if root is None or not configurations(root):
        return packs.load(local_packs)
    try:
        return _configured(local_packs).register(root, True).words.library
    except WrongUse as error:
        complain(f"the configuration is left out: {error}")
        return packs.load(local_packs)


def packs_of(paths: Sequence[str], local_packs: tuple[str, ...] = (), no_config: bool = False) -> tuple[str, ...]:
    """The local packs of the registers in which these paths lie; of two with one name that of the last path.

    A configuration that cannot be read is told, and left out.
    """
    from gdprlint.registers import configurations, marked_root

    found = list(local_packs)
    here = [Path(path).resolve() for path in reversed(paths)]
    roots = [marked_root(path if path.is_dir() else path.parent) for path in here if not no_config]
    for root in dict.fromkeys(root for root in roots if root is not None and configurations(root)):
        try:
            found.extend(_configured(()).register(root, True).settled["local_packs"])
        except WrongUse as error:
            complain(f"the configuration is left out: {error}")
    return tuple(_first_of_each_name(found))


def _configured(local_packs: tuple[str, ...]) -> Configured:
    from gdprlint.cli.configured import Configured
    from gdprlint.cli.plain import Asked, Today

    return Configured(Asked(paths=(), as_of=Today.today(), local_packs=local_packs))


def _first_of_each_name(packs: Iterable[str]) -> Iterable[str]:
    known: dict[str, str] = {}
    for pack in packs:
        known.setdefault(Path(pack).resolve().stem, pack)
    return known.values()
