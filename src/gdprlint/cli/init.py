"""`gdprlint init`: a first record to start from."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from gdprlint.cli import Refused
from gdprlint.cli.output import write
from gdprlint.text import visible

TEMPLATE = Path(__file__).with_name("init_record.gdpr")


@click.command()
@click.argument("path", default="record.gdpr", type=click.Path(dir_okay=False))
def command(path: str) -> None:
    """Write a first record to start from.

    PATH (default: record.gdpr) gets the record of an invented organisation, with comments that explain
    it. A file that is there already is never touched.
    """
    content = TEMPLATE.read_text(encoding="utf-8")
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except FileExistsError as error:
        raise Refused(f"{path} is there already; name another file") from error
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    quoted = shlex.quote(visible(path))
    write(
        f"Wrote {visible(path)}, the record of an invented organisation.\n"
        f"See what it leaves open, put your own organisation in its place, and set it in canonical form:\n"
        f"  gdprlint check {quoted}\n"
        f"  gdprlint fmt {quoted}\n"
    )
