"""The things that a register declares, their clauses, and the values these hold.

Every value keeps its place and its state. Nothing is normalised away: two clauses that contradict
each other are both there. Equality of items and clauses is identity; whether two of them say the
same is asked with `normal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import Provision
from gdprlint.model.states import State
from gdprlint.values import define, field

if TYPE_CHECKING:
    from gdprlint.model.table import Slot

Literal = str | date | Amount | Provision


@define(eq=False, slots=True)
class Item:
    """One value of a list, at its place.

    `kind` is word (`value` is the key of a name or term), quote, date, amount, provision, none or blank. `quote` holds
    the writer's own words, also beside a word. `adverb` is possibly, never or None. `after` is what an amount
    counts from: a key, or words in quotes, as `after_quoted` tells.
    """

    kind: str
    value: Literal
    quote: str | None
    adverb: str | None
    bound: str | None
    after: Item | None
    start: int
    end: int
    holder: Clause | Thing | None = field(default=None, repr=False)
    slot: Slot | None = field(default=None, repr=False)
    thing: Thing | None = field(default=None, repr=False)

    @property
    def state(self) -> State:
        if self.kind == "none" or self.adverb == "never":
            return State.NONE
        if self.kind == "blank":
            return State.BLANK
        return State.HEDGED if self.adverb == "possibly" else State.STATED

    @property
    def normal(self) -> str:
        """What the item says, the same for any spelling of it."""
        if self.kind == "word" and self.adverb is None and self.quote is None:
            return self.value  # type: ignore[return-value]
        head = f"{self.adverb} " if self.adverb else ""
        if self.kind == "amount":
            tail = f" after {self.after.normal}" if self.after else ""
            bound = f"{self.bound} " if self.bound else ""
            return f"{head}{bound}{_amount_normal(self.value)}{tail}"
        if self.kind == "quote":
            return f'{head}"{(self.quote or "").casefold()}"'
        if self.kind in ("none", "blank"):
            return head + self.kind
        quote = f' "{self.quote.casefold()}"' if self.quote else ""
        return f"{head}{self.value}{quote}"


def _amount_normal(value: object) -> str:
    if not isinstance(value, Amount):
        return str(value)
    unit, number = value.unit, value.number
    for small, factor, large in (
        ("minute", 60, "hour"),
        ("hour", 24, "day"),
        ("day", 7, "week"),
        ("month", 12, "year"),
    ):
        if unit == small and number % factor == 0 and number:
            unit, number = large, number // factor
    return f"{number} {unit}"


@define(eq=False, slots=True)
class Values:
    """A list as it was said: its members, and what it claims of itself.

    `members` are the items, clauses or things that are not denied. `only` says that the list claims to be complete,
    `either` that the text may mean any one of them, `unread` that a part of it could not be read. `whole` is True for
    what one clause says, where nothing more can be meant than stands there. `fits` says that each of its words was
    found to fit its place when it was read; False where nobody has looked.
    """

    members: tuple[Item | Clause | Thing, ...]
    state: State
    only: bool = False
    either: bool = False
    unread: bool = False
    whole: bool = False
    denied: tuple[Item, ...] = ()
    start: int = -1
    end: int = -1
    fits: bool = False
    memo: dict[object, object] | None = field(default=None, repr=False)  # what rules have asked of it already

    def __iter__(self) -> Iterator[Item | Clause | Thing]:
        return iter(self.members)


SILENCE = Values((), State.SILENT, whole=True)
NO_CLAUSES = Values((), State.SILENT)
LONE = Values((), State.STATED, whole=True)


@define(eq=False, slots=True)
class Place:
    """Lines of a notice where a clause was read: `source` names the notice where there are several."""

    source: str | None
    first: int
    last: int
    quotes: tuple[str, ...]
    start: int
    end: int


@define(eq=False, slots=True)
class Clause:
    """One clause: a verb, what it is about, and tails. `adverb` is possibly, never or None."""

    verb: str
    adverb: str | None
    about: Values
    tails: dict[str, Values]
    margin: tuple[Place, ...]
    owner: Thing = field(repr=False)
    start: int
    end: int
    verb_end: int
    _normal: str | None = field(default=None, init=False, repr=False)
    _state: State | None = field(default=None, init=False, repr=False)

    @property
    def state(self) -> State:
        """What the clause comes to, once it is known what it is about."""
        return self._state or self._settled()

    def _settled(self) -> State:
        about = self.about.state
        if self.adverb == "never":
            found = State.NONE
        elif about is State.NONE or about is State.BLANK:
            found = about
        elif self.adverb == "possibly" or about is State.HEDGED:
            found = State.HEDGED
        else:
            found = State.STATED
        self._state = found
        return found

    @property
    def normal(self) -> str:
        """What the clause says, in one spelling; the margin and the order of tails and items do not count."""
        if self._normal is None:
            parts = [self.adverb or "", self.verb, _list_normal(self.about)]
            parts += sorted(f"{joint} {_list_normal(values)}".strip() for joint, values in self.tails.items())
            self._normal = " ".join(part for part in parts if part)
        return self._normal


def _list_normal(values: Values) -> str:
    if len(values.members) == 1 and not values.denied and not values.only:
        return values.members[0].normal if isinstance(values.members[0], Item) else ""
    items = sorted(item.normal for item in (*values.members, *values.denied) if isinstance(item, Item))
    text = (" or " if values.either else ", ").join(items)
    return f"{text} only" if values.only else text


@define(eq=False, slots=True)
class Thing:
    """One declared thing. `load` reads its clauses when they are first asked for.

    `outer` is the activity around it or the declaration whose block it stands in; `document` the record or notice of
    its file. `unread` holds the verbs of lines that could not be read, with '' for a line of which nobody knows.
    """

    kind: str
    name: str
    title: str | None
    path: str
    start: int
    end: int
    name_start: int
    name_end: int
    tails: dict[str, Values]
    margin: tuple[Place, ...]
    outer: Thing | None = field(default=None, repr=False)
    document: Thing | None = field(default=None, repr=False)
    inner: list[Thing] = field(factory=list, repr=False)
    unread: frozenset[str] = frozenset()
    load: Callable[[Thing], dict[str, list[Clause]]] | None = field(default=None, repr=False)
    loaded: dict[str, list[Clause]] | None = field(default=None, repr=False)
    holding: dict[str, list[Clause]] | None = field(default=None, repr=False)
    plain: bool | None = field(default=None, repr=False)
    cache: dict[str, Values] = field(factory=dict, repr=False)
    memo: dict[object, object] = field(factory=dict, repr=False)  # what rules have asked of it already

    @property
    def clauses(self) -> dict[str, list[Clause]]:
        """Its own clauses by verb."""
        if self.loaded is None:
            self.loaded = self.load(self) if self.load else {}
        return self.loaded

    @property
    def said(self) -> dict[str, list[Clause]]:
        """The clauses that hold for it by verb: its own, then those of the activities around it."""
        if self.holding is None:
            outer = self.outer if self.outer is not None and self.outer.kind == "activity" else None
            if outer is None:
                self.holding = self.clauses
            else:
                around = outer.said
                self.holding = {
                    verb: [*clauses, *around[verb]] if verb in around else clauses
                    for verb, clauses in self.clauses.items()
                }
                for verb, clauses in around.items():
                    self.holding.setdefault(verb, clauses)
        return self.holding

    @property
    def activities(self) -> list[Thing]:
        """The activities right inside it."""
        return [thing for thing in self.inner if thing.kind == "activity"]

    @property
    def chain(self) -> list[Thing]:
        """Itself and the activities around it, innermost first."""
        outer = self.outer
        return [self, *outer.chain] if outer is not None and outer.kind == "activity" else [self]

    @property
    def words(self) -> str:
        """How a message names it: its title in quotes, or its name."""
        return (
            f'"{self.title}"' if self.title and self.kind in ("activity", "document", "notice", "record") else self.name
        )
