"""What gdprlint says of the examples, byte for byte, and what it must never say of them.

The numbers of the traps are those of a lawyer's reading of two of the notices: each is something that
a checker without judgement would report, and that would be wrong. How each finding stands to the
findings of that reading is told in the `review.md` of the example.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gdprlint.cli import run
from gdprlint.engine import CheckOptions, check
from gdprlint.reporters import RenderOptions, render
from gdprlint.reporters.style import cells
from gdprlint.rules.packs import load

from .renew import CASES, DAY, EXAMPLES, NAMES, OF_NOTICE, ROOT, SURROUNDINGS, command

EXCERPT, STUDY = "cls-cohort-study-excerpt", "example-study"
SURVEY, POLICY = "ons-safety-during-childhood", "what-works-childrens-social-care"
Gdprlint = Callable[..., tuple[int, str]]
Finding = dict[str, Any]


@pytest.fixture
def gdprlint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gdprlint:
    """Runs the command line at the root of the repository; gives the exit code and stdout."""
    monkeypatch.chdir(ROOT)
    for variable in SURROUNDINGS:
        monkeypatch.delenv(variable, raising=False)

    def call(*arguments: str) -> tuple[int, str]:
        code = run(list(arguments))
        return code, capsys.readouterr().out

    return call


def findings(gdprlint: Gdprlint, name: str, day: str = DAY, suffix: str = "") -> list[Finding]:
    return list(json.loads(gdprlint(*command(name, day, suffix), "--format", "json")[1])["findings"])


@pytest.mark.parametrize(("name", "day", "suffix"), CASES)
def test_an_example_gives_what_stands_beside_it(gdprlint: Gdprlint, name: str, day: str, suffix: str) -> None:
    expected = (EXAMPLES / name / f"expected{suffix}.txt").read_bytes().decode("utf-8")

    code, out = gdprlint(*command(name, day, suffix))

    assert out == expected, "if this is meant: python -m tests.examples.renew"
    assert code == (1 if "\nerror[" in f"\n{expected}" else 0)


def test_a_terminal_of_eighty_columns_breaks_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = check([f"examples/{name}" for name in NAMES], CheckOptions(as_of=date.fromisoformat(DAY)))

    lines = render(report, "full", RenderOptions(width=80)).splitlines()

    assert [line for line in lines if cells(line) > 80] == []


@pytest.mark.parametrize("suffix", ["", OF_NOTICE])
def test_nothing_is_found_in_the_study_that_leaves_nothing_unsaid(gdprlint: Gdprlint, suffix: str) -> None:
    assert findings(gdprlint, STUDY, suffix=suffix) == []


def test_an_excerpt_is_not_blamed_for_what_it_cannot_show(gdprlint: Gdprlint) -> None:
    absences = {rule.code for rule in load().rules if rule.silence}
    wrong = [
        finding["code"]
        for finding in findings(gdprlint, EXCERPT)
        if finding["severity"] == "error" or finding["code"] in absences
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("name", "codes"), [(SURVEY, ["REC102", "REC104", "UK901"]), (POLICY, ["REC121", "UK1308", "UK1402"])]
)
def test_the_errors_are_those_of_the_reading(gdprlint: Gdprlint, name: str, codes: list[str]) -> None:
    errors = [finding["code"] for finding in findings(gdprlint, name) if finding["severity"] == "error"]

    assert sorted(errors) == codes


def test_one_passage_that_cites_two_provisions_of_the_same_old_law_is_one_warning(gdprlint: Gdprlint) -> None:
    codes = Counter(found["code"] for found in findings(gdprlint, POLICY))

    assert (codes["UKS01"], codes["DPA180"], codes["UKS13"]) == (1, 0, 1)


class Trap(NamedTuple):
    """Codes, or patterns of codes, that must not be reported; with `about`, not of these."""

    codes: str
    about: str = ""

    def springs(self, finding: Finding) -> bool:
        if not any(fnmatchcase(finding["code"], code) for code in self.codes.split()):
            return False
        words = re.findall(r"[\w-]+", finding["message"])
        return not self.about or any(word in words for word in self.about.split())


NO_TRANSFER = "UK1312 UK1313 UK1314 UK1315 UK3005 UK4401 UK4603 REC158"
NO_DECISION = "UK2201 UK2202 UK2203 UK2206"
NO_WITHDRAWAL = "UK1323 UK701 UK702 UK705 UK706 UK707"
OTHER_DATA = "invitation-contacts survey-answers enquiry-details safeguarding-reports recordings transcripts"

TRAPS: dict[str, tuple[str, list[Trap]]] = {
    "001-N01 the source is named": (SURVEY, [Trap("UK1401 UK1402 MRS134")]),
    "001-N02 the regulator needs no address": (SURVEY, [Trap("UK1325")]),
    "001-N03 to analyse with artificial intelligence is not to decide": (SURVEY, [Trap(NO_DECISION)]),
    "001-N04 no Act need be cited": (SURVEY, [Trap("UKS* DPA230")]),
    "001-N05 periods of different data": (SURVEY, [Trap("REC102", OTHER_DATA), Trap("REC121 REC122 REC127")]),
    "001-N06 statistics are a purpose and no second basis": (SURVEY, [Trap("UK602 UK603 UK620")]),
    "001-N07 no legitimate interests": (SURVEY, [Trap("UK1308 UK614 UK615")]),
    "001-N08 no consent to withdraw": (SURVEY, [Trap(NO_WITHDRAWAL)]),
    "001-N09 an event is a criterion": (
        SURVEY,
        [
            Trap("REC105 UK505", "enquiry-details interview-contacts recordings transcripts"),
            Trap("UK1316 UK506 UK507"),
        ],
    ),
    "001-N10 age and sex are no special categories": (SURVEY, [Trap("UK901", "age sex"), Trap("UK915")]),
    "001-N11 a brand is no country": (SURVEY, [Trap(NO_TRANSFER)]),
    "001-N12 the code is not claimed": (SURVEY, [Trap("MRS*")]),
    "001-N13 what the navigation left in the text": (SURVEY, [Trap("REC113"), Trap("REC112", "contents")]),
    "001-N14 an exception that is stated": (SURVEY, [Trap("REC119 REC151 REC152 REC153 REC154")]),
    "001-N15 nothing is required": (SURVEY, [Trap("UK1327 REC191")]),
    "001-N16 there are personal data": (SURVEY, [Trap("REC151 UK1343 UK1201")]),
    "001-N17 an officer needs no name": (SURVEY, [Trap("UK1304 UK3701")]),
    "001-N18 complaints can go to the officer": (SURVEY, [Trap("UK1324 DPA223")]),
    "002-N01 to take part of one's own will is no basis": (POLICY, [Trap("UK1342 UK603 UK620 UK702")]),
    "002-N02 no consent to withdraw": (POLICY, [Trap(NO_WITHDRAWAL)]),
    "002-N03 name and address are identity enough": (POLICY, [Trap("UK1301 UK1302 UK1344")]),
    "002-N04 the condition is told by its limbs": (POLICY, [Trap("DPA110 DPA155 UK901")]),
    "002-N05 paragraph 4 needs no policy document": (POLICY, [Trap("DPA13? DPA14?")]),
    "002-N06 a category of recipients will do": (POLICY, [Trap("UK3004 REC128")]),
    "002-N07 no transfers": (POLICY, [Trap(NO_TRANSFER)]),
    "002-N08 the source of the contacts is named": (
        POLICY,
        [Trap("UK1402", "session-contacts"), Trap("UK1401")],
    ),
    "002-N09 complaints can go to the officer": (POLICY, [Trap("UK1324 DPA223")]),
    "002-N11 an archive may keep for good": (POLICY, [Trap("UK506 REC122")]),
    "002-N12 not known to be a public authority": (POLICY, [Trap("UK609 UK610 UK3701")]),
    "002-N13 one month, and free": (POLICY, [Trap("UK1205 UK1206 UK1207")]),
    "002-N14 the right to complain is told": (POLICY, [Trap("UK1325")]),
    "002-N15 the code is not claimed": (POLICY, [Trap("MRS*")]),
    "002-N16 no decisions by machine": (POLICY, [Trap(NO_DECISION)]),
}


@pytest.mark.parametrize("wrong", TRAPS)
def test_no_trap_of_the_reading_is_sprung(gdprlint: Gdprlint, wrong: str) -> None:
    name, traps = TRAPS[wrong]
    found = findings(gdprlint, name)
    sprung = [f"{one['code']}: {one['message']}" for one in found if any(trap.springs(one) for trap in traps)]

    assert sprung == []


def test_every_trap_is_set_for_rules_that_ship() -> None:
    shipped = {rule.code for rule in load().rules}
    named = {code for _, traps in TRAPS.values() for codes, _ in traps for code in codes.split()}

    assert [code for code in sorted(named) if not any(fnmatchcase(known, code) for known in shipped)] == []


def test_002_n10_the_eu_gdpr_was_the_law_on_the_day_of_the_notice(gdprlint: Gdprlint) -> None:
    assert "UKS13" not in {found["code"] for found in findings(gdprlint, POLICY, "2020-09-30")}
    assert [found["severity"] for found in findings(gdprlint, POLICY) if found["code"] == "UKS13"] == ["info"]


def test_001_n10_without_ethnicity_and_religion_the_form_needs_no_condition(
    gdprlint: Gdprlint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (EXAMPLES / SURVEY / "record.gdpr").read_text(encoding="utf-8")
    (tmp_path / "record.gdpr").write_text(text.replace(", ethnicity, religion", ""), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    _, out = gdprlint("check", "record.gdpr", "--as-of", DAY, "--format", "json")

    assert ", ethnicity, religion" in text
    assert not [found for found in json.loads(out)["findings"] if "permission-forms" in found["message"]]


def test_a_text_of_2020_is_judged_by_the_law_of_the_day(gdprlint: Gdprlint) -> None:
    """The EU's regulation was the law when it was written; Article 89 and the Commissioner went in 2026."""
    later = {"2020-09-30": set(), "2024-01-01": {"UKS13"}, DAY: {"UKS13", "UKS01", "DPA229"}}
    for day, codes in later.items():
        told = findings(gdprlint, POLICY, day)
        assert {finding["code"] for finding in told} & {"UKS13", "UKS01", "DPA229"} == codes
        law = {cite.split()[0] for finding in told if finding["code"] == "UK1402" for cite in finding["cites"]}
        assert law == {"eu-gdpr" if day < "2021" else "uk-gdpr"}


