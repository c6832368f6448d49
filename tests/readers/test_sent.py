"""A file that another process has read is, once it has arrived, the file that was read here."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from gdprlint.readers.register import FileRead, read_file
from gdprlint.readers.sent import packed, unpacked
from gdprlint.show import register_json
from gdprlint.testing.strategies.damage import damaged
from gdprlint.testing.strategies.registers import reading_of, register_by
from gdprlint.text import Source

ROOT = Path(__file__).parents[2]
RECORDS = sorted(ROOT.glob("examples/*/*.gdpr")) + sorted(ROOT.glob("tests/worst/*/*.gdpr"))


def sent(file: FileRead, times: int = 1) -> FileRead:
    for _ in range(times):
        file = file._replace(tree=unpacked(packed(file.tree)))
    return file


def model_of(files: list[FileRead]) -> tuple[Any, ...]:
    reading = reading_of(files)
    return register_json(reading), reading.register.about, [model.rules for model in reading.files], reading.findings


def arrives_whole(texts: dict[str, str]) -> None:
    files = [read_file(Source(path, text)) for path, text in texts.items()]
    shown, about, rules, findings = model_of(files)
    for times in (1, 2):
        there = model_of([sent(file, times) for file in files])
        assert there[0] == shown
        assert {key: [thing.name for thing in things] for key, things in there[1].items()} == {
            key: [thing.name for thing in things] for key, things in about.items()
        }
        assert there[2:] == (rules, findings)


@pytest.mark.parametrize("path", RECORDS, ids=[f"{path.parent.name}/{path.stem}" for path in RECORDS])
def test_our_own_records_arrive_whole(path: Path) -> None:
    arrives_whole({path.name: path.read_text("utf-8")})


@pytest.mark.parametrize("seed", range(30))
def test_any_register_arrives_whole(seed: int) -> None:
    arrives_whole(register_by(Random(seed)).texts)


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_register_arrives_as_damaged_as_it_was(seed: int) -> None:
    hand = Random(seed)
    arrives_whole({path: damaged(text, hand) for path, text in register_by(Random(seed)).texts.items()})
