"""`gdprlint read`: what a notice says, as a record or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gdprlint.cli import options


@click.command()
@click.argument("file", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["record", "json"]), default="record",
    help="A record in the policy language, or items and facts as JSON.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(), help="The file to write instead of stdout.")
@options.max_bytes
@options.local_packs
@options.no_config
@click.pass_context
def command(
    ctx: click.Context, file: str, form: str, output: str | None, max_bytes: int, local_packs: tuple[str, ...],
    no_config: bool,
) -> None:  # fmt: skip
    """Read a notice or a sheet, and print the record that it amounts to.

    FILE is a page as people see it (text, Markdown, HTML, a template, docx or PDF), or a sheet of the
    Article 30 template (CSV, XLSX, XLS, ODS), or what a plugin has a reader for. What is printed is a
    draft, each clause with the lines or the row that it was read in; nothing is added that the document
    does not say. A page is heard with the cues of all packs that are in use here.
    """
    from gdprlint.cli.read_sheet import put, read, read_theirs
    from gdprlint.registers import is_sheet

    if (code := read_theirs(file, output, max_bytes)) is not None:
        if form == "json":
            raise click.UsageError("a record is printed as such; `gdprlint show` prints it as JSON")
        ctx.exit(code)
    if is_sheet(Path(file)):
        if form == "json":
            raise click.UsageError("a sheet is printed as a record; `gdprlint show` prints a record as JSON")
        ctx.exit(read(file, output))
    from gdprlint.cli import Refused
    from gdprlint.cli.library import library_here

    if file.endswith(".gdpr"):
        raise Refused(f"{file}: a record is read already; `gdprlint show {file}` prints what the rules see in it")
    from gdprlint.prose.opening import Unreadable, read_notice

    library = library_here(local_packs, no_config)
    try:
        reading = read_notice(Path(file), library.ear, max_bytes)
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}") from error
    except Unreadable as error:
        told = error.diagnostic
        raise Refused(f"{told.span.path}: {told.message}" + (f" ({told.help})" if told.help else "")) from error
    if form == "json":
        put(json.dumps(reading.as_json(), indent=2, ensure_ascii=False) + "\n", output)
        return
    from gdprlint.language.printer import format_source
    from gdprlint.prose.draft import draft_of
    from gdprlint.text import Source

    text, _ = draft_of(reading, library.vocabulary)
    formatted, _ = format_source(Source(file, text))
    put(formatted, output)
    for unread in reading.page.unread:
        line, _ = reading.page.source.position(unread.start)
        click.echo(f"not read: {unread.what} (line {line})", err=True)
    ahead = "Next: keep this as a file ending in .gdpr, correct it, and run `gdprlint check`."
    click.echo(f"{_kind(reading.kind, reading.why)} {ahead}", err=True)


def _kind(kind: str, why: str) -> str:
    said = {
        "excerpt": "This is read as a part of a notice",
        "not-a-notice": "This does not read as a privacy notice",
    }.get(kind, "")
    return f'{said} ("{why}").' if said and why else f"{said}." if said else "Read as a privacy notice."