@pytest.mark.parametrize(("name", "day", "suffix"), CASES)
def test_the_review_speaks_of_every_finding_and_of_no_other(name: str, day: str, suffix: str) -> None:
    expected = (EXAMPLES / name / f"expected{suffix}.txt").read_text(encoding="utf-8")
    review = (EXAMPLES / name / f"review{suffix}.md").read_text(encoding="utf-8")
    found = re.findall(r"^(error|warning|info)\[(\w+)\]: .*\n *--> .*:(\d+):\d+$", expected, re.MULTILINE)
    told = re.findall(r"^\| (error|warning) \| `(\w+)` \| (\d+) \|", review, re.MULTILINE)
    told += [("info", *place) for place in re.findall(r"^- `(\w+)`, line (\d+): ", review, re.MULTILINE)]

    assert Counter(found) == Counter(told)


@pytest.mark.parametrize(("name", "number", "count"), [(SURVEY, "001", 24), (POLICY, "002", 18)])
def test_the_review_speaks_of_every_finding_of_the_reading(name: str, number: str, count: int) -> None:
    review = (EXAMPLES / name / "review.md").read_text(encoding="utf-8")

    assert re.findall(rf"^\| ({number}-B\d\d) \|", review, re.MULTILINE) == [
        f"{number}-B{row:02}" for row in range(1, count + 1)
    ]
