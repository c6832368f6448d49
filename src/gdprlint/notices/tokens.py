"""Hands the tags and text of HTML to whoever makes blocks of them, with the offset of each."""

from __future__ import annotations

import re

from gdprlint.notices.markup import Markup

_RETURNS = re.compile(r"\r(?!\n)")


def feed(markup: Markup, text: str, offset: int = 0) -> None:
    """Reads HTML as browsers do. `offset` is that of the text in the draft."""
    from turbohtml import Tokenizer, TokenType

    text = _RETURNS.sub("\n", text)
    starts = [0]
    for found in re.finditer("\n", text):
        starts.append(found.end())
    tokenizer = Tokenizer(resolve_references=False, capture_source=True)
    words, start, end, sign = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG, TokenType.CHARACTER_REFERENCE
    waiting: int | None = None
    for tokens in (tokenizer.feed(text), tokenizer.close()):
        for token in tokens:
            kind = token.type
            at = starts[token.line - 1] + token.col
            if waiting is not None:
                markup.text(text[waiting:at], offset + waiting)
                waiting = None
            if kind == words:
                waiting = at
            elif kind == start:
                markup.start(token.tag or "", offset + at, dict(token.attrs or ()), token.self_closing)
            elif kind == end:
                markup.end(token.tag or "", offset + at)
            elif kind == sign:
                markup.sign(token.data or "", offset + at, offset + at + len(token.source or ""))
    if waiting is not None:
        markup.text(text[waiting:], offset + waiting)
