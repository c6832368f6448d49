"""Writing to the streams: any text to any encoding, colour where it is wanted, no complaint from `| head`."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from gdprlint.diagnostics import Problem


def make_robust(*streams: TextIO) -> None:
    """Let a stream write out, as `\\u00e9`, what its encoding cannot say."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write(text: str) -> None:
    """Write text to stdout. A reader who has left, such as `head`, ends the output and not the run."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # Windows tells a broken pipe as EINVAL
            raise
        # What is still buffered would be written, and fail again, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_json(data: object) -> None:
    """Write data as JSON in ASCII, so that no terminal is steered by a name in it."""
    import json

    write(json.dumps(data, indent=2) + "\n")


def complain(message: str) -> None:
    """One line about the run itself, to stderr."""
    from gdprlint.text import visible

    print(f"gdprlint: {visible(message)}", file=sys.stderr)


def told(problems: Iterable[Problem]) -> int:
    """Tell the problems of the run on stderr; the exit code that they ask for."""
    code = 0
    for problem in problems:
        complain(f"{problem.where}: {problem.message}" if problem.where else problem.message)
        code = 2
    return code


def wants_color(choice: str, stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: as told (`always`, `never`), else by the environment, else on a terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return environ["FORCE_COLOR"] != "0"
    return environ.get("TERM") != "dumb" and stream.isatty()


def width_of(stream: TextIO) -> int | None:
    """The width of a terminal in cells, or None for a file or a pipe, where nothing folds."""
    if not stream.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their heads in columns; the last column ends where its words end."""
    from gdprlint.text import visible

    lines = [heads, *([visible(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


@contextmanager
def refusals() -> Iterator[None]:
    """Tell wrong use that only the engine can tell as the command line tells its own."""
    from gdprlint.options import WrongUse

    try:
        yield
    except WrongUse as error:
        from gdprlint.cli.group import Refused

        raise Refused(str(error)) from error
