"""Paths as platforms know them: from the project, and as addresses.

The report has paths from the folder in which it was made. A platform knows the project only, and what it is given
it reads as its own; so nothing here invents a path, and what is outside of the project keeps its whole one.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from gdprlint.reporters import RenderOptions


def in_project(path: str, options: RenderOptions) -> str:
    """The path from the project, with `/`; the whole path of a file that is not in it."""
    if not is_whole(path):
        return f"{options.folder}/{path}" if options.folder else path
    root = options.root.rstrip("/") + "/"
    return path.removeprefix(root) if options.root and path.startswith(root) else path


def is_whole(path: str) -> bool:
    """Whether a path starts at the root of a file system."""
    return path.startswith("/") or re.match(r"[A-Za-z]:/", path) is not None


def uri(path: str) -> str:
    """A path as a reference to a file (RFC 3986), every byte of its name that has a meaning there written as `%41`."""
    if not is_whole(path):
        return _quoted(path)
    drive = path[:2] if path[1:2] == ":" else ""
    return f"file://{'/' if drive else ''}{drive}{_quoted(path[len(drive) :])}"


def _quoted(path: str) -> str:
    try:
        name = path.encode("utf-8", "surrogateescape")  # the bytes of a name that is no UTF-8
    except UnicodeEncodeError:
        name = path.encode("utf-8", "replace")
    return quote(name, safe="/")
