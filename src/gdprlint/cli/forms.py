"""The formats that findings can be shown in: ours, and those of installed plugins.

Plugins are asked only where a format is named that is none of ours, or where all are listed. A reporter that breaks is
told, and costs its own output and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gdprlint.reporters import REPORTERS, RenderOptions, render
from gdprlint.text import Source, visible
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.diagnostics import Problem, Report
    from gdprlint.plugins import Brought


class Theirs(NamedTuple):
    """The reporters of plugins by the names of their formats, and what broke when they were asked."""

    reporters: dict[str, Brought]
    problems: tuple[Problem, ...]


def of_plugins() -> Theirs:
    """The reporters that installed plugins bring."""
    from gdprlint.plugins import brought

    found, problems = brought("gdprlint_reporters", REPORTERS)
    return Theirs({one.value.name: one for one in found}, problems)


def names() -> list[str]:
    """All formats, ours first."""
    return [*REPORTERS, *of_plugins().reporters]


def exists(form: str) -> bool:
    return form in REPORTERS or form in of_plugins().reporters


def tell_what_is_missing() -> None:
    """Tell which plugins could not be asked, to somebody who has named what nobody brings."""
    from gdprlint.cli.output import told
    from gdprlint.plugins import unavailable

    told((*unavailable(), *of_plugins().problems))


def problems_of(forms: set[str]) -> tuple[Problem, ...]:
    """What broke when plugins were asked, where some format is one of theirs."""
    return () if forms <= REPORTERS.keys() else of_plugins().problems


def rendered(report: Report, form: str, options: RenderOptions) -> str | Problem:
    """The report in one of the formats, or why it is not to be had."""
    if form in REPORTERS:
        return render(report, form, options)
    from gdprlint.candidates import broken

    plugin, reporter = of_plugins().reporters[form]
    try:
        text = reporter.render(report if options.show_source else _without_words(report))
        if not isinstance(text, str):
            raise TypeError(f"it gave {type(text).__name__}, not text")
    except (Exception, SystemExit) as error:
        return broken(plugin, f"its reporter {form} broke", error)
    if options.width is not None:  # on a terminal, which what strangers have written must not steer
        text = "\n".join(visible(line.replace("\t", " ")) for line in text.split("\n"))
    return text if not text or text.endswith("\n") else text + "\n"


def _without_words(report: Report) -> Report:
    """The report with sources in which every line is as long as it was, and blank."""
    sources = {
        path: Source(path, "\n".join(" " * len(line) for line in source.text.split("\n")))
        for path, source in report.sources.items()
    }
    return evolve(report, sources=sources)
