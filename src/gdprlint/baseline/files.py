"""Where a baseline stands, and how it is read and written.

It is one file: beside the mark of the register (`gdprlint.toml`), else in the working folder, or wherever the command
line says. It may come from a stranger, so only so much of it is read, and no link is followed out of the project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from gdprlint.baseline.entries import Damaged, Entry, entries_of, text_of
from gdprlint.registers import BASELINE, beside_mark, project_of, shown_path
from gdprlint.replacing import NotReplaced, replace, within
from gdprlint.text import Source
from gdprlint.values import evolve, frozen

MOST_BYTES = 32_000_000


@frozen
class Baseline:
    """A baseline as it was read. `content` is what its file held; None where there is no such file."""

    path: Path
    entries: tuple[Entry, ...]
    source: Source
    content: bytes | None = None


def place_of(root: Path, given: str) -> Path:
    """The file of the baseline of the register with this root; `given` is the one that was named, or empty."""
    return Path.cwd() / given if given else beside_mark(root, BASELINE)


def load(path: Path) -> Baseline:
    """The baseline in this file; Damaged says what is wrong with it."""
    shown = shown_path(path)
    if not path.is_symlink() and not path.exists():
        return Baseline(path, (), Source(shown, ""))
    try:
        target = within(path, project_of(path.parent.resolve()))
        if not target.is_file():
            raise NotReplaced("it is no file")
        with target.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except NotReplaced as error:
        raise Damaged(f"{shown}: the baseline cannot be read: {error}") from None
    except OSError as error:
        raise Damaged(f"{shown}: the baseline cannot be read: {error.strerror or error}") from None
    if len(content) > MOST_BYTES:
        raise Damaged(f"{shown}: the baseline has more than {MOST_BYTES:,} bytes, which is more than is read")
    try:
        source = Source(shown, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Damaged(f"{shown}: the baseline is not UTF-8 (byte {error.start + 1})") from None
    return Baseline(path, tuple(entries_of(source)), source, content)


def trusted(baseline: Baseline, read: Callable[[Path], bytes | None] | None) -> Baseline:
    """The baseline with those entries only that it has in the revision, too, which `read` reads."""
    if read is None or baseline.content is None:
        return baseline
    content = read(baseline.path) or b""
    known: dict[tuple[str, str], int] = {}
    if content and len(content) <= MOST_BYTES:
        source = Source(baseline.source.path, content.decode("utf-8-sig", "replace"))
        known = {(entry.fingerprint, entry.register): entry.count for entry in entries_of(source)}
    both = [(entry, known.get((entry.fingerprint, entry.register), 0)) for entry in baseline.entries]
    entries = tuple(evolve(entry, count=min(entry.count, count)) for entry, count in both if count)
    return evolve(baseline, entries=entries)


def save(baseline: Baseline, entries: Iterable[Entry]) -> bool:
    """Let the file hold these entries; whether that changed it. Damaged says why it could not be written."""
    content = text_of(entries).encode()
    if content == baseline.content:
        return False
    try:
        replace(baseline.path, content, project_of(baseline.path.parent.resolve()), baseline.content)
    except NotReplaced as error:
        raise Damaged(f"{shown_path(baseline.path)}: the baseline was not written: {error}") from None
    return True
