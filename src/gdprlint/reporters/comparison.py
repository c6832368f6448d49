"""A comparison as people and programs read it: what changed, where on both sides, the law, what it means for people.

The house style is that of findings. What could not be compared is told once, at the end, and counts for nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator

from gdprlint.diagnostics import KINDS_OF_CHANGE, Change, Comparison
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.citations import spoken_together
from gdprlint.reporters.json import NOT_ASCII, escaped, place_of
from gdprlint.reporters.style import Paint, cells, folded, painter, shown
from gdprlint.reporters.totals import counted, problem_lines
from gdprlint.reporters.window import Place, edge_of, gutter_of, where, window
from gdprlint.text import Span

VERSION = 1
"""INVARIANT: raised whenever a key goes away or changes its meaning; a new key is no new version."""

ROLE = "info"


def render(comparison: Comparison, form: str, options: RenderOptions) -> str:
    """The comparison as text in one of the formats of `FORMS`, with a line feed at its end."""
    return FORMS[form](comparison, options)


def full(comparison: Comparison, options: RenderOptions) -> str:
    paint = painter(options.color)
    blocks = ["\n".join(_lines(comparison, change, options, paint)) for change in comparison.changes]
    return "\n\n".join([*blocks, *_closing(comparison, paint, options.width)]) + "\n"


def concise(comparison: Comparison, options: RenderOptions) -> str:
    paint = painter(options.color)
    lines = [
        f"{_where(comparison, change)}: {_head(change, paint)} {shown(change.message)}" for change in comparison.changes
    ]
    return "\n\n".join(filter(None, ["\n".join(lines), *_closing(comparison, paint, None)])) + "\n"


def as_json(comparison: Comparison, options: RenderOptions) -> str:
    whole = {
        "version": VERSION,
        "old": comparison.names[0],
        "new": comparison.names[1],
        "compared": "a record and its notice" if comparison.drift else "two versions",
        "changes": [_data(comparison, change) for change in comparison.changes],
        "unclear": [_data(comparison, change) for change in comparison.unclear],
        "problems": [{"message": problem.message, "where": problem.where} for problem in comparison.problems],
    }
    return NOT_ASCII.sub(escaped, json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


FORMS: dict[str, Callable[[Comparison, RenderOptions], str]] = {"full": full, "concise": concise, "json": as_json}


def _data(comparison: Comparison, change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "topic": change.topic,
        "activity": change.activity,
        "message": change.message,
        "means": change.means,
        "cites": list(change.provisions),
        "old": place_of(comparison, change.old) if change.old else None,
        "new": place_of(comparison, change.new) if change.new else None,
        "labels": [{**place_of(comparison, label.span), "message": label.message} for label in change.labels],
    }


def _head(change: Change, paint: Paint) -> str:
    return paint(ROLE, f"{change.kind}[{change.topic}]:")


def _where(comparison: Comparison, change: Change) -> str:
    span = change.new or change.old
    return where(comparison, span) if span is not None else shown(comparison.names[1])


def _lines(comparison: Comparison, change: Change, options: RenderOptions, paint: Paint) -> Iterator[str]:
    indent = cells(f"{change.kind}[{change.topic}]: ")
    first, *others = folded(shown(change.message), options.width, indent)
    yield f"{_head(change, paint)} {paint('headline', first)}"
    yield from (" " * indent + paint("headline", line) for line in others)
    places = _places(comparison, change)
    gutter = max((gutter_of(comparison, p.span) for p in places), default=1)
    for place in places:
        arrow = "-->" if place.sign == "^" else ":::"
        heading = f"{paint('gutter', ' ' * gutter + arrow)} {where(comparison, place.span)}"
        if options.show_source and place.span.path in comparison.sources:
            yield heading
            yield from window(comparison.sources[place.span.path], [place], gutter, options.width, paint)
        else:
            yield f"{heading}: {shown(place.message)}"
    if places and not options.show_source:
        yield edge_of(gutter, paint)
    for name, text in (("law", spoken_together(change.provisions)), ("people", change.means)):
        lines = folded(shown(text), options.width, gutter + len(name) + 5) if text else []
        for number, line in enumerate(lines):
            sign = f"{paint('gutter', ' ' * (gutter + 1) + '=')} {paint('help', f'{name}:')} "
            yield (" " * (gutter + len(name) + 5) if number else sign) + line


def _places(comparison: Comparison, change: Change) -> list[Place]:
    """The new place with carets, the old one below it, and where a source says it."""
    said = ("before", "now")
    spans: list[tuple[Span | None, str]] = [(change.new, said[1]), (change.old, said[0])]
    if comparison.drift:
        spans = [(change.new, _side(comparison, 1)), (change.old, _side(comparison, 0))]
    found = [(span, text) for span, text in spans if span is not None]
    places = [
        Place(span, text, "-" if number else "^", "gutter" if number else ROLE)
        for number, (span, text) in enumerate(found)
    ]
    return [*places, *(Place(label.span, label.message, "-", "gutter") for label in change.labels)]


def _side(comparison: Comparison, number: int) -> str:
    record_is_old = comparison.record_is_old
    return "on record" if (number == 0) is record_is_old else "in the notice"


def _closing(comparison: Comparison, paint: Paint, width: int | None) -> list[str]:
    """What could not be compared, problems of the run, and how many changes there are."""
    blocks = [
        [f"Could not be compared: {len(comparison.unclear)}", *_unclear(comparison)] if comparison.unclear else [],
        problem_lines(comparison.problems, paint),
        [_total(comparison)],
    ]
    return ["\n".join(part for line in block for part in folded(line, width)) for block in blocks if block]


def _unclear(comparison: Comparison) -> Iterator[str]:
    for change in comparison.unclear:
        yield f"  {_where(comparison, change)}: {shown(change.message)}"


def _total(comparison: Comparison) -> str:
    old, new = (shown(name) for name in comparison.names)
    if not comparison.changes:
        return f"No changes between {old} and {new}."
    kinds = Counter(change.kind for change in comparison.changes)
    parts = [f"{kinds[kind]} {kind}" for kind in KINDS_OF_CHANGE if kinds[kind]]
    return f"{counted(len(comparison.changes), 'change')} between {old} and {new} ({', '.join(parts)})."
