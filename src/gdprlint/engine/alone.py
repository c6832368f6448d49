"""Reads and judges notices that are registers of their own, one at a time: in several processes where that pays.

Only plain data is kept of each. What one looks at on the disk in another process is noted here too.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence

from gdprlint import disk
from gdprlint.engine.one import Bench, Judgement
from gdprlint.engine.reading import no_pages, read_plans
from gdprlint.parallel import by_turns, processes
from gdprlint.progress import Progress
from gdprlint.registers import Plan, shown_path
from gdprlint.values import evolve

FEWEST = 3  # notices that a second process pays for
TOGETHER = 25  # notices after which what is left of them is let go of


def judged_alone(plans: Sequence[Plan], bench: Bench, told: Callable[[int], None]) -> list[Judgement | None]:
    """What came of each notice, in order; None for a page that was only found, and is no notice.

    `told` is told how many are done.
    """
    if gc.isenabled():
        return _judged_alone(plans, bench, told)
    gc.freeze()  # what is let go of is looked for among notices only
    try:
        return _judged_alone(plans, bench, told)
    finally:
        gc.unfreeze()


def _judged_alone(plans: Sequence[Plan], bench: Bench, told: Callable[[int], None]) -> list[Judgement | None]:
    judge = _Judge(bench)
    count = min(processes(bench.options.jobs), len(plans) - 1)
    if len(plans) < FEWEST or count < 2:
        found = []
        for plan in plans:
            found.append(judge(plan))
            told(len(found))
        return found
    found = [judge(plans[0])]  # what all of them need is loaded here, and the other processes have it from this one
    told(1)
    judge = _Judge(Bench(bench.library, evolve(bench.options, jobs=1)))

    def apart(plan: Plan) -> tuple[Judgement | None, disk.Seen | None]:
        with disk.apart() as seen:
            return judge(plan), seen

    for judgement, seen in by_turns(apart, plans[1:], count, lambda done: told(done + 1)):
        found.append(judgement)
        if seen is not None:
            disk.also(seen)
    return found


class _Judge:
    """Judges one notice after the other."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.done = 0

    def __call__(self, plan: Plan) -> Judgement | None:
        found = self._judged(plan)
        self.done += 1
        if not self.done % TOGETHER and not gc.isenabled():
            gc.collect()
        return found

    def _judged(self, plan: Plan) -> Judgement | None:
        bench = self.bench
        pages = no_pages(bench.library, bench.options)
        readings = read_plans([plan], bench.library, bench.options, pages, Progress())
        if not readings:
            return None
        found = bench.judge(readings[0], pages, {shown_path(path) for path in plan.shown})
        return evolve(found, sources={**found.sources, **pages.sources()})
