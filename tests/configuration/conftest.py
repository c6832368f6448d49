"""A project on disk and the command line over it; no rule is judged where a test only reads a configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint.cli import run
from tests.library import one_library

__all__ = ["one_library"]

Cli = Callable[..., tuple[int, str, str]]

RECORD = """\
use uk-gdpr

record r "A survey" of acme under uk-gdpr 30(1) on 2026-03-01

organisation acme "Acme Cafe" is charity in GB
people participants "People who take part"
data answers of participants is health

activity study "A study" {
  controller    acme
  purpose       research
  lawful basis  public task
  collects      answers from participants
}
"""

NOTICE = """\
# Privacy notice

We are Acme Cafe, the controller. We collect your name and email address. We use them to send you our newsletter.
You may complain to the ICO.
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, in which the command line runs."""
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    monkeypatch.chdir(project)
    for name in ("NO_COLOR", "FORCE_COLOR", "GDPRLINT_PLUGINS"):
        monkeypatch.delenv(name, raising=False)
    return project


@pytest.fixture
def gdprlint(project: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs the command line in the project; gives the exit code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def check(project: Path, gdprlint: Cli) -> Callable[..., tuple[int, list[str], str]]:
    """Writes these files, judges, and gives the exit code, the lines of findings, and stderr."""

    def call(files: dict[str, str], *arguments: str) -> tuple[int, list[str], str]:
        for name, text in files.items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text, encoding="utf-8")
        code, out, err = gdprlint("check", "--format", "concise", *arguments)
        return code, [line for line in out.splitlines() if "[" in line], err

    return call
