"""An exception as it was found: what it says, where it stands, and which characters it covers.

The same value whether it stands in a comment of a record, in one of a page, or in the configuration.
"""

from __future__ import annotations

from gdprlint.exceptions.grammar import Fault, Said
from gdprlint.text import Span
from gdprlint.values import frozen

EVERYWHERE = ((0, 1 << 60),)


@frozen
class Found:
    """One exception. `covers` are stretches of the source at `path`; a finding that begins in one of them is meant.

    `subject` is what stands there in its own words, by which the same exception is known in another revision. `kind` is
    where it is written: allow or configuration. `fingerprint` narrows it to one finding. `removal` is what is deleted
    to take it out, where that leaves the rest as it is.
    """

    said: Said | Fault
    place: Span
    path: str
    covers: tuple[tuple[int, int], ...] = ()
    subject: str = ""
    kind: str = "allow"
    fingerprint: str = ""
    removal: Span | None = None
