"""Reports turned into text, one module for each format.

A reporter is a function from a report and options to text. It writes nowhere, reads no environment and
knows neither rules nor readers. A format is imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Report, Severity
from gdprlint.values import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gdprlint.reporters.about import AboutRule

REPORTERS: dict[str, str] = {
    "full": "gdprlint.reporters.full",
    "concise": "gdprlint.reporters.concise",
    "json": "gdprlint.reporters.json",
    "sarif": "gdprlint.reporters.sarif",
    "github": "gdprlint.reporters.github",
    "gitlab": "gdprlint.reporters.gitlab",
    "junit": "gdprlint.reporters.junit",
    "markdown": "gdprlint.reporters.markdown",
    "statistics": "gdprlint.reporters.statistics",
    "html": "gdprlint.reporters.html",
}

ASK_FOR_RULES = frozenset({"sarif", "junit"})
"""Formats that say more of rules than findings do: they look into `RenderOptions.rules`."""

ASK_FOR_BACKGROUND = frozenset({"html"})
"""Formats that tell what stands behind a report, which the engine gathers only where it is asked to."""


@frozen
class RenderOptions:
    """How a report is shown. `width` is that of the terminal in cells; None means that it is no terminal.

    Paths of a report start in a folder. Formats for a platform count them from the project around it instead: `root` is
    the project, written from the root of the file system, and `folder` leads from it to where paths start. `fail_on` is
    the least severity that fails the run. `rules` are those of the library, by code.

    Without `closing` people see the findings and nothing else; reports for programs are whole all the same.
    """

    color: bool = False
    width: int | None = None
    show_source: bool = True
    links: bool = False
    show_suppressed: bool = False
    root: str = ""
    folder: str = ""
    fail_on: Severity = Severity.ERROR
    rules: Mapping[str, AboutRule] = field(factory=dict, repr=False)
    closing: bool = True


def render(report: Report, format: str, options: RenderOptions) -> str:
    """The report as text in one of the formats of `REPORTERS`, with a line feed at its end."""
    reporter: Callable[[Report, RenderOptions], str] = import_module(REPORTERS[format]).render
    return reporter(report, options)
