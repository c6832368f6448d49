"""What a reporter is told of a rule beside its findings. A value of words; how rules are made is not known here."""

from __future__ import annotations

from gdprlint.values import frozen


@frozen
class AboutRule:
    """A rule in words. `text` and `markdown` are its whole page with examples, and may be left out."""

    code: str
    name: str
    title: str
    why: str = ""
    severity: str = "error"
    pack: str = ""
    topic: str = ""
    cites: tuple[str, ...] = ()
    text: str = ""
    markdown: str = ""
