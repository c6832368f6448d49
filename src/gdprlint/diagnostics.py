"""What is reported: findings, problems of the run, and the report that holds them.

A diagnostic is a value. Reporters turn reports into text; this module knows neither rules nor
readers nor terminals.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gdprlint.text import Source, Span
from gdprlint.values import evolve, field, frozen

if TYPE_CHECKING:
    from gdprlint.background import Background


class Severity(enum.IntEnum):
    """How much a finding weighs; higher is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> Severity:
        return cls[word.upper()]


@frozen
class Label:
    """A place beside the primary one, with what is to be seen there (may be empty)."""

    span: Span
    message: str = ""


@frozen
class Edit:
    """New text for a place; an empty place is where the text goes in."""

    span: Span
    text: str


@frozen
class Fix:
    """A change of the text that answers a finding. It is `safe` where the text means the same before and after."""

    message: str
    edits: tuple[Edit, ...]
    safe: bool = False


def meant(span: Span, help: str) -> tuple[Fix, ...]:
    """The fix that a help offers in so many words, for what stands at the span: it states what the writer meant."""
    found = _MEANT.fullmatch(help)
    return (Fix(help, (Edit(span, found[1]),)),) if found else ()


_MEANT = re.compile(r"did you mean `([^`]+)`\?")


@frozen
class Diagnostic:
    """One finding: a fact about a text, at its place.

    `label` is said under the carets of `span`. `cites` are provisions in the notation of the
    language (`uk-gdpr 9(1)`). `activity` is the name of the activity judged, or empty.
    `fingerprint` is made of meaning only: no line, file or wording. `former` are those that it had under other codes
    of its rule.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    label: str = ""
    help: str = ""
    note: str = ""
    cites: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    activity: str = ""
    register: str = ""
    fingerprint: str = ""
    pack: str = ""
    topic: str = ""
    fixes: tuple[Fix, ...] = ()
    former: tuple[str, ...] = ()

    def evolve(self, **changes: Any) -> Diagnostic:
        return evolve(self, **changes)


@frozen
class Problem:
    """Something that went wrong in the run itself, not in what was judged: it sets exit code 2."""

    message: str
    where: str = ""


@frozen
class Suppressed:
    """A finding that is not shown as one, since somebody has accepted it.

    `kind` is where that is written: allow, baseline or configuration. `justification` is the reason given there, in the
    writer's words, `owner` who answers for it, `until` its last day; each may be empty. `span` is the place of it.
    """

    finding: Diagnostic
    kind: str
    justification: str = ""
    owner: str = ""
    until: str = ""
    span: Span | None = None


@frozen
class JudgedRegister:
    """A register that was looked at: its name and folder (or its one file), and whether all that it holds was."""

    name: str
    root: str
    whole: bool


@frozen
class Judged:
    """What was looked at, for the last lines of the output.

    `not_applied` counts rules that found nothing to look at; `cannot_tell` counts rules that met
    at least one subject of which they could not tell. `by_rule` says of each code what came of it: failed,
    passed, did not apply, could not tell. `registers` names the register of each file that was asked for,
    `roots` are the registers in the order of judging. `renamed` gives the code of each rule by its other codes.
    `doubtful` are the codes of rules that nobody should take for settled law: in preview, or on a provision that was
    not read whole. `left_out` counts findings beyond the `strictness` asked for.
    `empty` tells that no file says anything that could be judged.
    """

    files: int
    files_with_findings: int
    packs: tuple[str, ...]
    as_of: str
    rules: int
    not_applied: int
    cannot_tell: int
    by_rule: Mapping[str, str] = field(factory=dict, repr=False)
    registers: Mapping[str, str] = field(factory=dict, repr=False)
    roots: tuple[JudgedRegister, ...] = field(factory=tuple, repr=False)
    renamed: Mapping[str, str] = field(factory=dict, repr=False)
    doubtful: frozenset[str] = field(default=frozenset(), repr=False)
    strictness: str = "auditor"
    left_out: int = 0
    empty: bool = False


@frozen
class Report:
    """All that a run found. Findings are in order of path, place and code.

    `sources` holds every source that a finding points into, by path. `suppressed` are no findings any more.
    `background` is there where it was asked for. `notes` is what the user should know of what was asked for; nothing
    is wrong with it.
    """

    findings: tuple[Diagnostic, ...]
    judged: Judged
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Source] = field(factory=dict, repr=False)
    suppressed: tuple[Suppressed, ...] = ()
    background: Background | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        return sum(1 for finding in self.findings if finding.severity is severity)

    def position(self, span: Span) -> tuple[int, int]:
        """Line and column at which a place begins, both counted from 1; of a workbook row and column of its cell."""
        source = self.sources.get(span.path)
        return source.place(span.start) if source is not None else (1, 1)


@frozen
class Change:
    """One thing that two readings say otherwise, in the law's terms.

    `kind` is one of `KINDS_OF_CHANGE`, `topic` what it is about (`retention`). `activity` is the name of the activity,
    or empty. `provisions` are those that the change touches, `means` what it means for people. `old` and `new` are the
    places on the two sides, where there is one; `labels` where a source says it.
    """

    kind: str
    topic: str
    activity: str
    provisions: tuple[str, ...]
    message: str
    means: str = ""
    old: Span | None = None
    new: Span | None = None
    labels: tuple[Label, ...] = ()


# Between two versions, then between a record and its notice.
KINDS_OF_CHANGE = (
    "added", "removed", "changed", "hedged", "denied", "blank", "deferred", "stated",
    "not told", "not on record", "differs",
)  # fmt: skip


@frozen
class Comparison:
    """What changed between two sides, in the order of their texts; `unclear` is what could not be compared, and why.

    `names` are the two sides as they were asked for. `drift` tells that one is a record and the other its notice,
    `record_is_old` which of them.
    """

    changes: tuple[Change, ...]
    unclear: tuple[Change, ...]
    names: tuple[str, str]
    drift: bool = False
    record_is_old: bool = True
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Source] = field(factory=dict, repr=False)
