"""How a name that plugins use goes: it warns for two minor versions of gdprlint at least, and then it is gone.

Python shows such a warning to the tests of a plugin; `gdprlint plugins` and `gdprlint doctor` show those that loading
it gives. Nothing of a run depends on it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
MINORS = 2


class DeprecatedName(DeprecationWarning):
    """Something of `gdprlint.api` or `gdprlint.testing` that goes."""


class Going(NamedTuple):
    """Since which version of gdprlint a name is deprecated, and what to use instead."""

    since: str
    instead: str

    @property
    def until(self) -> str:
        """The first version that may be without the name."""
        major, minor = (int(part) for part in self.since.split(".")[:2])
        return f"{major}.{minor + MINORS}"

    def said(self, name: str) -> str:
        return f"`{name}` is deprecated since gdprlint {self.since} and may be gone with {self.until}: {self.instead}"


def deprecated(since: str, instead: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function or class warn whenever it is called; `instead` is what to do, in half a sentence."""
    going = Going(since, instead)

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            warnings.warn(going.said(function.__name__), DeprecatedName, stacklevel=2)
            return function(*args, **kwargs)

        call.__deprecated__ = going  # type: ignore[attr-defined]
        return call

    return mark


def names_that_go(module: str, names: Mapping[str, tuple[object, Going]]) -> Callable[[str], Any]:
    """The `__getattr__` of a module some of whose names go: they are there, and warn when they are taken."""

    def attribute(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        value, going = names[name]
        warnings.warn(going.said(name), DeprecatedName, stacklevel=2)
        return value

    return attribute
