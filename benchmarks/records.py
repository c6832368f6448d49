"""Registers made for measuring: seeded, of any size, clean but for what is planted in them.

Every activity has about 500 bytes. Between them the activities use every verb, kind, joining word
and kind of value of the language. In some a fault is planted that one rule must find; `write`
tells how many of each, so that a run can be checked and not only timed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

PLANTED_PER_HUNDRED = 3  # some 300 faults in 10,000 activities

NAMES = """\
use uk-gdpr, dpa-2018

record register of institute under uk-gdpr 30(1) by officer on 2026-03-01 every 12 months {
  contact       email "privacy@example.org" for queries, rights
}

organisation institute "Institute of Public Studies" is public authority in GB {
  dpo           email "dpo@example.org", post "1 Example Street, London"
  contact       email "studies@example.org", phone "01632 960000" for queries
}
organisation ico       "Information Commission" is regulator in GB also "the ICO"
organisations schools  "Schools that take part" is school in GB including first-school
organisation first-school "First School" is school in GB
team officer           "Head of Surveys" of institute
team researchers       "Researchers" of institute
people participants    "People who take part" are adults from 18 years
"""
OWN_NAMES = """\
organisation printer-{f} "Printer {f} Ltd" is company in GB
event publication-{f} "Report {f} is published" by institute on 2026-12-01
document dpia-{f} "Impact assessment {f}" is dpia of study-{f}-0 by officer on 2026-01-12 every 12 months
"""
DATA = """\
data contacts-{f}-{i} of participants is name, email address, telephone number
data answers-{f}-{i} of participants as pseudonymised is survey answers, never direct identifiers
"""
DATA_SHARED_BY = 4  # activities that handle the same data
ACTIVITY = """\
activity study-{f}-{i} "Study {f}/{i} of {topic}" by officer from 2026-03-01 until 2026-12-31 {{
  controller    institute
  purpose       statistics "{topic} in {place}" under 84B(1)(a)
  lawful basis  public task of institute under "Statistics and Registration Service Act 2007"
  collects      contacts-{f}-{d}, answers-{f}-{d} from participants
  informs       participants by letter
{extra}\
  keeps         contacts-{f}-{d}, answers-{f}-{d} for {months} months after publication-{f} then delete
  harm          none
  security      pseudonymisation, access control, data minimisation
}}
"""
TOPICS = ("sleep", "housing", "work", "travel", "school meals", "reading", "sport", "care", "energy use", "parks")
PLACES = ("England", "Wales", "Scotland", "two counties", "six towns")

# Clauses that go round, so that all of the language is there. No rule reports any of them.
EXTRAS = (
    "  processor     printer-{f} for institute under contract, \"the eight terms of Article 28(3)\"\n"
    "  discloses     contacts-{f}-{d} to printer-{f} for print, mail\n",
    "  opens         answers-{f}-{d} to researchers for analysis under secure access\n",
    "  never identifies participants in answers-{f}-{d} to schools\n",
    "  rights        access, rectification, objection of contacts-{f}-{d} within 1 month\n",
    "  complaints    to institute by email, phone within 30 days then acknowledge\n",
    "  complaints    to ico because \"people may always go there\"\n",
    "  transfers     none outside UK\n",
    "  sends         reminders to participants by letter every 2 weeks\n",
    "  requests      free to institute by email within 1 month\n",
    "  reviewed      by officer on 2026-02-01 every 6 months\n",
    "  separates     contacts-{f}-{d} from answers-{f}-{d} by \"a key kept apart\"\n",
    "  never links   answers-{f}-{d} to contacts-{f}-{d} unless \"someone withdraws\"\n",
    "  withdrawal    of answers-{f}-{d} to institute by email before 2026-11-01 then delete\n",
    "  automated decisions none\n  individual decisions none\n",
    "  incentive     voucher for \"an hour of time\" to participants when requested\n",
    "  asks          participants to \"tell us of a new address\"\n",
)  # fmt: skip


def _without(line: str) -> Callable[[str], str]:
    """The activity without the lines that begin with this verb."""

    def change(text: str) -> str:
        return "".join(one for one in text.splitlines(keepends=True) if not one.startswith(f"  {line} "))

    return change


def _changed(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def _cut(start: str) -> Callable[[str], str]:
    """The activity without these words and the one that they run into."""

    def change(text: str) -> str:
        at = text.index(start)
        return text[:at] + text[text.index(" ", at + len(start)) :]

    return change


# What is planted, by the code of the rule that must find it, once an activity.
FAULTS: dict[str, Callable[[str], str]] = {
    "UK601": _without("lawful basis"),
    "UK501": _without("purpose"),
    "REC001": _changed("controller    institute", "controller    institude"),
    "syntax": _changed("  harm          none", "  harms         none"),
    "UK604": _changed(' under "Statistics and Registration Service Act 2007"', ""),
    "REC105": _cut(" after publication-"),
}


def write(folder: Path, files: int, per_file: int, seed: int = 20261121) -> dict[str, int]:
    """Write a register of `files` files with `per_file` activities each; how many faults of each rule were planted."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gdprlint.toml").write_text("# a register made for measuring\n", "utf-8")
    (folder / "names.gdpr").write_text(NAMES, "utf-8")
    chance = random.Random(seed)
    planted: dict[str, int] = {}
    for number in range(files):
        parts = [OWN_NAMES.format(f=number)]
        months = chance.randrange(2, 36)
        for index in range(per_file):
            data = index // DATA_SHARED_BY
            if index % DATA_SHARED_BY == 0:
                parts.append(DATA.format(f=number, i=data))
            text = ACTIVITY.format(
                f=number,
                i=index,
                d=data,
                topic=chance.choice(TOPICS),
                place=chance.choice(PLACES),
                months=months,
                extra=EXTRAS[index % len(EXTRAS)].format(f=number, d=data),
            )
            if chance.randrange(100) < PLANTED_PER_HUNDRED:
                code = chance.choice(sorted(FAULTS))
                planted[code] = planted.get(code, 0) + 1
                text = FAULTS[code](text)
            parts.append(text)
        (folder / f"studies-{number:03}.gdpr").write_text("\n".join(parts), "utf-8")
    return dict(sorted(planted.items()))
