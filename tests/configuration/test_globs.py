"""Patterns for paths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprlint.configuration.globs import folder_of, matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("notices/*.md", "notices/a.md"),
        ("notices/**/*.md", "notices/a.md"),
        ("notices/**/*.md", "notices/in/depth/a.md"),
        ("**/a.md", "a.md"),
        ("*.md", "in/any/folder.md"),
        ("archive/", "archive/2019/a.gdpr"),
        ("old/archive", "old/archive/2019/a.gdpr"),
        ("./notices/a.md", "notices/a.md"),
        ("a?c.md", "abc.md"),
        ("[a-c]x.md", "bx.md"),
        ("[!a-c]x.md", "dx.md"),
        ("[]x.md", "[]x.md"),
        ("**", "whatever/there.is"),
    ],
)
def test_a_pattern_names_a_path(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("notices/*.md", "notices/in/a.md"),
        ("notices/*.md", "other/notices/a.md"),
        ("archive/", "my/archive/a.gdpr"),
        ("archive/", "archives/a.gdpr"),
        ("a?c.md", "ac.md"),
        ("a?c", "a/c"),
        ("[a-c]x.md", "dx.md"),
        ("[!a-c]x.md", "bx.md"),
        ("*.MD", "a.md"),
    ],
)
def test_a_pattern_does_not_name_a_path(pattern: str, path: str) -> None:
    assert not matches(pattern, path)


@settings(deadline=None)
@given(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=5))
def test_a_path_is_named_by_itself_and_by_each_folder_above_it(parts: list[str]) -> None:
    path = "/".join(parts)

    assert matches(f"./{path}", path)
    assert all(matches("/".join(parts[:count]) + "/", path) for count in range(1, len(parts)))


def test_a_pattern_of_many_stars_comes_to_an_end() -> None:
    assert not matches("*a" * 90 + "*b", "a" * 4000)
    assert not matches("/".join(["**", "a"] * 100 + ["b"]), "/".join("a" * 2000))


@pytest.mark.parametrize(
    ("pattern", "folder"),
    [
        ("web/site/*.md", "web/site"),
        ("web/a.md", "web"),
        ("archive/", "archive"),
        ("a.md", ""),
        ("*/a.md", ""),
        ("./web/[ab]/x/", "web"),
    ],
)
def test_everything_that_a_pattern_names_lies_in_its_folder(pattern: str, folder: str) -> None:
    assert folder_of(pattern) == folder
