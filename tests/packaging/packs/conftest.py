"""The packs in `examples/packs`, built as wheels; of the funder's rules the version before, too."""

from __future__ import annotations

import os
import shutil
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

Build = Callable[[Path, Path], Path]
ROOT = Path(__file__).parents[3]
PACKS = ROOT / "examples" / "packs"
RULES = PACKS / "gdprlint-funder-rules"
TOOLS = PACKS / "gdprlint-funder-tools"
UPGRADE = PACKS / "gdprlint-funder-rules-1.0-to-1.1.diff"
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*_cache")


@pytest.fixture(scope="session")
def funder_rules(
    build_wheel: Callable[[Path, Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The wheel of each version of the funder's rules."""
    now = shutil.copytree(RULES, tmp_path_factory.mktemp("rules-1.1") / "source", ignore=LEFT_OUT)
    before = shutil.copytree(now, tmp_path_factory.mktemp("rules-1.0") / "source")
    subprocess.run(["git", "apply", "--reverse", str(UPGRADE)], cwd=before, check=True)
    return {version: build_wheel(source, source.parent / "dist") for version, source in (("1.0", before), ("1.1", now))}


@pytest.fixture(scope="session")
def funder_tools(build_wheel: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the funder's tools."""
    source = shutil.copytree(TOOLS, tmp_path_factory.mktemp("tools") / "source", ignore=LEFT_OUT)
    return build_wheel(source, source.parent / "dist")


@pytest.fixture(scope="session")
def own_tests(author_tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs the tests that a distribution brings, by a pytest beside the environment; gives what pytest says."""

    def run(environment: Environment, distribution: str, *paths: str) -> str:
        copied = tmp_path_factory.mktemp(distribution) / distribution
        shutil.copytree(PACKS / distribution, copied, ignore=LEFT_OUT)
        command = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths)
        done = environment.run(*command, cwd=copied, environ={"PYTHONPATH": str(author_tools)})
        return done.stdout.strip().splitlines()[-1] if done.returncode == 0 else done.stdout + done.stderr

    return run


@pytest.fixture(scope="session")
def make_environment(
    tmp_path_factory: pytest.TempPathFactory,
    dependencies: Path,
    wheel: Path,
    environment_in: Callable[[Path], Environment],
) -> Callable[..., Environment]:
    """Makes an environment with gdprlint and these wheels, each installed from its file."""

    def make(*wheels: Path) -> Environment:
        made = environment_in(tmp_path_factory.mktemp("environment"))
        venv.create(made.folder, symlinks=os.name != "nt")
        (made.site / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
        made.install(wheel, *wheels)
        return made

    return make
