"""Parameters of rules: fixed values that a pack which requires the rule's, or a configuration, may set.

`parameter longest 3 years` gives a name to an amount, a number or a day; conditions and messages of the rule say the
name. Its kind is that of its default. What sets it is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from gdprlint.language import tree
from gdprlint.model.amounts import Amount
from gdprlint.rules import types
from gdprlint.rules.closures import Environment
from gdprlint.rules.rule import Context, Parameter
from gdprlint.rules.truth import Value

if TYPE_CHECKING:
    from gdprlint.rules.expressions import Maker

KINDS = {"duration": "amount", "number": "number", "date": "date"}
NAMES = {"amount": "an amount", "number": "a number", "date": "a day"}
EXAMPLES = {"amount": "2 years", "number": "3", "date": "2026-11-22"}
MOST = 20
_TYPES = {"amount": types.AMOUNT, "number": types.NUMBER, "date": types.DATE}
_HOLE = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_AMOUNT = re.compile(r"(\d{1,6}) (minute|hour|day|week|month|year)s?", re.ASCII)


def head(name: str, kind: str, text: str) -> tree.Head:
    """The line of a rule that gives this value to a parameter, without a place."""
    if kind == "date":
        value: Any = tree.Thing("date", text, None, None, None, None, 0, 0)
    else:
        value = tree.Expression("duration" if kind == "amount" else "number", (text,), 0, 0)
    return tree.Head("parameter", (name, value), 0, 0)


def parameter(node: tree.Head, by: str = "") -> Parameter:
    """What such a line says."""
    name, value = node.values
    text = value.text if type(value) is tree.Thing else " ".join(value.values[0].split())
    return Parameter(name, KINDS[value.kind], text, by)


def declared_by(node: tree.Rule | tree.Override) -> tuple[Parameter, ...]:
    """The parameters of a rule, or those that an override sets, in order."""
    return tuple(parameter(one) for one in _lines(node.heads))


def fitting(kind: str, text: str) -> str | None:
    """A value from elsewhere, where it is of this kind; else None."""
    if kind == "number":
        return text if _NUMBER.fullmatch(text) else None
    if kind == "amount":
        return text if _AMOUNT.fullmatch(text) else None
    try:
        return date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def bring(lines: Iterable[tree.Head], maker: Maker) -> None:
    """Let the names of these parameters stand for their values."""
    for line in lines:
        one = parameter(line)
        kind, text = one.kind, one.value
        value: Value = None
        try:
            value = _value(kind, text)
        except ValueError:
            maker.fault("bad-date", f"`{text}` is no day of the calendar", line.start, line.end)

        def reach(ctx: Context, env: Environment, value: Value = value) -> Value:
            return value

        maker.parameters[one.name] = (reach, _TYPES[kind])


def _value(kind: str, text: str) -> Value:
    if kind == "number":
        return int(text)
    return Amount.parse(text) if kind == "amount" else date.fromisoformat(text)


def check(node: tree.Rule, maker: Maker) -> None:
    """Tell of parameters that are there twice, mean something else in this rule, or that nothing asks for."""
    lines = list(_lines(node.heads))
    if not lines:
        return
    others = [line for line in node.heads if type(line) is tree.Head and line.kind not in ("parameter", "example")]
    names = set(bound(others)) | set(types.KIND_TYPES) | {"as-of"}
    asked = set(_asked(others))
    seen: set[str] = set()
    for number, line in enumerate(lines):
        name = line.values[0]
        if number >= MOST:
            maker.fault("too-many", f"a rule has at most {MOST} parameters", line.start, line.end)
            return
        if name in seen:
            maker.fault("bad-parameter", f"the parameter `{name}` stands here twice", line.start, line.end)
        elif name in names:
            help = "give the parameter a name that nothing else has"
            maker.fault("bad-parameter", f"`{name}` means something else in this rule", line.start, line.end, help)
        elif name not in asked:
            help = f"write `{name}` in a condition, in place of the value"
            maker.fault("bad-parameter", f"nothing in the rule asks for `{name}`", line.start, line.end, help)
        seen.add(name)


def bound(lines: Iterable[tree.Head]) -> Iterator[str]:
    """The names that loops and quantifiers of these lines bind."""
    pending: list[Any] = []
    for line in lines:
        if line.kind == "for each":
            yield from (value for value in line.values if isinstance(value, str))
        pending.extend(line.values)
    while pending:
        node = pending.pop()
        if type(node) is tree.Expression and node.kind in ("satisfies", "each"):
            yield node.values[1]
        if isinstance(node, tuple):
            pending.extend(node)


def _asked(lines: Iterable[tree.Head]) -> Iterator[str]:
    pending: list[Any] = []
    for line in lines:
        if line.kind in ("says", "help"):
            yield from _HOLE.findall(str(line.values[0]))
        pending.extend(line.values)
    while pending:
        node = pending.pop()
        if type(node) is tree.Path:
            yield node.words[0]
        elif isinstance(node, tuple):
            pending.extend(node)


def _lines(heads: Iterable[Any]) -> Iterator[tree.Head]:
    return (line for line in heads if type(line) is tree.Head and line.kind == "parameter")
