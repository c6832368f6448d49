"""docs/output.md: its samples are real, and it says something of every format."""

from __future__ import annotations

import re

import pytest

from gdprlint.reporters import REPORTERS

from .pages import page, spans, tables, written
from .samples import SAMPLES

PAGE = "output.md"
AGAIN = "write them again: python -m tests.docs.pages"


@pytest.mark.parametrize("title", SAMPLES)
def test_every_sample_is_what_is_written(title: str) -> None:
    assert written(PAGE, title) == SAMPLES[title](), AGAIN


def test_every_format_has_a_row_and_a_section() -> None:
    rows, *_ = tables(PAGE)
    assert sorted(name for row in rows for name in spans(row["format"])) == sorted(REPORTERS)
    assert sorted(re.findall(r"^## `(\w+)`$", page(PAGE), re.MULTILINE)) == sorted(REPORTERS)
