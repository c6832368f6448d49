"""A document that was written: headings, paragraphs and lists, as plain text.

The text is what a reader sees. Escaping belongs to the form in which it is printed, so nothing here,
and nothing that makes these values, knows of Markdown or HTML.
"""

from __future__ import annotations

from attrs import frozen


@frozen
class Paragraph:
    text: str


@frozen
class Bullets:
    """A list; each item is a sentence, or a word with what it means."""

    items: tuple[str, ...]


Block = Paragraph | Bullets


@frozen
class Section:
    """A heading with what stands under it. `key` is a word of ours, never one of the record."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    inner: tuple[Section, ...] = ()


@frozen
class Document:
    title: str
    sections: tuple[Section, ...]
