"""Runs the command on inputs made to break it, and tells each that ends in a traceback or takes too long.

    python benchmarks/fuzz.py [COUNT] [--from NUMBER] [--seed SEED] [--only KIND] [--jobs N]

Run from the project's root, with gdprlint installed. Each input is a record, a rule file, a notice, a configuration, a
baseline or an exception from this repository with some of its bytes changed, cut, doubled or mixed with another's. The
whole command judges it, in the formats that platforms read, and half of the records are set in form besides. COUNT
inputs are shared by as many processes as there are processors, or N, each with a limit of memory and of time for an
input, and a new one after some hundred. The same SEED gives the same inputs, of which those from NUMBER on are tried,
so that a long run can be made in parts; what fails is written to `fuzz-failures/`. The exit code is 1 where anything
did.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import gc
import io
import mmap
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from gdprlint.writers.reading import opened
from gdprlint.writers.rows import table
from gdprlint.writers.sheet import csv_text

SECONDS = 20  # of a processor; more than that is taken for a hang
STUCK = 600  # by the clock, however busy the machine is
MEMORY = 2_000_000_000  # bytes of a process; more than that is a failure of its input
A_WHILE = 500  # inputs that a process tries before another takes its place
LARGEST = 1_500  # bytes of an input, mostly
FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "statistics", "markdown")
RECORDS = "examples/*/*.gdpr"
ENDINGS = (".md", ".html", ".txt", ".html.erb", ".cshtml", ".njk", ".php", ".haml", ".tsx", ".yml")
SPICE = (
    "{", "}", '"', "'", "\\", "\0", "\r\n", "\ufeff", "\u2028", "\u202e", "\x1b[2J", "::error::", "]]>", "<!--", "-->",
    "<%", "%>", "{{", "}}", "{%", "@*", "[[", "]]", "=", ",", "#", "# allow UK901: x, until 2099-01-01",
    "use \"../../x\"", "9" * 400,
    "1e999", "-1", "0000-00-00", "2026-02-30", "for 9999999999 years", "never", "blank", "possibly", "none",
    "\u00e9\u0301", "\U0001f9ff", "\ud7ff", "\u00a0", "\t", " " * 300, "(" * 200, "{" * 200, "a " * 200, "../" * 30,
)  # fmt: skip


def seeds(*patterns: str) -> list[bytes]:
    """The files of this repository that fit, in order of their paths."""
    return [path.read_bytes() for pattern in patterns for path in sorted(Path.cwd().glob(pattern)) if path.is_file()]


@cache
def corpus(kind: str) -> list[bytes]:
    match kind:
        case "record":
            return seeds(RECORDS, "tests/worst/*/*.gdpr")
        case "rules":
            return seeds("rules/core/**/*.gdpr", "plugins/*/src/**/*.gdpr")
        case "notice":
            return seeds("benchmarks/accuracy/invented/*/*.*", "examples/*/notice.*")
        case "sheet":
            return [csv_text(table(opened(str(path))[0])).encode() for path in sorted(Path.cwd().glob(RECORDS))]
        case "configuration":
            return [
                b'select = ["uk-gdpr", "art 13"]\nignore = ["UK1316"]\nfail-on = "warning"\nas-of = 2026-11-22\n'
                b'notices = ["notices/**/*.md"]\n[severity]\nUK901 = "info"\n[per-path."old/"]\nignore = ["storage"]\n'
                b'reason = "kept"\nuntil = 2027-01-31\n[[allow]]\npath = "a.gdpr"\nrule = "UK901"\nreason = "agreed"\n',
                b'[tool.gdprlint]\npacks = ["uk-gdpr"]\nlocal-packs = ["own"]\nstrictness = "careful"\n',
            ]
        case _:
            return [
                b'{"version": 1, "entries": [\n{"fingerprint": "d3081e7ad02ce991", "register": ".", "code": "UK901", '
                b'"path": "a.gdpr", "message": "x"}\n]}\n'
            ]


def changed(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The input with a few things done to it."""
    if len(content) > LARGEST and chance.random() < 0.97:
        start = chance.randrange(len(content) - LARGEST) if chance.random() < 0.5 else 0
        content = content[start : start + LARGEST]
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        at, size = chance.randrange(len(found) + 1), chance.choice((1, 2, 5, 20, 200))
        match chance.randrange(7):
            case 0:
                del found[at : at + size]
            case 1:
                found[at:at] = found[at : at + size] * chance.choice((1, 2, 50))
            case 2:
                found[at:at] = chance.choice(SPICE).encode("utf-8", "surrogatepass")
            case 3:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                found[at:at] = other[start : start + size * 5]
            case 5:
                words = bytes(found).split(b" ")
                chance.shuffle(words)
                if chance.random() < 0.2:
                    found = bytearray(b" ".join(words))
            case _:
                found[at:at] = chance.choice(SPICE).encode("utf-8", "surrogatepass") * chance.choice((1, 3, 30))
    return bytes(found[: 10 * LARGEST])


