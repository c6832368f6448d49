"""`gdprlint doctor`: what a run stands on is told as it is, and what is wrong with one thing to do."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint import __version__, doctor, store
from gdprlint.cli import run
from gdprlint.diagnostics import Problem
from gdprlint.doctor import Fact, Findings, Trouble, examine
from gdprlint.plugins import LoadedPlugin, Plugins
from gdprlint.rules.versions import fits

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def gdprlint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs the command line in `tmp_path`; gives the exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GDPRLINT_PLUGINS", raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of one's own, in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "cache"
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(folder))
    return folder


def troubles(told: Findings, area: str) -> list[str]:
    return [one.message for one in told.troubles if one.area == area]


def facts(told: Findings, area: str) -> dict[str, str]:
    return {one.name: one.value for one in told.facts if one.area == area}


def test_a_sound_installation_has_versions_plugins_packs_and_nothing_wrong(gdprlint: Cli) -> None:
    code, out, _ = gdprlint("doctor", "--format", "json")

    told = json.loads(out)
    assert (code, told["version"], told["problems"]) == (0, 1, [])
    said = {(fact["area"], fact["name"]): fact["value"] for fact in told["facts"]}
    assert said["gdprlint", "version"] == __version__
    assert {"uk-gdpr", "core"} <= {name for area, name in said if area == "packs"}
    assert ("libraries", "click") in said
    assert {area for area, _ in said} == {
        "gdprlint", "python", "libraries", "plugins", "packs", "cache", "configuration", "terminal"
    }  # fmt: skip


def test_a_problem_sets_the_exit_code_and_comes_with_something_to_do(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "gdprlint.toml").write_text("packs = [", "utf-8")

    code, out, _ = gdprlint("doctor")

    assert code == 2
    assert "problem: configuration: gdprlint.toml cannot be read:" in out
    assert "help: mend the file; it says what applies here" in out
    assert out.endswith("\n1 thing is wrong.\n")


def test_names_and_values_cannot_steer_the_terminal(gdprlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en\x1b[2J\x9b")

    out = gdprlint("doctor")[1] + gdprlint("doctor", "--format", "json")[1]

    assert "\x1b" not in out
    assert "\x9b" not in out


@pytest.mark.parametrize(
    ("version", "bounds", "holds"),
    [
        ("8.5.1", ">=8.2", True), ("8.1", ">=8.2", False), ("7.2", "<8,>=7.1", True), ("8.0.0", "<8,>=7.1", False),
        ("8.10", ">=8.9", True), ("2.0", "==2", True), ("2.0", "!=2", False), ("unknown", "", True),
        ("9" * 500, ">=1", True),
    ],
)  # fmt: skip
def test_a_version_is_held_against_what_is_needed(version: str, bounds: str, holds: bool) -> None:
    assert fits(version, bounds) is holds


def test_a_library_that_is_missing_or_too_old_is_told() -> None:
    told = [one for one in doctor._libraries(["click>=999", "no-such-library>=1"]) if isinstance(one, Trouble)]

    assert [one.message.partition(" ")[0] for one in told] == ["click", "no-such-library"]
    assert told[0].hint == '`pip install "click>=999"`'
    assert told[1].message == "no-such-library is not installed"


def test_a_broken_plugin_is_told() -> None:
    found = Plugins((), (), (Problem("plugin acme: it could not be loaded", "acme.py"),),
                    (LoadedPlugin("gdprlint_uk_gdpr", "1.0", "installed", ()),))  # fmt: skip

    told = list(doctor._plugins(found))

    assert Fact("plugins", "gdprlint_uk_gdpr", "1.0, installed") in told
    assert [one.message for one in told if isinstance(one, Trouble)] == [
        "plugin acme: it could not be loaded (acme.py)"
    ]


def test_a_damaged_file_in_the_cache_is_named(cache: Path) -> None:
    cache.mkdir(mode=0o700)
    assert store.write("rules.json", b'{"digest": "x"}\n["lines"]')
    (cache / "parser.json").write_bytes(b"\x00\xff")
    (cache / "deep.json").write_text("[" * 200_000, "utf-8")
    (cache / ".rules.json.77").write_text("half", "utf-8")

    told = Findings(*_split(doctor._cache(cache, os.environ)))

    assert not troubles(told, "cache")  # it may be of another version, and costs a little time only
    assert facts(told, "cache")["not whole"] == "deep.json, parser.json: made again when it is needed"
    assert facts(told, "cache")["left over"] == "1 files of runs that were stopped; they may be deleted"


def test_a_link_in_the_cache_is_not_followed(cache: Path, tmp_path: Path) -> None:
    cache.mkdir()
    (tmp_path / "elsewhere.json").write_text("no JSON", "utf-8")
    (cache / "link.json").symlink_to(tmp_path / "elsewhere.json")

    assert troubles(Findings(*_split(doctor._cache(cache, os.environ))), "cache") == []


def test_a_cache_that_is_a_file_is_told(cache: Path) -> None:
    cache.write_text("", "utf-8")

    assert troubles(Findings(*_split(doctor._cache(cache, os.environ))), "cache") == ["it is no folder"]


def test_a_cache_that_is_switched_off_is_no_problem() -> None:
    told = Findings(*_split(doctor._cache(None, {"GDPRLINT_CACHE_DIR": ""})))

    assert told.troubles == ()
    assert facts(told, "cache")["folder"].startswith("none: GDPRLINT_CACHE_DIR is empty")


def test_the_configuration_of_the_working_folder_is_found_upwards(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.gdprlint]\n", "utf-8")
    below = tmp_path / "records"
    below.mkdir()

    told = Findings(*_split(doctor._configuration(below)))

    assert facts(told, "configuration")["register"].endswith(" (pyproject.toml)")
    assert told.troubles == ()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = " + b"[" * 100_000, b"#" * 1_000_001])
def test_a_configuration_made_to_hurt_is_told_and_the_rest_goes_on(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "gdprlint.toml").write_bytes(content)

    told = Findings(*_split(doctor._configuration(tmp_path)))

    assert len(told.troubles) == 1
    assert told.troubles[0].message.startswith("gdprlint.toml ")


def test_the_terminal_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")

    told = facts(examine(stream, {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb"}), "terminal")

    assert told["stdout"] == "a file or a pipe"
    assert told["colour"] == "NO_COLOR and FORCE_COLOR are both set; the first wins"
    assert "letters" in told
    assert told["TERM"] == "dumb"


def test_what_cannot_be_looked_at_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken() -> None:
        raise OSError("no")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "_python", broken)

    told = examine(io.StringIO(), {})

    assert troubles(told, "python") == ["it could not be looked at: OSError: no"]
    assert facts(told, "terminal")


def _split(told: doctor.Told) -> tuple[tuple[Fact, ...], tuple[Trouble, ...]]:
    listed = list(told)
    return tuple(o for o in listed if isinstance(o, Fact)), tuple(o for o in listed if isinstance(o, Trouble))
