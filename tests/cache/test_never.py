"""What a check never does because of a cache: break, wait, or say something else than without one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import gdprlint
from gdprlint.cli import run
from tests.cache.conftest import STUDY

pytestmark = pytest.mark.usefixtures("compiled_already")
ROOT = Path(gdprlint.__file__).parents[1]


def process(*arguments: str, **variables: str) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **variables}
    command = [sys.executable, "-m", "gdprlint", "check", "--as-of", "2026-11-21", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ)


def ended(running: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = running.communicate()
    return running.returncode, out, err


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


CONFIGURATION = """\
fail-on = "warning"
[severity]
REC105 = "info"
[[allow]]
path = "b.gdpr"
rule = "REC105"
reason = "the board agreed"
"""


@pytest.fixture(params=["", CONFIGURATION], ids=["not configured", "configured"])
def large(files: Path, request: pytest.FixtureRequest) -> Path:
    """Enough text that a result takes more than what a disk has left in some tests."""
    (files / "gdprlint.toml").write_text(request.param, "utf-8")
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
