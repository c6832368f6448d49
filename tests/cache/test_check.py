"""What `gdprlint check` remembers, what it asks by, and what it never does because of a cache."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pytest

import gdprlint
from gdprlint import disk, engine
from gdprlint.bundled import CHECKOUT
from gdprlint.cache.questions import question
from gdprlint.cache.reports import NotPlain, report_data, report_of
from gdprlint.cli import run
from gdprlint.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    Judged,
    JudgedRegister,
    Label,
    Problem,
    Report,
    Severity,
    Suppressed,
)
from gdprlint.options import CheckOptions
from gdprlint.rules.packs import Library
from gdprlint.text import Source, Span
from gdprlint.values import frozen
from tests.cache.conftest import ACME, STUDY, checked

pytestmark = pytest.mark.usefixtures("compiled_already")
ROOT = Path(gdprlint.__file__).parents[1]
DAY = date(2026, 11, 21)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The paths of each run that the engine made."""
    made: list[tuple[str, ...]] = []
    judge = engine.judge

    def counted(groups: Any, named: Any, *rest: Any) -> Report:
        made.append(tuple(named))
        return judge(groups, named, *rest)

    monkeypatch.setattr(engine, "judge", counted)
    return made


@pytest.fixture
def files(project: Path) -> Path:
    (project / "a.gdpr").write_text(ACME, "utf-8")
    (project / "b.gdpr").write_text(STUDY, "utf-8")
    return project


def process(*arguments: str, **variables: str) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **variables}
    command = [sys.executable, "-m", "gdprlint", "check", "--as-of", "2026-11-21", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ)


