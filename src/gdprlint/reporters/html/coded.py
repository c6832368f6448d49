"""What messages write between backticks, as code: the one piece of markup that is made of their words."""

from __future__ import annotations

from markupsafe import Markup, escape


def coded(text: str) -> Markup:
    """The text, safe for a page; backticks are taken for quotes only where each has its other."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    code = Markup("<code>{}</code>").format
    return Markup("").join(code(part) if at % 2 else escape(part) for at, part in enumerate(parts))
