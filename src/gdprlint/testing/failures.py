"""What is wrong with a rule or one of its examples: a line for lists, and a finding to look at.

A failure is shown in the form of findings: with its place in the file of the rule, and whatever else explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from attrs import field, frozen

from gdprlint.diagnostics import Diagnostic, Judged, Label, Report, Severity
from gdprlint.text import Source, Span

NOTHING_JUDGED = Judged(0, 0, (), "", 0, 0, 0)


class Place(NamedTuple):
    """A place beside that of the failure, and what is to be seen there."""

    span: Span
    said: str


@frozen
class Failure:
    """What is wrong with a rule or one of its examples, and where; `seen` shows it as a finding."""

    rule: str
    where: str
    message: str
    seen: Diagnostic | None = field(default=None, repr=False, eq=False)
    sources: Mapping[str, Source] = field(factory=dict, repr=False, eq=False)

    def __str__(self) -> str:
        return " ".join(filter(None, (f"{self.where}:", self.rule, self.message)))


def failed(
    rule: str,
    message: str,
    source: Source,
    span: Span,
    label: str = "",
    help: str = "",
    note: str = "",
    places: Iterable[Place] = (),
    others: Iterable[Source] = (),
    line: int = 0,
) -> Failure:
    """A failure at a place of a file; with a `line` its place in lists is that line only. `others` are more files."""
    number, column = source.position(span.start)
    where = f"{span.path}:{line}" if line else f"{span.path}:{number}:{column}"
    seen = Diagnostic(
        "test", rule, Severity.ERROR, f"{rule} {message}".strip(), span, label, help, note,
        labels=tuple(Label(place.span, place.said) for place in places),
    )  # fmt: skip
    return Failure(rule, where, message, seen, {one.path: one for one in (source, *others)})


def placed(rule: str, source: Source, fault: Diagnostic) -> Failure:
    """A fault of a rule file, at its place."""
    message = fault.message + (f" ({fault.help})" if fault.help else "")
    shown = failed(rule, fault.message, source, fault.span, fault.label, fault.help, fault.note)
    return Failure(rule, shown.where, message, shown.seen, shown.sources)


def told(
    failure: Failure, width: int | None = None, color: bool = False, path: Callable[[str], str] | None = None
) -> str:
    """The failure with a window on its places; `path` says how the path of a rule file is to be shown."""
    from gdprlint.reporters import RenderOptions, render

    if failure.seen is None:
        return str(failure)
    seen, sources = failure.seen, failure.sources
    if path is not None:
        seen = seen.evolve(
            span=_moved(seen.span, path),
            labels=tuple(Label(_moved(label.span, path), label.message) for label in seen.labels),
        )
        sources = {path(name): Source(path(name), source.text) for name, source in sources.items()}
    report = Report((seen,), NOTHING_JUDGED, sources=sources)
    return render(report, "full", RenderOptions(color=color, width=width, closing=False)).rstrip("\n")


def _moved(span: Span, path: Callable[[str], str]) -> Span:
    return span._replace(path=path(span.path))