def ended(running: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = running.communicate()
    return running.returncode, out, err


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


# ---- what it asks by


@frozen
class LaterOptions:
    as_of: date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    local_packs: tuple[str, ...] = ()
    max_bytes: int = 8_000_000
    jobs: int = 0
    background: bool = False
    base: Any = None
    instead: Any = ()
    preview: bool = False
    packs: tuple[str, ...] = ()
    severities: Any = ()


class Pair(NamedTuple):
    one: object
    two: object


@attrs.frozen
class Setting:
    value: object


VALUES = [
    None, True, 1, 1.0, "1", b"1", (), ("a", "b"), ("ab",), (("a",), "b"), ["a"], frozenset("a"), {"a": 1}, {"a": "1"},
    {1: "a"}, Severity.ERROR, 3, date(2026, 1, 1), "2026-01-01", Path("a"), Pair("a", "b"), Setting("a"),
    Setting(("a",)),
]  # fmt: skip


def test_every_value_of_a_field_is_another_question(project: Path) -> None:
    asked = [question(["."], LaterOptions(DAY, severities=value)) for value in VALUES]
    assert None not in asked
    assert len(set(asked)) == len(VALUES)


def test_a_value_that_is_not_understood_is_no_question(files: Path, judged: list[tuple[str, ...]]) -> None:
    assert question(["."], LaterOptions(DAY, severities=object())) is None
    assert question(["."], LaterOptions(DAY, severities=(lambda: 1,))) is None
    for _ in range(2):
        checked(["."], LaterOptions(DAY, severities=iter(())))  # type: ignore[arg-type]
    assert len(judged) == 2


def test_how_many_processes_work_is_no_part_of_the_question(project: Path) -> None:
    assert question(["."], CheckOptions(DAY, jobs=1)) == question(["."], CheckOptions(DAY, jobs=2))


@pytest.mark.parametrize(
    ("paths", "more"),
    [
        ([".."], {}),
        ([".", "."], {}),
        ([], {}),
        (["."], {"as_of": date(2026, 11, 22)}),
        (["."], {"select": ("REC001",)}),
        (["."], {"ignore": ("REC001",)}),
        (["."], {"local_packs": ("p",)}),
        (["."], {"max_bytes": 9}),
        (["."], {"preview": True}),
        (["."], {"packs": ("uk-gdpr",)}),
        (["."], {"instead": ((Path("a"), b"people p"),)}),
    ],
)
def test_paths_and_options_are_part_of_the_question(paths: list[str], more: dict[str, Any], project: Path) -> None:
    assert question(paths, CheckOptions(**{"as_of": DAY, **more})) != question(["."], CheckOptions(DAY))


# ---- reports as plain data


def test_a_report_comes_back_as_it_was() -> None:
    place = Span("a.gdpr", 1, 2)
    fix = Fix("say it", (Edit(place, "x"),), True)
    finding = Diagnostic(
        "UK1", "a", Severity.WARNING, "m\ud800\x1b", place, "l", "h", "n", ("uk-gdpr 9(1)",), (Label(place, "t"),),
        "act", "reg", "fp", "uk-gdpr", "topic", (fix,), ("fp-of-before",),
    )  # fmt: skip
    judged = Judged(
        1, 1, ("core",), "2026-11-21", 3, 2, 1, {"UK1": "failed"}, {"a.gdpr": "reg"},
        (JudgedRegister("reg", "/there", True),), {"UK2": "UK1"}, frozenset(("UK1", "UK3")), "careful", 7, True,
    )  # fmt: skip
    report = Report(
        (finding, finding.evolve(severity=Severity.ERROR)),
        judged,
        (Problem("m", "w"),),
        {"a.gdpr": Source("a.gdpr", "abc"), "page.html#x": Source("page.html#x", "as heard")},
        (Suppressed(finding, "allow", "since", "us", "2027-01-01", place), Suppressed(finding, "baseline")),
        notes=("UK2 is UK1 today",),
    )
    data = json.loads(json.dumps(report_data(report, {"a.gdpr": ("/there/a.gdpr", "abc")})))
    again = report_of(data, {"/there/a.gdpr": b"\xef\xbb\xbfabc"})
    assert again == report
    assert type(again.findings[1].severity) is Severity
    for value in (report, judged, judged.roots[0], finding, fix, fix.edits[0], finding.labels[0], report.suppressed[0]):
        fields: tuple[str, ...] = getattr(type(value), "__fields__")  # noqa: B009  # known to the class alone
        for name in fields:
            said = getattr(value, name)
            assert said not in ((), "", {}, frozenset(), 0, False, None) or name == "background", f"give {name} a value"


def test_what_stands_behind_a_report_is_not_kept() -> None:
    judged = Judged(0, 0, (), "", 0, 0, 0)
    with pytest.raises(NotPlain):
        report_data(Report((), judged, background=object()), {})  # type: ignore[arg-type]


def test_a_report_that_holds_more_than_plain_values_is_not_kept() -> None:
    judged = Judged(0, 0, (), "", 0, 0, 0, {"UK1": object()})  # type: ignore[dict-item]
    with pytest.raises(NotPlain):
        report_data(Report((), judged), {})


# ---- what goes on after it, and what is not kept at all


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    return run(["check", "--format", "concise", "--as-of", "2026-11-21", *arguments]), *capsys.readouterr()


UNKNOWN = STUDY.replace("acme", "amce")


@pytest.mark.parametrize("mark", ["", "# our register\n"])
def test_a_register_that_is_only_marked_is_remembered_until_its_configuration_says_something(
    mark: str, files: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "b.gdpr").write_text(UNKNOWN, "utf-8")
    (files / "gdprlint.toml").write_text(mark, "utf-8")
    first = said_by(capsys)
    assert said_by(capsys) == first
    assert len(judged) == 1
    (files / "gdprlint.toml").write_text('ignore = ["REC105"]\n', "utf-8")
    assert "REC105" in first[1]
    assert "REC105" not in said_by(capsys)[1]
    (files / "gdprlint.toml").write_text(mark, "utf-8")
    assert said_by(capsys) == first
    assert len(judged) == 2


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
    assert len(judged) == 3


@pytest.mark.parametrize(
    "flags",
    [
        ["--no-cache"], ["--timings"], ["--trace", "REC001"], ["--fix"], ["--diff"], ["--format", "html"],
        ["--output", "html=page.html"], ["--config", "own.toml"],
    ],
)  # fmt: skip
def test_a_run_that_is_looked_at_itself_keeps_nothing_and_takes_nothing(
    flags: list[str], files: Path, cache: Path, judged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "own.toml").write_text("", "utf-8")
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


# ---- what it never does


def test_a_run_that_is_answered_imports_nothing_that_judges(files: Path) -> None:
    code = (
        "import sys; from gdprlint.__main__ import main\n"
        "sys.argv = ['gdprlint', 'check', '--format', sys.argv[1], '--exit-zero']\n"
        "main(); print(*sys.modules, file=sys.stderr)"
    )
    for form in ("concise", "full", "json", "concise"):
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code, form], capture_output=True, text=True, env=environ)
        assert done.returncode == 0, done.stderr
    modules = set(done.stderr.split())
    assert "gdprlint.cache.results" in modules
    heavy = {"click", "attr", "attrs", "cattrs", "pluggy", "lark", "jinja2", "platformdirs"}
    assert not modules & {*heavy, "gdprlint.engine", "gdprlint.language", "gdprlint.model", "gdprlint.rules"}


