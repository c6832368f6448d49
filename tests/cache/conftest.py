"""A project of one's own with an empty cache, and the two ways of checking it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gdprlint import compiled, disk, engine, store
from gdprlint.cache import results
from gdprlint.diagnostics import Report
from gdprlint.options import CheckOptions
from gdprlint.rules.packs import load

DAY = date(2026, 11, 21)
ACME = 'organisation acme "Acme Research" is company in GB\n'
STUDY = "activity study {\n  controller    acme\n  keeps         answers for 3 months then delete\n}\n"


def checked(paths: Sequence[str], options: CheckOptions) -> Report:
    """What the engine finds, remembered."""
    return results.remembered(
        paths, options, None, lambda: engine.check(paths, options), results.Kept, lambda found: found.report
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project that is the working folder, and a cache folder beside it; the core rules alone judge."""
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("GDPRLINT_PLUGINS", "")
    monkeypatch.setattr(disk, "YOUNG", 0.0)  # what the tests write is as old as what they check
    return folder


@pytest.fixture(scope="session")
def compiled_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the core pack is compiled and no result is kept."""
    folder = tmp_path_factory.mktemp("compiled")
    tables = store.read("parser.json")  # of whoever runs the tests; another grammar than ours is made again
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GDPRLINT_CACHE_DIR", str(folder))
        patch.setenv("GDPRLINT_PLUGINS", "")
        if tables is not None:
            store.write("parser.json", tables)
        compiled.parser_tables()
        library = load()
        assert library.rules
        assert library.ear is not None
    return folder


@pytest.fixture
def compiled_already(cache: Path, compiled_packs: Path) -> None:
    """The packs need not be compiled in each test."""
    for file in compiled_packs.iterdir():
        shutil.copy(file, cache)


@pytest.fixture
def cache(project: Path, tmp_path: Path) -> Iterator[Path]:
    """The cache folder. Whatever a test did to its rights is undone at the end."""
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    yield folder
    folder.chmod(0o700)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The paths of each run that the engine made."""
    made: list[tuple[str, ...]] = []
    judge = engine.judge

    def counted(groups: Any, named: Any, *rest: Any) -> Report:
        made.append(tuple(named))
        return judge(groups, named, *rest)

    monkeypatch.setattr(engine, "judge", counted)
    return made


@pytest.fixture
def files(project: Path) -> Path:
    (project / "a.gdpr").write_text(ACME, "utf-8")
    (project / "b.gdpr").write_text(STUDY, "utf-8")
    return project
