"""The project as strangers get it: a git repository to clone, and an index of wheels that pip may install from.

What is installed here is packed into wheels again, so that pip resolves, builds in isolation and installs as it does
with a network, and fetches nothing. Environments are made once; repositories of users are thrown away.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen
from packaging.requirements import Requirement
from packaging.tags import sys_tags

ROOT = Path(__file__).parents[2]
URL = "https://example.org/gdprlint"
"""Where the documents say that gdprlint is; here git is told to look into a folder instead."""

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")

Ran = subprocess.CompletedProcess[str]
_SHIPPED = (
    "src", "rules", "plugins", "ci", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE", "action.yml",
    ".pre-commit-hooks.yaml",
)  # fmt: skip


def snippets(kind: str) -> list[str]:
    """The blocks of `docs/ci.md` of one kind, such as `sh`."""
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="session")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheels of all that gdprlint needs to be built and to run."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    folder = tmp_path_factory.mktemp("wheelhouse")
    waiting = [
        Requirement(text) for text in [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    ]
    packed: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in packed or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        packed.add(name)
        distribution = importlib.metadata.distribution(name)
        pack(distribution, folder)
        waiting += [Requirement(text) for text in distribution.requires or ()]
    return folder


def pack(distribution: importlib.metadata.Distribution, folder: Path) -> None:
    """Make the wheel again that this distribution was installed from."""
    tags = re.findall(r"^Tag: (\S+)", distribution.read_text("WHEEL") or "", re.MULTILINE)
    supported = {str(tag) for tag in sys_tags()}
    tag = next(tag for tag in tags if tag in supported)
    stem = f"{re.sub(r'[-_.]+', '_', distribution.name)}-{distribution.version}"
    left_out = ("INSTALLER", "REQUESTED", "RECORD", "direct_url.json")
    with zipfile.ZipFile(folder / f"{stem}-{tag}.whl", "w") as wheel:
        names = []
        for file in distribution.files or ():
            if ".." in file.parts or file.suffix == ".pyc" or file.name in left_out:
                continue
            names.append(re.sub(r"^[^/]+\.dist-info/", f"{stem}.dist-info/", file.as_posix()))
            wheel.write(str(file.locate()), names[-1])
        record = f"{stem}.dist-info/RECORD"
        wheel.writestr(record, "".join(f"{name},,\n" for name in [*names, record]))


@frozen
class Machine:
    """A machine of somebody who has git, Python and pre-commit, and has never heard of gdprlint."""

    home: Path
    project: Path

    @property
    def environ(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "GDPRLINT", "COV", "GIT", "PIP", "PRE_COMMIT", "VIRTUAL", "XDG", "CI"))
        }
        return {
            **kept,
            "HOME": str(self.home),
            "PATH": os.pathsep.join([str(self.home / "bin"), str(Path(sys.executable).parent), kept.get("PATH", "")]),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.home / "wheels"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_COMPILE": "1",
            "PRE_COMMIT_HOME": str(self.home / "pre-commit"),
        }

    def run(self, *command: str, cwd: Path, **environ: str) -> Ran:
        return subprocess.run(
            command, cwd=cwd, env={**self.environ, **environ}, text=True, capture_output=True, timeout=600
        )

    def git(self, *arguments: str, cwd: Path) -> str:
        done = self.run("git", *arguments, cwd=cwd)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory, wheelhouse: Path) -> Machine:
    """A home in which git knows the project under the address that the documents give."""
    home = tmp_path_factory.mktemp("home")
    project = tmp_path_factory.mktemp("gdprlint")
    for name in _SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "compiled_data"))
        else:
            shutil.copy2(ROOT / name, project / name)
    (home / "wheels").symlink_to(wheelhouse)
    (home / "bin").mkdir()
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Somebody\n\temail = somebody@example.org\n[init]\n\tdefaultBranch = main\n"
        f'[url "{project.as_posix()}"]\n\tinsteadOf = {URL}\n[protocol "file"]\n\tallow = always\n',
        encoding="utf-8",
    )
    machine = Machine(home, project)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "gdprlint"], ["tag", "v0.1.0"]):
        machine.git(*arguments, cwd=project)
    return machine


@pytest.fixture
def repository(machine: Machine, tmp_path: Path) -> Path:
    """An empty repository of a user."""
    folder = tmp_path / "repository"
    folder.mkdir()
    machine.git("init", "-q", cwd=folder)
    return folder


Commit = Callable[..., Ran]


@pytest.fixture
def commit(machine: Machine, repository: Path) -> Commit:
    """Commits what is staged, with whatever hooks are installed."""

    def run(message: str = "a change") -> Ran:
        return machine.run("git", "commit", "-qm", message, cwd=repository)

    return run
