"""The line that tells how far a long run is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from gdprlint.cli.waiting import line, told_on
from gdprlint.progress import Progress

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no terminal to be had")


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        (Progress(), "gdprlint: starting, 2 s"),
        (Progress("reading", 0, 100), "gdprlint: reading 100 files, 2 s"),
        (Progress("reading", 40, 100), "gdprlint: reading 40 of 100 files, 2 s"),
        (Progress("reading", 1, 1), "gdprlint: reading 1 file, 2 s"),
        (Progress("reading", 7, 3), "gdprlint: reading 3 of 3 files, 2 s"),
        (Progress("judging", 0, 1), "gdprlint: judging 1 register, 2 s"),
    ],
)
def test_what_is_told(progress: Progress, told: str) -> None:
    assert line(progress, 1.9) == told


def shown(seconds: float, **environ: str) -> bytes:
    """What stands on a terminal after work of so many seconds."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w") as terminal, told_on(terminal, environ) as progress:
        progress.at("reading", 1, 3)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            sum(range(1000))
        os.write(theirs, b"|")
    return whole(ours)


def whole(ours: int) -> bytes:
    """All that a terminal was sent, whose other end is closed."""
    found = b""
    with suppress(OSError):  # how Linux tells that there is no more
        while part := os.read(ours, 10_000):
            found += part
    os.close(ours)
    return found


def test_a_long_run_is_told_of_and_nothing_is_left_on_the_line() -> None:
    found = shown(1.5, TERM="xterm")

    assert found.startswith(b"\r\x1b[Kgdprlint: reading 1 of 3 files, 1 s")
    assert found.endswith(b"|\r\x1b[K")


@pytest.mark.parametrize("environ", [{"TERM": "xterm", "CI": "true"}, {"TERM": "dumb"}, {}], ids=str)
def test_nothing_is_told_in_ci_or_where_a_line_cannot_be_cleared(environ: dict[str, str]) -> None:
    assert shown(1.3, **environ) == b"|"


def test_nothing_is_told_of_a_short_run() -> None:
    assert shown(0.2, TERM="xterm") == b"|"


def test_the_line_is_gone_when_the_work_fails() -> None:
    ours, theirs = os.openpty()

    def work() -> None:
        with os.fdopen(theirs, "w") as terminal, told_on(terminal, {"TERM": "xterm"}):
            time.sleep(1.3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert whole(ours).endswith(b"\r\x1b[K")


def test_a_run_tells_on_stderr_and_its_output_is_the_same(tmp_path: Path) -> None:
    """The first second is over at once here, so that nobody has to wait for it."""
    activity = "activity s{n} {{\n  controller    acme\n  collects      answers from people\n}}\n\n"
    (tmp_path / "some.gdpr").write_text("".join(activity.format(n=n) for n in range(20)))
    code = "from gdprlint.cli import waiting, run; waiting.FIRST = 0.01; raise SystemExit(run())"
    command = [sys.executable, "-c", code, "check", "--select", "reference", "--format", "concise", "--quiet"]
    environ = {**os.environ, "TERM": "xterm"}
    environ.pop("CI", None)
    ours, theirs = os.openpty()
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, env=environ) as process:
        out, _ = process.communicate(timeout=60)
    os.close(theirs)
    told = whole(ours)
    plain = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environ, timeout=60)

    assert b"gdprlint: " in told
    assert told.endswith(b"\r\x1b[K")
    assert (out, b"") == (plain.stdout, plain.stderr)
