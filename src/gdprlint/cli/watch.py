"""`gdprlint check --watch`: judges again whenever something that was read is saved.

Each judgement is made in a process of its own, so that nothing of the last one can be left in it; the process that
waits has imported everything already, which is most of the time that a small register takes. Folders are watched and
not files, since editors write a new file and put it in the place of the old one.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

# Its own `watch` makes a watcher when it first waits, by when a save may have been missed.
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from gdprlint.cli import Refused, guarded
from gdprlint.cli.output import complain
from gdprlint.cli.plain import Asked
from gdprlint.parallel import interrupted_again, uninterrupted
from gdprlint.registers import MARKS, NO_PAGES, SKIPPED, SUFFIX, marked_root, project_of
from gdprlint.reporters import REPORTERS

MOST_WAIT, STEP = 300, 40  # milliseconds: how long saves are gathered, and how long without another one
_CLEARED = "\x1b[2J\x1b[H"


class _Outcome(NamedTuple):
    """How a judgement ended, and the files that were opened for it."""

    code: int
    refused: bool
    read: frozenset[Path]


def watch(asked: Asked) -> int:
    """Judge, wait for a save, and judge again, until Ctrl-C; the exit code."""
    if asked.stdin_filename is not None or "-" in asked.paths:
        raise Refused("--watch waits for files to be saved, and stdin is none")
    try:
        return _watch(asked)
    except KeyboardInterrupt:
        return 130


def _watch(asked: Asked) -> int:
    _import_ahead(asked)
    watched = _Watched(asked)
    first = True
    while True:
        if _clears():
            print(_CLEARED, end="", flush=True)
        outcome = _judged(asked)
        if first and outcome.refused:
            return outcome.code
        first = False
        watched.know(outcome.read)
        complain(f"waiting for a save in {watched.count()}; Ctrl-C ends")
        watched.wait()


def _import_ahead(asked: Asked) -> None:
    """What each judgement needs, so that a child that is forked has it."""
    needed = ("attrs", "gdprlint.cli.stages", "gdprlint.engine", "gdprlint.language.parser", "gdprlint.plugins")
    for name in (*needed, "gdprlint.rules.closures", REPORTERS.get(asked.form, "gdprlint.cli.forms")):
        import_module(name)


def _clears() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


class _Watched:
    """The folders in which a save matters, and what was last seen of the files in them."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.read: set[Path] = set()
        self.stamps: dict[Path, bytes] = {}
        self.folders: set[Path] = set()
        self.notify: RustNotify | None = None
        self.pending: set[Path] = set()
        self.since = time.time()
        self._look()

    def know(self, read: Iterable[Path]) -> None:
        """Take in what the last judgement has read."""
        self.read.update(read)

    def count(self) -> str:
        return "1 folder" if len(self.folders) == 1 else f"{len(self.folders)} folders"

    def wait(self) -> None:
        """Wait until something has changed that may change a judgement."""
        self._look()
        while not self._matters(self.pending):
            self.pending = self._saved(0)
        self.pending = set()
        self.since = time.time()

    def _saved(self, timeout: int) -> set[Path]:
        """What was saved, waited for so many milliseconds, or for ever (0)."""
        found = self.notify.watch(MOST_WAIT, STEP, timeout, None) if self.notify else set()
        if found == "signal":
            raise KeyboardInterrupt
        return set() if isinstance(found, str) else {Path(path) for _, path in found}

    def _matters(self, paths: set[Path]) -> bool:
        """Whether a file among these says something else than before, or a folder came or went."""
        moved = {path for path in paths if path in self.folders or (path.is_dir() and not _passed_over(path.name))}
        if moved:
            self.folders = set()  # what is watched below a folder that was replaced is gone with it
            self._look()
        changed = [path for path in paths - moved if self._may_be_read(path) and self._changed(path)]
        return bool(moved or changed)

    def _may_be_read(self, path: Path) -> bool:
        from gdprlint.notices.reading import suffixes
        from gdprlint.readers import theirs

        name = path.name.lower()
        if path in self.read:
            return True
        if name.startswith("."):
            return False
        endings = (SUFFIX, *theirs.of_plugins().readers, *(ending for ending in suffixes() if ending not in NO_PAGES))
        return name.endswith(endings) or name in MARKS

    def _changed(self, path: Path) -> bool:
        """Whether the file holds something else than when it was last looked at."""
        try:
            stamp = sha256(path.read_bytes()).digest() if path.stat().st_size <= self.asked.max_bytes else b"large"
        except OSError:
            stamp = b"gone"
        before = self.stamps.get(path)
        self.stamps[path] = stamp
        return before != stamp

    def _look(self) -> None:
        """Watch the folders as they are now, and miss nothing that was saved meanwhile."""
        for _ in range(3):
            wanted = {folder for folder in folders_of(self.asked, self.read) if folder.is_dir()}
            if wanted == self.folders:
                return
            try:
                notify = RustNotify(sorted(map(str, wanted)), False, False, 300, False, True)
            except FileNotFoundError:  # gone since it was looked for
                continue
            except (OSError, WatchfilesRustInternalError) as error:
                raise Refused(f"{len(wanted)} folders cannot be watched: {error}") from error
            self.pending |= self._saved(1)
            self.pending |= {path for path in self.read if path.parent not in self.folders and self._is_new(path)}
            self.notify, self.folders = notify, wanted
            return
        raise Refused("the folders to watch come and go")

    def _is_new(self, path: Path) -> bool:
        """Whether a file was saved since the last judgement began."""
        try:
            return path.stat().st_mtime >= self.since
        except OSError:
            return True


