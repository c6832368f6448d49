"""The words that made up sentences are put together from: those of the grammar, and names that try its borders."""

from __future__ import annotations

import re

from gdprlint.language.tables import GRAMMAR as GRAMMAR_FILE

GRAMMAR = GRAMMAR_FILE.read_text("utf-8")


def alternatives(rule: str) -> tuple[str, ...]:
    """The phrases that the grammar lists for this rule."""
    found = re.search(rf"^!{rule}\s*:(.*(?:\n\s+\|.*)*)", GRAMMAR, re.MULTILINE)
    assert found is not None
    return tuple(" ".join(re.findall(r'"([^"]+)"', phrase)) for phrase in found.group(1).split("|"))


KINDS, VERBS, JOINTS, LONES = map(alternatives, ("kind", "verb", "joint", "lone"))
ADVERBS, QUANTITIES = alternatives("adverb"), alternatives("quantity")
BOUNDS = ("at most", "at least")
UNITS = ("minute", "hour", "day", "week", "month", "year")
THINGS = ("word", "quote", "date", "amount", "provision", "none", "blank")
COMPARISONS = ("<", "<=", ">", ">=", "=")
PROSE = ("title", "why", "says", "help")

SPACEABLE = ("email-address", "special-category-data", "survey-answers", "Follow-Up", "health-data")
PLAIN = (
    "ons",
    "research",
    "health",
    "GB",
    "x2",
    "all",
    "a-b-c",
    "art30-1",
    "section",
    "part",
    "annexes",
    "only-child",
    "none-of-these",
    "racial-or-ethnic-origin",
)
TOPICS = (
    "keeps",
    "lawful-basis",
    "rights",
    "data",
    "organisation",
    "refers",
    "title",
    "good",
    "stage",
    "severity",
)
INSTRUMENTS = ("uk-gdpr", "eu-gdpr", "dpa-2018", "pecr")
FIELDS = (
    "keeps",
    "lawful-basis",
    "never-links",
    "for",
    "to",
    "under",
    "of",
    "is",
    "every",
    "data",
    "x",
    "not",
    "also",
)
VARIABLES = (
    "activity",
    "data",
    "k",
    "d",
    "health-need",
    "p2",
    "title",
    "for-all",
    "recipients",
)
PARTS = (("Z", "q", "K9", "zu", "Oof", "qq7"), ("", "1", "x", "-2", "-b"), ("", "", "-Y", "-0a"))
TEXTS = (
    "Office for National Statistics",
    'the "end"',
    "# no comment",
    "keeps x { y }",
    "C:\\temp",
    "\\",
    '"',
    " ",
    "",
    "die Prüfung, später",
    "a  b",
    "whatever the person has told somebody who wrote it down and kept it for years",
)
PATTERNS = ('"^[a-z]+$"', '""', '"\\\\d `code` \\" end"', '"# {"')
PROSE_PIECES = (
    "the law",
    '`keeps x until "y"`',
    "`",
    "  ",
    "\\",
    "a\tb",
    '"so"',
    "{activity}",
    "\r",
    "`a # b`",
    "Unterlagen",
    "# {",
)