def laid_out(kind: str, content: bytes, chance: random.Random) -> list[list[str]]:
    """Write the input into the working folder; the command lines that read it."""
    whole = chance.choice(corpus("record")[:6])
    form = ["--format", chance.choice(FORMATS), "--as-of", "2026-11-22", "--no-cache"]
    if kind == "record":
        Path("a.gdpr").write_bytes(content)
        return [["check", *form, "."], *([["fmt", "--diff", "a.gdpr"]] if chance.random() < 0.5 else [])]
    if kind == "rules":
        Path("own").mkdir()
        Path("own", "rule.gdpr").write_bytes(content)
        Path("a.gdpr").write_bytes(whole[:LARGEST])
        return [["check", *form, "--pack", "own", "a.gdpr"]]
    if kind == "notice":
        name = "page" + chance.choice(
            (".md", ".html", ".txt", ".html.erb", ".cshtml", ".njk", ".php", ".haml", ".tsx", ".yml")
        )
        Path(name).write_bytes(content)
        return [["check", *form, name]]
    if kind == "sheet":
        Path("a.csv").write_bytes(content)
        return [["check", *form, "a.csv"], *([["read", "a.csv"]] if chance.random() < 0.3 else [])]
    Path("a.gdpr").write_bytes(whole[:LARGEST])
    Path("pyproject.toml" if b"[tool" in content else "gdprlint.toml").write_bytes(
        content if kind == "configuration" else b""
    )
    if kind == "baseline":
        Path("gdprlint-baseline.json").write_bytes(content)
    return [["check", *form, "."]]


