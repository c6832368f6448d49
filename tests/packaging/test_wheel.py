"""One wheel carries everything: what is installed is what the checkout is."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

pytestmark = pytest.mark.packaging

Cli = Callable[..., CompletedProcess[str]]
ROOT = Path(__file__).parents[2]

SHIPPED = ("core", "uk-gdpr", "dpa-2018", "mrs-code", "statistics-code")


@pytest.mark.parametrize("arguments", [("rules", "--format", "json"), ("plugins",), ("rule", "UK901")])
def test_the_wheel_says_what_the_checkout_says(
    arguments: tuple[str, ...], unchanged: Environment, checkout: Cli, tmp_path: Path
) -> None:
    in_checkout = checkout(*arguments, cwd=tmp_path)
    in_wheel = unchanged.run("gdprlint", *arguments, cwd=tmp_path)

    assert (in_checkout.returncode, in_checkout.stderr) == (0, "")
    assert (in_wheel.returncode, in_wheel.stderr) == (0, "")
    assert in_wheel.stdout == in_checkout.stdout


def test_the_rules_are_those_of_every_pack(unchanged: Environment, tmp_path: Path) -> None:
    listed = json.loads(unchanged.run("gdprlint", "rules", "--format", "json", cwd=tmp_path).stdout)

    assert {rule["pack"] for rule in listed["rules"]} == set(SHIPPED)


def test_a_record_is_judged_alike(unchanged: Environment, checkout: Cli, tmp_path: Path) -> None:
    assert unchanged.run("gdprlint", "init", cwd=tmp_path).returncode == 0
    arguments = ("check", "--as-of", "2026-11-21", "record.gdpr")
    in_wheel = unchanged.run("gdprlint", *arguments, cwd=tmp_path)

    assert in_wheel.returncode in (0, 1)
    assert in_wheel.stdout == checkout(*arguments, cwd=tmp_path).stdout


def test_the_wheel_writes_the_html_report_of_the_checkout(
    unchanged: Environment, checkout: Cli, tmp_path: Path
) -> None:
    """Template, style and script come along, and what is told of rules is there without their sources."""
    assert unchanged.run("gdprlint", "init", cwd=tmp_path).returncode == 0
    arguments = ("check", "--as-of", "2026-11-21", "--format", "html", "record.gdpr")
    in_wheel = unchanged.run("gdprlint", *arguments, cwd=tmp_path)

    assert in_wheel.returncode in (0, 1), in_wheel.stderr
    assert in_wheel.stdout.startswith("<!doctype html>")
    assert in_wheel.stdout == checkout(*arguments, cwd=tmp_path).stdout


def test_the_wheel_brings_its_packs_and_tables_compiled(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    compiled = {Path(name).stem for name in names if name.startswith("gdprlint/compiled_data/")}

    assert compiled >= {"parser"}
    for pack in SHIPPED:
        assert [name for name in compiled if pack in name], f"{pack} is not compiled"


def test_what_is_compiled_fits_what_is_installed(installed: Environment, tmp_path: Path) -> None:
    """A hash that did not fit would have the installed copy compile again, into its cache."""
    assert installed.run("gdprlint", "rules", cwd=tmp_path).returncode == 0
    assert installed.run("gdprlint", "init", cwd=tmp_path).returncode == 0
    assert installed.run("gdprlint", "check", "record.gdpr", cwd=tmp_path).returncode in (0, 1)

    made_again = [file.name for file in (installed.folder / "cache").rglob("*.json")]
    assert not [name for name in made_again if name == "parser.json" or name.startswith("pack")]


def test_what_is_compiled_needs_no_more_than_a_build_in_isolation_has(build_requirements: Path, tmp_path: Path) -> None:
    """Without site-packages, so that nothing else that is installed here can help."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "from pathlib import Path; from hatch_build import compiled_files\n"
        "print(len(compiled_files(Path(sys.argv[1]), Path(sys.argv[3]))))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(ROOT), str(build_requirements), str(tmp_path)],
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 5


def test_the_wheel_holds_only_what_runs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    assert {name.split("/")[0] for name in names} == {
        "gdprlint",
        next(n for n in names if ".dist-info/" in n).split("/")[0],
    }


def test_every_rule_file_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    places = {ROOT / "rules": "gdprlint/rulebook"} | {
        package: f"gdprlint/bundled/{package.name}" for package in (ROOT / "plugins").glob("*/src/*")
    }
    missing = [
        file
        for folder, inside in places.items()
        for file in folder.rglob("*.gdpr")
        if f"{inside}/{file.relative_to(folder).as_posix()}" not in names
    ]

    assert not missing


def test_the_sdist_holds_what_is_named_and_nothing_else(wheel: Path) -> None:
    (sdist,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        first = {name.split("/")[1] for name in archive.getnames() if "/" in name}
    allowed = (
        "src rules plugins examples docs tests benchmarks ci action.yml .pre-commit-hooks.yaml hatch_build.py "
        "pyproject.toml README.md "
        "CONTRIBUTING.md CHANGELOG.md LICENSE PKG-INFO .gitignore"
    )

    assert first <= set(allowed.split())
