"""Writes a template out as the page that it makes: what its code shows, both branches of conditions, what it includes.

The languages of templates differ in how code is marked; each has its module beside this one, which finds the code and
hands it over. What the code says is told here. Files are followed within the project only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gdprlint.notices.draft import Weaver
from gdprlint.notices.project import Project
from gdprlint.notices.templates import helpers
from gdprlint.notices.templates.code import (
    LONGEST,
    Call,
    Token,
    bare,
    chain,
    end_of,
    name_of,
    plain,
    split,
    tokens,
)
from gdprlint.notices.templates.helpers import TRANSLATING
from gdprlint.notices.templates.messages import Messages
from gdprlint.notices.templates.partials import partial
from gdprlint.text import Source

MOST_ENDLESS = 20
Weave = Callable[["Loom", int, int], None]

_NAMED = re.compile(
    r"#\{[^{}\n]{0,200}\}|\$\{[^{}\n]{0,200}\}|\{\$[^{}\n]{0,200}\}|%\{\w{1,60}\}|\{\{[^{}\n]{0,200}\}\}"
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_LETTERS = {"n": "\n", "t": " ", "r": " ", "s": " ", "0": "", "e": "", "a": "", "b": ""}


class Loom(Weaver):
    """A draft in the making, with what is known of the template: its project, its constants, its conditions."""

    def __init__(self, source: Source, project: Project, place: Path | None, messages: Messages) -> None:
        super().__init__(source, project.max_bytes)
        self.project = project
        self.place = place
        self.messages = messages
        self.constants: dict[str, tuple[Source, Token]] = {}
        self.controls: list[tuple[str, str]] = []
        self.following: list[Source] = []
        self.followed = 0
        self.endless = 0
        self.weave_file: Callable[[Loom, Source], bool] = lambda loom, source: False

    def end_of(self, at: int, end: int, closing: str) -> int:
        """Where code ends that goes on up to this sign, else -1. After some that never end, none is looked for."""
        if self.endless >= MOST_ENDLESS:
            return -1
        found = end_of(self.source.text, at, end, closing)
        self.endless += found < 0
        return found

    # -- conditions

    def condition(self, at: int, kind: str = "if") -> None:
        """A condition begins."""
        self.controls.append((kind, self.name_branch(at)))
        self.branch(self.controls[-1][1])

    def otherwise(self, at: int, last: bool) -> None:
        """The next branch of the innermost condition; the last one needs no number."""
        if not self.controls or self.controls[-1][0] == "block":
            return
        kind, name = self.controls[-1]
        count = 2
        if "~" in kind:
            kind, number = kind.split("~")
            count = int(number) + 1
        self.controls[-1] = (f"{kind}~{count}", name)
        self.say(" ", at, at)
        self.other(f"{name}/else" if last else f"{name}/{count}")

    def block(self, closing: str = "") -> None:
        """Something begins that is no condition; `closing` is the markup that ends it."""
        self.controls.append(("block", closing))

    def close(self, at: int) -> None:
        if not self.controls:
            return
        kind, name = self.controls.pop()
        if kind == "block":
            self.say(name, at, at)
        else:
            self.merge()

    def name_branch(self, at: int) -> str:
        line, _ = self.source.position(at)
        return (
            f"if:{line}" if self.frames[self.frame].source == 0 else f"if:{self.source.path.replace(' ', '_')}:{line}"
        )

    # -- what code shows

    def show(self, code: str, at: int, depth: int = 0) -> None:
        """Writes what an expression shows; it stands in the file from this offset on."""
        whole = (at, at + len(code))
        if len(code) > LONGEST:
            self.miss("code that is too long to be read", *whole)
            return
        self.express(tokens(code, at), whole, depth)

    def express(self, words: list[Token], whole: tuple[int, int], depth: int = 0) -> None:
        words = bare(words)
        while (
            words
            and words[0].kind == "name"
            and words[0].text in ("raw", "await", "echo", "print", "return", "safe")
            and len(words) > 1
            and words[1].text not in ("(", ".", "|")
        ):
            words = bare(words[1:])
        if not words or depth > 12:
            return
        if self._conditional(words, whole, depth):
            return
        pipes = split(words, "|")
        if len(pipes) > 1 and pipes[0]:
            self._filtered(pipes, whole, depth)
            return
        for sign in ("+", "~", ".", "<<"):
            parts = split(words, sign)
            if (
                len(parts) > 1
                and all(parts)
                and any(_is_text(part) for part in parts)
                and not (sign == "." and _is_text(parts[0]) and _is_method(parts[1]))
            ):
                for part in parts:
                    self.express(part, (part[0].start, part[-1].end), depth + 1)
                return
        if words[0].kind == "string":
            self.quote(words[0])
        elif words[0].kind == "number" and len(words) == 1:
            self.copy(words[0].start, words[0].end)
        else:
            self._named(words, whole, depth)

    def _conditional(self, words: list[Token], whole: tuple[int, int], depth: int) -> bool:
        """`a ? b : c`, `b if a else c`, `b if a`, `a && b`, `a || b`: all that may be shown."""
        asked = split(words, "?")
        if len(asked) == 2 and all(asked):
            options = split(asked[1], ":")
            if len(options) == 2:
                self._branches(options, words[0].start, whole, depth)
                return True
        for index, word in enumerate(words):
            if word.kind == "name" and word.text in ("if", "unless") and index and _at_top(words, index):
                rest = words[index + 1 :]
                other = next((at for at, one in enumerate(rest) if one.kind == "name" and one.text == "else"), None)
                options = [words[:index]] + ([rest[other + 1 :]] if other is not None else [])
                self._branches(options, words[0].start, whole, depth)
                return True
        for sign in ("||", "??"):
            options = split(words, sign)
            if len(options) > 1 and all(options):
                last = options[-1] if _is_text(options[-1]) else options[0]
                self.express(last, (last[0].start, last[-1].end), depth + 1)
                return True
        both = split(words, "&&")
        if len(both) > 1 and both[-1]:
            self._branches([both[-1]], words[0].start, whole, depth)
            return True
        return False

    def _branches(self, options: list[list[Token]], at: int, whole: tuple[int, int], depth: int) -> None:
        options = [option for option in options if option]
        if not options:
            return
        self.condition(at)
        for number, option in enumerate(options):
            if number:
                self.otherwise(option[0].start, number == len(options) - 1)
            self.express(option, (option[0].start, option[-1].end), depth + 1)
        self.close(whole[1])

    def _filtered(self, pipes: list[list[Token]], whole: tuple[int, int], depth: int) -> None:
        """A value with the filters of a template behind it."""
        head = bare(pipes[0])
        filters = {plain(pipe[0].text) for pipe in pipes[1:] if pipe and pipe[0].kind == "name"}
        if len(head) == 1 and head[0].kind == "string" and filters & TRANSLATING:
            self.translate(head[0], whole)
        elif "translate" in filters or "t" in filters:
            self.express(head, whole, depth + 1)
        else:
            self.express(head, whole, depth + 1)

    def _named(self, words: list[Token], whole: tuple[int, int], depth: int) -> None:
        names, calls, used = chain(words)
        if not names:
            if words[0].text in ("{", "["):
                return
            self.interpolate(words, whole)
            return
        key = ".".join(name.lstrip("@$") for name in names)
        if not calls and key in self.constants and used == len(words):
            source, token = self.constants[key]
            if source is not self.source or token.start != whole[0]:
                self.enter(source, *whole)
                self.quote(token)
                self.leave()
                return
        for call in calls:
            if self.called(call, whole, depth):
                return
        self.say("{" + name_of(names, calls) + "}", *whole)

    def called(self, call: Call, whole: tuple[int, int], depth: int = 0) -> bool:
        """Writes what a call shows, if that can be told from its name and arguments."""
        return helpers.called(self, call, whole, depth)

    def interpolate(self, words: list[Token], whole: tuple[int, int]) -> None:
        names = [word.text for word in words if word.kind == "name"]
        if names:
            self.say("{" + name_of(names[-2:], []) + "}", *whole)

    def quote(self, token: Token) -> None:
        """What a string says, its escapes resolved and what it interpolates as names."""
        start, end = token.inner
        text = self.source.text
        at = start
        while at < end:
            named = _NAMED.search(text, at, end)
            stop = named.start() if named else end
            since = at
            for escape in _ESCAPE.finditer(text, at, stop):
                self.copy(since, escape.start())
                self.say(_unescaped(escape), escape.start(), escape.end())
                since = escape.end()
            self.copy(since, stop)
            if named is None:
                break
            inside = tokens(named.group().strip("#${}%"), named.start())
            found = [word.text for word in inside if word.kind == "name"]
            self.say("{" + name_of(found[:4], []) + "}" if found else " ", named.start(), named.end())
            at = named.end()

    # -- what is followed

    def assign(self, name: str, token: Token) -> None:
        """A name that stands for a text in this template."""
        self.constants.setdefault(name.lstrip("@$"), (self.source, token))

    def translated(self, token: Token) -> bool:
        """Whether the text that a key stands for is known."""
        return self.messages.find(token.value, self._here()) is not None

    def _here(self) -> Path | None:
        return Path(self.source.path) if self.frames[self.frame].source else self.place

    def _folder(self) -> Path | None:
        """The folder of the file that is being read."""
        home = self.project.home()
        if self.frames[self.frame].source and home is not None:
            return (home / self.source.path).parent
        return self.place.parent if self.place is not None else None

    def translate(self, token: Token, whole: tuple[int, int], default: Token | None = None) -> None:
        """The text that a translation key stands for; where it is not found, the one that is given for that case."""
        key = token.value
        if " " in key.strip():
            self.quote(token)
            return
        found = self.messages.find(key, self._here())
        if found is None and default is not None:
            self.quote(default)
            return
        if found is None or len(self.following) >= self.project.max_depth:
            self.miss(f"the translation `{key[:100]}`", *whole)
            self.say("{" + (re.sub(r"\W+", "_", re.split(r"[.:]", key)[-1]).strip("_") or "text") + "}", *whole)
            return
        source, pieces = found
        self.enter(source, *whole)
        for shown, start, end in pieces:
            if shown is None:
                self.copy(start, end)
            else:
                self.say(shown, start, end)
        self.leave()

    def follow(self, token: Token | None, whole: tuple[int, int]) -> None:
        """What a partial shows, put in where it is called for."""
        if token is None:
            self.miss("a partial that is named by code", *whole)
            return
        name = token.value
        source = partial(self.project, self._folder(), name)
        if (
            source is None
            or source is self.sources[0]
            or source in self.following
            or len(self.following) >= self.project.max_depth
            or self.followed >= self.project.max_files
        ):
            self.miss(f"the partial `{name[:100]}`", *whole)
            return
        self.followed += 1
        self.following.append(source)
        self.enter(source, *whole)
        depth = len(self.controls)
        if not self.weave_file(self, source):
            self.leave()
            self.following.pop()
            self.miss(f"the partial `{name[:100]}`", *whole)
            return
        while len(self.controls) > depth:
            self.close(len(source.text))
        self.leave()
        self.following.pop()


def _is_text(words: list[Token]) -> bool:
    return bool(words) and (words[0].kind == "string" or (words[0].kind == "number" and len(words) == 1))


def _is_method(words: list[Token]) -> bool:
    """Whether what stands behind a dot is a method of the string before it, and no string to be added."""
    return bool(words) and words[0].kind == "name" and not words[0].text.startswith("$")


def _at_top(words: list[Token], index: int) -> bool:
    depth = 0
    for word in words[:index]:
        if word.kind == "sign":
            depth += (word.text in "([{") - (word.text in ")]}")
    return depth == 0


def _unescaped(escape: re.Match[str]) -> str:
    code = escape.group(1) or escape.group(2) or escape.group(3)
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    letter = escape.group(4)
    return _LETTERS.get(letter, letter)
