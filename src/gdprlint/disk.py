"""Looking at files, with a memory of what was seen.

What a run finds depends on the files that it read, on those that it looked for in vain, on what folders hold and where
links lead. All of that is asked here, so that a cache can ask it again (`holds`) and take the old answer only where
nothing differs. Whatever judges goes through this module and never to the file system itself; a test watches that.

Knows neither what files mean nor who asks. No pathlib: a run that is answered from the cache does without it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import time

try:
    from _blake2 import blake2b  # what hashlib hands on, without what hashlib takes to import
except ImportError:
    from hashlib import blake2b

Answer = str | int | None
YOUNG = 1.0  # seconds within which a file could change again without its times showing it
MOST_FILES = 20_000  # of a program; a folder with more is somebody's home
_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EBADF, errno.EISDIR)


class TooLong(Exception):
    """The file is longer than what may be read of it; `size` is None where it grew meanwhile."""

    def __init__(self, size: int | None) -> None:
        super().__init__(size)
        self.size = size


class Seen:
    """What was asked of the file system, each with its answer; `sound` while asking again would tell any change.

    `texts` are the files whose text is shown under a path, and that text.
    """

    def __init__(self) -> None:
        self.facts: dict[tuple[object, ...], Answer] = {}
        self.texts: dict[str, tuple[str, str]] = {}
        self.sound = True

    def note(self, question: tuple[object, ...], answer: Answer) -> None:
        if self.facts.setdefault(question, answer) != answer:
            self.sound = False  # it changed while we looked


_seen: Seen | None = None


@contextmanager
def watched() -> Iterator[Seen]:
    """Note all that is asked from here on."""
    global _seen
    before, _seen = _seen, Seen()
    try:
        yield _seen
    finally:
        _seen = before


@contextmanager
def apart() -> Iterator[Seen | None]:
    """What is asked meanwhile, to be noted by whoever has it told (`also`): another process may be the one that asks.

    None where nobody wants anything noted.
    """
    if _seen is None:
        yield None
        return
    with watched() as seen:
        yield seen


def also(seen: Seen) -> None:
    """Note what was asked apart."""
    if _seen is not None:
        for question, answer in seen.facts.items():
            _seen.note(question, answer)
        _seen.texts.update(seen.texts)
        _seen.sound = _seen.sound and seen.sound


def unsure() -> None:
    """What was found depends on something that cannot be asked again."""
    if _seen is not None:
        _seen.sound = False


def shows(shown: str, path: str | os.PathLike[str], text: str) -> None:
    """The text of the file at `path`, as `text.text_of` makes it, is called `shown`."""
    if _seen is not None:
        _seen.texts[shown] = os.fspath(path), text


def digest(content: bytes) -> str:
    return blake2b(content, digest_size=20).hexdigest()


# Asking


def read(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """The content of a file; OSError where it cannot be read, TooLong where it has more than `most` bytes."""
    name = os.fspath(path)
    try:
        content = _content(name, most)
    except TooLong as error:
        _note(("content", name, most), error.size)
        if error.size is None:
            unsure()
        raise
    except OSError as error:
        _note(("content", name, most), _failed(error))
        raise
    if _seen is not None:
        _seen.note(("content", name, most), digest(content))
    return content


def beginning(path: str | os.PathLike[str], length: int) -> bytes:
    """The first bytes of a file, at most so many; OSError where it cannot be read."""
    name = os.fspath(path)
    try:
        content = _beginning(name, length)
    except OSError as error:
        _note(("beginning", name, length), _failed(error))
        raise
    if _seen is not None:
        _seen.note(("beginning", name, length), digest(content))
    return content


def is_link(path: str | os.PathLike[str]) -> bool:
    """Whether a link stands at a path."""
    name = os.fspath(path)
    found = os.path.islink(name)
    _note(("link", name), found)
    return found


def kind(path: str | os.PathLike[str]) -> str:
    """What stands at a path, links followed: file, folder, other; empty where nothing does."""
    name = os.fspath(path)
    found = _kind(name)
    _note(("kind", name), found)
    return found


def is_file(path: str | os.PathLike[str]) -> bool:
    return kind(path) == "file"


def size(path: str | os.PathLike[str]) -> int:
    """How many bytes a file has; OSError where that cannot be told."""
    name = os.fspath(path)
    try:
        found = _size(name)
    except OSError as error:
        _note(("size", name), _failed(error))
        raise
    _note(("size", name), found)
    return found


def real(path: str | os.PathLike[str], strict: bool = False) -> str:
    """The path without links in it; where it is `strict`, OSError for what does not exist."""
    name = os.fspath(path)
    try:
        found = os.path.realpath(name, strict=strict)
    except OSError as error:
        _note(("real", name, strict), _failed(error))
        raise
    _note(("real", name, strict), f"/{found}")
    return found


def below(
    folder: str | os.PathLike[str],
    endings: tuple[str, ...] = ("",),
    skipped: tuple[str, ...] = (),
    hidden: tuple[str, ...] = (".",),
    most: int | None = None,
) -> list[str]:
    """The files in a folder and below whose names end like this, in order of folders and names, at most so many.

    Folders that are `skipped`, or whose names begin like `hidden`, are passed over.
    """
    name = os.fspath(folder)
    found = _below(name, endings, skipped, hidden, most)
    if _seen is not None:
        _seen.note(("below", name, endings, skipped, hidden, most), _listed(found))
    return found


def program(path: str | os.PathLike[str]) -> None:
    """Note which files of program text stand at a path and below, and when they were written; they are not read."""
    if _seen is None:
        return
    name = os.fspath(path)
    count, newest, found = _program(name)
    if count > MOST_FILES or newest > time() - YOUNG:
        unsure()
    _note(("program", name), found)


def installed(folder: str) -> None:
    """Note which distributions stand in a folder of the import path."""
    if _seen is not None:
        _note(("installed", folder), _installed(folder))


# Asking again


def holds(facts: list[list[object]], contents: dict[str, bytes]) -> bool:
    """Whether each question, with its old answer last, has the same answer now; puts what was read in `contents`."""
    for name, *arguments, old in facts:
        if name == "content":
            path, most = arguments
            try:
                content = _content(path, most)  # type: ignore[arg-type]
            except TooLong as error:
                new: Answer = error.size
            except OSError as error:
                new = _failed(error)
            else:
                contents[path] = content  # type: ignore[index]
                new = digest(content)
        else:
            try:
                new = _AGAIN[name](*arguments)  # type: ignore[index]
            except OSError as error:
                new = _failed(error)
        if new != old:
            return False
    return True


def _note(question: tuple[object, ...], answer: Answer) -> None:
    if _seen is not None:
        _seen.note(question, answer)


def _failed(error: OSError) -> str:
    """Why something cannot be read. Only what is not there stays so for sure."""
    if error.errno not in _ABSENT:
        unsure()
    return f"!{error.errno}"


def _content(path: str, most: int | None) -> bytes:
    with open(path, "rb") as stream:
        if most is None:
            return stream.read()
        size = os.fstat(stream.fileno()).st_size
        if size > most:
            raise TooLong(size)
        content = stream.read(most + 1)
    if len(content) > most:
        raise TooLong(None)
    return content


def _beginning(path: str, length: int) -> bytes:
    with open(path, "rb") as stream:
        return stream.read(length)


def _kind(path: str) -> str:
    try:
        mode = os.stat(path).st_mode & 0o170000
    except ValueError:  # no path at all
        return ""
    except OSError as error:
        if error.errno in _ABSENT:
            return ""
        unsure()
        raise
    return {0o100000: "file", 0o040000: "folder"}.get(mode, "other")


def _size(path: str) -> int:
    return os.stat(path).st_size


def _below(
    folder: str, endings: tuple[str, ...], skipped: tuple[str, ...], hidden: tuple[str, ...], most: int | None
) -> list[str]:
    found: list[str] = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(hidden) and name not in skipped)
        for name in sorted(names):
            if name.lower().endswith(endings):
                if most is not None and len(found) >= most:
                    return found
                found.append(os.path.join(here, name))
    return found


def _listed(found: list[str]) -> str:
    return digest("\0".join(found).encode("utf-8", "surrogateescape"))


def _program(path: str) -> tuple[int, float, str]:
    """How many files there are, when the newest was written, and a digest of their names, sizes and times."""
    lines: list[str] = []
    newest = 0.0
    pending = [path]
    while pending and len(lines) <= MOST_FILES:
        here = pending.pop()
        try:
            entries = list(os.scandir(here))
        except NotADirectoryError:
            status = os.stat(here)
            newest = max(newest, status.st_mtime, status.st_ctime)
            lines.append(_stamp(here, status))
            continue
        except OSError:
            lines.append(f"!{here}")
            continue
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
                continue
            try:
                status = entry.stat()
            except OSError:
                lines.append(f"!{entry.path}")
                continue
            newest = max(newest, status.st_mtime, status.st_ctime)
            lines.append(_stamp(entry.path, status))
    lines.sort()
    return len(lines), newest, digest("\n".join(lines).encode("utf-8", "surrogateescape"))


def _stamp(path: str, status: os.stat_result) -> str:
    return f"{path}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _installed(folder: str) -> str:
    lines: list[str] = []
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info", ".pth")))
    except OSError:
        return ""
    for name in names:
        try:
            status = os.stat(os.path.join(folder, name, "entry_points.txt"))
        except OSError:
            lines.append(name)
        else:
            lines.append(_stamp(name, status))
    return digest("\n".join(lines).encode("utf-8", "surrogateescape"))


_AGAIN: dict[str, Callable[..., Answer]] = {
    "beginning": lambda path, length: digest(_beginning(path, length)),
    "link": os.path.islink,
    "kind": _kind,
    "size": _size,
    "real": lambda path, strict: f"/{os.path.realpath(path, strict=strict)}",
    "below": lambda folder, endings, skipped, hidden, most: _listed(
        _below(folder, tuple(endings), tuple(skipped), tuple(hidden), most)
    ),
    "program": lambda folder: _program(folder)[2],
    "installed": _installed,
}
