"""The canonical form: what it looks like, and that nothing but layout changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gdprlint.language.parser import parse_whole
from gdprlint.language.printer import (
    clause_text,
    expression_text,
    format_source,
    format_tree,
    tails_text,
    thing_text,
    things_text,
)
from gdprlint.language.tree import Block, Clause, Declaration, File, Tail, Thing, Token
from gdprlint.text import Source

from .strategies import (
    ADVERBS,
    BOUNDS,
    JOINTS,
    KINDS,
    LONES,
    THINGS,
    UNITS,
    VERBS,
    bare,
    careless,
    clauses,
    files,
    records,
    same,
)

SEEDS = st.integers(0, 2**32)
MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


def formatted(text: str) -> str:
    said, faults = format_source(Source("a.gdpr", text))
    assert faults == ()
    return said


def reformats(before: str, after: str) -> None:
    """The text becomes this, and this stays as it is."""
    before, after = dedent(before), dedent(after)
    assert formatted(before) == after
    assert formatted(after) == after


def stays(text: str) -> None:
    reformats(text, text)