def folders_of(asked: Asked, read: Iterable[Path]) -> Iterator[Path]:
    """The folders in which something may be saved that changes the judgement."""
    for given in asked.paths or (".",):
        path = Path(given).resolve()
        inner = path if path.is_dir() else path.parent
        root = marked_root(inner)
        if root is not None or path.is_dir():
            yield from _below(root or path)
        yield inner
        project = project_of(inner)
        yield from (folder for folder in inner.parents if folder.is_relative_to(project))
    for given in asked.local_packs:
        pack = Path(given).resolve()
        yield from _below(pack) if pack.is_dir() else [pack.parent]
    yield from {path.parent for path in read}


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, _ in os.walk(folder):
        folders[:] = [name for name in folders if not _passed_over(name)]
        yield Path(here)


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED


# ---- one judgement, in a process of its own


def _judged(asked: Asked) -> _Outcome:
    # Elsewhere a process with threads, such as that which watches, had better not fork.
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    answers, telling = context.Pipe(duplex=False)
    child = context.Process(target=_judge, args=(asked._replace(watch=False, no_cache=True), telling))
    try:
        with uninterrupted():  # a child that is being made could not end without a trace
            child.start()
        telling.close()
        outcome = None
        with suppress(EOFError):  # it broke
            outcome = answers.recv()
        child.join()
        answers.close()
    except KeyboardInterrupt:
        _end(child.pid)
        child.join(2)
        child.kill()
        raise
    return outcome if isinstance(outcome, _Outcome) else _Outcome(child.exitcode or 0, False, frozenset())


def _end(pid: int | None) -> None:
    """Have the child end as if it had been told at the terminal, so that it leaves nothing half-written."""
    if pid is not None:
        with suppress(OSError):
            os.kill(pid, signal.SIGINT)


def _judge(asked: Asked, telling: Connection) -> None:
    """In the child: judge, and tell what was read for it."""
    from gdprlint.cli.stages import check

    read: set[Path] = set()
    refused = False

    def judged() -> int:
        nonlocal refused
        try:
            return check(asked)
        except Refused:
            refused = True
            raise

    try:
        interrupted_again()
        _note_what_is_opened(read, {project_of(Path(path).resolve()) for path in asked.paths or (".",)})
        code = guarded(judged)
        telling.send(_Outcome(code, refused, frozenset(read)))
    except (KeyboardInterrupt, BrokenPipeError):
        code = 130
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _note_what_is_opened(read: set[Path], projects: Iterable[Path]) -> None:
    """Note the files of the user that are opened for reading: whatever a judgement depends on."""

    def opened(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str) and _reads(arguments[1]):
            path = Path(os.path.realpath(arguments[0]))
            if any(path.is_relative_to(project) and _is_plain(path.relative_to(project)) for project in projects):
                read.add(path)

    sys.addaudithook(opened)


def _is_plain(path: Path) -> bool:
    return not any(_passed_over(part) for part in path.parts)


def _reads(mode: object) -> bool:
    return isinstance(mode, str) and not set(mode) & set("wax+")
