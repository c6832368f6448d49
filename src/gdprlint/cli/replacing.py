"""Writes a file as a whole or not at all, so that neither a crash nor Ctrl-C leaves half of one behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def replace(path: str, content: bytes) -> None:
    """Put the content in the place of a file in one step, with the mode of the old one; OSError where that fails.

    A link stays one. What is no file, such as /dev/stdout or a pipe, is written to as it is.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if target.exists():
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
