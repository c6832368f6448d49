"""The columns of the regulator's template for the record of a controller, and what a cell of each holds.

The titles are those of the template (Information Commission, Open Government Licence v3.0), word for word, since
a sheet is known by them. `gdprlint write record` writes these columns and `readers/sheet.py` reads them.
"""

from __future__ import annotations

import re

from attrs import frozen

from gdprlint.model.table import VERBS, owners


@frozen
class Column:
    """`verb` is what the column is said with, where one verb says it; empty where it takes more, or nothing does."""

    key: str
    title: str
    verb: str = ""
    width: int = 24


COLUMNS: tuple[Column, ...] = (
    Column("function", "Business function"),
    Column("purpose", "Purpose of processing", "purpose", 32),
    Column("joint", "Name and contact details of joint controller (if applicable)", "joint controllers"),
    Column("people", "Categories of individuals"),
    Column("data", "Categories of personal data", "", 40),
    Column("recipients", "Categories of recipients", "discloses", 32),
    Column("contracts", "Link to contract with processor"),
    Column(
        "countries",
        "Names of third countries or international organisations that personal data are transferred to (if applicable)",
        "transfers",
    ),
    Column(
        "safeguards",
        "Safeguards for exceptional transfers of personal data to third countries or international organisations "
        "(if applicable)",
    ),
    Column("retention", "Retention schedule (if possible)", "keeps", 44),
    Column(
        "security",
        "General description of technical and organisational security measures (if possible)",
        "security",
        36,
    ),
    Column("basis", "Article 6 lawful basis for processing personal data", "lawful basis", 32),
    Column("condition", "Article 9 condition for processing special category data", "condition", 32),
    Column("interests", "Legitimate interests for the processing (if applicable)"),
    Column("lia", "Link to record of legitimate interests assessment (if applicable)"),
    Column("rights", "Rights available to individuals", "rights"),
    Column(
        "automated",
        "Existence of automated decision-making, including profiling (if applicable)",
        "automated decisions",
    ),
    Column("source", "The source of the personal data (if applicable)"),
    Column("consent", "Link to record of consent"),
    Column("location", "Location of personal data"),
    Column("dpia-required", "Data Protection Impact Assessment required?"),
    Column("dpia-progress", "Data Protection Impact Assessment progress"),
    Column("dpia", "Link to Data Protection Impact Assessment"),
    Column("breach", "Has a personal data breach occurred?"),
    Column("breach-link", "Link to record of personal data breach"),
    Column("schedule-1", "Data Protection Act 2018 Schedule 1 Condition for processing", "", 32),
    Column("basis-again", "GDPR Article 6 lawful basis for processing personal data", "", 32),
    Column("policy", "Link to retention and erasure policy document"),
    Column("policy-kept", "Is personal data retained and erased in accordance with the policy document?"),
    Column("policy-reasons", "Reasons for not adhering to policy document (if applicable)"),
)
# What no clause of a record says; a cell that holds something is told, and not read.
UNSAYABLE = {
    "dpia-required": "a record says that there is an impact assessment by naming it, not that one is required",
    "breach": "a record says what is done after a breach, not that one has happened",
    "breach-link": "a record says what is done after a breach, not that one has happened",
    "policy-kept": "whether a policy is kept to is found by comparing, and is no clause of a record",
    "policy-reasons": "whether a policy is kept to is found by comparing, and is no clause of a record",
}
# The verbs with which a record says what a column holds, where it takes more than the one of the column.
VERBS_OF: dict[str, tuple[str, ...]] = {
    "people": ("collects",),
    "data": ("collects",),
    "source": ("collects",),
    "recipients": ("discloses", "processor", "sub-processor", "uses"),
    "contracts": ("processor", "sub-processor"),
    "safeguards": ("transfers",),
    "interests": ("lawful basis",),
    "basis-again": ("lawful basis",),
    "schedule-1": ("condition",),
    "location": ("keeps",),
}
HEADER_ROW = 9  # of the template; what stands above it says whose record it is


def folded(title: str) -> str:
    """A title without what people change in it: case, spaces, marks, and the remark in brackets."""
    return re.sub(r"[^a-z0-9]", "", unremarked(title.casefold()))


def unremarked(title: str) -> str:
    """A title without the remark in brackets."""
    return re.sub(r"\([^)]{0,60}\)", "", title).strip()


def verbs_of(column: Column) -> tuple[str, ...]:
    """The verbs with which a record says what a column holds; none where it is said of a document."""
    return VERBS_OF.get(column.key) or ((column.verb,) if column.verb else ())


_SAID = {verb for column in COLUMNS for verb in verbs_of(column)}
NO_COLUMN: tuple[str, ...] = tuple(
    verb for verb in VERBS if "activity" in owners(verb) and verb not in {*_SAID, "controller", "refers to"}
)
"""Verbs with which an activity says what no column has room for."""

BY_TITLE: dict[str, Column] = {folded(column.title): column for column in COLUMNS}
BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}
