"""`gdprlint check --watch`, run as a process of its own as a person runs it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from gdprlint.cli.plain import Asked, read
from gdprlint.cli.watch import folders_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")

ACME = 'organisation acme "Acme Research" is company in GB\n'
STUDY = "activity study {\n  controller    acme\n}\n"
BROKEN = STUDY.replace("acme", "nobody")
STARTED = "import sys; from gdprlint.__main__ import main; print('started', flush=True); sys.exit(main())"
LONG = 60.0
"""Seconds that a loaded machine may take; how long it does take is measured in benchmarks/watching.py."""


class Watching:
    """A watch that runs: what it printed between two waits."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", STARTED, "check", "--watch", "--select", "reference", "--format", "concise",
             "--quiet", *arguments],
            cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        self.said: queue.Queue[tuple[str, str]] = queue.Queue()
        self.readers: list[threading.Thread] = []
        for name, stream in (("out", self.process.stdout), ("err", self.process.stderr)):
            assert stream is not None
            self.readers.append(threading.Thread(target=self._read, args=(name, stream)))
            self.readers[-1].start()
        assert self.said.get(timeout=LONG) == ("out", "started\n")

    def _read(self, name: str, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self.said.put((name, line))

    def judged(self) -> list[str]:
        """What was found until it waits again."""
        found = []
        while True:
            _, line = self.said.get(timeout=LONG)
            if "waiting for a save" in line:
                time.sleep(0.05)  # the two streams are read by two threads
                while not self.said.empty():
                    found.append(self.said.get()[1])
                return found
            found.append(line)

    def stays_still(self) -> bool:
        time.sleep(1)
        return self.said.empty()

    def interrupt(self, whole_group: bool = True) -> int:
        (os.killpg if whole_group else os.kill)(self.process.pid, signal.SIGINT)
        return self.process.wait(LONG)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    for name, text in {".git/HEAD": "", "gdprlint.toml": "", "acme.gdpr": ACME, "study.gdpr": STUDY}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def watch(register: Path) -> Iterator[Callable[..., Watching]]:
    """Starts watches in the register, and ends what is left of them."""
    started: list[Watching] = []

    def start(*arguments: str) -> Watching:
        started.append(Watching(register, *arguments))
        return started[-1]

    yield start
    for watching in started:
        if watching.process.poll() is None:
            os.killpg(watching.process.pid, signal.SIGKILL)
        watching.process.wait()
        for reader in watching.readers:
            reader.join()


def test_a_save_is_judged_and_so_is_the_next_one(register: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    assert watching.judged() == []

    (register / "study.gdpr").write_text(BROKEN)
    assert watching.judged() == ["study.gdpr:2:17: error[REC001] `nobody` is declared nowhere in this register\n"]

    (register / "study.gdpr").write_text(STUDY)
    assert watching.judged() == []


def test_an_editor_that_puts_a_new_file_in_the_place_of_the_old_one_is_noticed(
    register: Path, watch: Callable[..., Watching]
) -> None:
    watching = watch("study.gdpr")
    watching.judged()
    for text, found in ((BROKEN, 1), (STUDY, 0), (BROKEN, 1)):
        (register / ".study.gdpr.swp").write_text(text)
        (register / ".study.gdpr.swp").replace(register / "study.gdpr")
        assert len(watching.judged()) == found


def test_new_files_and_folders_and_the_configuration_count(register: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    watching.judged()

    (register / "more" / "deep").mkdir(parents=True)
    watching.judged()
    (register / "more" / "deep" / "new.gdpr").write_text(BROKEN.replace("study", "new"))
    while not (found := watching.judged()):  # a folder that came just now may have been judged twice
        pass
    assert [line.split(":")[0] for line in found] == ["more/deep/new.gdpr"]

    (register / "gdprlint.toml").write_text("# changed\n")
    assert len(watching.judged()) == 1


def test_a_pack_that_was_named_counts(register: Path, watch: Callable[..., Watching], tmp_path: Path) -> None:
    pack = register / ".packs" / "own"
    pack.mkdir(parents=True)
    (pack / "words.gdpr").write_text("")
    watching = watch("--pack", str(pack))
    watching.judged()
    (pack / "words.gdpr").write_text("rule broken\n")

    assert "own/words.gdpr:1" in "".join(watching.judged())


def test_a_file_that_a_record_uses_counts_wherever_in_the_project_it_stands(
    register: Path, watch: Callable[..., Watching]
) -> None:
    (register / "gdprlint.toml").unlink()
    (register / "plans").mkdir()
    (register / "plans" / "study.gdpr").write_text(f'use "../acme.gdpr"\n{STUDY}')
    watching = watch("plans")
    assert watching.judged() == []
    (register / "acme.gdpr").write_text(ACME.replace("acme", "other"))

    assert [line.split(":")[0] for line in watching.judged()] == ["plans/study.gdpr"]


def test_what_no_judgement_reads_is_let_be(register: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    watching.judged()
    for name in ("report.json", ".hidden.gdpr", "code.py", "study.gdpr~"):
        (register / name).write_text("x")
    (register / "study.gdpr").touch()
    (register / "study.gdpr").write_text(STUDY)
    watching.judged()  # the first save says the same as before, which is not known yet
    (register / "study.gdpr").write_text(STUDY)

    assert watching.stays_still()


@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "signal to the process"])
def test_ctrl_c_ends_it_without_a_trace(watch: Callable[..., Watching], whole_group: bool) -> None:
    watching = watch()
    watching.judged()

    assert watching.interrupt(whole_group) == 130
    assert watching.said.empty()


def test_ctrl_c_during_a_judgement_leaves_no_process(register: Path, watch: Callable[..., Watching]) -> None:
    (register / "large.gdpr").write_text("".join(STUDY.replace("study", f"s{n}") for n in range(20_000)))
    watching = watch()
    time.sleep(1)

    assert watching.interrupt() == 130
    with pytest.raises(ProcessLookupError):
        os.killpg(watching.process.pid, 0)


def test_wrong_use_is_told_at_once(register: Path, watch: Callable[..., Watching]) -> None:
    watching = watch("missing.gdpr")

    assert watching.process.wait(LONG) == 2
    assert watching.said.get(timeout=LONG) == ("err", "gdprlint: there is no file or folder `missing.gdpr`\n")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no terminal to be had")
def test_only_a_terminal_is_cleared(register: Path, watch: Callable[..., Watching]) -> None:
    (register / "study.gdpr").write_text(BROKEN)
    assert "\x1b" not in "".join(watch().judged())

    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "gdprlint", "check", "--watch", "--select", "reference", "--color", "never"],
        cwd=register, stdout=theirs, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while b"Judged by" not in shown:
        shown += os.read(ours, 4096)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(LONG) == 130
    os.close(ours)
    assert shown.startswith(b"\x1b[2J\x1b[H")


def test_hidden_folders_and_those_of_packages_are_not_watched(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in/deep", ".git/objects", "node_modules/x", "in/.cache"):
        (register / name).mkdir(parents=True)
    monkeypatch.chdir(register / "in")
    asked = read(["check", "."])
    assert isinstance(asked, Asked)

    assert set(folders_of(asked, [])) == {register, register / "in", register / "in" / "deep"}
