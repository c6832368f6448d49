"""`gdprlint plugins`: which plugins were loaded, from where, and what they bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from gdprlint.cli.output import table, told, write, write_json

if TYPE_CHECKING:
    from gdprlint.plugins import Plugins


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """List the plugins and the packs of rules that they bring.

    A plugin comes with gdprlint (bundled) or was installed on its own (installed), and then stands in
    for the bundled one of its name. GDPRLINT_PLUGINS=a,b loads these only. The exit code is 2 when a
    plugin is broken.
    """
    from gdprlint.plugins import load

    plugins = load()
    if form == "json":
        write_json(as_data(plugins))
    else:
        write(as_text(plugins))
    ctx.exit(told(plugins.problems))


def as_data(plugins: Plugins) -> dict[str, object]:
    return {
        "version": 1,
        "plugins": [
            {
                "name": plugin.name,
                "version": plugin.version,
                "origin": plugin.origin,
                "hooks": list(plugin.hooks),
            }
            for plugin in plugins.plugins
        ],
        "packs": [
            {
                "name": pack.name,
                "version": pack.version,
                "origin": pack.origin,
                "prefixes": list(pack.prefixes),
            }
            for pack in plugins.packs
        ],
        "problems": [{"message": problem.message, "where": problem.where} for problem in plugins.problems],
    }


def as_text(plugins: Plugins) -> str:
    packs: list[Sequence[str]] = [
        (pack.name, pack.version, pack.origin, _together(pack.prefixes)) for pack in plugins.packs
    ]
    loaded: list[Sequence[str]] = [
        (plugin.name, plugin.version, plugin.origin, _together(plugin.hooks)) for plugin in plugins.plugins
    ]
    return "\n".join(
        [
            table(("pack", "version", "origin", "codes"), packs),
            table(("plugin", "version", "origin", "hooks"), loaded),
        ]
    )


def _together(words: Iterable[str]) -> str:
    return ", ".join(words)
