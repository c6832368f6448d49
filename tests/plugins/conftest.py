"""Plugins of one module, as a package installer would leave them, for commands that run in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import frozen

from gdprlint.cli import run

Install = Callable[..., None]


@frozen
class Done:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a plugin of one module; its code may use whatever gdprlint.api has."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delenv("GDPRLINT_PLUGINS", raising=False)
    installed: list[str] = []

    def put(name: str, code: str, version: str = "2.5") -> None:
        (site / f"{name}.py").write_text(f"from gdprlint.api import *\n{code}", encoding="utf-8")
        installed.append(name)
        info = site / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[gdprlint]\n{name} = {name}\n", encoding="utf-8")

    yield put
    for name in installed:
        sys.modules.pop(name, None)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all of these tests: the bundled packs are compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def work(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, which is a register."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "gdprlint.toml").touch()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(cache))
    return folder


@pytest.fixture
def gdprlint(work: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The command line, run in `work`."""

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(list(arguments))
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return call
