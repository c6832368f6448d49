"""`gdprlint check`: options, streams and exit codes. What is found is the business of other tests."""

from __future__ import annotations

import gc
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint.cli.check import command
from gdprlint.cli.plain import Asked, read
from gdprlint.cli.stages import exit_code, listed
from gdprlint.diagnostics import Diagnostic, Judged, Problem, Report, Severity
from gdprlint.text import Span

Cli = Callable[..., tuple[int, str, str]]

# Health data of the survey, and no condition of Article 9.
FAULTY = """\
use uk-gdpr, dpa-2018

record r "A survey" of acme under uk-gdpr 30(1) on 2026-03-01

organisation acme "Acme Caf\u00e9" is charity in GB
people participants "People who take part"
data answers of participants is health

activity study "A study" {
  controller    acme
  purpose       research
  lawful basis  public task
  collects      answers from participants
}
"""


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    file = tmp_path / "faulty.gdpr"
    file.write_text(FAULTY, encoding="utf-8")
    return file


def report(*severities: Severity, problems: tuple[Problem, ...] = ()) -> Report:
    judged = Judged(1, 1, ("core",), "2026-11-21", 1, 0, 0)
    findings = tuple(Diagnostic("REC001", "a", severity, "m", Span("r", 0, 1)) for severity in severities)
    return Report(findings, judged, problems)


@pytest.mark.parametrize(
    ("found", "fail_on", "exit_zero", "code"),
    [
        (report(), "info", False, 0),
        (report(Severity.WARNING), "error", False, 0),
        (report(Severity.WARNING), "warning", False, 1),
        (report(Severity.INFO), "warning", False, 0),
        (report(Severity.INFO, Severity.ERROR), "error", False, 1),
        (report(Severity.ERROR), "error", True, 0),
        (report(Severity.ERROR, problems=(Problem("p"),)), "error", False, 2),
        (report(problems=(Problem("p"),)), "error", True, 2),
    ],
)
def test_exit_codes(found: Report, fail_on: str, exit_zero: bool, code: int) -> None:
    assert exit_code(found, fail_on, exit_zero) == code


def test_a_rule_can_compare_the_day_of_judgment_where_nobody_named_one(gdprlint: Cli, tmp_path: Path) -> None:
    rule = 'rule ZZ1 late {\n  title "t"\n  why "w"\n  cites 5(1)(e)\n  severity error\n  for each activity\n'
    (tmp_path / "late.gdpr").write_text(rule + '  expect as-of < 2020-01-01\n  says "it is late"\n}\n')
    (tmp_path / "r.gdpr").write_text("activity a\n")

    assert "it is late" in gdprlint("check", "r.gdpr", "--pack", "late.gdpr", "--select", "ZZ1")[1]


def test_rules_are_listed_with_commas_or_again_and_again() -> None:
    assert listed(["UK901, art 9", "retention", " ,"]) == ("UK901", "art 9", "retention")


def test_a_finding_goes_to_stdout_and_sets_the_exit_code(gdprlint: Cli, faulty: Path) -> None:
    code, out, err = gdprlint("check", "--as-of", "2026-11-21", "faulty.gdpr")

    assert (code, err) == (1, "")
    assert "error[UK901]" in out
    assert " faulty.gdpr:" in out


def test_without_paths_the_current_folder_is_judged(gdprlint: Cli, faulty: Path) -> None:
    code, out, _ = gdprlint("check", "--as-of", "2026-11-21")

    assert code == 1
    assert "faulty.gdpr:" in out


def test_exit_zero_shows_what_is_found_all_the_same(gdprlint: Cli, faulty: Path) -> None:
    code, out, _ = gdprlint("check", "--exit-zero", "faulty.gdpr")

    assert code == 0
    assert "UK901" in out


def test_selected_rules_only(gdprlint: Cli, faulty: Path) -> None:
    _, out, _ = gdprlint("check", "--format", "json", "--select", "UK901", "faulty.gdpr")

    assert {finding["code"] for finding in json.loads(out)["findings"]} == {"UK901"}


def test_ignored_rules_are_left_out(gdprlint: Cli, faulty: Path) -> None:
    code, out, _ = gdprlint("check", "--ignore", "UK901, special-category-no-condition", "faulty.gdpr")

    assert code in (0, 1)
    assert "UK901" not in out


