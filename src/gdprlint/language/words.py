"""The words of records by what they do, for the short cut through plain ones.

The grammar defines them; tests hold these lists to it. What a verb means, and which tails it takes, is not known here.
"""

from __future__ import annotations

from gdprlint.language.lexemes import LOOK

_KINDS = """
organisation organisations team people data event document record notice activity term pack cue wording
"""
KINDS = frozenset(_KINDS.split())
_VERBS = """
controller processor sub-processor representative client sponsor contact dpo employs purpose condition
requires consent permission withdrawal informs collects uses makes links separates identifies keeps opens
discloses transfers sends recontacts rights requests limits complaints asks lasts costs harm security incentive reviewed
readable excerpt defines cites updates dpv fideslang prefix edition
phrases heading beside lookalikes hedges negated takes gives accepts rejects
"""
VERBS = frozenset(_VERBS.split())
TWO_WORDS = {"joint": "controllers", "lawful": "basis", "further": "use", "automated": "decisions",
             "individual": "decisions", "refers": "to", "leaves": "blank"}  # fmt: skip
_JOINTS = """
of to from with by for in outside under as on since until before within while every when unless because then
is are also including without
"""
JOINTS = frozenset(_JOINTS.split())
STOPS = JOINTS | {"indefinitely", "at", "possibly", "whichever", "or", "only"}
LEFT = frozenset({"never", "after", "none", "blank"}) | set(LOOK)  # in the middle of a term: for the parser to say
BEGINNINGS = (
    VERBS | KINDS | STOPS | LEFT | set(TWO_WORDS) | {"use", "rule", "override", "only", "automated", "individual"}
)
