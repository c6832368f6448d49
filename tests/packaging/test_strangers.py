"""Nothing of a folder that is being linted is imported, however it is laid out."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gdprlint.importpath import without_working_folder

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

pytestmark = pytest.mark.packaging

TELLTALE = """\
import pathlib, sys
(pathlib.Path(__file__).resolve().parent / "IMPORTED").write_text(__name__)
"""
METADATA = "Metadata-Version: 2.1\nName: gdprlint-evil\nVersion: 1\n"
MODULES = ["gdprlint_uk_gdpr", "gdprlint_evil", "click", "attr", "attrs", "pluggy", "lark", "json", "difflib"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which everything that gdprlint might look for has been planted."""
    folder = tmp_path / "repository"
    for name in ("gdprlint-evil", "gdprlint-uk-gdpr"):
        package = folder / "plugins" / name / "src" / name.replace("-", "_")
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(TELLTALE, encoding="utf-8")
    for name in MODULES:
        (folder / f"{name}.py").write_text(TELLTALE, encoding="utf-8")
    for kind in ("dist-info", "egg-info"):
        info = folder / f"gdprlint_evil-1.{kind}"
        info.mkdir()
        (info / "METADATA").write_text(METADATA, encoding="utf-8")
        (info / "entry_points.txt").write_text("[gdprlint]\nevil = gdprlint_evil\n", encoding="utf-8")
    (folder / "rules" / "core").mkdir(parents=True)
    # The line that our own project is known by.
    (folder / "pyproject.toml").write_text('[project]\nname = "gdprlint-uk"\n', encoding="utf-8")
    return folder


def imported(repository: Path) -> list[str]:
    return sorted(file.read_text(encoding="utf-8") for file in repository.rglob("IMPORTED"))


def test_the_telltale_works(unchanged: Environment, repository: Path) -> None:
    unchanged.run("python", "-c", "import gdprlint_evil", cwd=repository)

    assert imported(repository) == ["gdprlint_evil"]


@pytest.mark.parametrize(
    "command",
    [("gdprlint",), ("python", "-m", "gdprlint")],
    ids=["command", "module"],
)
@pytest.mark.parametrize("path", [None, os.pathsep, "."], ids=["plain", "empty PYTHONPATH", "dotted PYTHONPATH"])
def test_the_working_folder_is_not_imported_from(
    command: tuple[str, ...], path: str | None, unchanged: Environment, repository: Path
) -> None:
    environ = {} if path is None else {"PYTHONPATH": path}
    done = unchanged.run(*command, "plugins", cwd=repository, environ=environ)

    assert (done.returncode, done.stderr) == (0, "")
    assert "evil" not in done.stdout
    assert imported(repository) == []


def test_checking_a_repository_runs_nothing_of_it(unchanged: Environment, repository: Path) -> None:
    assert unchanged.run("gdprlint", "init", cwd=repository).returncode == 0
    done = unchanged.run("python", "-m", "gdprlint", "check", "--jobs", "2", ".", cwd=repository)

    assert done.returncode in (0, 1), done.stderr
    assert "1 file" in done.stdout
    assert imported(repository) == []


@pytest.mark.parametrize("place", ["vendor", "src", "vendor/src"])
def test_a_copy_inside_a_repository_does_not_join_its_plugins(
    place: str, bare: Environment, wheel: Path, repository: Path
) -> None:
    vendored = repository / place
    bare.install_into(vendored, wheel)
    done = bare.run("python", "-m", "gdprlint", "plugins", cwd=repository, environ={"PYTHONPATH": str(vendored)})

    assert (done.returncode, done.stderr) == (0, "")
    assert "evil" not in done.stdout
    assert re.search(r"^ *uk-gdpr +0\.1\.0 +bundled", done.stdout, re.MULTILINE)
    assert imported(repository) == []


def test_a_copy_without_its_rules_does_not_join_the_plugins_of_a_project_of_another_name(
    bare: Environment, wheel: Path, repository: Path
) -> None:
    bare.install_into(repository / "src", wheel)
    shutil.rmtree(repository / "src" / "gdprlint" / "rulebook")
    (repository / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    done = bare.run(
        "python", "-m", "gdprlint", "plugins", cwd=repository, environ={"PYTHONPATH": str(repository / "src")}
    )

    assert "evil" not in done.stdout
    assert imported(repository) == []


def test_the_working_folder_is_taken_off_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    link = tmp_path / "link"
    link.symlink_to(here)
    monkeypatch.chdir(here)

    assert without_working_folder(["", ".", str(here), str(link), f"{here}{os.sep}", str(tmp_path)]) == [str(tmp_path)]


def test_the_folder_that_gdprlint_runs_from_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may stand in the very site-packages in which everything is installed."""
    import gdprlint

    home = Path(gdprlint.__file__).parents[1]
    monkeypatch.chdir(home)

    assert without_working_folder(["/elsewhere", str(home)]) == ["/elsewhere", str(home)]


def test_a_working_folder_that_was_deleted_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    assert without_working_folder(["", str(tmp_path)]) == [str(tmp_path)]
