"""docs/output.md: its samples are real, and it says something of every format."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.reporters import REPORTERS

from .pages import page, spans, tables, written
from .samples import SAMPLES, in_folder

PAGE = "output.md"
AGAIN = "write them again: python -m tests.docs.pages"


@pytest.mark.parametrize("title", SAMPLES)
def test_every_sample_is_what_is_written(title: str) -> None:
    assert written(PAGE, title) == SAMPLES[title](), AGAIN


def test_the_commands_at_the_top_run_as_they_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.search(r"^```sh\n(.*?)^```", page(PAGE), re.MULTILINE | re.DOTALL)
    assert commands is not None
    lines = [shlex.split(line, comments=True) for line in commands[1].splitlines()]
    assert all(line[0] == "gdprlint" for line in lines)

    def all_of_them() -> str:
        codes = [run(line[1:]) for line in lines]
        files = sorted(path.name for path in Path().iterdir())
        return f"{codes} {files}"

    assert in_folder(all_of_them) == f"{[1] * len(lines)} ['gdprlint.sarif', 'records']"
    assert "::error file=records/wellbeing.gdpr," in capsys.readouterr().out


def test_every_format_has_a_row_and_a_section() -> None:
    rows, *_ = tables(PAGE)
    assert sorted(name for row in rows for name in spans(row["format"])) == sorted(REPORTERS)
    assert sorted(re.findall(r"^## `(\w+)`$", page(PAGE), re.MULTILINE)) == sorted(REPORTERS)
