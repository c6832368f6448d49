"""What of an activity a rule looks at, noted while its expressions are checked.

The judge asks a rule once of activities that say the same there (`judging/alike.py`). So it must be known which of
their fields a rule looks at, and whether it may be names and own words in them that make a difference.
"""

from __future__ import annotations

from typing import Any

from gdprlint.language import tree
from gdprlint.model.table import DATA_VERBS, DECLARATIONS, OWNED, field_name
from gdprlint.rules.types import Type
from gdprlint.values import define, field

# What the declaration of a thing says itself, in its tails and its block.
_DECLARED_FIELDS = frozenset(joint.replace(" ", "-") for joints in DECLARATIONS.values() for joint in joints) | {
    field_name(verb)
    for verb in OWNED
    if verb not in DATA_VERBS  # of data, these are clauses that stand elsewhere
}
# Ways from a clause of the activity to where it stands, and what of the activity these look at.
_STANDING = {
    ("activity",): {"standing"},
    ("activity", "outer"): {"standing"},
    ("activity", "from"): {"standing", "moments"},
    ("activity", "until"): {"standing", "moments"},
}


@define(eq=False)
class Looks:
    """What a rule has looked at so far.

    `subject` is the variable that holds the activity, as every rule for activities or for declarations calls it.
    `reads` are the fields of the activity, None where more of it is looked at; `exact` are those of them in which the
    words themselves count, None for all. `in_notices` is true where more is looked at in a notice. `origins` are the
    fields of the activity that a variable comes from, `own` the variables that always hold what the activity itself
    says; the paths and variables in `led_out` may hold what is said elsewhere.
    """

    reads: set[str] | None = field(factory=set)
    exact: set[str] | None = field(factory=set)
    in_notices: bool = False
    origins: dict[str, set[str]] = field(factory=dict)
    own: set[str] = field(factory=set)
    led_out: set[tuple[str, ...]] = field(factory=set)
    subject: str = "activity"

    def copy(self) -> Looks:
        """The same, to go on from in two ways."""
        reads, exact = self.so_far()
        origins = {name: set(fields) for name, fields in self.origins.items()}
        return Looks(reads, exact, self.in_notices, origins, set(self.own), set(self.led_out), self.subject)

    def at(self, name: str) -> None:
        """A field of the activity is looked at."""
        if self.reads is not None:
            self.reads.add(name)

    def step(self, kind: Type, word: str, path: tree.Path, root: Type) -> None:
        """A path goes on from a value of this kind; it may leave what the activity itself says."""
        first, rest = path.words[0], path.words[1:]
        if rest in _STANDING and first in self.own and root.base == "clause":
            for name in _STANDING[rest]:
                self.at(name)
        elif kind.base == "clause" and word == "document" and self.reads is not None:
            self.reads.add("document")
        elif kind.base != "thing" and word == "activity":
            self.reads = None  # where a clause stands is more than what it says
        elif kind.base != "clause" and word not in _DECLARED_FIELDS and word != "after":
            self.exactly(path)  # other clauses of the register speak of a thing by its name
            self.led_out.add(path.words)

    def arrive(self, name: str, path: tree.Path) -> None:
        """A variable gets its values from a path; one name may come from several."""
        own = path.words[0] == self.subject and len(path.words) == 2 and (name in self.own or name not in self.origins)
        (self.own.add if own else self.own.discard)(name)
        if self._outside(path):
            self.led_out.add((name,))
        self.origins.setdefault(name, set()).update(self._origins(path))

    def enter(self, name: str, path: tree.Path) -> set[str]:
        """A variable is bound for a while; what it was before is handed back for `leave`."""
        before = self.origins.get(name, set())
        self.arrive(name, path)
        self.origins[name] = self._origins(path)
        return before

    def leave(self, name: str, before: set[str]) -> None:
        """What is bound stays bound, and may be what it was before."""
        self.origins[name] |= before

    def so_far(self) -> tuple[set[str] | None, set[str] | None]:
        return (None if self.reads is None else set(self.reads)), (None if self.exact is None else set(self.exact))

    def only_in_notices(self, before: tuple[set[str] | None, set[str] | None]) -> None:
        """What has been looked at since then is looked at in notices only."""
        if before[0] is not None and before != (self.reads, self.exact):
            self.reads, self.exact = before
            self.in_notices = True

    def held_against(self, one: Any, two: Any) -> None:
        """Names are compared: for those that are said elsewhere no other can stand."""
        if self._outside(one) or self._outside(two):
            self.exactly(one)
            self.exactly(two)

    def exactly(self, subject: Any) -> None:
        """The words themselves count where this path comes from."""
        origins = self._origins(subject) if type(subject) is tree.Path else {""}
        if "" in origins:
            self.exact = None
        elif self.exact is not None:
            self.exact |= origins

    def _outside(self, path: Any) -> bool:
        """Whether what is reached may be said by another declaration or activity."""
        return type(path) is tree.Path and not self.led_out.isdisjoint((path.words, path.words[:1]))

    def _origins(self, path: tree.Path) -> set[str]:
        first, *rest = path.words
        if first == self.subject:
            return {rest[0] if rest else ""}
        return set(self.origins.get(first, {""}))


def of_notices(name: str, path: tree.Path, inner: tree.Expression) -> bool:
    """Whether the test is of something that only a notice has: `n in activity.document satisfies n is notice and …`."""
    first = inner.values[0] if inner.kind == "all" else None
    if first is None or path.words != ("activity", "document") or first.kind != "test":
        return False
    subject, predicate = first.values
    named = predicate.values[-1] if predicate.kind == "is" and len(predicate.values) == 1 else None
    return subject == tree.Path((name,), subject.start, subject.end) and getattr(named, "words", ()) == ("notice",)
