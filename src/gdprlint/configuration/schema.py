"""The JSON Schema of a configuration, for editors; made from the classes that the reader takes.

It says what a value looks like. Which rules, packs and files there are depends on the machine, and is told by a run.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, get_args, get_origin

import attrs

from gdprlint.configuration.shape import EXCEPTIONS, KINDS, Configuration, Fixed, Form, Said, name_of
from gdprlint.configuration.structuring import most_of

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\s\S])"


def schema(forms: Sequence[str]) -> dict[str, Any]:
    """The schema of gdprlint.toml; `forms` are the formats that findings can be shown in."""
    table = _table(Configuration, forms)
    table["properties"][EXCEPTIONS] = _EXCEPTIONS
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "gdprlint.toml",
        "description": "What the owners of a register want of gdprlint.",
        **table,
    }


_WORDS = {"type": "string", "minLength": 1}
_EXCEPTIONS: dict[str, Any] = {
    "description": "Findings that are accepted in files without comments (docs/exceptions.md).",
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["path", "rule", "reason"],
        "properties": {
            "path": {"description": "The file, below this folder.", **_WORDS},
            "rule": {"description": "A rule, or several.", "anyOf": [_WORDS, {"type": "array", "items": _WORDS}]},
            "reason": {"description": "Why it is accepted.", **_WORDS},
            "by": {"description": "Who answers for that.", **_WORDS},
            "until": {"description": "The last day on which it holds.", "type": "string", "format": "date"},
            "fingerprint": {"description": "Only the finding with this fingerprint.", **_WORDS},
        },
    },
    "examples": [[{"path": "notices/privacy.pdf", "rule": "UK1318", "reason": "the leaflet says it"}]],
}


def _table(cls: Any, forms: Sequence[str]) -> dict[str, Any]:
    attrs.resolve_types(cls)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name_of(one.name): {
                "description": one.metadata["says"],
                **_of(one.type, forms),
                "examples": [_plain(tomllib.loads(f"it = {one.metadata['such_as']}")["it"])],
            }
            for one in attrs.fields(cls)
        },
    }


def _of(kind: Any, forms: Sequence[str]) -> dict[str, Any]:
    if attrs.has(kind) and get_origin(kind) is not Said:
        return _table(kind, forms)
    inner = [one for one in get_args(kind) if one is not type(None)]
    match get_origin(kind):
        case origin if origin is tuple:
            return {"type": "array", "items": _of(inner[0], forms), "maxItems": most_of(inner[0])}
        case origin if origin is dict:
            names = KINDS[get_args(inner[0])[0]].pattern
            return {
                "type": "object",
                "propertyNames": {"pattern": names},
                "additionalProperties": _of(inner[1], forms),
                "maxProperties": most_of(inner[0]),
            }
        case origin if origin is Said:
            return _value(inner[0], forms)
    return _of(inner[0], forms)  # a value or none


def _value(kind: Any, forms: Sequence[str]) -> dict[str, Any]:
    if kind is date:
        return {"type": "string", "format": "date", "pattern": DAY}
    if kind is Fixed:
        number = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
        return {"anyOf": [number, {"type": "string", "pattern": KINDS[kind].pattern}]}
    if kind is Form:
        return {"enum": list(forms)}
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    return {"type": "string", "pattern": KINDS[kind].pattern}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
