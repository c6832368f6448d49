"""The text that a format is read from, when that is not just what stands in the file.

A template, or a message in YAML, is first written out as the page that it makes: partials and translations put in,
interpolations as names, escapes resolved. Such a draft knows of each character in which file it stands, and in which
branch of the template. What is markup in a draft is not known here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from attrs import define, field, frozen

from gdprlint.notices.page import Unread
from gdprlint.text import Source

DEEPEST = 12
"""Conditions within conditions that a block is told to stand in; those further in are left out."""
Run = tuple[int, int, int]


class TooLarge(Exception):
    """A page that grows past what is read, by what it includes."""


@frozen
class Frame:
    """A stretch of the draft that comes from one file: `source` by number, `outer` the frame that it was called from.

    `start` and `end` are the place of the call in the outer frame's file.
    """

    source: int
    outer: int = -1
    start: int = 0
    end: int = 0


@define
class Draft:
    """`pieces` are (offset in the draft, frame, start, end in the file), in order; as long as
    what is shown: word for word.

    `marks` are (offset, branches): from there on the draft stands in these branches. `markdown` are the ranges that
    are Markdown within a page of another format.
    """

    text: str
    sources: list[Source]
    frames: list[Frame] = field(factory=lambda: [Frame(0)])
    pieces: list[tuple[int, int, int, int]] = field(factory=list)
    marks: list[tuple[int, str]] = field(factory=list)
    markdown: list[tuple[int, int]] = field(factory=list)
    unread: list[Unread] = field(factory=list)
    titles: list[str] = field(factory=list)

    @classmethod
    def of(cls, source: Source) -> Draft:
        """The draft of a file that is no template."""
        return cls(source.text, [source])

    def placed(self, runs: Sequence[Run], size: int) -> tuple[tuple[tuple[int, int], ...], str, str]:
        """The steps of a block with these runs, the file it comes from ("" for the page itself), and its branches."""
        if not self.pieces:
            return _steps(list(runs), size), "", self._branches(runs)
        spread = [
            bit
            for run, after in zip(runs, [*(r[0] for r in runs[1:]), size], strict=True)
            for bit in self._bits(run, after)
        ]
        frame = self._common({bit[1] for bit in spread if bit[4]})
        climbed = [(at, *self._climb(inner, start, end, frame)) for at, inner, start, end, _ in spread]
        source = self.frames[frame].source
        return _steps(climbed, size), self.sources[source].path if source else "", self._branches(runs)

    def _bits(self, run: Run, after: int) -> list[tuple[int, int, int, int, bool]]:
        """A run cut where pieces meet: (offset in the block, frame, start, end in the file, whether it is said)."""
        at, start, end = run
        if end - start != after - at or end <= start:
            frame, first, _ = self._where(start)
            other, _, last = self._where(max(start, end - 1))
            said = after - at > 1 or end > start + 1
            return [(at, frame, first, max(first, last) if other == frame else first, said)]
        bits = []
        index = self._piece(start)
        while start < end:
            begin, frame, first, last = self.pieces[index]
            stop = min(end, self._piece_end(index))
            said = not self.text[start:stop].isspace()
            if last - first == self._piece_end(index) - begin:
                bits.append((at, frame, first + start - begin, first + stop - begin, said))
            else:
                bits.append((at, frame, first, last, said))
            at += stop - start
            start = stop
            index += 1
        return bits

    def _piece(self, offset: int) -> int:
        return max(bisect_right(self.pieces, (offset, 1 << 60)) - 1, 0)

    def _piece_end(self, index: int) -> int:
        return self.pieces[index + 1][0] if index + 1 < len(self.pieces) else len(self.text)

    def _where(self, offset: int) -> tuple[int, int, int]:
        """The frame of one character of the draft, and the characters of its file that show it."""
        index = self._piece(offset)
        begin, frame, first, last = self.pieces[index]
        if last - first == self._piece_end(index) - begin:
            return frame, first + offset - begin, first + offset - begin + 1
        return frame, first, last

    def _lineage(self, frame: int) -> list[int]:
        line = [frame]
        while self.frames[line[-1]].outer >= 0:
            line.append(self.frames[line[-1]].outer)
        return line[::-1]

    def _common(self, frames: set[int]) -> int:
        """The innermost frame that all of these stand in."""
        if len(frames) < 2:
            return min(frames, default=0)
        common = 0
        for level in zip(*map(self._lineage, frames), strict=False):
            if len(set(level)) > 1:
                break
            common = level[0]
        return common

    def _climb(self, frame: int, start: int, end: int, target: int) -> tuple[int, int]:
        """A place as seen from an outer frame: that of the call which leads to it."""
        wanted = self.frames[target].source
        while frame >= 0 and self.frames[frame].source != wanted:
            here = self.frames[frame]
            frame, start, end = here.outer, here.start, here.end
        return (start, end) if frame >= 0 else (-1, -1)

    def _branches(self, runs: Sequence[Run]) -> str:
        if not self.marks:
            return ""
        found: dict[str, None] = {}
        for _, start, end in runs:
            if end > start and (self.text[start:end].strip()):
                index = max(bisect_right(self.marks, (start, "\U0010ffff")) - 1, 0)
                while index < len(self.marks) and (self.marks[index][0] < end or self.marks[index][0] <= start):
                    until = self.marks[index + 1][0] if index + 1 < len(self.marks) else len(self.text)
                    since = max(self.marks[index][0], start)
                    if since < until and self.text[since : min(until, end)].strip():
                        found.update(dict.fromkeys(self.marks[index][1].split()))
                    index += 1
        return " ".join(found)


def _steps(runs: list[tuple[int, int, int]], size: int) -> tuple[tuple[int, int], ...]:
    """Steps from runs (offset in the text, start, end in the file): where each begins, and where it ends if the next
    begins elsewhere."""
    steps: list[tuple[int, int]] = []
    last = 0
    for at, start, end in runs:
        if start < 0:
            start = end = last
        if steps and last != start:
            steps.append((at, last))
        steps.append((at, start))
        last = max(end, start)
    if steps:
        steps.append((size, last))
    return tuple(dict.fromkeys(steps))


class Weaver:
    """Writes a draft, piece by piece."""

    def __init__(self, source: Source, most: int) -> None:
        self.sources = [source]
        self.frames = [Frame(0)]
        self.frame = 0
        self.most = most
        self.parts: list[str] = []
        self.size = 0
        self.pieces: list[tuple[int, int, int, int]] = []
        self.marks: list[tuple[int, str]] = [(0, "")]
        self.branches: list[str] = []
        self.markdown: list[tuple[int, int]] = []
        self.unread: list[Unread] = []
        self.titles: list[str] = []

    @property
    def source(self) -> Source:
        return self.sources[self.frames[self.frame].source]

    def copy(self, start: int, end: int) -> None:
        """What stands in the file between two offsets, word for word."""
        if end > start:
            self._append(self.source.text[start:end], start, end)

    def say(self, text: str, start: int, end: int) -> None:
        """Text in place of what stands there. Where it happens to be as long, it is still all of it that shows it."""
        if not text:
            return
        if len(text) == end - start and len(text) > 1 and self.source.text[start:end] != text:
            self._append(text[:1], start, end)
            self._append(text[1:], end, end)
        else:
            self._append(text, start, end)

    def _append(self, text: str, start: int, end: int) -> None:
        self.pieces.append((self.size, self.frame, start, end))
        self.parts.append(text)
        self.size += len(text)
        if self.size > self.most:
            raise TooLarge

    def enter(self, source: Source, start: int, end: int) -> None:
        """What comes next stands in another file, or elsewhere in this one, and is called for from this place."""
        number = next((at for at, known in enumerate(self.sources) if known is source), len(self.sources))
        if number == len(self.sources):
            self.sources.append(source)
        self.frames.append(Frame(number, self.frame, start, end))
        self.frame = len(self.frames) - 1

    def leave(self) -> None:
        self.frame = self.frames[self.frame].outer

    def branch(self, name: str) -> None:
        self.branches.append(name)
        self._mark()

    def other(self, name: str) -> None:
        """The next branch of the innermost condition."""
        if self.branches:
            self.branches[-1] = name
        self._mark()

    def merge(self) -> None:
        if self.branches:
            self.branches.pop()
        self._mark()

    def _mark(self) -> None:
        here = " ".join(name for name in self.branches[:DEEPEST] if name)
        if self.marks[-1][0] == self.size:
            self.marks.pop()
        self.marks.append((self.size, here))

    def miss(self, what: str, start: int, end: int) -> None:
        """Something that is shown here and could not be read; told at the outermost call that leads to it."""
        frame = self.frame
        while frame:
            here = self.frames[frame]
            frame, start, end = here.outer, here.start, here.end
        self.unread.append(Unread(what, start, end))

    def draft(self) -> Draft:
        marks = self.marks if len(self.marks) > 1 or self.marks[0][1] else []
        return Draft(
            "".join(self.parts),
            self.sources,
            self.frames,
            self.pieces,
            marks,
            self.markdown,
            self.unread,
            self.titles,
        )
