"""Razor: C# behind `@`, and markup within its braces."""

from __future__ import annotations

import re

from attrs import define

from gdprlint.notices.templates.code import LONGEST, blanked, tokens
from gdprlint.notices.templates.loom import Loom

_DIRECTIVE = re.compile(
    r"@(?:model|using(?!\s*\()|inject|page|addTagHelper|removeTagHelper|tagHelperPrefix|inherits|namespace|layout|attribute|"
    r"implements|preservewhitespace|typeparam)\b[^\n]*"
)
_STATEMENT = re.compile(
    r"@?(if|foreach|for|while|switch|using|lock|try|do|else\s+if|else|catch|finally|section\s+\w+|functions|code)\b"
)
_CASE = re.compile(r"(?:case\b[^:\n]{0,200}|default\s*):(?!:)")
_NAME = re.compile(r"@(?:await\s+)?[A-Za-z_]\w*")
_PARTIAL = re.compile(r"<partial\b[^>]{0,300}?\bname\s*=\s*([\"'][^\"'<>]{1,300}[\"'])[^>]{0,300}>", re.I)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:[^<>\"'@]|\"[^\"]*\"|'[^']*'|@)*?)(/?)>")
_VOID = ("br", "hr", "img", "input", "link", "meta", "partial")
_NEXT = re.compile(r"@|</?[A-Za-z]")


@define
class Mode:
    """What is being read: markup, or code; the tag that ends a piece of markup, and how often it is open."""

    code: bool
    tag: str = ""
    depth: int = 0
    controlled: bool = False


def weave(loom: Loom, start: int, end: int) -> None:
    """Writes out the template that stands between two offsets of the loom's file."""
    _Razor(loom, start, end).weave()


