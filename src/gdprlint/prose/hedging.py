"""Whether a sentence says only that something may be: `we may share your data with Acme Ltd`.

What an item of a notice amounts to is not changed by that: who may get data has been told. That it is left open whether
they do is for the draft. Where a sentence says when, or speaks of what the reader may do, nothing is left open. A
sentence that points at another text tells a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gdprlint.prose.hearing import Evidence

_MODAL = ("may", "might", "possibly", "perhaps")
_READER = ("you", "i", "they", "people", "participants", "anyone")
_OPEN = re.compile(r"\byou (may|might) (be able to|get|receive|have (this|the|a) right)\b")
# What tells when: then it is no hedge.
_WHEN = re.compile(
    r"\b(if|when|whenever|where|wherever|unless|once|should you|in case|in the event|during|while|as long as|only|"
    r"necessary|required|need|needed|depending|for example|such as|court|sometimes|occasionally|from time to time|"
    r"some|certain|other|others|include|including)\b"
)
_NEAR = 12  # words between the modal and what was heard
_POINTS = re.compile(r"(?i)(please )?(see|read|refer to|look at) .* for ")


def adverb_of(one: Evidence) -> str:
    """The adverb of a clause that rests on what was heard, with a space behind it."""
    return "possibly " if one.outcome == "partial" or is_hedged(one) else ""


def are_hedged(evidence: Iterable[Evidence]) -> bool:
    """Whether all that is said most plainly is said to be possible, and something is."""
    found = list(evidence)
    plain = [one for one in found if one.outcome == "stated"] or found
    return bool(plain) and all(map(is_hedged, plain))


def is_hedged(one: Evidence) -> bool:
    """Whether what was heard is said to be possible, and no more."""
    words = [word.text for word in one.passage.words]
    own = one.passage.own
    said = " ".join(words[own:])
    if _WHEN.search(said):
        return False
    return bool(_OPEN.search(said)) or any(
        words[at] in _MODAL and words[at + 1 : at + 2] != ["not"] and (at == own or words[at - 1] not in _READER)
        for at in range(max(own, one.first - _NEAR), min(one.last, len(words)))
    )


def points_on(one: Evidence) -> bool:
    """Whether the sentence sends its reader to another text: `See our register for transfers abroad`."""
    passage = one.passage
    said = passage.said(passage.own, len(passage.words))
    return not one.facts and passage.kind == "paragraph" and _POINTS.match(said) is not None
