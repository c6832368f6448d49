"""The examples of every rule of the UK GDPR pack, and the sentences of its cues."""

from __future__ import annotations

import pytest

from gdprlint import testing
from tests.packs.shipped import cues_of, rules_of, told_of_cues, told_of_rule

RULES = rules_of("uk-gdpr")
CUES = cues_of("uk-gdpr")


@pytest.mark.parametrize("case", RULES, ids=[case.node.code.text for case in RULES])
def test_the_examples_of_a_rule_hold_and_notice_every_condition(case: testing.RuleCase) -> None:
    assert told_of_rule(case) == []


@pytest.mark.parametrize("file", CUES, ids=[file.source.path for file in CUES])
def test_the_sentences_of_cues_are_heard_as_they_say(file: testing.CueFile) -> None:
    assert told_of_cues(file) == []
