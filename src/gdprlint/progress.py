"""How far a run is: said where the work is done, shown by whoever shows it.

Nothing here writes anywhere; saying it costs two numbers.
"""

from __future__ import annotations

from gdprlint.values import define


@define(eq=False)
class Progress:
    """What a run is doing, as one word, with how many of its parts are done, where that is known."""

    doing: str = "starting"
    done: int = 0
    of: int = 0

    def at(self, doing: str, done: int = 0, of: int = 0) -> None:
        self.doing, self.done, self.of = doing, done, of
