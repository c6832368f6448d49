"""Whatever the text: nothing but layout changes, and once is enough."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from gdprlint.language.parser import parse_whole
from gdprlint.language.printer import clause_text, format_tree
from gdprlint.language.tree import Clause, Declaration, Expression, File, Head, Tail, Thing, Things
from gdprlint.testing.strategies.layout import careless
from gdprlint.testing.strategies.rules import files
from gdprlint.testing.strategies.sentences import clauses, same
from gdprlint.testing.strategies.words import ADVERBS, BOUNDS, JOINTS, KINDS, LONES, PROSE, THINGS, UNITS, VERBS
from tests.sampling import some

from .printing import formatted, only_clause

MANY = settings(max_examples=some(80, 200), deadline=None, suppress_health_check=list(HealthCheck))
ROOT = Path(__file__).parents[2]
SEEDS = st.integers(0, 2**32)

FILES = sorted(file for folder in ("examples", "rules", "plugins") for file in (ROOT / folder).rglob("*.gdpr"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_our_own_files_say_the_same_when_they_are_formatted(file: Path) -> None:
    text = file.read_text("utf-8")
    said = formatted(text)
    before, after = parse_whole(text), parse_whole(said)
    assert same(before, after)
    assert [comment.text for comment in before.comments] == [comment.text for comment in after.comments]
    assert formatted(said) == said


@MANY
@given(files())
def test_a_printed_tree_reads_back_as_the_same_tree(tree: File) -> None:
    text = format_tree(tree, "")
    assert same(parse_whole(text), tree)
    assert formatted(text) == text


@MANY
@given(files(), SEEDS)
def test_formatting_changes_nothing_but_the_layout(tree: File, seed: int) -> None:
    text, comments = careless(format_tree(tree, ""), seed)
    said = formatted(text)
    again = parse_whole(said)
    assert same(again, tree)
    assert [comment.text for comment in again.comments] == comments
    assert formatted(said) == said


@MANY
@given(files(), SEEDS)
def test_every_layout_has_one_canonical_form_but_for_blank_lines(tree: File, seed: int) -> None:
    canonical = format_tree(tree, "")
    text, _ = careless(canonical, seed, comments=False, spaces=False)
    assert without_blank_lines(formatted(text)) == without_blank_lines(canonical)


def without_blank_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@MANY
@given(files(), SEEDS)
def test_no_line_ends_with_a_blank_and_no_two_are_blank(tree: File, seed: int) -> None:
    said = formatted(careless(format_tree(tree, ""), seed)[0])
    assert not any(line != line.rstrip(" \t") for line in said.split("\n"))
    assert "\n\n\n" not in said
    assert "{\n\n" not in said
    assert not said.startswith("\n")
    assert said == "" or (said.endswith("\n") and not said.endswith("\n\n"))


@MANY
@given(clauses())
def test_a_clause_on_one_line_reads_back_as_the_same_clause(clause: Clause) -> None:
    again = only_clause(clause_text(clause))
    assert same(again, clause._replace(margin=None))


def test_the_strategies_reach_every_word_of_the_grammar() -> None:
    """Of 2000 files and 1000 clauses; they are made in batches, and no more when every word was met."""
    met: set[str] = set()

    def look(batch: int) -> None:
        @seed(batch)
        @settings(MANY, max_examples=200, database=None)
        @given(files())
        def look_at_files(tree: File) -> None:
            met.update(words_of(tree))

        @seed(batch)
        @settings(MANY, max_examples=100, database=None)
        @given(clauses())
        def look_at_clauses(clause: Clause) -> None:
            met.add(f"verb {clause.verb.text}")

        look_at_files()
        look_at_clauses()

    expected = {
        *(f"kind {kind}" for kind in KINDS),
        *(f"verb {verb}" for verb in VERBS),
        *(f"joint {joint}" for joint in (*JOINTS, *LONES)),
        *(f"{where} {adverb}" for adverb in ADVERBS for where in ("adverb", "clause")),
        *(f"bound {bound}" for bound in BOUNDS),
        *(f"thing {kind}" for kind in THINGS),
        *(f"unit {unit}" for unit in UNITS),
        *(f"head {kind}" for kind in HEADS),
        *(f"expression {kind}" for kind in EXPRESSIONS),
        "only",
        "either",
    }
    for batch in range(10):
        if not expected <= met:
            look(batch)
    assert expected - met == set()


HEADS = (
    *PROSE,
    "cites",
    "judges",
    "silence",
    "severity",
    "in force",
    "yields",
    "also",
    "stage",
    "verified",
    "for each",
    "where",
    "expect",
    "at",
    "example",
)
EXPRESSIONS = (
    "satisfies",
    "implies",
    "any",
    "all",
    "not",
    "test",
    "each",
    "is",
    "is_in",
    "contains",
    "agrees",
    "compares",
    "matches",
    "count",
    "call",
    "duration",
    "number",
)


def words_of(node: Any) -> Iterator[str]:
    """What of the grammar the tree is made of."""
    match node:
        case Thing():
            yield f"thing {node.kind}"
            yield f"adverb {node.adverb}"
            yield f"bound {node.bound}"
            if node.kind == "amount":
                yield f"unit {node.text.split()[1].rstrip('s')}"
        case Things():
            yield from (["only"] if node.only else []) + (["either"] if node.either else [])
        case Tail():
            yield f"joint {node.joint}"
        case Clause():
            yield f"verb {node.verb.text}"
            yield f"clause {node.adverb}"
        case Declaration():
            yield f"kind {node.kind.text}"
        case Head():
            yield f"head {node.kind}"
        case Expression():
            yield f"expression {node.kind}"
    if isinstance(node, tuple):
        for part in node:
            yield from words_of(part)


def test_blocks_may_be_as_deep_as_the_reader_lets_them() -> None:
    text = "activity a { " * 60 + "keeps x" + " }" * 60 + "\n"
    said = formatted(text)
    assert said.splitlines()[60] == " " * 120 + "keeps         x"
    assert formatted(said) == said


def test_printing_is_twice_the_work_for_twice_the_text() -> None:
    page = "activity a { # one\n keeps x, y, # two\n  z for 3 months [3]\n\n # three\n} # four\n"
    once, twice = (work_for(page * count) for count in (100, 200))

    assert once > 10_000
    assert twice < 2.1 * once


def work_for(text: str) -> int:
    """How many functions are called to print the text."""
    tree = parse_whole(text)
    calls = 0

    def count(frame: object, event: str, called: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        format_tree(tree, text)
    finally:
        sys.setprofile(before)
    return calls
