"""Cutting a text that does not parse into clauses and blocks.

`Scanner` cuts it into clauses and braces by the layout rule. `steps` says which `{` belongs to which `}`:
where the braces of a top-level declaration do not balance, indentation tells which one is missing or
too many. One pass each, without recursion. What a clause says is not looked at here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from gdprlint.language.layout import column_after, prose_end, width
from gdprlint.language.parser import machine
from gdprlint.language.tree import Comment

LARGEST = 100_000  # pieces read before anything is told of them

_PIECE = re.compile(
    r'(?P<text>[^"#{}\r\n]+)'
    r"|(?P<line_break>(?:\r?\n[ \t]*(?:\#[^\n]*)?)+)"
    r'|(?P<string>"(?:[^"\\\n]++|\\.)*+")'
    r"|(?P<braces>\{(?:[ \t]*\{){9,}+)"  # a block needs a head: this is one fault, not ten
    r"|(?P<brace>[{}])"
    r"|(?P<comment>\#[^\n]*)"
    r'|(?P<quote>")'
    r"|(?P<lone_return>\r)"
)
_COMMENT = re.compile(r"#[^\n]*")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_BRACES = re.compile(r"[{}]|[^{}]+")
_PROSE = frozenset(("title", "why", "says", "help"))
EXAMPLES = frozenset(("bad", "good"))
RULES = frozenset(("rule", "override"))  # what opens a block with the lines of a rule
_EXPECTING = frozenset(("possibly", "never", "after", "or", "at", "most", "least"))  # something follows these


class Piece(NamedTuple):
    """A clause (or the head of a block), or a brace.

    `margin` is the column of the first character of its line, and `line` the offset where that line
    starts. A clause: `word` it begins with; `state` is "too-deep", "late" (after `}`) or "quiet" (behind an
    unclosed string); `quote` is where a string opens that is never closed. An opening brace: `state` is
    "attached" to the clause before it, "virtual" (it is not there, and should be) or "alone"; `quote` is set
    behind an unclosed string.
    """

    kind: str
    start: int
    end: int
    column: int
    margin: int
    line: int
    leads: bool
    word: str = ""
    state: str = ""
    quote: int = -1


class Step(NamedTuple):
    """`what` is line, open (with its head, if any), close (unclosed where `brace` is no `}`), stray, lost."""

    what: str
    piece: Piece | None
    brace: Piece | None = None
    end: int = 0


class Scanner:
    """Cuts a text into pieces. INVARIANT: in a text without a fault they are what the grammar sees."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: list[Comment] = []
        self.found: list[Piece] = []
        self.full: list[Piece] = []  # a chunk to hand on
        rules = machine()
        self.clause_at, self.head_at = rules.clause_at, rules.head_at
        self.verbs = frozenset(rules.verbs)
        self.kinds = frozenset(rules.kinds)
        self.hard = self.kinds | {"use", *RULES}
        self.heads = frozenset(head.partition(" ")[0] for head in rules.heads) - rules.first_words
        self.expecting = rules.joining_words - {"only", "indefinitely"} | _EXPECTING
        kinds = "|".join(sorted(self.kinds, key=len, reverse=True))
        self.block_at = re.compile(rf'(?:{kinds})[ \t]+[A-Za-z][\w-]*[ \t]*(?:"[^"\n]*"[ \t]*)?\{{')
        self.start = -1  # of the open clause
        self.end = self.column = self.anchor = self.own_margin = self.own_line = 0
        self.own_leads = False
        self.word = self.state = ""
        self.quote = -1
        self.line = self.known = self.known_column = 0  # offsets and a column on this line
        self.margin = -1  # column of the first character of this line
        self.leads = True
        self.late = self.quiet = False
        self.depth = self.rule_depth = 0

    def chunks(self) -> Iterator[list[Piece]]:
        """The pieces of one top-level declaration after the other, with what stands between."""
        text, match = self.text, _PIECE.match
        position, stop = 0, len(self.text)
        while position < stop:
            found = match(text, position)
            assert found is not None  # the alternatives take every character
            kind, end = found.lastgroup, found.end()
            match kind:
                case "text":
                    self._plain(position, end)
                case "line_break":
                    self._break(position, end)
                case "string" | "quote":
                    end = self._string(position, end, closed=kind == "string")
                case "brace":
                    self._brace(position)
                case "comment":
                    self.comments.append(Comment(found.group().rstrip(), position, end))
                case _:
                    self._extend(position, end)
            position = end
            if self.full or len(self.found) > LARGEST:
                yield self._chunk()
        self._close()
        if self.full:
            yield self._chunk()
        if self.found:
            yield self.found

    def _chunk(self) -> list[Piece]:
        chunk = self.full or self.found
        if not self.full:
            self.found = []
        self.full = []
        return chunk

    def _plain(self, start: int, end: int) -> None:
        run = self.text[start:end]
        left = len(run) - len(run.lstrip(" \t"))
        if left < len(run):
            self._extend(start + left, start + len(run.rstrip(" \t")))

    def _extend(self, start: int, end: int) -> None:
        if self.start < 0:
            self._begin(start)
            self.column = self.anchor = self._column(start)
            if self.own_leads and not self.column and self.word in self.hard:
                self.depth = self.rule_depth = 0
                self.full, self.found = self.found, []
        self.leads = False
        self.end = end

    def _begin(self, start: int) -> None:
        if self.margin < 0:
            self.margin = self._column(start)
        word = _WORD.match(self.text, start)
        self.start, self.word = start, word.group() if word else ""
        self.own_margin, self.own_line, self.own_leads = self.margin, self.line, self.leads
        self.state = "quiet" if self.quiet else "late" if self.late else ""
        self.quote = -1

    def _column(self, position: int) -> int:
        self.known_column = width(self.text, self.known, position, self.known_column)
        self.known = position
        return self.known_column

    def _close(self) -> None:
        if self.start >= 0:
            self.found.append(
                Piece(
                    "text",
                    self.start,
                    self.end,
                    self.column,
                    self.own_margin,
                    self.own_line,
                    self.own_leads,
                    self.word,
                    self.state,
                    self.quote,
                )
            )
            self.start = -1

    def _brace(self, position: int) -> None:
        text = self.text[position]
        state = ""
        if text == "{":
            state = "attached" if self.start >= 0 else "alone"
            self.depth += 1
            if state == "attached" and self.word in RULES:
                self.rule_depth = self.depth
        else:
            self.depth -= 1
            if self.depth < self.rule_depth:
                self.rule_depth = 0
        self._close()
        column = self._column(position)
        if self.margin < 0:
            self.margin = column
        tail = position if self.quiet else -1
        self.found.append(
            Piece(text, position, position + 1, column, self.margin, self.line, self.leads, "", state, tail)
        )
        self.leads = False
        self.late = text == "}"

    def _string(self, start: int, end: int, closed: bool) -> int:
        """Takes the string at `start` and gives where reading goes on."""
        in_rule = 0 < self.rule_depth == self.depth
        titled = self.start >= 0 and self.end - self.start <= 5 and self.text[self.start : self.end] in _PROSE
        if (titled and (in_rule or not closed)) or (in_rule and self._asks_matches()):
            end, closed = prose_end(self.text, start, self.anchor)
            if not closed:
                end = start + len(self.text[start:end].rstrip())
                self._unclosed(start, end)
                return end
            self._extend(start, end)
            last_line = self.text.rfind("\n", start, end) + 1
            if last_line:
                self._new_line(last_line, column_after(self.text, _text_start(self.text, last_line)))
            return end
        if closed:
            self._extend(start, end)
            return end
        line_end = self.text.find("\n", start)
        line_end = len(self.text) if line_end < 0 else line_end
        tail = self.text[start:line_end].rstrip()
        if tail[-1] not in "{}":
            self._unclosed(start, start + len(tail))
            return line_end
        self._tail(start, tail)
        return line_end

    def _asks_matches(self) -> bool:
        return self.start >= 0 and self.text.endswith("matches", self.start, self.end)

    def _unclosed(self, start: int, end: int) -> None:
        self._extend(start, end)
        if self.quote < 0:
            self.quote = start

    def _tail(self, start: int, tail: str) -> None:
        """What stands behind an unclosed quotation mark on a line that ends with a brace: braces count."""
        position = start
        for found in _BRACES.finditer(tail):
            part = found.group()
            if part in "{}":
                self._brace(position)
            elif position == start:
                self._unclosed(start, start + len(part.rstrip()))
                self.quiet = True
            else:
                self._plain(position, position + len(part))
            position += len(part)
        self.quiet = False

    def _break(self, start: int, end: int) -> None:
        if self.text.find("#", start, end) >= 0:
            self.comments.extend(
                Comment(found.group().rstrip(), found.start(), found.end())
                for found in _COMMENT.finditer(self.text, start, end)
            )
        self._new_line(self.text.rfind("\n", start, end) + 1, -1)
        self.leads, self.late = True, False
        if self.start < 0:
            return
        if end >= len(self.text) or self._column(end) <= self.anchor:
            self._close()
        elif self._begins_anew(end):
            opens = self.word in self.kinds or self.word in RULES
            column, line, margin = self.column, self.own_line, self.own_margin
            self._close()
            if opens:
                at = self.found[-1].end
                self.found.append(Piece("{", at, at, column, margin, line, False, "", "virtual"))
                self.depth += 1
                if self.word in RULES:
                    self.rule_depth = self.depth
            else:
                self._begin(end)
                if not column and self.depth > 0:  # what stood in column 1 was in the wrong place, not this
                    self.column = self.anchor = self._column(end)
                else:
                    self.column, self.state = self._column(end), "too-deep"
                self.end = end

    def _new_line(self, line: int, margin: int) -> None:
        self.line = self.known = line
        self.known_column = 0
        self.margin = margin

    def _begins_anew(self, position: int) -> bool:
        """Whether the line at `position`, which continues the open clause, was meant to be one of its own."""
        if self.word in self.heads:
            return False
        if self.word in RULES:
            named = len(self.text[self.start : min(self.end, self.start + 200)].split()) > 2
            return named and self.head_at.match(self.text, position) is not None
        if self.block_at.match(self.text, position):
            return self.word not in self.kinds
        if not self.clause_at.match(self.text, position) or 0 < self.rule_depth == self.depth:
            return False
        if self.quote >= 0:
            return True
        ending = self.text[max(self.start, self.end - 40) : self.end]
        last = _LAST_WORD.search(ending)
        if ending.endswith(",") or (last is not None and last.group() in self.expecting):
            return False
        if self.end - self.start > 40:
            return True
        said = " ".join(self.text[self.start : self.end].split())
        said = said.removeprefix("possibly ").removeprefix("never ")
        return said not in self.verbs and said not in self.kinds and said != "use"


