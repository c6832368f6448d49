"""The surface of `gdprlint.api` and `gdprlint.testing`: every name that plugins may use, with what it takes and has.

`python -m tests.plugins.surface` writes `surface.txt` again. It refuses where a name would go that did not warn for two
minor versions; `--unreleased` is for what no version has shipped yet.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from gdprlint import __version__
from gdprlint.deprecation import MINORS

FILE = Path(__file__).with_name("surface.txt")
MODULES = ("gdprlint.api", "gdprlint.testing")
# Public only to the rest of gdprlint: how values are made and remembered. Plugins had better not know.
INNER = {
    "Thing": {"cache", "holding", "load", "loaded", "memo", "name_end", "name_start", "plain", "unread"},
    "Values": {"memo"},
    "Clause": {"verb_end"},
    "Item": {"slot"},
    "Context": {"register", "silence", "steps", "troubles"},
    "Rule": {"judge", "levels", "needs", "place", "verified"},
    "Report": {"background"},
}
GOES = re.compile(r"  # deprecated since (\d+)\.(\d+)")


def surface() -> str:
    """One line for each name and for each of its own members, in order."""
    return "".join(f"{line}\n" for module in MODULES for line in _of_module(module))


def _of_module(name: str) -> Iterator[str]:
    module = importlib.import_module(name)
    for public in sorted(module.__all__):
        value = getattr(module, public)
        own = getattr(value, "__name__", public)
        if own != public and own in module.__all__:
            yield f"{name}.{public} = {own}"
        else:
            yield from _of_value(f"{name}.{public}", value)


def _of_value(name: str, value: Any) -> Iterator[str]:
    going = getattr(value, "__deprecated__", None)
    end = f"  # deprecated since {going.since}" if going else ""
    if inspect.isclass(value):
        yield f"{name}{_made_of(value)}{end}"
        yield from (f"{name}.{line}" for line in _members(value))
    elif inspect.isfunction(value):
        yield f"{name}{_signature(value)}{end}"
    elif callable(value):  # of another library
        yield f"{name}{end}"
    else:
        yield f"{name} = {value!r}{end}"


def _members(kind: type) -> Iterator[str]:
    """Fields and methods that are not private, of the class itself and of classes of ours that it comes from."""
    if issubclass(kind, Enum):
        yield from (f"{one.name} = {one.value!r}" for one in kind)
    own = {
        member: value
        for base in reversed(kind.__mro__)
        if base.__module__.startswith("gdprlint")
        for member, value in vars(base).items()
        if not member.startswith("_") and not (issubclass(kind, Enum) and member in kind.__members__)
    }
    members = {*own, *(field for field in _fields(kind) if not field.startswith("_"))}
    for member in sorted(members - INNER.get(kind.__name__, set())):
        value = own.get(member)
        if isinstance(value, (classmethod, staticmethod)):
            value = value.__func__
        yield f"{member}{_signature(value)}" if inspect.isfunction(value) else member


def _fields(kind: Any) -> dict[str, bool]:
    """The fields of a class of values, whatever made it, and whether each has a default."""
    if hasattr(kind, "__fields__"):
        fields = kind.__fields__.items()
        return {name: "NOTHING" not in repr(f.default) or f.factory is not None for name, f in fields if f.init}
    if hasattr(kind, "__attrs_attrs__"):
        return {field.alias: "NOTHING" not in repr(field.default) for field in kind.__attrs_attrs__ if field.init}
    return {name: name in kind._field_defaults for name in getattr(kind, "_fields", ())}


def _made_of(kind: type) -> str:
    """What a value of this class is made of; the classes that no plugin makes have a constructor all the same."""
    inner = INNER.get(kind.__name__, set())
    taken = [f"{name}=…" if default else name for name, default in _fields(kind).items() if name not in inner]
    return f"({', '.join(taken)})" if taken else ""


def _signature(value: Any) -> str:
    """The parameters with what they may be; defaults that have no lasting form are only told to be there."""
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(value)))
    return re.sub(r"<[^<>]*>", "…", text).replace("gdprlint.", "")


def gone(old: Iterable[str], new: Iterable[str], version: str) -> list[str]:
    """The names of an older surface that may not be missing in a newer one: they did not warn for long enough."""
    here = {_name(line) for line in new}
    number = tuple(int(part) for part in version.split(".")[:2])
    early = []
    for line in old:
        if _name(line) not in here:
            found = GOES.search(line)
            if found is None or number < (int(found[1]), int(found[2]) + MINORS):
                early.append(_name(line))
    return early


def _name(line: str) -> str:
    return re.match(r"[\w.]*", line)[0]  # type: ignore[index]  # every line has such a beginning


if __name__ == "__main__":
    before = FILE.read_text("utf-8").splitlines() if FILE.exists() else []
    now = surface()
    missing = gone(before, now.splitlines(), __version__)
    if missing and "--unreleased" not in sys.argv[1:]:
        sys.exit("these would go without having warned for two minor versions:\n  " + "\n  ".join(missing))
    FILE.write_text(now, "utf-8")
