"""What the examples of the core rules cannot show: how severe a finding is, and that it is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gdprlint.diagnostics import Report
from gdprlint.engine import CheckOptions, check

Judge = Callable[[str, str], Report]

RECORD = "record register of acme under uk-gdpr 30(1) on 2026-03-01\n"
NOTICE = 'notice policy "policy.md" of study by acme on 2026-03-01\n'
NAMES = """
organisation acme "Acme Research" is company in GB
organisation mailer "Mailer Inc" is company in US
organisation printer "Printer Ltd" is company in GB
team analysts "Analysts" of acme
people participants "People who take part"
data contacts of participants is name, email address
data answers of participants is survey answers
"""


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Judge a text, with the names above, by one rule."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, code: str) -> Report:
        (tmp_path / "register.gdpr").write_text(text + NAMES, encoding="utf-8")
        return check(["register.gdpr"], CheckOptions(date(2026, 11, 21), select=(code,)))

    return run


TWO_ACTIVITIES = """
activity booking {
  keeps         contacts until "the interview" then delete
}
activity vouchers {
  keeps         contacts for 6 months after "the voucher is sent" then delete
}
"""
ONE_ACTIVITY = TWO_ACTIVITIES.replace("}\nactivity vouchers {\n", "")


@pytest.mark.parametrize(
    ("header", "activities", "severity"),
    [(NOTICE, TWO_ACTIVITIES, "error"), (RECORD, TWO_ACTIVITIES, "warning"), (RECORD, ONE_ACTIVITY, "error")],
)
def test_a_record_may_keep_data_longer_in_one_activity_than_in_another(
    judge: Judge, header: str, activities: str, severity: str
) -> None:
    (finding,) = judge(header + activities, "REC102").findings
    assert (finding.severity.name.lower(), len(finding.labels)) == (severity, 1)


@pytest.mark.parametrize(
    ("disclosed", "severity"), [("", "warning"), ("  discloses     contacts to mailer\n", "error")]
)
def test_names_in_data_that_identify_nobody_are_worse_where_the_data_are_passed_on(
    judge: Judge, disclosed: str, severity: str
) -> None:
    text = RECORD + "activity study {\n  never identifies participants in contacts\n" + disclosed + "}\n"
    (finding,) = judge(text, "REC154").findings
    assert finding.severity.name.lower() == severity


def test_everybody_who_belies_an_exclusive_claim_is_shown_in_one_finding(judge: Judge) -> None:
    text = """
activity study {
  controller    acme
  opens         all data to analysts only
  activity news {
    discloses     contacts to mailer
  }
  activity letters {
    discloses     contacts to printer
  }
}
"""
    (finding,) = judge(NOTICE + text, "REC104").findings
    assert len(finding.labels) == 2


def test_an_inner_activity_left_empty_is_told_where_it_stands(judge: Judge) -> None:
    text = "activity study {\n  purpose       research\n  activity interviews {\n  }\n}\n"
    (finding,) = judge(RECORD + text, "REC114").findings
    assert finding.activity == "interviews"


def test_a_line_that_cannot_be_read_does_not_make_an_activity_empty(judge: Judge) -> None:
    report = judge(RECORD + "activity study {\n  collekts      answers\n}\n", "REC114")
    assert [finding for finding in report.findings if finding.code == "REC114"] == []
