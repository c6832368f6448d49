"""The only module of gdprlint that a plugin may import; its tests may also import `gdprlint.testing`.

What is named here keeps its meaning from one minor version to the next. Nothing of gdprlint itself
imports this module.
"""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic, Label, Severity
from gdprlint.hooks import RulePack, hookimpl
from gdprlint.text import Span

# HERE: Context, Rule and rule, from gdprlint.rules.rule, once they exist; also in __all__ below.

__all__ = [
    "Diagnostic",
    "Label",
    "RulePack",
    "Severity",
    "Span",
    "hookimpl",
]
