"""What gdprlint says of each example, kept beside it as `expected.txt`.

After a change that is meant, renew the files with `python -m tests.examples.renew`, read the diff, and
bring the `review.md` beside each into step.
"""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

from gdprlint.cli import run

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NAMES = sorted(mark.parent.name for mark in EXAMPLES.glob("*/gdprlint.toml"))
DAY = "2026-11-21"
# What could change the output from outside.
SURROUNDINGS = ("NO_COLOR", "FORCE_COLOR", "GDPRLINT_PLUGINS")


def command(name: str, day: str = DAY) -> list[str]:
    return ["check", f"examples/{name}", "--as-of", day]


def renew() -> None:
    for variable in SURROUNDINGS:
        os.environ.pop(variable, None)
    os.chdir(ROOT)
    for name in NAMES:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            run(command(name))
        (EXAMPLES / name / "expected.txt").write_text(out.getvalue(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
