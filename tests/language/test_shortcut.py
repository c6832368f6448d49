"""The quick way through records: where it reads a text at all, it reads what the parser reads."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprlint.language import words
from gdprlint.language.parser import Fault, machine, parse_whole
from gdprlint.language.printer import format_tree
from gdprlint.language.shortcut import read_records
from gdprlint.language.tree import File
from gdprlint.testing.strategies.damage import SCRAPS, damaged
from gdprlint.testing.strategies.layout import careless
from gdprlint.testing.strategies.registers import Written, register_by, registers
from gdprlint.testing.strategies.rules import files
from gdprlint.testing.strategies.words import JOINTS, KINDS, VERBS
from tests.sampling import some

MANY = settings(max_examples=some(60, 150), deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32)
ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("examples", "rules", "plugins", "tests")
    for path in (ROOT / folder).rglob("*.gdpr")
    if path.stat().st_size < 200_000
)


def agrees(text: str) -> bool:
    """Whether the quick way reads the text, and then as the parser does; False says that it left it."""
    quick = read_records(text)
    if quick is None:
        return False
    assert quick == parsed(text), text
    return True


def parsed(text: str) -> File | None:
    try:
        return parse_whole(text)
    except Fault:
        return None


def part_of(text: str, hand: Random, length: int = 700) -> str:
    """A few declarations of the text."""
    starts = [0, *(at + 1 for at in range(len(text) - 1) if text[at] == "\n" and text[at + 1].isalpha())]
    start = hand.choice(starts)
    ends = [*(other for other in starts if start < other <= start + length), min(len(text), start + length)]
    return text[start : hand.choice(ends[-2:])]


# ---- what it knows


def test_it_knows_the_verbs_kinds_and_joining_words_of_the_grammar() -> None:
    two_words = {f"{first} {second}" for first, second in words.TWO_WORDS.items()}
    assert words.VERBS | two_words == set(machine().verbs) == set(VERBS)
    assert set(machine().kinds) == words.KINDS == set(KINDS)
    assert set(JOINTS) == words.JOINTS


# ---- texts without a fault


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_our_own_files_are_read_alike(path: Path) -> None:
    agrees(path.read_text("utf-8"))


def test_most_registers_are_read_the_quick_way() -> None:
    texts = [text for seed in range(200) for text in register_by(Random(seed)).texts.values()]
    quick = [text for text in texts if read_records(text) is not None]
    assert len(quick) > len(texts) / 2


@MANY
@given(registers(), SEEDS)
def test_a_register_is_read_alike_however_it_is_laid_out(written: Written, seed: int) -> None:
    for text in written.texts.values():
        agrees(text)
        agrees(careless(text, seed)[0])


@MANY
@given(files(), SEEDS)
def test_any_sentences_are_read_alike(tree: File, seed: int) -> None:
    text = format_tree(tree, "")
    agrees(text)
    agrees(careless(text, seed)[0])


@pytest.mark.parametrize(
    "clause",
    [
        "contact phone, never dpo",
        "lawful basis contract or possibly consent",
        "purpose print and mail and post",
        "keeps answers for 2 years after the report and the book",
        "employs 12000",
    ],
)
def test_a_word_of_the_language_may_stand_within_a_term(clause: str) -> None:
    assert agrees(f"activity a {{\n  {clause}\n}}\n")


def test_the_lone_word_never_at_the_end_of_a_clause_denies_nothing_in_the_next() -> None:
    tree = parse_whole("activity a {\n  withdrawal possibly never\n  keeps answers\n}\n")
    assert [line.verb.text for line in tree.items[0].lines] == ["withdrawal", "keeps"]


@pytest.mark.parametrize(
    "line",
    [
        "keeps answers [12, of 13]",
        "cites dpa-2018 schedule 1 part\n    2 paragraph 6",
        "cites dpa-2018 section # c\n    7",
        "contact phone\n    never dpo none",
    ],
)
def test_what_the_parser_faults_is_left_to_it(line: str) -> None:
    text = f"activity a {{\n  {line}\n}}\n"
    assert parsed(text) is None
    assert read_records(text) is None


# ---- damaged texts


def test_damaged_texts_are_read_alike() -> None:
    hand = Random(1)
    own = [path.read_text("utf-8") for path in FILES if "rule " not in path.read_text("utf-8")]
    written = [text for seed in range(150) for text in register_by(Random(seed)).texts.values()]
    texts = [text for text in (*own, *written) if read_records(text) is not None]
    read, tried = 0, some(3_000, 9_000)
    for _ in range(tried):
        read += agrees(damaged(part_of(hand.choice(texts), hand), hand))
    assert read > tried / 4.5  # most damage is a fault, and the quick way leaves it


@MANY
@given(registers(), st.randoms(use_true_random=False))
def test_a_damaged_register_is_read_alike(written: Written, hand: Random) -> None:
    for text in written.texts.values():
        agrees(damaged(text, hand))
        agrees(damaged(damaged(text, hand), hand))


@MANY
@given(st.lists(st.sampled_from(SCRAPS), max_size=14).map("".join))
def test_scraps_are_read_alike(text: str) -> None:
    agrees(text)
    agrees(f"activity a {{\n  keeps {text}\n}}\n")