def test_whatever_stands_in_a_cache_ends_no_run(files: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from gdprlint import store

    run(["check"])
    plain = capsys.readouterr()
    (kept,) = cache.glob("result-*")
    data = json.loads(kept.read_text("ascii").partition("\n")[2])
    for content in (
        "", "[]", "null", "[" * 100_000, "{}", json.dumps({"question": data["question"]}),
        json.dumps({**data, "facts": [["content"]]}), json.dumps({**data, "facts": [["no such"]], "report": 1}),
        json.dumps({**data, "report": [[8, [99]], []]}), json.dumps({**data, "facts": [], "report": [1, 2]}),
    ):  # fmt: skip
        store.write(kept.name, content.encode())
        run(["check"])
        assert capsys.readouterr() == plain, content[:80]


def kept_nowhere(cache: Path) -> None:
    """The folder is there and nothing can be written to it."""
    for file in cache.iterdir():
        file.unlink()
    cache.rmdir()
    cache.write_text("")


def of_everybody(cache: Path) -> None:
    cache.chmod(0o777)


def switched_off(cache: Path) -> None:
    os.environ["GDPRLINT_CACHE_DIR"] = ""


@pytest.mark.parametrize("happens", [kept_nowhere, of_everybody, switched_off])
def test_a_cache_that_cannot_be_used_is_done_without(
    happens: Callable[[Path], None], files: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check"])
    plain = capsys.readouterr()
    happens(cache)
    for _ in range(2):
        run(["check"])
        assert capsys.readouterr() == plain
    if cache.is_file():
        cache.unlink()
        cache.mkdir()


@pytest.fixture
def large(files: Path) -> Path:
    """Enough text that a result takes more than what a disk has left in some tests."""
    for number in range(20):
        (files / f"s{number}.gdpr").write_text(STUDY.replace("study", f"study-{number}"), "utf-8")
    return files


def test_two_runs_at_once_are_no_matter(large: Path, cache: Path) -> None:
    expected = ended(process("--no-cache"))
    assert [ended(one) for one in [process() for _ in range(4)]] == [expected] * 4
    assert ended(process()) == expected
    assert [path.name for path in cache.iterdir() if path.name.startswith(".")] == []


def test_a_run_that_is_killed_is_no_matter(large: Path) -> None:
    expected = ended(process("--no-cache"))
    start = time.perf_counter()
    ended(process("--max-bytes", "7999999"))
    whole = time.perf_counter() - start
    for part in (0.5, 0.7, 0.8, 0.9, 0.95, 1.0):
        running = process()
        time.sleep(whole * part)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    assert ended(process()) == expected
    assert ended(process()) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_disk_that_is_full_is_no_matter(large: Path, cache: Path) -> None:
    """Files may not grow past a kilobyte, of which the system tells in the middle of writing."""
    expected = ended(process("--no-cache"))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from gdprlint.__main__ import main\n"
        "sys.argv = ['gdprlint', 'check', '--as-of', '2026-11-21']; sys.exit(main())"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environ)
        assert (done.returncode, done.stdout, done.stderr) == expected
    assert [path.name for path in cache.iterdir() if "result-" in path.name] == []


# ---- gdprlint cache


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    return lambda *arguments: (run(["cache", *arguments]), *capsys.readouterr())


def test_the_command_says_where_results_are_and_clears_them(
    files: Path, cache: Path, said: Callable[..., tuple[int, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check"])
    capsys.readouterr()
    size = sum(file.stat().st_size for file in cache.iterdir())
    packs = len(list(cache.iterdir())) - 1
    assert said() == (0, f"{cache}\n{size:,} bytes: 1 results of checks, {packs} compiled packs\n", "")
    assert json.loads(said("--format", "json")[1]) == {
        "version": 1, "folder": str(cache), "fault": "", "files": packs + 1, "bytes": size, "cleared": False,
    }  # fmt: skip
    assert said("clear") == (0, f"{packs + 1} files with {size:,} bytes were taken away.\n", "")
    assert list(cache.iterdir()) == []


def test_the_command_says_why_a_folder_is_not_used(cache: Path, said: Callable[..., tuple[int, str, str]]) -> None:
    cache.chmod(0o777)
    code, _, complaint = said()
    assert code == 2
    assert "others can write to it" in complaint
