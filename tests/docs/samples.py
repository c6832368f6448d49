"""The samples of docs/output.md: what gdprlint writes in each form about the record on that page."""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from unittest.mock import patch

from gdprlint.cli import run
from gdprlint.diagnostics import Suppressed
from gdprlint.engine import CheckOptions, check
from gdprlint.reporters import RenderOptions, render
from gdprlint.values import evolve

PAGE = Path(__file__).parents[2] / "docs" / "output.md"
RULES = ("UK901", "DPA105", "UK908")
DAY = date(2026, 11, 22)
SHOWN = ("full", "concise", "statistics", "json", "sarif", "github", "markdown", "gitlab", "junit")
MARKS = {"json": "json", "sarif": "json", "gitlab": "json", "junit": "xml", "markdown": "markdown"}
LONG = re.compile(r'(?<=": ")((?:[^"\\]|\\.){90})(?:[^"\\]|\\.){20,}(?=")')


def sample(form: str) -> str:
    """The output of the command on the page with this form, in a fence."""
    text = in_folder(partial(_output, form))
    return _fenced(LONG.sub(r"\1...", text) if form == "sarif" else text, MARKS.get(form, "text"))


def accepted() -> str:
    """The first finding as it is shown where a comment allows it."""
    return _fenced(in_folder(_accepted), "text")


def _output(form: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        run(
            ["check", "records", "--select", ",".join(RULES), "--as-of", str(DAY), "--format", form, "--color", "never"]
        )
    return out.getvalue()


def _accepted() -> str:
    report = check(["records"], CheckOptions(as_of=DAY, select=RULES))
    first, *others = report.findings
    allowed = Suppressed(first, "allow", "the charter of the institute gives it the task", "legal team", "2027-03-31")
    return render(
        evolve(report, findings=tuple(others), suppressed=(allowed,)), "concise", RenderOptions(show_suppressed=True)
    )


def in_folder(made: Callable[[], str]) -> str:
    """What is made in a folder with the record of the page."""
    record = re.search(r"^```gdpr file\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert record is not None
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ):
        os.environ.pop("GITHUB_STEP_SUMMARY", None)
        records = Path(folder, "records")
        records.mkdir()
        (records / "wellbeing.gdpr").write_text(record[1], encoding="utf-8")
        os.chdir(folder)
        try:
            return made()
        finally:
            os.chdir(before)


def _fenced(text: str, mark: str) -> str:
    return f"```{mark}\n{text.rstrip()}\n```"


SAMPLES: dict[str, Callable[[], str]] = {
    "sample of accepted findings": accepted,
    **{f"sample of {form}": partial(sample, form) for form in SHOWN},
}
