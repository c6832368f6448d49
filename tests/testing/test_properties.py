"""Properties of packs: what they hold, and what they show where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from gdprlint.api import Activity, Context, Draft, rule
from gdprlint.language.parser import parse_whole
from gdprlint.rules.packs import Library, load
from gdprlint.testing import folders, no_rule_raises, silent_on_good_examples_of_other_packs
from gdprlint.testing.properties import least
from gdprlint.testing.strategies import Written, careless, files, records, register_by, registers
from gdprlint.values import evolve

FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@rule("ACME900", "counts-wrong", cites=["uk-gdpr 5(2)"], pack="core")
def counts_wrong(activity: Activity, ctx: Context) -> Iterator[Draft]:
    """Divides by the number of purposes."""
    if 1 / (1 - len(ctx.field(activity, "purpose").members)) < 0:
        yield ctx.finding(activity, "there are many")


@pytest.fixture
def with_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule above is one of the core pack."""
    core = next(pack for pack in load().packs if pack.name == "core")

    def loaded(local: Iterable[str] = ()) -> Library:
        return evolve(Library((core,)), python=(counts_wrong,))

    monkeypatch.setattr(folders, "load", loaded)


@pytest.mark.usefixtures("with_rule")
def test_a_rule_that_raises_is_shown_with_the_smallest_register() -> None:
    with pytest.raises(AssertionError) as raised:
        no_rule_raises("core")

    said = str(raised.value)
    assert said.startswith("rule ACME900 counts-wrong broke on `activity-")
    assert said.count("\n  ") <= 3, "it is a small register"
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


def test_what_is_left_of_a_text_that_fails_is_what_it_fails_by() -> None:
    texts = {"a": "one\ntwo\nthree\n", "b": "four\n", "c": "".join(f"{number}\n" for number in range(40))}

    def fails(given: dict[str, str]) -> bool:
        return "two\n" in given.get("a", "") and {"7\n", "31\n"} <= set(given.get("c", "").splitlines(keepends=True))

    assert least(texts, fails) == {"a": "two\n", "c": "7\n31\n"}


def test_a_sound_pack_raises_nothing(repository: Path) -> None:
    no_rule_raises(str(repository / "src" / "acme"), examples=10)


def test_a_rule_that_reports_good_examples_of_others_is_shown_with_them(repository: Path) -> None:
    acme = str(repository / "src" / "acme")
    with pytest.raises(AssertionError) as raised:
        silent_on_good_examples_of_other_packs(acme)

    assert str(raised.value).startswith("acme reports 2 good examples of other packs\n\n")
    assert "error[test]: REC125 `good` gives ACME001: study keeps answers for longer than two years" in str(
        raised.value
    )
    silent_on_good_examples_of_other_packs(acme, unless=["ACME001"])


@FEW
@given(registers())
def test_registers_have_no_fault(written: Written) -> None:
    assert written.read().findings == []


def test_a_seeded_hand_writes_the_same_register_again() -> None:
    assert register_by(Random(7)) == register_by(Random(7))
    assert register_by(Random(7)) != register_by(Random(8))


@FEW
@given(files(), records())
def test_sentences_can_be_laid_out_by_careless_hands(tree: object, record: object) -> None:
    from gdprlint.language.printer import format_tree

    for node in (tree, record):
        text, comments = careless(format_tree(node, ""), 1)  # type: ignore[arg-type]  # both are files
        assert [comment.text for comment in parse_whole(text).comments] == comments
