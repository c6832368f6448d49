"""`gdprlint config`: what holds for a path, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gdprlint.cli import Refused, options
from gdprlint.cli.check import asked_of
from gdprlint.cli.output import refusals, table, write, write_json
from gdprlint.registers import shown_path
from gdprlint.text import Span, visible

if TYPE_CHECKING:
    from gdprlint.cli.configured import Configured, Register
    from gdprlint.configuration.explaining import Row


@click.command()
@click.argument("path", default=".", type=click.Path())
@options.as_of("Judge by the law of that day")
@click.option("--select", multiple=True, metavar="RULES", help="As for check.")
@click.option("--ignore", multiple=True, metavar="RULES", help="As for check.")
@options.fail_on
@options.local_packs
@options.config
@options.no_config
@click.option("--format", "shown_as", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of gdprlint.toml instead, for editors.")
@click.pass_context
def command(ctx: click.Context, /, path: str, shown_as: str, schema: bool, **asked: Any) -> None:
    """Print what holds for a file or folder, and why.

    Each value stands beside its origin: the place in gdprlint.toml or pyproject.toml, the command line, or the
    default. PATH need not be there. The exit code is 1 when something is wrong with the configuration.
    """
    if schema:
        from gdprlint.cli.forms import names
        from gdprlint.configuration.schema import schema as schema_of

        write_json(schema_of(names()))
        return
    from gdprlint.cli.configured import Configured
    from gdprlint.configuration.explaining import rows
    from gdprlint.registers import marked_root

    here = Path(path).resolve()
    folder = here if here.is_dir() else here.parent
    if not folder.is_dir():
        raise Refused(f"there is no folder `{Path(path).parent}`")
    run = Configured(asked_of(ctx, {"paths": (path,), **asked}))
    root = None if asked["no_config"] else marked_root(folder)
    with refusals():
        register = run.register(root or folder, root is not None)
    found = rows(register.settled, here)
    if shown_as == "json":
        write_json(_data(run, register, found, here))
    else:
        write(_text(run, register, found))
    ctx.exit(1 if register.settled.findings else 0)


def _text(run: Configured, register: Register, found: list[Row]) -> str:
    """What holds as a table, and under it what is wrong with the configuration."""

    def place(span: Span) -> str:
        line, column = run.position(span)
        return f"{visible(span.path)}:{line}:{column}"

    def origin(row: Row) -> str:
        return place(row.span) if row.span else row.origin

    lines = [
        f"register       {visible(shown_path(register.settled.root))}",
        f"configuration  {visible(', '.join(run.sources()) or 'none')}",
        "",
        table(("setting", "value", "from"), [(row[0], row.value, origin(row)) for row in found]),
    ]
    for one in sorted(register.settled.findings, key=lambda one: one.span):
        help = f"; {one.help}" if one.help else ""
        lines.append(f"{place(one.span)}: {one.severity.word}[{one.code}] {visible(one.message + help)}")
    return "\n".join(lines).rstrip("\n") + "\n"


def _data(run: Configured, register: Register, found: list[Row], path: Path) -> dict[str, object]:
    def place(span: Span) -> dict[str, object]:
        line, column = run.position(span)
        return {"path": span.path, "line": line, "column": column}

    return {
        "version": 1,
        "path": shown_path(path),
        "register": shown_path(register.settled.root),
        "configuration": list(run.sources()),
        "settings": [
            {
                "setting": row.setting,
                "value": row.value,
                "origin": row.origin,
                "place": place(row.span) if row.span else None,
            }
            for row in found
        ],
        "findings": [
            {"name": one.name, "severity": one.severity.word, "message": one.message, "help": one.help,
             "place": place(one.span)}
            for one in register.settled.findings
        ],
    }  # fmt: skip
