"""Our loop over the tables reads what Lark reads by the same grammar, and the tables fit the grammar."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lark import Lark, Token, Tree, UnexpectedInput
from lark.lark import PostLex

from gdprlint import compiled, store
from gdprlint.language import tables
from gdprlint.language.layout import column_after
from gdprlint.language.parser import Fault, Machine, machine, parse_whole
from gdprlint.language.printer import format_tree
from gdprlint.language.tree import File
from gdprlint.testing.strategies.damage import damaged
from gdprlint.testing.strategies.layout import careless
from gdprlint.testing.strategies.registers import register_by
from gdprlint.testing.strategies.rules import files
from tests.language.test_shortcut import part_of
from tests.sampling import some

ROOT = Path(__file__).parents[2]
PACKAGES = (ROOT / "src" / "gdprlint", *(ROOT / "plugins").glob("*/src"))
RECORDS = sorted((ROOT / "examples").rglob("*.gdpr"))
RULES = sorted(path for folder in ("rules", "plugins") for path in (ROOT / folder).rglob("*.gdpr"))
SOME = settings(max_examples=some(20, 40), deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32)
SHAPES = ("clause", "declaration", "stray", "use", "tail", "things", "margin", "place", "rule")


class Layout(PostLex):
    """The layout rule, for Lark: which line breaks its parser hears of. `text` is what is being read."""

    always_accept = ("_NL",)
    text = ""

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        column, fresh, leads, before = 0, True, False, ""
        for token in stream:
            if token.type == "_NL":
                if not fresh and (before == "}" or self.column_after(token) <= column):
                    fresh = True
                    yield token
                continue
            if fresh:
                column = column_after(self.text, token.start_pos or 0)
            elif before in ("possibly", "never") and not leads and token in FIRST_WORDS:
                token.type = "WORD"  # LALR has one state for an adverb in a list and before a verb
            leads, before = fresh, str(token)
            fresh = token == "{"
            yield token
        if not fresh:
            yield Token("_NL", "\n")

    def column_after(self, line_break: Token) -> int:
        end = line_break.end_pos or 0
        return -1 if end >= len(self.text) else column_after(self.text, end)


FIRST_WORDS = frozenset(verb.partition(" ")[0] for verb in machine().verbs)


LAYOUT = Layout()


@cache
def lark() -> Lark:
    return Lark(
        tables.GRAMMAR.read_text("utf-8"),
        parser="lalr",
        lexer="contextual",
        strict=True,
        start="start",
        postlex=LAYOUT,
        propagate_positions=True,
        maybe_placeholders=False,
    )


Shape = list[tuple[str, int, int]]


def shape_by_lark(text: str) -> Shape | None:
    """The nodes of Lark's tree and where they stand; None where Lark takes the text for no sentence."""
    LAYOUT.text = text
    try:
        tree = lark().parse(text)
    except UnexpectedInput:
        return None
    return sorted(_of_lark(tree))


def _of_lark(tree: Tree[Token]) -> Iterator[tuple[str, int, int]]:
    for node in tree.iter_subtrees():
        name = "things" if node.data == "either" else str(node.data)
        if name in SHAPES:
            yield name, node.meta.start_pos, node.meta.end_pos


def shape_of(tree: File) -> Shape:
    return sorted(_of_ours(tree))


def _of_ours(node: Any) -> Iterator[tuple[str, int, int]]:
    name = type(node).__name__.lower()
    if name in SHAPES:
        yield name, node.start, node.end
    for part in node if isinstance(node, tuple) else ():
        if isinstance(part, tuple):
            yield from _of_ours(part)


def reads_like_lark(text: str) -> None:
    assert shape_by_lark(text) == shape_of(parse_whole(text)), text


# ---- the grammar


def test_the_grammar_has_no_conflict_and_no_terminals_that_collide() -> None:
    grammar = tables.GRAMMAR.read_text("utf-8")
    Lark(grammar, parser="lalr", lexer="contextual", strict=True, start=list(tables.STARTS))


# ---- the same sentences


END = "\n}\n"  # of a declaration


@pytest.mark.parametrize("path", [*RECORDS, *RULES[::6]], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_our_own_files_are_read_as_lark_reads_them(path: Path) -> None:
    text = path.read_text("utf-8")
    reads_like_lark(text if len(text) < 60_000 else f"{text[:60_000].rpartition(END)[0]}{END}")


@SOME
@given(files(), SEEDS)
def test_any_sentences_are_read_as_lark_reads_them(tree: File, seed: int) -> None:
    text = format_tree(tree, "")
    reads_like_lark(text)
    reads_like_lark(careless(text, seed)[0])


def test_registers_are_read_as_lark_reads_them() -> None:
    for seed in range(40):
        for text in register_by(Random(seed)).texts.values():
            reads_like_lark(text)


def test_what_survives_damage_is_read_as_lark_reads_it() -> None:
    hand = Random(1)
    texts = [text for seed in range(40) for text in register_by(Random(seed)).texts.values()]
    texts += [path.read_text("utf-8") for path in (*RECORDS, *RULES[::6])]
    survived = 0
    for _ in range(1_200):
        text = damaged(part_of(hand.choice(texts), hand, 400), hand)
        try:
            tree = parse_whole(text)
        except Fault:
            continue
        survived += 1
        assert shape_by_lark(text) == shape_of(tree), text
    assert survived > 200


# ---- what is compiled ahead


def test_tables_of_another_grammar_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr(compiled, "HERE", shipped)
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path / "cache"))
    (shipped / "parser.json").write_text('{"digest": "of another grammar", "states": []}', "utf-8")

    text = RECORDS[0].read_text("utf-8")
    made = Machine(compiled.parser_tables())

    assert made.parse(text) == machine().parse(text)
    kept = store.read("parser.json")
    assert kept is not None
    assert json.loads(kept)["digest"] == tables.digest()


@pytest.mark.parametrize("content", ['{"digest": "old", "n": 1}', "{", "[]", "\x80\x04."])
def test_what_is_kept_under_another_digest_is_made_again(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "HERE", tmp_path / "shipped")
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path))
    (tmp_path / "a.json").write_text(content, "latin-1")

    assert compiled.kept("a", "new", lambda: {"n": 2}) == {"n": 2, "digest": "new"}
    assert compiled.kept("a", "new", lambda: {"n": 3}) == {"n": 2, "digest": "new"}


def test_nothing_is_unpickled_but_what_our_own_processes_send() -> None:
    unsafe = r"^\s*(?:import|from) (?:pickle|marshal|shelve|dill|cloudpickle|joblib)\b"
    found = [
        path.name
        for package in PACKAGES
        for path in package.rglob("*.py")
        if re.search(unsafe, path.read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(found) == ["parallel.py", "sent.py"]
