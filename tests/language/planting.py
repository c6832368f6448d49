"""A register with no fault in it, and faults to plant in it, each with the kind that is to be told of it.

Every fault takes one line and leaves the number of lines as it is, so that a line can be found again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from gdprlint.language.tree import Clause, Declaration, File, Head, Rule, Stray, Use

CLAUSES = (
    "controller    ons",
    "processor     natcen for ons since 2026-02-01 under contract",
    "purpose       research, statistics only",
    "lawful basis  public task of ons",
    "condition     9(2)(j) for health under dpa-2018 schedule 1 paragraph 4  [12]",
    "transfers     none",
    "keeps         answers with natcen for 3 months after fieldwork-ends then delete",
    "never discloses answers to ons",
    "collects      answers from participants by \"telephone, or { face to face }\"",
    "discloses     answers to mcgowan for transcription  # as agreed",
    "withdrawal    of answers before 2026-09-02 by email",
    "rights        access, rectification, possibly erasure",
    "complaints    to ico by post \"1 Example Street\"",
)  # fmt: skip

# What a clause is replaced by, under the kind that is told of it.
SLIPS: dict[str, tuple[str, ...]] = {
    "unknown-verb": (
        "lawfull basis 6(1)(e)",
        "lawful public task",
        "joint controller ons",
        "for 2 years",
        "automated decision none",
        "refers \"Table 2\" for keeps",
        "keps answers for 2 years 3",
    ),
    "bad-article": (
        "condition 6((1)",
        "condition 9(2)(",
        "lawful basis 6(1(e)",
        "condition 9(2)j",
        "lawful basis 6 (1)(e)",
        "condition 9.2.j",
        "lawful basis 6(1)(e))",
    ),
    "bad-date": (
        "withdrawal before 01/02/2026",
        "keeps answers since 2026-1-5",
        "keeps answers until 1 March 2026",
        "keeps answers until 2nd September 2026 then delete",
        "withdrawal of answers before 2026.03.01",
        "keeps answers until 1-3-2026",
    ),
    "bad-unit": (
        "keeps answers for 3 fortnights",
        "keeps answers for 2 yeers then delete",
        "keeps answers for at most 24months",
        "keeps answers for 24  months",
        "keeps answers for 2-years",
        "keeps answers for at least 3",
        "requests within 1 moment",
    ),
    "dangling-comma": (
        "keeps answers for 2 years, then delete",
        "collects answers, contacts,",
        "collects answers,, contacts",
        "collects , answers",
        "collects answers from, participants",
        "rights access, only",
        "rights access, or erasure",
        "collects answers, [12]",
        "withdrawal of answers, at any time",
    ),
    "stray-bracket": (
        "keeps answers ]",
        "keeps answers ) for 2 years",
        "keeps ( answers",
        "keeps answers [12",
        "keeps [ answers",
        "[12]",
    ),
    "unclosed-string": (
        "contact email \"survey@example.gov.uk",
        "keeps answers until \"the report is out for at most 3 months",
        "contact email \"survey@example.gov.uk\\\"",
        "contact email \"a\", post \"1 High Street # not a comment",
    ),
    "unknown-character": (
        "keeps answers; for 2 years",
        "controller: ons",
        "purpose = research",
        "collects name/address",
        "collects café-visits",
        "keeps answers\0",
        "keeps \x1b[31manswers",
        "collects “answers”",
        "collects participant's answers",
        "collects answers\xa0from participants",
        "collects contact_details",
        "transfers none.",
        "; controller ons",
    ),
    "two-verbs": (
        "transfers none keeps answers",
        "keeps answers for 2 years discloses answers to ons",
        "contact email \"a@b.uk\" purpose research",
        "purpose research lawful basis 6(1)(e)",
    ),
    "margin-not-last": ("keeps answers [12] for 2 years", "controller ons [1] since 2026-01-01"),
    "bad-margin": ("keeps answers [faq twelve]", "controller ons [12, \"words\"]"),
    "mixed-list": ("rights access or erasure, objection", "rights access, erasure or objection"),
    "unexpected-end": ("keeps answers for", "withdrawal before", "never"),
    "unexpected-word": ("contact \"a\" \"b\"", "rights access only, erasure", "transfers none answers"),
    "missing-name": ("data", "people \"Those who take part\""),
    "use-in-block": ("use uk-gdpr",),
}  # fmt: skip


@frozen
class Plant:
    """A fault on a line (from 1), and the kind that is to be told of it."""

    line: int
    kind: str


def register(activities: int = 26) -> list[str]:
    """The lines of a register in which every activity holds another one and more than ten clauses."""
    lines = ["use uk-gdpr, dpa-2018", ""]
    for number in range(activities):
        lines += [f'organisation office-{number} "Office" is public authority in GB  [{number}]']
        lines += [f'activity study-{number} "A study" from 2026-03-01 {{']
        lines += [f"  {clause}" for clause in CLAUSES[:7]]
        lines += [
            '                unless "they are needed"  [13 "three months"]',
            "",
            f"  activity interview-{number} {{",
        ]
        lines += [f"    {clause}" for clause in CLAUSES[7:]]
        lines += ["  }", f"  purpose       archiving for study-{number}", "}", ""]
    return lines


def planted(lines: list[str], count: int, seed: int) -> tuple[list[str], list[Plant]]:
    """The lines with as many faults in them, no two on neighbouring lines."""
    chance = random.Random(seed)
    lines = list(lines)
    plants: list[Plant] = []
    for place in _structure(lines, chance, count // 5):
        plants.append(place)
    taken = {plant.line for plant in plants}
    free = [number for number, line in enumerate(lines, 1) if line.startswith("  ") and _is_clause(line)]
    chance.shuffle(free)
    slips = [(kind, slip) for kind, variants in SLIPS.items() for slip in variants]
    chance.shuffle(slips)
    for number in free:
        if len(plants) == count:
            break
        if taken & {number - 1, number, number + 1}:
            continue
        taken.add(number)
        indent = lines[number - 1][: len(lines[number - 1]) - len(lines[number - 1].lstrip())]
        if len(plants) % 8 == 0 and _is_clause(lines[number - 2]):
            lines[number - 1] = f"{indent}   {lines[number - 1].lstrip()}"
            plants.append(Plant(number, "too-deep"))
            continue
        kind, slip = slips[len(plants) % len(slips)]
        lines[number - 1] = indent + slip
        plants.append(Plant(number, kind))
    assert len(plants) == count
    return lines, plants


def _structure(lines: list[str], chance: random.Random, count: int) -> Iterator[Plant]:
    """Faults of blocks, at most one in each outermost activity."""
    heads = [number for number, line in enumerate(lines) if line.startswith("activity")]
    chance.shuffle(heads)
    kinds = (
        _misspelt,
        _unclosed,
        _unopened,
        _stray_close,
        _stray_open,
        _bad_head,
        _brace_after_clause,
        _left,
    )
    for number, head in enumerate(heads[:count]):
        inner = next(at for at in range(head, len(lines)) if lines[at].startswith("  activity"))
        yield kinds[number % len(kinds)](lines, inner)


def _misspelt(lines: list[str], inner: int) -> Plant:
    lines[inner] = lines[inner].replace("activity", "activty")
    return Plant(inner + 1, "unknown-verb")


def _unclosed(lines: list[str], inner: int) -> Plant:
    lines[lines.index("  }", inner)] = ""
    return Plant(inner + 1, "unclosed-block")


def _unopened(lines: list[str], inner: int) -> Plant:
    lines[inner] = lines[inner].replace(" {", "")
    return Plant(inner + 1, "unopened-block")


def _stray_close(lines: list[str], inner: int) -> Plant:
    lines[inner - 1] = "    }"
    return Plant(inner, "stray-bracket")


def _stray_open(lines: list[str], inner: int) -> Plant:
    lines[inner + 3] = "    keeps { answers"
    return Plant(inner + 4, "stray-bracket")


def _bad_head(lines: list[str], inner: int) -> Plant:
    lines[inner] = lines[inner].replace(" {", " from 1/3/2026 {")
    return Plant(inner + 1, "bad-date")


def _brace_after_clause(lines: list[str], inner: int) -> Plant:
    lines[inner + 3] = "    keeps answers }"
    return Plant(inner + 4, "stray-bracket")


def _left(lines: list[str], inner: int) -> Plant:
    lines[inner + 3] = "keeps answers for 2 years"
    return Plant(inner + 4, "outside-block")


def _is_clause(line: str) -> bool:
    """Whether the line is a clause of one line."""
    return line.lstrip() in CLAUSES and not line.lstrip().startswith("keeps")


def sentences(tree: File, text: str) -> dict[int, list[tuple[str, str, str]]]:
    """What stands on each line of the text, as the tree has it: sort of node, its words, whose it is."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    waiting: list[tuple[Any, str]] = [(item, "") for item in tree.items]
    while waiting:
        node, owner = waiting.pop()
        line = text.count("\n", 0, node.start) + 1
        match node:
            case Declaration(lines=tuple() as lines):
                words = f"{node.kind.text} {node.name.text} {node.title}"
                waiting += [(inner, f"{owner}/{node.name.text}") for inner in lines]
            case Rule():
                words = f"{node.code.text} {node.name.text}"
                waiting += [(inner, f"{owner}/{node.name.text}") for inner in node.heads]
            case Clause() | Stray() | Use() | Declaration() | Head():
                words = text[node.start : node.end]
            case _:
                continue
        found.setdefault(line, []).append((type(node).__name__, words, owner))
    return found
