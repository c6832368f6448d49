"""Times the installed command as whole processes, and checks that it finds what was planted.

    python benchmarks/run.py path/to/gdprlint

The command is that of a virtual environment into which the wheel is installed. Figures are medians; a cache that is
empty is a new folder for every run. Compare rows of one run only: machines differ, and so does their load.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import records

RUNS = 5
DAY = ("--as-of", "2026-11-21", "--format", "concise")


def timed(command: list[str], cache: Path | None = None) -> tuple[float, str]:
    """Seconds of one run, and what it printed; with an empty cache where one is given."""
    environ = {**os.environ, "NO_COLOR": "1"}
    with tempfile.TemporaryDirectory(dir=cache) as empty:
        if cache is not None:
            environ["GDPRLINT_CACHE_DIR"] = empty
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, env=environ, check=False)
        return time.perf_counter() - start, done.stdout


def remembered(command: list[str], here: Path, file: Path, runs: int) -> tuple[float, float]:
    """Seconds of a run after which nothing changed, and of one after which one file changed."""
    environ = {**os.environ, "NO_COLOR": "1", "GDPRLINT_CACHE_DIR": str(here / "kept")}
    same, changed = [], []
    for number in range(runs + 1):
        file.write_text(file.read_text("utf-8") + f"# {number}\n", "utf-8")
        for times in (changed, same):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, env=environ, check=False)
            times.append(time.perf_counter() - start)
    return statistics.median(same[1:]), statistics.median(changed[1:])


def median(command: list[str], runs: int = RUNS, cache: Path | None = None) -> float:
    timed(command, cache)
    return statistics.median(timed(command, cache)[0] for _ in range(runs))


def found(output: str) -> Counter[str]:
    """How many findings there are of each code."""
    return Counter(re.findall(r"^\S+:\d+:\d+: \w+\[(\w+)\]", output, re.MULTILINE))


def main() -> None:
    command = sys.argv[1]
    python = str(Path(command).with_name("python"))
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        bare = median([python, "-c", "pass"], 15)
        print(f"python -c pass                        {bare:7.3f} s")
        for option in ("--version", "--help"):
            seconds = median([command, option], 15)
            print(f"{option:37} {seconds:7.3f} s   {seconds / bare:4.1f} times `python -c pass`")
        for files, each, runs in ((1, 10, 9), (10, 100, 5), (100, 100, 5)):
            register = here / f"r{files * each}"
            planted = records.write(register, files, each)
            size = sum(file.stat().st_size for file in register.rglob("*.gdpr"))
            seconds = median([command, "check", str(register), *DAY], runs, here)
            counts = found(timed([command, "check", str(register), *DAY])[1])
            missed = {code: number - counts[code] for code, number in planted.items() if counts[code] < number}
            print(
                f"{files * each:6} activities, {size / 1e6:5.2f} MB, empty cache {seconds:7.3f} s   "
                f"{sum(counts.values())} findings; planted {sum(planted.values())}, missed {missed or 'none'}"
            )
            same, changed = remembered(
                [command, "check", str(register), *DAY], here, register / "studies-000.gdpr", runs
            )
            print(f"{'':6}   nothing changed {same:24.3f} s   {same / bare:4.1f} times `python -c pass`")
            print(f"{'':6}   one file changed {changed:23.3f} s")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest single process                {peak:7.0f} MiB")


if __name__ == "__main__":
    main()
