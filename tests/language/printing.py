"""How a text is set in form, and that it stays so."""

from __future__ import annotations

from textwrap import dedent

from gdprlint.language.parser import parse_whole
from gdprlint.language.printer import format_source
from gdprlint.language.tree import Clause, Declaration
from gdprlint.text import Source


def formatted(text: str) -> str:
    said, faults = format_source(Source("a.gdpr", text))
    assert faults == ()
    return said


def reformats(before: str, after: str) -> None:
    """The text becomes this, and this stays as it is."""
    before, after = dedent(before), dedent(after)
    assert formatted(before) == after
    assert formatted(after) == after


def stays(text: str) -> None:
    reformats(text, text)


def only_clause(text: str) -> Clause:
    """The clause that is the only one of a block."""
    declaration = parse_whole(f"activity a {{\n  {text}\n}}\n").items[0]
    assert isinstance(declaration, Declaration)
    assert declaration.lines is not None
    clause = declaration.lines[0]
    assert isinstance(clause, Clause)
    return clause
