"""Work in two processes where that pays: by fork, so that nothing is sent but the results."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST_TURNS = 2_000  # that wait in a pipe, which holds as many bytes as a page of memory at the least
_OF_A_TURN = 2  # bytes


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
    return _called([partial(work, part) for part in parts])


def by_turns(work: Callable[[T], R], items: Sequence[T], count: int, told: Callable[[int], None]) -> list[R]:
    """`work` of every item, in order, in so many processes: whichever is done with an item takes the next.

    For items that take long, of which nobody knows how long. `told` is told how many are done in all. For the rest it
    holds what holds of `in_processes`.
    """
    from mmap import mmap

    size = -(-len(items) // MOST_TURNS)
    turns = [items[at : at + size] for at in range(0, len(items), size)]
    reading, writing = os.pipe()
    try:
        os.write(writing, b"".join(number.to_bytes(_OF_A_TURN, "big") for number in range(len(turns))))
        os.close(writing)
        done = memoryview(mmap(-1, 8 * count)).cast("Q")  # by each process; all see it

        def take(process: int) -> list[tuple[int, list[R]]]:
            taken = []
            while len(turn := os.read(reading, _OF_A_TURN)) == _OF_A_TURN:
                number = int.from_bytes(turn, "big")
                results = []
                for item in turns[number]:
                    results.append(work(item))
                    done[process] += 1
                    told(sum(done))
                taken.append((number, results))
            return taken

        found = dict(one for taken in _called([partial(take, process) for process in range(count)]) for one in taken)
    finally:
        os.close(reading)
    return [one for number, turn in enumerate(turns) for one in found.get(number) or map(work, turn)]


def _called(calls: Sequence[Callable[[], R]]) -> list[R]:
    import pickle  # not needed by most runs

    running: list[int] = []
    try:
        children = []
        for call in calls[:-1]:
            children.append(_start(call))
            running.append(children[-1][0])
        last = calls[-1]()
        results: list[R] = []
        for (pid, pipe), call in zip(children, calls[:-1], strict=True):
            with os.fdopen(pipe, "rb") as stream:
                content = stream.read()
            _, status = os.waitpid(pid, 0)
            running.remove(pid)
            results.append(pickle.loads(content) if status == 0 and content else call())
        return [*results, last]
    finally:
        for pid in running:
            _end(pid)


def _end(pid: int) -> None:
    import signal

    with contextlib.suppress(ProcessLookupError, ChildProcessError):  # it has ended by itself
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _start(call: Callable[[], R]) -> tuple[int, int]:
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
        content = pickle.dumps(call(), protocol=pickle.HIGHEST_PROTOCOL)
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
