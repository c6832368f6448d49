"""One library for many tests: the packs are read once, where a test is not about how they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

import gdprlint.engine
from gdprlint.rules import packs


@pytest.fixture(autouse=True, scope="package")
def one_library() -> Iterator[None]:
    """Whoever loads the library without packs of their own gets the same one."""
    whole = packs.load()
    read = packs.load

    def load(local: Iterable[str] = ()) -> packs.Library:
        named = tuple(local)
        return read(named) if named else whole

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "load", load)
        patch.setattr(gdprlint.engine, "load_library", load)
        yield
