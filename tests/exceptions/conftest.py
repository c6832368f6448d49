"""A small project on disk, judged and with its exceptions settled."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gdprlint import engine, exceptions
from gdprlint.diagnostics import Report
from gdprlint.exceptions.base import Base
from gdprlint.rules import packs as library_of
from tests.library import one_library

__all__ = ["one_library"]

DAY = date(2026, 11, 21)
Judge = Callable[..., Report]

# Health data, and no condition of Article 9; kept, and nobody knows for how long.
RECORD = """\
use uk-gdpr

record r "A survey" of acme under uk-gdpr 30(1)
organisation acme "Acme" is charity in GB
people members "Members"
data answers of members is health

activity study "A study" {
  controller    acme
  purpose       research
  lawful basis  public task
  collects      answers from members
}
"""
COLLECTS = "  collects      answers from members\n"
STUDY = 'activity study "A study" {\n'
NO_CONDITION = "UK901"  # stands at the clause
NOT_KEPT = "UK505"  # at the clause, too
NO_NOTICE = "UK1201"  # at the head of the activity


def above(clause: str, comment: str) -> str:
    """The record with a comment on the line above one of its lines."""
    indent = clause[: len(clause) - len(clause.lstrip())]
    assert RECORD.count(clause) == 1
    return RECORD.replace(clause, f"{indent}# {comment}\n{clause}")


def behind(clause: str, comment: str) -> str:
    """The record with a comment at the end of one of its lines."""
    assert RECORD.count(clause) == 1
    return RECORD.replace(clause, f"{clause.rstrip()}  # {comment}\n")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project that is the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def judge(project: Path) -> Judge:
    """Write these files and judge some paths: `judge({"a.gdpr": "…"}, "a.gdpr", select=("UK901",), trust="main")`."""
    return judging(project)


def judging(folder: Path) -> Judge:
    def run(
        files: dict[str, str | bytes], *paths: str, on: date = DAY, select: tuple[str, ...] = (), trust: str = "",
        packs: tuple[str, ...] = (),
    ) -> Report:  # fmt: skip
        write(folder, files)
        base = Base(trust, folder) if trust else None
        library = library_of.load(packs)
        report = engine.check(paths or (".",), engine.CheckOptions(on, select, local_packs=packs, base=base), library)
        return exceptions.accepted(report, exceptions.Asked(on, lambda: library, select, base=base))

    return run


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository of git that is the working folder."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    return tmp_path


def git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def commit(folder: Path, files: dict[str, str | bytes]) -> None:
    """Let `main` have these files."""
    write(folder, files)
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", "as it was accepted")


def told(report: Report, *codes: str) -> list[str]:
    """The findings as `code: message`, of these rules or those about exceptions."""
    wanted = codes or tuple(f"REC01{number}" for number in range(2, 9))
    return [f"{finding.code}: {finding.message}" for finding in report.findings if finding.code in wanted]


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def suppressed(report: Report) -> list[str]:
    return [one.finding.code for one in report.suppressed]
