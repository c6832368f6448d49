"""What a person says of a notice: one JSON file beside it, each key in its order with a status, lines and a quote.

`faults` tells what is wrong with a label as such: a key too many, a line that is not there, a quote that stands
elsewhere. Whether the label is right is for its reader. This module knows nothing of readings.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

MANDATORY = [
    "controller-identity",
    "controller-contact",
    "dpo-contact",
    "purposes",
    "lawful-basis",
    "legitimate-interests-described",
    "data-categories",
    "source",
    "recipients",
    "transfers",
    "transfer-safeguards",
    "retention",
    "right-access",
    "right-rectification",
    "right-erasure",
    "right-restriction",
    "right-portability",
    "right-objection",
    "right-withdraw-consent",
    "complaint-regulator",
    "complaint-controller",
    "obligation-to-provide",
    "automated-decisions",
]

KEYS = [
    "controller-identity",
    "controller-contact",
    "joint-controllers",
    "representative",
    "dpo-contact",
    "purposes",
    "lawful-basis",
    "lawful-basis-named",
    "legitimate-interests-described",
    "special-category-data",
    "article-9-condition",
    "schedule-1-condition",
    "public-task-law",
    "data-categories",
    "source",
    "recipients",
    "processors-named",
    "transfers",
    "transfer-safeguards",
    "retention",
    "right-access",
    "right-rectification",
    "right-erasure",
    "right-restriction",
    "right-portability",
    "right-objection",
    "right-withdraw-consent",
    "complaint-regulator",
    "complaint-controller",
    "obligation-to-provide",
    "automated-decisions",
    "ai-use",
    "children",
    "further-purpose",
    "security",
    "anonymisation",
    "safeguarding-disclosure",
    "data-linkage",
    "archive-deposit",
    "recording",
    "quotes",
    "voluntary-participation",
    "sponsor",
    "incentive",
    "recontact",
    "notice-date",
    "law-cited",
    "cookies",
]

KINDS = ("notice", "not-a-notice", "excerpt")
STATUSES = ("PRESENT", "PARTIAL", "ABSENT", "NA")
SAID = ("PRESENT", "PARTIAL")
FACTS = [
    "controllers",
    "processors",
    "recipients",
    "dpo_contacts",
    "lawful_bases",
    "article_9",
    "schedule_1",
    "legal_basis_in_law",
    "transfers",
    "transfer_countries",
    "transfer_mechanisms",
    "retention",
    "rights",
    "stale_law",
    "stale_body",
    "special_categories",
    "sources",
    "notice_date",
]
RIGHTS = {
    "right-access": "access",
    "right-rectification": "rectification",
    "right-erasure": "erasure",
    "right-restriction": "restriction",
    "right-portability": "portability",
    "right-objection": "objection",
    "right-withdraw-consent": "withdraw-consent",
}
SPECIAL = [
    "racial-or-ethnic-origin",
    "political-opinions",
    "religious-or-philosophical-beliefs",
    "trade-union-membership",
    "genetic",
    "biometric",
    "health",
    "sex-life",
    "sexual-orientation",
    "criminal-offence",
]
ROW = {"covers", "amount", "unit", "trigger", "indefinite", "lines"}
WORDS_OF_A_QUOTE = 12


@frozen
class Item:
    """What a label says of one key."""

    status: str
    lines: tuple[int, ...]
    quote: str
    note: str


@frozen(slots=False)
class Label:
    """What a person says of one notice."""

    name: str
    kind: str
    items: Mapping[str, Item]
    facts: Mapping[str, Any]


def load(path: Path) -> Label:
    told = json.loads(path.read_text(encoding="utf-8"))
    items = {
        key: Item(item["status"], tuple(item["lines"]), item["quote"], item["note"])
        for key, item in told["items"].items()
    }
    return Label(path.name.removesuffix(".json"), told["kind"], items, told["facts"])


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each notice of a folder that has a label, with the label. `five-NAME` is the label of `../five/NAME`."""
    for label in sorted((folder / "labels").glob("*.json")):
        name = label.name.removesuffix(".json")
        notice = folder / name
        if not notice.is_file() and name.startswith("five-"):
            notice = folder.parent / "five" / name.removeprefix("five-")
        if not notice.is_file():
            raise FileNotFoundError(f"{label} is the label of no file")
        yield notice, label


