"""What more rules cost: judging one register by every rule that ships, and by the first hundred of the law.

    python benchmarks/judging.py [activities]
    python benchmarks/judging.py [activities] none | hundred | all

The hundred are the first of the UK GDPR pack, and of the DPA 2018 pack where those are fewer, in the order of their
codes. Only judging is timed, in processor time of one process; each run reads the register anew, and the runs with
few and with many rules take turns, so that a busy machine slows both.

With a word behind the number the register is read, judged by these rules once, and nothing is timed: for a tool that
counts instructions of whole processes (`valgrind --tool=none`, `perf stat -e instructions:u`). What `none` counts is
reading; the other two less that are judging.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import records

from gdprlint.judging.judge import in_force, judge_register
from gdprlint.readers.register import read_files, read_register
from gdprlint.registers import load, plans
from gdprlint.rules import packs
from gdprlint.rules.packs import Library, code_key
from gdprlint.rules.rule import Rule

RUNS = 5
DAY = date(2026, 11, 21)
FIRST = 100
LAW = ("uk-gdpr", "dpa-2018")


def sets(library: Library) -> dict[str, list[Rule]]:
    """The rules to judge by, under the name of each set."""
    rules = in_force(library.rules, DAY)
    law = sorted((rule for rule in rules if rule.pack in LAW), key=lambda r: (LAW.index(r.pack), code_key(r.code)))
    return {"none": [], "hundred": law[:FIRST], "all": rules}


def judged(register: Path, library: Library, rules: list[Rule]) -> float:
    """Seconds of processor time that judging takes, in one process; reading the register is not counted."""
    planned = plans([str(register)])
    loaded = {path: load(path, 8_000_000) for plan in planned for path in plan.files}
    parsed = read_files(list(loaded.values()), 1)
    readings = [read_register(plan, loaded, parsed, library.vocabulary) for plan in planned]
    gc.collect()
    start = time.process_time()
    for reading in readings if rules else ():
        judge_register(reading.register, rules, DAY)
    return time.process_time() - start


def main() -> None:
    activities = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    library = packs.load()
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register"
        records.write(register, max(1, activities // 100), min(100, activities))
        if len(sys.argv) > 2:
            judged(register, library, sets(library)[sys.argv[2]])
            return
        few, many = sets(library)["hundred"], sets(library)["all"]
        runs = [(judged(register, library, few), judged(register, library, many)) for _ in range(RUNS + 1)][1:]
        hundred, every = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"{activities} activities, {len(few)} rules  {hundred:7.3f} s of judging")
    print(
        f"{activities} activities, {len(many)} rules  {every:7.3f} s of judging, {every / hundred:4.2f} times as much"
    )


if __name__ == "__main__":
    main()
