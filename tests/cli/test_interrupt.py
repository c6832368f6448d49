"""Ctrl-C while something runs: no trace, no process and no half-written file is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from gdprlint.parallel import called
from gdprlint.replacing import put_in_place

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="Ctrl-C is sent to a group of processes")

STARTED = "import sys; from gdprlint.__main__ import main; print('started', flush=True); sys.exit(main())"
ACTIVITY = "activity s{n} {{\n  controller    acme\n  collects      answers from people\n}}\n\n"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A register that is read and judged by two processes for some seconds."""
    (tmp_path / "gdprlint.toml").touch()
    for file in range(4):
        text = "".join(ACTIVITY.format(n=f"{file}-{n}") for n in range(4000))
        (tmp_path / f"{file}.gdpr").write_text(text)
    return tmp_path


@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "signal to the process"])
@pytest.mark.parametrize("after", [0.2, 1.0, 2.0])
def test_a_check_that_is_broken_off_leaves_nothing(large: Path, whole_group: bool, after: float) -> None:
    done, out, err = interrupted(large, after, whole_group, "check", "--jobs", "2", "--format", "concise")

    assert (done, out, err.strip()) == (130, "", "")


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """Notices, each by itself, that are read and judged by two processes for some seconds."""
    text = "# Privacy notice\n\nVale Trust is the controller.\n\n" + "We keep your name for two years.\n\n" * 400
    for number in range(40):
        (tmp_path / f"{number}.md").write_text(text)
    return tmp_path


@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "signal to the process"])
@pytest.mark.parametrize("after", [0.3, 2.0])
def test_notices_that_are_being_judged_leave_nothing_when_that_is_broken_off(
    notices: Path, whole_group: bool, after: float
) -> None:
    done, out, err = interrupted(notices, after, whole_group, "check", "--jobs", "2", "--format", "concise")

    assert (done, out, err.strip()) == (130, "", "")


def test_files_that_are_being_formatted_are_old_or_new_and_nothing_lies_beside_them(tmp_path: Path) -> None:
    untidy, tidy = "data   answers   is   health\n" * 2000, "data answers is health\n" * 2000
    for file in range(200):
        (tmp_path / f"{file}.gdpr").write_text(untidy)
    code, _, err = interrupted(tmp_path, 1.0, True, "fmt", ".")

    assert (code, err.strip()) == (130, "")
    assert {path.read_text() for path in tmp_path.iterdir()} <= {untidy, tidy}
    assert len(list(tmp_path.iterdir())) == 200


def interrupted(folder: Path, after: float, whole_group: bool, *arguments: str) -> tuple[int, str, str]:
    """Run a command, and break it off so many seconds after Python itself has started."""
    process = subprocess.Popen(
        [sys.executable, "-c", STARTED, *arguments],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    time.sleep(after)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    return process.returncode, out, err


def test_no_child_outlives_work_that_fails(tmp_path: Path) -> None:
    def work(part: list[int]) -> list[int]:
        if part == [1]:
            (tmp_path / "pid").write_text(str(os.getpid()))
            time.sleep(60)
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            time.sleep(0.01)
        raise RuntimeError("it fails here")

    with pytest.raises(RuntimeError, match="it fails here"):
        called([partial(work, part) for part in ([1], [2])])

    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


# ---- files are put in their place in one step


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    put_in_place(str(tmp_path / "new"), b"a")
    (tmp_path / "other").touch()

    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    put_in_place(str(tmp_path / "pipe"), b"a")

    assert os.read(reading, 10) == b"a"
    os.close(reading)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - the system says in which way
        put_in_place(str(tmp_path / "there"), b"a")

    assert [path.name for path in tmp_path.iterdir()] == ["there"]