# In a hundred; an input of rules takes as long as twenty records, since all packs are read and checked anew with it.
KINDS = {"record": 50, "rules": 1, "notice": 23, "configuration": 12, "baseline": 8, "sheet": 6}


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    """End with an error what takes more seconds of a processor."""

    def late(*_: object) -> None:
        raise TimeoutError(f"it took more than {seconds} seconds of a processor")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(kind: str, content: bytes, chance: random.Random, run: Callable[[list[str]], int]) -> str:
    """What went wrong with an input; nothing where it was answered as it should be."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path(".git").mkdir()
        try:
            for arguments in laid_out(kind, content, chance):
                out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
                with within(SECONDS), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                    code = run(arguments)
                err.flush()
                told = err.buffer.getvalue().decode("utf-8", "replace")
                if "Traceback" in told or code not in (0, 1, 2):
                    return f"{' '.join(arguments)}: exit {code}\n{told[-3_000:]}"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return f"{type(error).__name__}: {error}\n{traceback.format_exc()[-3_000:]}"
        finally:
            os.chdir(here)
    return ""


def share_rules() -> None:
    """Have the rules of installed packs read once: they are the same for every input, and reading them takes longest.

    Rules of its own an input still has with all others read, checked and put together anew.
    """
    from gdprlint import compiled
    from gdprlint.rules import packs

    fresh, read = packs.load, lru_cache(maxsize=64)(compiled._data)
    library = fresh()
    packs_any: Any = packs
    packs_any.load = lambda local=(): fresh(local) if tuple(local) else library
    compiled_any: Any = compiled
    compiled_any._data = lambda content: dict(found) if (found := read(content)) is not None else None
    for name in ("engine", "cli.configured"):
        module: Any = import_module(f"gdprlint.{name}")
        module.load_library = packs_any.load


def share(numbers: range, seed: int, only: str | None, at: mmap.mmap) -> int:
    """Try these inputs in this process; how many failed. `at` always has the number of the one that is being tried."""
    from gdprlint.cli import run

    faulthandler.enable()
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    failed = 0
    for count, number in enumerate(numbers):
        at[:8] = number.to_bytes(8, "little")
        kind, content, chance = made(number, seed, only)
        faulthandler.dump_traceback_later(STUCK, exit=True)  # where no signal is heard, as in one long match
        wrong = tried(kind, content, chance, run)
        faulthandler.cancel_dump_traceback_later()
        if wrong:
            failed += 1
            keep(number, seed, kind, content, wrong)
        if not count % 100:
            gc.collect()
    return failed


def made(number: int, seed: int, only: str | None) -> tuple[str, bytes, random.Random]:
    """The input with this number: its kind, its content, and the chance that the rest of it goes by."""
    chance = random.Random(f"{seed} {number}")
    kind = only or chance.choices(list(KINDS), list(KINDS.values()))[0]
    return kind, changed(chance.choice(corpus(kind)), corpus(kind), chance), chance


def keep(number: int, seed: int, kind: str, content: bytes, wrong: str) -> None:
    """Tell of an input that failed, and write it down."""
    folder = Path("fuzz-failures")
    folder.mkdir(exist_ok=True)
    (folder / f"{seed}-{number}-{kind}").write_bytes(content)
    (folder / f"{seed}-{number}-{kind}.txt").write_text(wrong, "utf-8", "replace")
    print(f"input {number} ({kind}): {wrong.splitlines()[0][:150]}", flush=True)


class Worker(NamedTuple):
    """A process that tries some inputs, with the number of the one that it is at."""

    numbers: range
    at: mmap.mmap


def all_tried(numbers: range, seed: int, only: str | None, processes: int) -> int:
    """Try all inputs, each process for a while only, so that none of them grows or remembers; how many failed."""
    waiting = [numbers[start : start + A_WHILE] for start in range(0, len(numbers), A_WHILE)][::-1]
    working: dict[int, Worker] = {}
    failed = done = 0
    while waiting or working:
        while waiting and len(working) < processes:
            worker = Worker(waiting.pop(), mmap.mmap(-1, 8))
            pid = os.fork()
            if pid == 0:
                os._exit(min(200, share(worker.numbers, seed, only, worker.at)))
            working[pid] = worker
        pid, status = os.wait()
        worker = working.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        last = int.from_bytes(worker.at[:8], "little")
        if 0 <= code <= 200 and last == worker.numbers[-1]:
            failed += code
        else:  # it died; what failed before is told already
            failed += 1
            kind, content, _ = made(last, seed, only)
            keep(last, seed, kind, content, f"the process ended with {code}, or was stuck")
            if last + 1 < worker.numbers.stop:
                waiting.append(range(last + 1, worker.numbers.stop))
        done += last + 1 - worker.numbers.start
        print(f"{done} tried, {failed or 'none'} failed", file=sys.stderr, flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(KINDS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    share_rules()
    for kind in KINDS:
        corpus(kind)  # from here: each input has a folder of its own
    start = time.perf_counter()
    numbers = range(asked.first, asked.first + asked.count)
    failed = all_tried(numbers, asked.seed, asked.only, asked.jobs)
    print(f"{asked.count} inputs in {time.perf_counter() - start:.0f} s, {failed or 'none'} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
