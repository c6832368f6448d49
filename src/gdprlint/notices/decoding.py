"""From the bytes of a page to its text, whatever program wrote them."""

from __future__ import annotations

import codecs
import re

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.text import Source, Span

MOST_LINES = 200_000
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes, path: str) -> Source | Diagnostic:
    """UTF-8, UTF-16 with its mark, else Windows-1252, in which older word processors save."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide:
        text = data.decode("utf-16", "replace")
    else:
        if b"\0" in data:
            return fault(path, "page-not-text", "the file is not text: it holds a NUL byte", "name the page itself")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    lines = text.count("\n")
    if lines > MOST_LINES:
        return fault(
            path, "file-too-large", f"the file has {lines:,} lines; at most {MOST_LINES:,} are read", "split it"
        )
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if odd > 8 and odd * 20 > len(text):
        return fault(path, "page-not-text", "the file is not text that can be read", "name the page itself")
    return Source(path, text.replace("\0", " ") if wide else text)


def fault(path: str, name: str, message: str, help: str = "", at: int = 0) -> Diagnostic:
    """Why a page could not be read."""
    return Diagnostic(
        "notice",
        name,
        Severity.ERROR,
        message,
        Span(path, at, at + 1),
        help=help,
        pack="core",
        topic="notice",
    )
