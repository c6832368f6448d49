"""What an exception takes out of a report, and what is told of one that takes nothing out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gdprlint import engine, exceptions
from gdprlint.diagnostics import Severity, Suppressed
from gdprlint.rules import packs
from gdprlint.text import Span
from gdprlint.values import evolve

from .conftest import (
    COLLECTS,
    DAY,
    NO_CONDITION,
    NO_NOTICE,
    NOT_KEPT,
    RECORD,
    STUDY,
    Judge,
    above,
    behind,
    codes,
    suppressed,
    told,
)

CHOSEN = (NO_CONDITION, NOT_KEPT, NO_NOTICE, "exceptions")
AGREED = "the ethics board agreed, by dpo until 2027-03-31"


def test_what_is_accepted_is_no_finding_any_more_and_is_kept_with_its_reason(judge: Judge) -> None:
    text = above(COLLECTS, f"allow UK901: {AGREED}")
    report = judge({"a.gdpr": text}, select=CHOSEN)

    assert codes(report) == {NOT_KEPT, NO_NOTICE}
    (one,) = report.suppressed
    assert (one.kind, one.justification, one.owner, one.until) == (
        "allow",
        "the ethics board agreed",
        "dpo",
        "2027-03-31",
    )
    assert one.finding.code == NO_CONDITION
    assert one.span is not None
    assert report.sources["a.gdpr"].slice(one.span) == f"# allow UK901: {AGREED}"


@pytest.mark.parametrize("rule", ["UK901", "special-category-no-condition"])
@pytest.mark.parametrize("put", [above, behind])
def test_a_rule_is_named_by_code_or_name_above_or_behind(judge: Judge, put: object, rule: str) -> None:
    assert callable(put)
    report = judge({"a.gdpr": put(COLLECTS, f"allow {rule}: {AGREED}")}, select=CHOSEN)

    assert suppressed(report) == [NO_CONDITION]
    assert told(report) == []


def test_several_rules_are_accepted_at_once(judge: Judge) -> None:
    report = judge({"a.gdpr": above(COLLECTS, f"allow UK505, UK901: {AGREED}")}, select=CHOSEN)

    assert sorted(suppressed(report)) == [NOT_KEPT, NO_CONDITION]


def test_above_an_activity_it_covers_its_head_and_nothing_in_its_block(judge: Judge) -> None:
    report = judge({"a.gdpr": above(STUDY, f"allow UK1201, UK901: {AGREED}")}, select=CHOSEN)

    assert suppressed(report) == [NO_NOTICE]
    assert told(report) == ["REC017: the exception of `UK901` covers no finding"]


def test_behind_the_brace_of_an_activity_it_covers_its_head_too(judge: Judge) -> None:
    report = judge({"a.gdpr": behind(STUDY, f"allow UK1201: {AGREED}")}, select=CHOSEN)

    assert suppressed(report) == [NO_NOTICE]


def test_on_its_last_day_it_holds_and_on_the_next_it_has_ended(judge: Judge) -> None:
    files = {"a.gdpr": above(COLLECTS, f"allow UK901: {AGREED}")}
    holds = judge(files, select=CHOSEN, on=date(2027, 3, 31))
    ended = judge(files, select=CHOSEN, on=date(2027, 4, 1))

    assert suppressed(holds) == [NO_CONDITION]
    assert suppressed(ended) == []
    assert NO_CONDITION in codes(ended)
    assert told(ended) == ["REC016: the exception of `UK901` ended on 2027-03-31"]


def test_one_that_covers_nothing_is_told_with_a_fix_that_takes_it_out(judge: Judge) -> None:
    for put in (above, behind):
        text = put("  controller    acme\n", f"allow UK901: {AGREED}")
        report = judge({"a.gdpr": text}, select=CHOSEN)
        (found,) = [finding for finding in report.findings if finding.code == "REC017"]
        (fix,) = found.fixes
        (edit,) = fix.edits

        assert (found.severity, fix.safe) == (Severity.WARNING, True)
        assert text[: edit.span.start] + edit.text + text[edit.span.end :] == RECORD


def test_of_several_rules_the_fix_takes_out_the_one_that_covers_nothing(judge: Judge) -> None:
    for rules in ("UK902, UK901", "UK901, UK902", "UK505,UK902, UK901"):
        text = above(COLLECTS, f"allow {rules}: {AGREED}")
        report = judge({"a.gdpr": text}, select=(*CHOSEN, "UK902"))
        (found,) = [finding for finding in report.findings if finding.code == "REC017"]
        (edit,) = found.fixes[0].edits
        mended = text[: edit.span.start] + edit.text + text[edit.span.end :]

        assert found.message == "the exception of `UK902` covers no finding"
        assert told(judge({"a.gdpr": mended}, select=(*CHOSEN, "UK902"))) == []


def test_one_of_a_rule_that_was_not_asked_for_is_not_unused(judge: Judge) -> None:
    report = judge({"a.gdpr": above(COLLECTS, f"allow UK901: {AGREED}")}, select=(NOT_KEPT, "exceptions"))

    assert told(report) == []


def test_one_for_what_the_configuration_took_out_before_is_not_unused(project: Path) -> None:
    (project / "a.gdpr").write_text(above(COLLECTS, f"allow UK901: {AGREED}"), "utf-8")
    whole = packs.load()
    report = engine.check(["."], engine.CheckOptions(DAY, CHOSEN), whole)
    hidden = tuple(Suppressed(one, "configuration") for one in report.findings if one.code == NO_CONDITION)
    rest = tuple(one for one in report.findings if one.code != NO_CONDITION)
    report = evolve(report, findings=rest, suppressed=hidden)

    assert told(exceptions.accepted(report, exceptions.Asked(DAY, lambda: whole, CHOSEN))) == []


def test_one_in_a_file_that_was_not_asked_for_is_not_looked_at(judge: Judge) -> None:
    files = {
        "gdprlint.toml": "",
        "a.gdpr": RECORD,
        "b.gdpr": f"# allow UK901: {AGREED}\ndata others of members is name\n",
    }

    assert told(judge(files, "a.gdpr", select=CHOSEN)) == []
    assert told(judge(files, "b.gdpr", select=CHOSEN)) == ["REC017: the exception of `UK901` covers no finding"]


def test_the_second_of_two_for_one_finding_is_unused(judge: Judge) -> None:
    text = above(COLLECTS, f"allow UK901: {AGREED}\n  # allow UK901: for another reason")
    report = judge({"a.gdpr": text}, select=CHOSEN)

    assert [one.justification for one in report.suppressed] == ["the ethics board agreed"]
    assert told(report) == ["REC017: the exception of `UK901` covers no finding"]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("allow UK90l: agreed by all", "REC014: no rule is called `UK90l`"),
        ("allow uk901: agreed by all", "REC014: no rule is called `uk901`"),
        ("allow uk-gdpr: agreed by all", "REC014: no rule is called `uk-gdpr`"),
        ("allow syntax: agreed by all", "REC014: no rule is called `syntax`"),
        ("allow special-category-no-conditions: agreed", "REC014: no rule is called `special-category-no-conditions`"),
        ("allow UK901", "REC012: behind the rule stands a colon, and behind that the reason"),
        ("allow UK901:", "REC013: the exception gives no reason"),
        ("allow UK901: agreed, until 2027-02-30", "REC015: `2027-02-30` is no date"),
        ("allow REC017: agreed by all", "REC012: `REC017` tells of exceptions, and cannot be accepted by one"),
    ],
)
def test_one_that_is_not_right_takes_nothing_out_and_is_told(judge: Judge, comment: str, expected: str) -> None:
    report = judge({"a.gdpr": above(COLLECTS, comment)}, select=CHOSEN)

    assert suppressed(report) == []
    assert NO_CONDITION in codes(report)
    assert told(report) == [expected]
    (found,) = [finding for finding in report.findings if f"{finding.code}: {finding.message}" == expected]
    assert found.severity is Severity.ERROR
    assert found.fingerprint


def test_a_misspelt_rule_gets_the_nearest_one_offered(judge: Judge) -> None:
    report = judge({"a.gdpr": above(COLLECTS, "allow special-category-no-conditions: agreed")}, select=CHOSEN)
    (found,) = [finding for finding in report.findings if finding.code == "REC014"]

    assert found.help == "did you mean `special-category-no-condition`?"
    assert report.sources["a.gdpr"].slice(found.span) == "special-category-no-conditions"


def test_one_that_stands_on_nothing_is_told(judge: Judge) -> None:
    report = judge({"a.gdpr": f"{RECORD}# allow UK901: {AGREED}\n"}, select=CHOSEN)

    assert told(report) == ["REC012: the exception stands on no clause and right above none"]


def test_what_is_told_of_exceptions_can_be_left_out_like_anything_else(judge: Judge) -> None:
    report = judge({"a.gdpr": f"{RECORD}# allow UK901: {AGREED}\n"}, select=(NO_CONDITION,))

    assert codes(report) == {NO_CONDITION}


def test_a_fault_of_syntax_cannot_be_accepted(judge: Judge) -> None:
    report = judge({"a.gdpr": above("  controller    acme\n", "allow unexpected-tail: agreed").replace("acme\n\n", "")})

    assert "REC014: no rule is called `unexpected-tail`" in told(report)


# The code of conduct asks for a period as well, and says nothing of it beside the rule of the law.
YIELDS = "MRS184"


def test_a_finding_that_yields_stays_hidden_when_the_other_one_is_accepted(judge: Judge) -> None:
    record = RECORD.replace("use uk-gdpr\n", "use uk-gdpr, mrs-code\n").replace(
        "is charity in GB", "is charity in GB under mrs-code"
    )
    accepted = record.replace(COLLECTS, f"  # allow UK505: {AGREED}\n{COLLECTS}")

    assert codes(judge({"a.gdpr": record}, select=(YIELDS,))) == {YIELDS}
    assert codes(judge({"a.gdpr": record}, select=(YIELDS, NOT_KEPT))) == {NOT_KEPT}
    assert codes(judge({"a.gdpr": accepted}, select=(YIELDS, NOT_KEPT))) == set()


PACK = """\
rule LOC1 purpose-of-research {
  title     "Research"
  why       "A test."
  cites     uk-gdpr 5(1)(b)
  severity  warning
  also      OLD1

  for each  activity
  for each  p in activity.purpose
  where     p is research
  at        p
  says      "{activity} is research"
}
"""


@pytest.mark.parametrize("rule", ["LOC1", "OLD1", "purpose-of-research"])
def test_a_rule_of_a_local_pack_is_accepted_by_code_name_and_other_name(judge: Judge, rule: str) -> None:
    files = {"pack/rule.gdpr": PACK, "a.gdpr": above("  purpose       research\n", f"allow {rule}: {AGREED}")}
    report = judge(files, "a.gdpr", select=("LOC1", "exceptions"), packs=("pack",))

    assert suppressed(report) == ["LOC1"]
    assert told(report) == []


def test_the_numbers_of_the_run_are_those_of_what_is_left(judge: Judge) -> None:
    report = judge({"a.gdpr": above(COLLECTS, f"allow UK901: {AGREED}")}, select=(NO_CONDITION,))

    assert report.findings == ()
    assert (report.judged.files, report.judged.files_with_findings) == (1, 0)
    assert report.judged.by_rule[NO_CONDITION] == "failed"


def test_a_report_without_exceptions_is_the_very_same(judge: Judge) -> None:
    report = judge({"a.gdpr": f"{RECORD}# a swallow follows\n# allowed: nothing\n"}, select=CHOSEN)

    assert report.suppressed == ()
    assert told(report) == []
    assert all(isinstance(finding.span, Span) for finding in report.findings)
