"""`gdprlint funder-return`: the return of a quarter, judged by the law and the terms of its last day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import click


def last_day(ctx: click.Context, param: click.Parameter, value: str) -> date:
    """The last day of a quarter such as 2026Q3."""
    found = re.fullmatch(r"([0-9]{4})-?[qQ]([1-4])", value, re.ASCII)
    if found is None or not 1990 <= int(found[1]) <= 9998:
        raise click.BadParameter(f"`{value}` is no quarter; write it as 2026Q3", ctx, param)
    year, quarter = int(found[1]), int(found[2])
    return date(year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)


@click.command("funder-return", short_help="Write the quarterly return to the Ferrowby Trust.")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--quarter", callback=last_day, required=True, metavar="YEARQn", help="The quarter, such as 2026Q3.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write instead of stdout.")
@click.pass_context
def funder_return(ctx: click.Context, paths: tuple[str, ...], quarter: date, output: Path | None) -> int:
    """Write the quarterly return to the Ferrowby Trust.

    It lists what the records in PATHS leave open of the terms, as on the last day of the quarter. The exit code is that
    of `gdprlint check`.
    """
    group = ctx.find_root().command
    check = group.get_command(ctx.find_root(), "check") if isinstance(group, click.Group) else None
    if check is None:
        raise click.UsageError("this is a command of gdprlint")
    arguments = ["--as-of", quarter.isoformat(), "--select", "ferrowby,ferrowby-grants"]
    if output is None:
        arguments += ["--format", "ferrowby-return"]
    else:
        arguments += ["--format", "concise", "--output", f"ferrowby-return={output}"]
    return int(check.main([*arguments, "--", *paths], prog_name="gdprlint funder-return", standalone_mode=False) or 0)
