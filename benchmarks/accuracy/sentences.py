"""Prints how many sentences of the bank are heard as what they say, item by item.

    python -m benchmarks.accuracy.sentences [KEY...] [--misses] [--held-out]

A notice says a thing many times, so that its items hide what the reader does not understand; one sentence alone hides
nothing. `bank/<key>.txt` holds one to a line: `+` makes the item present, `~` makes it partial, `-` says nothing
on it though it shares its words. A heading that the sentence stands under goes before it in brackets, and `|` parts
what leads in from the items. `held-out/` has sentences that cues are not written after: look at their counts, which
tell how well others are heard, and not at their misses. What is heard, and when an item counts as said, is the reader's
to know.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from gdprlint.prose.hearing import Ear
from gdprlint.prose.items import items_of
from gdprlint.prose.keys import ITEMS
from gdprlint.prose.passages import passages_of
from gdprlint.prose.trial import page_of
from gdprlint.rules import packs

BANK = Path(__file__).parent / "bank"
HELD_OUT = Path(__file__).parent / "held-out"
SIGNS = {"+": "present", "~": "partial", "-": "silent"}
UNANSWERED_BY_DENIAL = frozenset({"dpo-contact", "special-category-data", "data-linkage"})
_FORM = re.compile(r"(?P<sign>[-+~]) (?:\[(?P<heading>[^\[\]]+)\] )?(?P<text>[^\[\s].*\S)")


@frozen
class Sentence:
    """One line of the bank: what it says and what that makes of the item of its file."""

    key: str
    sign: str
    heading: str
    text: str
    line: int

    def __str__(self) -> str:
        under = f"[{self.heading}] " if self.heading else ""
        return f"{self.key}.txt:{self.line}: {self.sign} {under}{self.text}"


def keys(bank: Path = BANK) -> list[str]:
    """The items that have sentences, in the order of a label."""
    return [key for key in ITEMS if (bank / f"{key}.txt").is_file()]


def sentences(key: str, bank: Path = BANK) -> Iterator[Sentence]:
    """The sentences on one item; a line out of form is an error."""
    for number, line in enumerate((bank / f"{key}.txt").read_text(encoding="utf-8").splitlines(), 1):
        found = _FORM.fullmatch(line)
        if found is None:
            raise ValueError(f"{key}.txt:{number}: not a sign, a space and a sentence: {line}")
        yield Sentence(key, found["sign"], found["heading"] or "", found["text"], number)


def status_of(sentence: Sentence, ear: Ear) -> str:
    """What the reader makes of the item when it hears this sentence and nothing else."""
    page = page_of(sentence.text, sentence.heading)
    return items_of(ear.hear(passages_of(page)), "excerpt")[sentence.key].status


def is_right(sentence: Sentence, status: str) -> bool:
    """Whether the sentence was heard as what it says."""
    if status == "denied":
        return (sentence.key in UNANSWERED_BY_DENIAL) == (sentence.sign == "-")
    if sentence.sign == "+":
        return status == "stated"
    if sentence.sign == "~":
        return status in ("partial", "stated")
    return status not in ("partial", "stated")


def measured(key: str, ear: Ear, bank: Path = BANK) -> tuple[dict[str, tuple[int, int]], list[tuple[Sentence, str]]]:
    """For each sign how many of how many are heard right, and the sentences that are not with what was heard."""
    right, total = dict.fromkeys(SIGNS, 0), dict.fromkeys(SIGNS, 0)
    misses = []
    for sentence in sentences(key, bank):
        status = status_of(sentence, ear)
        total[sentence.sign] += 1
        if is_right(sentence, status):
            right[sentence.sign] += 1
        else:
            misses.append((sentence, status))
    return {sign: (right[sign], total[sign]) for sign in SIGNS}, misses


def row(name: str, counts: dict[str, tuple[int, int]]) -> str:
    """A line of the table."""
    return f"{name:32}" + "".join(f" {f'{right} of {total}':>14}" for right, total in counts.values())


def main(given: Sequence[str] | None = None) -> int:
    """Prints the table; the exit code says only whether the keys have sentences."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.sentences")
    arguments.add_argument("keys", nargs="*", metavar="KEY", help="an item; all that have sentences if none is named")
    arguments.add_argument("--misses", action="store_true", help="print each sentence that was heard wrongly")
    arguments.add_argument(
        "--held-out", action="store_true", help="count the sentences that cues are not written after"
    )
    asked = arguments.parse_args(given)
    bank = HELD_OUT if asked.held_out else BANK
    known = keys(bank)
    unknown = [key for key in asked.keys if key not in known]
    if unknown:
        print(f"no sentences on {', '.join(unknown)}", file=sys.stderr)
        return 2
    ear = packs.load().ear
    print(f"{'':32}" + "".join(f" {name:>14}" for name in SIGNS.values()))
    sums = dict.fromkeys(SIGNS, (0, 0))
    for key in asked.keys or known:
        counts, misses = measured(key, ear, bank)
        print(row(key, counts))
        sums = {sign: (sums[sign][0] + counts[sign][0], sums[sign][1] + counts[sign][1]) for sign in SIGNS}
        if asked.misses:
            for sentence, status in misses:
                print(f"  {sentence}  ({status})")
    print(row("all", sums))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
