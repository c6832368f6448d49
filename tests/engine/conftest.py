"""A small project on disk, and the report of judging it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gdprlint.diagnostics import Report
from gdprlint.engine import CheckOptions, check
from tests.library import one_library

__all__ = ["one_library"]

Judge = Callable[..., Report]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project that is the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def judge(project: Path) -> Judge:
    """Write these files and judge some paths: `judge({"a.gdpr": "…"}, "a.gdpr", select=("REC001",))`."""

    def run(files: dict[str, str | bytes], *paths: str, on: date = date(2026, 11, 21), **options: object) -> Report:
        for name, content in files.items():
            path = project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return check(paths or (".",), CheckOptions(on, **options))  # type: ignore[arg-type]

    return run


def told(report: Report) -> list[str]:
    """Each finding as `path:line: code name`."""
    lines = []
    for finding in report.findings:
        source = report.sources.get(finding.span.path)
        line = source.position(finding.span.start)[0] if source else 1
        lines.append(f"{finding.span.path}:{line}: {finding.code} {finding.name}")
    return lines
