"""Work in two processes where that pays: by fork, so that nothing is sent but the results."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

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


def by_turns(work: Callable[[T], R], items: Sequence[T], count: int, told: Callable[[int], None]) -> list[R]:
    """`work` of every item, in order, in so many processes: whichever is done with an item takes the next.

    For items that take long, of which nobody knows how long. `told` is told how many are done in all. For the rest it
    holds what holds of `called`.
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

        found = dict(one for taken in called([partial(take, process) for process in range(count)]) for one in taken)
    finally:
        os.close(reading)
    return [one for number, turn in enumerate(turns) for one in found.get(number) or map(work, turn)]


def called(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each of these gives, in order: the last is called here, each other one in a process of its own.

    What the others return comes back through a pipe from our own child, never from a file. A child that dies is made
    up for here. Where the work is broken off, by Ctrl-C or by a fault, no child outlives it.
    """
    import pickle  # not needed by most runs

    running: list[int] = []
    try:
        try:
            children = []
            for call in calls[:-1]:
                with uninterrupted():  # else a child could be made of which nobody knows
                    children.append(_start(call))
                    running.append(children[-1][0])
            last = calls[-1]()
            results: list[Any] = []
            for (pid, pipe), call in zip(children, calls[:-1], strict=True):
                with os.fdopen(pipe, "rb") as stream:
                    content = stream.read()
                with uninterrupted():
                    _, status = os.waitpid(pid, 0)
                    running.remove(pid)
                results.append(pickle.loads(content) if status == 0 and content else call())
            return [*results, last]
        finally:
            _end_all(running)
    finally:
        _end_all(running)  # Ctrl-C may come once more on the way there


def _end_all(running: list[int]) -> None:
    with uninterrupted():
        while running:
            _end(running[-1])
            running.pop()


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until this is over."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def interrupted_again() -> None:
    """Let Ctrl-C come through in a process that was made while it was to wait."""
    import signal

    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


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
        interrupted_again()
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
