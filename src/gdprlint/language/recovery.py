"""Reading a text that does not parse: all of it that can be read, and what is wrong with the rest.

`pieces.py` cuts the text into clauses and blocks; each clause is read alone, so that a fault costs one
clause, and the tree is put together as the parser would. What is said of a fault is the business of
`faults.py` and `clause_faults.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdprlint.diagnostics import Diagnostic
from gdprlint.language import faults
from gdprlint.language.clause_faults import explain
from gdprlint.language.lexemes import MAX_DEPTH
from gdprlint.language.parser import Fault, machine
from gdprlint.language.pieces import EXAMPLES, RULES, Piece, Scanner, Step, steps
from gdprlint.language.reading import Parsed
from gdprlint.language.tree import (
    Block,
    Clause,
    Declaration,
    File,
    Head,
    Override,
    Rule,
    Stray,
    Token,
    Unread,
    Use,
    shifted,
)
from gdprlint.text import Source

MOST = 2000  # faults told of one file: whoever has more has another problem


def recover(source: Source) -> Parsed:
    """The tree of everything in the source that can be read, and a diagnostic for each thing that cannot."""
    scanner = Scanner(source.text)
    builder = _Builder(source)
    for step in steps(scanner.chunks()):
        builder.take(step)
        if len(builder.told) > MOST:
            break
    builder.close()
    tree = File(builder.items(), tuple(scanner.comments))
    told = sorted(builder.told, key=lambda diagnostic: (diagnostic.span.start, diagnostic.span.end))
    return Parsed(source, tree, tuple(told))


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

    def close(self) -> None:
        """Ends all that is open, where reading was given up."""
        while len(self.frames) > 1:
            self._shut(None, Piece("}", 0, 0, 0, 0, 0, False), self.frames[-1].brace + 1)

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
                if brace.quote < 0:
                    self._tell(faults.stray_brace, brace.start)
            case Step("lost", Piece() as piece, Piece() as brace, end):
                self._tell(faults.stray_brace, brace.start)
                self._add(self._unread(piece, end))

    def _tell(self, wording: Callable[..., Diagnostic], *details: Any) -> None:
        """Tells a fault in the words that faults.py has for it."""
        if len(self.told) < MOST:
            self.told.append(wording(self.source, *details))
        elif len(self.told) == MOST:  # the last one
            self.told.append(faults.too_many(self.source, details[0], MOST))

    def _tell_fault(self, fault: Fault, piece: Piece) -> None:
        if piece.state != "quiet":
            self._tell(explain, piece.start, piece.end, fault, self._level())

    def _add(self, node: Any) -> None:
        self.frames[-1].lines.append(node)

    def _level(self) -> str:
        if self.frames[-1].goal == "rule_line":
            return "rule"
        return "block" if len(self.frames) > 1 else "file"

    def _unread(self, piece: Piece, end: int = 0) -> Unread:
        end = end or piece.end
        return Unread(self.text[piece.start : end], faults.verb_of(self.text, piece.start), piece.start, end)

    # ---- lines

    def _line(self, piece: Piece) -> None:
        self._add(self._read_line(piece))

    def _read_line(self, piece: Piece) -> Any:
        frame = self.frames[-1]
        if piece.quote >= 0:
            if piece.state != "quiet":
                self._tell(faults.unclosed_string, piece.quote)
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
                self._tell(faults.outside_block, node.start, node.verb)
                return self._unread(piece)
            case Use() if len(self.frames) > 1:
                self._tell(faults.use_in_block, node.start)
                return self._unread(piece)
        return node

    def _misplaced(self, piece: Piece) -> bool:
        """Tells of a clause that stands where its line should not begin."""
        if piece.state == "too-deep":
            self._tell(faults.too_deep, piece.start)
        elif piece.state == "late":
            self._tell(faults.after_block, piece.start, piece.end)
        elif piece.leads and not piece.column and len(self.frames) > 1:
            self._tell(faults.in_column_1, piece.start, self.frames[-1].name)
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
            self._tell(faults.nested_too_deep, brace.start, MAX_DEPTH)
            if head is not None:
                self._add(self._unread(head))
            self.skipped = 1
            return
        if head is None:
            self._tell(faults.stray_brace, brace.start)
            self.frames.append(_Frame(None, self.frames[-1].goal, brace.start, ""))
            return
        if brace.state == "virtual":
            self._tell(faults.unopened_block, head.start, head.end, brace.start)
        elif brace.state == "alone":
            self._tell(faults.brace_on_its_own, brace.start, head.start, head.end)
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
        goal = "rule_line" if piece.word in RULES and level != "rule" else "line"
        if piece.quote >= 0:
            if piece.state != "quiet":
                self._tell(faults.unclosed_string, piece.quote)
            return self._partial(piece, piece.quote) or self._example(piece), goal
        misplaced = self._misplaced(piece)
        try:
            node = self._parse_head(piece, level)
        except Fault as fault:
            if not misplaced:
                self._tell_fault(fault, piece)
            return self._partial(piece, fault.before_end) or self._example(piece), goal
        match node:
            case Clause() | Use():
                self._tell(faults.no_block, piece.start, piece.end)
                return None, goal
            case Stray():
                self._tell(faults.unknown_verb, piece.start, level)
                return self._meant(piece)
        return node, goal

    def _parse_head(self, piece: Piece, level: str) -> Any:
        """The head as a node without its block; raises Fault."""
        if level == "rule" or piece.word in RULES:
            block, wanted = (" {}", "rule_line") if level == "rule" else (" {stage x}", "line")
            text = self.text[piece.start : piece.end] + block
            try:
                (node,), _ = self.machine.parse(text, wanted)
            except Fault as fault:
                raise _moved(fault, piece) from None
            return shifted(node, piece.start)
        (node,), _ = self.machine.parse(self.text, "line", piece.start, piece.end)
        return node

    def _example(self, piece: Piece) -> Head | None:
        """An example of a rule whose options could not be read."""
        if self.frames[-1].goal != "rule_line" or piece.word not in EXAMPLES:
            return None
        block = Block((self._unread(piece),), piece.start, piece.end)
        return Head("example", (piece.word, block), piece.start, piece.end)

    def _meant(self, piece: Piece) -> tuple[Any, str]:
        """The head read as what its first word was probably meant to be."""
        meant = faults.meant_at(self.text, piece.start, self._level())
        if meant not in self.machine.kinds:
            return None, "rule_line" if meant in RULES else "line"
        word_end = piece.start + len(piece.word)
        try:
            (node,), _ = self.machine.parse(meant + self.text[word_end : piece.end], "line")
        except Fault:
            return None, "line"
        if type(node) is not Declaration:
            return None, "line"
        node = shifted(node, word_end - len(meant))
        kind = Token(meant, piece.start, word_end)
        return node._replace(kind=kind, start=piece.start, lines=(self._unread(piece),)), "line"

    def _shut(self, ender: Piece | None, brace: Piece, end: int) -> None:
        frame = self.frames.pop()
        if brace.kind == "{" and brace.state != "virtual":
            self._tell(faults.unclosed_block, brace.start, frame.name, None if ender is None else ender.start)
        lines = tuple(frame.lines)
        match frame.node:
            case Declaration() as node:
                self._add(node._replace(lines=lines, end=end, head_end=frame.brace))
            case Rule() | Override() as node:
                if not lines:
                    self._tell(faults.empty_rule, node.start, node.name.end)
                self._add(node._replace(heads=lines, end=end))
            case Head() as node:
                block = Block(lines, frame.brace, end)
                self._add(node._replace(values=(*node.values[:-1], block), end=end))


def _moved(fault: Fault, piece: Piece) -> Fault:
    """The fault of a head that was read on its own, at its place in the text."""
    start, end = piece.start + fault.start, piece.start + fault.end
    if start >= piece.end:
        return Fault(
            piece.end,
            piece.end,
            "$END",
            fault.before,
            piece.start + fault.before_start,
            piece.start + fault.before_end,
            fault.expected,
        )
    return Fault(
        start,
        min(end, piece.end),
        fault.terminal,
        fault.before,
        piece.start + fault.before_start,
        piece.start + fault.before_end,
        fault.expected,
    )