def _text_start(text: str, line: int) -> int:
    while line < len(text) and text[line] in " \t":
        line += 1
    return line


def steps(chunks: Iterator[list[Piece]]) -> Iterator[Step]:
    """What opens, stands in and closes what, one top-level declaration after the other."""
    hard = frozenset(machine().kinds) | {"use", *RULES}
    chunk = next(chunks, [])
    while chunk:
        following = next(chunks, [])
        yield from _steps_of(chunk, following[0] if following else None, hard)
        chunk = following


def _balances(chunk: list[Piece]) -> bool:
    depth = 0
    for piece in chunk:
        if piece.kind == "{":
            depth += 1
        elif piece.kind == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _steps_of(pieces: list[Piece], following: Piece | None, hard: frozenset[str]) -> Iterator[Step]:
    trusted = _balances(pieces)
    margins: list[int] = []  # of the heads of the open blocks; sorted, since a line further left ends a block
    opened: list[Piece] = []
    number, end = 0, len(pieces)
    while number < end:
        piece = pieces[number]
        number += 1
        if not trusted and piece.leads and piece.kind == "text":
            while margins and piece.column <= margins[-1]:
                margins.pop()
                yield Step("close", piece, opened.pop(), pieces[number - 2].end)
        if piece.kind == "}":
            closes = len(margins) if trusted else _closed_by(pieces, number - 1, margins, opened)
            if closes <= 0:
                yield Step("stray", piece)
                continue
            while len(margins) > closes:
                margins.pop()
                yield Step("close", piece, opened.pop(), pieces[number - 2].end)
            margins.pop()
            opened.pop()
            yield Step("close", None, piece, piece.end)
            continue
        head = piece if piece.kind == "text" else None
        brace = piece if head is None else pieces[number] if number < end else None
        if brace is None or (head is not None and not _is_head(head, brace, hard)):
            yield Step("line", piece)
        elif trusted or (head is not None and _is_block(pieces, number, head, hard)):
            number += head is not None
            margins.append(piece.margin)
            opened.append(brace)
            yield Step("open", head, brace)
        else:
            number += head is not None
            last = _end_of_lost(pieces, number - 1, hard)
            if last >= number:
                yield Step("lost", piece, brace, pieces[last].end)
            else:
                if head is not None:
                    yield Step("line", head)
                yield Step("stray", brace)
            number = last + 1
    while margins:
        margins.pop()
        yield Step("close", following, opened.pop(), pieces[-1].end)


