"""What came of trying an expression: of each thing that it was asked of, value, state and place.

Made where expressions are tried (`authoring.trying`) and shown elsewhere (`reporters.trial`). Nothing here knows rules
or the model.
"""

from __future__ import annotations

from collections.abc import Mapping

from gdprlint.diagnostics import Diagnostic
from gdprlint.text import Source
from gdprlint.traces import Led, Step, Words
from gdprlint.values import field, frozen


@frozen
class Answer:
    """What an expression gave for one choice of its variables: a condition a `step`, a value where it `led`.

    `state` is that of the value: stated, silent and so on.
    """

    variables: tuple[tuple[str, Words], ...]
    step: Step | None = None
    led: Led | None = None
    state: str = ""


@frozen
class Tried:
    """One thing that an expression was tried on."""

    kind: str
    name: str
    words: Words
    extent: str
    answers: tuple[Answer, ...]


@frozen
class Trial:
    """What an expression gave. Where it is at fault, only `faults` says something; `more` things were not told."""

    subject: str
    silence: bool
    faults: tuple[Diagnostic, ...] = ()
    things: tuple[Tried, ...] = ()
    more: int = 0
    sources: Mapping[str, Source] = field(factory=dict, repr=False)
