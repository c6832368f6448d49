"""What a configuration may say: its keys, what they take, and the sentence that explains each.

The reader, the JSON Schema for editors and the table of keys in docs/configuration.md are made from these classes. A
value is kept together with its place, so that whatever comes of it can point there. Knows no rules and no files.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Generic, Literal, NewType, TypeVar

from attrs import field, frozen

from gdprlint.text import Span

T = TypeVar("T", covariant=True)
MOST = 1_000  # items of a list, or rows of a table
MOST_PATTERNS = 100
EXCEPTIONS = "allow"  # a list of tables beside the keys here, which `exceptions.configured` reads

Rules = NewType("Rules", str)
Pack = NewType("Pack", str)
Folder = NewType("Folder", str)
Pattern = NewType("Pattern", str)
Words = NewType("Words", str)
Form = NewType("Form", str)
Name = NewType("Name", str)
Fixed = NewType("Fixed", str)  # an amount, a number or a day: as a text, whatever it was in TOML

Level = Literal["error", "warning", "info"]
Strictness = Literal["regular", "careful", "auditor"]


@frozen
class Kind:
    """A kind of words: the pattern that they fit, in what Python and ECMAScript both understand, and what they are."""

    pattern: str
    is_a: str
    such_as: str


_CLEAN = r"(?![\s\S]*[\u0000-\u001f\u007f-\u009f\u2028\u2029])(?=[\s\S]*[^\s])"
_INSIDE = _CLEAN + r"(?![/\\~])(?![A-Za-z]:)(?![\s\S]*\\)(?!(?:[^/]*/)*\.\.(?:/|(?![\s\S])))(?=[\s\S]*[^/.])"
_END = r"(?![\s\S])"

KINDS: dict[Any, Kind] = {
    Rules: Kind(f"^{_CLEAN}[\\s\\S]{{1,200}}{_END}", "a rule, a pack, a provision or a topic", "UK901"),
    Pack: Kind(f"^[a-z0-9]+(-[a-z0-9]+)*{_END}", "the name of a pack", "uk-gdpr"),
    Folder: Kind(f"^{_INSIDE}[\\s\\S]{{1,400}}{_END}", "a folder below this one", "house-rules"),
    Pattern: Kind(f"^{_INSIDE}[\\s\\S]{{1,200}}{_END}", "a pattern for files below this folder", "notices/**/*.md"),
    Name: Kind(f"^[a-z][a-z0-9]*(-[a-z0-9]+)*{_END}", "the name of a parameter", "longest"),
    Fixed: Kind(
        f"^([0-9]{{1,9}}|[0-9]{{1,6}} (minute|hour|day|week|month|year)s?|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_END}",
        "an amount, a number or a day",
        "2 years",
    ),
    Words: Kind(f"^{_CLEAN}[\\s\\S]{{1,1000}}{_END}", "words on one line", "agreed with the officer"),
}


@frozen
class Said(Generic[T]):
    """A value, and where it is said."""

    value: T
    span: Span = field(eq=False, repr=False)


def about(says: str, such_as: str) -> dict[str, str]:
    """The sentence that explains a key, and an example of its value in TOML."""
    return {"says": says, "such_as": such_as}


Severities = dict[Said[Rules], Said[Level]]
Parameters = dict[Said[Rules], dict[Said[Name], Said[Fixed]]]


@frozen
class PerPath:
    """What holds for the files that a pattern names."""

    ignore: tuple[Said[Rules], ...] = field(
        factory=tuple, metadata=about("Rules whose findings in these files are accepted.", '["storage"]')
    )
    select: tuple[Said[Rules], ...] = field(
        factory=tuple, metadata=about("The only rules whose findings in these files are shown.", '["art 13"]')
    )
    severity: Severities = field(
        factory=dict, metadata=about("Severities of findings in these files.", '{ UK901 = "warning" }')
    )
    reason: Said[Words] | None = field(
        default=None, metadata=about("Why findings are accepted here.", '"kept for the archive only"')
    )
    owner: Said[Words] | None = field(
        default=None, metadata=about("Who answers for that.", '"data protection officer"')
    )
    until: Said[date] | None = field(
        default=None,
        metadata=about(
            "The last day on which `ignore` and `select` hold; after it they are a finding and accept nothing.",
            "2027-03-31",
        ),
    )


@frozen
class Configuration:
    """The keys of gdprlint.toml, or of [tool.gdprlint] in pyproject.toml."""

    select: tuple[Said[Rules], ...] = field(
        factory=tuple,
        metadata=about(
            "Judge by these rules only: codes, names, packs, provisions or topics.", '["uk-gdpr", "art 13"]'
        ),
    )
    ignore: tuple[Said[Rules], ...] = field(factory=tuple, metadata=about("Leave these rules out.", '["UK1315"]'))
    severity: Severities = field(
        factory=dict,
        metadata=about(
            "How much findings weigh, by rule, provision, topic or pack; what says more exactly which rule goes first.",
            '{ UK901 = "warning", storage = "info" }',
        ),
    )
    parameters: Parameters = field(
        factory=dict,
        metadata=about(
            "What rules ask for: values of their parameters, which `gdprlint rule CODE` shows.",
            '{ UK511 = { longest = "2 years" } }',
        ),
    )
    per_path: dict[Said[Pattern], PerPath] = field(
        factory=dict,
        metadata=about(
            "What else holds for files, by pattern; later patterns go before earlier ones.",
            '{ "archive/" = { ignore = ["storage"] } }',
        ),
    )
    packs: tuple[Said[Pack], ...] = field(
        factory=tuple, metadata=about("Packs in use, as if a record said `use`.", '["uk-gdpr", "dpa-2018"]')
    )
    local_packs: tuple[Said[Folder], ...] = field(
        factory=tuple, metadata=about("Folders with declared rules of your own, within the project.", '["house-rules"]')
    )
    notices: tuple[Said[Pattern], ...] = field(
        factory=tuple,
        metadata=about("Files that are judged as notices although no record names them.", '["notices/**/*.md"]'),
    )
    exclude: tuple[Said[Pattern], ...] = field(
        factory=tuple,
        metadata=about("Files that are neither judged nor formatted, named or not.", '["archive/**", "*-old.gdpr"]'),
    )
    sheets: tuple[Said[Pattern], ...] = field(
        factory=tuple,
        metadata=about(
            "Sheets in the columns of the Article 30 template that are judged as records of their own.",
            '["registers/*.xlsx"]',
        ),
    )
    as_of: Said[date] | None = field(default=None, metadata=about("Judge by the law of that day.", "2026-11-22"))
    fail_on: Said[Level] | None = field(
        default=None, metadata=about("The least severity that gives exit code 1.", '"warning"')
    )
    format: Said[Form] | None = field(default=None, metadata=about("How findings are shown.", '"concise"'))
    strictness: Said[Strictness] | None = field(
        default=None, metadata=about("How much is asked: `regular`, `careful` or `auditor`.", '"careful"')
    )


def name_of(attribute: str) -> str:
    """The key in TOML of an attribute."""
    return attribute.replace("_", "-")
