"""Markdown. Blocks come from markdown-it; where their words stand within the lines is found again here.

The elements that Markdown makes go the same way as those of HTML, so that both can be mixed, as Markdown allows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.composer import Composer
from gdprlint.notices.decoding import decoded
from gdprlint.notices.draft import Draft
from gdprlint.notices.frontmatter import front_matter
from gdprlint.notices.markup import Markup
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.templates.weaving import draft_of
from gdprlint.notices.tokens import feed

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")

NEAR = 4_000
"""Characters of markup that may stand between two words."""
MOST_MARKS = 300
"""Marks of Markdown in one paragraph that are understood."""
_MARKS = re.compile(r"[\[*_`<&~]")
_RETURNS = re.compile(r"\r(?!\n)")
_SETTINGS = re.compile(r"^([ \t]*\{:[^}\n]{1,200}\}[ \t]*|\$[A-Z]{1,6}[ \t]*)$|\{:[^}\n]{1,200}\}", re.M)
"""Marks of Markdown's dialects that set the look of a piece and are not shown."""
_LINE = re.compile(r"\r?\n")
_parser: list[MarkdownIt] = []


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    source = decoded(data, path)
    if isinstance(source, Diagnostic):
        return source
    draft = draft_of(source, path, project)
    if path.lower().endswith(".mdx"):
        draft.text = _without_comments(draft.text)
    return page(draft)


def _without_comments(text: str) -> str:
    """The text with comments in braces, which a page does not show, written over by blanks."""
    parts: list[str] = []
    since = 0
    while (start := text.find("{/*", since)) >= 0 and (end := text.find("*/}", start)) >= 0:
        parts += text[since:start], re.sub(r"[^\n]", " ", text[start : end + 3])
        since = end + 3
    return "".join([*parts, text[since:]])


def page(draft: Draft) -> Page:
    """The page that a draft in Markdown makes."""
    composer = Composer(draft)
    markup = Markup(composer)
    matter = front_matter(draft.text)
    matter.say(composer)
    compose(markup, draft.text, matter.end)
    title = markup.finish() or matter.title or (draft.titles[0] if draft.titles else "")
    blocks = matter.headed(composer.blocks)
    return Page(
        draft.sources[0],
        tuple(blocks),
        title or next((block.text for block in blocks if block.kind == "heading" and block.level == 1), ""),
        tuple(draft.unread),
        others=tuple(draft.sources[1:]),
    )


def compose(markup: Markup, text: str, start: int = 0, end: int | None = None) -> None:
    """Hands the elements of Markdown to the one who makes blocks of them."""
    body = _RETURNS.sub("\n", text[start : len(text) if end is None else end])
    body = _SETTINGS.sub(lambda found: (" " if found.group(1) else "\u200b") * len(found.group()), body)
    lines = Lines(body, start)
    parser = _markdown()
    known: dict[str, Any] = {}
    marks = 0
    for token in parser.parse(body.replace("\r\n", "\n").replace("\0", "\ufffd"), known):
        first, last = token.map or (0, 0)
        here = start + lines.begin(first)
        if token.type == "inline":
            count = len(_MARKS.findall(token.content))
            marks += count
            if count > MOST_MARKS or marks > MOST_MARKS * 200:
                token.children = _unmarked(token.content)
            else:
                token.children = []
                parser.inline.parse(token.content, parser, known, token.children)
            _Inline(markup, token, lines).read()
        elif token.type == "html_block":
            feed(markup, body[lines.begin(first) : lines.begin(last)], here)
        elif token.type in ("fence", "code_block"):
            _code(markup, token, lines)
        elif token.hidden:
            markup.flush()
        elif token.nesting == 1:
            markup.start(token.tag, here)
        elif token.nesting == -1:
            markup.end(token.tag, here)


def _unmarked(content: str) -> list[Token]:
    """A paragraph with more marks than anybody writes, taken word for word: to tell them apart takes ever longer."""
    from markdown_it.token import Token

    children = []
    for line in content.split("\n"):
        children += [Token("text", "", 0, content=line), Token("softbreak", "br", 0)]
    return children[:-1]


def _code(markup: Markup, token: Token, lines: Lines) -> None:
    """A block set as code, which a page shows as text."""
    markup.flush()
    first, last = token.map or (0, 0)
    for number in range(first, last):
        words = lines.body[lines.begin(number) : lines.begin(number + 1)]
        if token.type == "code_block" or not words.lstrip(" >").startswith(token.markup):
            markup.text(words, lines.start + lines.begin(number))
    markup.flush()


def _markdown() -> MarkdownIt:
    if not _parser:
        from markdown_it import MarkdownIt

        made = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
        made.disable(["text_join", "inline"])
        _parser.append(made)
    return _parser[0]


