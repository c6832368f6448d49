"""Whatever comes: it is read as the parser reads it, or is told of, in linear time, and nothing ever raises."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprlint.language.lexemes import MAX_DEPTH
from gdprlint.language.parser import Fault, parse_whole
from gdprlint.language.printer import format_tree
from gdprlint.language.recovery import MOST, recover
from gdprlint.language.tree import File
from gdprlint.testing.strategies.layout import careless
from gdprlint.testing.strategies.rules import files
from gdprlint.text import Source, visible
from tests.sampling import some

from .faults import RECORD, RULE, faults_of, in_activity, in_rule, the_fault

MANY = settings(max_examples=some(60, 150), deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(files(), st.integers(0, 2**32))
def test_any_sentence_of_the_grammar_gives_the_tree_of_the_parser_however_it_is_laid_out(tree: File, seed: int) -> None:
    text, _ = careless(format_tree(tree, ""), seed)
    parsed = recover(Source("a.gdpr", text))
    assert parsed.faults == ()
    assert parsed.tree == parse_whole(text)


def test_ten_thousand_levels_are_told_once() -> None:
    text = "".join(f" activity a-{number} {{\n" for number in range(10_000)) + "}\n" * 10_000
    assert the_fault(text).name == "nested-too-deep"
    assert text[the_fault(text).span.start] == "{"


def test_blocks_as_deep_as_the_parser_reads_them_are_no_fault() -> None:
    text = "activity a {" * MAX_DEPTH + "}" * MAX_DEPTH
    assert recover(Source("a.gdpr", text)).tree == parse_whole(text)


def test_a_file_that_is_no_record_is_given_up_in_the_end() -> None:
    found = faults_of("  keeps a;\n" * 50_000)
    assert len(found) == MOST + 1
    assert found[-1].message == f"more than {MOST} faults; what follows is not read"


@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000,
        "}" * 200_000,
        "{\n" * 100_000,
        '"' * 200_001,
        '"\n' * 100_000,
        '\\"' * 100_000,
        "," * 200_000,
        "keeps " + "a," * 100_000,
        "activity a { keeps " + "," * 200_000 + "\n}",
        "activity a {" * 20_000,
        "\tactivity a {" * 20_000,
        "activity a{}" * 20_000,
        "}{" * 100_000,
        "rule a b {\n" + '  says \\"\n' * 20_000,
        "rule a b {\n" + '  says "`\n' * 20_000,
        "rule a b {\n" + "".join(" " * deep + 'why "a\n' for deep in range(1, 600)),
        "rule a b {\n expect " + "(" * 200_000,
        "rule a b {\n expect " + "not " * 50_000,
        "[" * 200_000,
        "#" * 200_000,
        " " * 200_000 + "\n" * 100_000,
        "a-" * 100_000,
        "1" * 200_000,
        "section " * 20_000,
        "section" + " " * 200_000,
        "é" * 200_000,
        "\0" * 200_000,
        "\r" * 200_000,
        "6(" * 100_000,
        'title "' + "`" * 200_000,
        'activity a "x {\n' * 10_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_is_too_hostile(text: str) -> None:
    for fault in faults_of(text):
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
        assert len(fault.message) < 300


PIECES = (
    "{", "}", '"', "\n", "\n  ", "\n        ", ",", "(", ")", "[", "]", "#", "`", "\\", "never ", "purpose",
    "use ", "rule ", "data", "\t", "\r", "\r\n", "é", "\0", "keeps x", "\nkeeps x", "activity b {", "1", "-",
    "or ", "only", "bad {", 'title "', 'matches "', ".", "6(1)", "2026-01-01", "3 months", "\nactivity c {",
    "\n}\n", "then ", "consent",
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 12), st.one_of(st.sampled_from(PIECES), st.text(max_size=3))),
    max_size=6,
)
TERMINAL_NAMES = re.compile(r"\b(_NL|WORD|STRING|PARAGRAPH|DURATION|ARTICLE|NUMBER|COMMA|RBRACE|LSQB|\$END|ANON)\b")


def holds_for(text: str) -> None:
    """What must be true of any text: it is read as the parser reads it, or is told of."""
    parsed = recover(Source("a.gdpr", text))
    try:
        assert parsed.tree == parse_whole(text)
        assert parsed.faults == ()
    except Fault:
        assert parsed.faults
    for fault in parsed.faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
        assert visible(fault.message + fault.help) == fault.message + fault.help
        assert not TERMINAL_NAMES.search(fault.message + fault.help) or TERMINAL_NAMES.search(text)


@MANY
@given(st.sampled_from([RECORD, RULE, in_activity("keeps a"), in_rule("expect a.b is c")]), EDITS)
def test_a_damaged_text_is_told_of_and_nothing_ever_raises(text: str, edits: list[tuple[int, int, str]]) -> None:
    for place, taken, put in edits:
        place %= len(text) + 1
        text = text[:place] + put + text[place + taken :]
    holds_for(text)


@MANY
@given(st.text(max_size=200))
def test_so_is_any_text(text: str) -> None:
    holds_for(text)


@MANY
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_so_is_any_heap_of_words(text: str) -> None:
    holds_for(text)
