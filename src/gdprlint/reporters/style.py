"""Colour and links as a second layer on the same text: take the codes away and the plain text is left.

Only text that `shown` has passed may be painted, so that the only codes a terminal meets are ours.
"""

from __future__ import annotations

from collections.abc import Callable

from gdprlint.diagnostics import Diagnostic
from gdprlint.text import visible

Paint = Callable[[str, str], str]
"""Text in the manner of a role; the roles are the keys of `CODES`."""

CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "accepted": "1;32",
    "headline": "1",
    "gutter": "34",
    "help": "32",
}

RULE_PAGE: str | None = None
"""Address of the page of a rule, with `{code}` in it. Without one, nothing is linked."""


def painter(color: bool) -> Paint:
    return _colored if color else _plain


def shown(text: str) -> str:
    """Text that a terminal may meet: tabs are four spaces, and what could steer it is written out.

    So is `##[`, with which runners of jobs begin a command anywhere in a line.
    """
    plain = text if text.isprintable() else visible(text.replace("\t", "    "))
    return plain.replace("##[", "#\\u0023[") if "##[" in plain else plain


def opening(line: str) -> str:
    """A shown line with others' words at its beginning, where `::` would begin a command for a runner of jobs."""
    at = len(line) - len(line.lstrip())
    return f"{line[:at]}\\u003a{line[at + 1 :]}" if line.startswith("::", at) else line


def cells(text: str) -> int:
    """Width of shown text in cells of a terminal: two for most of Chinese, none for a combining accent."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return wcswidth(text)


LEAST = 20
"""Cells for the words of a line, however narrow the terminal is."""


def folded(text: str, width: int | None, indent: int = 0) -> list[str]:
    """Shown text in lines that end before `width` cells where the first is indented; no word is broken.

    Without a width, one line.
    """
    room = None if width is None else max(width - indent, LEAST)
    if room is None or cells(text) <= room:
        return [text]
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cells(lines[-1]) + 1 + cells(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def link(text: str, address: str | None) -> str:
    """The text as a link of a terminal (OSC 8); without an address, the text."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def rule_page(finding: Diagnostic) -> str | None:
    """Address of the page about the rule of a finding, where there is one."""
    return RULE_PAGE.format(code=finding.code) if RULE_PAGE and is_rule(finding.code) else None


def is_rule(code: str) -> bool:
    """Codes of rules are in capitals (`UK901`); faults that no rule reports are words (`syntax`)."""
    return code.isupper()


def _plain(role: str, text: str) -> str:
    return text


def _colored(role: str, text: str) -> str:
    return f"\x1b[{CODES[role]}m{text}\x1b[0m" if text else text
