"""Names of lawful bases that stand alone after a mark: `to let you in: contract`, `(legal obligation)`.

What a word like `contract` says in a sentence is for cues; alone behind a colon, dash or bracket it answers why data
are used. It knows words and marks, and no item of a notice.
"""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value, between, words_in

_NAMES = {
    ("consent",): "a", ("contract",): "b", ("contractual", "necessity"): "b", ("contracts",): "b",
    ("legal", "obligation"): "c", ("legal", "obligations"): "c", ("legal", "duty"): "c", ("statutory", "duty"): "c",
    ("vital", "interests"): "d", ("vital", "interest"): "d",
    ("public", "task"): "e", ("public", "interest"): "e", ("official", "authority"): "e",
    ("legitimate", "interests"): "f", ("legitimate", "interest"): "f",
}  # fmt: skip
# What may stand beside the names without saying more.
_BESIDE = words_in(
    "our the your a an and or again too also with you us of ours necessary for performance as above basis"
)
_MARKS = ":(\u2013\u2014|"
_LONGEST = 8  # words that may stand behind the mark
_SHORTEST = 4  # words that must stand before it, so that something is said to rest on the basis


def grounds(passage: Passage, words: list[str]) -> Iterator[Value]:
    """The bases whose names are all that follows a mark, to the end of the passage or of a bracket."""
    if passage.kind == "heading":
        return
    for at in range(max(passage.own + _SHORTEST, 1), len(words)):
        mark = between(passage, at)
        if any(sign in mark for sign in _MARKS) or " - " in mark:
            yield from _named(passage, words, at, "(" in mark)


def _named(passage: Passage, words: list[str], first: int, bracket: bool) -> Iterator[Value]:
    found: list[Value] = []
    at = first
    while at < len(words) and at - first < _LONGEST:
        if bracket and at > first and ")" in between(passage, at):
            break
        for length in (2, 1) if at + 1 < len(words) else (1,):
            letter = _NAMES.get(tuple(words[at : at + length]))
            if letter and words[at - 1] != "explicit":
                found.append(Value("ground", at, at + length, f"6(1)({letter})"))
                at += length
                break
        else:
            if words[at] not in _BESIDE:
                return
            at += 1
    if found and (at >= len(words) or bracket):
        yield from found
