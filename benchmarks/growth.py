"""Prints how the time of reading and judging a notice grows with its length, for pages made to be slow.

    python benchmarks/growth.py [NAME...]

Run with gdprlint installed. Each page says one kind of thing hundreds of times; the next row has twice as many. Twice
the time is linear; four times is work that grows with the square, which a stranger's page could hang a run with.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

from gdprlint.engine import CheckOptions, check
from gdprlint.prose.draft import draft_of
from gdprlint.prose.opening import open_page
from gdprlint.prose.reading import read_page
from gdprlint.rules.packs import load

LENGTHS = (500, 1_000, 2_000)


def word(number: int) -> str:
    """A word of its own for each number."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


def each(line: str) -> Callable[[int], str]:
    """A page with this line many times; `{w}` is another word each time, `{n}` a number up to ninety."""
    return lambda length: "\n\n".join(line.format(w=word(at), n=at % 90 + 2) for at in range(length))


def joined(begin: str, part: str, between: str) -> Callable[[int], str]:
    """A page of one sentence with many parts."""
    return lambda length: begin + between.join(part.format(w=word(at), n=at % 90 + 2) for at in range(length)) + "."


PAGES: dict[str, Callable[[int], str]] = {
    "recipients": each("We share your data with Alpha{w} Limited."),
    "controllers": each("Alpha{w} Limited is the data controller."),
    "periods": each("We keep {w}ables for {n} years after the ending."),
    "purposes": each("We use your data to do {w}."),
    "bases": each("Our lawful basis for {w} is legitimate interests, Article 6(1)(f)."),
    "rights": each("- the right to access {w}"),
    "headings": each("## How long we keep {w}\n\n{n} years."),
    "paragraph": joined("", "We share your name with Alpha{w} Limited for {n} years", ". "),
    "list": joined("We share your data with ", "Alpha{w} Limited", ", "),
    "denials": joined("We do not ", "share data {w}", " or "),
    "table": lambda length: (
        "| Data | Period | Recipient |\n|---|---|---|\n"
        + "\n".join(f"| name {word(at)} | {at % 9 + 2} years | Alpha{word(at)} Ltd |" for at in range(length))
    ),
    "nesting": lambda length: "\n".join("  " * min(at, 400) + f"- we share {word(at)}" for at in range(length)),
    "brackets": lambda length: "We share " + "(" * length + "data" + ")" * length + " with Alpha Ltd.",
    "commas": lambda length: "We collect " + ", " * length + "names.",
}


def main() -> None:
    library = load()
    ear = library.ear
    check_all = CheckOptions(date(2026, 11, 21), jobs=1)
    chosen = sys.argv[1:] or list(PAGES)
    print(f"{'':12} {'times':>6} {'kB':>5}  {'page':>6} {'read':>6} {'draft':>6} {'check':>6}  seconds")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            for length in LENGTHS:
                path = Path(folder, "notice.md")
                path.write_text(f"# Privacy notice\n\n{PAGES[name](length)}\n", "utf-8")
                took = [time.process_time()]
                page = open_page(path, 10**9)
                took.append(time.process_time())
                reading = read_page(page, ear)
                took.append(time.process_time())
                draft_of(reading, library.vocabulary)
                took.append(time.process_time())
                check([str(path)], check_all)
                took.append(time.process_time())
                seconds = "".join(f" {after - before:6.2f}" for before, after in pairwise(took))
                print(f"{name:12} {length:6} {path.stat().st_size // 1000:5} {seconds}", flush=True)


if __name__ == "__main__":
    main()