def _is_head(piece: Piece, brace: Piece, hard: frozenset[str]) -> bool:
    """Whether the brace belongs to the clause before it; it may have slipped to a line of its own."""
    if brace.kind != "{":
        return False
    if brace.state != "alone":
        return True
    return brace.leads and brace.column == piece.column and (piece.word in hard or piece.word in EXAMPLES)


def _is_block(pieces: list[Piece], number: int, head: Piece, hard: frozenset[str]) -> bool:
    """Whether the `{` behind a head opens a block, in a declaration whose braces do not balance."""
    if head.word in hard or head.word in EXAMPLES:
        return True
    for piece in pieces[number + 1 : number + 50]:
        if piece.leads:
            return piece.column > head.margin or (piece.kind == "}" and piece.column == head.margin)
        if piece.kind == "}":
            return True
    return False


def _end_of_lost(pieces: list[Piece], number: int, hard: frozenset[str]) -> int:
    """The last piece that goes down with the stray `{`: what follows on its line and is no block."""
    last, end = number, len(pieces)
    while last + 1 < end and not pieces[last + 1].leads:
        piece = pieces[last + 1]
        head = piece.kind == "text" and last + 2 < end and pieces[last + 2].kind == "{"
        if piece.kind == "}" or (head and piece.word in hard):
            break
        last += 1
    return last


def _closed_by(pieces: list[Piece], number: int, margins: list[int], opened: list[Piece]) -> int:
    """How many blocks are open when this `}` closes the innermost of them; 0 where it is one too many."""
    piece = pieces[number]
    if not margins:
        return 0
    if not piece.leads:
        if opened[-1].line == piece.line:
            return len(margins)
    else:
        fitting = bisect_right(margins, piece.column)
        if fitting and margins[fitting - 1] == piece.column:
            return fitting
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    if after is not None and after.leads:
        if after.kind == "}":
            return 0 if after.column == margins[-1] else len(margins)
        return 0 if after.column > margins[-1] else len(margins)
    return len(margins)