class _Inline:
    """Finds the words of a paragraph again in its lines: between two words there is only markup."""

    def __init__(self, markup: Markup, token: Token, lines: Lines) -> None:
        self.markup = markup
        self.children = token.children or []
        self.content = token.content
        self.at = 0
        self.starts, self.places = lines.of(token)

    def read(self) -> None:
        for child in self.children:
            read = getattr(self, f"_{child.type}", None)
            if read is not None:
                read(child)
            elif child.nesting:
                self._mark(child)

    def _text(self, child: Token) -> None:
        if not child.content:
            return
        at = self._find(child.content)
        if at < 0:
            here = self._place(self.at)
            self.markup.sign(child.content, here, here)
        else:
            self.markup.text(child.content, self._place(at))
            self.at = at + len(child.content)

    def _text_special(self, child: Token) -> None:
        at = self._pass(child.markup)
        self.markup.sign(child.content, self._place(at), self._place(at) + len(child.markup))

    def _softbreak(self, child: Token) -> None:
        at = self._pass("\n")
        self.markup.text("\n", self._place(at))

    def _hardbreak(self, child: Token) -> None:
        self.markup.start("br", self._place(self._pass("\n")))

    def _code_inline(self, child: Token) -> None:
        self._pass(child.markup)
        start, end = self.at, self.content.find(child.markup, self.at)
        end = len(self.content) if end < 0 else end
        for line in self.content[start:end].splitlines(keepends=True):
            self.markup.text(line, self._place(start))
            start += len(line)
        self.at = end + len(child.markup)

    def _html_inline(self, child: Token) -> None:
        at = self._pass(child.content)
        feed(self.markup, child.content, self._place(at))

    def _image(self, child: Token) -> None:
        self._pass("![")
        self._pass(child.content)
        self._tail()

    def _link_open(self, child: Token) -> None:
        at = self._pass("<" if child.info == "auto" else "[")
        self.markup.start("a", self._place(at), {"href": str(child.attrs.get("href", ""))})

    def _link_close(self, child: Token) -> None:
        self.markup.end("a", self._place(self.at))
        if child.info == "auto":
            self._pass(">")
        else:
            self._tail()

    def _mark(self, child: Token) -> None:
        at = self._place(self._pass(child.markup))
        if child.nesting == 1:
            self.markup.start(child.tag, at)
        else:
            self.markup.end(child.tag, at)

    def _tail(self) -> None:
        """Passes what stands behind the text of a link: its end, and its target."""
        from markdown_it.helpers import parseLinkDestination, parseLinkTitle

        self._pass("]")
        content, size = self.content, len(self.content)
        if content[self.at : self.at + 1] == "[":
            self._pass("]")
        elif content[self.at : self.at + 1] == "(":
            at = _past_white(content, self.at + 1)
            target = parseLinkDestination(content, at, size)
            if target.ok:
                at = _past_white(content, target.pos)
            if content[at : at + 1] in ('"', "'", "("):
                title = parseLinkTitle(content, at, size)
                at = _past_white(content, title.pos) if title.ok else at
            if content[at : at + 1] == ")":
                self.at = at + 1

    def _find(self, words: str) -> int:
        return self.content.find(words, self.at, self.at + len(words) + NEAR)

    def _pass(self, words: str) -> int:
        """Goes behind these characters, where they stand next; their offset in the content."""
        at = self._find(words)
        if at < 0:
            return self.at
        self.at = at + len(words)
        return at

    def _place(self, offset: int) -> int:
        """The offset in the draft of an offset in the content."""
        line = bisect_right(self.starts, offset) - 1
        return self.places[line] + offset - self.starts[line]


class Lines:
    """The lines of a page, and how far the cells of each were read."""

    def __init__(self, body: str, start: int) -> None:
        self.body = body
        self.start = start
        self.starts = [0, *(found.end() for found in _LINE.finditer(body))]
        self.read: tuple[int, int] = (-1, 0)

    def begin(self, number: int) -> int:
        """Where a line begins in the body; behind the last one that is its end."""
        return self.starts[number] if number < len(self.starts) else len(self.body)

    def of(self, token: Token) -> tuple[list[int], list[int]]:
        """For each line of the content of a token: its offset in the content, and in the draft."""
        first, _ = token.map or (0, 0)
        starts, places = [], []
        offset = 0
        for number, line in enumerate(token.content.split("\n"), first):
            words = line.strip()
            lead = len(line) - len(line.lstrip())
            begin, end = self.begin(number), self.begin(number + 1)
            since = self.read[1] if self.read[0] == number else begin
            at = self.body.find(words, since, end)
            if at < 0:
                at = since
            else:
                self.read = (number, at + len(words))
            starts.append(offset)
            places.append(self.start + at - lead)
            offset += len(line) + 1
        return starts, places


def _past_white(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at
