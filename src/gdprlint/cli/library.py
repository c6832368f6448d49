"""The rules as they are in this folder: installed packs, local ones, and what the configuration makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gdprlint.cli.output import complain
from gdprlint.options import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gdprlint.cli.configured import Configured
    from gdprlint.configuration.settling import Settled
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


class Together(NamedTuple):
    """What holds for files of several registers that are read together: `is_left_out` tells which are no records."""

    library: Library
    is_left_out: Callable[[Path], bool]


def together(paths: Sequence[str], local_packs: tuple[str, ...] = (), no_config: bool = False) -> Together:
    """The library with the local packs of the registers in which these paths lie.

    Of two packs with one name it has that of the last path. A configuration that cannot be read is told, and left out.
    """
    from gdprlint.registers import configurations, marked_root
    from gdprlint.rules import packs

    found = list(local_packs)
    settled: list[Settled] = []
    here = [Path(path).resolve() for path in reversed(paths)]
    roots = [marked_root(path if path.is_dir() else path.parent) for path in here if not no_config]
    for root in dict.fromkeys(root for root in roots if root is not None and configurations(root)):
        try:
            settled.append(_configured(()).register(root, True).settled)
        except WrongUse as error:
            complain(f"the configuration is left out: {error}")
    found.extend(pack for one in settled for pack in one["local_packs"])
    by_name: dict[str, str] = {}
    for pack in found:
        by_name.setdefault(Path(pack).resolve().stem, pack)
    rules = [Path(pack).resolve() for pack in found]

    def is_left_out(file: Path) -> bool:
        from gdprlint.configuration.excluding import excluded_by

        return any(file.is_relative_to(folder) for folder in rules) or any(
            excluded_by(file, one.root, one.exclude) for one in settled
        )

    return Together(packs.load(by_name.values()), is_left_out)


def _configured(local_packs: tuple[str, ...]) -> Configured:
    from gdprlint.cli.configured import Configured
    from gdprlint.cli.plain import Asked, Today

    return Configured(Asked(paths=(), as_of=Today.today(), local_packs=local_packs))
