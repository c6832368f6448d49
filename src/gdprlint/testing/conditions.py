"""The conditions of a rule: the rule with one of them less, and which of them its examples come to.

A condition that can be left out without an example noticing, or that no example ever asks, is not tested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from attrs import field, frozen

from gdprlint.judging.judge import judge_register
from gdprlint.language import tree
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules.closures import Environment, Reach, Test, over_members
from gdprlint.rules.declared import parts_of
from gdprlint.rules.expressions import Maker
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import Context
from gdprlint.rules.running import judge
from gdprlint.rules.truth import Truth
from gdprlint.testing.examples import RuleCase, register_of
from gdprlint.text import Span
from gdprlint.values import evolve

TESTING = ("where", "expect")


@frozen
class Condition:
    """Something of a rule that can be left out: what it is, where it stands, and the rule without it.

    `title` is how a test of it is called: of parts within parts, each by its number.
    """

    what: str
    title: str
    start: int
    end: int
    without: tree.Rule = field(repr=False)


def conditions(node: tree.Rule) -> Iterator[Condition]:
    """Each `where`, each `expect`, each part of an `and` or `or`, and the condition of each `implies`."""
    counts = dict.fromkeys(TESTING, 0)
    lines = {kind: sum(_tests(head, kind) for head in node.heads) for kind in TESTING}
    for number, head in enumerate(node.heads):
        kind = next((kind for kind in TESTING if _tests(head, kind)), "")
        if not kind:
            continue
        counts[kind] += 1
        mark = "" if lines[kind] == 1 else f" {counts[kind]}"
        rest = node.heads[:number] + node.heads[number + 1 :]
        if sum(lines.values()) > 1:
            yield Condition(f"`{kind}`{mark}", f"without {kind}{mark}", head.start, head.end, node._replace(heads=rest))
        for what, at, left_out, expression in _lesser(head.values[0]):
            changed = head._replace(values=(expression,))
            whole = node._replace(heads=(*node.heads[:number], changed, *node.heads[number + 1 :]))
            title = f"without {kind}{mark} part {'.'.join(at)}"
            yield Condition(f"{what} of `{kind}`{mark}", title, left_out.start, left_out.end, whole)


def mutants(node: tree.Rule) -> Iterator[tuple[str, tree.Rule]]:
    """The rule with one condition less, and what it is that was left out."""
    for condition in conditions(node):
        yield condition.what, condition.without


def _tests(head: Any, kind: str) -> bool:
    return type(head) is tree.Head and head.kind == kind


def _lesser(expression: Any) -> Iterator[tuple[str, tuple[str, ...], Any, Any]]:
    """What is left out of an expression, the numbers that lead to it, its node, and what is left of the whole."""
    if type(expression) is not tree.Expression:
        return
    several = expression.kind in ("all", "any")
    if several:
        word = "and" if expression.kind == "all" else "or"
        for number, part in enumerate(expression.values):
            rest = expression.values[:number] + expression.values[number + 1 :]
            left = rest[0] if len(rest) == 1 else expression._replace(values=rest)
            yield f"part {number + 1} of an `{word}`", (str(number + 1),), part, left
    if expression.kind == "implies":
        yield "the condition of `implies`", ("if",), expression.values[0], expression.values[1]
    for number, part in enumerate(expression.values):
        step = (str(number + 1),) if several else (("if", "then")[number],) if expression.kind == "implies" else ()
        for what, at, left_out, lesser in _lesser(part):
            values = (*expression.values[:number], lesser, *expression.values[number + 1 :])
            yield what, (*step, *at), left_out, expression._replace(values=values)


# ---- what examples come to


class _NotingMaker(Maker):
    """Makes tests that note by their place that they were asked."""

    def __init__(self, path: str, vocabulary: Vocabulary) -> None:
        super().__init__(path, vocabulary)
        self.places: dict[tuple[int, int], bool] = {}

    def test_of(self, node: Any) -> Test:
        test = super().test_of(node)
        place = (node.start, node.end)
        self.places.setdefault(place, False)

        def noted(ctx: Context, env: Environment) -> Truth:
            self.places[place] = True
            return test(ctx, env)

        return noted

    def _over_members(self, node: tree.Expression, reach: Reach, test: Test) -> Test:
        """Every member of a list is asked, also those that surely are not what is looked for."""
        quantity, name, _, _ = node.values
        return over_members(quantity, name, reach, test)


def unreached(case: RuleCase, library: Library) -> list[Span]:
    """The conditions of a sound rule that none of its examples asks, outermost only, in their order."""
    if case.rule is None:
        return []
    maker = _NotingMaker(case.source.path, library.vocabulary)
    parts = parts_of(case.node, maker)
    noting = evolve(case.rule, judge=partial(judge, parts), needs=None)
    for example in case.examples:
        register = register_of(example, case.cast, library)
        judge_register(register, [noting], example.day, heard=frozenset({example.rule}))
        if all(maker.places.values()):
            return []
    missed = sorted((start, -end) for (start, end), asked in maker.places.items() if not asked)
    return [Span(case.source.path, start, end) for start, end in _outermost((s, -e) for s, e in missed)]


def _outermost(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that lie in no other; an outer place comes before what lies in it."""
    last = -1
    for start, end in places:
        if end > last:
            last = end
            yield start, end
