"""The rules and cues of the packs that ship, each of which is a test: their examples are what they promise.

There is a file of tests for each share of them, since tests of one file run in one process.
"""

from __future__ import annotations

from functools import cache

from gdprlint import testing
from tests.library import cases, whole_library

SHARES = {
    "core": ("core", "statistics-code"),
    "uk-gdpr": ("uk-gdpr",),
    "dpa-2018": ("dpa-2018",),
    "mrs-code": ("mrs-code",),
}


def rules_of(share: str) -> list[testing.RuleCase]:
    return cases(*SHARES[share])


@cache
def cues_of(share: str) -> list[testing.CueFile]:
    return testing.cue_files(SHARES[share], whole_library())


def told_of_rule(case: testing.RuleCase) -> list[str]:
    """What is wrong with a rule: examples that fail, conditions that none of them misses or asks."""
    return [str(failure) for failure in testing.check_case(case, whole_library())]


def told_of_cues(file: testing.CueFile) -> list[str]:
    return [str(failure) for failure in testing.check_cues(file, whole_library())]
