"""Files that a reader of a plugin turns into a record, and the way back from the record to the file.

What the reader gives is source text in the policy language, which is read and judged like any other; each of its lines
knows the line of the file that says it, where findings are shown. Plugins are asked only where files are looked for,
and what a reader breaks is a problem that names it and costs its file alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic, Problem, Severity
from gdprlint.registers import NOTHING, Loaded, Plan, content_of, is_sheet, load, shown_path
from gdprlint.text import Source, Span, text_of
from gdprlint.values import field, frozen

if TYPE_CHECKING:
    from gdprlint.hooks import FileRead, Line, Unread
    from gdprlint.model.vocabulary import Vocabulary
    from gdprlint.plugins import Brought

MOST_TEXT = 8_000_000  # characters of a record that a reader may give


class Theirs(NamedTuple):
    """The readers of plugins by the endings of their files, and what broke when they were asked."""

    readers: Mapping[str, Brought]
    problems: tuple[Problem, ...] = ()


def of_plugins() -> Theirs:
    """The readers that installed plugins bring."""
    from gdprlint.plugins import brought

    return _by_ending(*brought("gdprlint_readers"))


def _by_ending(found: tuple[Brought, ...], problems: tuple[Problem, ...]) -> Theirs:
    if not found:
        return Theirs({}, problems)
    from gdprlint.notices.reading import suffixes

    readers: dict[str, Brought] = {}
    told = list(problems)
    owners = dict.fromkeys(suffixes(), "gdprlint itself")
    for one in found:
        for ending in one.value.endings:
            if ending not in owners:
                owners[ending] = f"plugin {one.plugin}"
                readers[ending] = one
            elif readers.get(ending) is not one:
                what = f"its reader {one.value.name} does not read {ending}: {owners[ending]} does"
                told.append(Problem(f"plugin {one.plugin}: {what}"))
    return Theirs(readers, tuple(told))


@frozen(eq=False)
class TheirRecord:
    """A record that a reader gave: its source text under the path of the file, and the file as lines of text.

    `problem` is what has to be told of the reader although it did its work.
    """

    source: Source
    shown: Source
    lines: tuple[Line, ...] = field(repr=False)
    unread: tuple[Unread, ...] = field(default=(), repr=False)
    problem: Problem | None = None

    def place(self, span: Span) -> Span:
        """Where the file says what stands there in the record; places behind its end are what could not be read."""
        behind = span.start - len(self.source.text)
        if 0 < behind <= len(self.unread):
            fault = self.unread[behind - 1]
            return self._line(fault.at, (fault.words,))
        number = self.source.position(span.start)[0]
        before = [line for line in self.lines[:number] if line.at]
        if not before:
            return self._line(1, ())
        said = self.source.slice(span).strip().strip('"').replace('\\"', '"')
        here = before[-1]
        return self._line(here.at, (here.words, said) if here is self.lines[number - 1] else (here.words,))

    def _line(self, number: int, words: Iterable[str]) -> Span:
        """A line of the file without the blanks around it, or the first of these words that stand in it."""
        number = min(max(number, 1), len(self.shown.line_starts))
        line = self.shown.line(number)
        start = self.shown.line_starts[number - 1]
        for said in words:
            at = line.find(said) if said.strip() else -1
            if at >= 0:
                return Span(self.shown.path, start + at, start + at + len(said))
        first = start + len(line) - len(line.lstrip())
        return Span(self.shown.path, first, max(start + len(line.rstrip()), first + 1))


def reader_of(path: Path, readers: Mapping[str, Brought]) -> Brought | None:
    """The reader for a file: that with the longest ending."""
    fits = [ending for ending in readers if path.name.lower().endswith(ending)] if readers else []
    return readers[max(fits, key=len)] if fits else None


def loaded(
    path: Path, plan: Plan, vocabulary: Vocabulary, max_bytes: int, instead: Mapping[Path, bytes] = NOTHING
) -> Loaded:
    """A record as text, by whoever reads it; of a file that a reader does not take, nothing."""
    if path not in plan.theirs:
        if is_sheet(path):
            from gdprlint.readers import sheets

            return sheets.record_of(path, vocabulary, max_bytes, instead)[0]
        return load(path, max_bytes, instead)
    found = record_of(path, plan.theirs[path], max_bytes, instead)
    return found[0] if isinstance(found, tuple) else Loaded(shown_path(path), None)


def record_of(
    path: Path, reader: Brought, max_bytes: int, instead: Mapping[Path, bytes] = NOTHING, project: Path | None = None
) -> tuple[Loaded, TheirRecord | None] | Problem | None:
    """The record in a file, with what could not be read; None where the reader says that it is of another kind."""
    shown = shown_path(path)
    content = content_of(path, max_bytes, instead, project)
    if isinstance(content, Loaded):
        return content, None
    read = _read(path.name, content, reader, shown)
    if not isinstance(read, TheirRecord):
        return read
    end = len(read.source.text)
    told = [
        Diagnostic(
            "syntax", "not-read", Severity.ERROR, fault.message, Span(shown, end + number, end + number), "",
            fault.help, pack="core", topic="syntax",
        )
        for number, fault in enumerate(read.unread, 1)
    ]  # fmt: skip
    if path not in instead and read.shown.text == text_of(content):
        disk.shows(shown, path, read.shown.text)
    return Loaded(shown, read.source, tuple(told)), read


def _read(name: str, content: bytes, reader: Brought, shown: str) -> TheirRecord | Problem | None:
    from gdprlint.candidates import broken
    from gdprlint.hooks import FileRead, Line
    from gdprlint.patience import Patience

    patience = Patience()
    try:
        with patience:
            found: FileRead | None = reader.value.read(name, content)
        if found is not None and not isinstance(found, FileRead):
            raise TypeError(f"it gave {type(found).__name__}, not FileRead")
    except (Exception, SystemExit) as error:
        return broken(reader.plugin, f"its reader {reader.value.name} broke on {shown}", error)
    if found is None:
        return None
    lines = [Line(text, line.at, line.words) for line in found.lines for text in line.text.split("\n")]
    text = "".join(f"{line.text}\n" for line in lines)
    if len(text) > MOST_TEXT:
        return Problem(f"plugin {reader.plugin}: its reader {reader.value.name} makes more than {MOST_TEXT:,} "
                       f"characters of {shown}")  # fmt: skip
    file = text_of(content) if found.shown is None else found.shown
    slow = Problem(f"plugin {reader.plugin}: its reader {reader.value.name} {patience.said} to read {shown}")
    return TheirRecord(
        Source(shown, text.replace("\0", " ")), Source(shown, file), tuple(lines), found.unread,
        slow if patience.is_over else None,
    )  # fmt: skip
