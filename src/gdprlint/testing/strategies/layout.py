"""Text laid out by careless hands: the same sentences with blanks, line breaks and comments wherever they may stand."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from gdprlint.language.layout import column_after
from gdprlint.language.parser import parse_whole
from gdprlint.language.tree import Block, Clause, Declaration, File, Head, Rule, Stray, Use
from gdprlint.testing.strategies.words import PROSE, SPACEABLE

COMMENTS = ("#", "# why", "#  two  blanks", "# { no block", '# "no string', "#} é # twice", "#\ttab \\")

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"'
    r"|\d+ (?:minute|hour|day|week|month|year)s?(?![\w-])"
    r"|\d{1,4}[A-Z]{0,3}(?:\([0-9A-Za-z]{1,5}\))+"
    r"|[.,{}\[\]()]"
    r'|[^\s.,{}\[\]()"]+'
)
_FOLDS = re.compile(r"(?<![ \t\r\n]) (?![ \t\r\n])")
_NUMBERED = frozenset(("section", "regulation", "recital", "schedule", "annex", "part", "paragraph"))


def careless(text: str, seed: int, comments: bool = True, spaces: bool = True) -> tuple[str, list[str]]:
    """The same sentences as somebody in a hurry lays them out, and the comments put between, in order.

    `text` holds no comments. Blanks, line breaks and comments go wherever the language lets them; with
    `spaces` some hyphens become blanks.
    """
    hand = _Hand(seed, comments, spaces)
    return hand.write(text), hand.comments


class _Hand:
    def __init__(self, seed: int, comments: bool, spaces: bool) -> None:
        self.random = random.Random(seed)
        self.with_comments = comments
        self.with_spaces = spaces
        self.comments: list[str] = []
        self.out: list[str] = []
        self.column = 0

    def write(self, text: str) -> str:
        tree = parse_whole(text)
        first_words = set(_starts(tree.items))
        indents, base, before = [0], 0, ""
        self._put(self._break(0))
        for token, start in _tokens(text, tree):
            if before == "{":
                self._loose(self.random.randint(1, 12))
                indents.append(max(1, min(self.column, self.random.randint(1, 12))))
            elif token == "}":
                self._loose(self.random.randint(0, 12))
            elif start in first_words and before:
                self._put(self._end() + self._break(indents[-1]))
            elif before:
                self._within(base, before, token)
            if start in first_words:
                base = self.column
            if token == "}":
                indents.pop()
            self._put(self._spelt(token, base))
            before = token
        self._put(self._end() + self.random.choice((lambda: "", lambda: self._break(0)))())
        written = "".join(self.out)
        return written.replace("\n", "\r\n") if self.random.random() < 0.2 else written

    def _put(self, said: str) -> None:
        self.out.append(said)
        line = said.rfind("\n")
        if line >= 0:
            self.column = 0
        self.column += len(said) - line - 1 if "\t" not in said else 0
        if "\t" in said:
            written = "".join(self.out)
            self.column = column_after(written, len(written))

    def _loose(self, column: int) -> None:
        """Beside a brace: a line break or none, a blank or none."""
        breaks = self.random.random() < 0.6
        self._put(self._end() + self._break(column) if breaks else self.random.choice(("", " ", "  ")))

    def _within(self, base: int, before: str, token: str) -> None:
        """Inside a sentence, which goes on wherever a line is deeper than its first word."""
        choice = self.random.random()
        if before in _NUMBERED:
            self._put(self.random.choice((" ", "  ", "\t")))
        elif choice < 0.2:
            self._put(self._end() + self._break(base + self.random.randint(1, 16)))
        elif choice > 0.7 and (before[-1] in ".,[({" or token[0] in ".,[](){"):
            return
        else:
            self._put(self.random.choice((" ", " ", "   ", "\t")))

    def _end(self) -> str:
        """The end of a line: blanks, perhaps a comment."""
        blank = self.random.choice(("", " ", " \t"))
        return blank + self._comment() if self.with_comments and self.random.random() < 0.15 else blank

    def _break(self, column: int) -> str:
        """A line break, perhaps blank lines and comments, and blanks up to a column."""
        said = "\n"
        while self.random.random() < 0.3:
            said += " " * self.random.randint(0, 20)
            said += self._comment() if self.with_comments and self.random.random() < 0.7 else ""
            said += "\n"
        tabs, blanks = divmod(column, 8) if self.random.random() < 0.2 else (0, column)
        return said + "\t" * tabs + " " * blanks

    def _comment(self) -> str:
        comment = self.random.choice(COMMENTS) + self.random.choice(("", str(len(self.comments))))
        self.comments.append(comment)
        return comment + self.random.choice(("", " ", "\t"))

    def _spelt(self, token: str, base: int) -> str:
        if self.with_spaces and token in SPACEABLE:
            return token.replace("-", self.random.choice(("-", " ", "\t ", "   ")))
        if token[0] == '"' and "\n" in token:
            breaks = (" \n" + " " * (base + 1), "\n\t" + "\t" * base, "\n\n" + " " * (base + 7))
            folded = re.sub(r"\n *", " ", token)
            return _FOLDS.sub(lambda _: self.random.choice((" ", " ", " ", *breaks)), folded)
        return token


def _starts(nodes: Any) -> Iterator[int]:
    """Where each line of the tree begins."""
    for node in nodes:
        if isinstance(node, Clause | Stray | Use | Declaration | Rule | Head):
            yield node.start
        if isinstance(node, Declaration | Block):
            yield from _starts(node.lines or ())
        elif isinstance(node, Rule):
            yield from _starts(node.heads)
        elif isinstance(node, Head):
            yield from (start for part in node.values if isinstance(part, Block) for start in _starts(part.lines))


def _prose_of(nodes: Any) -> Iterator[Head]:
    for node in nodes:
        if isinstance(node, Head) and node.kind in PROSE:
            yield node
        for part in node if isinstance(node, tuple) else ():
            if isinstance(part, tuple):
                yield from _prose_of((part,))


def _tokens(text: str, tree: File) -> Iterator[tuple[str, int]]:
    prose = {head.start: head for head in _prose_of(tree.items)}
    at = 0
    while found := _TOKEN.search(text, at):
        yield found.group(), found.start()
        at = found.end()
        if found.start() in prose:
            head = prose[found.start()]
            opening = text.index('"', at)
            yield text[opening : head.end], opening
            at = head.end
