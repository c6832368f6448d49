"""The pages of docs/rules: one for each rule that ships, and two indexes. They are made from the rules alone.

`python -m tests.docs.rule_pages` writes them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gdprlint.cli.rule import markdown, page_of
from gdprlint.model.provisions import Provision
from gdprlint.reporters.citations import INSTRUMENTS, spoken
from gdprlint.rules import packs
from gdprlint.rules.packs import Library, code_key
from gdprlint.rules.rule import Rule

HERE = Path(__file__).parents[2] / "docs" / "rules"
SHIPPED = ("core", "uk-gdpr", "dpa-2018", "mrs-code", "statistics-code")
MADE = "<!-- Made from the rules by `python -m tests.docs.rule_pages`. -->\n\n"


@cache
def library() -> Library:
    return packs.load()


@cache
def shipped() -> tuple[Rule, ...]:
    return tuple(sorted((r for r in library().rules if r.pack in SHIPPED), key=lambda r: code_key(r.code)))


def pages() -> dict[str, str]:
    """Every page by its name."""
    found = {f"{rule.code}.md": MADE + markdown(page_of(rule, library())) for rule in shipped()}
    return {**found, "README.md": MADE + by_topic(), "by-article.md": MADE + by_article()}


def by_topic() -> str:
    lines = ["# Rules by topic", "", f"{len(shipped())} rules. [By article](by-article.md)."]
    for pack in SHIPPED:
        rules = [rule for rule in shipped() if rule.pack == pack]
        lines += ["", f"## {pack} ({len(rules)})"]
        for topic in sorted({rule.topic for rule in rules}):
            lines += ["", f"### {topic}", "", "| code | says | severity |", "|---|---|---|"]
            lines += [
                f"| [{rule.code}]({rule.code}.md) | {rule.title} | {rule.severity.word} |"
                for rule in rules
                if rule.topic == topic
            ]
    return "\n".join(lines) + "\n"


def by_article() -> str:
    """The provisions that rules cite, in the order of their instruments."""
    cited: dict[str, list[Rule]] = {}
    for rule in shipped():
        for cite in dict.fromkeys((*rule.cites, *(cite for window in rule.windows for cite in window.cites))):
            cited.setdefault(cite, []).append(rule)
    lines = ["# Rules by article", "", "[By topic](README.md)."]
    law = ""
    for cite in sorted(cited, key=_place):
        instrument = cite.partition(" ")[0]
        if instrument != law:
            law = instrument
            lines += ["", f"## {INSTRUMENTS.get(law, (law,))[0]}", "", "| provision | rules |", "|---|---|"]
        links = ", ".join(f"[{rule.code}]({rule.code}.md)" for rule in cited[cite])
        lines.append(f"| {spoken(cite)} | {links} |")
    return "\n".join(lines) + "\n"


def _place(cite: str) -> tuple[str, list[tuple[int, str]]]:
    try:
        law = Provision.parse(cite).law
    except ValueError:
        law = cite.partition(" ")[0]
    return law, list(_numbers(cite.partition(" ")[2]))


def _numbers(text: str) -> Iterator[tuple[int, str]]:
    for number, letters in re.findall(r"(\d+)|([a-zA-Z]+)", text):
        yield (int(number), "") if number else (0, letters)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    made = pages()
    for old in HERE.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (HERE / name).write_text(text, "utf-8")
