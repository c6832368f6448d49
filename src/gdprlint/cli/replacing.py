"""Writes a file as a whole or not at all, so that neither a crash nor Ctrl-C leaves half of one behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def replace(path: str, content: bytes, follow: bool = True) -> None:
    """Put the content in the place of a file in one step, with the mode of the old one; OSError where that fails.

    A link stays one and what it leads to is replaced, unless links are not to be followed: then it is replaced itself.
    What is no file, such as /dev/stdout or a pipe, holds nothing that could be half of something, and is written to.
    """
    target = Path(os.path.realpath(path)) if follow else Path(path)
    if target.exists() and not target.is_file() and not target.is_dir():
        target.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if target.is_file() and not target.is_symlink():
            shutil.copymode(target, partial)
        else:
            partial.chmod(0o666 & ~_umask())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _umask() -> int:
    """What the system takes from the mode of new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
