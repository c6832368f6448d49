"""A repository full of traps is judged, read and asked about, and nothing of it is ever imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import gdprlint

SOURCE = str(Path(gdprlint.__file__).parents[1])
TELLTALE = 'import pathlib, os\npathlib.Path(os.environ["TELLTALE"]).open("a").write(__name__ + "\\n")\n'
MODULES = (
    "conftest", "sitecustomize", "usercustomize", "gdprlint", "gdprlint_funder", "gdprlint_uk_gdpr", "click", "attr",
    "attrs", "pluggy", "json", "typing", "datetime", "readline", "lark", "turbohtml", "yaml", "setup",
)  # fmt: skip
ENTRY = "[gdprlint]\ngdprlint_funder = gdprlint_funder\ngdprlint_uk_gdpr = gdprlint_uk_gdpr\n[pytest11]\nx = conftest\n"
RECORD = 'use funder\norganisation acme "Acme" is company in GB\nactivity study {\n  controller    acme\n}\n'
PACK = 'pack funder "The funder\'s rules"\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Traps in the root, in a folder of sources, in a local pack and in an environment that lies in the repository."""
    root = tmp_path / "repository"
    for folder in (root, root / "src", root / "house", root / ".venv" / "lib" / "site-packages"):
        folder.mkdir(parents=True)
        for name in MODULES:
            (folder / f"{name}.py").write_text(TELLTALE)
        (folder / "trap.pth").write_text(f"import os; {'; '.join(TELLTALE.splitlines()[1:])}\n")
        for kind in ("dist-info", "egg-info"):
            info = folder / f"gdprlint_funder-1.0.{kind}"
            info.mkdir()
            (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gdprlint-funder\nVersion: 1.0\n")
            (info / "entry_points.txt").write_text(ENTRY)
    (root / "gdprlint").mkdir()
    (root / "gdprlint" / "__init__.py").write_text(TELLTALE)
    (root / "house" / "pack.gdpr").write_text(PACK)
    (root / "a.gdpr").write_text(RECORD)
    (root / "a.funder").write_text("nothing\n")
    (root / "notice.md").write_text("# Privacy notice\n\nWe collect your name.\n")
    (root / "gdprlint.toml").write_text('local-packs = ["house"]\npacks = ["funder"]\nformat = "funder"\n')
    return root


def run(repository: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command line of this checkout as a module, by whose start the working folder stands on the import path."""
    told = repository.parent / "imported"
    told.touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GDPRLINT_PLUGINS"))}
    done = subprocess.run(
        [sys.executable, "-m", "gdprlint", *arguments],
        cwd=repository,
        env={**kept, "PYTHONPATH": SOURCE, "TELLTALE": str(told), **environ},
        capture_output=True,
        text=True,
    )
    assert told.read_text() == "", f"imported from the repository by {arguments}"
    return done


def test_the_traps_work(repository: Path) -> None:
    told = repository.parent / "imported"
    environ = {**os.environ, "PYTHONPATH": str(repository), "TELLTALE": str(told)}
    subprocess.run([sys.executable, "-c", "import gdprlint_funder"], cwd=repository, env=environ, check=False)

    assert "gdprlint_funder" in told.read_text().split()


@pytest.fixture
def trapped(repository: Path) -> Path:
    """The same without a package that stands in for ours before our code runs: Python itself would take that one."""
    (repository / "gdprlint" / "__init__.py").unlink()
    (repository / "gdprlint").rmdir()
    (repository / "gdprlint.py").unlink()
    for name in ("typing", "datetime", "json", "usercustomize", "sitecustomize"):
        assert (repository / f"{name}.py").exists()
    return repository


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "--jobs", "2", "--no-cache", "a.gdpr", "notice.md", "a.funder"),
        ("check", "--format", "funder"),
        ("check", "--output", "funder=x"),
        ("check", "--fix"),
        ("read", "notice.md"),
        ("read", "a.funder"),
        ("test", "house"),
        ("rules",),
        ("plugins",),
        ("doctor",),
        ("funder",),
        ("--help",),
        ("check", "--help"),
        ("config",),
    ],
    ids=" ".join,
)
def test_no_command_imports_anything_of_it(trapped: Path, arguments: tuple[str, ...]) -> None:
    done = run(trapped, *arguments)

    assert "Traceback" not in done.stderr
    assert "gdprlint_funder" not in done.stdout


def test_a_pack_that_only_the_repository_has_is_not_installed(trapped: Path) -> None:
    done = run(trapped, "check", "--format", "concise", "a.gdpr")

    assert "no rule pack `funder` is installed" in done.stdout
    assert "error[configuration]" in done.stdout
    assert done.returncode == 1


def test_the_import_path_of_whoever_starts_it_stays_his(trapped: Path, tmp_path: Path) -> None:
    """What somebody puts on the import path on purpose is loaded, and only that."""
    own = tmp_path / "own"
    info = own / "gdprlint_own-1.0.dist-info"
    info.mkdir(parents=True)
    (own / "gdprlint_own.py").write_text("gdprlint_api = '1.0'\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gdprlint-own\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[gdprlint]\ngdprlint_own = gdprlint_own\n")

    done = run(trapped, "plugins", PYTHONPATH=f"{SOURCE}{os.pathsep}{own}")

    assert "gdprlint_own" in done.stdout
    assert "gdprlint_funder" not in done.stdout
