"""Findings that somebody has accepted: counted always, shown where that is asked for."""

from __future__ import annotations

import json

from gdprlint.diagnostics import Suppressed
from gdprlint.reporters import RenderOptions, render
from gdprlint.reporters.accepted import counted_by_kind, in_order, terms_of
from gdprlint.reporters.style import painter
from gdprlint.reporters.totals import closing
from gdprlint.values import evolve

from .making import ACCEPTED, ALLOWED, MISSPELT, NO_CONDITION, NOTICE, OLD, WELLBEING, report

SHOWN = RenderOptions(show_suppressed=True)


def test_the_last_lines_count_them_by_where_it_is_written() -> None:
    configured = evolve(ALLOWED, kind="configuration")
    whole = report(MISSPELT, sources=(NOTICE, WELLBEING), suppressed=(OLD, ALLOWED, ALLOWED, configured))

    assert closing(whole, painter(False))[-1].splitlines()[0] == (
        "Found 1 problem (1 error) in 0 of 14 files. 4 accepted: 2 by allow, 1 in the baseline, 1 by configuration."
    )


def test_where_none_is_left_they_are_counted_all_the_same() -> None:
    whole = report(suppressed=(OLD,))

    assert closing(whole, painter(False))[-1].startswith("No problems in 14 files. 1 accepted: 1 in the baseline.\n")


def test_where_nothing_is_accepted_nothing_is_said() -> None:
    assert counted_by_kind([]) == ""


def test_the_terms_say_by_what_until_when_who_and_why() -> None:
    assert terms_of(ALLOWED) == (
        "by allow until 2027-03-31, owner data protection officer: the board has decided, see minute 12"
    )
    assert terms_of(OLD) == "in the baseline"
    assert terms_of(Suppressed(NO_CONDITION, "allow", "a\nb\x1b[2J")) == r"by allow: a\u000ab\u001b[2J"


def test_they_are_not_shown_unasked() -> None:
    for format in ("full", "concise"):
        assert "UK901" not in render(ACCEPTED, format, RenderOptions())


def test_concise_shows_each_in_one_line_with_its_terms() -> None:
    lines = render(ACCEPTED, "concise", SHOWN).splitlines()

    assert lines[1:3] == [
        'notices/wellbeing.md:3:32: accepted[UK1341] the notice and the record of "Wellbeing survey" give different '
        "retention periods: the notice: 12 months (in the baseline)",
        'records/wellbeing.gdpr:2:36: accepted[UK901] "Wellbeing survey" uses health-answers, which is special '
        "category data, but states no Article 9 condition: health data (by allow until 2027-03-31, owner data "
        "protection officer: the board has decided, see minute 12)",
    ]


def test_full_shows_where_each_is_accepted_and_why() -> None:
    short = evolve(ALLOWED, finding=ALLOWED.finding.evolve(message="no Article 9 condition is stated"))
    whole = report(sources=(WELLBEING,), suppressed=(short,))

    assert (
        "\n" + render(whole, "full", SHOWN)
        == """
accepted[UK901]: no Article 9 condition is stated
 --> records/wellbeing.gdpr:2:36
  |
2 |   collects        contact-details, health-answers from participants
  |                                    ^^^^^^^^^^^^^^^^^^^ health data
3 |   lawful basis    public task
  |                   ----------- a basis of Article 6 does not settle Article 9
4 |   transfers       none
  |   -------------------- accepted here
  |
  = law: UK GDPR Art. 9(1), Art. 9(2)
  = help: research usually relies on `condition 9(2)(j) under dpa-2018 schedule 1 paragraph 4`
  = more: gdprlint rule UK901
  = accepted: by allow until 2027-03-31, owner data protection officer: the board has decided, see minute 12

No problems in 14 files. 1 accepted: 1 by allow.
Judged by uk-gdpr, dpa-2018 and mrs-code as in force on 2026-11-21; 31 rules did not apply.
"""
    )


def test_colour_is_a_layer_on_the_same_text() -> None:
    colored = render(ACCEPTED, "full", RenderOptions(color=True, show_suppressed=True))

    assert "\x1b[1;32maccepted[UK901]\x1b[0m: " in colored


def test_json_has_each_with_its_terms_and_its_finding() -> None:
    old, allowed = json.loads(render(ACCEPTED, "json", RenderOptions()))["suppressed"]

    assert list(allowed) == ["kind", "justification", "owner", "until", "place", "finding"]
    assert (allowed["kind"], allowed["owner"], allowed["until"]) == ("allow", ALLOWED.owner, "2027-03-31")
    assert allowed["place"]["line"] == 4
    assert allowed["finding"]["code"] == "UK901"
    assert old["place"]["path"] == "gdprlint-baseline.json"


def test_the_order_is_that_of_findings_whoever_accepted_them() -> None:
    one, other = report(suppressed=(OLD, ALLOWED)), report(suppressed=(ALLOWED, OLD))

    assert in_order(one) == in_order(other) == [OLD, ALLOWED]
