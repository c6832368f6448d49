"""The plugins that come along are complete, alike under both their names, and can stand alone."""

from __future__ import annotations

import ast
import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parents[2]
PACKAGES = sorted((ROOT / "plugins").glob("*/src/*/__init__.py"))


def project(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_plugin_is_carried_by_the_wheel() -> None:
    listed = project(ROOT)["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    plugins = {init.parent.relative_to(ROOT).as_posix(): f"gdprlint/bundled/{init.parent.name}" for init in PACKAGES}

    assert listed == {"rules": "gdprlint/rulebook", **plugins}


def test_the_plugins_need_nothing_that_gdprlint_does_not_bring() -> None:
    brought = {Requirement(text).name for text in project(ROOT)["project"]["dependencies"]} | {"gdprlint-uk"}
    needed = {
        Requirement(text).name
        for folder in (ROOT / "plugins").iterdir()
        if folder.is_dir()
        for text in project(folder)["project"]["dependencies"]
    }

    assert needed <= brought


@pytest.mark.parametrize("init", PACKAGES, ids=lambda init: init.parent.name)
def test_a_plugin_is_named_alike_everywhere(init: Path) -> None:
    folder = init.parents[2]
    facts = project(folder)["project"]

    assert facts["name"] == folder.name
    assert init.parent.name == folder.name.replace("-", "_")
    assert facts["entry-points"]["gdprlint"] == {init.parent.name: init.parent.name}


@pytest.mark.parametrize("init", PACKAGES, ids=lambda init: init.parent.name)
def test_a_plugin_imports_only_the_door_made_for_it(init: Path) -> None:
    outside = {
        f"{file.name}: {name}"
        for file in init.parent.rglob("*.py")
        for name in imports_of(file)
        if name != "gdprlint.api" and name.split(".")[0] not in sys.stdlib_module_names
    }

    assert not outside


def imports_of(file: Path) -> list[str]:
    """The modules that a file imports by their full name."""
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found += [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                found.append(module)
    return found


@pytest.mark.parametrize("name", ["uk-gdpr", "dpa-2018", "mrs-code", "statistics-code"])
def test_an_installed_plugin_stands_in_for_the_bundled_one(
    name: str, installed: Environment, plugin_wheels: dict[str, Path], tmp_path: Path
) -> None:
    bundled = origins(installed, tmp_path)
    installed.install(plugin_wheels[f"gdprlint-{name}"])
    replaced = origins(installed, tmp_path)
    kept = installed.run("python", "-c", CHECK, name, cwd=tmp_path)
    installed.uninstall(f"gdprlint-{name}")

    shipped = ("uk-gdpr", "dpa-2018", "mrs-code", "statistics-code")
    assert bundled == {"core": "core", **dict.fromkeys(shipped, "bundled")}
    assert replaced == {**bundled, name: "installed"}
    assert (kept.returncode, kept.stderr) == (0, ""), "the examples of the installed plugin fail"
    assert origins(installed, tmp_path) == bundled


CHECK = "import sys; from gdprlint.testing import check_pack; sys.exit(check_pack(sys.argv[1]) or None)"
"""What must hold of each plugin. `sys.exit` of a list that is not empty prints it and fails."""


def origins(environment: Environment, cwd: Path) -> dict[str, str]:
    done = environment.run("gdprlint", "plugins", "--format", "json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    return {pack["name"]: pack["origin"] for pack in json.loads(done.stdout)["packs"]}
