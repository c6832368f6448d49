"""What the pieces of a text look like: what the parser and the short cut through plain records both go by.

Nothing here knows what may follow what.
"""

from __future__ import annotations

import re
from functools import cache

from gdprlint.language.tree import Comment

MAX_DEPTH = 60  # blocks within blocks

# In the order in which they are tried.
LEXEMES = {
    "WORD": r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*",
    "SPACE": r"[ \t]+",
    "NL": r"(?:\r?\n[ \t]*(?:\#[^\n]*)?)+",
    "STRING": r'"(?:[^"\\\n]++|\\.)*+"',
    "PUNCTUATION": r"[,{}\[\].()]",
    "COMPARISON": r"[<>]=?|=",
    "DATE": r"\d{4}-\d{2}-\d{2}(?![\w-])",
    "DURATION": r"\d{1,6} (?:minute|hour|day|week|month|year)s?(?![\w-])",
    "ARTICLE": r"\d{1,4}[A-Z]{0,3}(?:\([0-9A-Za-z]{1,5}\))+|\d{1,4}[A-Z]{1,3}(?![\w-])",
    "RANGE": r"\d{1,7}-\d{1,7}(?![\w-])",
    "NUMBER": r"\d{1,9}(?![\w-])",
    "COMMENT": r"\#[^\n]*",
}
# Words of a provision, each with its terminal and what must stand behind it on the same line for it to be one.
LOOK = {
    "section": ("SECTION", r"[ \t]+\d"),
    "regulation": ("SECTION", r"[ \t]+\d"),
    "recital": ("SECTION", r"[ \t]+\d"),
    "schedule": ("SCHEDULE", r"[ \t]+([A-Z]{1,2})?\d"),
    "annex": ("SCHEDULE", r"[ \t]+([A-Z]{1,2})?\d"),
    "part": ("PART", r"[ \t]+\d"),
    "paragraph": ("PARA", r"[ \t]+\d"),
}


@cache
def behind(word: str) -> re.Pattern[str]:
    """What must stand behind this word of a provision."""
    return re.compile(LOOK[word][1])


def comments_in(line_break: str, start: int) -> list[Comment]:
    """The comments in a break between lines."""
    return [
        Comment(found.group().rstrip(), start + found.start(), start + found.end())
        for found in re.finditer(r"#[^\n]*", line_break)
    ]


def unquoted(text: str) -> str:
    """What a string in quotes says."""
    inner = text[1:-1]
    return re.sub(r"(?s)\\(.)", r"\1", inner) if "\\" in inner else inner
