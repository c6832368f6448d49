"""The record that a document is written from, as it is found at a path."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.engine import WrongUse
from gdprlint.readers import theirs
from gdprlint.readers.register import read_loaded, read_register
from gdprlint.registers import NotFound, plans, shown_path
from gdprlint.rules.packs import load as load_library
from gdprlint.writers.view import View, view_of

_MAX_BYTES = 8_000_000  # as `gdprlint check` without --max-bytes


def opened(path: str) -> tuple[View, list[Diagnostic]]:
    """What the file or folder says, within its register, and the faults for which it may say less than it should."""
    try:
        planned = plans([path], readers=theirs.of_plugins().readers)
    except NotFound as error:
        raise WrongUse(str(error)) from None
    if len(planned) > 1:
        names = ", ".join(plan.name for plan in planned[:5])
        raise WrongUse(f"`{path}` holds {len(planned)} registers ({names}); name one of them")
    plan = planned[0]
    vocabulary = load_library().vocabulary
    loaded = {file: theirs.loaded(file, plan, vocabulary, _MAX_BYTES) for file in plan.files}
    parsed = {item.path: read_loaded(item) for item in loaded.values() if item.source is not None}
    reading = read_register(plan, loaded, parsed, vocabulary, _MAX_BYTES)
    shown = {shown_path(file) for file in plan.shown}
    faults = [found for found in reading.findings if found.severity is Severity.ERROR and found.span.path in shown]
    unread = any(thing.unread for thing in reading.register.things if thing.path in shown)
    view = view_of(reading.register, shown, unread)
    if not view.activities:
        raise WrongUse(f"there is no activity in `{path}` to write about")
    return view, faults
