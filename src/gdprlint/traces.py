"""What a trace tells: of a rule, for each subject, what each of its conditions was and which one settled it.

All of it is words and places, made where rules are watched (`tracing`) and shown elsewhere (`reporters.trace`). Nothing
here knows rules or the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gdprlint.text import Source, Span
from gdprlint.values import field, frozen

TRUE, FALSE, NOT_APPLICABLE, CANNOT_TELL = "true", "false", "does not apply", "cannot tell"
NOT_ASKED = "not looked at"

REPORTS, IN_ORDER, PASSED_BY, UNSURE = "reports", "is in order", "does not apply", "cannot tell"


@frozen
class Words:
    """Something that is said: in which words, and where (None for what stands nowhere, such as a number of things)."""

    text: str
    span: Span | None = None


@frozen
class Led:
    """Where a path of a condition led to: the path, what is said there, how many more, and the state of it all."""

    path: str
    said: tuple[Words, ...] = ()
    more: int = 0
    state: str = ""


@frozen
class Step:
    """A condition, or a part of one, and what it was.

    `kind` is where, expect, part or member; of a member `of` is the value that was looked at. `decides` says of a part
    that it settles what the whole is. `note` says why something could not be told.
    """

    kind: str
    text: str
    truth: str
    place: Span | None = None
    led: tuple[Led, ...] = ()
    parts: tuple[Step, ...] = ()
    more: int = 0
    of: Words | None = None
    decides: bool = False
    note: str = ""

    def walk(self) -> Iterator[Step]:
        """Itself and all its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()


@frozen
class Case:
    """One choice of what `for each` runs over, and how far the rule came with it.

    `stopped_by` is the number of the step that settled it, -1 where none did. `message` is what the rule reports;
    `fate` why that is no finding of the run, or how it is one.
    """

    variables: tuple[tuple[str, Words], ...]
    steps: tuple[Step, ...]
    outcome: str
    stopped_by: int = -1
    message: str = ""
    span: Span | None = None
    fate: str = ""
    reported: bool = False


@frozen
class Subject:
    """One thing that the rule is for. `reasons` say why it is not asked of it; `loops` where its `for each` led to."""

    kind: str
    name: str
    words: Words
    extent: str
    silence: bool
    outcome: str
    reasons: tuple[str, ...] = ()
    loops: tuple[Step, ...] = ()
    cases: tuple[Case, ...] = ()
    more: int = 0


@frozen
class Traced:
    """One rule at work. `reasons` say why it was not run; what stands under `subjects` is what it would have said.

    `elsewhere` counts things that were not asked for, `untold` those for which there was no room.
    A check that is `of_reader` has neither conditions nor subjects.
    """

    code: str
    name: str
    title: str
    pack: str
    severity: str
    place: Words
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    elsewhere: int = 0
    untold: int = 0
    of_reader: bool = False


@frozen
class Trace:
    """The rules that were asked about, in the order of asking; `findings` is what the whole run found."""

    rules: tuple[Traced, ...]
    as_of: str
    findings: int = 0
    sources: Mapping[str, Source] = field(factory=dict, repr=False)
