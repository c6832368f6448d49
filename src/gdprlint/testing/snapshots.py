"""Snapshots of findings: a text file for each, which says what `gdprlint check` would print.

A diff of such a file is read by whoever reviews a change of a rule. Imported only where a test asks for a snapshot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from gdprlint.diagnostics import Report
from gdprlint.testing.texts import shown

if TYPE_CHECKING:
    from syrupy.types import SerializableData, SerializedData


class FindingsExtension(SingleFileSnapshotExtension):
    """A report as the full form shows its findings; a text (as of `shown(report, "concise")`) as it is."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    def serialize(self, data: SerializableData, **kwargs: Any) -> SerializedData:
        if isinstance(data, Report):
            return shown(data) or "No findings.\n"
        if isinstance(data, str):
            return data
        raise TypeError(f"a snapshot of findings takes a report or a text, not {type(data).__name__}")
