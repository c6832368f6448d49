"""Expressions of rules: checked against the model, then made into functions.

Checking and making are one walk, so nothing runs that was not checked. A fault is told at its
place and makes the whole rule unfit; the function made for it is never called.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.language import tree
from gdprlint.model import amounts
from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import Provision
from gdprlint.model.states import State
from gdprlint.model.things import Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules import agreement, members, terms, types
from gdprlint.rules.closures import (
    KIND_WORDS,
    LIST_TESTS,
    Environment,
    Reach,
    Test,
    all_in_turn,
    all_of,
    any_of,
    each_is,
    each_matching,
    implies,
    is_in_state,
    is_the_term,
    matching,
    never,
    nothing,
    over_members,
    reach_of,
)
from gdprlint.rules.logic import undecided
from gdprlint.rules.looks import Looks, of_notices
from gdprlint.rules.patterns import PatternFault, safe_pattern
from gdprlint.rules.reach import atoms, count
from gdprlint.rules.rule import STATE_WORDS, Context
from gdprlint.rules.truth import Truth, Value, negated
from gdprlint.rules.types import Type
from gdprlint.text import Span, nearest_name
from gdprlint.values import define, field

# Those of the language itself, by what they take; both give a date.
FUNCTIONS: dict[str, tuple[str, ...]] = {"plus": ("date", "amount"), "minus": ("date", "amount")}


@define(eq=False)
class Maker:
    """Checks and makes the expressions of one rule.

    `variables` are the names in scope with their types, `parameters` those that stand for a fixed value; `looks` takes
    note of what of an activity is looked at; `rule` is how the rule is called.
    """

    path: str
    vocabulary: Vocabulary
    variables: dict[str, Type] = field(factory=dict)
    parameters: dict[str, tuple[Reach, Type]] = field(factory=dict)
    faults: list[Diagnostic] = field(factory=list)
    looks: Looks = field(factory=Looks)
    condition: Any = None
    rule: str = ""

    def fault(self, name: str, message: str, start: int, end: int, help: str = "", label: str = "") -> None:
        span = Span(self.path, start, end)
        told = Diagnostic("syntax", name, Severity.ERROR, message, span, label, help, "the rule was not run")
        self.faults.append(told.evolve(pack="core", topic="syntax"))

    # ---- paths

    def path_of(self, node: tree.Path) -> tuple[Reach, Type | None]:
        """The function that reaches a path, and its type (None where it is at fault)."""
        first, *rest = node.words
        if first == "as-of" and not rest:
            return (lambda ctx, env: ctx.as_of), types.DATE
        if first in self.parameters and not rest:
            return self.parameters[first]
        kind = self.variables.get(first)
        if first == self.looks.subject:
            self.looks.at(rest[0] if rest else "itself")
        if kind is None:
            near = nearest_name(first, [*self.variables, *self.parameters, "as-of"])
            self.fault(
                "unknown-name", f"nothing here is called `{first}`", node.start, node.end,
                f"did you mean `{near}`?" if near else "begin with a name of `for each`, `some` or `every`",
            )  # fmt: skip
            return nothing, None
        for step, word in enumerate(rest):
            known = types.fields(kind)
            if word not in known:
                near = nearest_name(word, known)
                self.fault(
                    "unknown-field", f"{kind} has no field `{word}`", node.start, node.end,
                    f"did you mean `{near}`?" if near else "", "unknown field",
                )  # fmt: skip
                return nothing, None
            if step or first != self.looks.subject:
                self.looks.step(kind, word, node, self.variables[first])
            kind = known[word]
        return reach_of(first, tuple(rest), self.variables[first].base == "thing" and first in types.KIND_TYPES), kind

    def value_of(self, node: Any) -> tuple[Reach, Type | None]:
        if type(node) is tree.Path:
            return self.path_of(node)
        match node.kind:
            case "duration":
                amount = Amount.parse(" ".join(node.values[0].split()))
                return (lambda ctx, env: amount), types.AMOUNT
            case "number":
                number = int(node.values[0])
                return (lambda ctx, env: number), types.NUMBER
            case "date":
                try:
                    day = date.fromisoformat(node.text)
                except ValueError:
                    self.fault("bad-date", f"`{node.text}` is no day of the calendar", node.start, node.end)
                    return nothing, None
                return (lambda ctx, env: day), types.DATE
            case "count":
                reach, kind = self.path_of(node.values[0])
                return (lambda ctx, env: count(reach(ctx, env))), types.NUMBER if kind else None
            case "call":
                return self._call(node)
        return nothing, None

    def _call(self, node: tree.Expression) -> tuple[Reach, Type | None]:
        name, *arguments = node.values
        theirs = self.vocabulary.functions.get(name)
        known = FUNCTIONS.get(name) or (theirs and theirs.takes)
        if known is None:
            near = nearest_name(name, [*FUNCTIONS, *self.vocabulary.functions])
            there = ", ".join(f"`{f}`" for f in (*FUNCTIONS, *self.vocabulary.functions))
            self.fault(
                "unknown-function", f"there is no function `{name}`", node.start, node.end,
                f"did you mean `{near}`?" if near else f"there are {there}",
            )  # fmt: skip
            return nothing, None
        if len(arguments) != len(known):
            count = "one value" if len(known) == 1 else f"{len(known)} values"
            self.fault("wrong-type", f"`{name}` takes {count}", node.start, node.end)
            return nothing, None
        if theirs is not None:
            return self._call_theirs(theirs, arguments)
        made = [self.value_of(argument) for argument in arguments]
        for (_, kind), wanted, argument in zip(made, known, arguments, strict=True):
            if kind is not None and wanted not in types.comparable(kind):
                self._unfit(name, wanted, kind, argument)
        first, second = made[0][0], made[1][0]
        move = amounts.add if name == "plus" else amounts.sub

        def call(ctx: Context, env: Environment) -> Value:
            given = first(ctx, env), second(ctx, env)
            day, amount = (agreement.comparable(value) for value in given)
            if isinstance(day, date) and isinstance(amount, Amount):
                return move(day, amount)
            return next((value for value in given if not atoms(value)), Values((), State.SILENT))

        return call, types.DATE

    def _unfit(self, name: str, wanted: str, kind: Type, node: Any) -> None:
        what = wanted if wanted == "words" else f"{'an' if wanted[0] in 'aeiou' else 'a'} {wanted}"
        self.fault("wrong-type", f"`{name}` takes {what} here, not {kind}", node.start, node.end)

    def _call_theirs(self, function: Any, arguments: list[Any]) -> tuple[Reach, Type]:
        """The call of a function that a plugin brings."""
        from gdprlint.rules import functions

        reaches = []
        for wanted, argument in zip(function.takes, arguments, strict=True):
            reach, kind = self._argument(argument, wanted)
            if kind is not None and not functions.takes(kind, wanted):
                self._unfit(function.name, wanted, kind, argument)
            reaches.append(reach)
            self.looks.exactly(argument)
        return functions.called(function, reaches, self.rule), functions.RESULTS[function.gives]

    def _argument(self, node: Any, wanted: str) -> tuple[Reach, Type | None]:
        """A value that a function is handed; where it takes a term, a term may stand for itself."""
        if wanted.endswith("term") and type(node) is tree.Path and len(node.words) == 1:
            key = None if node.words[0] in self.variables else self.vocabulary.canonical(node.words[0])
            if key is not None:
                from gdprlint.rules.functions import constant

                return constant(key), types.TERM
        return self.value_of(node)

    # ---- tests

    def condition_of(self, node: Any) -> Test:
        """The function that decides a `where`: what does not apply, or is false, needs no second reason."""
        self.condition = node
        return self.test_of(node)

    def test_of(self, node: Any) -> Test:
        """The function that decides an expression."""
        match node.kind:
            case "all":
                is_condition = node is self.condition
                tests = [self.test_of(part) for part in node.values]
                self._contradiction(node)
                return all_in_turn(tests) if is_condition else all_of(tests)
            case "any":
                return any_of([self.test_of(part) for part in node.values])
            case "not":
                test = self.test_of(node.values[0])
                return lambda ctx, env: negated(test(ctx, env))
            case "implies":
                left, right = self.test_of(node.values[0]), self.test_of(node.values[1])
                return lambda ctx, env: implies(left, right, ctx, env)
            case "satisfies" | "each":
                return self._quantified(node)
            case "test":
                reach, kind = self.value_of(node.values[0])
                return self._predicate(reach, kind, node.values[0], node.values[1])
        raise AssertionError(node.kind)

    def _quantified(self, node: tree.Expression) -> Test:
        quantity, name, path, inner = node.values
        reach, kind = self.path_of(path)
        outer = self.variables.get(name)
        if kind is not None:
            self.variables[name] = kind
        before = self.looks.enter(name, path)
        looked = self.looks.so_far()
        if node.kind == "satisfies":
            test = self.test_of(inner) if kind is not None else never
        else:
            test = self._predicate(lambda ctx, env: env[name], kind, path, inner)
        self.looks.leave(name, before)
        if quantity != "some" and outer is None:
            self.variables.pop(name, None)
        if of_notices(name, path, inner):
            self.looks.only_in_notices(looked)

        if kind is not None:
            key = self._plain_term(inner) if node.kind == "each" else None
            if key is not None:
                return each_is(quantity, name, reach, *key)
        return self._over_members(node, reach, test)

    def _over_members(self, node: tree.Expression, reach: Reach, test: Test) -> Test:
        """The test of members, which is asked of those only on which something may depend."""
        quantity, name, path, inner = node.values
        if node.kind != "satisfies" or quantity == "every":
            return over_members(quantity, name, reach, test)
        pattern = members.matched(inner, name)
        if pattern is not None and not self.faults:
            return each_matching(quantity, name, reach, safe_pattern(members.pattern_of(pattern)))
        tails = members.tails_asked(inner, name) if path.words[-1] in members.LONG_LISTS else members.NO_TAILS
        is_whole = path.words == ("activity", "clauses") and self.variables["activity"] is types.KIND_TYPES["activity"]
        holder = "activity" if is_whole else ""
        return over_members(quantity, name, reach, test, self.terms_needed(inner, name), tails, holder)

    def terms_needed(self, node: Any, name: str) -> frozenset[str]:
        """Terms of which the variable must be one, or else the test is false; empty where there is no telling."""
        if node.kind == "test":
            subject = node.values[0]
            if type(subject) is not tree.Path or subject.words != (name,):
                return frozenset()
            return self.term_of(node.values[1])
        if node.kind == "any":
            found = [self.terms_needed(part, name) for part in node.values]
            return frozenset().union(*found) if all(found) else frozenset()
        if node.kind == "all":
            for part in node.values:
                if needed := self.terms_needed(part, name):
                    return needed
                if part.kind != "test":
                    break  # what it leaves in its variables may be looked at
        return frozenset()

    def term_of(self, node: tree.Expression) -> frozenset[str]:
        """The term that a value must be for the predicate to hold; empty where there is no telling."""
        key = self._plain_term(node)
        return frozenset() if key is None or key[0] in KIND_WORDS else frozenset({key[0]})

    def _plain_term(self, node: tree.Expression) -> tuple[str, bool] | None:
        """The term of `is TERM` or `is possibly TERM`, where that is all that the predicate says."""
        if node.kind != "is" or type(node.values[-1]) is not tree.Path or node.values[0] == "not":
            return None
        words = node.values[-1].words
        if (
            len(words) > 1
            or words[0] in self.variables
            or words[0] in self.parameters
            or words[0].replace("-", " ") in STATE_WORDS
            or words[0] in LIST_TESTS
        ):
            return None
        key = words[0] if words[0] in KIND_WORDS else self.vocabulary.canonical(words[0])
        return (key, len(node.values) == 2) if key else None

    def _truth(self, reach: Reach, node: tree.Expression) -> Test:
        """`is true`, `is not true`, `is false` of what a function gives."""
        named = node.values[-1]
        word = named.words[0] if type(named) is tree.Path and len(named.words) == 1 else ""
        if node.kind != "is" or node.values[0] == "possibly" or word not in ("true", "false"):
            message = "this is true or false, and is asked with `is true` or `is false`"
            self.fault("wrong-type", message, node.start, node.end)
            return never
        wanted = (word == "true") is not (node.values[0] == "not")

        def run(ctx: Context, env: Environment) -> Truth:
            value = reach(ctx, env)
            return (value is wanted) if isinstance(value, bool) else undecided(ctx, value)

        return run

    def _predicate(self, reach: Reach, kind: Type | None, subject: Any, node: tree.Expression) -> Test:
        if kind == types.TRUTH:
            return self._truth(reach, node)
        match node.kind:
            case "is":
                mood, named = (node.values[0], node.values[1]) if len(node.values) == 2 else (None, node.values[0])
                test = self._named(reach, kind, subject, named, mood == "possibly", False)
                return (lambda ctx, env: negated(test(ctx, env))) if mood == "not" else test
            case "contains":
                return self._named(reach, kind, subject, node.values[0], False, True)
            case "is_in":
                other, other_kind = self.path_of(node.values[-1])
                self._alike(kind, other_kind, node)
                self.looks.held_against(subject, node.values[-1])

                def inside(ctx: Context, env: Environment) -> Truth:
                    return agreement.is_same(ctx, reach(ctx, env), other(ctx, env), True)

                return (lambda ctx, env: negated(inside(ctx, env))) if len(node.values) == 2 else inside
            case "agrees":
                other, other_kind = self.value_of(node.values[0])
                self._alike(kind, other_kind, node)
                self.looks.held_against(subject, node.values[0])
                return lambda ctx, env: agreement.agrees(ctx, reach(ctx, env), other(ctx, env))
            case "compares":
                sign, right = node.values
                other, other_kind = self.value_of(right)
                if (
                    kind is not None
                    and other_kind is not None
                    and not types.comparable(kind) & types.comparable(other_kind)
                ):
                    self.fault("wrong-type", f"{kind} and {other_kind} cannot be compared", node.start, node.end)
                if (
                    type(subject) is not tree.Path
                    and type(right) is not tree.Path
                    and _fixed(subject)
                    and _fixed(right)
                ):
                    self.fault("never-holds", "this compares two fixed values", node.start, node.end)
                return lambda ctx, env: agreement.compared(ctx, reach(ctx, env), sign, other(ctx, env))
            case "matches":
                self.looks.exactly(subject)
                return self._matches(reach, node)
        raise AssertionError(node.kind)

    def _matches(self, reach: Reach, node: tree.Expression) -> Test:
        try:
            pattern = safe_pattern(members.pattern_of(node))
        except PatternFault as fault:
            self.fault(
                "unsafe-pattern", str(fault), node.start, node.end, "write the alternatives out, or use `?` and `{m,n}`"
            )
            return never

        return matching(reach, pattern)

    def _named(self, reach: Reach, kind: Type | None, subject: Any, named: Any, possibly: bool, listed: bool) -> Test:
        """`is X` and `contains X`, where X is a state, a kind, a term, a provision or another path."""
        if type(named) is tree.Thing:
            return self._provision(reach, kind, named, listed)
        word = named.words[0]
        if len(named.words) > 1 or word in self.variables or word in self.parameters or word == "as-of":
            other, other_kind = self.path_of(named)
            self._alike(kind, other_kind, named)
            self.looks.held_against(subject, named)
            return lambda ctx, env: agreement.is_same(ctx, reach(ctx, env), other(ctx, env), listed)
        spaced = word.replace("-", " ")
        if spaced in STATE_WORDS and not listed:
            return is_in_state(reach, STATE_WORDS[spaced])
        if word in LIST_TESTS and not listed:
            return LIST_TESTS[word](reach)
        if word in KIND_WORDS:
            return lambda ctx, env: terms.is_term(ctx, reach(ctx, env), word, possibly, listed)
        key = self.vocabulary.canonical(word)
        if key is None:
            near = nearest_name(word, [*self.vocabulary.terms, *STATE_WORDS, *KIND_WORDS, *LIST_TESTS, *self.variables])
            self.fault(
                "unknown-word", f"`{spaced}` is no state, no term and no name here", named.start, named.end,
                f"did you mean `{near}`?" if near else "",
            )  # fmt: skip
            return never
        self._possible(kind, key, named)
        return is_the_term(reach, key, possibly, listed)

    def _provision(self, reach: Reach, kind: Type | None, named: tree.Thing, listed: bool) -> Test:
        try:
            provision = Provision.parse(named.text)
        except ValueError as error:
            self.fault("bad-article", str(error), named.start, named.end)
            return never
        slot = types.slot_of(kind) if kind else None
        if kind is not None and (slot is None or "provision" not in slot.literals):
            self.fault("never-holds", f"{kind} is never a provision", named.start, named.end)
        return lambda ctx, env: terms.is_provision(ctx, reach(ctx, env), provision, listed)

    def _possible(self, kind: Type | None, key: str, named: tree.Path) -> None:
        """A term of another list can never be found here."""
        if kind is None:
            return
        if kind == types.WORDS:
            self.fault("never-holds", "words are never a term", named.start, named.end, "ask with `matches`")
            return
        slot = types.slot_of(kind)
        if slot is None or "*" in slot.roots or not slot.roots:
            return
        roots = set(slot.roots)
        for other in slot.kinds:
            roots |= _ROOTS_OF_KIND.get(other, {"*"})
        sure, maybe = self.vocabulary.ancestors(key)
        reached = (sure | maybe) & _ALL_ROOTS
        if "*" not in roots and reached and not reached & roots:
            self.fault(
                "never-holds", f"{kind} is never `{key.replace('-', ' ')}`, a term of the list `{min(reached)}`",
                named.start, named.end,
            )  # fmt: skip

    def _alike(self, one: Type | None, two: Type | None, node: Any) -> None:
        if one is None or two is None:
            return
        a, b = types.about(one), types.about(two)
        if a.base == b.base == "value":
            mine, theirs = types.slot_of(a), types.slot_of(b)
            if mine and theirs and not _meet(mine.kinds, theirs.kinds) and not _meet(mine.roots, theirs.roots):
                self.fault("wrong-type", f"{a} is never {b}", node.start, node.end)
        elif {a.base, b.base} <= {"date", "amount", "number"} and a != b:
            self.fault("wrong-type", f"{a} is never {b}", node.start, node.end)

    def _contradiction(self, node: tree.Expression) -> None:
        """`x is stated and x is silent` can never hold."""
        seen: dict[tuple[str, ...], str] = {}
        for part in node.values:
            if part.kind != "test" or type(part.values[0]) is not tree.Path:
                continue
            predicate = part.values[1]
            if predicate.kind != "is" or len(predicate.values) != 1 or type(predicate.values[0]) is not tree.Path:
                continue
            word = predicate.values[0].words[0]
            if word not in STATE_WORDS or len(predicate.values[0].words) > 1:
                continue
            words = part.values[0].words
            if seen.setdefault(words, word) != word:
                self.fault(
                    "never-holds",
                    f"`{'.'.join(words)}` is never `{seen[words]}` and `{word}` at once",
                    part.start,
                    part.end,
                )


_ROOTS_OF_KIND = {
    "organisation": {"status", "group"}, "organisations": {"status", "group"}, "team": {"status"},
    "people": {"group", "status"}, "data": {"contents", "state"},
    "document": {"document-kind", "instrument", "state"},
    "event": set(), "activity": set(), "record": set(), "notice": set(),
}  # fmt: skip
_ALL_ROOTS = frozenset({
    "group", "status", "contents", "lawful-basis", "right", "state", "channel", "place", "condition", "instrument",
    "purpose", "manner", "means", "tool", "message", "measure", "gift", "action", "document-kind", "topic", "occasion",
})  # fmt: skip


def _meet(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    return "*" in one or "*" in two or bool(set(one) & set(two))


def _fixed(node: Any) -> bool:
    return node.kind in ("duration", "number", "date")
