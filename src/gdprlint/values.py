"""Classes of values as attrs makes them, for the modules that every start imports.

A start makes some fifty such classes. Each costs attrs half a millisecond and more, most of it for
compiling methods that a run never calls, and importing attrs costs as much as twenty of them. Here a
class gets its slots at once, `__init__` is compiled when the first value is made, and comparing,
hashing and showing are the same few functions for all. Names and meaning are those of attrs, as far
as they go: modules that no start needs use attrs itself. Knows nothing of what the values are.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, dataclass_transform

T = TypeVar("T")
_NOTHING: Any = type("Nothing", (), {"__repr__": lambda self: "NOTHING"})()
_OF_THE_FIRST = ("__dict__", "__weakref__")  # belong to the class as it was written


class FrozenInstanceError(AttributeError):
    """Somebody tried to change a value that does not change."""


class _Field(NamedTuple):
    default: object = _NOTHING
    factory: Callable[[], object] | None = None
    init: bool = True
    repr: bool = True
    eq: bool = True


def field(
    *,
    default: Any = _NOTHING,
    factory: Callable[[], Any] | None = None,
    init: bool = True,
    repr: bool = True,
    eq: bool = True,
) -> Any:
    """What is particular about a field; `factory` makes its default for each value anew."""
    return _Field(default, factory, init, repr, eq)


@dataclass_transform(field_specifiers=(field,), frozen_default=True)
def frozen(cls: Any = None, /, *, eq: bool = True, slots: bool = True) -> Any:
    """A class of values that are compared by what they hold and never change."""
    if cls is None:
        return lambda cls: _made(cls, eq, slots, True)
    return _made(cls, eq, slots, True)


@dataclass_transform(field_specifiers=(field,))
def define(cls: Any = None, /, *, eq: bool = True, slots: bool = True) -> Any:
    """A class with fields that may change."""
    if cls is None:
        return lambda cls: _made(cls, eq, slots, False)
    return _made(cls, eq, slots, False)


def evolve(value: T, /, **changes: Any) -> T:
    """The same value but for these fields."""
    fields: dict[str, _Field] = value.__fields__  # type: ignore[attr-defined]
    for name, about in fields.items():
        if about.init and name not in changes:
            changes[name] = getattr(value, name)
    return type(value)(**changes)


def _made(cls: type, eq: bool, slots: bool, is_frozen: bool) -> type:
    space = dict(cls.__dict__)
    fields: dict[str, _Field] = {}
    for name in cls.__annotations__:
        given = space.pop(name, _NOTHING)
        fields[name] = given if type(given) is _Field else _Field(given)
    own = set(space)
    if eq and "__eq__" not in own:
        names = [name for name, about in fields.items() if about.eq]
        held = attrgetter(*names) if names else _no_fields
        space["__eq__"] = _eq_of(held)
        if "__hash__" not in own or space["__hash__"] is None:
            space["__hash__"] = _hash_of(held) if is_frozen else None
    if "__repr__" not in own:
        space["__repr__"] = _shown
    if is_frozen:
        space["__setattr__"] = space["__delattr__"] = _refuse
    for name in _OF_THE_FIRST:
        space.pop(name, None)
    if slots:
        space["__slots__"] = (*fields, "__weakref__")
        if is_frozen:
            space["__getstate__"], space["__setstate__"] = _state, _set_state
    space["__fields__"] = fields
    space["__match_args__"] = tuple(name for name, about in fields.items() if about.init)
    space["__qualname__"] = cls.__qualname__
    made = type(cls)(cls.__name__, cls.__bases__, space)
    if "__init__" not in own:
        made.__init__ = _first_init(made, slots, is_frozen)  # type: ignore[misc]
    return made


def _first_init(cls: Any, slots: bool, is_frozen: bool) -> Callable[..., None]:
    def __init__(self: object, *args: Any, **named: Any) -> None:
        if cls.__init__ is __init__:
            cls.__init__ = _init_of(cls, slots, is_frozen)
        cls.__init__(self, *args, **named)

    return __init__


def _init_of(cls: Any, slots: bool, is_frozen: bool) -> Callable[..., None]:
    """The `__init__` of a class, written out and compiled; its text is made of the names of fields alone."""
    head, body = ["self"], []
    known: dict[str, object] = {"_NOTHING": _NOTHING, "_put": object.__setattr__}
    for name, about in cls.__fields__.items():
        value = name
        if not about.init:
            value = f"_factory_{name}()" if about.factory else f"_default_{name}"
        elif about.factory:
            head.append(f"{name}=_NOTHING")
            value = f"_factory_{name}() if {name} is _NOTHING else {name}"
        else:
            head.append(name if about.default is _NOTHING else f"{name}=_default_{name}")
        known[f"_factory_{name}"], known[f"_default_{name}"] = about.factory, about.default
        if not about.init and about.default is _NOTHING and not about.factory:
            continue  # `__attrs_post_init__` sets it
        if not is_frozen:
            body.append(f" self.{name} = {value}")
        elif slots:
            body.append(f" _put(self, {name!r}, {value})")
        else:
            body.append(f" held[{name!r}] = {value}")
    if is_frozen and not slots:
        body.insert(0, " held = self.__dict__")
    if "__attrs_post_init__" in cls.__dict__:
        body.append(" self.__attrs_post_init__()")
    text = f"def __init__({', '.join(head)}):\n" + "\n".join(body or [" pass"])
    exec(compile(text, f"<fields of {cls.__qualname__}>", "exec"), known)
    made: Any = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made  # type: ignore[no-any-return]


def _no_fields(value: object) -> object:
    return ()


def _eq_of(held: Callable[[Any], object]) -> Callable[[object, object], object]:
    def __eq__(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return held(self) == held(other)

    return __eq__


def _hash_of(held: Callable[[Any], object]) -> Callable[[object], int]:
    def __hash__(self: object) -> int:
        return hash(held(self))

    return __hash__


def _shown(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, about in self.__fields__.items() if about.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: object, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"{type(self).__qualname__} does not change: {name}")


def _state(self: Any) -> dict[str, object]:
    return {name: getattr(self, name) for name in self.__fields__}


def _set_state(self: object, state: dict[str, object]) -> None:
    for name, value in state.items():
        object.__setattr__(self, name, value)
