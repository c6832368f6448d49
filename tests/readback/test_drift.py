"""Records beside the notices that are written from them: at one while nothing is changed, and told where something is.

What people are told is changed and written anew while the record stays. There are 300 sets of changes; by default one
is judged for each record, and GDPRLINT_DRIFTS says another number. Rules that judge a notice by itself may find more in
what was changed; of the drift between the two, nothing else is told.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest

from gdprlint.comparing.within import CODE, RULES
from gdprlint.engine import CheckOptions, check
from gdprlint.language.printer import format_tree
from gdprlint.language.reading import read
from gdprlint.language.tree import Declaration, File
from gdprlint.text import Source
from gdprlint.writers.markdown import markdown
from gdprlint.writers.notice import notice
from gdprlint.writers.reading import opened
from tests.comparing.changing import as_record, examples, rebuilt
from tests.readback.changes import EDITS, Made, Told, may_tell, tells
from tests.readback.records import record_of
from tests.sampling import some

SEEDS, RECORDS = 300, 60
DRIFTS = int(os.environ.get("GDPRLINT_DRIFTS", some(60, SEEDS)))  # of the seeds, which are judged
PAGE = "notices/page.md"
HEDGED = "UK1203"  # what a notice says only may happen
TOLD = (CODE, HEDGED, *sorted({code for codes in RULES.values() for code in codes}))
SPARE = """
organisation spare-one "Osprey Mailing Ltd" is company in GB
organisation spare-two "Heron Bindery Ltd" is company in GB
organisation spare-three "Kestrel Couriers Ltd" is company in GB
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def findings(record: str, told: str) -> Counter[str]:
    """What is found of a record whose notice tells something, by code and message; each in a project of its own."""
    project = Path(mkdtemp(dir=Path.cwd().parent))
    os.chdir(project)
    Path("gdprlint.toml").touch()
    Path("notices").mkdir()
    Path("told.gdpr").write_text(told, encoding="utf-8")
    Path(PAGE).write_text(markdown(notice(opened("told.gdpr")[0])), encoding="utf-8")
    Path("told.gdpr").unlink()
    Path("record.gdpr").write_text(record, encoding="utf-8")
    report = check(("record.gdpr",), CheckOptions(as_of=date(2026, 11, 21), select=(*TOLD, "REC008")))
    assert report.problems == ()
    assert not any(finding.code == "REC008" for finding in report.findings), "the page was not read"
    return Counter(f"{finding.code} {finding.message}" for finding in report.findings)


def with_page(tree: File) -> str:
    """The record with a notice that is of all that is done."""
    items = as_record(tree).items
    roots = [item.name.text for item in items if isinstance(item, Declaration) and item.kind.text == "activity"]
    header = read(Source("", f'notice page "{PAGE}" of {", ".join(roots)}\n')).tree.items
    return format_tree(tree._replace(items=(items[0], *header, *items[1:])), "")


def drift(found: Iterable[str]) -> list[str]:
    return [finding for finding in found if finding.startswith(CODE)]


@cache
def unchanged(number: int) -> tuple[str, File]:
    """A generated record with its page, and the tree that its notice is written from."""
    return record_of(number, PAGE) + SPARE, read(Source("told.gdpr", record_of(number) + SPARE)).tree


KNOWN: dict[int, Counter[str]] = {}


def before(number: int) -> Counter[str]:
    """What is found while nothing is changed."""
    if number not in KNOWN:
        record, tree = unchanged(number)
        KNOWN[number] = findings(record, format_tree(tree, ""))
    return KNOWN[number]


@pytest.mark.parametrize("name", sorted(examples()))
def test_an_example_and_the_notice_that_is_written_from_it_are_at_one(name: str) -> None:
    found = findings(with_page(examples()[name]), format_tree(as_record(examples()[name]), ""))

    assert drift(found) == []


@pytest.mark.parametrize("part", range(10))
def test_a_record_and_the_notice_that_is_written_from_it_are_at_one(part: int) -> None:
    for number in range(part, RECORDS, 10):
        assert drift(before(number)) == [], f"record {number}"


def changed(seed: int) -> tuple[int, list[Made], Counter[str]]:
    """A record by its number, what is changed in what people are told of it, and what is found then."""
    number = seed % RECORDS
    record, tree = unchanged(number)
    hand = Random(seed)
    made = Told(tree, hand, ["spare-one", "spare-two", "spare-three"]).changes(hand.randint(1, 10))
    text = format_tree(rebuilt(tree, {one.number: list(one.after) for one in made}), "")
    return number, made, findings(record, text)


@pytest.mark.parametrize("part", range(20))
def test_every_change_of_meaning_is_told_and_no_other(part: int) -> None:
    for seed in range(part, DRIFTS, 20):
        number, made, after = changed(seed)
        found = list((after - before(number)).elements())

        missed = [one.kind for one in made if one.tells and not any(tells(finding, one) for finding in found)]
        assert missed == [], f"seed {seed}: {found}"
        new = [finding for finding in found if finding.startswith((CODE, HEDGED))]
        assert [finding for finding in new if not any(may_tell(finding, one) for one in made)] == [], f"seed {seed}"


def test_every_kind_of_change_is_tried() -> None:
    tried: Counter[str] = Counter()
    for seed in range(SEEDS):
        _, tree = unchanged(seed % RECORDS)
        hand = Random(seed)
        made = Told(tree, hand, ["spare-one", "spare-two", "spare-three"]).changes(hand.randint(1, 10))
        tried.update(one.kind for one in made)

    assert set(tried) == set(EDITS)
    assert min(tried.values()) >= 5, tried
