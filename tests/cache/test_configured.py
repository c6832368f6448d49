"""What a run depends on in which configurations have a say, and what of it is remembered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import gdprlint
from gdprlint.cli import run
from tests.cache.conftest import ACME, STUDY

pytestmark = pytest.mark.usefixtures("compiled_already")
ROOT = Path(gdprlint.__file__).parents[1]
Runs = list[tuple[str, ...]]
Said = tuple[int, str, str]

UNKNOWN = STUDY.replace("acme", "amce")
PAGE = "# Privacy notice\n\nVale Trust is the data controller. We use your name. We rely on your consent.\n"
RULE = """\
rule ZZ901 study-is-long {
  title     "A study"
  why       "It is long."
  cites     uk-gdpr 5(1)
  severity  error

  for each  activity
  expect    not activity.keeps is stated
  says      "{activity} keeps something"
}
"""
WHOLE = """\
ignore = ["REC105"]
fail-on = "warning"
strictness = "careful"
local-packs = ["house"]
notices = ["site/**/*.md"]
as-of = 2026-11-21

[severity]
ZZ901 = "warning"

[per-path."in/"]
ignore = ["ZZ901"]
reason = "an old study"
until = 2026-12-31

[[allow]]
path = "b.gdpr"
rule = "REC001"
reason = "the name is settled next month"
until = 2026-12-15
"""
FILES = {
    "a.gdpr": ACME, "b.gdpr": UNKNOWN, "in/c.gdpr": STUDY.replace("study", "old-study"), "site/privacy.md": PAGE,
    "house/long/study-is-long.gdpr": RULE, "gdprlint.toml": WHOLE,
}  # fmt: skip


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")


@pytest.fixture
def said(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """What a check prints, and how it ends."""

    def call(*arguments: str) -> Said:
        return run(["check", *arguments]), *capsys.readouterr()

    return call


def test_what_a_configuration_decides_is_remembered(said: Callable[..., Said], judged: Runs) -> None:
    write(FILES)
    first = said("--show-suppressed")
    assert first == said("--show-suppressed", "--no-cache")
    before = len(judged)
    assert said("--show-suppressed") == first
    assert len(judged) == before
    assert first[0] == 1
    assert "2 accepted" in first[1]
    assert "ZZ901" in first[1]


CHANGES = {
    "the configuration": {"gdprlint.toml": WHOLE.replace("REC105", "REC001")},
    "a configuration that begins above": {"pyproject.toml": '[tool.gdprlint]\nignore = ["REC001"]\n'},
    "a page that a pattern names": {"site/deep/other.md": PAGE},
    "a page that a pattern named before": {"site/privacy.md": "# Terms of use\n\nYou must be over 18.\n"},
    "a rule of the local pack": {"house/long/study-is-long.gdpr": RULE.replace("something", "much")},
    "a new rule of the local pack": {"house/more.gdpr": RULE.replace("ZZ901", "ZZ902").replace("-long ", "-wide ")},
    "the end of an exception": {"gdprlint.toml": WHOLE.replace("2026-12-15", "2026-11-01")},
    "a comment that allows": {"b.gdpr": f"# allow ZZ901: agreed by the board\n{UNKNOWN}"},
}


@pytest.mark.parametrize("files", CHANGES.values(), ids=CHANGES.keys())
def test_what_it_leads_to_is_looked_at_again(files: dict[str, str], said: Callable[..., Said], judged: Runs) -> None:
    write(FILES)
    if "pyproject.toml" in files:
        Path("gdprlint.toml").unlink()
    all_of_it = ("--strictness", "auditor")
    first = said(*all_of_it)
    assert said(*all_of_it) == first
    before = len(judged)
    write(files)
    changed = said(*all_of_it)
    assert len(judged) == before + 1
    assert changed == said(*all_of_it, "--no-cache")
    assert changed != first


def test_a_configuration_counts_from_where_it_begins_to_stand(
    said: Callable[..., Said], judged: Runs, project: Path
) -> None:
    write({"in/a.gdpr": ACME, "in/b.gdpr": UNKNOWN, "in/gdprlint.toml": 'ignore = ["REC105"]\n'})
    assert "REC001" in said("in")[1]
    write({"gdprlint.toml": 'ignore = ["REC001"]\n'})
    assert "REC001" not in said("in")[1]
    Path("gdprlint.toml").unlink()
    assert "REC001" in said("in")[1]
    (project / "in" / ".git").mkdir()
    write({"gdprlint.toml": 'ignore = ["REC001"]\n'})
    assert "REC001" in said("in")[1]


@pytest.mark.parametrize(
    "shown",
    [
        ["--format", "json"], ["--format", "concise"], ["--fail-on", "info"], ["--fail-on", "error"],
        ["--strictness", "regular"], ["--strictness", "auditor"], ["--exit-zero"], ["--quiet"],
        ["--output", "sarif=report.sarif"],
    ],
)  # fmt: skip
def test_how_findings_are_shown_is_asked_of_what_is_remembered(
    shown: list[str], said: Callable[..., Said], judged: Runs
) -> None:
    write(FILES)
    said()
    before = len(judged)
    with_cache = said(*shown)
    assert len(judged) == before
    assert with_cache == said(*shown, "--no-cache")


@pytest.mark.parametrize(
    "words",
    [
        ["--select", ""], ["--select", "REC001"], ["--ignore", "REC001"], ["--preview"], ["--max-bytes", "60"],
        ["--as-of", "2019-01-01"], ["--pack", "house"], ["--config", "own.toml"], ["--no-config"],
    ],
)  # fmt: skip
def test_what_the_command_line_says_of_judging_is_another_question(
    words: list[str], said: Callable[..., Said], judged: Runs
) -> None:
    write({**FILES, "own.toml": 'ignore = ["REC002"]\n'})
    said()
    before = len(judged)
    with_cache = said(*words)
    assert len(judged) == before + 1
    assert said(*words) == with_cache
    assert len(judged) == before + 1
    assert with_cache == said(*words, "--no-cache")


def test_a_configuration_that_is_named_is_looked_at_again(said: Callable[..., Said], judged: Runs) -> None:
    write({**FILES, "own.toml": 'ignore = ["REC105"]\n'})
    first = said("--config", "own.toml")
    assert said("--config", "own.toml") == first
    assert len(judged) == 1
    write({"own.toml": 'ignore = ["REC001"]\n'})
    assert said("--config", "own.toml") != first


def test_registers_that_fail_by_different_severities_do_so_again(said: Callable[..., Said], judged: Runs) -> None:
    write({"one/a.gdpr": UNKNOWN, "one/gdprlint.toml": '[severity]\nREC001 = "info"\n'})
    write({"two/a.gdpr": ACME, "two/gdprlint.toml": 'fail-on = "info"\nformat = "concise"\nignore = ["REC001"]\n'})
    Path("two/a.gdpr").write_text(UNKNOWN, "utf-8")
    first = said("one", "two")
    assert said("one", "two") == first == said("one", "two", "--no-cache")
    assert len(judged) == 2
    write({"two/gdprlint.toml": 'fail-on = "error"\nignore = ["REC001"]\n[severity]\nREC105 = "info"\n'})
    assert said("one", "two") == said("one", "two", "--no-cache")


def test_a_page_for_people_is_made_of_a_run(said: Callable[..., Said], judged: Runs) -> None:
    write({**FILES, "gdprlint.toml": 'format = "html"\n'})
    assert "<html" not in said("--format", "concise")[1]
    assert said()[1].startswith("<!doctype html>")
    assert said() == said("--no-cache")


def test_a_configuration_that_cannot_be_read_is_told_each_time(said: Callable[..., Said], judged: Runs) -> None:
    write({**FILES, "gdprlint.toml": "severity = [\n"})
    first = said()
    assert first[0] == 2
    assert said() == first
    write({"gdprlint.toml": "severity = {}\n"})
    assert said()[0] == 1


def test_a_run_that_is_answered_imports_no_configuration(project: Path) -> None:
    write(FILES)
    code = (
        "import sys; from gdprlint.__main__ import main\n"
        "sys.argv = ['gdprlint', 'check', '--exit-zero']\n"
        "main(); print(*sys.modules, file=sys.stderr)"
    )
    for _ in range(2):
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environ)
        assert done.returncode == 0, done.stderr
    modules = set(done.stderr.split())
    assert "gdprlint.cache.results" in modules
    heavy = {"click", "attr", "attrs", "cattrs", "pluggy", "lark", "tomllib", "jinja2", "platformdirs"}
    ours = {"engine", "language", "model", "rules", "configuration", "prose", "notices", "readers"}
    assert not modules & {*heavy, *(f"gdprlint.{name}" for name in ours), "gdprlint.cli.configured"}


def test_everything_that_a_configuration_says_stands_in_what_is_kept(
    said: Callable[..., Said], cache: Path, project: Path
) -> None:
    write(FILES)
    said()
    (kept,) = cache.glob("result-*")
    facts = json.loads(kept.read_text("ascii").partition("\n")[2])["facts"]
    asked = {(name, path) for name, path, *_ in facts}
    assert {
        ("beginning", str(project / "gdprlint.toml")), ("kind", str(project / "pyproject.toml")),
        ("content", str(project / "house/long/study-is-long.gdpr")), ("content", str(project / "site/privacy.md")),
        ("below", str(project / "site")), ("below", str(project / "house")), ("real", str(project / "house")),
    } <= asked  # fmt: skip
