"""A document as Markdown: what the record says is text, whatever marks it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gdprlint.writers.document import Bullets, Document, Section

# What Markdown could take for a mark anywhere in a line, and what it could only at the beginning of one.
_ANYWHERE = re.compile(r"([\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,40};)|(?<!\S)#)")
_AT_START = re.compile(r"^([-+=>]|\d{1,9}(?=[.)]))")


def markdown(document: Document) -> str:
    lines = [f"# {escaped(document.title)}", ""]
    for section in document.sections:
        lines.extend(_section(section, 2))
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(section.title)}"
    yield ""
    for block in section.blocks:
        if isinstance(block, Bullets):
            yield from (f"- {escaped(item)}" for item in block.items)
        else:
            yield escaped(block.text)
        yield ""
    for inner in section.inner:
        yield from _section(inner, level + 1)


def escaped(text: str) -> str:
    """The text with every character that Markdown reads as a mark written so that it reads as itself."""
    text = _ANYWHERE.sub(r"\\\1", text)
    found = _AT_START.match(text)
    if found is not None:
        at = found.end() if found[1][0].isdigit() else 0
        text = f"{text[:at]}\\{text[at:]}"
    return text
