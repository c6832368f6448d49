"""Built distributions, and environments without the checkout to install them into.

Nothing is fetched: environments see copies of the dependencies that the tests themselves run with.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from attrs import frozen
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
Ran = subprocess.CompletedProcess[str]


@frozen
class Environment:
    """A virtual environment that knows nothing of the checkout."""

    folder: Path

    @property
    def scripts(self) -> Path:
        return Path(sysconfig.get_path("scripts", "venv", {"base": str(self.folder)}))

    @property
    def site(self) -> Path:
        paths = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", "venv", paths))

    @property
    def python(self) -> str:
        return str(self.scripts / "python")

    def run(self, *command: str, cwd: Path, environ: Mapping[str, str] | None = None) -> Ran:
        """Run a command of this environment; `gdprlint` and `python` are its own."""
        program = str(self.scripts / command[0])
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "GDPRLINT", "COVERAGE", "COV_"))
        }
        cache = {"GDPRLINT_CACHE_DIR": str(self.folder / "cache")}
        return subprocess.run(
            [program, *command[1:]],
            capture_output=True,
            text=True,
            cwd=cwd,
            env={**inherited, **cache, **(environ or {})},
        )

    def pip(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "--python", self.python, *arguments], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def install(self, *wheels: Path) -> None:
        self.pip("install", "--quiet", "--no-deps", "--no-index", *map(str, wheels))

    def install_into(self, folder: Path, wheel: Path) -> None:
        """Vendor a wheel into a folder."""
        self.pip("install", "--quiet", "--no-deps", "--no-index", "--target", str(folder), str(wheel))

    def uninstall(self, name: str) -> None:
        self.pip("uninstall", "--quiet", "--yes", name)


def build(project: Path, target: Path) -> Path:
    """Build the sdist of a project, and from that the wheel, without fetching anything."""
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(project)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = target.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def environment_in() -> Callable[[Path], Environment]:
    """The environment in a folder, for tests that make their own."""
    return Environment


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of gdprlint, built from its sdist, which lies beside it."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def plugin_wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel of each plugin in `plugins/`, by the name of its distribution."""
    return {
        folder.name: build(folder, tmp_path_factory.mktemp(folder.name))
        for folder in sorted((ROOT / "plugins").iterdir())
        if (folder / "pyproject.toml").is_file()
    }


@pytest.fixture(scope="session")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that gdprlint needs at run time and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = tmp_path_factory.mktemp("dependencies")
    copy_distributions(project["dependencies"], folder)
    return folder


def copy_distributions(requirements: list[str], folder: Path) -> None:
    """Copy the distributions that these requirements name, and all that they need, into a folder."""
    waiting = [Requirement(text) for text in requirements]
    copied: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in copied or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        copied.add(name)
        distribution = importlib.metadata.distribution(name)
        for file in distribution.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), folder / file)
        waiting += [Requirement(text) for text in distribution.requires or ()]


@pytest.fixture(scope="session")
def build_requirements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that a build in isolation gets and nothing else."""
    system = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    folder = tmp_path_factory.mktemp("build-requirements")
    copy_distributions(system["requires"], folder)
    return folder


@pytest.fixture(scope="session")
def author_tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what an author of rules needs besides: pytest, and what builds a pack."""
    folder = tmp_path_factory.mktemp("author-tools")
    copy_distributions(["pytest", "hatchling"], folder)
    return folder


@pytest.fixture(scope="session")
def build_wheel() -> Callable[[Path, Path], Path]:
    """Builds the wheel of a project into a folder, from its sdist."""
    return build


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory, dependencies: Path) -> Environment:
    """An environment with the dependencies of gdprlint and without gdprlint."""
    return without_gdprlint(tmp_path_factory.mktemp("environment"), dependencies)


def without_gdprlint(folder: Path, dependencies: Path) -> Environment:
    environment = Environment(folder)
    venv.create(environment.folder, symlinks=os.name != "nt")
    (environment.site / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    return environment


@pytest.fixture
def installed(bare: Environment, wheel: Path) -> Environment:
    """An environment in which gdprlint is installed from its wheel."""
    bare.install(wheel)
    return bare


@pytest.fixture(scope="session")
def unchanged(tmp_path_factory: pytest.TempPathFactory, dependencies: Path, wheel: Path) -> Environment:
    """An environment like `installed` for all tests that install nothing and take nothing out of it."""
    environment = without_gdprlint(tmp_path_factory.mktemp("unchanged"), dependencies)
    environment.install(wheel)
    return environment


@pytest.fixture(scope="session")
def checkout() -> Callable[..., Ran]:
    """Runs the command line of the checkout."""

    def run(*arguments: str, cwd: Path) -> Ran:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GDPRLINT")}
        return subprocess.run(
            [sys.executable, "-m", "gdprlint", *arguments],
            capture_output=True,
            text=True,
            cwd=cwd,
            env={**environ, "PYTHONPATH": str(ROOT / "src")},
        )

    return run
