"""How long a part of a plugin may take before it is told that it is slow.

Nothing is stopped midway: whoever is slow is named when it is done, and what it gave counts. A processor that others
keep busy makes no plugin slow, so work is measured on the processor; on the clock there is a longer limit, for one that
waits.
"""

from __future__ import annotations

from time import perf_counter, thread_time
from typing import Any

WORK = 10.0  # seconds of a processor: of one hook, of one file that is read, of a rule or a function in a whole run
WAIT = 60.0  # seconds on the clock


class Patience:
    """Adds up what the same part of a plugin takes: `with patience: ...`."""

    __slots__ = ("_began", "_turned", "waited", "worked")

    def __init__(self) -> None:
        self.worked = self.waited = 0.0

    def __enter__(self) -> Patience:
        self._began, self._turned = thread_time(), perf_counter()
        return self

    def __exit__(self, *_: Any) -> None:
        self.worked += thread_time() - self._began
        self.waited += perf_counter() - self._turned

    @property
    def is_over(self) -> bool:
        return self.worked > WORK or self.waited > WAIT

    @property
    def said(self) -> str:
        """What a problem says of it, behind what took so long."""
        if self.worked > WORK:
            return f"took over {WORK:g} seconds of work ({self.worked:.1f})"
        return f"took over {WAIT:g} seconds ({self.waited:.1f})"
