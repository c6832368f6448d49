"""What a pack may say of others: what it requires, the words and cues that it adds, and where two packs disagree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprlint.api import Activity, Context, Draft
from gdprlint.notices.page import Block, Page
from gdprlint.prose.reading import read_page
from gdprlint.rules.ownership import in_python
from gdprlint.rules.packs import Library, load
from gdprlint.rules.rule import rule
from gdprlint.rules.versions import is_range
from gdprlint.text import Source
from gdprlint.values import evolve
from tests.rules.extending import HOUSE, LAW, RECORD, RULE, faults, found, library


def house(requires: str, rest: str = "") -> str:
    return f"pack house {{\n  prefix HSE\n  requires {requires}\n}}\n{rest}"


# ---- requiring


@pytest.mark.parametrize("wanted", ["law", 'law ">=0.3"', 'law ">=0.3,<0.4"', 'law "==0.3.1"', 'law "!=0.4", core'])
def test_a_requirement_that_holds_is_no_matter(wanted: str, tmp_path: Path) -> None:
    assert faults(library(tmp_path, {"house": house(wanted)})) == []


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ('law ">=0.4"', "house requires law >=0.4, and law is 0.3.1"),
        ("lwa", "house requires the pack `lwa`, which is not there"),
        ('law "about 3"', "`about 3` is no range of versions"),
        ("house", "a pack does not require itself"),
    ],
)
def test_one_that_does_not_is_told_at_its_place(wanted: str, message: str, tmp_path: Path) -> None:
    assert faults(library(tmp_path, {"house": house(wanted)})) == [f"house:3 {message}"]


def test_a_local_pack_has_the_version_of_its_edition(tmp_path: Path) -> None:
    annex = 'pack annex {\n  requires house ">=1,<2"\n}\n'

    assert faults(library(tmp_path, {"house": HOUSE, "annex": annex})) == []
    assert faults(library(tmp_path, {"house": house("law"), "annex": annex})) == [
        "annex:2 annex requires house >=1,<2, and house says no version"
    ]


def test_packs_that_require_each_other_are_told_and_count_as_not_required(tmp_path: Path) -> None:
    packs = {name: f"pack {name} {{\n  requires {after}\n}}\n" for name, after in ("ab", "bc", "ca")}
    made = library(tmp_path, packs)

    assert sorted(faults(made)) == [f"{name}:2 packs that require each other: a → b → c → a" for name in "abc"]
    assert made.standing.near["a"] == {"a", "core"}


def test_a_long_circle_and_a_long_row_of_requirements_are_followed(tmp_path: Path) -> None:
    count = 400
    packs = {f"p{n}": f"pack p{n} {{ requires p{(n + 1) % count} }}\n" for n in range(count)}
    packs["first"] = "pack first { requires p0 }\n"

    told = faults(library(tmp_path, packs))

    assert len(told) == count
    assert all("packs that require each other: p0 → p1 → " in line for line in told)


def test_of_requirements_without_number_the_first_are_read(tmp_path: Path) -> None:
    many = ", ".join(f"no-{n}" for n in range(200))

    told = faults(library(tmp_path, {"house": house(many)}))

    assert len(told) == 101
    assert told[-1] == "house:3 a pack requires at most 100 others; the rest is not read"


@pytest.mark.parametrize(
    "text", ["", "3", ">=", ">=1.2.x", "~=1.2", ">=1,,<2", ">=" + "1." * 50 + "1", ",".join([">1"] * 50)]
)
def test_what_is_no_range(text: str) -> None:
    assert not is_range(text)


# ---- words


def test_a_synonym_for_a_term_of_a_required_pack_is_understood(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": house("core", 'term research also "the long look"\n')})

    assert faults(made) == []
    assert made.vocabulary.canonical("the-long-look") == "research"


def test_a_term_below_one_of_another_pack_is_what_that_is(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": house("law", "term walk is research\n")})

    assert faults(made) == []
    assert made.vocabulary.is_a("walk", "purpose")


def test_a_term_below_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": house("law", "term walk is reserch\n")})

    assert faults(made) == ["house:5 `walk` is said to be `reserch`, which is no term"]
    assert made.faults[0].help == "did you mean `research`?"


def test_a_term_of_a_pack_that_is_not_required_stays_as_that_has_it(tmp_path: Path) -> None:
    one = "pack one { prefix ONE }\nterm walk is research\n"
    two = "pack two { prefix TWO }\nterm walk is marketing\n"
    made = library(tmp_path, {"one": one, "two": two})

    assert faults(made) == ["two:2 `walk` is a term of the pack one, which two does not require"]
    assert made.vocabulary.is_a("walk", "research")
    assert not made.vocabulary.is_a("walk", "marketing")


def test_a_pack_that_is_read_before_the_one_that_it_requires_adds_to_it_all_the_same(tmp_path: Path) -> None:
    two = "pack two { prefix TWO\n requires zwei }\nterm walk is marketing\n"
    zwei = 'pack zwei { prefix ZWE }\nterm walk "Walking" is research\n'
    made = library(tmp_path, {"two": two, "zwei": zwei})

    assert faults(made) == []
    assert made.vocabulary.terms["walk"].pack == "zwei"
    assert made.vocabulary.is_a("walk", "research")
    assert made.vocabulary.is_a("walk", "marketing")


def test_a_word_that_two_packs_give_two_meanings_is_told_with_both(tmp_path: Path) -> None:
    one = 'pack one { prefix ONE }\nterm walk is research also "the long look"\n'
    two = 'pack two { prefix TWO }\nterm stroll is marketing also "the Long Look"\nterm the-long-look is marketing\n'
    made = library(tmp_path, {"one": one, "two": two})

    assert faults(made) == [
        "two:2 `the Long Look` means `walk` in the pack one, and `stroll` in two",
        "two:3 `the-long-look` means `walk` in the pack one, and is a term of its own in two",
    ]
    assert made.vocabulary.canonical("the-long-look") == "walk"


def test_of_faulty_words_without_number_the_first_are_told(tmp_path: Path) -> None:
    words = "".join(f"term w{n} is nowhere-{n}\n" for n in range(3_000))

    assert len(faults(library(tmp_path, {"house": house("law", words)}))) == 101


# ---- cues

CUES = """
wording hold also "hold", "holds"
cue held-for "How long data are held" of retention {
  phrases "<hold> ... for {period}"
  accepts "We hold your data for two years."
}
"""
MORE = """
wording hold also "moor"
cue held-for {
  phrases "<hold> .. at the pier {period}"
  lookalikes "our boats"
  accepts "We moor your data at the pier two years."
}
"""


def heard(made: Library, text: str) -> list[str]:
    page = Page(Source("n.md", text), (Block("paragraph", 0, text, ((0, 0), (len(text), len(text)))),))
    return [evidence.cue.name for evidence in read_page(page, made.ear).evidence]


def test_a_cue_hears_what_another_pack_adds(tmp_path: Path) -> None:
    made = library(tmp_path, {"law": LAW + CUES, "house": HOUSE + MORE})

    assert faults(made) == []
    assert heard(made, "We moor your data at the pier two years.") == ["held-for"]
    assert heard(made, "We hold your data for two years.") == ["held-for"]
    assert heard(made, "We hold our boats for two years.") == []
    assert heard(library(tmp_path, {"law": LAW + CUES}), "We hold our boats for two years.") == ["held-for"]


def test_what_is_added_without_a_requirement_is_told_and_not_heard(tmp_path: Path) -> None:
    made = library(tmp_path, {"law": LAW + CUES, "house": house("core", MORE)})

    assert faults(made) == ["house:7 `held-for` is a cue of the pack law, which house does not require"]
    assert heard(made, "We moor your data at the pier two years.") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('cue hold-for { phrases "x" }', "there is no cue `hold-for` to add to"),
        ('cue held-for { heading "x" }', "`held-for` has no `heading`, so adding one would take from what it hears"),
        ('cue held-for "Held" of retention { phrases "x" }', "the packs law and house both declare the cue `held-for`"),
        ("cue held-for { negated as nothing }", "`negated` cannot be added to a cue"),
    ],
)
def test_an_addition_that_cannot_be_made_is_told(text: str, message: str, tmp_path: Path) -> None:
    made = library(tmp_path, {"law": LAW + CUES, "house": house("law", text + "\n")})

    assert faults(made) == [f"house:5 {message}"]
    assert heard(made, "We hold your data for two years.") == ["held-for"]


# ---- codes, names and prefixes


def test_a_prefix_belongs_to_one_pack(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": "pack house {\n  prefix HSE, LAW\n}\n"})

    assert faults(made) == ["house:2 the packs law and house both own codes that begin with LAW"]


def test_a_rule_with_a_code_of_another_pack_does_not_run(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": HOUSE + RULE.replace("HSE001", "LAW009")})

    assert faults(made) == ["house:7 codes that begin with LAW are those of the pack law, not of house"]
    assert not made.find("LAW009")


def test_a_rule_with_a_code_that_its_pack_does_not_own_does_not_run(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": HOUSE + RULE.replace("HSE001", "HUS001")})

    assert faults(made) == ["house:7 the pack house does not own codes that begin with HUS"]


def test_two_rules_of_one_code_or_name_are_told_with_both_packs(tmp_path: Path) -> None:
    one = RULE.replace("HSE001", "AAA001")
    made = library(tmp_path, {"one": one, "two": one, "three": one.replace("AAA001", "AAA002")})

    assert faults(made) == [
        "two:2 the packs one and two both have a rule of the code `AAA001`",
        "three:2 the packs one and three both have a rule of the name `kept-nowhere`; the other is AAA001",
    ]
    assert [found.pack for found in made.find("kept-nowhere")] == ["one"]


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("LAW001", "of-its-own", "codes that begin with LAW are those of the pack law, not of plugin"),
        ("ACM001", "kept-long", "the packs law and plugin both have a rule called kept-long"),
    ],
)
def test_a_rule_in_python_with_a_code_or_name_of_a_pack_is_a_problem(
    code: str, name: str, said: str, tmp_path: Path
) -> None:
    @rule(code, name, cites=["uk-gdpr 5(1)(a)"])
    def clashing(activity: Activity, ctx: Context) -> Iterator[Draft]:
        """It clashes."""
        yield ctx.finding(activity, "it does")

    made = library(tmp_path, {})
    kept, problems = in_python([clashing], made.written, made.packs)

    assert kept == ()
    assert [problem.message for problem in problems] == [f"rule {code} {name} is not run: {said}"]


def test_what_is_wrong_with_packs_does_not_keep_their_rules_from_judging(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": house('law ">=9"', RULE)})

    assert 'HSE001 info: "notes" is kept somewhere' in found(made, tmp_path, RECORD)


@pytest.mark.parametrize("name", ["uk-gdpr", "dpa-2018", "mrs-code", "statistics-code"])
def test_the_words_of_a_pack_that_ships_are_its_own_where_it_is_installed_too(name: str) -> None:
    shipped = load()
    packs = tuple(evolve(pack, origin="installed") if pack.name == name else pack for pack in shipped.packs)

    assert [fault.message for fault in evolve(shipped, packs=packs, known=None).faults] == []