class _Razor:
    """One file, read from its beginning to its end."""

    def __init__(self, loom: Loom, start: int, end: int) -> None:
        self.loom = loom
        self.text = loom.source.text
        self.at = start
        self.end = end
        self.modes = [Mode(False)]

    def weave(self) -> None:
        while self.at < self.end:
            before = self.at
            if self.modes[-1].code:
                self._code()
            else:
                self._markup()
            if self.at <= before:
                self.loom.copy(before, before + 1)
                self.at = before + 1

    def _markup(self) -> None:
        mode = self.modes[-1]
        found = _NEXT.search(self.text, self.at, self.end)
        if found is None:
            self.loom.copy(self.at, self.end)
            self.at = self.end
            return
        self.loom.copy(self.at, found.start())
        self.at = found.start()
        if found.group() == "@":
            self._sign()
            return
        partial = _PARTIAL.match(self.text, self.at, self.end)
        if partial is not None:
            name = tokens(partial.group(1), partial.start(1))
            self.at = partial.end()
            self.loom.follow(name[0] if name and name[0].kind == "string" else None, partial.span())
            return
        tag = _TAG.match(self.text, self.at, min(self.end, self.at + 4_000))
        if mode.tag and tag is not None and tag.group(2).lower() == mode.tag:
            mode.depth += -1 if tag.group(1) else 0 if tag.group(4) or mode.tag in _VOID else 1
            if "@" not in tag.group(3) or mode.depth <= 0:
                self.loom.copy(self.at, tag.end())
                self.at = tag.end()
            else:
                self._step(len(tag.group(1)) + 1)
            if mode.depth <= 0:
                self.modes.pop()
            return
        self._step(1)

    def _step(self, count: int) -> None:
        self.loom.copy(self.at, self.at + count)
        self.at += count

    def _sign(self) -> None:
        """What begins with `@` in markup."""
        text, at = self.text, self.at
        if text.startswith("@@", at):
            self.loom.say("@", at, at + 2)
            self.at += 2
        elif text.startswith("@*", at):
            close = text.find("*@", at + 2, self.end)
            self.at = close + 2 if close >= 0 else self.end
        elif at and (text[at - 1].isalnum() or text[at - 1] in "._-") and text[at + 1 : at + 2].isalnum():
            self._step(1)
        elif found := _DIRECTIVE.match(text, at, self.end):
            self.at = found.end()
        elif text.startswith("@{", at):
            self.modes.append(Mode(True))
            self.at += 2
        elif text.startswith("@(", at):
            close = self.loom.end_of(at + 2, self.end, ")")
            if close < 0:
                self._step(1)
                return
            self.loom.show(text[at + 2 : close], at + 2)
            self.at = close + 1
        elif _STATEMENT.match(text, at, self.end):
            self._statement(at + 1)
        elif found := _NAME.match(text, at, self.end):
            self._name(found)
        else:
            self._step(1)

    def _name(self, found: re.Match[str]) -> None:
        """An expression without brackets: names and calls, as far as they go."""
        at = found.end()
        limit = min(self.end, found.start() + LONGEST)
        while at < limit:
            sign = self.text[at]
            if sign in "([":
                close = self.loom.end_of(at + 1, limit, ")" if sign == "(" else "]")
                if close < 0:
                    break
                at = close + 1
            elif sign in ".?!" and re.match(r"(?:\?\.|!\.|\.)[A-Za-z_]", self.text[at : at + 3]):
                name = re.compile(r"[?!]?\.\w+").match(self.text, at, limit)
                at = name.end() if name else limit
            else:
                break
        start = found.start() + 1
        code = self.text[start:at]
        self.at = at
        self.loom.express(tokens(code, start), (found.start(), at))

    def _statement(self, at: int) -> None:
        """A statement with a head and a body in braces."""
        found = _STATEMENT.match(self.text, at, self.end)
        assert found
        word = found.group(1).split()[0]
        inner = found.end()
        opened = re.compile(r"\s*\(").match(self.text, inner, self.end)
        if opened is not None:
            close = self.loom.end_of(opened.end(), self.end, ")")
            if close < 0:
                self.at = self.end
                return
            inner = close + 1
        brace = re.compile(r"\s*\{").match(self.text, inner, self.end)
        if brace is None:
            self.at = inner
            return
        self.at = brace.end()
        if word in ("if", "switch"):
            self.loom.condition(found.start())
        elif word in ("functions", "code"):
            close = self.loom.end_of(self.at, self.end, "}")
            self.at = close + 1 if close >= 0 else self.end
            return
        else:
            self.loom.block()
        self.modes.append(Mode(True, controlled=True))

    def _code(self) -> None:
        """What stands within braces: statements, and markup where a line begins with a tag."""
        text = self.text
        blank = re.compile(r"\s*").match(text, self.at, self.end)
        self.at = blank.end() if blank else self.at
        if self.at >= self.end:
            return
        if text[self.at] == "}":
            self._close()
        elif text.startswith("@*", self.at):
            self._sign()
        elif text.startswith("//", self.at):
            line = text.find("\n", self.at, self.end)
            self.at = line if line >= 0 else self.end
        elif text.startswith("/*", self.at):
            close = text.find("*/", self.at, self.end)
            self.at = close + 2 if close >= 0 else self.end
        elif text.startswith("@:", self.at):
            self._line()
        elif (case := _CASE.match(text, self.at, self.end)) is not None:
            self.loom.otherwise(case.end(), case.group().startswith("default"))
            self.at = case.end()
        elif (tag := re.compile(r"<([A-Za-z][\w:.-]*)").match(text, self.at, self.end)) is not None:
            self.modes.append(Mode(False, tag.group(1).lower()))
            if tag.group(1).lower() in _VOID:
                self.modes.pop()
                self._void()
        elif _STATEMENT.match(text, self.at, self.end):
            self._statement(self.at + (text[self.at] == "@"))
        elif text[self.at] == "@":
            self._sign()
        else:
            self._assign()

    def _void(self) -> None:
        self.modes.append(Mode(False))
        self._markup()
        close = self.text.find(">", self.at, self.end)
        last = close + 1 if close >= 0 and self.text[self.at - 1 : self.at] == "<" else self.at
        self.loom.copy(self.at, last)
        self.at = last
        self.modes.pop()

    def _line(self) -> None:
        """`@:` makes the rest of a line markup."""
        last = self.text.find("\n", self.at, self.end)
        last = last if last >= 0 else self.end
        end, self.end = self.end, last
        self.at += 2
        self.modes.append(Mode(False))
        depth = len(self.modes)
        while self.at < self.end and len(self.modes) >= depth:
            before = self.at
            self._markup()
            if self.at <= before:
                self._step(1)
        del self.modes[depth - 1 :]
        self.end = end
        self.loom.say(" ", last, last)

    def _close(self) -> None:
        mode = self.modes.pop() if len(self.modes) > 1 else self.modes[-1]
        self.at += 1
        other = re.compile(r"\s*(else(?:\s+if)?)\b").match(self.text, self.at, self.end)
        if other is None:
            if mode.controlled:
                self.loom.close(self.at)
            return
        is_last = other.group(1) == "else"
        inner = other.end()
        opened = re.compile(r"\s*\(").match(self.text, inner, self.end) if not is_last else None
        if opened is not None:
            close = self.loom.end_of(opened.end(), self.end, ")")
            inner = close + 1 if close >= 0 else self.end
        brace = re.compile(r"\s*\{").match(self.text, inner, self.end)
        self.at = brace.end() if brace else inner
        self.loom.otherwise(self.at, is_last)
        if brace:
            self.modes.append(Mode(True, controlled=True))
        else:
            self.loom.close(self.at)

    def _assign(self) -> None:
        """A statement of code: only a name for a text, and a title, matter."""
        limit = min(self.end, self.at + LONGEST)
        ends = [place for place in (self.loom.end_of(self.at, limit, sign) for sign in (";",)) if place >= 0]
        last = min(ends) if ends else -1
        brace = self.text.find("}", self.at, limit)
        if last < 0 or (0 <= brace < last and "{" not in self.text[self.at : brace]):
            last = brace if brace >= 0 else limit
            self.at, start = max(last, self.at + 1), self.at
        else:
            self.at, start = last + 1, self.at
        words = tokens(blanked(self.text[start:last], ""), start)
        signs = [at for at, word in enumerate(words) if word.text == "="]
        if signs and signs[0] + 2 == len(words) and words[-1].kind == "string":
            name = words[signs[0] - 1]
            key = words[signs[0] - 2] if name.text == "]" and signs[0] > 1 else name
            word = key.value if key.kind == "string" else key.text
            if word.lower() in ("title", "pagetitle"):
                self.loom.titles.append(words[-1].value)
            self.loom.assign(word if key.kind == "name" else f"{words[0].text}.{word}", words[-1])
            names = [one.text for one in words[: signs[0]] if one.kind == "name"]
            if key.kind == "string" or len(names) > 1:
                self.loom.assign(".".join([*names[:1], word]), words[-1])
