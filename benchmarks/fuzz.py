"""Runs the command on inputs made to break it, and tells each that ends in a traceback or takes too long.

    python benchmarks/fuzz.py [COUNT] [--seed SEED] [--only KIND]

Run from the project's root, with gdprlint installed. Each input is a record, a rule file, a notice, a configuration, a
baseline or an exception from this repository with some of its bytes changed, cut, doubled or mixed with another's. The
whole command judges it, in the formats that platforms read, and half of the records are set in form besides. COUNT
inputs are shared by as many processes as there are processors. The same COUNT and SEED give the same inputs; what fails
is written to `fuzz-failures/`. The exit code is 1 where anything did.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

SECONDS = 20  # more than that is taken for a hang
LARGEST = 3_000  # bytes of an input, mostly
FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "statistics", "markdown")
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
            return seeds("examples/*/*.gdpr", "tests/worst/*/*.gdpr")
        case "rules":
            return seeds("rules/core/**/*.gdpr", "plugins/*/src/**/*.gdpr")
        case "notice":
            return seeds("benchmarks/accuracy/invented/*/*.*", "examples/*/notice.*")
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
    Path("a.gdpr").write_bytes(whole[:LARGEST])
    Path("pyproject.toml" if b"[tool" in content else "gdprlint.toml").write_bytes(
        content if kind == "configuration" else b""
    )
    if kind == "baseline":
        Path("gdprlint-baseline.json").write_bytes(content)
    return [["check", *form, "."]]


KINDS = {"record": 50, "rules": 10, "notice": 20, "configuration": 12, "baseline": 8}  # in a hundred


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError(f"it took more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


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


def share(numbers: range, seed: int, only: str | None) -> int:
    """Try these inputs in this process; how many failed."""
    from gdprlint.cli import run

    engine: Any = import_module("gdprlint.engine")
    fresh = engine.load_library
    library = fresh()
    # It is the same for every input without rules of its own, and reading it takes longer than judging most of them.
    engine.load_library = lambda local=(): fresh(local) if local else library
    for kind in KINDS:
        corpus(kind)  # from here: each input has a folder of its own
    failed = 0
    for count, number in enumerate(numbers):
        chance = random.Random(f"{seed} {number}")
        kind = only or chance.choices(list(KINDS), list(KINDS.values()))[0]
        content = changed(chance.choice(corpus(kind)), corpus(kind), chance)
        wrong = tried(kind, content, chance, run)
        if wrong:
            failed += 1
            folder = Path("fuzz-failures")
            folder.mkdir(exist_ok=True)
            (folder / f"{seed}-{number}-{kind}").write_bytes(content)
            (folder / f"{seed}-{number}-{kind}.txt").write_text(wrong, "utf-8", "replace")
            print(f"input {number} ({kind}): {wrong.splitlines()[0][:150]}", flush=True)
        if not count % 100:
            gc.unfreeze()
            gc.collect()
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(KINDS))
    asked = parser.parse_args()
    from gdprlint.rules import packs

    assert packs.load().ear.cues  # what is compiled at first use is no matter of an input
    processes = os.cpu_count() or 1
    start = time.perf_counter()
    children = []
    for part in range(processes):
        pid = os.fork()
        if pid == 0:
            os._exit(min(255, share(range(part, asked.count, processes), asked.seed, asked.only)))
        children.append(pid)
    failed = sum(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children)
    print(f"{asked.count} inputs in {time.perf_counter() - start:.0f} s, {failed or 'none'} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
