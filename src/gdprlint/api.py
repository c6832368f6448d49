"""The only module of gdprlint that a plugin may import; its tests may also import `gdprlint.testing`.

What is named here keeps its meaning from one minor version to the next. Nothing of gdprlint itself
imports this module.
"""

from __future__ import annotations

from typing import TypeAlias

from gdprlint.diagnostics import Diagnostic, Label, Severity
from gdprlint.hooks import RulePack, hookimpl
from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.rules.rule import Context, Draft, Rule, Window, rule
from gdprlint.text import Span

# What the first parameter of a rule is annotated with says which things it is handed.
Activity: TypeAlias = Thing
Organisation: TypeAlias = Thing
Party: TypeAlias = Thing
People: TypeAlias = Thing
Data: TypeAlias = Thing
Event: TypeAlias = Thing
Document: TypeAlias = Thing
Notice: TypeAlias = Thing
Record: TypeAlias = Thing

__all__ = [
    "Activity",
    "Clause",
    "Context",
    "Data",
    "Diagnostic",
    "Document",
    "Draft",
    "Event",
    "Item",
    "Label",
    "Notice",
    "Organisation",
    "Party",
    "People",
    "Record",
    "Rule",
    "RulePack",
    "Severity",
    "Span",
    "State",
    "Thing",
    "Values",
    "Window",
    "hookimpl",
    "rule",
]
