"""A rule as other packs make it: what they may change, where that holds, and what happens where they disagree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprlint.api import Activity, Context, Draft
from gdprlint.language.printer import format_source
from gdprlint.language.reading import read
from gdprlint.rules.packs import Library, Pack, read_pack
from gdprlint.rules.rule import rule
from gdprlint.testing import overriding
from gdprlint.text import Source
from gdprlint.values import evolve
from tests.rules.extending import HOUSE, LAW, RECORD, RULE, faults, found, library

WHY = '  why "the house wants it"\n'


def override(*lines: str, code: str = "LAW001", name: str = "kept-long", why: str = WHY) -> str:
    return f"override {code} {name} {{\n" + "".join(f"  {line}\n" for line in lines) + why + "}\n"


def with_house(folder: Path, *texts: str, law: str = LAW) -> Library:
    return library(folder, {"law": law, "house": HOUSE + "".join(texts)})


def kept_long(findings: list[str]) -> list[str]:
    return [line for line in findings if line.startswith("LAW001")]


PLAIN = [
    'LAW001 warning: study keeps "notes" for more than 3 years',
    'LAW001 warning: letters keeps "notes" for more than 3 years',
]


# ---- what may be changed


def test_without_an_override_a_rule_is_as_its_pack_has_it(tmp_path: Path) -> None:
    made = with_house(tmp_path)

    assert kept_long(found(made, tmp_path)) == PLAIN
    assert made.rules == made.written


def test_another_severity(tmp_path: Path) -> None:
    made = with_house(tmp_path, override("severity error"))

    assert faults(made) == []
    assert kept_long(found(made, tmp_path)) == [line.replace("warning", "error") for line in PLAIN]


def test_a_severity_in_some_place_is_added_to_those_of_the_rule(tmp_path: Path) -> None:
    made = with_house(tmp_path, override("severity error where activity.purpose is marketing"))

    assert kept_long(found(made, tmp_path)) == [PLAIN[0], PLAIN[1].replace("warning", "error")]
    assert made.find("LAW001")[0].levels == ("info in art30-2", "error where activity.purpose is marketing")


def test_another_value_of_a_parameter_is_judged_by_and_said(tmp_path: Path) -> None:
    made = with_house(tmp_path, override("parameter longest 1 year"))

    assert kept_long(found(made, tmp_path)) == [line.replace("3 years", "1 year") for line in PLAIN]
    assert kept_long(found(with_house(tmp_path, override("parameter longest 9 years")), tmp_path)) == []


def test_one_more_condition_narrows(tmp_path: Path) -> None:
    made = with_house(tmp_path, override("where activity.purpose is research"))

    assert kept_long(found(made, tmp_path)) == PLAIN[:1]


def test_a_condition_counts_although_the_rule_alone_would_not_look_at_it(tmp_path: Path) -> None:
    record = "activity a { purpose research }\nactivity b {\n purpose research\n security encryption\n}\n"
    law = LAW.replace("expect    activity.purpose is stated", "expect    activity.purpose is marketing")
    made = with_house(
        tmp_path, override("where activity.security is stated", code="LAW002", name="nobody-says-why"), law=law
    )

    assert found(made, tmp_path, record) == ["LAW002 error: b has no purpose"]


def test_silence_and_what_is_judged(tmp_path: Path) -> None:
    record = 'record r under uk-gdpr 30(1) on 2026-11-01\nactivity a { keeps "notes" for 1 year }\n'
    of = {"code": "LAW002", "name": "nobody-says-why"}

    assert found(with_house(tmp_path), tmp_path, record) == ["LAW002 error: a has no purpose"]
    assert found(with_house(tmp_path, override("silence counts in notice", **of)), tmp_path, record) == []
    assert found(with_house(tmp_path, override("judges notice", **of)), tmp_path, record) == []


def test_a_rule_in_preview_can_be_let_run(tmp_path: Path) -> None:
    law = LAW.replace("  severity  warning\n", "  severity  warning\n  stage preview\n", 1)

    assert kept_long(found(with_house(tmp_path, law=law), tmp_path)) == []
    assert len(kept_long(found(with_house(tmp_path, override("stage stable"), law=law), tmp_path))) == 2


def test_a_rule_in_python_takes_another_severity_and_can_be_replaced(tmp_path: Path) -> None:
    @rule("LAW003", "letters-at-all", cites=["uk-gdpr 5(1)(a)"], pack="law")
    def letters_at_all(activity: Activity, ctx: Context) -> Iterator[Draft]:
        """Letters."""
        if ctx.is_a(ctx.field(activity, "purpose"), "marketing"):
            yield ctx.finding(activity, "letters")

    of = {"code": "LAW003", "name": "letters-at-all"}

    def told(*texts: str) -> list[str]:
        made = library(tmp_path, {"house": HOUSE + "".join(texts)}, (letters_at_all,))
        return [*faults(made), *(line for line in found(made, tmp_path) if line.startswith("LAW003"))]

    assert told() == ["LAW003 error: letters"]
    assert told(override("severity info", **of)) == ["LAW003 info: letters"]
    assert told(RULE, override("replaced by HSE001", **of)) == []
    assert told(override("where activity.purpose is research", **of)) == [
        "house:7 LAW003 is written in Python, whose conditions cannot be overridden",
        "LAW003 error: letters",
    ]


# ---- a rule in the place of another


def replacing(folder: Path) -> Library:
    return with_house(folder, RULE, override("replaced by HSE001"))


def test_a_rule_that_is_replaced_runs_no_more(tmp_path: Path) -> None:
    assert [line[:6] for line in found(replacing(tmp_path), tmp_path)] == ["HSE001", "HSE001"]


def test_its_code_means_the_rule_that_stands_in_its_place(tmp_path: Path) -> None:
    made = replacing(tmp_path)

    assert made.today("LAW001") == made.today("kept-long") == ("HSE001",)
    assert [line[:6] for line in found(made, tmp_path, select=("LAW001",))] == ["HSE001", "HSE001"]
    assert found(made, tmp_path, ignore=("LAW001",)) == []
    assert made.notes(["LAW001"]) == (
        "LAW001 kept-long is replaced by the pack house 1.2: the house wants it; HSE001 replaces it",
    )


def test_both_hold_only_where_the_pack_judges_that_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    made = replacing(tmp_path)
    installed = [pack for pack in made.packs if pack.name != "house"]
    # as a plugin brings it: judging only where it is used
    made = Library((*installed, read_pack(Pack("house", folder, "1.2", "installed", ("HSE",)))))

    assert {line[:6] for line in found(made, tmp_path, "use law\n" + RECORD)} == {"LAW001"}
    assert {line[:6] for line in found(made, tmp_path, "use law, house\n" + RECORD)} == {"HSE001"}
    assert {line[:6] for line in found(made, tmp_path, "use law\n" + RECORD, select=("LAW001",))} == {"LAW001"}


# ---- what is wrong with overrides


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (override("severity error", why=""), "house:6 the override of LAW001 gives no reason"),
        (override("severity error", why='  why " "\n'), "house:6 the override of LAW001 gives no reason"),
        (override("severity error", code="LAW010"), "house:6 there is no rule `LAW010` to override"),
        (override("severity error", name="kept-lang"), "house:6 the rule LAW001 is not called `kept-lang`"),
        (override("severity grave"), "house:7 `grave` is no severity"),
        (override("parameter langest 1 year"), "house:7 LAW001 has no parameter `langest`"),
        (override("parameter longest 3"), "house:7 `longest` is an amount, as `3 years`"),
        (override("where k.fro > longest"), "house:7 a `keeps` clause has no field `fro`"),
        (override("where k.for > 2019-01-01"), "house:7 an amount and a date cannot be compared"),
        (
            override("where some k in activity.keeps satisfies k is stated"),
            "house:7 `k` means something in LAW001 already",
        ),
        (override("expect k.in is stated"), "house:7 `expect` cannot be overridden: it is what the rule asks and says"),
        (override("in force from 2027-01-01"), "house:7 the days of a rule cannot be overridden"),
        (override("judges recod"), "house:7 `recod` cannot stand here"),
        (override("replaced by LAW002"), "house:7 `LAW002` is no rule of the pack house"),
        (override(), "house:6 this override changes nothing"),
        (override("severity error") + override("severity info"), "house:10 the pack house overrides LAW001 twice"),
        (
            RULE + override("severity error", code="HSE001", name="kept-nowhere"),
            "house:20 HSE001 is a rule of this pack",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_does_not_hold(text: str, message: str, tmp_path: Path) -> None:
    made = with_house(tmp_path, text)

    assert faults(made) == [message]
    first_holds = text.count("override") == 2
    assert kept_long(found(made, tmp_path)) == [
        line.replace("warning", "error") if first_holds else line for line in PLAIN
    ]


def test_a_rule_of_a_pack_that_is_not_required_stays_as_it_is(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": "pack house { prefix HSE }\n" + override("severity error")})

    assert faults(made) == ["house:2 LAW001 is a rule of the pack law, which house does not require"]
    assert kept_long(found(made, tmp_path)) == PLAIN


def test_so_does_one_whose_pack_has_another_version(tmp_path: Path) -> None:
    made = library(tmp_path, {"house": HOUSE.replace("law", 'law ">=0.4"') + override("severity error")})

    assert faults(made) == [
        "house:4 house requires law >=0.4, and law is 0.3.1",
        "house:6 LAW001 stays as the pack law has it, since what house requires does not hold",
    ]
    assert kept_long(found(made, tmp_path)) == PLAIN


def annexed(folder: Path, annex: str, *lines: str) -> Library:
    head = f"pack annex {{\n  prefix ANX\n  requires {annex}\n}}\n"
    return library(folder, {"house": HOUSE + override("severity error"), "annex": head + override(*lines)})


def test_two_packs_that_say_different_things_are_told_and_neither_holds(tmp_path: Path) -> None:
    made = annexed(tmp_path, "law", "severity info")

    assert faults(made) == ["annex:5 the packs house and annex both override the severity of LAW001; neither holds"]
    assert kept_long(found(made, tmp_path)) == PLAIN


def test_two_packs_may_say_things_that_do_not_touch(tmp_path: Path) -> None:
    made = annexed(tmp_path, "law", "parameter longest 2 years", "where activity.purpose is research")

    assert faults(made) == []
    assert kept_long(found(made, tmp_path)) == ['LAW001 error: study keeps "notes" for more than 2 years']


def test_a_pack_that_requires_the_other_has_the_last_word(tmp_path: Path) -> None:
    made = annexed(tmp_path, "law, house", "severity info")
    (changed,) = made.find("LAW001")

    assert faults(made) == []
    assert changed.severity.word == "info"
    assert [(one.pack, one.what) for one in changed.changes] == [
        ("house", ("severity error instead of warning",)),
        ("annex", ("severity info instead of error",)),
    ]


def test_of_overrides_without_number_the_first_are_read(tmp_path: Path) -> None:
    many = "".join(override("severity error", code=f"LAW{n}") for n in range(2_000, 3_200))

    told = faults(with_house(tmp_path, many))

    assert len(told) == 1_001
    assert told[-1].endswith("a pack overrides at most 1,000 rules; the rest is not read")


# ---- what rests on it


def test_what_changes_a_rule_changes_the_digest(tmp_path: Path) -> None:
    texts = [
        HOUSE,
        HOUSE + override("severity error"),
        HOUSE + override("severity info"),
        HOUSE.replace("1.2", "1.3"),
        HOUSE.replace("law", 'law ">=0.4"'),
    ]

    assert len({library(tmp_path, {"house": text}).digest() for text in texts}) == len(texts)
    older = Library(tuple(with_house(tmp_path).packs))
    newer = Library(tuple(pack if pack.name != "law" else _of_version(pack, "0.4.0") for pack in older.packs))
    assert older.digest() != newer.digest()


def _of_version(pack: Pack, version: str) -> Pack:
    return evolve(pack, version=version)


def test_a_library_that_was_kept_gives_the_same_rules(tmp_path: Path) -> None:
    made = with_house(tmp_path, RULE, override("parameter longest 1 year", "where activity.purpose is research"))
    again = Library(made.packs, known=made.checked())

    assert found(again, tmp_path) == found(made, tmp_path)
    assert again.rules == made.rules


@pytest.mark.parametrize(
    "text", [override("severity error", "parameter longest 2 years", "replaced by HSE001, HSE002"), LAW]
)
def test_overrides_and_parameters_have_a_canonical_form(text: str) -> None:
    once, told = format_source(Source("x.gdpr", text))

    assert told == ()
    assert format_source(Source("x.gdpr", once)) == (once, ())
    assert len(read(Source("x.gdpr", once)).tree.items) == len(read(Source("x.gdpr", text)).tree.items)


def test_an_override_among_records_is_told_and_changes_nothing(tmp_path: Path) -> None:
    made = library(tmp_path, {})

    assert kept_long(found(made, tmp_path, RECORD + override("severity error"))) == PLAIN


# ---- its examples


def failures(made: Library) -> list[str]:
    return [str(one) for case in overriding.override_cases([], made) for one in overriding.check_override(case, made)]


BAD = 'bad { activity a { keeps "notes" for 3 years\n purpose research } }'
GOOD = 'good { activity a { keeps "notes" for 3 years\n purpose marketing } }'


def test_examples_are_judged_by_the_rule_as_the_override_makes_it(tmp_path: Path) -> None:
    lines = ("parameter longest 2 years", "where activity.purpose is research")

    assert failures(with_house(tmp_path, override(*lines, BAD, GOOD))) == []
    assert failures(with_house(tmp_path, override(*lines, BAD, BAD.replace("bad", "good")))) == [
        'house/pack.gdpr:11: LAW001 `good` example is reported: a keeps "notes" for more than 2 years'
    ]


def test_a_line_that_no_example_misses_is_told(tmp_path: Path) -> None:
    made = with_house(tmp_path, override("parameter longest 2 years", "where activity.purpose is research", BAD))

    assert failures(made) == ["house/pack.gdpr:8:3: LAW001 no example of the override notices when `where` is left out"]
