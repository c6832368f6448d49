"""Puts new content in the place of a file in one step, so that nothing is ever half written.

The new content is written beside the file and takes its name when it is whole. A file that is read-only, or a link
that leads out of the project, is left as it is; so is one whose content is no longer what it was. Knows nothing of
what is written.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path


class NotReplaced(Exception):
    """The file was left as it is; the message says why, in half a line."""


def replace(path: Path, content: bytes, project: Path, before: bytes | None = None) -> None:
    """Let the file have this content. `before` is what it must still hold; None where there must be no such file."""
    target = within(path, project)
    try:
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            raise NotReplaced("it is no file")
        if mode is not None and not mode & stat.S_IWUSR:
            raise NotReplaced("it is read-only")
        _replace(target, content, before)
    except OSError as error:
        raise NotReplaced(error.strerror or str(error)) from None


def _replace(target: Path, content: bytes, before: bytes | None) -> None:
    handle, partial = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, partial)
        else:
            Path(partial).chmod(0o666 & ~_umask())
        if (target.read_bytes() if target.exists() else None) != before:
            raise NotReplaced("it was changed meanwhile")
        Path(partial).replace(target)
    except BaseException:  # Ctrl-C among them
        Path(partial).unlink(missing_ok=True)
        raise


def within(path: Path, project: Path) -> Path:
    """The file that the path leads to, which lies in the project: a link stays a link."""
    try:
        target = path.resolve()
    except (OSError, RuntimeError):
        raise NotReplaced("it is a link that leads nowhere") from None
    if not target.is_relative_to(project.resolve()):
        raise NotReplaced("it is a link that leads out of the project")
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
