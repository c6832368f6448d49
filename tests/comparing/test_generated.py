"""Records with one to ten facts changed: each change of meaning is found, and nothing else is.

There are three hundred of them; fewer are tried by default (`tests/sampling.py`).
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from gdprlint.language.printer import format_tree
from gdprlint.testing.strategies.registers import register_by
from tests.comparing.changing import (
    EDITS,
    as_notice,
    as_record,
    changed,
    clause_at,
    clause_places,
    compared,
    examples,
)
from tests.sampling import some

SEEDS = 300


@pytest.mark.parametrize("part", range(10))
def test_every_change_of_meaning_is_found_and_no_other(part: int) -> None:
    for seed in range(part, some(120, SEEDS), 10):
        random = Random(seed)
        name = random.choice(sorted(examples()))
        tree = examples()[name] if random.random() < 0.5 else as_notice(examples()[name])
        made = changed(tree, random, random.randint(1, 10))

        found = compared(made.old, made.new)

        assert not made.missed(found), f"seed {seed}: {name}"
        assert not made.invented(found), f"seed {seed}: {name}"


def test_every_way_to_change_a_clause_is_tried() -> None:
    tried: Counter[str] = Counter()
    for seed in range(0, SEEDS, 3):
        random = Random(seed)
        tree = examples()[random.choice(sorted(examples()))]
        tried.update(kind.partition(" of `")[0] for kind in changed(tree, random, 10).kinds)

    assert set(tried) == {"delete", "delete item", "lengthen", "swap party", "hedge", "deny"} <= set(EDITS)
    assert min(tried.values()) > 5, tried


@pytest.mark.parametrize("part", range(5))
def test_a_notice_parts_from_its_record_only_where_it_was_changed(part: int) -> None:
    for seed in range(part, some(50, 100), 5):
        random = Random(seed)
        name = random.choice(sorted(examples()))
        record = format_tree(as_record(examples()[name]), "")
        made = changed(as_notice(examples()[name]), random, random.randint(1, 10))
        on_record, in_notice = clause_places("old.gdpr", record), [p for places in made.touched for p in places]

        found = compared(record, made.new)

        assert found.drift
        for change in found.changes:
            told = clause_at(change.new, in_notice) is not None
            assert told or clause_at(change.old, on_record) in made.numbers, f"seed {seed}: {name}: {change.message}"


@pytest.mark.parametrize("name", sorted(examples()))
def test_a_record_is_what_it_was(name: str) -> None:
    text = format_tree(examples()[name], "")
    found = compared(text, text)

    assert (found.changes, found.unclear) == ((), ())


@pytest.mark.parametrize("seed", range(60))
def test_any_register_is_what_it_was(seed: int) -> None:
    texts = "\n".join(register_by(Random(seed)).texts.values())
    found = compared(texts, texts)

    assert (found.changes, found.unclear) == ((), ())
