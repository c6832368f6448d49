"""Rules of plugins that are written in Python, behind a guard: what one breaks costs that rule on that subject.

What is wrong is noted in the context, by which the judge tells it; without one that takes such notes it is raised.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import wraps
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Problem
from gdprlint.model.things import Thing
from gdprlint.patience import Patience
from gdprlint.rules.rule import Context, Draft, Judge, Rule
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.plugins import Brought


def rules_of(found: Iterable[Brought]) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules among what plugins gave as such, each behind a guard; what was none."""
    rules: list[Rule] = []
    problems: list[Problem] = []
    for plugin, value in found:
        if isinstance(value, Rule):
            rules.append(evolve(value, judge=_guarded(plugin, value)))
        else:
            problems.append(Problem(f"plugin {plugin}: its gdprlint_rules gave {type(value).__name__}, not Rule"))
    return tuple(rules), tuple(problems)


def _guarded(plugin: str, rule: Rule) -> Judge:
    patience = Patience()
    named = f"plugin {plugin}: its rule {rule.code} {rule.name}"

    @wraps(rule.judge)
    def judge(subject: Thing, ctx: Context) -> list[Draft]:
        try:
            with patience:
                drafts = list(rule.judge(subject, ctx))
            for draft in drafts:
                if not isinstance(draft, Draft):
                    raise TypeError(f"it gave {type(draft).__name__}, not what ctx.finding(...) makes")
        except (Exception, SystemExit) as error:  # the guard around a rule: it may be anybody's
            if ctx.troubles is None:
                raise
            told = f"{named} broke on `{subject.name}`: {type(error).__name__}: {error}"
            ctx.troubles.setdefault(rule.code, told)
            ctx.unsure = True
            return []
        if patience.is_over and ctx.troubles is not None:
            ctx.troubles.setdefault(f"{rule.code} slow", f"{named} {patience.said}, the last of it on `{subject.name}`")
        return drafts

    return judge
