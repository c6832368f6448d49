"""Where a record and its notice part: what is done and not told, told and not on record, and told otherwise.

A notice is one text about several activities, in its own words and with broader ones: whatever could be meant by it
counts as told. Only what Articles 13 and 14 oblige to tell can be missing in it, only what Article 30 obliges to record
can be missing on record, and only two plain statements about the same thing can differ.
"""

from __future__ import annotations

from gdprlint.comparing.both import Drift, made
from gdprlint.comparing.differences import Difference
from gdprlint.comparing.otherwise import TOLD_OTHERWISE
from gdprlint.comparing.senses import Meaning
from gdprlint.comparing.sides import Side
from gdprlint.comparing.unrecorded import NOT_ON_RECORD
from gdprlint.comparing.untold import NOT_TOLD
from gdprlint.model.states import Extent


def differences(
    record: Side, notice: Side, record_is_old: bool = True, meaning: Meaning | None = None
) -> list[Difference]:
    """All in which a record and its notice part, each told once."""
    drift: Drift = made(record, notice, meaning)
    looks = [
        *(NOT_TOLD if notice.extent is Extent.NOTICE and record.extent is Extent.CONTROLLER_RECORD else ()),
        *(NOT_ON_RECORD if record.extent is not Extent.EXCERPT else ()),
        *TOLD_OTHERWISE,
    ]
    for look in looks:
        look(drift)
    found = list({difference.key: difference for difference in drift.found}.values())
    if not record_is_old:
        for difference in found:
            difference.old, difference.new = difference.new, difference.old
    return found
