"""PHP between `<?php` and `?>`."""

from __future__ import annotations

import re

from gdprlint.notices.templates.code import LONGEST, Token, blanked, chain, tokens
from gdprlint.notices.templates.helpers import INCLUDING
from gdprlint.notices.templates.loom import Loom
from gdprlint.notices.words import listed

_OPEN = re.compile(r"<\?(?:php\b|=)?", re.I)
_LOOPS = listed("for foreach while switch function class try do namespace")
_ENDS = listed("endif endfor endforeach endwhile endswitch")
_SHOWING = listed("e ex eschtmle eschtmlx escattre thetitle printf")


def weave(loom: Loom, start: int, end: int) -> None:
    """Writes out the template that stands between two offsets of the loom's file."""
    text = loom.source.text
    at = start
    while opened := _OPEN.search(text, at, end):
        loom.copy(at, opened.start())
        close = text.find("?>", opened.end(), end)
        last = close if close >= 0 else end
        at = last + 2 if close >= 0 else end
        code = blanked(text[opened.end() : last], "#")
        if opened.group().endswith("="):
            loom.show(code, opened.end())
        else:
            _Statements(loom, tokens(code[: LONGEST * 10], opened.end(), LONGEST * 10), at).run()
    loom.copy(at, end)


class _Statements:
    """A stretch of code, statement by statement."""

    def __init__(self, loom: Loom, words: list[Token], after: int) -> None:
        self.loom = loom
        self.words = words
        self.after = after

    def run(self) -> None:
        at = 0
        while at < len(self.words):
            word = self.words[at]
            name = word.text.lower() if word.kind == "name" else ""
            if word.text == "}":
                at += 1
                following = self.words[at].text.lower() if at < len(self.words) else ""
                if following in ("else", "elseif"):
                    at = self._other(at)
                else:
                    self.loom.close(word.end)
            elif name == "if":
                self.loom.condition(word.start)
                at = self._head(at + 1)
            elif name in ("else", "elseif"):
                at = self._other(at)
            elif name in _ENDS:
                self.loom.close(word.end)
                at += 1
            elif name in _LOOPS:
                at = self._head(at + 1)
                if self.words[at - 1].text in ("{", ":"):
                    self.loom.block()
            elif name in ("case", "default"):
                while at < len(self.words) and self.words[at].text != ":":
                    at += 1
                at += 1
            else:
                at = self._statement(at)

    def _other(self, at: int) -> int:
        word = self.words[at]
        again = word.text.lower() == "elseif" or (at + 1 < len(self.words) and self.words[at + 1].text.lower() == "if")
        self.loom.otherwise(self.after if at + 2 >= len(self.words) else word.start, not again)
        return self._head(at + 1)

    def _head(self, at: int) -> int:
        """Behind the head of a statement: its brackets, and the sign that opens its body."""
        depth = 0
        while at < len(self.words):
            sign = self.words[at].text
            depth += (sign == "(") - (sign == ")")
            at += 1
            if depth <= 0 and sign in ("{", ":", ";"):
                break
        return at

    def _statement(self, at: int) -> int:
        start, depth = at, 0
        while at < len(self.words) and not (depth == 0 and self.words[at].text in (";", "}")):
            sign = self.words[at].text
            depth += (sign in "([{") - (sign in ")]}")
            at += 1
        words = self.words[start:at]
        if words:
            self._meant(words)
        return at + 1 if at < len(self.words) and self.words[at].text == ";" else max(at, start + (not words))

    def _meant(self, words: list[Token]) -> None:
        whole = (words[0].start, words[-1].end)
        first = words[0].text.lower()
        if first in ("echo", "print"):
            self.loom.express(words[1:], whole)
        elif first in INCLUDING:
            strings = [word for word in words if word.kind == "string"]
            self.loom.follow(strings[-1] if strings else None, whole)
        elif len(words) > 2 and words[1].text == "=" and words[2].kind == "string" and len(words) == 3:
            self.loom.assign(words[0].text, words[2])
        else:
            _, calls, _ = chain(words)
            if calls and (
                calls[0].name in INCLUDING or calls[0].name in _SHOWING or calls[0].name.startswith("get_template")
            ):
                self.loom.called(calls[0], whole)
