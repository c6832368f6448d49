"""Haml: elements by indentation, written out as the HTML that they are."""

from __future__ import annotations

import re

from gdprlint.notices.templates import erb
from gdprlint.notices.templates.code import LONGEST, tokens
from gdprlint.notices.templates.loom import Loom

_TAG = re.compile(r"(?:%([A-Za-z][\w:-]*))?((?:[.#][\w:-]+)*)")
_LINE = re.compile(r"[^\n]*\n?")
_INTERPOLATED = re.compile(r"#\{")
_HREF = re.compile(r"href[\"']?\s*(?::|=>|=)\s*([\"'])(.*?)\1")
_FILTERS = {"markdown", "plain", "escaped", "preserve", "erb"}
_CONDITION = re.compile(r"-\s*(if|unless|case)\b")
_OTHER = re.compile(r"-\s*(else|elsif|when)\b")


def weave(loom: Loom, start: int, end: int) -> None:
    """Writes out the template that stands between two offsets of the loom's file."""
    _Haml(loom, start, end).weave()


class _Haml:
    """One file, line by line; `open` holds how far each open element stands in, and how it is closed."""

    def __init__(self, loom: Loom, start: int, end: int) -> None:
        self.loom = loom
        self.text = loom.source.text
        self.at = start
        self.end = end
        self.open: list[tuple[int, str]] = []
        self.condition = False

    def weave(self) -> None:
        while self.at < self.end:
            found = _LINE.match(self.text, self.at, self.end)
            assert found
            line = found.group().rstrip("\r\n")
            start = self.at
            self.at = found.end()
            body = line.lstrip()
            if not body:
                continue
            indent = len(line) - len(body)
            self._close(indent, body, start + indent)
            self._line(body, start + indent, indent)
        self._close(-1, "", self.end)

    def _close(self, indent: int, body: str, at: int) -> None:
        """Ends what stands further in than this line, or as far; but a condition goes on in its next branch."""
        while self.open and self.open[-1][0] >= indent:
            level, closing = self.open.pop()
            if closing == "condition" and level == indent and _OTHER.match(body):
                self.open.append((level, closing))
                return
            if closing in ("condition", "block"):
                self.loom.close(at)
            else:
                self.loom.say(closing, at, at)

    def _line(self, body: str, at: int, indent: int) -> None:
        sign = body[0]
        if body.startswith(("-#", "/", "!!!")):
            self._skip(indent)
        elif sign == ":":
            self._filter(body[1:].strip(), indent)
        elif sign == "-":
            self._statement(body, at, indent)
        elif sign in "=~" or body.startswith(("!=", "&=", "!~")):
            skip = 1 if sign in "=~" else 2
            self._shown(body[skip:], at + skip, (at, at + len(body)), indent)
            self.loom.say(" ", at + len(body), at + len(body))
        elif sign == "%" or (sign in ".#" and len(body) > 1 and (body[1].isalpha() or body[1] in "_-")):
            self._element(body, at, indent)
        else:
            lead = 1 if sign == "\\" else 0
            self._words(body[lead:], at + lead)
            self.loom.say(" ", at + len(body), at + len(body))

    def _skip(self, indent: int) -> None:
        """Passes the lines that stand further in."""
        while self.at < self.end:
            found = _LINE.match(self.text, self.at, self.end)
            assert found
            line = found.group()
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                return
            self.at = found.end()

    def _filter(self, name: str, indent: int) -> None:
        start = self.at
        self._skip(indent)
        if name not in _FILTERS:
            return
        before = self.loom.size
        since = start
        lead: int | None = None
        while since < self.at:
            found = _LINE.match(self.text, since, self.at)
            assert found
            line = found.group()
            if line.strip():
                own = len(line) - len(line.lstrip(" \t"))
                lead = own if lead is None else min(lead, own)
                self._words(line[lead:], since + lead)
            else:
                self.loom.copy(since, found.end())
            since = found.end()
        if name == "markdown":
            self.loom.markdown.append((before, self.loom.size))

    def _statement(self, body: str, at: int, indent: int) -> None:
        code = body[1:].strip()
        inner = at + body.find(code) if code else at
        if _CONDITION.match(body):
            self.loom.condition(at)
            self.open.append((indent, "condition"))
        elif found := _OTHER.match(body):
            self.loom.otherwise(at, found.group(1) == "else")
        else:
            before = len(self.loom.controls)
            erb.run(self.loom, code, inner, at)
            if len(self.loom.controls) > before:
                self.open.append((indent, "block"))

    def _shown(self, code: str, at: int, whole: tuple[int, int], indent: int) -> None:
        """An expression; with a block, the lines further in are shown within it."""
        before = len(self.loom.controls)
        lead = len(code) - len(code.lstrip())
        while code.rstrip().endswith((",", "|")) and self.at < self.end:
            found = _LINE.match(self.text, self.at, self.end)
            assert found
            code = self.text[at : found.end()]
            self.at = found.end()
            whole = (whole[0], at + len(code.rstrip()))
        erb.show(self.loom, code.strip(), at + lead, whole)
        if len(self.loom.controls) > before:
            self.open.append((indent, "block"))

    def _element(self, body: str, at: int, indent: int) -> None:
        found = _TAG.match(body)
        assert found
        tag = (found.group(1) or "div").lower()
        place = found.end()
        attributes = ""
        while place < len(body) and body[place] in "({[":
            close = self.loom.end_of(at + place + 1, self.end, {"(": ")", "{": "}", "[": "]"}[body[place]])
            if close < 0:
                break
            attributes += self.text[at + place : close + 1]
            if close >= self.at:
                found_line = _LINE.match(self.text, close, self.end)
                assert found_line
                self.at = found_line.end()
                body = self.text[at : found_line.end()].rstrip("\r\n")
            place = close + 1 - at
        while place < len(body) and body[place] in "<>/":
            place += 1
        href = _HREF.search(attributes)
        extra = f' href="{href.group(2)}"'.replace("<", "") if href and tag == "a" else ""
        if "hidden: true" in attributes or ":hidden" in attributes:
            extra += " hidden"
        self.loom.say(f"<{tag}{extra}>", at, at)
        self.open.append((indent, f"</{tag}>"))
        rest = body[place:]
        if rest[:1] in ("=", "~") or rest[:2] in ("!=", "&="):
            skip = 1 if rest[0] in "=~" else 2
            self._shown(rest[skip:], at + place + skip, (at + place, at + len(body)), indent + 1)
        elif rest.strip():
            lead = len(rest) - len(rest.lstrip())
            self._words(rest.strip(), at + place + lead)

    def _words(self, words: str, at: int) -> None:
        """Text with what is interpolated in it."""
        since = 0
        for found in _INTERPOLATED.finditer(words):
            if found.start() < since:
                continue
            close = self.loom.end_of(at + found.end(), at + len(words), "}")
            if close < 0:
                break
            self.loom.copy(at + since, at + found.start())
            inner = tokens(self.text[at + found.end() : close][:LONGEST], at + found.end())
            self.loom.express(inner, (at + found.start(), close + 1))
            since = close + 1 - at
        self.loom.copy(at + since, at + len(words))
