"""From what TOML says to the values of the configuration, strictly: nothing is taken for what it is not.

Whatever is wrong becomes a finding at its key or value and is left out, and the rest takes effect. The values that
cattrs is handed know their places, hence so do the errors and the values that come out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any, Literal, NamedTuple, cast, get_args, get_origin

import attrs
import cattrs
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_mapping_structure_fn, override

from gdprlint.configuration.shape import KINDS, MOST, MOST_PATTERNS, Configuration, Fixed, Form, Pattern, Said, name_of
from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.text import Span, nearest_name, visible
from gdprlint.toml.places import Path, Place

CODE = "configuration"  # of the findings about it; no word silences them


class Key(str):
    """A key as it was written, with its place."""

    span: Span


class Leaf(NamedTuple):
    """A plain value."""

    value: object
    span: Span
    name: str


class Table(dict[Key, Any]):
    """A table."""

    span: Span
    name: str


class Items(list[Any]):
    """A list."""

    span: Span
    name: str


Node = Leaf | Table | Items


class Refused(ValueError):
    """What stands at a node is not what its key takes."""

    def __init__(self, node: Node | Key, name: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.node, self.name, self.message, self.help = node, name, message, help


def placed(data: object, places: Mapping[Path, Place], path: Path, file: str, name: str = "") -> Node:
    """The data of a TOML library with the places of a text."""
    place = places.get(path, Place((0, 0), (0, 0)))
    span = Span(file, *place.value)
    if isinstance(data, dict):
        table = Table()
        table.span, table.name = span, name
        for word, value in data.items():
            key = Key(word)
            key.span = Span(file, *places.get((*path, word), place).key)
            table[key] = placed(value, places, (*path, word), file, word)
        return table
    if isinstance(data, list):
        items = Items(placed(item, places, (*path, number), file, name) for number, item in enumerate(data))
        items.span, items.name = span, name
        return items
    return Leaf(data, span, name)


def structured(root: Node, forms: Sequence[str]) -> tuple[Configuration, list[Diagnostic]]:
    """The configuration, and a finding for each key or value that it does not have."""
    converter = _converter(forms)
    found: list[Diagnostic] = []
    while True:
        try:
            return converter.structure(root, Configuration), found
        except Exception as error:  # groups of whatever the hooks raise
            wrong = list(_leaves(error))
            if not wrong or not all(isinstance(one, Refused) for one in wrong):
                raise
            refused = [one for one in wrong if isinstance(one, Refused)]
            found.extend(_finding(one) for one in refused)
            if any(one.node is root for one in refused):
                return Configuration(), found
            _without(root, {id(one.node) for one in refused})


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [name_of(one.name) for one in attrs.fields(cast(type[attrs.AttrsInstance], error.cl))]
        for key in error.extra_fields:
            yield _no_key(cast(Key, key), known)
    else:
        yield error


def _no_key(key: Key, known: list[str]) -> Refused:
    near = nearest_name(key[:100], known)
    return Refused(
        key,
        "unknown-key",
        f"there is no key `{_short(key)}`",
        f"did you mean `{near}`?" if near else f"keys are {_listed(known)}",
    )


def _finding(refused: Refused) -> Diagnostic:
    return finding(refused.name, refused.message, refused.node.span, refused.help)


def finding(name: str, message: str, span: Span, help: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
    """A finding about a configuration."""
    return Diagnostic(CODE, name, severity, message, span, "", help, pack="core", topic=CODE)


def _without(node: Node, wrong: set[int]) -> None:
    """Take the keys and values that are wrong out of a tree."""
    if isinstance(node, Table):
        for key in [key for key, value in node.items() if id(key) in wrong or id(value) in wrong]:
            del node[key]
        for value in node.values():
            _without(value, wrong)
    elif isinstance(node, Items):
        node[:] = [item for item in node if id(item) not in wrong]
        for item in node:
            _without(item, wrong)


# ---- what cattrs is told


def _converter(forms: Sequence[str]) -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    hooks: list[tuple[Any, Callable[[Any], Any]]] = [
        (tuple, lambda cls: _items_hook(cls, converter)),
        (dict, lambda cls: _rows_hook(cls, converter)),
        (Said, lambda cls: _said_hook(cls, forms)),
    ]
    converter.register_structure_hook_factory(attrs.has, lambda cls: _table_hook(cls, converter))
    for origin, hook in hooks:
        converter.register_structure_hook_factory(partial(_is_made_of, origin), hook)
    return converter


def _is_made_of(origin: Any, cls: Any) -> bool:
    return get_origin(cls) is origin


def _table_hook(cls: Any, converter: cattrs.Converter) -> Any:
    renamed: dict[str, Any] = {one.name: override(rename=name_of(one.name)) for one in attrs.fields(cls)}
    make = make_dict_structure_fn(cls, converter, **renamed)

    def structure(node: Node, _: Any) -> Any:
        if not isinstance(node, Table):
            raise _other(node, "a table")
        return make(node, cls)  # type: ignore[arg-type]  # a table is a mapping of strings

    return structure


def _items_hook(cls: Any, converter: cattrs.Converter) -> Any:
    listed: Any = list.__class_getitem__(get_args(cls)[0])
    make = converter.get_structure_hook(listed)
    most = most_of(get_args(cls)[0])

    def structure(node: Node, _: Any) -> Any:
        if isinstance(node, Leaf) and isinstance(node.value, str):
            raise _other(node, "a list", "write it in brackets, with commas between")
        if not isinstance(node, Items):
            raise _other(node, "a list")
        _limited(node, most)
        return tuple(make(node, listed))

    return structure


def _rows_hook(cls: Any, converter: cattrs.Converter) -> Any:
    make = make_mapping_structure_fn(cls, converter, detailed_validation=True)
    most = most_of(get_args(cls)[0])

    def structure(node: Node, _: Any) -> Any:
        if not isinstance(node, Table):
            raise _other(node, "a table")
        _limited(node, most)
        return make(node, cls)

    return structure


def most_of(said: Any) -> int:
    """How many values of a kind a list or table may have."""
    return MOST_PATTERNS if get_args(said) == (Pattern,) else MOST


def _limited(node: Table | Items, most: int) -> None:
    if len(node) > most:
        raise Refused(node, "too-many", f"`{_short(node.name)}` has {len(node):,} values; at most {most:,} are read")


def _said_hook(cls: Any, forms: Sequence[str]) -> Any:
    (inner,) = get_args(cls)

    def structure(node: Node | Key, _: Any) -> Said[Any]:
        return Said(_value(node, inner, forms), node.span)

    return structure


def _value(node: Node | Key, kind: Any, forms: Sequence[str]) -> object:
    if kind is date:
        return _day(cast(Node, node))
    choices = forms if kind is Form else get_args(kind) if get_origin(kind) is Literal else None
    if choices is not None:
        return _choice(cast(Node, node), choices)
    about = KINDS[kind]
    if isinstance(node, Key):
        text, of = str(node), "a key"
    elif isinstance(node, Leaf) and isinstance(node.value, str):
        text, of = node.value, f"`{_short(node.name)}`"
    elif kind is Fixed and isinstance(node, Leaf) and type(node.value) in (int, date):
        text, of = _plainly(node.value), f"`{_short(node.name)}`"
    else:
        raise _other(node, f"words in quotes, such as `{about.such_as}`")
    if re.search(about.pattern, text) is None:
        near = f"such as `{about.such_as}`"
        raise Refused(node, "unfit-value", f"`{_short(text)}` is not {about.is_a}, which {of} takes", near)
    return text


def _plainly(value: object) -> str:
    """A number or a day as words; a number that no parameter may have is as good as any other."""
    return str(max(-1, min(value, 10**9)) if isinstance(value, int) else value)


def _day(node: Node) -> date:
    value = node.value if isinstance(node, Leaf) else None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise Refused(node, "unfit-value", f"`{_short(value)}` is no day", "write it as 2026-11-22")
    raise _other(node, "a day", "write it as 2026-11-22")


def _choice(node: Node, choices: Iterable[str]) -> str:
    value = node.value if isinstance(node, Leaf) else None
    if isinstance(value, str) and value in choices:
        return value
    if not isinstance(value, str):
        raise _other(node, f"one of {_listed(choices)}")
    near = nearest_name(value[:100], choices)
    raise Refused(
        node,
        "unfit-value",
        f"`{_short(node.name)}` takes one of {_listed(choices)}, not `{_short(value)}`",
        f"did you mean `{near}`?" if near else "",
    )


def _other(node: Node | Key, wanted: str, help: str = "") -> Refused:
    name = node if isinstance(node, Key) else node.name
    said = f"`{_short(name)}` takes {wanted}" if name else f"the configuration is {wanted}"
    return Refused(node, "unfit-value", f"{said}, not {_called(node)}", help)


def _called(node: Node | Key) -> str:
    if isinstance(node, Table):
        return "a table"
    if isinstance(node, Items):
        return "a list"
    value = node.value if isinstance(node, Leaf) else node
    names = {bool: "yes or no", str: "words", datetime: "a day with its hour", date: "a day", time: "an hour"}
    return names.get(type(value), "a number")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _short(text: str) -> str:
    return visible(text if len(text) <= 60 else f"{text[:57]}...")
