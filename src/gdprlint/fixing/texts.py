"""Files as texts and back: an edit of characters becomes one of bytes, and nothing else in the file changes.

Line ends stay as they are, and so do the byte order mark and the mode of the file. A text has no byte order mark, so
taking it out is an edit of nothing at its beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from pathlib import Path

from gdprlint.diagnostics import Edit, Report
from gdprlint.registers import SUFFIX, decoded, project_of
from gdprlint.replacing import NotReplaced, replace, within
from gdprlint.text import Source, Span
from gdprlint.values import evolve, frozen

BOM = b"\xef\xbb\xbf"
_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|(#)[^\n]*')


@frozen
class Text:
    """A record as it was read: the path it is shown under, its file and project, its bytes, and what stands in them."""

    shown: str
    file: Path
    project: Path
    content: bytes
    source: Source


def opened(shown: str, report: Report) -> Text | str:
    """The record that is shown under this path, if it may be changed; else why not, in half a line."""
    path = Path.cwd() / shown
    if path.suffix != SUFFIX:
        return "it is no record"
    project = next(
        (project_of(Path(register.root)) for register in report.judged.roots if _holds(register.root, path)), None
    )
    if project is None:
        return "it belongs to none of the registers"
    try:
        content = within(path, project).read_bytes()
    except NotReplaced as error:
        return str(error)
    except OSError as error:
        return error.strerror or str(error)
    source = decoded(content, shown).source
    known = report.sources.get(shown)
    if source is None or known is None or source.text != known.text:
        return "it was changed meanwhile"
    text = Text(shown, path, project, content, source)
    return text if encoded(source.text, content.startswith(BOM)) == content else "it holds bytes that are no text"


def _holds(root: str, path: Path) -> bool:
    return path.is_relative_to(root)


def encoded(words: str, mark: bool) -> bytes:
    return (BOM if mark else b"") + words.encode("utf-8", "surrogatepass")


def applied(text: Text, edits: Iterable[Edit]) -> Text:
    """The record after edits that do not meet; they are given in its own places."""
    edits = list(edits)
    mark = text.content.startswith(BOM) and not any(_takes_the_mark(edit) for edit in edits)
    words = edited(text.source.text, edits)
    return evolve(text, content=encoded(words, mark), source=Source(text.shown, words))


def _takes_the_mark(edit: Edit) -> bool:
    return edit.span.start == edit.span.end and not edit.text


def edited(words: str, edits: Iterable[Edit]) -> str:
    """The words after edits that do not meet. What is taken out goes with its lines, where it stands there alone."""
    ends = "\r\n" if "\r\n" in words else "\n"
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        _, start, end = edit.span
        if not edit.text and start < end:
            start, end = _whole_lines(words, start, end)
        parts += [words[at : max(start, at)], edit.text.replace("\r\n", "\n").replace("\n", ends)]
        at = max(end, at)
    return "".join([*parts, words[at:]])


def _whole_lines(words: str, start: int, end: int) -> tuple[int, int]:
    """What is taken out goes with its lines, where nothing else stands in them."""
    line = words.rfind("\n", 0, start) + 1
    if words[end - 1] == "\n":  # they are whole already
        return start, end
    last = words.find("\n", end)
    last = len(words) if last < 0 else last + 1
    rest = words[end:last]
    if words[line:start].strip() or (rest.strip() and not rest.lstrip().startswith("#")):
        return start, end
    return (start, last - len(rest.lstrip())) if rest.strip() else (line, last)


def takes_a_comment(text: Text, edit: Edit, about: Span) -> bool:
    """Whether the edit would take out what somebody remarked there, and is not what the finding is `about`."""
    slice = text.source.slice(edit.span)
    told = about.start - edit.span.start if about.path == edit.span.path else None
    return any(found[1] and found.start() != told for found in _COMMENT.finditer(slice))


class Taken:
    """The places that edits have taken already; no two of them meet."""

    def __init__(self) -> None:
        self.by_path: dict[str, list[tuple[int, int]]] = {}

    def take(self, edits: Iterable[Edit]) -> bool:
        """Take the places of these edits, unless one of them changes, or puts in, what another one does."""
        spans = [edit.span for edit in edits]
        if any(self._meets(span) for span in spans):
            return False
        for span in spans:
            insort(self.by_path.setdefault(span.path, []), (span.start, span.end))
        return True

    def _meets(self, span: Span) -> bool:
        taken = self.by_path.get(span.path, [])
        at = bisect_left(taken, (span.start, span.start))
        before = at > 0 and taken[at - 1][1] > span.start
        return before or (at < len(taken) and (taken[at][0] < span.end or taken[at][0] == span.start))


def written(before: Mapping[str, Text], after: Mapping[str, Text]) -> dict[str, str]:
    """Write what has changed, each file in one step; why a file was left as it was, by its path."""
    failed = {}
    for shown, text in after.items():
        if text.content == before[shown].content:
            continue
        try:
            replace(Path.cwd() / shown, text.content, text.project, before[shown].content)
        except NotReplaced as error:
            failed[shown] = str(error)
    return failed
