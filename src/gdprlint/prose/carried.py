"""What a sentence says of somebody whom the one before it named: `Our officer is Jane Doe. You can reach her at …`.

Cues hear one passage at a time. This module joins two neighbours of one paragraph, for the one item for which
that matters: the data protection officer is named first, and how to reach them comes after.
"""

from __future__ import annotations

from collections.abc import Sequence

from gdprlint.prose.hearing import Evidence, Fact
from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise import recognised

_WAYS = ("email", "phone", "address")
_OTHERS = frozenset(("we", "us", "our", "ico", "commission", "commissioner", "regulator", "authority"))


def with_officer(evidence: Sequence[Evidence], passages: Sequence[Passage]) -> list[Evidence]:
    """The evidence, and with it how to reach an officer whom the sentence before has named."""
    found = list(evidence)
    done: set[int] = set()
    for one in evidence:
        after = one.passage.number + 1
        if "dpo-contact" not in one.cue.items or one.outcome != "partial" or after >= len(passages) or after in done:
            continue
        following = passages[after]
        if following.paragraph != one.passage.paragraph or {word.text for word in following.words} & _OTHERS:
            continue
        ways = [value for value in recognised(following, {}) if value.kind in _WAYS]
        if ways:
            done.add(after)
            facts = tuple(Fact("dpo-contacts", value.text, value.first, value.last) for value in ways)
            found.append(Evidence(one.cue, "stated", following, ways[0].first, ways[-1].last, facts, tuple(ways)))
    return found
