"""Registers made for measuring: seeded, of any size, clean but for what is planted in them.

A record is an activity of about 500 bytes. Between them the activities use every verb, kind, joining word
and kind of value of the language. In some a fault is planted that one rule must find; `write`
tells how many of each, so that a run can be checked and not only timed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

PLANTED_PER_HUNDRED = 15  # programmes: some 300 faults in 10,000 activities

NAMES = """\
use uk-gdpr, dpa-2018

record register of institute under uk-gdpr 30(1) by officer on 2026-03-01 every 12 months {
  contact       email "privacy@example.org" for queries, rights
}

organisation institute "Institute of Public Studies" is public authority in GB {
  dpo           email "dpo@example.org", post "1 Example Street, London" to public, ico
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
document dpia-{f} "Impact assessment {f}" is dpia of programme-{f}-0 by officer on 2026-01-12 every 12 months
"""
# Five activities: what a programme says holds for the four studies within it.
STUDIES = 4
PROGRAMME = """\
data contacts-{f}-{p} of participants is name, email address, telephone number
data answers-{f}-{p} of participants as pseudonymised is survey answers, never direct identifiers

activity programme-{f}-{p} "Programme {f}/{p} on {topic}" by officer from 2026-03-01 until 2026-12-31 {{
  controller    institute
  lawful basis  public task of institute under "Statistics and Registration Service Act 2007"
  informs       participants by letter
  rights        access, rectification, objection within 1 month
  complaints    to institute by email, phone within 30 days
  complaints    to ico because "people may always go there"
  transfers     none outside UK
  harm          none
  security      pseudonymisation, access control, data minimisation, breach procedure
{studies}}}
"""
STUDY = """\

  activity study-{f}-{p}-{i} "Study {i} of {topic} in {place}" {{
    purpose       statistics "{topic} in {place}" under 84B(1)(a)
    collects      contacts-{f}-{p}, answers-{f}-{p} from participants
{extra}\
    keeps         contacts-{f}-{p}, answers-{f}-{p} for {months} months after publication-{f} then delete
  }}
"""
TOPICS = ("sleep", "housing", "work", "travel", "school meals", "reading", "sport", "care", "energy use", "parks")
PLACES = ("England", "Wales", "Scotland", "two counties", "six towns")

# Clauses that go round, so that all of the language is there. No rule reports any of them.
EXTRAS = (
    '    processor     printer-{f} for institute under contract, "the eight terms of Article 28(3)"\n'
    "    discloses     contacts-{f}-{p} to printer-{f} for print, mail\n",
    "    opens         answers-{f}-{p} to researchers for analysis under secure access\n",
    "    never identifies participants in answers-{f}-{p} to schools\n",
    "    sends         reminders to participants by letter every 2 weeks\n",
    "    requests      free to institute by email within 1 month\n",
    "    reviewed      by officer on 2026-08-01 every 6 months\n",
    '    separates     contacts-{f}-{p} from answers-{f}-{p} by "a key kept apart"\n',
    '    never links   answers-{f}-{p} to contacts-{f}-{p} unless "someone withdraws"\n',
    "    withdrawal    of answers-{f}-{p} to institute by email before 2026-11-01 then delete\n",
    "    automated decisions none\n    individual decisions none\n",
    '    incentive     voucher for "an hour of time" to participants when requested\n',
    '    asks          participants to "tell us of a new address"\n'
    "    lasts         40 minutes for interviewing\n    costs         none\n",
)


def _without(line: str) -> Callable[[str], str]:
    """The activity without the lines that begin with this verb."""

    def change(text: str) -> str:
        return "".join(one for one in text.splitlines(keepends=True) if not one.lstrip().startswith(f"{line} "))

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
    "REC001": _changed("controller    institute", "controller    institude"),
    "syntax": _changed("  harm          none", "  harms         none"),
    "UK604": _changed(' under "Statistics and Registration Service Act 2007"', ""),
    "REC105": _cut(" after publication-"),
}


def write(folder: Path, files: int, per_file: int, seed: int = 20261121) -> dict[str, int]:
    """Write a register of `files` files with `per_file` activities each (a multiple of five).

    Returns how many faults were planted, by the code of the rule that must find each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gdprlint.toml").write_text("# a register made for measuring\n", "utf-8")
    (folder / "names.gdpr").write_text(NAMES, "utf-8")
    chance = random.Random(seed)
    planted: dict[str, int] = {}
    for number in range(files):
        parts = [OWN_NAMES.format(f=number)]
        for programme in range(per_file // (STUDIES + 1)):
            text = _programme(number, programme, chance)
            if chance.randrange(100) < PLANTED_PER_HUNDRED:
                code = chance.choice(sorted(FAULTS))
                planted[code] = planted.get(code, 0) + 1
                text = FAULTS[code](text)
            parts.append(text)
        (folder / f"studies-{number:03}.gdpr").write_text("\n".join(parts), "utf-8")
    return dict(sorted(planted.items()))


def _programme(number: int, programme: int, chance: random.Random) -> str:
    names = {"f": number, "p": programme, "topic": chance.choice(TOPICS), "months": chance.randrange(2, 36)}
    studies = []
    for index in range(STUDIES):
        extra = EXTRAS[(programme * STUDIES + index) % len(EXTRAS)].format(**names)
        if "discloses" not in extra:
            extra += "    discloses     none\n"
        studies.append(STUDY.format(**names, i=index, place=chance.choice(PLACES), extra=extra))
    return PROGRAMME.format(**names, studies="".join(studies))
