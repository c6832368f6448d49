"""From a reading to a record: what the notice amounts to, in the policy language, each clause with its place.

The text is a first draft for somebody with a notice and no record, and what rules judge when they judge
a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.clauses import Draft, Line, quoted
from gdprlint.prose.hearing import Evidence
from gdprlint.prose.reading import Reading
from gdprlint.prose.statements import WRITERS, controllers_of
from gdprlint.prose.terms import finder_of

Stretch = tuple[int, int, Evidence]


def draft_of(
    reading: Reading, vocabulary: Vocabulary, name: str = "this-notice", margins: bool = True
) -> tuple[str, list[Stretch]]:
    """The record as text, not yet formatted, and for stretches of it the evidence that they rest on."""
    draft = Draft(reading, finder_of(vocabulary))
    draft.taken |= {name, "personal-data", "people", "processing", "special-data"}
    controllers = controllers_of(draft)
    for write in WRITERS:
        write(draft, controllers)
    return _assembled(draft, name, controllers, margins)


def _assembled(draft: Draft, name: str, controllers: list[str], margins: bool) -> tuple[str, list[Stretch]]:
    reading = draft.reading
    by = f" by {controllers[0]}" if controllers else ""
    on = reading.facts["notice_date"] or ""
    dated = f" on {on}" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", on) else ""
    out: list[str] = []
    places: list[Stretch] = []
    size = 0

    def put(line: Line, indent: str = "", tail: str = "") -> None:
        nonlocal size
        text = indent + line.text + (_margin(reading, line.evidence) if margins else "") + tail + "\n"
        places.extend((size, size + len(text), one) for one in line.evidence[:1])
        out.append(text)
        size += len(text)

    put(Line("# What the notice says, as gdprlint reads it: a draft to be checked, each clause with its lines.\n"))
    file = reading.page.source.path.rpartition("/")[2]  # the record goes beside it
    header = f"notice {name} {quoted(file)} of processing{by}{dated}"
    block = [*_heading_lines(draft), *draft.header]
    put(Line(header), tail=" {" if block else "")
    for line in block:
        put(line, "  ")
    put(Line("}\n" if block else ""))
    for known, declaration, lines in draft.parties.values():
        named = (draft.places[known],) if known in draft.places else ()
        put(Line(declaration.replace("{id}", known, 1), named), tail=" {" if lines else "")
        for line in lines:
            put(line, "  ")
        if lines:
            put(Line("}"))
    for line in draft.declared:
        put(line)
    put(Line(f"\nactivity processing {quoted(reading.title)} {{"))
    for line in draft.lines:
        put(line, "  ")
    for head, lines in draft.uses:
        put(Line(f"\n  {head}", lines[0].evidence[:1]), tail=" {")
        for line in lines:
            put(line, "    ")
        put(Line("  }"))
    put(Line("}"))
    return "".join(out), places


def _heading_lines(draft: Draft) -> Iterator[Line]:
    """What stands in the block of the notice: whether it is an excerpt, and the law that it cites."""
    if draft.reading.kind == "excerpt":
        yield Line('excerpt of "a longer notice"')
    seen: set[str] = set()
    for one in draft.evidence("law-cited", "stated", "partial"):
        for term in draft.terms.found(one.passage, "law"):
            if term not in seen:
                seen.add(term)
                yield Line(f"cites {term}", (one,))


def _margin(reading: Reading, evidence: Iterable[Evidence]) -> str:
    spans = sorted({tuple(lines) for one in evidence if (lines := reading.lines_of(one))})
    if not spans:
        return ""
    return " [" + ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans[:6]) + "]"
