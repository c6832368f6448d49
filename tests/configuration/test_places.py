"""Where keys and values stand in a TOML text."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprlint.toml import NotToml, loaded
from gdprlint.toml.places import Path

TEXT = '''\
# a comment with "quotes" and [brackets]
title = "a \\"b\\" # no comment" # a comment
day = 2026-11-22
hour = 2026-11-22 10:30:00
many = [1, [2, 3], # inside
  "x", ]
dotted . "key\\u0041" = 'literal \\'
[table.inner]
text = """
two "lines\"""""
[[rows]]
a = { b.c = 1, "d e" = [true] }
[[rows]]
a = 2
  [rows.under]
  a = \'\'\'x'y\'\'\'
'''


def at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def test_every_value_is_found_where_it_stands() -> None:
    data, places = loaded(TEXT)
    values = {path: TEXT[place.value[0] : place.value[1]] for path, place in places.items()}

    assert values[("many", 1, 0)] == "2"
    assert values[("rows", 0, "a", "d e", 0)] == "true"
    assert values[("rows", 1, "under", "a")] == "'''x'y'''"
    for path, text in values.items():
        value = at(data, path)
        if not text.startswith("[") or isinstance(value, list):
            assert text in {"rows", "[[rows]]", *map(str, path)} or tomllib.loads(f"it = {text}")["it"] == value


def test_every_key_is_found_where_it_is_written() -> None:
    _, places = loaded(TEXT)
    keys = {path: TEXT[place.key[0] : place.key[1]] for path, place in places.items()}

    assert keys[("title",)] == "title"
    assert keys[("dotted", "keyA")] == '"key\\u0041"'
    assert keys[("table", "inner", "text")] == "text"
    assert keys[("rows", 0, "a", "b")] == "b"
    assert keys[("rows", 1, "under")] == "under"


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6)
plain = st.one_of(st.integers(-9, 99), st.booleans(), words)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)


def written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)} = {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@settings(deadline=None)
@given(st.dictionaries(words, values, max_size=4))
def test_what_stands_at_the_place_of_a_value_is_that_value(data: dict[str, Any]) -> None:
    text = "".join(f"{written(key)} = {written(value)}  # {key}\n" for key, value in data.items())
    found, places = loaded(text)

    assert found == data
    for path, place in places.items():
        there = text[place.value[0] : place.value[1]]
        assert tomllib.loads(f"it = {there}")["it"] == at(data, path)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("a = 1\nb 5\n", (2, 3), "expected '='"),
        ("a = 1\na = 2\n", (2, 6), "cannot overwrite a value"),
        ('a = "open\n', (1, 10), "illegal character"),
        ("a = [1,\n", (2, 1), "invalid value"),
        ("a = " + "9" * 5000, (1, 5), "too many digits"),
        ("a = " + "[" * 100_000, (1, 22), "nested too deeply"),
        ("a = " + "{a = " * 50_000, (1, 90), "nested too deeply"),
        (".".join("a" * 50_000) + " = 1", (1, 1), "nested too deeply"),
        ("[" + ".".join("a" * 50_000) + "]", (1, 2), "nested too deeply"),
        ('a = "\0"', (1, 6), "illegal character"),
    ],
    ids=range(10),
)
def test_what_is_no_toml_is_told_at_its_place(text: str, place: tuple[int, int], reason: str) -> None:
    with pytest.raises(NotToml, match=reason) as told:
        loaded(text)

    assert (told.value.line, told.value.column) == place


@settings(deadline=None)
@given(st.text(alphabet="ab.=[]{}\"'\\,# \n1-:T", max_size=60))
def test_whatever_is_no_toml_for_the_library_is_none_here(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(NotToml):
            loaded(text)
    else:
        assert loaded(text).data == expected
