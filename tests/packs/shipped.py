"""The rules and cues of the packs that ship, each of which is a test: their examples are what they promise.

There is a file of tests for each share of them, since tests of one file run in one process.
"""

from __future__ import annotations

from functools import cache

from gdprlint import testing
from gdprlint.rules.packs import Library, load

SHARES = {
    "core": ("core", "statistics-code"),
    "uk-gdpr": ("uk-gdpr",),
    "dpa-2018": ("dpa-2018",),
    "mrs-code": ("mrs-code",),
}


@cache
def library() -> Library:
    return load()


@cache
def rules_of(share: str) -> list[testing.RuleCase]:
    return testing.rule_cases(SHARES[share], library())


@cache
def cues_of(share: str) -> list[testing.CueFile]:
    return testing.cue_files(SHARES[share], library())


def told_of_rule(case: testing.RuleCase) -> list[str]:
    """What is wrong with a rule: examples that fail, conditions that none of them misses or asks."""
    return [str(failure) for failure in testing.check_case(case, library())]


def told_of_cues(file: testing.CueFile) -> list[str]:
    return [str(failure) for failure in testing.check_cues(file, library())]
