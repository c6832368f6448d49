"""What the configurations of registers want of the stages behind the engine, where several may want different things.

Plain values, so that a report out of the cache has them beside it; a run that was judged goes by the same ones. What
the command line says of how findings are shown goes before them, and is no part of them. Imports nothing that reads a
configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gdprlint.cli.plain import Asked, Unsaid

if TYPE_CHECKING:
    from gdprlint.diagnostics import Diagnostic

LATER = (
    "form", "fail_on", "exit_zero", "color", "no_source", "jobs", "output", "show_suppressed", "baseline",
    "write_baseline", "prune_baseline", "strictness", "quiet", "fail_on_empty", "no_cache",
)  # fmt: skip
"""Fields of `Asked` that are asked for behind the engine: what is found does not depend on them."""


class Wants(NamedTuple):
    """What holds for the register in a folder.

    `form`, `fail_on` and `strictness` are those of its configuration, empty where that says nothing of them.
    """

    folder: str
    as_of: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    local_packs: tuple[str, ...]
    form: str = ""
    fail_on: str = ""
    strictness: str = ""


class Holds(NamedTuple):
    """What holds for all registers together; `fail_on` tells the least severity of each finding where they differ."""

    asked: Asked
    fail_on: Callable[[Diagnostic], str] | None = None


def judging(asked: Asked) -> tuple[tuple[str, object], ...]:
    """What was asked for by name, without what is asked for behind the engine."""
    return tuple((name, value) for name, value in asked._asdict().items() if name not in LATER)


def held_by(asked: Asked, wants: Sequence[Wants]) -> Holds:
    """What holds where the configurations of these registers have a say."""
    if not wants:
        return Holds(asked)
    each = [_asked_by(asked, one) for one in wants]
    forms = {one.form for one in each}
    form = forms.pop() if len(forms) == 1 else asked.form
    if not _fits(form, asked.output):
        form = asked.form
    fails = {one.fail_on for one in each}
    fail_on = fails.pop() if len(fails) == 1 else None
    same = {name: value for name in _FOR_ALL if (value := _common(getattr(one, name) for one in each))}
    packs = tuple(dict.fromkeys(pack for one in each for pack in one.local_packs))
    whole = asked._replace(form=form, fail_on=fail_on or asked.fail_on, local_packs=packs, **same)
    if fail_on is not None:
        return Holds(whole)
    levels = {Path(one.folder): each[number].fail_on for number, one in enumerate(wants)}
    return Holds(whole, lambda finding: _level_of(finding, levels, asked.fail_on))


_FOR_ALL = ("as_of", "select", "ignore", "strictness")
_OF_SHOWING = ("form", "fail_on", "strictness")


def _asked_by(asked: Asked, wants: Wants) -> Asked:
    """What was asked for, with what holds for a register."""
    own = {name: getattr(wants, name) for name in _OF_SHOWING if isinstance(getattr(asked, name), Unsaid)}
    return asked._replace(
        as_of=date.fromisoformat(wants.as_of), select=wants.select, ignore=wants.ignore,
        local_packs=wants.local_packs, **{name: value for name, value in own.items() if value},
    )  # fmt: skip


def _common(values: Iterable[Any]) -> Any:
    """The value that all have, or None."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _level_of(finding: Diagnostic, levels: dict[Path, str], otherwise: str) -> str:
    here = Path.cwd() / finding.span.path
    return next((levels[base] for base in (here, *here.parents) if base in levels), otherwise)


def _fits(form: str, output: tuple[str, ...]) -> bool:
    """Whether a format that nobody asked for on the command line can go with the outputs that were asked for there."""
    if not output:
        return True
    from gdprlint.cli import outputs

    try:
        outputs.planned(form, output)
    except ValueError:
        return False
    return True
