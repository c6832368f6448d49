"""Every clause that can be written is compared, or it is listed why not; every provision named is one."""

from __future__ import annotations

import pytest

from gdprlint.comparing.topics import (
    DECLARED,
    NOT_COMPARED,
    NOT_COMPARED_KINDS,
    NOT_COMPARED_TAILS,
    TOPICS,
    VERBS_COMPARED,
)
from gdprlint.diagnostics import KINDS_OF_CHANGE
from gdprlint.model.provisions import Provision
from gdprlint.model.states import Extent
from gdprlint.model.table import DECLARATIONS, VERBS


def test_every_verb_is_compared_or_listed_with_a_reason() -> None:
    assert {*VERBS_COMPARED, *NOT_COMPARED} == set(VERBS)
    assert not set(VERBS_COMPARED) & set(NOT_COMPARED)


def test_every_kind_of_declaration_is_compared_or_listed_with_a_reason() -> None:
    assert {*DECLARED, *NOT_COMPARED_KINDS} == set(DECLARATIONS)


def test_every_tail_that_is_named_is_one_of_its_clause() -> None:
    for verb, compared in VERBS_COMPARED.items():
        named = {*compared.tails, *compared.keys, *([compared.each] if compared.each else [])}
        assert named <= set(VERBS[verb].tails), verb
    for kind, (_, tails) in DECLARED.items():
        assert set(tails) <= set(DECLARATIONS[kind]), kind
    assert all(joint in DECLARATIONS[kind] for kind, joint in NOT_COMPARED_TAILS)


def test_every_topic_that_is_named_has_a_provision_and_a_meaning() -> None:
    named = {topic for compared in VERBS_COMPARED.values() for topic in (compared.topic, *compared.tails.values())}
    named |= {topic for default, tails in DECLARED.values() for topic in (default, *tails.values())}

    assert named <= set(TOPICS)
    assert all(topic.provisions and topic.meaning("") for topic in TOPICS.values())


@pytest.mark.parametrize("name", TOPICS)
def test_every_provision_of_a_topic_can_be_read(name: str) -> None:
    for text in TOPICS[name].provisions:
        assert str(Provision.parse(text)) == text


def test_every_kind_with_a_meaning_of_its_own_is_a_kind_of_change() -> None:
    assert {kind for topic in TOPICS.values() for kind in topic.means} <= {"", *KINDS_OF_CHANGE}


def test_every_extent_that_obliges_is_one() -> None:
    extents = {extent.value for extent in Extent}

    assert all(set(compared.obliges) <= extents for compared in VERBS_COMPARED.values())
