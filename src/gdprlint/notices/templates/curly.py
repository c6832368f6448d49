"""Jinja, Nunjucks, Twig, Django's templates, Liquid and Handlebars: code between `{{` and `}}`, `{%` and `%}`."""

from __future__ import annotations

import re

from gdprlint.notices.templates.code import LONGEST, Token, chain, plain, tokens
from gdprlint.notices.templates.helpers import TITLES
from gdprlint.notices.templates.loom import Loom
from gdprlint.notices.words import listed

_OPEN = re.compile(r"\{\{\{?|\{%|\{#(?!#)")
_TAG = re.compile(r"[-+~\s]*([A-Za-z_]\w*)")
_CONDITIONS = listed("if unless case switch ifequal ifnotequal ifchanged ifversion ifasync")
_OTHERS = listed("elif elseif elsif else when default empty")
_BLOCKS = listed(
    "for each block with set autoescape spaceless macro filter call embed apply trans blocktrans blocktranslate "
    "capture sandbox cache tablerow form markdown section fragment paginate asyncEach asyncAll language localize "
    "verbatim raw comment schema javascript stylesheet style doc"
)
_SILENT = listed("comment schema javascript stylesheet style doc")
_RAW = listed("raw verbatim")
_MARKDOWN = listed("markdown markdown_to_html commonmark markdownify md")


def weave(loom: Loom, start: int, end: int) -> None:
    """Writes out the template that stands between two offsets of the loom's file."""
    _Curly(loom, start, end).weave()


