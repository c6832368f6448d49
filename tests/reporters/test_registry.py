"""Formats are found by name and imported when they are asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from gdprlint.reporters import REPORTERS, RenderOptions, render

from .making import report


@pytest.mark.parametrize("format", REPORTERS)
def test_every_format_renders_an_empty_report_and_ends_its_last_line(format: str) -> None:
    text = render(report(), format, RenderOptions())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("module", REPORTERS.values())
def test_every_format_is_a_module_with_a_renderer(module: str) -> None:
    assert callable(import_module(module).render)


def test_the_display_width_library_is_not_loaded_for_ascii() -> None:
    program = (
        "import sys, gdprlint.reporters.full, gdprlint.reporters.concise, gdprlint.reporters.json\n"
        "from gdprlint.reporters.style import cells\n"
        "cells('ascii')\n"
        "sys.exit('wcwidth' in sys.modules or 'rich' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
