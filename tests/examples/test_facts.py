"""Everything that a lawyer read in five notices can be read back from the records of them.

Each row of facts.tsv is one part of one of the 320 facts: the clause that says it, as one line; the
path to it in the JSON of `gdprlint show`; and what stands there. A path starts at the name of a
thing; `*` stands for every thing, `activity *` for every activity, `[*]` for every member of a list,
and from a path through `*` each different value comes once. Where the notice is silent, the path
leads nowhere, and the value is `absent`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gdprlint.show import show_json

ROOT = Path(__file__).parents[2]
FACTS = Path(__file__).with_name("facts.tsv")
NOTICES = {
    "000": "cls-cohort-study-excerpt",
    "001": "ons-safety-during-childhood",
    "002": "what-works-childrens-social-care",
    "003": "ons-natcen-psmps",
    "004": "research-in-practice",
}
COUNTS = {"000": 50, "001": 66, "002": 49, "003": 47, "004": 108}


def rows(notice: str) -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in reader if row["id"].startswith(notice)]


@cache
def record(notice: str) -> Path:
    return ROOT / "examples" / NOTICES[notice] / "record.gdpr"


@cache
def things(notice: str) -> dict[str, Any]:
    (register,) = json.loads(show_json([str(record(notice))]))["registers"]
    return dict(register["things"])


@pytest.mark.parametrize("notice", NOTICES)
def test_every_fact_is_read_back(notice: str) -> None:
    wrong = [
        f"{row['id']}: {row['path']} is {found(things(notice), row['path'])!r}, not {row['expected']!r}"
        for row in rows(notice)
        if found(things(notice), row["path"]) != row["expected"]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("notice", NOTICES)
def test_no_fact_is_left_out(notice: str) -> None:
    told = {row["id"] for row in rows(notice)}

    assert told == {f"{notice}-A{number:02}" for number in range(1, COUNTS[notice] + 1)}


@pytest.mark.parametrize("notice", NOTICES)
def test_the_clauses_stand_in_the_record_as_facts_tsv_has_them(notice: str) -> None:
    text = " ".join(record(notice).read_text(encoding="utf-8").split())

    assert [row for row in rows(notice) if row["clause"][0] != "(" and row["clause"] not in text] == []


def found(things: dict[str, Any], path: str) -> str:
    """What stands at the path, as text: `true`, `5 days`, `access, erasure`, `12-13`; or `absent`."""
    first, *steps = path.split(".")
    values = list(_all(_first(things, first), steps))
    texts = [_text(value) for value in values]
    return ", ".join(dict.fromkeys(texts) if first.endswith("*") else texts) or "absent"


def _first(things: dict[str, Any], name: str) -> list[Any]:
    if not name.endswith("*"):
        return [things[name]] if name in things else []
    kind = name.removesuffix("*").strip()
    return [thing for thing in things.values() if kind in ("", thing["kind"])]


def _all(values: list[Any], steps: list[str]) -> Iterator[Any]:
    if not steps:
        yield from values
        return
    key, index = re.fullmatch(r"([^\[\]]+)(?:\[(\d+|\*)\])?", steps[0]).groups()  # type: ignore[union-attr]
    for value in values:
        if not isinstance(value, dict) or key not in value:
            continue
        inner = value[key]
        if index == "*":
            yield from _all(inner, steps[1:])
        elif index is None:
            yield from _all([inner], steps[1:])
        elif int(index) < len(inner):
            yield from _all([inner[int(index)]], steps[1:])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "-".join(map(str, value))
    if isinstance(value, dict):
        return "{…}"
    return "true" if value is True else str(value)