class _Curly:
    """One file of this kind, read from its beginning to its end."""

    def __init__(self, loom: Loom, start: int, end: int) -> None:
        self.loom = loom
        self.text = loom.source.text
        self.at = start
        self.end = end
        self.markdown: list[tuple[int, int]] = []
        self.captured: set[str] = set()

    def weave(self) -> None:
        while True:
            opened = _OPEN.search(self.text, self.at, self.end)
            if opened is None:
                break
            self.loom.copy(self.at, opened.start())
            if not self._code(opened):
                self.loom.miss("code without an end", opened.start(), self.end)
                self.at = opened.start()
                break
        self.loom.copy(self.at, self.end)
        for start, _ in self.markdown:
            self.loom.markdown.append((start, self.loom.size))

    def _code(self, opened: re.Match[str]) -> bool:
        sign, inside = opened.group(), opened.end()
        if sign == "{#":
            close = self.text.find("#}", inside, self.end)
        elif sign == "{%":
            close = self.text.find("%}", inside, self.end)
        elif self.text.startswith("!--", inside):
            close = self.text.find("--}}", inside, self.end) + 2
        else:
            close = self.loom.end_of(inside, self.end, "}" * len(sign))
        if close < inside:
            return False
        self.at = close + len(sign)
        if sign == "{%":
            self._tag(inside, close, opened.start())
        elif sign in ("{{", "{{{"):
            self._shown(inside, close, opened.start())
        return True

    def _shown(self, start: int, end: int, opened: int) -> None:
        code = self.text[start:end]
        body = code.strip().strip("-~").strip()
        at = start + code.find(body[:1]) if body else start
        whole = (opened, self.at)
        if body[:1] in ("#", "/", "^", ">", "!") or body == "else":
            self._handlebars(body, at, whole)
        elif body in self.captured:
            return
        else:
            self.loom.express(tokens(body[:LONGEST], at), whole)

    def _handlebars(self, body: str, at: int, whole: tuple[int, int]) -> None:
        """The tags of Handlebars, which look like what is shown."""
        if body[0] == ">":
            name = re.match(r">\s*[\"']?([\w./-]+)", body)
            if name:
                self.loom.follow(_token(name, 1, at), whole)
        elif body == "else":
            self.loom.otherwise(whole[1], True)
        elif body[0] in "#^":
            if re.match(r"[#^]\s*(?:if|unless)\b", body) or body[0] == "^":
                self.loom.condition(whole[0])
            else:
                self.loom.block()
        elif body[0] == "/":
            self.loom.close(whole[1])

    def _tag(self, start: int, end: int, opened: int) -> None:
        found = _TAG.match(self.text, start, end)
        if found is None:
            return
        name, loom, whole = found.group(1), self.loom, (opened, self.at)
        words = tokens(self.text[found.end() : end].rstrip("-+~ ")[:LONGEST], found.end())
        if name in _RAW or name in _SILENT:
            self._skip(name, name in _RAW)
        elif name in _CONDITIONS:
            loom.condition(opened)
        elif name in _OTHERS:
            loom.otherwise(self.at, name in ("else", "default"))
        elif name.startswith("end"):
            self._end(name[3:])
        elif name in ("include", "render", "include_relative", "includeonce", "partial", "embed_file"):
            self._include(words, found.end(), end, whole)
        elif name in ("set", "assign", "with", "capture"):
            self._named(name, words)
        elif name in ("trans", "translate", "t", "trans_choice") and words and words[0].kind == "string":
            loom.translate(words[0], whole)
        elif name == "block" and words and TITLES.fullmatch(plain(words[0].text.strip("\"'"))):
            loom.say("<title>", opened, opened)
            loom.block("</title>")
        elif name in ("filter", "apply", "markdown"):
            self._filter(name, words)
        elif name == "call":
            self._called(words, whole)
            loom.block("</div>")
        elif name == "plural":
            loom.say(" ", opened, opened)
        elif name in _BLOCKS:
            loom.block()
        elif words and name not in (
            "extends",
            "import",
            "from",
            "load",
            "layout",
            "url",
            "static",
            "csrf_token",
            "use",
            "do",
        ):
            self._called([Token("name", name, found.start(1), found.end(1)), *words], whole)

    def _end(self, what: str) -> None:
        if (
            what in ("filter", "apply", "markdown")
            and self.markdown
            and self.markdown[-1][1] == len(self.loom.controls)
        ):
            start, _ = self.markdown.pop()
            self.loom.markdown.append((start, self.loom.size))
        self.loom.close(self.at)

    def _skip(self, name: str, shown: bool) -> None:
        """What stands between here and the end of a block is not read as a template."""
        close = re.compile(r"\{%[-~\s]*end" + name + r"[-~\s]*%\}").search(self.text, self.at, self.end)
        last = close.start() if close else self.end
        if shown:
            self.loom.copy(self.at, last)
        self.at = close.end() if close else self.end

    def _filter(self, name: str, words: list[Token]) -> None:
        is_markdown = name == "markdown" or any(word.text in _MARKDOWN for word in words)
        self.loom.block()
        if is_markdown:
            self.markdown.append((self.loom.size, len(self.loom.controls)))

    def _include(self, words: list[Token], start: int, end: int, whole: tuple[int, int]) -> None:
        if words and words[0].kind == "string":
            self.loom.follow(words[0], whole)
            return
        bare = re.compile(r"\s*([\w./-]+\.\w+)").match(self.text, start, end)
        self.loom.follow(_token(bare, 1, 0) if bare else None, whole)

    def _named(self, name: str, words: list[Token]) -> None:
        """A name for a text: given at once, or by what stands up to the end of the block."""
        signs = [at for at, word in enumerate(words) if word.text == "="]
        for sign in signs:
            if sign and sign + 1 < len(words) and words[sign + 1].kind == "string":
                after = words[sign + 2 : sign + 3]
                if not after or after[0].text in (",", "|") or after[0].kind == "name":
                    self.loom.assign(words[sign - 1].text, words[sign + 1])
        if name == "with" or not signs:
            self.loom.block()
            if name != "with" and words:
                self.captured.add(words[0].text)

    def _called(self, words: list[Token], whole: tuple[int, int]) -> None:
        _, calls, _ = chain(words)
        for call in calls:
            if self.loom.called(call, whole):
                break
        if words and words[0].text == "call":
            self.loom.say("<div>", whole[1], whole[1])


def _token(found: re.Match[str], group: int, at: int) -> Token:
    """A name that stands without quotes, as if it were a string."""
    start, end = found.span(group)
    return Token("string", f'"{found.group(group)}"', at + start - 1, at + end + 1)
