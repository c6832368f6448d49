"""The house rules of the Ferrowby Trust, a funder that does not exist, as a plugin of gdprlint.

The rules, words and cues are the .gdpr files below this folder; there is no other Python here.
"""

from __future__ import annotations

from pathlib import Path

from gdprlint.api import RulePack, hookimpl

__version__ = "1.1.0"


@hookimpl
def gdprlint_rule_packs() -> list[RulePack]:
    """The one pack: the folder that this file stands in."""
    return [RulePack("ferrowby", Path(__file__).parent, ("FER",), __version__)]
