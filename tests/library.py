"""One library for many tests: the packs are read once, where a test is not about how they are loaded."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache

import pytest

import gdprlint.engine
from gdprlint.rules import packs


@cache
def whole_library(chosen: str) -> packs.Library:
    """The library, where these plugins are chosen."""
    return packs.load()


@pytest.fixture(autouse=True, scope="module")
def one_library() -> Iterator[None]:
    """Whoever loads the library without packs or plugins of their own gets the same one."""
    read = packs.load
    chosen = os.environ.get("GDPRLINT_PLUGINS", "")
    whole = whole_library(chosen)

    def load(local: Iterable[str] = ()) -> packs.Library:
        named = tuple(local)
        return read(named) if named or os.environ.get("GDPRLINT_PLUGINS", "") != chosen else whole

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "load", load)
        patch.setattr(gdprlint.engine, "load_library", load)
        yield
