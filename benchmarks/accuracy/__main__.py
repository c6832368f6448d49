"""Prints how well notices are read.

    python -m benchmarks.accuracy [--errors] [--check] FOLDER...

Each FOLDER holds notices and, in `labels/`, what a person said of them. Run from the project's root, with gdprlint
installed. `--errors` prints each item that was read otherwise than it is labelled; `--check` reads nothing and
says what is wrong with the form of the labels.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from .labels import KEYS, faults, load, pairs
from .reading import first_lines_of_pages, read_json
from .score import Score, score
from .values import VALUES


def told(total: Score) -> str:
    """The figures, as lines."""
    rows = [
        f"{total.files} files, of the right kind {total.kinds}",
        "",
        f"{'':36} {'prec.':>6} {'recall':>6} {'F1':>6}",
        total.missing.row("missing mandatory items"),
        total.stated.row("stated items"),
        total.strictly.row("stated items, strictly"),
        "",
        f"{'places: items found at their lines':36} {'':6} {total.places.recall:6.3f}",
        f"{'places: spans near a labelled line':36} {total.spans.precision:6.3f}",
        "",
        *(total.values[fact].row(fact) for fact in VALUES),
        "",
    ]
    by_key: dict[str, list[str]] = defaultdict(list)
    for (key, label, ours), number in total.confusion.most_common():
        by_key[key].append(f"{label} as {ours} {number}")
    rows += [f"{key:36} {total.agreed[key]} of {total.files}   {'; '.join(by_key[key])}".rstrip() for key in KEYS]
    return "\n".join(rows)


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.accuracy")
    arguments.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    arguments.add_argument("--errors", action="store_true", help="print each item that was read wrongly")
    arguments.add_argument("--check", action="store_true", help="check the form of the labels only")
    given = arguments.parse_args()
    found = [pair for folder in given.folders for pair in pairs(folder)]
    if not found:
        print("no notice there has a label", file=sys.stderr)
        return 2
    if given.check:
        wrong = [f"{path}: {fault}" for notice, path in found for fault in faults(path, notice)]
        print("\n".join(wrong) or f"{len(found)} labels are in form")
        return int(bool(wrong))
    total = Score()
    for notice, path in found:
        try:
            reading = read_json(notice)
        except RuntimeError as fault:
            print(fault, file=sys.stderr)
            return 2
        total += score(load(path), reading, reading.get("pages"), first_lines_of_pages(notice))
    print(told(total))
    if given.errors:
        print("", *total.wrong, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
