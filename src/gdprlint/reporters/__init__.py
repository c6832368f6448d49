"""Reports turned into text, one module for each format.

A reporter is a function from a report and options to text. It writes nowhere, reads no environment and
knows neither rules nor readers. A format is imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from gdprlint.diagnostics import Report
from gdprlint.values import frozen

REPORTERS: dict[str, str] = {
    "full": "gdprlint.reporters.full",
    "concise": "gdprlint.reporters.concise",
    "json": "gdprlint.reporters.json",
}


@frozen
class RenderOptions:
    """How a report is shown. `width` is that of the terminal in cells; None means that it is no terminal."""

    color: bool = False
    width: int | None = None
    show_source: bool = True
    links: bool = False


def render(report: Report, format: str, options: RenderOptions) -> str:
    """The report as text in one of the formats of `REPORTERS`, with a line feed at its end."""
    reporter: Callable[[Report, RenderOptions], str] = import_module(REPORTERS[format]).render
    return reporter(report, options)
