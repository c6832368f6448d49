"""What `gdprlint read FILE --format json` says of a notice, and nothing of what is made of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from bisect import bisect_right
from pathlib import Path
from typing import Any

from click.testing import CliRunner


def read_json(path: Path) -> dict[str, Any]:
    """What the command says of one file. Raises RuntimeError where it says nothing."""
    from gdprlint.cli import main

    done = CliRunner().invoke(main, ["read", str(path), "--format", "json"])
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"`gdprlint read {path}`: exit code {done.exit_code}: {done.stderr.strip()}") from None
    if not isinstance(told, dict):
        raise RuntimeError(f"`gdprlint read {path}` says {told!r}")
    return told


def first_lines_of_pages(path: Path) -> list[int]:
    """For a PDF: the line of the label's text at which each page begins. Empty where that cannot be told."""
    tool = shutil.which("pdftotext")
    if path.suffix.lower() != ".pdf" or tool is None:
        return []
    done = subprocess.run([tool, "-layout", str(path), "-"], capture_output=True, text=True, check=False)
    if done.returncode:
        return []
    first = [1]
    for page in done.stdout.split("\f")[:-1]:
        first.append(first[-1] + page.count("\n"))
    return first[:-1]


def page_of(line: int, first_lines: list[int]) -> int:
    return bisect_right(first_lines, line)
