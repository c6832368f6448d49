"""The rules of the UK General Data Protection Regulation, as a plugin of gdprlint.

The rules are the .gdpr files below this folder. Imports of a plugin are relative, or of
`gdprlint.api`: the same files also travel inside gdprlint under another name.
"""

from __future__ import annotations

from pathlib import Path

from gdprlint.api import RulePack, hookimpl

__version__ = "0.1.0"
gdprlint_api = "1.0"


@hookimpl
def gdprlint_rule_packs() -> list[RulePack]:
    """The one pack: the folder that this file stands in."""
    prefixes = ("UK", "UKD", "UKP", "UKS")
    return [RulePack("uk-gdpr", Path(__file__).parent, prefixes, __version__)]
