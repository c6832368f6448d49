"""`gdprlint test`: run the examples of rules and overrides, and the sentences of cues."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gdprlint.cli.output import refusals, wants_color, width_of, write


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--rule", "codes", multiple=True, metavar="CODE", help="Only these rules.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise"]),
    default="full",
    show_default=True,
    help="With a window on each place that failed, or a line for each failure.",
)
@click.option("--all-packs", is_flag=True, help="Judge every `good` by all packs as well (slower).")
@click.pass_context
def command(ctx: click.Context, packs: tuple[str, ...], codes: tuple[str, ...], form: str, all_packs: bool) -> None:
    """Run the examples of rules, overrides and cues.

    PACKS are names of packs, or paths to folders of rules; all packs without. Each `bad` must be reported once, each
    `good` not at all, and leaving out any condition of a rule must be noticed by one of its examples. A cue must be
    heard in what it `accepts` and not in what it `rejects`. What is wrong with other files of a pack is told as well.

    The exit code is 1 where something failed. The same as tests of pytest: gdprlint_packs in its configuration.
    """
    from gdprlint import testing
    from gdprlint.engine import WrongUse
    from gdprlint.testing import overriding
    from gdprlint.testing.checks import other_faults
    from gdprlint.testing.failures import told

    with refusals():
        tested = testing.library_with(packs)
        library, names = tested.library, [pack.name for pack in tested.packs]
        cases = testing.rule_cases(names, library)
        overrides = overriding.override_cases(names, library)
        if codes:
            cases = [case for case in cases if case.node.code.text in codes or case.node.name.text in codes]
            overrides = [case for case in overrides if case.node.code.text in codes or case.node.name.text in codes]
            if not cases and not overrides:
                raise WrongUse(f"no rule is called `{codes[0]}`")
    failures = [failure for case in cases for failure in testing.check_case(case, library)]
    failures.extend(failure for case in overrides for failure in overriding.check_override(case, library))
    if not codes:
        failures.extend(other_faults(library, names, cases))
    if all_packs:
        failures.extend(testing.goods_by_all(library, cases))
    files = [] if codes else testing.cue_files(names, library)
    failures.extend(failure for file in files for failure in testing.check_cues(file, library))
    if form == "concise":
        write("".join(f"{failure}\n" for failure in failures))
    elif failures:
        width, color = width_of(sys.stdout), wants_color("auto", sys.stdout)
        path = tested.paths_from(Path.cwd())
        write("\n\n".join(told(failure, width, color, path) for failure in failures) + "\n\n")
    examples = sum(len(one) for one in [case.examples for case in cases] + [case.examples for case in overrides])
    cues = sum(len(file.cues) for file in files)
    sentences = sum(len(file.examples) for file in files)
    rules = f"{len(cases)} rule{'s' if len(cases) != 1 else ''}"
    if overrides:
        rules += f", {len(overrides)} override{'s' if len(overrides) != 1 else ''}"
    write(
        f"{rules}, {examples} examples"
        + (f"; {cues} cue{'s' if cues != 1 else ''}, {sentences} sentences: " if cues else ": ")
        + (f"{len(failures)} failed." if failures else "all passed, and every condition is noticed.")
        + "\n"
    )
    ctx.exit(1 if failures else 0)
