"""The rules as they are in this folder: installed packs, local ones, and what the configuration makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint.cli.output import complain
from gdprlint.options import WrongUse

if TYPE_CHECKING:
    from gdprlint.rules.packs import Library


def library_here(local_packs: tuple[str, ...] = (), no_config: bool = False) -> Library:
    """The library for the working folder; a configuration that cannot be read is told, and left out."""
    from gdprlint.registers import configurations, marked_root
    from gdprlint.rules import packs

    root = None if no_config else marked_root(Path.cwd())
    if root is None or not configurations(root):
        return packs.load(local_packs)
    from gdprlint.cli.configured import Configured
    from gdprlint.cli.plain import Asked, Today

    run = Configured(Asked(paths=(), as_of=Today.today(), local_packs=local_packs))
    try:
        return run.register(root, True).words.library
    except WrongUse as error:
        complain(f"the configuration is left out: {error}")
        return packs.load(local_packs)
