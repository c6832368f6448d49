"""What `gdprlint check` remembers, and when it judges anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import gdprlint
from gdprlint import disk, engine
from gdprlint.bundled import CHECKOUT
from gdprlint.cli import run
from gdprlint.options import CheckOptions
from gdprlint.rules.packs import Library
from tests.cache.conftest import DAY, STUDY, checked

pytestmark = pytest.mark.usefixtures("compiled_already")
ROOT = Path(gdprlint.__file__).parents[1]


# ---- when it judges


def test_nothing_is_judged_twice(files: Path, judged: list[tuple[str, ...]]) -> None:
    first = checked(["."], CheckOptions(DAY))
    second = checked(["."], CheckOptions(DAY))
    assert judged == [(".",)]
    assert second == first
    assert dict(second.sources) == dict(first.sources)


def test_without_the_cache_it_judges_anew_and_keeps_nothing(
    files: Path, cache: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        run(["check", "--no-cache"])
    assert len(judged) == 2
    assert list(cache.glob("result-*")) == []


@pytest.mark.parametrize("flag", [[], ["--no-cache"]])
def test_the_command_says_whether_to_remember(
    flag: list[str], files: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for _ in range(2):
        code = run(["check", *flag])
        said.append((code, capsys.readouterr()))
    assert said[0] == said[1]
    assert len(judged) == (2 if flag else 1)


def test_a_run_that_something_broke_is_not_remembered(
    files: Path, judged: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GDPRLINT_PLUGINS", "no-such")
    for _ in range(2):
        assert checked(["."], CheckOptions(DAY)).problems
    assert len(judged) == 2


def test_a_file_that_cannot_be_read_is_tried_again(
    files: Path, judged: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = disk._content

    def refused(path: str, most: int | None) -> bytes:
        if path.endswith("b.gdpr"):
            raise PermissionError(13, "Permission denied", path)
        return content(path, most)

    monkeypatch.setattr("gdprlint.disk._content", refused)
    assert "file-not-read" in {finding.name for finding in checked(["."], CheckOptions(DAY)).findings}
    monkeypatch.setattr("gdprlint.disk._content", content)
    assert "file-not-read" not in {finding.name for finding in checked(["."], CheckOptions(DAY)).findings}


def test_our_own_program_and_all_that_is_installed_are_looked_at(files: Path, cache: Path) -> None:
    checked(["."], CheckOptions(DAY))
    (kept,) = cache.glob("result-*")
    facts = json.loads(kept.read_text("ascii").partition("\n")[2])["facts"]
    programs = {path for name, path, *_ in facts if name == "program"}
    assert str(Path(gdprlint.__file__).parent) in programs
    assert CHECKOUT is None or {str(CHECKOUT / "rules"), str(CHECKOUT / "plugins")} <= programs
    assert {path for name, path, *_ in facts if name == "installed"} >= {
        path for path in sys.path if "site-pack" in path
    }


def test_a_plugin_that_is_installed_judges_the_next_run(
    files: Path, tmp_path: Path, judged: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GDPRLINT_PLUGINS")
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(engine, "load_library", lambda local: Library(()))
    for _ in range(2):
        checked(["."], CheckOptions(DAY))
    assert len(judged) == 1
    info = site / "gdprlint_acme-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text("[gdprlint]\nacme = gdprlint_acme\n", "utf-8")
    checked(["."], CheckOptions(DAY))
    assert len(judged) == 2


# ---- what goes on after it, and what is not kept at all


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    return run(["check", "--format", "concise", "--as-of", "2026-11-21", *arguments]), *capsys.readouterr()


UNKNOWN = STUDY.replace("acme", "amce")


@pytest.mark.parametrize("mark", ["", "# our register\n"])
def test_that_a_configuration_begins_or_ceases_to_say_something_is_noticed(
    mark: str, files: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "b.gdpr").write_text(UNKNOWN, "utf-8")
    (files / "gdprlint.toml").write_text(mark, "utf-8")
    first = said_by(capsys)
    assert said_by(capsys) == first
    assert len(judged) == 1
    (files / "gdprlint.toml").write_text('ignore = ["REC105"]\n', "utf-8")
    assert "REC105" in first[1]
    second = said_by(capsys)
    assert "REC105" not in second[1]
    assert said_by(capsys) == second
    assert len(judged) == 2
    (files / "gdprlint.toml").write_text(mark, "utf-8")
    assert said_by(capsys) == first
    assert len(judged) == 3


def test_an_exception_is_held_against_what_is_remembered(
    files: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    allow = "# allow REC001: the name is settled next month, until 2026-12-15\n"
    (files / "b.gdpr").write_text(UNKNOWN.replace("  controller", f"  {allow}  controller"), "utf-8")
    first = said_by(capsys)
    assert "1 accepted" in first[1]
    assert said_by(capsys) == first
    assert len(judged) == 1


def test_a_baseline_is_held_against_what_is_remembered(
    files: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "b.gdpr").write_text(UNKNOWN, "utf-8")
    assert said_by(capsys)[0] == 1
    assert said_by(capsys, "--write-baseline")[0] == 0
    assert "in the baseline" in said_by(capsys)[1]
    (files / "gdprlint-baseline.json").unlink()
    assert said_by(capsys)[0] == 1
    assert len(judged) == 1


def test_a_configuration_that_is_passed_over_is_another_question(
    files: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "b.gdpr").write_text(UNKNOWN, "utf-8")
    (files / "gdprlint.toml").write_text('ignore = ["REC105"]\n', "utf-8")
    for _ in range(2):
        assert "REC105" in said_by(capsys, "--no-config")[1]
        assert "REC105" not in said_by(capsys)[1]
    assert len(judged) == 2


@pytest.mark.parametrize(
    "flags",
    [
        ["--no-cache"], ["--timings"], ["--trace", "REC001"], ["--fix"], ["--diff"], ["--format", "html"],
        ["--output", "html=page.html"],
    ],
)  # fmt: skip
def test_a_run_that_is_looked_at_itself_keeps_nothing_and_takes_nothing(
    flags: list[str], files: Path, cache: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    said_by(capsys, *flags)
    assert list(cache.glob("result-*")) == []
    said_by(capsys)
    before = len(judged)
    said_by(capsys, *flags)
    assert len(judged) > before


def test_what_stands_in_for_a_file_is_not_remembered(
    files: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said_by(capsys)
    kept = {file.name: file.read_bytes() for file in cache.glob("result-*")}
    done = subprocess.run(
        [sys.executable, "-m", "gdprlint", "check", "--stdin-filename", "b.gdpr", "--as-of", "2026-11-21"],
        input=UNKNOWN, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "amce" in done.stdout
    assert {file.name: file.read_bytes() for file in cache.glob("result-*")} == kept


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_file_that_becomes_a_link_out_of_the_project_is_noticed(
    files: Path, tmp_path: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    first = said_by(capsys)
    (files / "b.gdpr").rename(tmp_path / "b.gdpr")
    (files / "b.gdpr").symlink_to(tmp_path / "b.gdpr")
    second = said_by(capsys)
    assert second != first
    assert second == said_by(capsys, "--no-cache")
    assert "leads out of the project" in second[1]
