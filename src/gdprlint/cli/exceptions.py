"""`gdprlint exceptions`: the register of accepted risks."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from gdprlint.cli import options
from gdprlint.cli.output import refusals, told, write, write_json
from gdprlint.cli.plain import Asked
from gdprlint.cli.stages import about_exceptions, judge, nothing_let_go, trusting
from gdprlint.text import Source, Span, visible

if TYPE_CHECKING:
    from gdprlint.diagnostics import Report
    from gdprlint.exceptions.settling import Entry

HEADS = (
    "state", "rule", "name", "finding", "path", "line", "reason", "owner", "until", "kind", "written_in",
    "written_in_line", "fingerprint",
)  # fmt: skip
_WITHOUT_FINDING = {"not judged": "its rule did not run", "not in base": "takes nothing out"}
_COMPUTED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute, or take for something else than text, if a cell began with it."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@options.as_of("The day that decides what has ended")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@options.local_packs
@click.option(
    "--trust-exceptions-from",
    default="",
    metavar="REV",
    help="Take only exceptions that stand in this revision of git too, such as origin/main.",
)
@options.max_bytes
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], as_of: date, form: str, local_packs: tuple[str, ...],
    trust_exceptions_from: str, max_bytes: int,
) -> None:  # fmt: skip
    """Print which findings somebody has accepted, why, who and until when.

    PATHS are as for `gdprlint check`. Each exception is listed with each finding that it covers, and with its state: in
    force, expired, unused, ill-formed, not judged (its rule did not run), or not in base. The exit code is 2 when a
    file could not be read, and else 0.
    """
    from gdprlint import exceptions

    asked = Asked(
        paths, as_of, local_packs=local_packs, max_bytes=max_bytes, trust_exceptions_from=trust_exceptions_from
    )
    with refusals(), nothing_let_go(), trusting(asked) as (asked, trusted):
        done = judge(asked, trusted)
        report, entries = exceptions.register(done.report, about_exceptions(done, trusted))
    rows = [_row(report, entry) for entry in entries]
    if form == "json":
        write_json({"version": 1, "as_of": done.asked.as_of.isoformat(), "exceptions": rows})
    elif form == "csv":
        write(_csv(rows))
    else:
        write("\n".join(_text(rows)))
    ctx.exit(told(report.problems))


def _row(report: Report, entry: Entry) -> dict[str, object]:
    """One line of the register; keys that say nothing here are empty or null."""
    from gdprlint.exceptions.grammar import Said

    said = entry.found.said
    said = said if isinstance(said, Said) else Said((), "")
    covers = [Span(entry.found.path, *stretch) for stretch in entry.found.covers if entry.found.kind == "allow"]
    place = entry.finding.span if entry.finding is not None else min(covers, default=None)
    return {
        "state": entry.state,
        "rule": entry.rule,
        "name": entry.name,
        "finding": entry.finding.message if entry.finding is not None else entry.message,
        "path": place.path if place is not None else entry.found.path,
        "line": _line(report, place) if place is not None else None,
        "reason": said.reason,
        "owner": said.owner,
        "until": said.until.isoformat() if said.until else "",
        "kind": entry.found.kind,
        "written_in": entry.found.place.path,
        "written_in_line": _line(report, entry.found.place),
        "fingerprint": entry.finding.fingerprint if entry.finding is not None else entry.found.fingerprint,
    }


def _line(report: Report, span: Span) -> int:
    return report.sources.get(span.path, Source(span.path, "")).position(span.start)[0]


def _csv(rows: Iterable[dict[str, object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows:
        writer.writerow([_guarded(row[head]) for head in HEADS])
    return stream.getvalue()


def _guarded(value: object) -> str:
    """A cell that no spreadsheet computes."""
    text = visible("" if value is None else str(value))
    return f"'{text}" if text.lstrip().startswith(_COMPUTED) or text.startswith(_COMPUTED) else text


def _text(rows: list[dict[str, object]]) -> Iterator[str]:
    for row in rows:
        until = f" until {row['until']}" if row["until"] else ""
        rule = " ".join(filter(None, [str(row["rule"]), str(row["name"])])) or "exception"
        yield visible(f"{rule}: {row['state']}{until}")
        where = f"{row['path']}:{row['line']}" if row["line"] else f"{row['path']}"
        said = row["finding"] or _WITHOUT_FINDING.get(str(row["state"]), "covers no finding")
        written = f"{row['written_in']}:{row['written_in_line']}"
        lines = [("what", f"{said} ({where})"), ("why", row["reason"]), ("who", row["owner"]), ("written", written)]
        yield from (visible(f"  {head:<8} {text}") for head, text in lines if text)
        yield ""
    counts = Counter(str(row["state"]) for row in rows)
    listed = ", ".join(f"{count} {state}" for state, count in counts.items())
    noun = "exception" if len(rows) == 1 else "exceptions"
    yield f"{len(rows)} {noun}: {listed}.\n" if rows else "No exceptions.\n"
