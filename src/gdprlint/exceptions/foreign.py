"""Exceptions in files that a reader of a plugin turns into records: nobody knows where their comments stand.

Of a row or a field many clauses may be made, so an exception there would cover more than its writer can see. What is
clearly meant as one is told, since it takes nothing out; the configuration is the place for it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from gdprlint.exceptions import grammar
from gdprlint.exceptions.found import Found
from gdprlint.exceptions.grammar import Fault, Said
from gdprlint.text import Source, Span

_MEANT = re.compile(r"(?<=[-#*/!}])[^\S\n]*([Aa]llow\b[^\n]*)")


def found_in(source: Source, names: Container[str]) -> Iterator[Found]:
    """What stands in such a file as exceptions stand elsewhere; `names` are those of rules."""
    for meant in _MEANT.finditer(source.text):
        said = grammar.read(meant[1], meant.start(1), names)
        if isinstance(said, Said) and all(word.text in names for word in said.rules):
            start, end = meant.start(1), meant.start(1) + len(meant[1].rstrip())
            fault = Fault(
                "REC012", "an exception is not looked for in a file that a plugin reads, and takes no finding out",
                start, end, "write it into the configuration: `[[allow]]`, with this file as its `path`",
            )  # fmt: skip
            yield Found(fault, Span(source.path, start, end), source.path)
