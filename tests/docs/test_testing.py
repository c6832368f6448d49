"""docs/testing.md: its files are written, its commands are run, and they print what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import gdprlint
from gdprlint import testing
from gdprlint.testing import check_case, library_with, rule_cases

from .pages import DOCS

PAGE = (DOCS / "testing.md").read_text("utf-8")
FILES = re.compile(r"^```(?:gdpr|ini|python) (\S+)\n(.*?)^```$", re.M | re.S)
COMMANDS = re.compile(r"^```console\n\$ (.*?)\n(.*?)^```$", re.M | re.S)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.findall(PAGE):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GDPRLINT_PLUGINS", "")
    return tmp_path


def printed(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "pytest"
    environ = {**os.environ, "PYTHONPATH": str(Path(gdprlint.__file__).parents[1])}
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
        environ.pop(name, None)  # it is a run of its own
    for name in ("CI", "BUILD_NUMBER"):
        environ.pop(name, None)  # where pytest prints whole lines
    environ["COLUMNS"] = "80"
    # Until the tests above it are to run, those of Python are none of the page.
    tests = ["--ignore=tests"] if "tests" not in arguments else []
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "gdprlint.testing.plugin", "-p", "no:cacheprovider", *tests, *arguments],
        capture_output=True, text=True, cwd=folder, env=environ,
    )  # fmt: skip
    return re.sub(r"in [\d.]+s", "in 0.50s", done.stdout)


@pytest.mark.parametrize(("command", "output"), COMMANDS.findall(PAGE))
def test_a_command_prints_what_the_page_says(command: str, output: str, folder: Path) -> None:
    assert printed(command, folder).startswith(output.rstrip("\n"))


def test_the_kinds_of_tests_are_those_of_the_table(folder: Path) -> None:
    tested = library_with(["src/acme"])
    failures = [str(one) for case in rule_cases(["acme"], tested.library) for one in check_case(case, tested.library)]
    assert failures == [
        "acme/storage/kept-too-long.gdpr:14: ACME001 `bad` example gives 0 findings, not one",
    ]


def test_every_name_of_the_kit_that_the_page_speaks_of_is_public() -> None:
    named = set(re.findall(r"`(\w+)\(", PAGE)) - {"registers", "register_by", "records", "files", "careless", "damaged"}
    assert named <= set(testing.__all__)
