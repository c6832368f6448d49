"""How long `gdprlint check --watch` takes from a save to the last word of its judgement.

    python benchmarks/watching.py COMMAND [files]

COMMAND is the installed `gdprlint`. Of a register of one file with ten activities (or so many files with a hundred),
one file is saved again and again, in turns as most programs write it and as editors do that put a new file in the
place of the old one. On a busy machine look at the processor time.
"""

from __future__ import annotations

import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import records

SAVES = 21


def seconds(command: str, folder: Path) -> list[float]:
    """The time of each save; what is printed comes through one pipe, in order."""
    process = subprocess.Popen(
        [command, "check", "--watch", "--format", "concise"],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    file = folder / "names.gdpr"
    text = file.read_text(encoding="utf-8")
    found = []
    started = 0.0
    for line in process.stdout:
        if "waiting for a save" not in line:
            continue
        if started:
            found.append(time.perf_counter() - started)
        if len(found) == SAVES:
            break
        time.sleep(0.2)
        text += f"# save {len(found)}\n"
        target = file if len(found) % 2 else folder / ".new"
        started = time.perf_counter()
        target.write_text(text, encoding="utf-8")
        target.replace(file)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate()
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records.write(folder, *((int(sys.argv[2]), 100) if len(sys.argv) > 2 else (1, 10)))
        found = seconds(sys.argv[1], folder)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"median {statistics.median(found):.3f} s, longest {max(found):.3f} s of {len(found)} saves")
    each = (used.ru_utime + used.ru_stime) / (len(found) + 1)
    print(f"processor time {each:.3f} s for each, with its share of the start")


if __name__ == "__main__":
    main()
