"""Texts with something put in, left out or moved, as editors and people leave them now and then."""

from __future__ import annotations

from random import Random

SCRAPS = (
    *("possibly ", "never ", "none ", "blank ", "or ", "only ", ", ", '"x" ', '"', "{", "}", "[1]", "[", "]"),
    *("\n", "\n  ", "\t", "\r\n", " ", "\n\n", "# c\n", "#", "of ", "at ", "as ", "is ", "after ", "every "),
    *("12 ", "9(2) ", "7A ", "3-4 ", "3 months ", "2026-01-01 ", "part 1 ", "schedule 1 ", "schedule A1 "),
    *("section 2 ", "annex 1 ", "paragraph 4 ", "at most 2 days ", "after x ", 'after "x" ', "consent "),
    *("term ", "keeps ", "lawful basis ", "lawful ", "joint controllers ", "refers to ", "use ", "and "),
    *(" as soon as possible ", "at any time ", "whichever is later ", "possibly never ", "indefinitely "),
    *("rule R r {", "activity a {", "data d ", "\ndata d ", "é", "\\", "-", "(", ".", "title "),
)


def damaged(text: str, hand: Random) -> str:
    """The text with something put in, left out or moved."""
    at = hand.randrange(len(text) + 1)
    match hand.randrange(5):
        case 0 | 1 | 2:
            return text[:at] + hand.choice(SCRAPS) + text[at:]
        case 3:
            return text[:at] + text[at + hand.randrange(1, 12) :]
    there = hand.randrange(len(text) + 1)
    return text[:at] + text[there : there + hand.randrange(1, 30)] + text[at:]
