"""What gdprlint says of each example, kept beside it as `expected.txt`; and of its notice, as `expected-notice.txt`.

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
# One record is judged on earlier days, too: the law has changed since it was written, and the text has not.
EARLIER = {"what-works-childrens-social-care": ("2020-09-30", "2024-01-01")}
# The notice of each example in prose, by the folder's name.
NOTICES = {name: next((EXAMPLES / name).glob("notice.*")).name for name in NAMES}
# Each output with its day: what stands beside `expected` and `review` in the names of its files.
OF_NOTICE = "-notice"
CASES = [
    *((name, DAY, "") for name in NAMES),
    *((name, day, f"-{day}") for name, days in EARLIER.items() for day in days),
    *((name, DAY, OF_NOTICE) for name in NAMES),
]
# What could change the output from outside.
SURROUNDINGS = ("NO_COLOR", "FORCE_COLOR", "GDPRLINT_PLUGINS")


def command(name: str, day: str = DAY, suffix: str = "") -> list[str]:
    path = f"examples/{name}/{NOTICES[name]}" if suffix == OF_NOTICE else f"examples/{name}"
    return ["check", path, "--as-of", day]


def renew() -> None:
    for variable in SURROUNDINGS:
        os.environ.pop(variable, None)
    os.chdir(ROOT)
    for name, day, suffix in CASES:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            run(command(name, day, suffix))
        (EXAMPLES / name / f"expected{suffix}.txt").write_text(out.getvalue(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
