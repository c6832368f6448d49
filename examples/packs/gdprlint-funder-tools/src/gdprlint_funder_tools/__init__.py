"""Tools of the Ferrowby Trust, a funder that does not exist, as a plugin of gdprlint.

Here stand the hooks and nothing else; what each gives is made in a module of its own, which is imported where gdprlint
asks for it. The house rules of the Trust are another distribution, `gdprlint-funder-rules`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint.api import CueList, Function, Reader, Reporter, Rule, RulePack, WordList, hookimpl

if TYPE_CHECKING:
    import click

__version__ = "1.0.0"

gdprlint_api = "1.0"
"""The version of gdprlint's API that this was written for."""


@hookimpl
def gdprlint_rule_packs() -> list[RulePack]:
    """Two rules on grant references, which call the functions below."""
    return [RulePack("ferrowby-grants", Path(__file__).parent / "rules", ("FET",), __version__)]


@hookimpl
def gdprlint_rules() -> list[Rule]:
    """The rule that compares titles."""
    from . import twice

    return [twice.study_entered_twice]


@hookimpl
def gdprlint_functions() -> list[Function]:
    """What a grant reference tells."""
    from . import references

    return [
        Function(
            "grant-reference-holds", "words", "truth", references.holds,
            says="whether the check digits of a grant reference of the Trust fit it",
        ),
        Function(
            "grant-began", "words", "date", references.began,
            says="the first day of the year in which a grant of the Trust was given, by its reference",
        ),
    ]  # fmt: skip


@hookimpl
def gdprlint_vocabularies() -> list[WordList]:
    """The grant programmes of the Trust, as its table has them."""
    from . import programmes

    return [WordList("programmes", programmes.words(programmes.table()))]


@hookimpl
def gdprlint_cues() -> list[CueList]:
    """How notices name these programmes."""
    from . import programmes

    return [CueList("programmes", programmes.cues(programmes.table()))]


@hookimpl
def gdprlint_readers() -> list[Reader]:
    """The data management plans that the Trust asks for."""
    from . import form

    return [
        Reader("ferrowby-plan", form.ENDINGS, form.read, says="the data management plan form of the Ferrowby Trust")
    ]


@hookimpl
def gdprlint_reporters() -> list[Reporter]:
    """The return that institutions send to the Trust each quarter."""
    from . import returns

    return [
        Reporter("ferrowby-return", returns.render, ending=".csv", says="the quarterly return to the Ferrowby Trust")
    ]


@hookimpl
def gdprlint_commands() -> list[click.Command]:
    """`gdprlint funder-return`: the return of a quarter in one step."""
    from . import command

    return [command.funder_return]