def plain(text: str) -> str:
    """A line as a quote is held against it: without tags, entities resolved, white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", text)).split())


def tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def faults(path: Path, notice: Path) -> Iterator[str]:
    """What is wrong with the form of a label, in a sentence each."""
    told = json.loads(path.read_text(encoding="utf-8"))
    # What stands in a comment of a template is no words of the page, and yet may be a trap.
    lines = [tight(plain(line)) or tight(line) for line in notice.read_text(encoding="utf-8").split("\n")]
    if list(told) != ["id", "kind", "items", "facts", "findings", "traps"]:
        yield f"its parts are {list(told)}"
    if told["id"] != notice.name:
        yield f"its id is {told['id']!r}"
    if told["kind"] not in KINDS:
        yield f"its kind is {told['kind']!r}"
    if list(told["items"]) != KEYS:
        yield "its keys are not all keys in their order"
    for key, item in told["items"].items():
        yield from (f"{key}: {fault}" for fault in _faults_of_item(item, lines))
        if told["kind"] == "not-a-notice" and item["status"] != "NA":
            yield f"{key}: {item['status']} in what is no notice"
        if told["kind"] == "excerpt" and item["status"] == "ABSENT":
            yield f"{key}: ABSENT in an excerpt"
    yield from _faults_of_facts(told, lines)
    for finding in told["findings"]:
        if set(finding) != {"provision", "severity", "lines", "what"}:
            yield f"finding: its parts are {list(finding)}"
        if finding["severity"] not in ("error", "warning", "info"):
            yield f"finding: severity {finding['severity']!r}"
        yield from _not_there("finding", finding["lines"], lines)
    for trap in told["traps"]:
        if set(trap) != {"lines", "quote", "wrong", "right"}:
            yield f"trap: its parts are {list(trap)}"
        yield from (f"trap: {fault}" for fault in _elsewhere(trap["quote"], trap["lines"], lines))


def _faults_of_item(item: Mapping[str, Any], lines: list[str]) -> Iterator[str]:
    if list(item) != ["status", "lines", "quote", "note"] or item["status"] not in STATUSES:
        yield "is not a status with lines, quote and note"
        return
    if item["status"] in SAID:
        if not item["quote"]:
            yield "is said without a quote"
        yield from _elsewhere(item["quote"], item["lines"], lines)
    elif item["quote"]:
        yield f"has a quote although it is {item['status']}"
    elif item["status"] == "NA" and item["lines"]:
        yield "has lines although it is NA"
    yield from _not_there("item", item["lines"], lines)


def _faults_of_facts(told: Mapping[str, Any], lines: list[str]) -> Iterator[str]:
    facts, items = told["facts"], told["items"]
    if list(facts) != FACTS:
        yield "its facts are not all facts in their order"
        return
    if facts["transfers"] not in ("outside-uk", "none", "silent"):
        yield f"transfers: {facts['transfers']!r}"
    if told["kind"] != "not-a-notice":
        said = {right for key, right in RIGHTS.items() if items[key]["status"] in SAID}
        if said != set(facts["rights"]) - {"automated-decisions"}:
            yield f"rights: the items say {sorted(said)}, the facts {sorted(facts['rights'])}"
        if bool(facts["special_categories"]) and items["special-category-data"]["status"] not in SAID:
            yield "special_categories: given, but the item is not said"
    if not set(facts["special_categories"]) <= set(SPECIAL):
        yield f"special_categories: {facts['special_categories']}"
    for row in facts["retention"]:
        if set(row) != ROW:
            yield f"retention: its parts are {list(row)}"
        if (row["amount"] is None) != (row["unit"] is None):
            yield f"retention: {row['covers']!r} has an amount or a unit alone"
        if row["unit"] not in (None, "days", "weeks", "months", "years"):
            yield f"retention: unit {row['unit']!r}"
        yield from _not_there("retention", row["lines"], lines)
    date = facts["notice_date"]
    if date is not None and not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", date):
        yield f"notice_date: {date!r}"
    whole = "".join(lines)
    for fact in ("controllers", "processors", "stale_law", "stale_body"):
        for name in facts[fact]:
            if tight(name) not in whole:
                yield f"{fact}: {name!r} is not in the text"


def _elsewhere(quote: str, places: list[int], lines: list[str]) -> Iterator[str]:
    if len(quote.split()) > WORDS_OF_A_QUOTE:
        yield f"the quote {quote!r} is long"
    said = "".join(lines[place - 1] for place in sorted(places) if 0 < place <= len(lines))
    if tight(quote) not in said:
        yield f"{quote!r} is not in the lines {places}"


def _not_there(what: str, places: list[int], lines: list[str]) -> Iterator[str]:
    for place in places:
        if not 0 < place <= len(lines):
            yield f"{what}: there is no line {place}"
    if places != sorted(set(places)):
        yield f"{what}: the lines {places} are not ascending"
