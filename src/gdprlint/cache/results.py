"""A check that is answered from what is remembered where that still holds, and judged otherwise.

What is kept is the report as plain data, with what else is needed to go on from it, beside the question and each thing
that was looked at with what was seen there. All of it is looked at again, files by their content; one difference, and
the engine judges. The engine is not even imported before that.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from gdprlint import disk, store
from gdprlint.importpath import without_working_folder

if TYPE_CHECKING:
    from gdprlint.diagnostics import Report
    from gdprlint.options import CheckOptions

T = TypeVar("T")


class Kept(NamedTuple):
    """What is kept: a report, and tuples of texts that whoever asked needs to go on from there."""

    report: Report
    beside: tuple[Any, ...] = ()


def remembered(
    paths: Sequence[str],
    options: CheckOptions,
    more: object,
    judge: Callable[[], T],
    kept: Callable[[T], Kept],
    again: Callable[[Kept], T | None],
) -> T:
    """What `judge` finds, from the cache where that has it.

    `more` is what decides the answer beside paths, options and files. Whatever files `judge` looks at, it looks at
    through `disk`, and it loads what it judges by itself. `kept` says what is to be kept of what it found, and `again`
    makes the same of that; None where it will not do this time.
    """
    asked = None if store.fault() else _question(paths, options, more)
    if asked is None:
        return judge()
    name = f"result-{disk.digest(asked.encode('utf-8', 'surrogateescape'))}.json"
    known = _known(name, asked, again)
    if known is not None:
        return known
    with disk.watched() as seen:
        _note_programs()
        found = judge()
    keeping = kept(found)
    if seen.sound and not keeping.report.problems and keeping.report.background is None:
        _keep(name, asked, seen, keeping)
    return found


def _question(paths: Sequence[str], options: CheckOptions, more: object) -> str | None:
    from gdprlint.cache.questions import question

    return question(paths, options, more)


def _note_programs() -> None:
    """Note what judges: our own text and rules, and what is installed. Plugins are noted as they load."""
    from gdprlint.bundled import CHECKOUT

    disk.program(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    if CHECKOUT is not None:
        disk.program(CHECKOUT / "rules")
        disk.program(CHECKOUT / "plugins")
    for entry in without_working_folder(sys.path):
        disk.installed(entry)


def _known(name: str, asked: str, again: Callable[[Kept], T | None]) -> T | None:
    content = store.read(name)
    if content is None:
        return None
    try:
        data = json.loads(content)
        contents: dict[str, bytes] = {}
        if data["question"] != asked or not disk.holds(data["facts"], contents):
            return None
        from gdprlint.cache.reports import plain_of, report_of

        return again(Kept(report_of(data["report"], contents), plain_of(data["beside"])))
    except Exception:  # whatever stands in a cache, it must not end a run
        return None


def _keep(name: str, asked: str, seen: disk.Seen, found: Kept) -> None:
    from gdprlint.cache.reports import NotPlain, plain, report_data

    try:
        data: dict[str, Any] = {
            "question": asked,
            "facts": [[*question, answer] for question, answer in _in_order(seen)],
            "report": report_data(found.report, seen.texts),
            "beside": plain(found.beside),
        }
        store.write(name, json.dumps(data, separators=(",", ":")).encode("ascii"))
    except (NotPlain, ValueError, RecursionError):
        return


def _in_order(seen: disk.Seen) -> list[tuple[tuple[object, ...], disk.Answer]]:
    """What was seen, what is soonest asked again first. What stands in a program is known by that program's stamp."""
    inside = tuple(f"{question[1]}{os.sep}" for question in seen.facts if question[0] == "program")
    shown = {file for file, _ in seen.texts.values()}
    kept = [
        (question, answer)
        for question, answer in seen.facts.items()
        if question[0] == "program" or question[1] in shown or not str(question[1]).startswith(inside)
    ]
    return sorted(kept, key=lambda item: item[0][0] in ("content", "beginning", "program"))
