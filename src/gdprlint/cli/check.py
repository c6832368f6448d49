"""`gdprlint check`: judge files and say what was found."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from gdprlint.cli import forms, options
from gdprlint.cli.completion import complete_rules
from gdprlint.cli.plain import Asked
from gdprlint.cli.stages import check


class Form(click.ParamType):  # type: ignore[type-arg]  # not every click that will do has one
    """A format of ours, or of a plugin, which is asked only where it is none of ours."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not forms.exists(value):
            forms.tell_what_is_missing()
            self._all.convert(value, param, ctx)  # refuses it
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self._all.get_metavar(param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return self._all.shell_complete(ctx, param, incomplete)

    @property
    def _all(self) -> click.Choice[str]:
        return click.Choice(forms.names())


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@options.as_of("Judge by the law of that day")
@click.option(
    "--format",
    "form",
    type=Form(),
    default="full",
    show_default=True,
    help="How findings are shown on stdout.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=complete_rules,
    help="Judge by these rules only: codes, packs, provisions (`art 9`) or topics, with commas between.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    shell_complete=complete_rules,
    help="Leave these rules out; written as for --select.",
)
@options.fail_on
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@options.color
@options.no_source
@options.local_packs
@options.max_bytes
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Processes to read with (default: as many as help)."
)
@click.option(
    "--output",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write also in this format, to this file or, without one, to stdout; may be repeated.",
)
@click.option("--show-suppressed", is_flag=True, help="Show also the findings that are accepted, and why.")
@click.option(
    "--trust-exceptions-from",
    default="",
    metavar="REV",
    help="Let only that silence a finding which stands in this revision of git too, such as origin/main.",
)
@click.option(
    "--baseline",
    default="",
    metavar="PATH",
    help="The baseline, whose findings count no more (default: gdprlint-baseline.json beside the mark of the register, "
    "else in the working folder).",
)
@click.option("--write-baseline", is_flag=True, help="Write what is found into the baseline.")
@click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is found no more.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without a change of what is said, then judge.")
@click.option("--diff", is_flag=True, help="Write nothing; print what --fix would change. Exit with 1 if anything.")
@click.option(
    "--trace", multiple=True, metavar="RULE", help="Show why this rule reports something or does not, not the findings."
)
@click.option(
    "--trace-of", multiple=True, metavar="NAME", help="Trace only what is declared by that name, or in that file."
)
@click.option("--timings", is_flag=True, help="Tell on stderr how long each rule, pack and stage took.")
@click.option(
    "--strictness",
    type=click.Choice(["regular", "careful", "auditor"]),
    default="auditor",
    show_default=True,
    help="What to show: what breaks the law on its face, what a careful officer would ask too, or all.",
)
@click.option("--preview", is_flag=True, help="Judge also by rules that are in preview.")
@click.option("--quiet", is_flag=True, help="Print findings only: nothing where there are none.")
@click.option("--fail-on-empty", is_flag=True, help="Exit with 2 where there was nothing to judge.")
@click.option(
    "--stdin-filename",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Judge what comes from stdin in the place of this file, within its register.",
)
@click.option(
    "--deleted-since",
    metavar="REV",
    help="Judge PATHS, and whatever leans on a file that was deleted since this git revision; without PATHS only that.",
)
@click.option("--watch", is_flag=True, help="Judge again whenever a file is saved, until Ctrl-C.")
@options.config
@options.no_config
@click.option("--no-cache", is_flag=True, help="Judge anew, and keep nothing of it for the next run.")
@click.pass_context
def command(ctx: click.Context, /, **asked: Any) -> None:
    """Judge records and notices.

    PATHS are files and folders; a folder is read with all that is below it. Without PATHS the current
    folder is judged. The exit code is 0 when nothing was found at or above --fail-on, 1 when something
    was, and 2 when a file could not be read or a rule or plugin broke.
    """
    if asked["output"]:
        from gdprlint.cli.outputs import planned

        try:
            planned(asked["form"], asked["output"])
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param_hint="--output") from None
    ctx.exit(check(asked_of(ctx, asked)))


def asked_of(ctx: click.Context, asked: dict[str, Any]) -> Asked:
    """What was asked for; where nothing was, the default of `Asked`, which a configuration may replace."""
    if asked["config"] and asked["no_config"]:
        raise click.UsageError("--config and --no-config ask for opposite things", ctx)
    unsaid = {name for name in asked if ctx.get_parameter_source(name) is ParameterSource.DEFAULT}
    unsaid &= set(Asked._field_defaults)
    return Asked(**{name: value for name, value in asked.items() if name not in unsaid})
