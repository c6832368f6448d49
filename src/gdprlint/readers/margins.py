"""Holds margins against the text they point into.

A notice whose title is the path of a file is looked for, within the project, and the quoted words
of each margin must stand in the lines that it names. What the words mean is not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.model.things import Clause, Place, Thing
from gdprlint.readers.checks import reference
from gdprlint.registers import NOTHING, load, shown_path
from gdprlint.text import Source, Span

_TEXT = r"te?xt|mdx?|mdown|mkd|markdown|x?html?|rhtml|erb|haml|njk|nunjucks|jinja2?|j2|twig|liquid|hbs|handlebars"
_CODE = r"mustache|phtml|php|cshtml|razor|astro|[jt]sx|ya?ml|json|arb"
_PATH = re.compile(rf"[^\s\"<>|*?:]+\.(?:{_TEXT}|{_CODE}|pdf|docx)")
_NO_TEXT = (".pdf", ".docx")
_TAGS = re.compile(r"<[^>]{0,400}>")


def notice_paths(
    things: list[Thing], project: Path, instead: Mapping[Path, bytes] = NOTHING
) -> tuple[dict[str, Path], list[Diagnostic]]:
    """The files that notices name, by the name of the notice; one that is not there is told."""
    found: dict[str, Path] = {}
    problems: list[Diagnostic] = []
    for thing in things:
        if thing.kind != "notice" or thing.title is None or not _PATH.fullmatch(thing.title):
            continue
        path = Path(disk.real((Path.cwd() / thing.path).parent / thing.title))
        place = Span(thing.path, thing.name_start, thing.name_end)
        if not path.is_relative_to(project):
            problems.append(
                _warning(
                    "REC008", "source-not-found", f'"{thing.title}" lies outside the project and is not read', place
                )
            )
        elif path not in instead and not disk.is_file(path):
            problems.append(
                _warning("REC008", "source-not-found", f'there is no file "{thing.title}" for {thing.name}', place,
                         "a path counts from the file that names it")
            )  # fmt: skip
        else:
            found[thing.name] = path
    return found, problems


def texts(paths: Mapping[str, Path], max_bytes: int, instead: Mapping[Path, bytes] = NOTHING) -> dict[str, Source]:
    """The texts of the files of notices, as far as they are text as they stand."""
    found: dict[str, Source] = {}
    for name, path in paths.items():
        source = load(path, max_bytes, instead).source if path.suffix.lower() not in _NO_TEXT else None
        if source is not None:
            found[name] = Source(shown_path(path), source.text)
    return found


def check_margins(thing: Thing, sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """The margins of a thing and its clauses whose words do not stand where they say."""
    if not sources:
        return
    for place in thing.margin:
        yield from _check(place, thing, sources)
    for clauses in thing.clauses.values():
        for clause in clauses:
            for place in clause.margin:
                yield from _check(place, thing, sources)


def source_of(place: Place, thing: Thing, sources: Mapping[str, Source]) -> Source | None:
    """The text that a margin points into: the named notice, the file's own, or the only one."""
    if place.source is not None:
        return sources.get(place.source)
    if thing.document is not None and thing.document.name in sources:
        return sources[thing.document.name]
    return next(iter(sources.values())) if len(sources) == 1 else None


def _check(place: Place, thing: Thing, sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    source = source_of(place, thing, sources)
    if source is None:
        return
    span = Span(thing.path, place.start, place.end)
    last = len(source.line_starts) - (1 if source.text.endswith("\n") else 0)
    if place.last > last or place.first < 1:
        yield _warning(
            "REC007",
            "margin-past-the-end",
            f"{source.path} has {last} lines",
            span,
            "find the line again, or take the margin out",
        )
        return
    said = _folded(" ".join(source.line(number) for number in range(place.first, place.last + 1)))
    for words in place.quotes:
        if _folded(words) not in said:
            yield _warning(
                "REC006", "margin-words-not-found",
                f'"{words}" does not stand in {lines_of(place)} of {source.path}', span,
                "read the source again: the words were changed, or the line is another one",
            )  # fmt: skip


def lines_of(place: Place) -> str:
    return f"line {place.first}" if place.first == place.last else f"lines {place.first} to {place.last}"


def _folded(text: str) -> str:
    plain = (
        _TAGS.sub("", text).replace("\u2019", "'").replace("\u2018", "'").replace("\u201c", '"').replace("\u201d", '"')
    )
    return " ".join(plain.casefold().split())


def place_of(clause: Clause | Thing, sources: Mapping[str, Source]) -> tuple[Span, str] | None:
    """Where the source says a clause: the first of its lines, else the margin itself; None for a clause without one."""
    if not clause.margin:
        return None
    place = clause.margin[0]
    thing = clause.owner if isinstance(clause, Clause) else clause
    source = source_of(place, thing, sources)
    if source is None:
        return Span(thing.path, place.start, place.end), f"{lines_of(place)} of the notice"
    starts = source.line_starts
    first = min(max(place.first, 1), len(starts))
    start = starts[first - 1]
    return Span(source.path, start, start + len(source.line(first))), "said here"


def _warning(code: str, name: str, message: str, span: Span, help: str = "") -> Diagnostic:
    return reference(code, name, message, span, help).evolve(severity=Severity.WARNING)
