"""A rule in Python and the same rule in the language are one: every byte of every format agrees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gdprlint import engine
from gdprlint.api import Activity, Context, Draft, rule
from gdprlint.engine import CheckOptions, check
from gdprlint.reporters import RenderOptions, render
from gdprlint.rules.packs import Library, load

DECLARED = """\
rule ZZ901 special-category-and-no-condition {
  title     "Special category data without an Article 9 condition"
  why       "Article 9(1) forbids processing these data. A lawful basis does not lift the ban."
  cites     uk-gdpr 9(1), uk-gdpr 9(2)
  silence counts in art30-1, notice
  severity  error

  for each  activity
  where     some d in activity.data is special category data
  expect    activity.condition is stated
  at        d "special category data", activity.lawful-basis "a basis of Article 6 settles nothing here"
  says      "{activity} uses {d} and names no Article 9 condition"
  help      "research usually relies on `condition 9(2)(j)`"
}
"""
RECORD = """\
organisation acme "Acme Research" is company in GB
people participants "People who take part"
data answers of participants is survey answers
data health-answers of participants is health

activity wellbeing "Wellbeing survey" {
  controller    acme
  lawful basis  public task
  collects      answers, health-answers from participants
}
activity other "Another survey" {
  collects      health-answers from participants
  condition     9(2)(j) under dpa-2018 schedule 1 paragraph 4
}
activity unclear "A third" {
  possibly collects health-answers from participants
}
"""


@rule(
    "ZZ901",
    "special-category-and-no-condition",
    cites=["uk-gdpr 9(1)", "uk-gdpr 9(2)"],
    silence=["art30-1", "notice"],
    help="research usually relies on `condition 9(2)(j)`",
    pack="zz",
)
def special_category_no_condition(activity: Activity, ctx: Context) -> Iterator[Draft]:
    """Special category data without an Article 9 condition.

    Article 9(1) forbids processing these data. A lawful basis does not lift the ban.
    """
    special = [item for item in ctx.field(activity, "data") if ctx.is_a(item, "special category data")]
    if special and ctx.is_said(ctx.field(activity, "condition")) is False:
        message = f"{ctx.words(activity)} uses {ctx.words(special[0])} and names no Article 9 condition"
        yield ctx.finding(special[0], message, "special category data").label(
            ctx.field(activity, "lawful-basis"), "a basis of Article 6 settles nothing here"
        )


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_both_kinds_of_rule_give_the_same_bytes(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zz.gdpr").write_text(DECLARED, "utf-8")
    (tmp_path / "r.gdpr").write_text(RECORD, "utf-8")
    monkeypatch.chdir(tmp_path)

    def output(**options: object) -> str:
        report = check(["r.gdpr"], CheckOptions(date(2026, 11, 21), select=("ZZ901",), **options))  # type: ignore[arg-type]
        assert len(report.findings) == 2
        return render(report, form, RenderOptions(color=False, width=None))

    in_language = output(local_packs=("zz.gdpr",))
    (tmp_path / "zz.gdpr").write_text("", "utf-8")
    library = load(["zz.gdpr"])
    in_python = Library(library.packs, (special_category_no_condition,), library.problems)
    monkeypatch.setattr(engine, "load_library", lambda local: in_python)
    assert output() == in_language
