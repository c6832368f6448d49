"""`compare`: two readings in, their changes out, in the law's terms.

Either side may be a record or a notice. Two of a kind are held against each other as versions; a record and a notice
as what is done and what people are told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint.comparing import drift, versions
from gdprlint.comparing.differences import Difference, as_change, clause_of
from gdprlint.comparing.sides import Side, sides
from gdprlint.diagnostics import Change, Comparison, Label, Problem
from gdprlint.prose.pages import Pages
from gdprlint.readers import theirs
from gdprlint.readers.margins import place_of
from gdprlint.readers.register import Reading, read_loaded, read_register
from gdprlint.registers import SUFFIX, Loaded, NotFound, Plan, is_sheet, load, plans, project_of, shown_path
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.rules.packs import Library

MAX_BYTES = 8_000_000


def compare_paths(
    old: str, new: str, library: Library, max_bytes: int = MAX_BYTES, is_left_out: Callable[[Path], bool] | None = None
) -> Comparison:
    """Compare the records or notices at two paths; NotFound where there is nothing to read.

    `is_left_out` tells of the files there which somebody wants left out.
    """
    pages = Pages(lambda: library.ear, library.vocabulary, max_bytes)
    readings = [_read(path, pages, is_left_out) for path in (old, new)]
    found = [sides(r.register, (shown_path(path) for path in r.plan.shown)) for r in readings]
    problems = [fault for path, reading in zip((old, new), readings, strict=True) for fault in _faults(path, reading)]
    for path, side in zip((old, new), found, strict=True):
        if not side and not problems:
            raise NotFound(f"`{path}` holds neither an activity nor the header of a record or notice")
    sources = {path: file.source for reading in readings for path, file in reading.parsed.items()}
    sources.update({source.path: source for r in readings for source in r.register.notices.values()})
    sources.update(pages.sources())
    names = (old, new)
    comparison = compare(found[0], found[1], names) if all(found) else Comparison((), (), names)
    return evolve(
        comparison,
        changes=tuple(_on_page(change, pages) for change in comparison.changes),
        unclear=tuple(_on_page(change, pages) for change in comparison.unclear),
        problems=(*problems, *pages.problems),
        sources=sources,
    )


def compare(old: dict[str, Side], new: dict[str, Side], names: tuple[str, str] = ("", "")) -> Comparison:
    """Compare what both sides hold: records with records, notices with notices, else a record with a notice."""
    shared = [kind for kind in ("record", "notice") if kind in old and kind in new]
    unread = [*_unread(old, False), *_unread(new, True)]
    if shared:
        found = [d for kind in shared for d in versions.differences(old[kind], new[kind])]
        return _comparison([*found, *unread], (old, new), names, False)
    both = {**old, **new}
    found = [*drift.differences(both["record"], both["notice"], record_is_old="record" in old), *unread]
    return evolve(_comparison(found, (old, new), names, True), record_is_old="record" in old)


def _unread(listed: dict[str, Side], new: bool) -> list[Difference]:
    """Lines of a side that could not be read, told once, since they may have said anything."""
    nodes = dict.fromkeys(
        node for side in listed.values() for node in (*side.documents, *side.activities()) if node.unread
    )
    if not nodes:
        return []
    node, count = next(iter(nodes)), len(nodes)
    where = f" and in {count - 1} more" if count > 1 else ""
    text = f"what stands here{where} could not all be read, and counts as cannot tell; `gdprlint check` tells where"
    old_place, new_place = (None, node) if new else (node, None)
    return [Difference("unclear", "document", text, old_place, new_place, node=node)]


def _comparison(
    found: Iterable[Difference], both: tuple[dict[str, Side], dict[str, Side]], names: tuple[str, str], is_drift: bool
) -> Comparison:
    changes = sorted((_change(difference, both) for difference in found), key=_place)
    return Comparison(
        tuple(change for change in changes if change.kind != "unclear"),
        tuple(change for change in changes if change.kind == "unclear"),
        names,
        is_drift,
    )


def _place(change: Change) -> tuple[object, ...]:
    """In the order of the new text; what is only in the old one stands behind, in the order of that."""
    spans = [span for span in (change.new, change.old) if span is not None]
    return change.new is None, *((span.path, span.start, span.end) for span in spans), change.topic, change.message


def _change(difference: Difference, both: Sequence[dict[str, Side]]) -> Change:
    labels = []
    for spot, listed in zip((difference.old, difference.new), both, strict=True):
        clause = clause_of(spot)
        side = next(iter(listed.values()))
        told = place_of(clause, side.register.notices) if clause is not None and side.register.notices else None
        if told is not None:
            labels.append(Label(*told))
    return as_change(difference, tuple(labels))


def _read(path: str, pages: Pages, is_left_out: Callable[[Path], bool] | None = None) -> Reading:
    planned = plans((path,), readers=theirs.of_plugins().readers)
    if len(planned) > 1:
        raise NotFound(f"`{path}` holds {len(planned)} registers; name one of them")
    (plan,) = planned
    if is_left_out is not None:
        plan.files = [file for file in plan.files if not is_left_out(file)]
        plan.shown.intersection_update(plan.files)
    found = {file: _loaded(file, plan, pages) for file in plan.files}
    loaded = {file: item for file, item in found.items() if item is not None}
    plan.files = list(loaded)
    parsed = {item.path: read_loaded(item) for item in loaded.values() if item.source is not None}
    return read_register(plan, loaded, parsed, pages.vocabulary, pages.max_bytes)


def _loaded(file: Path, plan: Plan, pages: Pages) -> Loaded | None:
    if file in plan.theirs:
        return pages.by_reader(file, plan.theirs[file], project_of(plan.root), file in plan.named)
    if is_sheet(file):
        return pages.by_sheet(file, project_of(plan.root))
    return load(file, pages.max_bytes) if file.suffix == SUFFIX else pages.by_itself(file)


def _on_page(change: Change, pages: Pages) -> Change:
    """The change with its places where the notices say it, which were read from a draft of them."""
    message = change.message
    for span in (change.old, change.new):
        if span is not None:
            message = pages.named(message, span.path)
    old, new = (span and pages.place(span) for span in (change.old, change.new))
    return evolve(change, message=message, old=old, new=new)


def _faults(path: str, reading: Reading) -> list[Problem]:
    """What could not be read at all."""
    unread = {shown_path(file) for file in reading.plan.shown} - set(reading.parsed)
    return [Problem(f"{', '.join(sorted(unread))} could not be read", path)] if unread else []
