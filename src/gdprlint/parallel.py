"""Work in two processes where that pays: by fork, so that nothing is sent but the results."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def processes(jobs: int) -> int:
    """How many processes to use: what was asked for, else the processors at hand, at most four."""
    if not hasattr(os, "fork"):
        return 1
    if jobs:
        return jobs
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return min(usable, 4)


def in_processes(work: Callable[[Sequence[T]], R], parts: Sequence[Sequence[T]]) -> list[R]:
    """`work` of every part, in order: the last part here, each other one in a process of its own.

    What the others return comes back through a pipe from our own child, never from a file. A child that dies is made
    up for here. Where the work is broken off, by Ctrl-C or by a fault, no child outlives it.
    """
    import pickle  # not needed by most runs

    running: list[int] = []
    try:
        children = []
        for part in parts[:-1]:
            children.append(_start(work, part))
            running.append(children[-1][0])
        last = work(parts[-1])
        results: list[R] = []
        for (pid, pipe), part in zip(children, parts[:-1], strict=True):
            with os.fdopen(pipe, "rb") as stream:
                content = stream.read()
            _, status = os.waitpid(pid, 0)
            running.remove(pid)
            results.append(pickle.loads(content) if status == 0 and content else work(part))
        return [*results, last]
    finally:
        for pid in running:
            _end(pid)


def _end(pid: int) -> None:
    import signal

    with contextlib.suppress(ProcessLookupError, ChildProcessError):  # it has ended by itself
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _start(work: Callable[[Sequence[T]], R], part: Sequence[T]) -> tuple[int, int]:
    import pickle
    import sys

    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        os.close(reading)
        content = pickle.dumps(work(part), protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as stream:
            stream.write(content)
        status = 0
    finally:
        os._exit(status)


def shares(items: list[T], weights: list[int], count: int, sending: float = 0.0) -> list[list[T]]:
    """The items in `count` runs of about the same work; the last is for this process.

    `sending` is what it costs the other processes to send what they made, beside the work of making it: 1.0 where it
    costs the same again.
    """
    total = sum(weights) or 1
    here = (1 + sending) / (count + sending)
    ends = [total * (1 - here) * (number + 1) / max(1, count - 1) for number in range(count - 1)]
    found: list[list[T]] = [[] for _ in range(count)]
    done = 0.0
    number = 0
    for item, weight in zip(items, weights, strict=True):
        while number < count - 1 and done + weight / 2 > ends[number]:
            number += 1
        found[number].append(item)
        done += weight
    return [share for share in found if share] or [[]]
