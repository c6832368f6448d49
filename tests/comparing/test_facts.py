"""A clause is as many facts as it names things, and never many more than it has words."""

from __future__ import annotations

import pytest

from gdprlint.comparing.facts import Fact, facts_of
from gdprlint.comparing.senses import Meaning
from tests.comparing.changing import register_of


def facts(text: str, cast: str = "") -> list[Fact]:
    register = register_of("a.gdpr", f"{cast}activity study {{\n  {text}\n}}\n")
    study = register.names.things["study"]
    meaning = Meaning(register.names.vocabulary, {}, {})
    return [fact for listed in facts_of(study, meaning).values() for fact in listed]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("rights access, erasure", 2),
        ("lawful basis contract or consent", 1),
        ("transfers none", 1),
        ("complaints within 30 days", 1),
        ('discloses name, health to "a", "b", "c"', 6),
        ('discloses name to "a" or "b"', 1),
        ("defines name", 0),
    ],
)
def test_a_clause_is_one_fact_for_each_thing_it_is_about(text: str, count: int) -> None:
    assert len(facts(text)) == count


def test_equal_facts_have_equal_tokens_however_they_are_written() -> None:
    (one,), (two,) = facts("keeps name for 24 months then delete"), facts("keeps name then delete for 2 years")

    assert one.token == two.token


def test_long_lists_are_not_multiplied() -> None:
    data = ", ".join(f'"data {number}"' for number in range(500))
    bodies = ", ".join(f'"body {number}"' for number in range(500))

    assert len(facts(f"discloses {data} to {bodies}")) == 500
