"""Tells on a terminal how far a long run is: one line, after a second, that is gone when the run is over.

The line is drawn when a timer of the system rings, so that the work itself waits for nothing and no thread stands
beside it when it forks. Nothing of what is judged stands in the line.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from gdprlint.progress import Progress

FIRST, NEXT = 1.0, 0.2  # seconds
_CLEARED = b"\r\x1b[K"


@contextmanager
def told_on(terminal: TextIO, environ: Mapping[str, str] = os.environ) -> Iterator[Progress]:
    """A progress that is told on this terminal while it lasts; never in CI, nor where a line cannot be cleared."""
    progress = Progress()
    quiet = environ.get("CI") or environ.get("TERM", "dumb") == "dumb"
    if quiet or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield progress
        return
    drawn = False
    started = time.monotonic()

    def draw(*_: object) -> None:
        nonlocal drawn
        drawn = True
        _put(terminal, _CLEARED + line(progress, time.monotonic() - started).encode())

    before = signal.signal(signal.SIGALRM, draw)
    signal.setitimer(signal.ITIMER_REAL, FIRST, NEXT)
    try:
        yield progress
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if drawn:
            _put(terminal, _CLEARED)


def line(progress: Progress, seconds: float) -> str:
    """What is told: `gdprlint: reading 40 of 100 files, 3 s`."""
    noun = {"reading": "file", "judging": "register", "reading and judging": "notice"}.get(progress.doing, "")
    count = ""
    if progress.of:
        counted = f"{progress.of} {noun}" if progress.of == 1 else f"{progress.of} {noun}s"
        done = min(progress.done, progress.of)
        count = f" {done} of {counted}" if progress.of > 1 and done else f" {counted}"
    return f"gdprlint: {progress.doing}{count}, {seconds:.0f} s"


def _put(terminal: TextIO, content: bytes) -> None:
    """Past the buffer of the stream, in whose midst the timer may have rung; a terminal that is gone is no matter."""
    try:
        os.write(terminal.fileno(), content)
    except OSError:
        return
