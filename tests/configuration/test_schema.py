"""The JSON Schema for editors: it is the committed one, and takes what the reader takes.

`python -m tests.configuration.test_schema` writes it again.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker  # type: ignore[import-untyped]  # it has no types

from gdprlint.configuration.reading import of_text
from gdprlint.configuration.schema import schema
from gdprlint.reporters import REPORTERS
from gdprlint.text import Source
from tests.configuration.test_structuring import WHOLE

COMMITTED = Path(__file__).parents[2] / "docs" / "gdprlint.schema.json"
FORMS = list(REPORTERS)
SCHEMA = Draft7Validator(schema(FORMS), format_checker=FormatChecker())

GOOD = [
    "",
    WHOLE,
    'as-of = "2026-11-22"',
    "select = []",
    "notices = ['a..b/c', './a.md', '[!a]?.md', '**', 'a b/ä.md']",
    "local-packs = ['rules/of-ours']",
    "packs = ['acme', 'uk-gdpr']",
    "[per-path]",
    "[parameters]",
    "[parameters.UK511]\nlongest = '18 months'\nmost = 3\nday = '2026-11-22'",
    "[parameters.'art 9']",
    "[per-path.'**/*.md']",
    "severity = {}",
    *(f"format = '{form}'" for form in FORMS),
]

BAD = [
    "igonre = []",
    "[severty]",
    "[per-path.'a/']\nresaon = 'x'",
    "fail-on = 'eror'",
    "fail-on = 1",
    "format = 'concize'",
    "strictness = 'strict'",
    "ignore = 'UK901'",
    "ignore = [5]",
    "ignore = ['']",
    "ignore = ['  ']",
    'ignore = ["\\u001b[31m"]',
    'ignore = ["UK901\\n"]',
    f"ignore = ['{'x' * 201}']",
    "ignore = [" + '"UK901",' * 1001 + "]",
    "notices = [" + '"a",' * 101 + "]",
    "as-of = 2026-11-22T10:00:00",
    "as-of = 10:00:00",
    "as-of = '2026-02-30'",
    "as-of = '26-11-22'",
    "as-of = 2026",
    "severity = 'info'",
    "[severity]\nUK901 = 'bad'",
    "[severity]\n'' = 'info'",
    "per-path = []",
    "parameters = []",
    "parameters = { UK511 = '2 years' }",
    "parameters = { UK511 = { Longest = '2 years' } }",
    "parameters = { UK511 = { longest = 'two years' } }",
    "parameters = { UK511 = { longest = [3] } }",
    "parameters = { UK511 = { longest = true } }",
    "parameters = { UK511 = { longest = 2.5 } }",
    "parameters = { UK511 = { longest = -1 } }",
    "parameters = { UK511 = { longest = 1000000000 } }",
    "parameters = { '' = { longest = 3 } }",
    "[per-path.'/etc']",
    "[per-path.'../a']",
    "[per-path.'a/']\nuntil = 'soon'",
    "[per-path.'a/']\nreason = 'two\tparts'",
    *(f"notices = ['{path}']" for path in ("/a", "..", "a/..", "a/../b", "C:/a", "~/a", "a\\b", ".", "./")),
    "local-packs = ['../rules']",
    "packs = ['UK GDPR']",
    "packs = ['./rules']",
]


def plain(value: Any) -> Any:
    """The data of a TOML file as editors hand it to a schema."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


@pytest.mark.parametrize("text", GOOD)
def test_reader_and_schema_take_what_is_good(text: str) -> None:
    assert of_text(Source("gdprlint.toml", text), Path(), False, FORMS).findings == ()
    assert list(SCHEMA.iter_errors(plain(tomllib.loads(text)))) == []


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:40])
def test_reader_and_schema_refuse_what_is_not(text: str) -> None:
    assert of_text(Source("gdprlint.toml", text), Path(), False, FORMS).findings != ()
    assert list(SCHEMA.iter_errors(plain(tomllib.loads(text)))) != []


def test_the_examples_in_the_schema_are_good() -> None:
    for cls in (SCHEMA.schema, SCHEMA.schema["properties"]["per-path"]["additionalProperties"]):
        for name, one in cls["properties"].items():
            part = Draft7Validator({**one}, format_checker=FormatChecker())
            assert [list(part.iter_errors(example)) for example in one["examples"]] == [[]], name


def test_the_schema_is_sound() -> None:
    Draft7Validator.check_schema(SCHEMA.schema)


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text("utf-8") == text_of_schema(), "python -m tests.configuration.test_schema"


def text_of_schema() -> str:
    return json.dumps(schema(FORMS), indent=2) + "\n"


if __name__ == "__main__":
    COMMITTED.write_text(text_of_schema(), "utf-8")
