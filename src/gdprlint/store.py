"""The user's cache folder: where it is, whether it can be believed, whole files in and out of it, and never too much.

What is read was written by this user alone and is what was written, byte for byte, or is not handed on. Nothing here
raises for what a disk does: what cannot be kept is made again. Knows nothing of what is kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from time import time

from gdprlint.disk import digest

MOST = 64_000_000  # bytes in all; the oldest go
MOST_OF_ONE = 32_000_000
OURS = ("result-", "pack-", "cues-", "rules-", "rules.json", "parser.json")  # how the names of our files begin
LEFT_OVER = 600  # seconds after which a half-written file is that of a run that died
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def folder() -> str | None:
    """The user's cache folder for gdprlint, or None where the user has switched it off."""
    given = os.environ.get("GDPRLINT_CACHE_DIR")
    if given is not None:
        return os.path.abspath(given) if given else None
    if os.name == "posix" and sys.platform != "darwin":  # what platformdirs says there; a test holds this to it
        base = os.environ.get("XDG_CACHE_HOME", "")
        found = os.path.join(base if base.strip() else os.path.expanduser("~/.cache"), "gdprlint-uk")
        return found if os.path.isabs(found) else None  # nobody's home; never the folder that is judged
    from platformdirs import user_cache_dir

    return user_cache_dir("gdprlint-uk", appauthor=False)


def fault() -> str:
    """Why the cache is not used; empty where it is, or will be once there is something to keep."""
    where = folder()
    return fault_of(where) if where is not None else "it is switched off, since GDPRLINT_CACHE_DIR is empty"


def fault_of(where: str) -> str:
    """Why a folder cannot be the cache; empty where it can, or can be made."""
    try:
        status = os.stat(where)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"it cannot be looked at: {error.strerror or error}"
    if status.st_mode & 0o170000 != 0o040000:
        return "it is no folder"
    if not _own(status):
        return "others can write to it, and so could decide what is found: let only yourself write there"
    return ""


def _own(status: os.stat_result) -> bool:
    """Whether nobody but this user could have written it."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def read(name: str) -> bytes | None:
    """What was kept under a name; None where nothing is, or it is not what was kept."""
    where = folder()
    if where is None or fault():
        return None
    try:
        handle = os.open(os.path.join(where, name), _READING)
    except OSError:
        return None
    try:
        with open(handle, "rb") as stream:
            status = os.fstat(handle)
            if status.st_mode & 0o170000 != 0o100000 or not _own(status) or status.st_size > MOST_OF_ONE:
                return None
            seal, _, content = stream.read().partition(b"\n")
    except OSError:
        return None
    if seal != _seal(name, content):
        return None
    if status.st_mtime < time() - 3600:
        used(name)
    return content


def is_whole(path: str) -> bool:
    """Whether a file holds what was once written under its name."""
    try:
        with open(path, "rb") as stream:
            seal, _, content = stream.read(MOST_OF_ONE + 1).partition(b"\n")
    except OSError:
        return False
    return seal == _seal(os.path.basename(path), content)


def _seal(name: str, content: bytes) -> bytes:
    return digest(name.encode() + b"\n" + content).encode()


def used(name: str) -> None:
    """Note that a file was of use: it goes later than others."""
    try:
        os.utime(os.path.join(folder() or "", name))
    except OSError:
        return


def write(name: str, content: bytes) -> bool:
    """Keep this under a name, for this user alone; whoever reads meanwhile has the old or the new one."""
    where = folder()
    if where is None or len(content) > MOST_OF_ONE or fault():
        return False
    partial = os.path.join(where, f".{name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        os.makedirs(where, 0o700, exist_ok=True)
        handle = os.open(partial, _WRITING, 0o600)
    except OSError:
        return False
    try:
        with open(handle, "wb") as stream:
            stream.write(_seal(name, content) + b"\n" + content)
        os.replace(partial, os.path.join(where, name))
    except OSError:  # the disk is full
        _remove(partial)
        return False
    except BaseException:
        _remove(partial)
        raise
    _bound(where, name)
    return True


def entries() -> Iterator[tuple[str, int, float]]:
    """Our files in the cache folder: name, size, and when each was last of use. Half-written ones begin with a dot."""
    where = folder()
    if where is None:
        return
    try:
        with os.scandir(where) as found:
            for entry in found:
                if _is_ours(entry.name) and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    yield entry.name, status.st_size, status.st_mtime
    except OSError:
        return


def _is_ours(name: str) -> bool:
    return name.removeprefix(".").startswith(OURS) and (name.endswith(".json") or name.startswith("."))


def _bound(where: str, newest: str) -> None:
    """Let the oldest go where there is too much, and what runs that died left half-written."""
    now = time()
    whole: list[tuple[float, int, str]] = []
    for name, size, last in entries():
        if not name.startswith("."):
            whole.append((last, size, name))
        elif last < now - LEFT_OVER:
            _remove(os.path.join(where, name))
    room = MOST - sum(size for _, size, _ in whole)
    for _, size, name in sorted(whole):
        if room >= 0:
            break
        if name != newest:
            _remove(os.path.join(where, name))
            room += size


def clear() -> tuple[int, int]:
    """Take away all that is kept; how many files that were, and how many bytes. Files of others stay."""
    count = size = 0
    where = folder() or ""
    for name, bytes_of_it, _ in list(entries()):
        if _remove(os.path.join(where, name)):
            count, size = count + 1, size + bytes_of_it
    return count, size


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
