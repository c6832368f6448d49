"""What a check is asked, as one text: whatever could change its answer and stands in no file.

A value of a kind that is not known here makes the question one that nobody remembers (`None`): what is not understood
is never left out.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from gdprlint import __version__

FORM = 3  # raise it when what is kept changes its form
SAME = ("jobs",)  # fields of options that change how a check is made, and not what it finds
VARIABLES = ("GDPRLINT_PLUGINS",)
HERE = os.path.dirname(os.path.abspath(__file__))


def question(paths: Sequence[str], options: object, more: object = None) -> str | None:
    """The question, with whatever `more` decides; None where it cannot be put in words."""
    try:
        return json.dumps(
            [
                FORM,
                __version__,
                os.path.dirname(HERE),
                sys.version,
                sys.platform,
                sys.path,
                {name: os.environ.get(name) for name in VARIABLES},
                os.getcwd(),
                _said([os.fspath(path) for path in paths]),
                _said(options),
                _said(more),
            ]
        )
    except (_Unknown, OSError, RecursionError, TypeError, ValueError):
        return None


class _Unknown(Exception):
    """A value of a kind that is not known here."""


def _said(value: Any) -> Any:
    """A value as lists and texts that no other value has; the name of its kind stands with it."""
    if value is None or isinstance(value, bool) or type(value) in (str, int, float):
        return value
    kind = type(value)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(value, Enum):
        return [name, value.name]
    if isinstance(value, date) or hasattr(value, "__fspath__"):
        return [name, str(value)]
    if kind in (bytes, bytearray):
        return [name, value.hex()]
    fields = _fields(value)
    if fields is not None:
        return [name, *([field, _said(getattr(value, field))] for field in fields if field not in SAME)]
    if kind in (tuple, list):
        return [name, *map(_said, value)]
    if kind in (set, frozenset):
        return [name, *sorted((_said(one) for one in value), key=json.dumps)]
    if isinstance(value, Mapping):
        return [name, *sorted(([_said(key), _said(held)] for key, held in value.items()), key=json.dumps)]
    raise _Unknown(name)


def _fields(value: Any) -> Sequence[str] | None:
    """The fields of a value that is made of fields, by whatever library."""
    kind = type(value)
    if hasattr(kind, "__fields__"):
        return tuple(kind.__fields__)
    if hasattr(kind, "_fields"):
        return tuple(kind._fields)
    if hasattr(kind, "__attrs_attrs__"):
        return [attribute.name for attribute in kind.__attrs_attrs__]
    if hasattr(kind, "__dataclass_fields__"):
        return tuple(kind.__dataclass_fields__)
    return None
