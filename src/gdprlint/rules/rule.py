"""A rule as a value, and what it is handed when it judges.

A rule written in the language and one written in Python are the same value: the engine and the
reporters cannot tell them apart. This module knows the model and nothing of how rules are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gdprlint.diagnostics import Severity
from gdprlint.model.provisions import Provision
from gdprlint.model.states import Extent, State
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.values import define, evolve, field, frozen

if TYPE_CHECKING:
    from gdprlint.model.register import Register

Spot = Thing | Clause | Item | Values
PREVIEW, STABLE, DEPRECATED = STAGES = ("preview", "stable", "deprecated")


@frozen
class Window:
    """Days on which the duty stands (both included), and the provisions that lay it down then."""

    since: date | None = None
    until: date | None = None
    cites: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Repair(NamedTuple):
    """How the text would answer what was found: `action` is one of `ACTIONS`, `words` what is put in the place."""

    action: str
    at: Spot
    words: str = ""


ACTIONS = ("replace", "renumber", "remove")


@frozen
class Draft:
    """What a rule says it found: where (the first place is the primary one), in which words, and what would mend it."""

    at: tuple[tuple[Spot, str], ...]
    message: str
    advice: str = ""
    note: str = ""
    severity: Severity | None = None
    about: Thing | None = None
    repairs: tuple[Repair, ...] = ()

    def help(self, text: str) -> Draft:
        """The same finding with one thing to do."""
        return evolve(self, advice=text)

    def label(self, at: Spot, text: str = "") -> Draft:
        """The same finding with one more place."""
        return evolve(self, at=(*self.at, (at, text)))

    def fix(self, action: str, at: Spot, words: str = "") -> Draft:
        """The same finding with a way to mend the text: `replace` a value with `words`, `renumber` or `remove` it."""
        return evolve(self, repairs=(*self.repairs, Repair(action, at, words)))


@frozen
class Parameter:
    """A fixed value that others may set: `kind` is amount, number or date, `value` its text; `by` who set it."""

    name: str
    kind: str
    value: str
    by: str = ""


@frozen
class Changed:
    """What a pack has made of a rule of another one, in a phrase each, and why; `place` is where it says so."""

    pack: str
    place: str
    why: str
    what: tuple[str, ...]


MOST_STEPS = 200_000  # members of long lists that a rule looks at, of one subject
LONG = 50  # members that a list may have without being counted


@define(eq=False)
class Context:
    """What a rule may ask while it judges one subject.

    `silence` says whether silence counts in the file of the subject, `document` whether that is a record or a notice.
    A rule that could not tell sets `unsure`, one that met something to look at `applied`. `steps` is what
    is left of the work that a rule may do on one subject: a list of thousands within another one is looked through so
    far and no further, and the rest cannot be told. `troubles` takes what functions of plugins break, where somebody
    wants to know.
    """

    register: Register
    as_of: date
    extent: Extent
    silence: bool
    document: str = "record"
    unsure: bool = False
    applied: bool = False
    steps: int = MOST_STEPS
    troubles: dict[str, str] | None = None
    day: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.day = self.as_of.isoformat()

    def field(self, thing: Thing, name: str) -> Values:
        return self.register.field(thing, name)

    def is_a(self, spot: Spot, term: str, possibly: bool = False) -> bool | None:
        """Whether the thing, clause or value is what the term names; None where it does not apply or cannot be told."""
        from gdprlint.rules.terms import is_term

        return self._told(is_term(self, spot, term.replace(" ", "-"), possibly))

    def is_said(self, value: Spot, state: State = State.STATED) -> bool | None:
        """Whether the value is in this state; None where that cannot be told."""
        from gdprlint.rules.logic import in_state

        return self._told(in_state(self, value, state))

    def words(self, spot: Spot) -> str:
        """The thing or value as a message says it."""
        from gdprlint.rules.wording import said

        return said(spot)

    def _told(self, truth: object) -> bool | None:
        if isinstance(truth, bool):
            return truth
        self.unsure = self.unsure or truth is not None
        return None

    def finding(self, at: Spot, message: str, label: str = "") -> Draft:
        return Draft(((at, label),), message)


Judge = Callable[[Thing, Context], Iterable[Draft]]


@frozen
class First:
    """Conditions that can be asked before the rule: the first so many loops, and conditions within them.

    They look at the verbs and tails in `reads`, as a rule with these `Needs` does. Where none of them holds, the rule
    has nothing to report.
    """

    loops: int
    conditions: int
    reads: tuple[str, ...]
    notices: bool = False


@frozen
class Needs:
    """What a rule needs of its subject to have anything to say.

    It runs over the clauses of each verb that is `looped`. It asks for those that are `asked`, and cannot tell, rather
    than does not apply, where there are none of them and silence does not count. Of each set in `choices` something
    must be said: a verb, a verb of the document (with a caret before it), a joining word of the declaration (with a
    colon before it) or of some clause (with two), a blank there, or the kind of thing that is declared (`:a data`).

    `reads` are the verbs and tails (with a dot before them) that it looks at, where it looks at nothing else of an
    activity: to it, activities that say the same there are the same. Only where an equals sign stands before a verb do
    names and the writer's own words count; elsewhere it looks at things through what their declarations say, and at
    own words only to see which are the same. In a notice it may look further where `notices` says so. `first` are
    conditions that look at less than the rule. Of `codes` each must be one that somebody in the register works under.
    `terms` are what its first condition asks of an activity: a verb that must be said, or (with a tilde before it) a
    term that some clause must be. Of each set in `letters` some must stand in a text of the register.
    """

    looped: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    choices: tuple[frozenset[str], ...] = ()
    reads: tuple[str, ...] | None = None
    notices: bool = False
    first: First | None = None
    codes: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()
    letters: tuple[frozenset[str], ...] = ()


@frozen
class Rule:
    """One rule.

    `subject` is the kind of thing handed to `judge`. `judges` holds record and notice, `silence` the extents in which
    silence counts. `windows` are in order of time; a rule without one has always stood. `place` is
    the file and offset where it is written. `may_speak` asks the conditions that its needs name `first`. `former` are
    codes of rules that are gone and that this one replaces.
    """

    code: str
    name: str
    title: str
    why: str
    cites: tuple[str, ...]
    severity: Severity
    subject: str
    judge: Judge = field(eq=False, repr=False)
    help: str = ""
    judges: frozenset[str] = frozenset({"record", "notice"})
    silence: frozenset[str] = frozenset()
    windows: tuple[Window, ...] = ()
    yields: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    stage: str = "stable"
    verified: str = "yes"
    pack: str = ""
    topic: str = ""
    place: str = ""
    levels: tuple[str, ...] = ()
    needs: Needs | None = None
    may_speak: Callable[[Thing, Context], bool] | None = field(default=None, eq=False, repr=False)
    parameters: tuple[Parameter, ...] = ()
    changes: tuple[Changed, ...] = ()
    former: tuple[str, ...] = ()

    def window(self, day: date) -> Window | None:
        """The window that holds on that day, or None where the rule is not in force."""
        if not self.windows:
            return Window()
        for window in self.windows:
            if window.holds(day):
                return window
        return None

    def cited(self, day: date) -> tuple[str, ...]:
        window = self.window(day)
        return window.cites if window and window.cites else self.cites


def rule(
    code: str,
    name: str,
    *,
    cites: Iterable[str],
    severity: str = "error",
    judges: Iterable[str] = ("record", "notice"),
    silence: Iterable[str] = (),
    help: str = "",
    windows: Iterable[Window] = (),
    yields: Iterable[str] = (),
    aliases: Iterable[str] = (),
    topic: str = "",
    pack: str = "",
    stage: str = "stable",
) -> Callable[[Callable[[Thing, Context], Iterator[Draft]]], Rule]:
    """Make a rule of a function; the annotation of its first parameter names the kind of its subject.

    The first line of the docstring is the title, the paragraph after it says why. A function whose first parameter is
    `activity` (or annotated `Activity`) is handed each activity that has none within.
    """

    def make(function: Callable[[Thing, Context], Iterator[Draft]]) -> Rule:
        title, _, rest = (function.__doc__ or name).strip().partition("\n")
        why = " ".join(rest.split("```")[0].split())
        return Rule(
            code,
            name,
            title.rstrip("."),
            why,
            tuple(str(Provision.parse(c)) for c in cites),
            Severity.named(severity),
            _subject(function, code),
            function,
            help=help,
            judges=frozenset(judges),
            silence=frozenset(silence),
            windows=tuple(windows),
            yields=tuple(yields),
            aliases=tuple(aliases),
            topic=topic,
            pack=pack,
            stage=stage,
        )

    return make


def _subject(function: Callable[..., object], code: str) -> str:
    """The kind of thing that a rule in Python is for: its first parameter is annotated with it, or called so.

    The kinds of `gdprlint.api` are one class, so that only an annotation that is still text tells them apart.
    """
    from gdprlint.rules.types import KIND_TYPES

    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    annotation = function.__annotations__.get(names[0]) if names else None
    said = annotation.rpartition(".")[2].lower() if isinstance(annotation, str) else ""
    for kind in (said, *names[:1]):
        if kind in KIND_TYPES:
            return kind
    raise ValueError(f"the first parameter of rule {code} says what it is for, such as `activity: Activity`")


STATE_WORDS: Mapping[str, State] = {state.value: state for state in State if state is not State.CANNOT_TELL}
