"""A pack that `gdprlint new pack` writes: its first rule as docs/authoring.md has it, and its wheel in use."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
RULE = "storage/recordings-kept-too-long.gdpr"
Build = Callable[[Path, Path], Path]


def commands() -> list[str]:
    """The commands for a first rule, as they are typed."""
    block = re.search(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
    assert block is not None
    return block[1].splitlines()


def filled_in() -> str:
    """The rule file, as it is when its author has filled it in."""
    block = re.search(rf"^```gdpr acme/{RULE}\n(.*?)^```", PAGE, re.M | re.S)
    assert block is not None
    return block[1]


def typed(before: str, after: str) -> list[str]:
    """The lines of a text that were not there before."""
    there = Counter(line.strip() for line in before.splitlines())
    found = []
    for line in after.splitlines():
        if there[line.strip()]:
            there[line.strip()] -= 1
        else:
            found.append(line)
    return found


def do(environment: Environment, command: str, folder: Path) -> CompletedProcess[str]:
    """Run a command as it was typed, in the environment and without a network; pip is that of the tests."""
    program, *arguments = shlex.split(command)
    if program != "pip":
        return environment.run(program, *arguments, cwd=folder)
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    paths = {"PYTHONPATH": ""}
    return subprocess.run(
        [sys.executable, "-m", "pip", "--python", environment.python, *arguments],
        capture_output=True, text=True, cwd=folder, env={**os.environ, **offline, **paths},
    )  # fmt: skip


def test_the_first_rule_takes_four_commands_and_fifteen_typed_lines(
    installed: Environment, author_tools: Path, tmp_path: Path
) -> None:
    (installed.site / "author_tools.pth").write_text(f"{author_tools}\n", encoding="utf-8")
    steps = commands()
    assert len(steps) == 4
    for step in steps[:3]:
        done = do(installed, step, tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    file = tmp_path / "gdprlint-acme" / "src" / "gdprlint_acme" / RULE
    unfilled = do(installed, steps[3], tmp_path)
    assert unfilled.returncode == 1
    assert "has no `title`" in unfilled.stdout

    lines = typed(file.read_text("utf-8"), filled_in())
    assert len(lines) <= 15, lines
    file.write_text(filled_in(), "utf-8")

    tested = do(installed, steps[3], tmp_path)
    assert (tested.returncode, tested.stdout) == (
        0, "1 rule, 3 examples: all passed, and every condition is noticed.\n",
    )  # fmt: skip
    record = "use acme\n\nactivity a {\n  keeps voices for 1 year\n}\ndata voices is audio recording\n"
    (tmp_path / "record.gdpr").write_text(record, "utf-8")
    judged = installed.run("gdprlint", "check", "record.gdpr", "--select", "acme", "--format", "concise", cwd=tmp_path)
    assert "warning[ACME001] a keeps voices for 1 year; the policy allows three months" in judged.stdout


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, checkout: Callable[..., CompletedProcess[str]]) -> Path:
    """A pack with its first rule, as the page fills it in."""
    folder = tmp_path_factory.mktemp("written")
    assert checkout("new", "pack", "acme", cwd=folder).returncode == 0
    pack = folder / "gdprlint-acme"
    done = checkout("new", "rule", "ACME001", "recordings-kept-too-long", "--topic", "storage", cwd=pack)
    assert done.returncode == 0, done.stderr
    (pack / "src" / "gdprlint_acme" / RULE).write_text(filled_in(), "utf-8")
    return pack


def test_the_wheel_of_a_written_pack_works_beside_the_wheel_of_gdprlint(
    installed: Environment, author_tools: Path, written: Path, tmp_path: Path, build_wheel: Build
) -> None:
    wheel = build_wheel(written, tmp_path / "dist")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"gdprlint_acme/pack.gdpr", "gdprlint_acme/cast.gdpr", f"gdprlint_acme/{RULE}"} <= names
    installed.install(wheel)
    (installed.site / "author_tools.pth").write_text(f"{author_tools}\n", encoding="utf-8")

    tested = installed.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=written)
    assert tested.returncode == 0, tested.stdout
    assert "9 passed" in tested.stdout, tested.stdout
    examples = installed.run("gdprlint", "test", "acme", cwd=tmp_path)
    assert (examples.returncode, examples.stderr) == (0, "")
    doctor = installed.run("gdprlint", "doctor", cwd=tmp_path)
    assert re.search(r"gdprlint_acme +0\.1\.0, installed", doctor.stdout)
    assert re.search(r"acme +0\.1\.0, installed, 1 rule,", doctor.stdout)
    explained = installed.run("gdprlint", "rule", "ACME001", cwd=tmp_path)
    assert "Recordings kept longer than three months" in explained.stdout


def test_the_written_python_is_clean_by_its_own_rules(written: Path) -> None:
    for command in (("check",), ("format", "--check")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache"], capture_output=True, text=True, cwd=written
        )
        assert done.returncode == 0, done.stdout


def test_what_runs_with_each_commit_passes(written: Path, tmp_path: Path) -> None:
    """By pre-commit itself, with the gdprlint of the checkout and the pack on its path."""
    folder = tmp_path / "repository"
    folder.mkdir()
    subprocess.run(["cp", "-R", f"{written}/.", str(folder)], check=True)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("gdprlint", "ruff"):
        script = programs / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {name} "$@"\n', "utf-8")
        script.chmod(0o755)
    info = folder / "src" / "gdprlint_acme-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gdprlint-acme\nVersion: 0.1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[gdprlint]\ngdprlint_acme = gdprlint_acme\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files"], capture_output=True, text=True, cwd=folder,
        env={
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(tmp_path / "home"),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{folder / 'src'}",
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 4
