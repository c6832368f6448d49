"""The letters that a pattern needs stand in whatever it matches, so that it need not be tried where they are not."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from gdprlint.rules.packs import load
from gdprlint.rules.patterns import PatternFault, folded, letters_needed, safe_pattern


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("brexit", {"brexit"}),
        (r"\bBrexit\b|applied GDPR", {"brexit", "applied"}),
        ("opt.?out|unsubscribe", {"opt", "unsubscribe"}),
        ("stud(y|ies)", {"stud"}),
        ("(early|late) stage", {"stage"}),
        (r"\b(TBC|TBD)\b|\[(insert|name of)", {"tbc", "tbd", "["}),
        ("[Cc]omplain", {"omplain"}),
        ("sa{2}mples?", {"mple"}),
        ("(?:research)?", set()),
        ("research|", set()),
        ("an?", set()),
        (r"\d{4}", set()),
        ("", set()),
    ],
)
def test_the_letters_that_a_pattern_needs(pattern: str, letters: set[str]) -> None:
    safe_pattern(pattern)

    assert letters_needed(pattern) == letters


@cache
def patterns_that_ship() -> list[str]:
    texts = [path.read_text("utf-8") for pack in load().packs for path in pack.folder.rglob("*.gdpr")]
    found = {
        found.replace('\\"', '"') for text in texts for found in re.findall(r'matches\s+"((?:[^"\\]|\\.)*)"', text)
    }
    return sorted(found)


PIECES = st.sampled_from(["a", "K", "s", "i", " ", r"\b", r"\w", ".", "[xy]", r"\[", r"\.", "data", "Tier"])


@st.composite
def patterns(draw: st.DrawFn, depth: int = 2) -> str:
    """Patterns of the small grammar that rules may use."""
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        if depth and draw(st.integers(0, 3)) == 0:
            inner = "|".join(draw(st.lists(patterns(depth - 1), min_size=1, max_size=3)))
            parts.append(f"{draw(st.sampled_from(['(', '(?:']))}{inner}){draw(st.sampled_from(['', '?']))}")
        else:
            parts.append(draw(PIECES) + draw(st.sampled_from(["", "", "", "?", "{2}", "{0,3}"])))
    return "".join(parts)


def is_honest(pattern: str, text: str) -> bool:
    needed = letters_needed(pattern)
    return not needed or any(letters in folded(text) for letters in needed)


@given(st.data())
def test_what_a_pattern_matches_has_its_letters(data: st.DataObject) -> None:
    pattern = data.draw(patterns())
    try:
        compiled = safe_pattern(pattern)
    except PatternFault:
        reject()
    text = data.draw(st.from_regex(compiled))

    assert is_honest(pattern, text)


@given(st.data())
def test_what_a_pattern_that_ships_matches_has_its_letters(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(patterns_that_ship()))
    text = data.draw(st.from_regex(safe_pattern(pattern)))

    assert is_honest(pattern, text)


@pytest.mark.parametrize(
    "text",
    [
        "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}NVITATION",
        "\N{LATIN SMALL LETTER DOTLESS I}nvitation",
        "Kelvin \N{LATIN SMALL LETTER LONG S}cale",
        "\N{KELVIN SIGN}ELVIN SCALE",
    ],
)
def test_letters_that_count_as_those_of_the_alphabet(text: str) -> None:
    pattern = "invitation|kelvin scale"

    assert safe_pattern(pattern).search(text)
    assert is_honest(pattern, text)
