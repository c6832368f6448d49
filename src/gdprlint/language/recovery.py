"""Reading a text that does not parse: all of it that can be read, and what is wrong with the rest.

Three walks, each in one pass and without recursion. `pieces` cuts the text into clauses and braces by
the layout rule. `steps` says which `{` belongs to which `}`: where the braces of a top-level
declaration do not balance, indentation tells which one is missing or too many. `_Builder` reads
each clause alone, so that a fault costs one clause, and puts the tree together. What is said of a
fault is the business of `faults.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from gdprlint.diagnostics import Diagnostic
from gdprlint.language import faults
from gdprlint.language.layout import column_after, prose_end, width
from gdprlint.language.parser import MAX_DEPTH, Fault, machine
from gdprlint.language.reading import Parsed
from gdprlint.language.tree import Block, Clause, Comment, Declaration, File, Head, Rule, Stray, Token, Unread, Use
from gdprlint.text import Source

MOST = 2000  # faults told of one file: whoever has more has another problem

_PIECE = re.compile(
    r'(?P<text>[^"#{}\r\n]+)'
    r"|(?P<line_break>(?:\r?\n[ \t]*(?:\#[^\n]*)?)+)"
    r'|(?P<string>"(?:[^"\\\n]++|\\.)*+")'
    r"|(?P<brace>[{}])"
    r"|(?P<comment>\#[^\n]*)"
    r'|(?P<quote>")'
    r"|(?P<lone_return>\r)"
)
_COMMENT = re.compile(r"#[^\n]*")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_BRACES = re.compile(r"[{}]|[^{}]+")
_PROSE = frozenset(("title", "why", "says", "help", "label"))
_EXAMPLES = frozenset(("bad", "good"))
_EXPECTING = frozenset(("possibly", "never", "after", "or", "at", "most", "least"))  # something follows these


class Piece(NamedTuple):
    """A clause (or the head of a block), or a brace.

    `margin` is the column of the first character of its line, and `line` the offset where that line starts.
    A clause: `word` it begins with; `state` is "too-deep", "late" (after `}`) or "quiet" (behind an unclosed
    string); `quote` is where a string opens that is never closed. An opening brace: `state` is "attached" to the
    clause before it, "virtual" (it is not there, and should be) or "alone".
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
    """`line`, `open` (with its head, if any), `close` (unclosed where `brace` is no `}`), `stray` or `lost`."""

    what: str
    piece: Piece | None
    brace: Piece | None = None
    end: int = 0


def recover(source: Source) -> Parsed:
    """The tree of everything in the source that can be read, and a diagnostic for each thing that cannot."""
    scanner = _Scanner(source.text)
    found = scanner.pieces()
    builder = _Builder(source)
    for step in _steps(found, source.text):
        builder.take(step)
    tree = File(builder.items(), tuple(scanner.comments))
    told = sorted(builder.told, key=lambda diagnostic: (diagnostic.span.start, diagnostic.span.end))
    return Parsed(source, tree, tuple(told))


