"""Puts new content in the place of a file in one step, so that neither a crash nor Ctrl-C leaves half of one behind.

The new content is written beside the file and takes its name when it is whole. `put_in_place` writes what somebody
named, `replace` what belongs to a project: a file of it that is read-only, or a link that leads out of it, is left as
it is, and so is one whose content is no longer what it was. Knows nothing of what is written.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path


class NotReplaced(Exception):
    """The file was left as it is; the message says why, in half a line."""


def put_in_place(path: str, content: bytes, follow: bool = True) -> None:
    """Put the content in the place of a file, with the mode of the old one; OSError where that fails.

    A link stays one and what it leads to is replaced, unless links are not to be followed: then it is replaced itself.
    What is no file, such as /dev/stdout or a pipe, holds nothing that could be half of something, and is written to.
    """
    target = Path(os.path.realpath(path)) if follow else Path(path)
    if target.exists() and not target.is_file() and not target.is_dir():
        target.write_bytes(content)
    else:
        _in_one_step(target, content)


def replace(path: Path, content: bytes, project: Path, before: bytes | None = None) -> None:
    """Let the file have this content. `before` is what it must still hold; None where there must be no such file."""
    target = within(path, project)

    def still_the_same() -> None:
        if (target.read_bytes() if target.exists() else None) != before:
            raise NotReplaced("it was changed meanwhile")

    try:
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            raise NotReplaced("it is no file")
        if mode is not None and not mode & stat.S_IWUSR:
            raise NotReplaced("it is read-only")
        _in_one_step(target, content, still_the_same)
    except OSError as error:
        raise NotReplaced(error.strerror or str(error)) from None


def within(path: Path, project: Path) -> Path:
    """The file that the path leads to, which lies in the project: a link stays a link."""
    try:
        target = path.resolve()
    except (OSError, RuntimeError):
        raise NotReplaced("it is a link that leads nowhere") from None
    if not target.is_relative_to(project.resolve()):
        raise NotReplaced("it is a link that leads out of the project")
    return target


def _in_one_step(target: Path, content: bytes, check: Callable[[], None] = lambda: None) -> None:
    """Write beside the target, look with `check` whether it may be replaced, and replace it."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.is_file() and not target.is_symlink():
            shutil.copymode(target, partial)
        else:
            partial.chmod(0o666 & ~_umask())
        check()
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _umask() -> int:
    """What the system takes from the mode of new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