def test_json_is_one_document(gdprlint: Cli, faulty: Path) -> None:
    code, out, _ = gdprlint("check", "--format", "json", "--as-of", "2026-11-21", "faulty.gdpr")

    assert code == 1
    assert json.loads(out)["judged"]["as_of"] == "2026-11-21"


def test_colour_is_a_layer_on_the_same_text(gdprlint: Cli, faulty: Path) -> None:
    plain = gdprlint("check", "--color", "never", "faulty.gdpr")[1]
    colored = gdprlint("check", "--color", "always", "faulty.gdpr")[1]

    assert colored != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_no_source_shows_no_line_of_the_file(gdprlint: Cli, faulty: Path) -> None:
    code, out, _ = gdprlint("check", "--no-source", "faulty.gdpr")

    assert code == 1
    assert "answers from participants" not in out


@pytest.mark.parametrize("value", ["2026", "2026-13-01", "20261121", "2026-W01-1", "today", "\u0662026-11-21"])
def test_a_day_is_written_in_one_way(gdprlint: Cli, value: str) -> None:
    code, out, err = gdprlint("check", "--as-of", value)

    assert (code, out) == (2, "")
    assert "write it as 2026-11-21" in err


def test_a_file_that_is_not_there_is_told_on_stderr(gdprlint: Cli) -> None:
    code, _, err = gdprlint("check", "missing.gdpr")

    assert code == 2
    assert "missing.gdpr" in err


def test_what_the_reader_tells_of_a_word_is_chosen_as_rules_are(gdprlint: Cli, faulty: Path) -> None:
    faulty.write_text(FAULTY.replace("controller    acme", "controller    amce"), "utf-8")
    concise = ("check", "--format", "concise", "faulty.gdpr")

    assert "REC001" in gdprlint(*concise)[1]
    assert "REC001" in gdprlint(*concise, "--select", "reference")[1]
    assert "REC001" not in gdprlint(*concise, "--ignore", "REC001")[1]
    assert "REC001" not in gdprlint(*concise, "--select", "UK901")[1]


def test_a_rule_that_does_not_exist_cannot_be_selected(gdprlint: Cli, faulty: Path) -> None:
    code, out, err = gdprlint("check", "--select", "XX999", "faulty.gdpr")

    assert (code, out) == (2, "")
    assert err.startswith("gdprlint: ")
    assert "XX999" in err
    assert err.count("\n") == 1


PLAIN = [
    [],
    ["a.gdpr", "b"],
    ["--as-of", "2024-02-29"],
    ["--format", "json", "a.gdpr"],
    ["a", "--format", "concise", "--format", "full", "b"],
    ["--fail-on", "info", "--exit-zero"],
    ["--no-source", "--color", "never", "a"],
    ["--quiet", "--fail-on-empty", "a"],
]


@pytest.mark.skipif(os.name == "nt", reason="there click lays out patterns")
@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_a_plain_command_line_is_read_as_click_reads_it(arguments: list[str]) -> None:
    asked = read(["check", *arguments])

    assert asked is not None
    assert asked._asdict() == command.make_context("check", list(arguments)).params


def test_a_plain_command_line_knows_every_option() -> None:
    assert set(Asked._fields) == {parameter.name for parameter in command.params}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"], ["-"], ["--", "-a"], ["--select", "REC"], ["--format"], ["--format", "xml"], ["--format=json"],
        ["--as-of", "2026-02-30"], ["--as-of"], ["--jobs", "x"], ["--as-of", "--help"], ["--form", "json"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_not_plain_is_left_to_click(arguments: list[str]) -> None:
    assert read(["check", *arguments]) is None


def test_only_check_is_read_without_click() -> None:
    assert read([]) is None
    assert read(["rules"]) is None
    assert read(["--version", "check"]) is None


@pytest.mark.parametrize("what", ["a.gdpr", "notices"])
def test_what_a_check_holds_is_let_go_of_where_its_process_goes_on(what: str, gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text("activity a { purpose research }\n", "utf-8")
    (tmp_path / "notices").mkdir()
    for number in range(2):
        (tmp_path / "notices" / f"{number}.md").write_text("# Privacy notice\n\nWe collect your name.\n", "utf-8")

    gc.unfreeze()  # what the tests keep (tests/conftest.py)

    gdprlint("check", what, "--exit-zero")

    assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)
