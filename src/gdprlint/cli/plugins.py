"""`gdprlint plugins`: which plugins were loaded, from where, and what they bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from gdprlint.cli.output import complain, table, told, write, write_json

if TYPE_CHECKING:
    from gdprlint.diagnostics import Problem
    from gdprlint.plugins import Brought, Plugins


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """List the plugins and the packs of rules that they bring.

    A plugin comes with gdprlint (bundled) or was installed on its own (installed), and then stands in
    for the bundled one of its name. GDPRLINT_PLUGINS=a,b loads these only. Below stand the formats,
    readers, functions, commands and lists of words that they bring. The exit code is 2 when a plugin is
    broken.
    """
    from gdprlint.plugins import load

    plugins = load()
    brings, problems = everything(plugins)
    problems = tuple(dict.fromkeys((*plugins.problems, *problems)))
    if form == "json":
        write_json(as_data(plugins, brings, problems))
    else:
        write(as_text(plugins, brings))
    for plugin in plugins.plugins:
        for going in plugin.going:
            complain(f"plugin {plugin.name}: {going}")
    ctx.exit(told(problems))


class Bring(NamedTuple):
    """Something that a plugin brings: what it is, by which name, how it is used, and what it is for."""

    kind: str
    name: str
    plugin: str
    used: str
    says: str


def everything(plugins: Plugins) -> tuple[list[Bring], tuple[Problem, ...]]:
    """All that plugins bring beside packs and rules, and what broke when they were asked."""
    from gdprlint.cli import forms, group
    from gdprlint.readers import theirs
    from gdprlint.rules.guarded import rules_of

    reporters, commands, readers = forms.of_plugins(), group.asked(), theirs.of_plugins()
    _, odd = rules_of(plugins.rules)
    endings: dict[Brought, list[str]] = {}
    for ending, one in readers.readers.items():
        endings.setdefault(one, []).append(ending)

    def found() -> Iterator[Bring]:
        for form, (plugin, reporter) in reporters.reporters.items():
            yield Bring("format", form, plugin, f"--format {form}", reporter.says)
        for one, read in endings.items():
            yield Bring("reader", one.value.name, one.plugin, ", ".join(sorted(read)), one.value.says)
        for plugin, function in plugins.functions:
            used = f"{function.name}({', '.join(function.takes)}) gives {function.gives}"
            yield Bring("function", function.name, plugin, used, function.says)
        for plugin, command in commands[0]:
            yield Bring("command", command.name, plugin, f"gdprlint {command.name}", command.get_short_help_str(100))
        for kind, lists in (("words", plugins.words), ("cues", plugins.cues)):
            for plugin, listed in lists:
                yield Bring(kind, listed.name, plugin, "", "")

    return list(found()), (*reporters.problems, *readers.problems, *commands[1], *odd)


def as_data(plugins: Plugins, brings: Iterable[Bring], problems: Iterable[Problem]) -> dict[str, object]:
    return {
        "version": 1,
        "plugins": [
            {
                "name": plugin.name,
                "version": plugin.version,
                "origin": plugin.origin,
                "hooks": list(plugin.hooks),
                "api": plugin.api,
                "deprecated": list(plugin.going),
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
        "brings": [one._asdict() for one in brings],
        "problems": [{"message": problem.message, "where": problem.where} for problem in problems],
    }


def as_text(plugins: Plugins, brings: Sequence[Bring]) -> str:
    packs: list[Sequence[str]] = [
        (pack.name, pack.version, pack.origin, _together(pack.prefixes)) for pack in plugins.packs
    ]
    loaded: list[Sequence[str]] = [
        (plugin.name, plugin.version, plugin.origin, _together(plugin.hooks)) for plugin in plugins.plugins
    ]
    tables = [
        table(("pack", "version", "origin", "codes"), packs),
        table(("plugin", "version", "origin", "hooks"), loaded),
    ]
    if brings:
        tables.append(table(("brings", "name", "plugin", "used", "says"), brings))
    return "\n".join(tables)


def _together(words: Iterable[str]) -> str:
    return ", ".join(words)
