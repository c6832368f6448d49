"""One side of a comparison: the part of a register that is compared, whichever reader it came from.

A side is a record or a notice. Here it is decided which activities belong to it, and where its silence means
anything: in an excerpt, in a line that could not be read and in what is left to another text it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from gdprlint.comparing.topics import VERBS_COMPARED
from gdprlint.model.register import Register
from gdprlint.model.states import Extent
from gdprlint.model.table import field_name
from gdprlint.model.things import Clause, Item, Thing


@define(eq=False)
class Side:
    """What is compared on one side. `kind` is record or notice; `document` its header, where it has one.

    `roots` are its outermost activities, `things` what else it may name. Several notices of one activity are one side,
    of which the others are `more`.
    """

    register: Register
    kind: str
    document: Thing | None
    roots: list[Thing]
    things: list[Thing]
    more: tuple[Thing, ...] = ()
    _deferrals: dict[str, dict[str, Clause]] = field(factory=dict, repr=False)

    @property
    def extent(self) -> Extent:
        if self.document is not None:
            extents = [self.register.extent_of(document) for document in self.documents]
            return Extent.EXCERPT if Extent.EXCERPT in extents else extents[0]
        return self.register.extent_of(self.roots[0]) if self.roots else Extent.CONTROLLER_RECORD

    @property
    def documents(self) -> tuple[Thing, ...]:
        return (*((self.document,) if self.document is not None else ()), *self.more)

    def activities(self) -> Iterator[Thing]:
        """Every activity of the side, in the order of the text."""
        for root in self.roots:
            yield from family(root)

    def deferred(self, node: Thing, verb: str) -> Clause | None:
        """The clause that leaves this verb to another text, for the activity or for its whole document."""
        for here in (*node.chain, *self.documents):
            known = self._deferrals.get(here.name)
            if known is None:
                known = self._deferrals[here.name] = _deferrals(here)
            if (found := known.get(field_name(verb))) is not None:
                return found
        return None

    def unread(self, node: Thing, verb: str) -> bool:
        """Whether a line that could not be read may have said it."""
        nodes = (*node.chain, *self.documents)
        return any(here.unread and (verb in here.unread or "" in here.unread) for here in nodes)

    def silence_counts(self, node: Thing, verb: str, other: Side) -> bool:
        """Whether it means anything that this side does not say what the other says."""
        if self.extent is Extent.EXCERPT or self.unread(node, verb) or self.deferred(node, verb) is not None:
            return False
        if self.extent is other.extent:
            return True
        compared = VERBS_COMPARED.get(verb)
        return compared is not None and self.extent.value in compared.obliges


def sides(register: Register, paths: Iterable[str]) -> dict[str, Side]:
    """The record and the notice of these files of a register: activities by the kind of document they stand in."""
    shown = set(paths)
    things = [thing for thing in register.things if thing.path in shown]
    found: dict[str, Side] = {}
    for kind in ("record", "notice"):
        headers = [thing for thing in things if thing.kind == kind]
        roots = [thing for thing in things if is_root(thing) and register.judged_as(thing) == kind]
        if headers or roots:
            found[kind] = Side(register, kind, next(iter(headers), None), roots, register.things, tuple(headers[1:]))
    return found


def is_root(thing: Thing) -> bool:
    """Whether it is an activity that stands within no other."""
    return thing.kind == "activity" and (thing.outer is None or thing.outer.kind != "activity")


def family(root: Thing) -> Iterator[Thing]:
    """An activity and all within it, in the order of the text."""
    pending = [root]
    while pending:
        here = pending.pop()
        yield here
        pending.extend(reversed(here.activities))


def _deferrals(thing: Thing) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for clause in thing.clauses.get("refers to", ()):
        topics = clause.tails.get("for")
        for item in topics.members if topics else ():
            if isinstance(item, Item):
                found.setdefault(str(item.value), clause)
    return found
