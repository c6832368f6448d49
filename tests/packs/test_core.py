"""The examples of every rule of the core pack and that of official statistics; neither has cues."""

from __future__ import annotations

import pytest

from gdprlint import testing
from tests.packs.shipped import rules_of, told_of_rule

RULES = rules_of("core")


@pytest.mark.parametrize("case", RULES, ids=[case.node.code.text for case in RULES])
def test_the_examples_of_a_rule_hold_and_notice_every_condition(case: testing.RuleCase) -> None:
    assert told_of_rule(case) == []
