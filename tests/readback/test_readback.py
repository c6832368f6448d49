"""A notice that is written from a record reads back to the facts that are on record: none lost, and none invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from gdprlint.prose.keys import FACTS, ITEMS
from gdprlint.readers.register import read_file
from gdprlint.testing.strategies.registers import reading_of
from gdprlint.text import Source
from gdprlint.writers.document import Document
from gdprlint.writers.html import html
from gdprlint.writers.markdown import markdown
from gdprlint.writers.notice import notice
from gdprlint.writers.view import View, view_of
from tests.readback.held import HELD, NOT_HELD, heard_in, parted
from tests.readback.records import record_of
from tests.sampling import some

SEEDS = 120
FORMS: dict[str, Callable[[Document], str]] = {"md": markdown, "html": html}


def view(seed: int) -> View:
    reading = reading_of([read_file(Source("record.gdpr", record_of(seed)))])
    assert not reading.findings, f"seed {seed}"
    return view_of(reading.register, ["record.gdpr"])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", range(10))
def test_a_written_notice_reads_back_to_the_facts_of_its_record(part: int, form: str) -> None:
    for seed in range(part, some(60, SEEDS), 10 if form == "md" else 20):  # every other one is written as HTML, too
        on_record = view(seed)
        page = heard_in(f"notice.{form}", FORMS[form](notice(on_record)))

        assert page.reading.kind == "notice", f"seed {seed}"
        assert parted(on_record, page) == {}, f"seed {seed}"


def test_every_fact_is_generated_and_its_absence_too() -> None:
    told: dict[str, Counter[object]] = {name: Counter() for name in HELD}
    for seed in range(SEEDS):
        on_record = view(seed)
        for name, held in HELD.items():
            told[name][held.on_record(on_record)] += 1

    assert [name for name, found in told.items() if len(found) < 2 and name not in ALWAYS] == []
    states = {state for found in told.values() for state in found}
    assert {"stated", "hedged", "denied", "silent"} <= states


# What these records say always, or never.
ALWAYS = ("data", "joint controllers", "representative", "who is controller")


def test_every_item_and_fact_of_the_reader_is_held_or_has_a_reason_why_not() -> None:
    held = {key for row in HELD.values() for key in row.of}

    assert held | set(NOT_HELD) == {*ITEMS, *FACTS}
    assert held & set(NOT_HELD) == set()
