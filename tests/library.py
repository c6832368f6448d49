"""One library for many tests: the packs are read once, where a test is not about how they are loaded."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache

import pytest

import gdprlint.cli.configured
import gdprlint.engine
import gdprlint.show
import gdprlint.writers.reading
from gdprlint import testing
from gdprlint.rules import packs

NAMED = (
    (packs, "load"),
    (gdprlint.cli.configured, "load_library"),
    (gdprlint.engine, "load_library"),
    (gdprlint.show, "load_library"),
    (gdprlint.writers.reading, "load_library"),
)
"""Where the function stands that loads a library, for those that ask for it when a command runs."""


@cache
def whole_library(chosen: str | None = None) -> packs.Library:
    """The library, where these plugins are chosen."""
    return packs.load()


@cache
def cases(*names: str) -> list[testing.RuleCase]:
    """The rules that ship with their examples, of all packs or of these; their files are read once."""
    if not names:
        return testing.rule_cases((), whole_library())
    return [case for case in cases() if case.pack in names]


@pytest.fixture(autouse=True, scope="module")
def one_library() -> Iterator[None]:
    """Whoever loads the library without packs or plugins of their own gets the same one."""
    read = packs.load
    chosen = os.environ.get("GDPRLINT_PLUGINS")
    whole = whole_library(chosen)

    def load(local: Iterable[str] = ()) -> packs.Library:
        named = tuple(local)
        return read(named) if named or os.environ.get("GDPRLINT_PLUGINS") != chosen else whole

    with pytest.MonkeyPatch.context() as patch:
        for module, name in NAMED:
            patch.setattr(module, name, load)
        yield
