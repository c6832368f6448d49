"""What the commands show of a pack that builds on others: a folder in a project, named in its configuration."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., tuple[int, str, str]]
HOUSE = """\
pack house "House rules" {
  prefix HSE
  edition "1.2"
  requires uk-gdpr ">=0.1"
}
rule HSE001 kept-nowhere {
  title     "Kept, and nobody knows where"
  why       "Somebody should."
  cites     uk-gdpr 5(1)(e)
  severity  info
  silence counts in art30-1
  for each  k in activity.keeps
  expect    k.in is stated
  at        k
  says      "{k} is kept somewhere"
  bad { activity a { keeps contacts for 4 years } }
  good { activity a { keeps contacts for 4 years in GB } }
}
override UK510 record-review-overdue {
  severity  error
  parameter interval 6 months
  why       "twice a year"
  bad { activity a { reviewed on 2026-03-01 } }
}
override UK506 retention-open-ended {
  replaced by HSE001
  why       "a place is asked for"
}
"""
RECORD = """\
use uk-gdpr
record r of acme under uk-gdpr 30(1) on 2026-11-01
organisation acme
activity study {
  reviewed on 2026-03-01
  keeps "notes" indefinitely  # allow UK506: agreed, by dpo
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a pack of its own, which its configuration names."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "pack.gdpr").write_text(HOUSE, "utf-8")
    (tmp_path / "gdprlint.toml").write_text('local-packs = ["house"]\n', "utf-8")
    (tmp_path / "r.gdpr").write_text(RECORD, "utf-8")
    return tmp_path


def test_the_list_of_rules_names_who_changed_them(project: Path, gdprlint: Cli) -> None:
    code, out, _ = gdprlint("rules")
    lines = {line.split()[0]: line.split() for line in out.splitlines() if line}

    assert code == 0
    assert lines["UK510"] == ["UK510", "record-review-overdue", "error", "uk-gdpr", "house"]
    assert lines["UK506"] == ["UK506", "retention-open-ended", "uk-gdpr", "HSE001", "house"]
    assert lines["HSE001"] == ["HSE001", "kept-nowhere", "info", "house"]


def test_it_tells_programs_what_was_changed_and_why(project: Path, gdprlint: Cli) -> None:
    listed = json.loads(gdprlint("rules", "--changed", "--format", "json")[1])
    (rule,), (replaced,) = listed["rules"], listed["replaced"]

    assert rule["changes"] == [
        {
            "pack": "house",
            "place": "house/pack.gdpr:19",
            "why": "twice a year",
            "what": ["severity error instead of info", "interval 6 months instead of 12 months"],
        }
    ]
    assert rule["parameters"] == [{"name": "interval", "kind": "amount", "value": "6 months", "by": "house"}]
    assert replaced["code"] == "UK506"
    assert replaced["replaced"]["by"] == ["HSE001"]


def test_without_the_configuration_the_rules_are_those_of_the_packs(project: Path, gdprlint: Cli) -> None:
    assert gdprlint("rules", "--changed", "--no-config") == (0, "", "")
    assert "Parameter interval = 12 months\n" in gdprlint("rule", "UK510", "--no-config")[1]


def test_the_page_of_a_rule_says_who_changed_it(project: Path, gdprlint: Cli) -> None:
    page = " ".join(gdprlint("rule", "UK510")[1].split())

    assert "UK510 record-review-overdue error, uk-gdpr" in page
    assert "Parameter interval = 6 months (by house)" in page
    assert "Changed by house in house/pack.gdpr:19: severity error instead of info; interval 6 months" in page
    assert "From house 1.2, local, in house/pack.gdpr" in " ".join(gdprlint("rule", "HSE001")[1].split())


def test_a_configuration_has_the_last_word_on_a_parameter(project: Path, gdprlint: Cli) -> None:
    def said() -> list[str]:
        out = gdprlint("check", "--select", "UK510", "--as-of", "2026-11-21", "--format", "concise")[1]
        return [line for line in out.splitlines() if "[" in line]

    told = ["r.gdpr:5:3: error[UK510] study was last looked at on 2026-03-01"]
    assert said() == told
    (project / "gdprlint.toml").write_text(
        'local-packs = ["house"]\n[parameters.record-review-overdue]\ninterval = "9 months"\n', "utf-8"
    )
    assert said() == []
    assert "Parameter interval = 9 months (by gdprlint.toml:3)" in gdprlint("rule", "UK510")[1]


def test_an_exception_of_a_rule_that_is_replaced_covers_what_stands_in_its_place(project: Path, gdprlint: Cli) -> None:
    code, out, _ = gdprlint("check", "--select", "HSE001", "--as-of", "2026-11-21", "--format", "concise")

    assert code == 0
    assert out.startswith("No problems in 1 file. 1 accepted: 1 by allow.\n")


def test_what_is_wrong_in_the_pack_is_shown_at_its_line(project: Path, gdprlint: Cli) -> None:
    text = HOUSE.replace(">=0.1", ">=99").replace('  why       "twice a year"\n', "")
    (project / "house" / "pack.gdpr").write_text(text, "utf-8")
    code, out, _ = gdprlint("check", "--select", "syntax", "--format", "full", "--as-of", "2026-11-21")

    assert code == 1
    assert " --> house/pack.gdpr:4:12\n" in out
    assert '4 |   requires uk-gdpr ">=99"\n' in out
    assert "the override of UK510 gives no reason" in out


def test_the_doctor_names_a_pack_whose_requirement_does_not_hold(project: Path, gdprlint: Cli) -> None:
    assert "house on UK510" in gdprlint("doctor")[1]

    (project / "house" / "pack.gdpr").write_text(HOUSE.replace(">=0.1", ">=99"), "utf-8")
    code, out, _ = gdprlint("doctor")

    assert code == 2
    assert "house requires uk-gdpr >=99, and uk-gdpr is 0.1.0" in " ".join(out.split())


def test_the_examples_of_an_override_are_run(project: Path, gdprlint: Cli) -> None:
    assert gdprlint("test", "./house")[:2] == (
        0,
        "1 rule, 1 override, 3 examples: all passed, and every condition is noticed.\n",
    )
    (project / "house" / "pack.gdpr").write_text(
        HOUSE.replace("bad { activity a { reviewed", "good { activity a { reviewed")
    )
    code, out, _ = gdprlint("test", "./house", "--format", "concise")
    assert code == 1
    assert "house/pack.gdpr:23: UK510 `good` example is reported" in out


def test_a_report_for_people_knows_a_rule_that_is_replaced(project: Path, gdprlint: Cli) -> None:
    assert gdprlint("check", "--output", "html=report.html", "--as-of", "2026-11-21")[0] == 1
    assert "HSE001" in (project / "report.html").read_text("utf-8")
