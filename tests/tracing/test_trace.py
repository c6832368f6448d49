"""What `gdprlint check --trace` tells a person who did not write the rule."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gdprlint import engine
from gdprlint.api import Activity, Context, Draft, rule
from gdprlint.cli import run
from gdprlint.rules import packs

RECORD = """\
record studies "Studies" of acme under uk-gdpr 30(1) on 2026-11-01
organisation acme "Acme Research" is company in GB
people participants "People who take part"
data answers of participants is survey answers
data health-answers of participants is health

activity wellbeing "Wellbeing survey" {
  controller    acme
  lawful basis  public task
  collects      answers, health-answers from participants
}
activity kitchen "Kitchen survey" {
  collects      answers from participants
}
activity covered "A covered survey" {
  collects      health-answers from participants
  condition     9(2)(j) under dpa-2018 schedule 1 paragraph 4
}
"""
NOTICE = """\
notice leaflet "leaflet" {
  excerpt       of "a longer notice"
}
data health-answers is health

activity leaflet-study "A study" {
  collects      health-answers
}
"""
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def gdprlint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs the command line in a project of one record and one excerpt of a notice."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.gdpr").write_text(RECORD, "utf-8")
    (tmp_path / "n.gdpr").write_text(NOTICE, "utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments])
        return code, *capsys.readouterr()

    return call


def traced(gdprlint: Call, *arguments: str) -> dict[str, Any]:
    """The rule that was traced, as JSON."""
    code, out, _ = gdprlint("check", "--format", "json", "--as-of", "2026-11-21", *arguments)
    assert code in (0, 1)
    (rule,) = json.loads(out)["rules"]
    return dict(rule)


def subject(rule: dict[str, Any], name: str) -> dict[str, Any]:
    return next(dict(one) for one in rule["subjects"] if one["name"] == name)


def test_the_condition_that_made_a_rule_report_is_named(gdprlint: Call) -> None:
    (case,) = subject(traced(gdprlint, "--trace", "UK901", "a.gdpr"), "wellbeing")["cases"]

    stopped = case["conditions"][case["stopped_by"]]
    assert (stopped["kind"], stopped["value"]) == ("expect", "false")
    assert stopped["text"].startswith("activity.condition is stated or")
    assert stopped["parts"][0]["paths"][0]["state"] == "nothing is said"
    assert (case["reported"], case["became"]) == (True, "reported: error")


def test_a_condition_is_shown_with_its_place_in_the_rule_and_its_values_with_theirs_in_the_record(
    gdprlint: Call,
) -> None:
    (case,) = subject(traced(gdprlint, "--trace", "UK901", "a.gdpr"), "wellbeing")["cases"]

    where = case["conditions"][0]
    assert where["place"]["path"] == "uk-gdpr/special-category/special-category-no-condition.gdpr"
    (path,) = where["paths"]
    told = [(value["words"], value["at"]["path"], value["at"]["line"]) for value in path["values"]]
    assert told == [("answers", "a.gdpr", 10), ("health-answers", "a.gdpr", 10)]


def test_the_member_of_a_list_that_decides_is_shown_with_what_it_is_declared_to_be(gdprlint: Call) -> None:
    code, out, _ = gdprlint("check", "--trace", "UK901", "--trace-of", "wellbeing", "a.gdpr")

    assert code == 1
    assert "- health-answers [line 10]: d is possibly special category data" in out
    assert "d: health-answers (is health)" in out
    assert "- answers" not in out


def test_a_rule_that_is_past_by_says_at_which_condition(gdprlint: Call) -> None:
    told = traced(gdprlint, "--trace", "UK901", "a.gdpr")

    kitchen, covered = subject(told, "kitchen"), subject(told, "covered")
    assert (kitchen["outcome"], kitchen["cases"][0]["stopped_by"]) == ("does not apply", 0)
    assert [step["value"] for step in kitchen["cases"][0]["conditions"]] == ["false", "not looked at"]
    assert covered["outcome"] == "is in order"


def test_where_silence_does_not_count_the_trace_says_so(gdprlint: Call) -> None:
    (case,) = subject(traced(gdprlint, "--trace", "UK901", "n.gdpr"), "leaflet-study")["cases"]

    assert case["outcome"] == "cannot tell"
    notes = [part["note"] for part in case["conditions"][1]["parts"] if part["note"]]
    assert notes[0] == "silence does not count in this file (extent excerpt)"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--as-of", "2017-01-01"), "it is not in force on 2017-01-01: in force from 2018-05-25 until 2020-12-31"),
        (("--ignore", "uk-gdpr"), "`--ignore uk-gdpr` leaves it out"),
        (("--select", "REC001,core"), "`--select REC001,core` does not name it"),
    ],
)
def test_a_rule_that_was_not_run_says_why_and_what_it_would_have_said(
    gdprlint: Call, options: tuple[str, str], why: str
) -> None:
    told = traced(gdprlint, "--trace", "UK901", "a.gdpr", *options)

    assert any(reason.startswith(why) for reason in told["not_run"])
    (case,) = subject(told, "wellbeing")["cases"]
    assert (case["outcome"], case["reported"]) == ("reports", False)


def test_a_register_that_does_not_use_the_pack_says_so(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text("use dpa-2018\n" + RECORD, "utf-8")

    told = traced(gdprlint, "--trace", "UK901", "a.gdpr")

    assert told["not_run"] == ["the register `a` says `use dpa-2018`, and not `use uk-gdpr`"]


def test_a_rule_for_notices_says_that_this_is_a_record(gdprlint: Call) -> None:
    told = traced(gdprlint, "--trace", "UK1308", "a.gdpr")

    assert subject(told, "wellbeing")["not_asked"] == ["the rule judges notices only, and this stands in a record"]


RULE = """rule {code} {name} {{
  title "T"
  why "W"
  cites uk-gdpr 5(1)(b)
  severity error
  silence counts in art30-1
  {line}
  for each activity
  where activity.collects is stated
  expect activity.purpose is stated
  at activity
  says "{name} of {{activity}}"
}}
"""


def test_a_finding_that_yields_names_the_rule_that_says_more(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "one.gdpr").write_text(RULE.format(code="ZZ1", name="one", line="yields to ZZ2"), "utf-8")
    (tmp_path / "house" / "two.gdpr").write_text(RULE.format(code="ZZ2", name="two", line=""), "utf-8")

    told = traced(gdprlint, "--trace", "one", "--pack", "house", "a.gdpr")

    (case,) = subject(told, "kitchen")["cases"]
    assert case["became"] == 'not reported, since it yields to ZZ2, which reports: two of "Kitchen survey"'


def test_what_all_inner_activities_lack_is_said_to_be_reported_of_the_outer_one(gdprlint: Call, tmp_path: Path) -> None:
    inner = "".join(f"  activity {name} {{\n    keeps answers for 1 year\n  }}\n" for name in ("one", "two"))
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "one.gdpr").write_text(RULE.format(code="ZZ1", name="lacking", line=""), "utf-8")
    (tmp_path / "a.gdpr").write_text(
        f"data answers is survey answers\nactivity whole {{\n  collects answers\n{inner}}}\n", "utf-8"
    )

    told = traced(gdprlint, "--trace", "ZZ1", "--pack", "house", "a.gdpr")

    assert subject(told, "whole")["not_asked"] == ["it is judged through the activities within it"]
    assert subject(told, "one")["cases"][0]["became"] == "reported once for all within the activity `whole`"


def test_of_a_rule_in_python_it_is_told_what_it_asked_and_where_it_is_written(
    gdprlint: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    @rule("ZZ7", "answers-collected", cites=["uk-gdpr 5(1)(c)"], pack="zz")
    def answers_collected(activity: Activity, ctx: Context) -> Iterator[Draft]:
        """Answers are collected."""
        for clause in ctx.field(activity, "collects"):
            if ctx.is_a(clause, "survey answers"):
                yield ctx.finding(clause, "answers are collected")

    whole = packs.load()
    library = packs.Library(whole.packs, (answers_collected,), (), whole.known)
    monkeypatch.setattr(engine, "load_library", lambda local=(): library)

    told = traced(gdprlint, "--trace", "ZZ7", "--trace-of", "kitchen", "a.gdpr")

    (case,) = subject(told, "kitchen")["cases"]
    asked = [(step["text"], step["value"]) for step in case["conditions"]]
    assert asked == [("kitchen.collects", ""), ("is survey answers", "true")]
    assert (case["message"], case["became"]) == ("answers are collected", "reported: error")
    assert ".answers_collected, line " in told["place"]["words"]


def test_a_check_of_the_reader_has_no_conditions_and_says_how_often_it_spoke(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(RECORD.replace("health-answers from", "helth-answers from", 1), "utf-8")

    out = gdprlint("check", "--trace", "REC001", "a.gdpr")[1]

    assert "  rule      the reader of gdprlint\n" in out
    assert "has no conditions; the run reports 1" in out


def test_a_page_that_is_judged_by_itself_is_traced_at_its_own_lines(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(
        "# Privacy notice\n\nWe collect information about your health.\n\n"
        "## Lawful basis\n\nOur lawful basis is legitimate interests.\n",
        "utf-8",
    )

    told = traced(gdprlint, "--trace", "UK1308", "page.md")

    (one,) = told["subjects"]
    assert one["at"]["path"] == "page.md"
    (case,) = one["cases"]
    assert (case["outcome"], case["place"]["line"]) == ("reports", 7)


def test_a_name_nobody_bears_is_refused_with_the_nearest(gdprlint: Call) -> None:
    code, out, told = gdprlint("check", "--trace", "UK901", "--trace-of", "welbeing", "a.gdpr")

    assert (code, out) == (2, "")
    assert told == "gdprlint: nothing that was read is called `welbeing`, and no file; did you mean `wellbeing`?\n"


def test_without_source_no_words_of_the_record_are_shown(gdprlint: Call) -> None:
    _, out, _ = gdprlint("check", "--trace", "UK901", "--no-source", "a.gdpr")

    assert "condition     9(2)(j)" not in out
    assert "9(2)(j) under" not in out
    assert "Wellbeing survey" not in out.replace('says      "Wellbeing survey"', "")
    assert "[line 10]" in out or "line 10" in out


def test_names_and_titles_cannot_steer_the_terminal(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(RECORD.replace("Wellbeing", "Well\x1b[31mbeing\x9b"), "utf-8")

    _, out, _ = gdprlint("check", "--trace", "UK901", "a.gdpr")
    _, data, _ = gdprlint("check", "--trace", "UK901", "--format", "json", "a.gdpr")

    assert "\x1b" not in out + data
    assert "\x9b" not in out + data


def test_a_trace_fits_into_eighty_columns(gdprlint: Call) -> None:
    _, out, _ = gdprlint("check", "--trace", "UK901,REC121,UK1308", "a.gdpr", "n.gdpr")

    assert [line for line in out.splitlines() if len(line) > 80] == []


def test_the_trace_changes_neither_the_exit_code_nor_the_count_of_findings(gdprlint: Call) -> None:
    plain, out, _ = gdprlint("check", "--format", "json", "a.gdpr")
    code, told, _ = gdprlint("check", "--format", "json", "--trace", "UK901", "a.gdpr")

    assert (code, json.loads(told)["findings"]) == (plain, len(json.loads(out)["findings"]))


def test_lists_within_lists_do_not_fill_the_memory(gdprlint: Call, tmp_path: Path) -> None:
    names = ", ".join(f"d{number}" for number in range(60))
    declared = "".join(f"data d{number} is survey answers\n" for number in range(60))
    (tmp_path / "a.gdpr").write_text(f"{declared}activity study {{\n  collects {names}\n}}\n", "utf-8")
    (tmp_path / "house").mkdir()
    rule = """rule ZZ1 many {
  title "T"
  why "W"
  cites uk-gdpr 5(1)(b)
  severity error
  for each activity
  where some a in activity.data
    satisfies some b in activity.data satisfies some c in activity.data satisfies c is health
  says "many"
}
"""
    (tmp_path / "house" / "many.gdpr").write_text(rule, "utf-8")

    told = traced(gdprlint, "--trace", "ZZ1", "--pack", "house", "a.gdpr")

    (case,) = subject(told, "study")["cases"]
    pending = [*case["conditions"]]
    count = 0
    while pending:
        step = pending.pop()
        count += 1
        pending += step["parts"]
    assert 100 < count < 3_000


def test_a_finding_that_somebody_accepted_says_so_with_the_reason(gdprlint: Call, tmp_path: Path) -> None:
    allowed = "health-answers from participants  # allow UK901: the board agreed, by dpo until 2027-01-01\n}"
    (tmp_path / "a.gdpr").write_text(RECORD.replace("health-answers from participants\n}", allowed, 1), "utf-8")

    told = traced(gdprlint, "--trace", "UK901", "a.gdpr")

    (case,) = subject(told, "wellbeing")["cases"]
    assert (case["reported"], case["became"]) == (
        False,
        "not reported, since it is accepted (allow: the board agreed)",
    )


def test_members_of_a_list_that_surely_do_not_pass_are_shown_too(gdprlint: Call, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    rule = """rule ZZ1 health {
  title "T"
  why "W"
  cites uk-gdpr 9(1)
  severity error
  for each activity
  where some a in activity.data satisfies a is health and a is stated
  says "health"
}
"""
    (tmp_path / "house" / "health.gdpr").write_text(rule, "utf-8")

    told = traced(gdprlint, "--trace", "ZZ1", "--pack", "house", "a.gdpr")

    (case,) = subject(told, "wellbeing")["cases"]
    (condition,) = case["conditions"]
    assert len(condition["parts"]) == 2  # the answers, and the health answers
