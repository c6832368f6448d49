"""The testing kit: what authors of rules test their packs with.

Everything named here keeps its meaning within a major version. A name is imported when it is first asked for, since
pytest imports this package in every run where gdprlint is installed (`gdprlint.testing.plugin`). The functions over
records and their texts need no more than gdprlint; snapshots need syrupy and properties hypothesis, which the extra
`testing` brings.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gdprlint.testing.checks import (
        CueFile,
        check_case,
        check_cues,
        check_pack,
        cue_files,
        goods_by_all,
    )
    from gdprlint.testing.conditions import mutants
    from gdprlint.testing.examples import TODAY, Example, RuleCase, judged, reading_of, rule_cases
    from gdprlint.testing.failures import Failure
    from gdprlint.testing.folders import library_with
    from gdprlint.testing.properties import no_rule_raises, silent_on_good_examples_of_other_packs
    from gdprlint.testing.texts import check_text, shown

_MODULES = {
    "checks": ("CueFile", "check_case", "check_cues", "check_pack", "cue_files", "goods_by_all"),
    "conditions": ("mutants",),
    "examples": ("TODAY", "Example", "RuleCase", "judged", "reading_of", "rule_cases"),
    "failures": ("Failure",),
    "folders": ("library_with",),
    "properties": ("no_rule_raises", "silent_on_good_examples_of_other_packs"),
    "texts": ("check_text", "shown"),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "TODAY",
    "CueFile",
    "Example",
    "Failure",
    "RuleCase",
    "check_case",
    "check_cues",
    "check_pack",
    "check_text",
    "cue_files",
    "goods_by_all",
    "judged",
    "library_with",
    "mutants",
    "no_rule_raises",
    "reading_of",
    "rule_cases",
    "shown",
    "silent_on_good_examples_of_other_packs",
]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
