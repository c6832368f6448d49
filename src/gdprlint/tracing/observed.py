"""A maker whose tests take note of what they gave and where their paths led to.

The tests themselves are the ordinary ones: each is asked as ever, and noted. Two things differ, so that all can be
shown: of `some x in LIST is TERM` the members are asked once more, one by one, since the ordinary test answers for the
list as a whole; and of a list all members are asked, where the ordinary run leaves out those that cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gdprlint.language import tree
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules.closures import Environment, Reach, Test, over_members
from gdprlint.rules.expressions import Maker
from gdprlint.rules.reach import atoms
from gdprlint.rules.rule import Context
from gdprlint.rules.truth import Truth, Value
from gdprlint.rules.types import Type
from gdprlint.values import define, field

MOST_PARTS = 100  # of one test that are kept; the last is kept besides, since it may have settled the test
MOST_FRAMES = 2_000  # of one condition that are kept: lists within lists multiply


@define(eq=False)
class Frame:
    """A test that was asked: its text in the rule, what it gave, and what was asked for it.

    `led` are the paths that it went, `member` the value that a quantifier asked it of. `more` counts parts left out.
    """

    node: Any
    member: Value = None
    truth: Truth = None
    led: list[tuple[tree.Path, Value]] = field(factory=list)
    parts: list[Frame] = field(factory=list)
    more: int = 0

    def take(self, part: Frame) -> None:
        if len(self.parts) >= MOST_PARTS:
            self.parts.pop()
            self.more += 1
        self.parts.append(part)


class Recorder:
    """What is being asked right now, outermost first; nothing is noted outside of a frame."""

    def __init__(self) -> None:
        self.open: list[Frame] = []
        self.kept = 0

    @contextmanager
    def frame(self, node: Any, member: Value = None) -> Iterator[Frame]:
        here = Frame(node, member)
        if not self.open:
            self.kept = 0
        elif self.kept < MOST_FRAMES:
            self.open[-1].take(here)
        else:
            self.open[-1].more += 1
        self.kept += 1
        self.open.append(here)
        try:
            yield here
        finally:
            self.open.pop()

    def led(self, path: tree.Path, value: Value) -> None:
        if self.open:
            self.open[-1].led.append((path, value))


class ObservedMaker(Maker):
    """Makes the tests of one rule, each of which is noted while somebody records."""

    def __init__(self, path: str, vocabulary: Vocabulary) -> None:
        super().__init__(path, vocabulary)
        self.recorder = Recorder()
        self._members: dict[int, str] = {}  # tests that a quantifier asks, with the variable that it asks them of

    def path_of(self, node: tree.Path) -> tuple[Reach, Type | None]:
        reach, kind = super().path_of(node)

        def noted(ctx: Context, env: Environment) -> Value:
            value = reach(ctx, env)
            self.recorder.led(node, value)
            return value

        return noted, kind

    def test_of(self, node: Any) -> Test:
        test = super().test_of(node)
        variable = self._members.get(id(node), "")

        def noted(ctx: Context, env: Environment) -> Truth:
            if not self.recorder.open:
                return test(ctx, env)
            with self.recorder.frame(node, env.get(variable)) as frame:
                frame.truth = test(ctx, env)
            return frame.truth

        return noted

    def _quantified(self, node: tree.Expression) -> Test:
        _, name, path, inner = node.values
        self._members[id(inner)] = name
        test = super()._quantified(node)
        if node.kind != "each":
            return test
        reach, kind = Maker.path_of(self, path)
        predicate = super()._predicate(lambda ctx, env: env[name], kind, path, inner)

        def noted(ctx: Context, env: Environment) -> Truth:
            truth = test(ctx, env)
            if self.recorder.open:
                self._ask_each(inner, predicate, atoms(reach(ctx, env)), name, ctx, env)
            return truth

        return noted

    def _over_members(self, node: tree.Expression, reach: Reach, test: Test) -> Test:
        """Every member is asked, also those that surely are not what is looked for."""
        quantity, name, _, _ = node.values
        return over_members(quantity, name, reach, test)

    def _ask_each(
        self, inner: tree.Expression, predicate: Test, members: Any, name: str, ctx: Context, env: Environment
    ) -> None:
        for member in members:
            with self.recorder.frame(inner, member) as frame:
                frame.truth = predicate(ctx, {**env, name: member})
