"""The only module of gdprlint that a plugin may import; its tests may also import `gdprlint.testing`.

What is named here keeps its meaning from one minor version to the next. Nothing of gdprlint itself
imports this module.
"""

from __future__ import annotations

from typing import TypeAlias

from gdprlint.diagnostics import Diagnostic, Judged, Label, Problem, Report, Severity, Suppressed
from gdprlint.hooks import (
    API,
    CueList,
    FileRead,
    Function,
    Line,
    Reader,
    Reporter,
    RulePack,
    Unread,
    WordList,
    hookimpl,
    quoted,
)
from gdprlint.model.amounts import Amount
from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.rules.rule import Context, Draft, Rule, Window, rule
from gdprlint.text import Source, Span

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
    "API",
    "Activity",
    "Amount",
    "Clause",
    "Context",
    "CueList",
    "Data",
    "Diagnostic",
    "Document",
    "Draft",
    "Event",
    "FileRead",
    "Function",
    "Item",
    "Judged",
    "Label",
    "Line",
    "Notice",
    "Organisation",
    "Party",
    "People",
    "Problem",
    "Reader",
    "Record",
    "Report",
    "Reporter",
    "Rule",
    "RulePack",
    "Severity",
    "Source",
    "Span",
    "State",
    "Suppressed",
    "Thing",
    "Unread",
    "Values",
    "Window",
    "WordList",
    "hookimpl",
    "quoted",
    "rule",
]
