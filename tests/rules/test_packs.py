"""What holds of all packs that ship together. The examples of each rule are tests in `tests/packs`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gdprlint import testing
from gdprlint.model.provisions import Provision
from tests.library import cases, whole_library
from tests.packs import shipped
from tests.packs.shipped import SHARES, cues_of

LIBRARY = whole_library()


def test_a_good_example_gives_no_error_by_any_pack_that_it_does_not_list() -> None:
    assert [str(failure) for failure in testing.goods_by_all(LIBRARY, cases())] == []


def test_every_pack_that_ships_is_tested_by_its_examples() -> None:
    shared = [name for names in SHARES.values() for name in names]
    files = {
        path.stem.removeprefix("test_").replace("_", "-") for path in Path(shipped.__file__).parent.glob("test_*.py")
    }

    assert sorted(shared) == sorted(pack.name for pack in LIBRARY.packs)
    assert files == set(SHARES)
    assert cues_of("core") == [], "test_core.py asks for no cues"


def test_the_packs_load_without_a_fault() -> None:
    assert (LIBRARY.faults, LIBRARY.problems) == ((), ())


def test_a_code_names_one_rule_and_belongs_to_the_pack_that_owns_its_prefix() -> None:
    owners = {prefix: pack.name for pack in LIBRARY.packs for prefix in pack.prefixes}
    assert len({rule.code for rule in LIBRARY.rules}) == len(LIBRARY.rules)
    assert {rule.code for rule in LIBRARY.rules}.isdisjoint(code for rule in LIBRARY.rules for code in rule.aliases)
    assert all(owners[rule.code.rstrip("0123456789")] == rule.pack for rule in LIBRARY.rules)


def test_every_provision_that_a_rule_cites_can_be_read() -> None:
    cited = {cite for rule in LIBRARY.rules for cite in (*rule.cites, *(c for w in rule.windows for c in w.cites))}
    assert all(str(Provision.parse(cite)) == cite for cite in cited)


def test_every_provision_that_a_term_stands_under_can_be_read() -> None:
    for term in LIBRARY.vocabulary.terms.values():
        assert all(str(provision) in term.under for provision in term.provisions), term.key


def test_the_windows_of_a_rule_follow_each_other() -> None:
    for rule in LIBRARY.rules:
        for one, two in zip(rule.windows, rule.windows[1:], strict=False):
            assert (one.until or date.max) < (two.since or date.min), rule.code


def test_no_two_rules_of_a_pack_share_a_title() -> None:
    titles = [(rule.pack, rule.title) for rule in LIBRARY.rules]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []
