"""`gdprlint fmt`: write records in the one canonical form.

A file with a fault in it stays as it is. A file is replaced in one step, so that no crash leaves half
of one behind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from gdprlint.cli import Refused, options
from gdprlint.cli.diff import unified
from gdprlint.cli.output import complain, write
from gdprlint.registers import configurations, files_below, look_again, marked_root, not_to_be_read, project_of
from gdprlint.replacing import NotReplaced, replace
from gdprlint.text import Source, visible

if TYPE_CHECKING:
    from gdprlint.configuration.reading import Read

STDIN = "<stdin>"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file is not in canonical form.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@options.config
@options.no_config
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], check: bool, diff: bool, config: str | None, no_config: bool
) -> None:
    """Write records in the one canonical form.

    PATHS are files and folders (default: the current folder); `-` reads stdin and writes to stdout.
    Files that the configuration excludes are passed over, named or not. The exit code is 1 when --check
    finds a file to change, and 2 when a file could not be read or written or has a fault in it; such a
    file is left as it is.
    """
    if "-" in paths and len(paths) > 1:
        raise click.UsageError("`-` stands alone, without other paths")
    writes = not (check or diff)
    if paths == ("-",):
        outcomes = [_formatted(STDIN, sys.stdin.buffer.read())]
    else:
        exclude = _Exclude(config, no_config)
        outcomes = [_formatted_file(file) for file in _files(paths or (".",)) if not exclude.told(file, paths)]
    sound = [outcome for outcome in outcomes if outcome is not None]
    failed = len(sound) < len(outcomes)
    for outcome in sound:
        if diff:
            write(unified(outcome.path, outcome.before, outcome.after))
        elif check and outcome.changes:
            write(f"Would format {visible(outcome.path)}\n")
        if writes and outcome.path == STDIN:
            sys.stdout.buffer.write(outcome.after)
        elif writes and outcome.changes:
            failed = not _written(outcome) or failed
    changes = any(outcome.changes for outcome in sound)
    ctx.exit(2 if failed else 1 if check and changes else 0)


@frozen
class _Outcome:
    """The bytes of one file before and after."""

    path: str
    before: bytes
    after: bytes

    @property
    def changes(self) -> bool:
        return self.before != self.after


class _Exclude:
    """What the configurations of registers exclude, each read once."""

    def __init__(self, config: str | None, no_config: bool) -> None:
        if config and no_config:
            raise click.UsageError("--config and --no-config ask for opposite things")
        self._config, self._is_off = config, no_config
        self._read: dict[Path, Read | None] = {}
        look_again()

    def told(self, file: Path, named: Iterable[str]) -> bool:
        """Whether a file is excluded; one that was named is told to be."""
        here = Path(os.path.realpath(file.parent)) / file.name
        root = None if self._is_off else marked_root(here.parent)
        if root is None and not self._config:
            return False
        read = self._of(root or here.parent)
        if read is None:
            return False
        from gdprlint.configuration.excluding import excluded_by

        said = excluded_by(here, root or here.parent, read.values.exclude)
        if said is None:
            return False
        if os.fspath(file) in {os.fspath(Path(path)) for path in named}:
            line, column = read.source.position(said.span.start)
            complain(f"{file.as_posix()} is left out: {visible(said.span.path)}:{line}:{column} excludes it")
        return True

    def _of(self, root: Path) -> Read | None:
        if root not in self._read:
            self._read[root] = self._configured(root)
        return self._read[root]

    def _configured(self, root: Path) -> Read | None:
        if not self._config and not configurations(root):
            return None
        from gdprlint.configuration.reading import Unusable, of_file, of_register

        try:
            return of_file(Path(self._config), ()) if self._config else of_register(root, ())
        except Unusable as error:
            raise Refused(str(error)) from None


def _files(paths: Iterable[str]) -> Iterator[Path]:
    """Each file once: those named, and the records below the folders named, as `check` finds them."""
    seen: set[str] = set()
    for path in paths:
        for file in files_below(Path(path)) if Path(path).is_dir() else [Path(path)]:
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield file


def _formatted_file(file: Path) -> _Outcome | None:
    try:
        refused = not_to_be_read(file, project_of(file.absolute()))
        if refused is not None:
            complain(f"{file.as_posix()}: {refused.diagnostics[0].message}")
            return None
        content = file.read_bytes()
    except OSError as error:
        complain(f"{file.as_posix()}: {error.strerror}")
        return None
    return _formatted(file.as_posix(), content)


def _formatted(path: str, content: bytes) -> _Outcome | None:
    """The content in canonical form, or None, and a word on stderr, where a fault forbids it."""
    from gdprlint.language.printer import format_source

    try:
        source = Source(path, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        complain(f"{path}: byte {error.start + 1} is not UTF-8")
        return None
    text, faults = format_source(source)
    for fault in faults:
        line, column = source.position(fault.span.start)
        complain(f"{path}:{line}:{column}: {fault.message}")
    return None if faults else _Outcome(path, content, text.encode())


def _written(outcome: _Outcome) -> bool:
    """Put the new content in the place of the old in one step, with the mode of the old."""
    path = Path(outcome.path)
    try:
        replace(path, outcome.after, project_of(path.absolute()), outcome.before)
    except NotReplaced as error:
        complain(f"{outcome.path}: not changed: {error}")
        return False
    write(f"Formatted {visible(outcome.path)}\n")
    return True
