"""What is found in a text of a record, without a file or a folder.

assert not check_text(RECORD, rules=["ACME001"]).findings
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from gdprlint.diagnostics import Diagnostic, Judged, Report
from gdprlint.engine import left_out
from gdprlint.judging.findings import order, with_fingerprint
from gdprlint.judging.judge import in_force, judge_register
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.register import FileRead, Reading, read_file, read_register
from gdprlint.registers import Loaded, Plan
from gdprlint.rules.packs import Library
from gdprlint.testing.examples import TODAY
from gdprlint.testing.folders import library_with
from gdprlint.text import Source

PATH = "record.gdpr"


def check_text(
    text: str | Mapping[str, str],
    rules: Iterable[str] = (),
    *,
    packs: Iterable[str] = (),
    as_of: date = TODAY,
    library: Library | None = None,
) -> Report:
    """Judge a text of a record, or the texts of a register by their paths; what the reader tells of it is found too.

    `rules` choose as `--select` does, all rules without them; a word that chooses nothing is a ValueError. `packs` are
    folders of packs, or names: then core and these judge. Whatever day it is, the law is that of `as_of`.
    """
    files = {PATH: text} if isinstance(text, str) else dict(text)
    named, chosen = tuple(packs), tuple(rules)
    tested = _at_hand(named) if library is None else None
    library = library or (tested.library if tested is not None else None)
    assert library is not None
    used = {pack.name for pack in tested.packs} if tested is not None and named else None
    reading = reading_of_files([read_file(Source(path, said)) for path, said in files.items()], library.vocabulary)
    judged = in_force(library.chosen(chosen, (), used), as_of)
    outcome = judge_register(reading.register, judged, as_of)
    told = [with_fingerprint(one, "text") for one in reading.findings if not left_out(one, chosen, ())]
    found = order([*told, *outcome.findings])
    return Report(
        tuple(found), _judged(files, found, judged_by=used, rules=len(judged), day=as_of, library=library),
        (*library.problems, *outcome.problems), {path: file.source for path, file in reading.parsed.items()},
    )  # fmt: skip


_at_hand = cache(library_with)  # the packs of one run of tests do not change


def reading_of_files(files: Iterable[FileRead], vocabulary: Vocabulary) -> Reading:
    """The model of these files as one register, which stand nowhere on disk."""
    paths = {Path(file.source.path): file for file in files}
    loaded = {path: Loaded(file.source.path, file.source) for path, file in paths.items()}
    plan = Plan(Path.cwd() / "text", "text", list(paths), set(paths))
    return read_register(plan, loaded, {file.source.path: file for file in paths.values()}, vocabulary)


def shown(report: Report, form: str = "full") -> str:
    """The findings of a report as people read them: `full`, with their places, or `concise`, a line each."""
    from gdprlint.reporters import RenderOptions, render

    return render(report, form, RenderOptions(closing=False))


def _judged(
    files: Mapping[str, str],
    found: list[Diagnostic],
    judged_by: set[str] | None,
    rules: int,
    day: date,
    library: Library,
) -> Judged:
    packs = judged_by if judged_by is not None else {pack.name for pack in library.packs}
    return Judged(
        files=len(files), files_with_findings=len({one.span.path for one in found}),
        packs=tuple(sorted(packs - {"core"})), as_of=day.isoformat(), rules=rules, not_applied=0, cannot_tell=0,
    )  # fmt: skip
