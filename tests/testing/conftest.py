"""A pack of somebody's own in a repository of its own, and pytest run there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import gdprlint

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]
RULE = """\
rule ACME001 kept-too-long {
  title     "Answers are kept for two years at most"
  why       "House rule 4."
  cites     uk-gdpr 5(1)(e)
  severity  error

  for each  activity
  for each  k in activity.keeps
  where     k.then is stated
  expect    k.for <= 24 months
  at        k.for
  says      "{activity} keeps {k.data} for longer than two years"

  bad { activity study { keeps answers for 5 years then delete } }
  good { activity study { keeps answers for 1 year then delete } }
  good { activity study { keeps answers for 3 years } }
}
"""
CUE = """\
cue says-hello "Somebody greets" of controller-identity {
  phrases  "hello there"
  accepts  "Hello there.", "We say hello there.", "Hello there, all.", "So hello there.", "Nobody greets."
  rejects  "Good day.", "Hello.", "There.", "Nothing.", "Bye."
}
"""
ANNEX = """\
pack annex "Rules of the annex" {
  prefix ANX
  requires acme
}

override ACME001 kept-too-long {
  severity  warning
  where     activity.purpose is stated and k.data is stated
  why       "The annex asks it where there is a purpose."

  bad {
    activity study {
      purpose       research
      keeps         answers for 5 years then delete
    }
  }
  good { activity study { keeps answers for 5 years then delete } }
}

cue says-hello {
  phrases  "ahoy"
  accepts  "Ahoy, all of you."
  rejects  "A boy."
}
"""


@pytest.fixture(autouse=True)
def core_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pack is installed but core."""
    monkeypatch.setenv("GDPRLINT_PLUGINS", "")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the pack `acme`, which is sound; importing anything of it ends the run."""
    folder = tmp_path / "src" / "acme"
    (folder / "storage").mkdir(parents=True)
    (folder / "__init__.py").write_text('raise SystemExit("nothing of a pack is imported")\n', "utf-8")
    (folder / "pack.gdpr").write_text('pack acme "House rules" {\n  prefix ACME\n}\n', "utf-8")
    (folder / "cast.gdpr").write_text("people participants\ndata answers of participants\n", "utf-8")
    (folder / "storage" / "kept-too-long.gdpr").write_text(RULE, "utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_own.py").write_text("def test_own() -> None:\n    pass\n", "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\ngdprlint_packs = src/acme\n", "utf-8")
    return tmp_path


@pytest.fixture
def annex(repository: Path) -> Path:
    """A second pack in the repository, of one file, which changes the rule of the first and adds to its cue."""
    file = repository / "src" / "annex" / "pack.gdpr"
    file.parent.mkdir()
    file.write_text(ANNEX, "utf-8")
    (repository / "src" / "acme" / "greeting.gdpr").write_text(CUE.replace("Nobody greets.", "Hello there!"), "utf-8")
    (repository / "pytest.ini").write_text("[pytest]\ngdprlint_packs =\n  src/acme\n  src/annex\n", "utf-8")
    return file


@pytest.fixture
def rule(repository: Path) -> Callable[[str, str], None]:
    """Changes the rule of the pack."""
    file = repository / "src" / "acme" / "storage" / "kept-too-long.gdpr"

    def change(old: str, new: str) -> None:
        assert old in RULE
        file.write_text(RULE.replace(old, new), "utf-8")

    return change


@pytest.fixture
def run(repository: Path) -> Run:
    """Runs pytest in the repository, as if gdprlint was installed."""

    def run(*arguments: str, **variables: str) -> Ran:
        environ = {**os.environ, "PYTHONPATH": str(Path(gdprlint.__file__).parents[1])}
        for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
            environ.pop(name, None)  # it is a run of its own
        plugin = ("-p", "gdprlint.testing.plugin", "-p", "no:cacheprovider")
        command = [sys.executable, "-m", "pytest", *plugin, *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=repository, env={**environ, **variables})

    return run