class _Scanner:
    """Cuts a text into pieces. INVARIANT: in a text without a fault they are what the grammar sees."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: list[Comment] = []
        self.found: list[Piece] = []
        rules = machine()
        self.verb_at = rules.verb_at
        self.verbs = frozenset(rules.verbs)
        self.kinds = frozenset(rules.kinds)
        self.hard = self.kinds | {"use", "rule"}
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

    def pieces(self) -> list[Piece]:
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
        self._close()
        return self.found

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
                    "text", self.start, self.end, self.column, self.own_margin, self.own_line, self.own_leads,
                    self.word, self.state, self.quote,
                )
            )  # fmt: skip
            self.start = -1

    def _brace(self, position: int) -> None:
        text = self.text[position]
        state = ""
        if text == "{":
            state = "attached" if self.start >= 0 else "alone"
            self.depth += 1
            if state == "attached" and self.word == "rule":
                self.rule_depth = self.depth
        else:
            self.depth -= 1
            if self.depth < self.rule_depth:
                self.rule_depth = 0
        self._close()
        column = self._column(position)
        if self.margin < 0:
            self.margin = column
        self.found.append(Piece(text, position, position + 1, column, self.margin, self.line, self.leads, "", state))
        self.leads = False
        self.late = text == "}"

    def _string(self, start: int, end: int, closed: bool) -> int:
        """Takes the string at `start` and gives where reading goes on."""
        in_rule = 0 < self.rule_depth == self.depth
        titled = 0 <= self.start and self.end - self.start <= 5 and self.text[self.start : self.end] in _PROSE
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
            opens = self.word in self.kinds
            column, line, margin = self.column, self.own_line, self.own_margin
            self._close()
            if opens:
                at = self.found[-1].end
                self.found.append(Piece("{", at, at, column, margin, line, False, "", "virtual"))
                self.depth += 1
            else:
                self._begin(end)
                self.column, self.end, self.state = self._column(end), end, "too-deep"

    def _new_line(self, line: int, margin: int) -> None:
        self.line = self.known = line
        self.known_column = 0
        self.margin = margin

    def _begins_anew(self, position: int) -> bool:
        """Whether the line that starts at `position` and continues the open clause was meant to be one of its own."""
        if self.word in self.heads:
            return False
        if self.block_at.match(self.text, position):
            return self.word not in self.kinds
        if not self.verb_at.match(self.text, position) or 0 < self.rule_depth == self.depth:
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


def _steps(pieces: list[Piece], text: str) -> Iterator[Step]:
    """What opens, stands in and closes what, one top-level declaration after the other."""
    hard = frozenset(machine().kinds) | {"use", "rule"}
    begins = [
        number
        for number, piece in enumerate(pieces)
        if piece.kind == "text" and piece.leads and not piece.column and piece.word in hard
    ]
    for begin, end in zip([0, *begins], [*begins, len(pieces)], strict=True):
        if begin < end:
            yield from _steps_of(pieces, begin, end, hard)


def _balances(pieces: list[Piece], begin: int, end: int) -> bool:
    depth = 0
    for number in range(begin, end):
        kind = pieces[number].kind
        if kind == "{":
            depth += 1
        elif kind == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _steps_of(pieces: list[Piece], begin: int, end: int, hard: frozenset[str]) -> Iterator[Step]:
    trusted = _balances(pieces, begin, end)
    margins: list[int] = []  # of the heads of the open blocks; sorted, since a line further left ends a block
    opened: list[Piece] = []
    number = begin
    while number < end:
        piece = pieces[number]
        number += 1
        if not trusted and piece.leads and piece.kind != "}":
            while margins and piece.column <= margins[-1]:
                if piece.kind == "{" and piece.state == "alone" and piece.column == margins[-1] and number - 2 >= begin:
                    break
                margins.pop()
                yield Step("close", piece, opened.pop(), _end_before(pieces, number - 1))
        if piece.kind == "text":
            brace = pieces[number] if number < end else None
            if brace is None or not _is_head(piece, brace, hard):
                yield Step("line", piece)
                continue
            if trusted or _is_block(pieces, number, end, piece, hard):
                number += 1
                margins.append(piece.margin)
                opened.append(brace)
                yield Step("open", piece, brace)
                continue
            last = _end_of_lost(pieces, number, end, hard)
            if last == number:
                yield Step("line", piece)
                yield Step("stray", brace)
            else:
                yield Step("lost", piece, brace, pieces[last].end)
            number = last + 1
        elif piece.kind == "{":
            if trusted:
                margins.append(piece.margin)
                opened.append(piece)
                yield Step("open", None, piece)
                continue
            last = _end_of_lost(pieces, number - 1, end, hard)
            yield Step("stray" if last == number - 1 else "lost", piece, piece, pieces[last].end)
            number = last + 1
        else:
            closes = len(margins) if trusted else _closed_by(pieces, number - 1, end, margins, opened)
            if closes <= 0:
                yield Step("stray", piece)
                continue
            while len(margins) > closes:
                margins.pop()
                yield Step("close", piece, opened.pop(), _end_before(pieces, number - 1))
            margins.pop()
            opened.pop()
            yield Step("close", None, piece, piece.end)
    while margins:
        margins.pop()
        yield Step("close", pieces[end] if end < len(pieces) else None, opened.pop(), pieces[end - 1].end)


def _end_before(pieces: list[Piece], number: int) -> int:
    return pieces[number - 1].end if number else 0


def _is_head(piece: Piece, brace: Piece, hard: frozenset[str]) -> bool:
    """Whether the brace belongs to the clause before it; it may have slipped to a line of its own."""
    if brace.kind != "{":
        return False
    if brace.state != "alone":
        return True
    return brace.leads and brace.column == piece.column and (piece.word in hard or piece.word in _EXAMPLES)


def _is_block(pieces: list[Piece], number: int, end: int, head: Piece, hard: frozenset[str]) -> bool:
    """Whether the `{` behind a head opens a block, in a declaration whose braces do not balance."""
    if head.word in hard or head.word in _EXAMPLES:
        return True
    for after in range(number + 1, min(end, number + 50)):
        piece = pieces[after]
        if piece.leads:
            return piece.column > head.margin or (piece.kind == "}" and piece.column == head.margin)
        if piece.kind == "}":
            return True
    return False


def _end_of_lost(pieces: list[Piece], number: int, end: int, hard: frozenset[str]) -> int:
    """The last piece that goes down with the stray `{`: what follows on its line and is no block."""
    last = number
    while last + 1 < end and not pieces[last + 1].leads:
        piece = pieces[last + 1]
        head = piece.kind == "text" and last + 2 < end and pieces[last + 2].kind == "{"
        if piece.kind == "}" or (head and piece.word in hard):
            break
        last += 1
    return last


def _closed_by(pieces: list[Piece], number: int, end: int, margins: list[int], opened: list[Piece]) -> int:
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
    after = pieces[number + 1] if number + 1 < end else None
    if after is not None and after.leads:
        if after.kind == "}":
            return 0 if after.column == margins[-1] else len(margins)
        return 0 if after.column > margins[-1] else len(margins)
    return len(margins)


class _Frame:
    """An open block: the node it belongs to (None where that could not be read), and its lines so far."""

    def __init__(self, node: Any, goal: str, brace: int, name: str) -> None:
        self.node = node
        self.goal = goal
        self.brace = brace
        self.name = name
        self.lines: list[Any] = []


class _Builder:
    """Reads clause by clause and makes the tree of them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.machine = machine()
        self.frames = [_Frame(None, "line", 0, "")]
        self.told: list[Diagnostic] = []
        self.skipped = 0  # blocks open within a block that is nested too deep

    def items(self) -> tuple[Any, ...]:
        return tuple(self.frames[0].lines)

    def take(self, step: Step) -> None:
        if self.skipped:
            self.skipped += {"open": 1, "close": -1}.get(step.what, 0)
            return
        match step:
            case Step("line", Piece() as piece):
                self._line(piece)
            case Step("open", head, Piece() as brace):
                self._open(head, brace)
            case Step("close", piece, Piece() as brace, end):
                self._shut(piece, brace, end)
            case Step("stray", Piece() as brace):
                self._tell("stray_brace", brace.start)
            case Step("lost", Piece() as piece, Piece() as brace, end):
                self._tell("stray_brace", brace.start)
                self._add(Unread(self.text[piece.start : end], self._verb(piece), piece.start, end))

    def _tell(self, what: str, *details: Any) -> None:
        """Tells the fault that the function `what` of faults.py words."""
        if len(self.told) < MOST:
            self.told.append(getattr(faults, what)(self.source, *details))
        elif len(self.told) == MOST:
            self.told.append(faults.too_many(self.source, details[0] if details else 0, MOST))

    def _tell_fault(self, fault: Fault, piece: Piece) -> None:
        if piece.state != "quiet":
            self._tell("explain", piece.start, piece.end, fault, self._level())

    def _add(self, node: Any) -> None:
        self.frames[-1].lines.append(node)

    def _level(self) -> str:
        if self.frames[-1].goal == "rule_line":
            return "rule"
        return "block" if len(self.frames) > 1 else "file"

    def _verb(self, piece: Piece) -> str:
        return faults.verb_of(self.text, piece.start) if len(self.told) < MOST else ""

    def _unread(self, piece: Piece) -> Unread:
        return Unread(self.text[piece.start : piece.end], self._verb(piece), piece.start, piece.end)

    # ---- lines

    def _line(self, piece: Piece) -> None:
        self._add(self._read_line(piece))

    def _read_line(self, piece: Piece) -> Any:
        frame = self.frames[-1]
        if piece.quote >= 0:
            if piece.state != "quiet":
                self._tell("unclosed_string", piece.quote)
            return self._partial(piece, piece.quote) or self._unread(piece)
        if self._misplaced(piece):
            return self._unread(piece)
        try:
            (node,), _ = self.machine.parse(self.text, frame.goal, piece.start, piece.end)
        except Fault as fault:
            self._tell_fault(fault, piece)
            return self._partial(piece, fault.before_end) or self._unread(piece)
        match node:
            case Clause() if len(self.frames) == 1:
                self._tell("outside_block", node.start, node.verb)
                return self._unread(piece)
            case Use() if len(self.frames) > 1:
                self._tell("use_in_block", node.start)
                return self._unread(piece)
        return node

    def _misplaced(self, piece: Piece) -> bool:
        """Tells of a clause that stands where its line should not begin."""
        if piece.state == "too-deep":
            self._tell("too_deep", piece.start)
        elif piece.state == "late":
            self._tell("after_block", piece.start, piece.end)
        elif piece.leads and not piece.column and len(self.frames) > 1:
            self._tell("in_column_1", piece.start, self.frames[-1].name)
        else:
            return False
        return True

    def _partial(self, piece: Piece, end: int) -> Declaration | None:
        """As much of a faulty declaration as can be read, with what could not inside it."""
        if piece.word not in self.machine.kinds or self.frames[-1].goal != "line":
            return None
        for until in (end, faults.name_end(self.text, piece.start, min(end, piece.end))):
            if piece.start < until <= piece.end:
                try:
                    (node,), _ = self.machine.parse(self.text, "line", piece.start, until)
                except Fault:
                    continue
                if type(node) is Declaration:
                    unread = Unread(self.text[piece.start : piece.end], "", piece.start, piece.end)
                    return node._replace(lines=(unread,), end=piece.end, head_end=piece.end)
        return None

    # ---- blocks

    def _open(self, head: Piece | None, brace: Piece) -> None:
        if len(self.frames) > MAX_DEPTH:
            self._tell("nested_too_deep", brace.start, MAX_DEPTH)
            if head is not None:
                self._add(self._unread(head))
            self.skipped = 1
            return
        if head is None:
            self._tell("stray_brace", brace.start)
            self.frames.append(_Frame(None, self.frames[-1].goal, brace.start, ""))
            return
        if brace.state == "virtual":
            self._tell("unopened_block", head.start, head.end, brace.start)
        elif brace.state == "alone":
            self._tell("brace_on_its_own", brace.start, head.start, head.end)
        node, goal = self._read_head(head)
        name = faults.head_name(self.text, head.start, head.end)
        frame = _Frame(node, goal, brace.start, name)
        match node:
            case None:
                self._add(self._unread(head))
            case Declaration(lines=tuple() as lines) | Head(values=(_, *_, Block(lines))):
                frame.lines.extend(lines)
        self.frames.append(frame)

    def _read_head(self, piece: Piece) -> tuple[Any, str]:
        """The node that a block belongs to, or None; and what stands in the block."""
        level = self._level()
        goal = "rule_line" if piece.word == "rule" and level != "rule" else "line"
        if piece.quote >= 0:
            if piece.state != "quiet":
                self._tell("unclosed_string", piece.quote)
            return self._partial(piece, piece.quote) or self._example(piece), goal
        if piece.state != "too-deep" or piece.word not in self.machine.kinds:
            self._misplaced(piece)
        else:
            self._tell("too_deep", piece.start)
        try:
            node = self._parse_head(piece, level)
        except Fault as fault:
            if piece.state not in ("late", "too-deep"):
                self._tell_fault(fault, piece)
            return self._partial(piece, fault.before_end) or self._example(piece), goal
        match node:
            case Clause() | Use():
                self._tell("no_block", piece.start, piece.end)
                return None, goal
            case Stray():
                self._tell("unknown_verb", piece.start, level)
                return self._meant(piece)
        return node, goal

    def _parse_head(self, piece: Piece, level: str) -> Any:
        """The head as a node without its block; raises Fault."""
        if level == "rule" or piece.word == "rule":
            block, wanted = (" {}", "rule_line") if level == "rule" else (" {stage x}", "line")
            text = self.text[piece.start : piece.end] + block
            try:
                (node,), _ = self.machine.parse(text, wanted)
            except Fault as fault:
                raise _moved(fault, piece) from None
            return _shifted(node, piece.start)
        (node,), _ = self.machine.parse(self.text, "line", piece.start, piece.end)
        return node

    def _example(self, piece: Piece) -> Head | None:
        """An example of a rule whose options could not be read."""
        if self.frames[-1].goal != "rule_line" or piece.word not in _EXAMPLES:
            return None
        block = Block((self._unread(piece),), piece.start, piece.end)
        return Head("example", (piece.word, block), piece.start, piece.end)

    def _meant(self, piece: Piece) -> tuple[Any, str]:
        """The head read as what its first word was probably meant to be."""
        meant = faults.meant_at(self.text, piece.start, self._level())
        if meant not in self.machine.kinds:
            return None, "rule_line" if meant == "rule" else "line"
        word_end = piece.start + len(piece.word)
        try:
            (node,), _ = self.machine.parse(meant + self.text[word_end : piece.end], "line")
        except Fault:
            return None, "line"
        if type(node) is not Declaration:
            return None, "line"
        node = _shifted(node, word_end - len(meant))
        kind = Token(meant, piece.start, word_end)
        return node._replace(kind=kind, start=piece.start, lines=(self._unread(piece),)), "line"

    def _shut(self, ender: Piece | None, brace: Piece, end: int) -> None:
        frame = self.frames.pop()
        if brace.kind == "{" and brace.state != "virtual":
            self._tell("unclosed_block", brace.start, frame.name, None if ender is None else ender.start)
        lines = tuple(frame.lines)
        match frame.node:
            case Declaration() as node:
                self._add(node._replace(lines=lines, end=end, head_end=frame.brace))
            case Rule() as node:
                if not lines:
                    self._tell("empty_rule", node.start, node.name.end)
                self._add(node._replace(heads=lines, end=end))
            case Head() as node:
                block = Block(lines, frame.brace, end)
                self._add(node._replace(values=(*node.values[:-1], block), end=end))


def _moved(fault: Fault, piece: Piece) -> Fault:
    """The fault of a head that was read on its own, at its place in the text."""
    start, end = piece.start + fault.start, piece.start + fault.end
    if start >= piece.end:
        return Fault(
            piece.end, piece.end, "$END", fault.before, piece.start + fault.before_start,
            piece.start + fault.before_end, fault.expected,
        )  # fmt: skip
    return Fault(
        start, min(end, piece.end), fault.terminal, fault.before, piece.start + fault.before_start,
        piece.start + fault.before_end, fault.expected,
    )  # fmt: skip


def _shifted(value: Any, by: int) -> Any:
    """The node with every offset moved."""
    if not isinstance(value, tuple):
        return value
    parts = [_shifted(part, by) for part in value]
    if not hasattr(value, "_fields"):
        return tuple(parts)
    moved = type(value)(*parts)
    offsets = {name: getattr(moved, name) + by for name in ("start", "end", "head_end") if hasattr(moved, name)}
    return moved._replace(**offsets)
