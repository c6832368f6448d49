"""What a configuration makes of `gdprlint check`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint.cli.configured import Configured
from gdprlint.cli.plain import Asked, Today
from gdprlint.engine import planned
from tests.cli.test_commands import imported_by
from tests.configuration.conftest import NOTICE, RECORD, Cli

Check = Callable[..., tuple[int, list[str], str]]
ONE = 'select = ["UK901"]\n'
FOUND = (
    'a.gdpr:13:17: error[UK901] "A study" uses answers, which hold or may hold special category data, and names no '
    "Article 9 condition"
)


def test_a_configuration_chooses_rules(check: Check) -> None:
    assert check({"a.gdpr": RECORD, "gdprlint.toml": ONE}) == (1, [FOUND], "")
    assert check({"gdprlint.toml": ONE + 'ignore = ["art 9"]\n'}) == (0, [], "")


def test_it_may_stand_in_pyproject(check: Check) -> None:
    assert check({"a.gdpr": RECORD, "pyproject.toml": "[tool.gdprlint]\n" + ONE}) == (1, [FOUND], "")


def test_beside_gdprlint_toml_the_table_in_pyproject_is_told_not_to_be_used(check: Check) -> None:
    code, lines, _ = check({"a.gdpr": RECORD, "gdprlint.toml": ONE, "pyproject.toml": "[tool.gdprlint]\nselect = []\n"})

    assert (code, lines[0]) == (1, FOUND)
    assert lines[1].startswith("pyproject.toml:1:7: warning[configuration] this configuration is not used")


def test_an_empty_gdprlint_toml_only_marks_a_register(check: Check) -> None:
    files = {"a.gdpr": RECORD, "gdprlint.toml": "# here\n", "pyproject.toml": "[tool.gdprlint]\n" + ONE}

    assert check(files) == (1, [FOUND], "")


def test_a_file_in_a_folder_below_is_judged_by_the_configuration_of_its_register(check: Check) -> None:
    _, lines, _ = check({"records/a.gdpr": RECORD, "gdprlint.toml": ONE}, "records/a.gdpr")

    assert lines == [f"records/{FOUND}"]


def test_no_configuration_above_the_project_counts(check: Check, project: Path) -> None:
    (project.parent / "gdprlint.toml").write_text('ignore = ["UK901"]\n')

    assert FOUND in check({"a.gdpr": RECORD}, "a.gdpr")[1]


def test_the_severity_by_the_word_that_says_most_exactly_which_rule_holds(check: Check) -> None:
    severities = '[severity]\nuk-gdpr = "info"\n"art 9" = "warning"\n'

    assert "warning[UK901]" in check({"a.gdpr": RECORD, "gdprlint.toml": ONE + severities})[1][0]
    severities += 'special-category-no-condition = "info"\n'
    assert check({"gdprlint.toml": ONE + severities})[0] == 0


def test_the_severity_that_fails_a_run_is_configured(check: Check) -> None:
    softer = ONE + '[severity]\nUK901 = "warning"\n'

    assert check({"a.gdpr": RECORD, "gdprlint.toml": softer})[0] == 0
    assert check({"gdprlint.toml": 'fail-on = "warning"\n' + softer})[0] == 1


def test_the_command_line_goes_before_the_configuration(check: Check) -> None:
    files = {"a.gdpr": RECORD, "gdprlint.toml": 'fail-on = "info"\nas-of = 2018-01-01\nignore = ["UK901"]\n'}

    assert check(files, "--select", "UK901")[1] == []  # in 2018 there was no such duty
    assert check(files, "--select", "UK901", "--as-of", "2026-11-22") == (1, [FOUND], "")
    assert check(files, "--select", "REC121", "--fail-on", "error")[0] == 0


def test_the_format_is_configured(check: Check, gdprlint: Cli) -> None:
    check({"a.gdpr": RECORD, "gdprlint.toml": ONE + 'format = "json"\n'})

    assert gdprlint("check")[1].startswith("{")
    assert gdprlint("check", "--format", "full")[1].startswith("error[UK901]")


def test_a_configured_format_gives_way_to_outputs_that_it_cannot_share_stdout_with(check: Check, gdprlint: Cli) -> None:
    check({"a.gdpr": RECORD, "gdprlint.toml": ONE + 'format = "json"\n'})
    code, out, err = gdprlint("check", "--output", "github")

    assert (code, err) == (1, "")
    assert "error[UK901]" in out
    assert "::error " in out


def test_no_config_reads_none(check: Check) -> None:
    files = {"a.gdpr": RECORD, "gdprlint.toml": 'ignore = ["UK901"]\nigonre = 1\n'}

    assert check(files, "--no-config", "--select", "UK901") == (1, [FOUND], "")


def test_config_names_another_file(check: Check) -> None:
    files = {"a.gdpr": RECORD, "gdprlint.toml": 'ignore = ["UK901"]\n', "strict.toml": ONE}

    assert check(files, "--config", "strict.toml") == (1, [FOUND], "")


def test_config_and_no_config_cannot_both_be_asked_for(check: Check) -> None:
    code, _, err = check({"a.gdpr": RECORD, "x.toml": ""}, "--config", "x.toml", "--no-config")

    assert code == 2
    assert "opposite" in err


def test_several_registers_have_each_their_own(check: Check) -> None:
    files = {
        "one/a.gdpr": RECORD,
        "one/gdprlint.toml": ONE + 'fail-on = "warning"\nformat = "json"\n[severity]\nUK901 = "warning"\n',
        "two/a.gdpr": RECORD,
        "two/gdprlint.toml": ONE + '[severity]\nUK901 = "info"\n',
        "three/a.gdpr": RECORD,
        "three/gdprlint.toml": 'select = ["REC121"]\n',
    }
    code, lines, _ = check(files)

    assert [line.partition("]")[0] for line in lines] == [
        "one/a.gdpr:13:17: warning[UK901",
        "two/a.gdpr:13:17: info[UK901",
    ]
    assert code == 1
    assert check(files, "two")[0] == 0


def test_findings_of_some_files_are_accepted_with_their_reason(check: Check, project: Path) -> None:
    exempt = '[per-path."old/"]\nignore = ["art 9"]\nreason = "kept for the archive"\nuntil = 2099-12-31\n'
    check({"old/a.gdpr": RECORD, "gdprlint.toml": ONE + exempt})
    report, *_ = Configured(Asked(("old",), Today.today())).judged(planned(["old"]))

    assert report.findings == ()
    (accepted,) = report.suppressed
    assert (accepted.kind, accepted.justification, accepted.until) == (
        "configuration",
        "kept for the archive",
        "2099-12-31",
    )
    assert accepted.span is not None
    assert (accepted.span.path, accepted.finding.code) == ("gdprlint.toml", "UK901")
    assert report.judged.files_with_findings == 0


def test_what_was_accepted_until_a_day_is_reported_after_it(check: Check) -> None:
    exempt = '[per-path."a.gdpr"]\nignore = ["art 9"]\nuntil = 2026-01-31\n'
    files = {"a.gdpr": RECORD, "gdprlint.toml": ONE + exempt}

    assert check(files, "--as-of", "2026-01-31") == (0, [], "")
    code, lines, _ = check(files, "--as-of", "2026-02-01")
    assert (code, lines[0]) == (1, FOUND)
    assert "gdprlint.toml:4:9: warning[configuration] this ended on 2026-01-31" in lines[1]


def test_later_patterns_go_before_earlier_ones(check: Check) -> None:
    tables = (
        '[per-path."*.gdpr"]\nseverity = { UK901 = "info" }\n[per-path."a.*"]\nseverity = { uk-gdpr = "warning" }\n'
    )

    assert "warning[UK901]" in check({"a.gdpr": RECORD, "gdprlint.toml": ONE + tables})[1][0]


def test_in_some_files_only_some_rules_are_shown(check: Check) -> None:
    tables = '[per-path."a.gdpr"]\nselect = ["transfers"]\n'

    assert check({"a.gdpr": RECORD, "gdprlint.toml": ONE + tables}) == (0, [], "")


def test_a_line_that_cannot_be_read_is_told_whatever_is_selected(check: Check) -> None:
    tables = '[per-path."a.gdpr"]\nselect = ["transfers"]\n'
    _, lines, _ = check({"a.gdpr": RECORD + "organisation\n", "gdprlint.toml": ONE + tables})

    assert [line for line in lines if "[syntax]" in line]


def test_words_packs_folders_and_patterns_that_mean_nothing_are_told_and_the_rest_holds(check: Check) -> None:
    text = """\
select = ["UK901", "UK9011"]
packs = ["uk-gdpr", "dpa-2081"]
local-packs = ["no-folder"]
notices = ["site/*.md"]
[severity]
"art 9" = "info"
special-categori = "info"
"""
    code, lines, _ = check({"a.gdpr": RECORD, "gdprlint.toml": text})

    assert code == 1
    assert lines[0].startswith("a.gdpr:13:17: info[UK901]")
    assert [line.removeprefix("gdprlint.toml:") for line in lines[1:]] == [
        "1:20: error[configuration] no rule, pack, provision or topic is called `UK9011`",
        "2:21: error[configuration] no rule pack `dpa-2081` is installed",
        "3:16: error[configuration] `no-folder` is no folder",
        "4:12: warning[configuration] `site/*.md` names no file of this register",
        "7:1: error[configuration] no rule, pack, provision or topic is called `special-categori`",
    ]


def test_no_word_silences_what_is_wrong_with_the_configuration(check: Check) -> None:
    text = 'ignore = ["core", "syntax"]\nigonre = 1\n[per-path."*.toml"]\nignore = ["core", "syntax"]\n'
    code, lines, _ = check({"a.gdpr": RECORD, "gdprlint.toml": 'select = ["transfers"]\n' + text})

    assert (code, len(lines)) == (1, 1)
    assert "there is no key `igonre`" in lines[0]


def test_packs_are_used_as_if_a_record_said_so(check: Check) -> None:
    silent = RECORD.replace("use uk-gdpr\n", "")
    files = {"a.gdpr": silent, "gdprlint.toml": 'select = ["UK901"]\npacks = ["mrs-code"]\n'}

    assert check(files) == (0, [], "")
    assert check({"gdprlint.toml": 'select = ["UK901"]\npacks = ["mrs-code", "uk-gdpr"]\n'}) == (
        1,
        [FOUND.replace(":13:", ":12:")],
        "",
    )


OWN_RULE = """\
rule HSE001 study-of-ours {
  title     "A study that collects answers"
  why       "We want to see them all."
  cites     uk-gdpr 5(2)
  severity  warning
  in force  from 2018-05-25

  for each  activity
  where     activity.collects is stated
  at        activity
  says      "{activity} is one of ours"

  bad { activity study { collects answers from participants } }
  good { activity study { makes tables from answers } }
}
"""


def test_rules_of_ones_own_judge_the_register_that_names_them_and_no_other(check: Check) -> None:
    files = {
        "one/a.gdpr": RECORD,
        "one/gdprlint.toml": 'select = ["house"]\nlocal-packs = ["house"]\n',
        "one/house/own/study-of-ours.gdpr": OWN_RULE,
        "two/a.gdpr": RECORD,
        "two/gdprlint.toml": 'select = ["UK901"]\n',
    }
    _, lines, _ = check(files, "one/a.gdpr", "two/a.gdpr")

    assert [line.partition("]")[0] for line in lines] == [
        "one/a.gdpr:9:10: warning[HSE001",
        "two/a.gdpr:13:17: error[UK901",
    ]


def test_rules_of_ones_own_are_described_where_a_form_tells_of_rules(check: Check, gdprlint: Cli) -> None:
    check(
        {
            "a.gdpr": RECORD,
            "gdprlint.toml": 'select = ["house"]\nlocal-packs = ["house"]\n',
            "house/own/study-of-ours.gdpr": OWN_RULE,
        }
    )
    log = json.loads(gdprlint("check", "--format", "sarif")[1])

    (rule,) = [one for one in log["runs"][0]["tool"]["driver"]["rules"] if one["id"] == "HSE001"]
    assert rule["shortDescription"]["text"] == "A study that collects answers."


EXCLUDED = {
    "a.gdpr": RECORD, "old/b.gdpr": RECORD.replace("acme", "other"), "site/privacy.md": NOTICE,
    "gdprlint.toml": 'exclude = ["old/", "site/*.md"]\nnotices = ["site/*.md"]\nselect = ["UK901", "UK1316"]\n',
}  # fmt: skip


def test_files_that_are_excluded_are_not_judged(check: Check) -> None:
    assert check(EXCLUDED) == (1, [FOUND], "")
    assert len(check(EXCLUDED, "--no-config", "--select", "UK901")[1]) == 2


@pytest.mark.parametrize("path", ["old/b.gdpr", "site/privacy.md"])
def test_a_file_that_is_excluded_is_not_judged_where_it_is_named_either_and_that_is_told(
    path: str, check: Check
) -> None:
    code, lines, err = check(EXCLUDED, path)
    assert (code, lines) == (0, [])
    assert err.startswith(f"gdprlint: {path} is left out: gdprlint.toml:1:")
    code, lines, _ = check({}, path, "a.gdpr")
    assert (code, lines) == (1, [FOUND])
    assert check({}, path, "--fail-on-empty")[0] == 2


def test_a_folder_of_which_all_is_excluded_has_nothing_to_judge(check: Check, gdprlint: Cli) -> None:
    assert check(EXCLUDED, "old") == (0, [], "")
    (out,) = gdprlint("check", "old")[1].splitlines()[:1]
    assert out == "No files were judged."
    assert check({}, "old", "--prune-baseline")[0] == 0


def test_a_pattern_that_excludes_nothing_is_told(check: Check) -> None:
    _, lines, _ = check({"a.gdpr": RECORD, "gdprlint.toml": ONE + 'exclude = ["olt/"]\n'})
    assert "names no file of this register" in lines[-1]


def test_files_that_are_notices_are_judged_as_notices(check: Check) -> None:
    files = {
        "a.gdpr": RECORD,
        "site/privacy.md": NOTICE,
        "site/terms.md": NOTICE,
        "gdprlint.toml": 'select = ["UK1309"]\nnotices = ["site/privacy.*"]\n',
    }
    _, lines, _ = check({**files, "gdprlint.toml": 'notices = ["site/privacy.*"]\nselect = ["uk-gdpr"]\n'})

    paths = {line.partition(":")[0] for line in lines}
    assert paths == {"a.gdpr", "site/privacy.md"}
    assert {line.partition(":")[0] for line in check({}, "site")[1]} == {"site/privacy.md"}


def test_a_project_may_have_notices_only_and_hold_them_as_data(check: Check) -> None:
    text = '{"privacy": "We are Acme Cafe, the controller. We collect your name. You may complain to the ICO."}'
    files = {"lang/en.json": text, "gdprlint.toml": 'notices = ["lang/*.json"]\nselect = ["uk-gdpr", "REC011"]\n'}
    _, lines, err = check(files)

    assert err == ""
    assert {line.partition(":")[0] for line in lines} == {"lang/en.json"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_nothing_outside_the_project_is_read(check: Check, project: Path) -> None:
    outside = project.parent / "outside"
    (outside / "rules").mkdir(parents=True)
    (outside / "rules" / "x.gdpr").write_text(OWN_RULE)
    (outside / "secret.md").write_text(NOTICE)
    (project / "linked").symlink_to(outside / "rules")
    (project / "own").mkdir()
    (project / "own" / "x.gdpr").symlink_to(outside / "rules" / "x.gdpr")
    (project / "pipes").mkdir()
    os.mkfifo(project / "pipes" / "x.gdpr")
    (project / "secret.md").symlink_to(outside / "secret.md")
    text = 'select = ["UK901"]\nlocal-packs = ["linked", "own", "pipes", "uk-gdpr/.."]\nnotices = ["*.md"]\n'
    _, lines, _ = check({"a.gdpr": RECORD, "gdprlint.toml": text}, "a.gdpr")

    assert [line.removeprefix("gdprlint.toml:").partition("]")[2].strip() for line in lines[1:]] == [
        "`linked` leads out of the project, and is not read",
        "`own` holds `x.gdpr`, which leads out of the project or is no file; the folder is not read",
        "`pipes` holds `x.gdpr`, which leads out of the project or is no file; the folder is not read",
        "`uk-gdpr/..` is not a folder below this one, which `local-packs` takes",
    ]
    (project / "pipes" / "x.gdpr").unlink()
    (project / "own" / "x.gdpr").unlink()
    (line,) = [line for line in check({"gdprlint.toml": ONE + 'notices = ["*.md"]\n'})[1] if "toml" in line]
    assert "`secret.md` leads out of the project or is no file, and is not read" in line


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
@pytest.mark.parametrize("name", ["gdprlint.toml", "pyproject.toml"])
def test_a_configuration_that_is_a_link_to_elsewhere_or_a_pipe_is_not_read(
    check: Check, project: Path, name: str
) -> None:
    elsewhere = project.parent / "elsewhere.toml"
    elsewhere.write_text("[tool.gdprlint]\nselect = [1\n" if name == "pyproject.toml" else "secret = [\n")
    (project / name).symlink_to(elsewhere)
    code, lines, err = check({"a.gdpr": RECORD})

    assert (code, lines) == (2, [])
    assert err == f"gdprlint: {name}: it leads out of the project, and is not read\n"
    (project / name).unlink()
    os.mkfifo(project / name)
    assert check({}, "--select", "UK901")[1] == [FOUND]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"select = [\n", "gdprlint.toml:2:1: this is no TOML: invalid value"),
        (b"a = 1\n# \xff\n", "gdprlint.toml:2:3: this is not UTF-8"),
        (
            b"#" * 10_000_000 + b"\na = 1",
            "gdprlint.toml: the file has more than 500,000 bytes, which is no configuration",
        ),
        (b"a = " + b"[" * 100_000, "gdprlint.toml:1:22: this is no TOML: it is nested too deeply"),
        (b"as-of = " + b"9" * 10_000, "gdprlint.toml:1:9: this is no TOML: a number has too many digits"),
        (b'a = "\x1b[31m"', "gdprlint.toml:1:6: this is no TOML: illegal character '\\x1b'"),
    ],
    ids=["open", "utf-8", "large", "deep", "digits", "control"],
)
def test_where_nothing_can_be_read_the_run_ends_with_one_line(
    check: Check, project: Path, content: bytes, said: str
) -> None:
    (project / "gdprlint.toml").write_bytes(content)

    assert check({"a.gdpr": RECORD}) == (2, [], f"gdprlint: {said}\n")


def test_a_large_pyproject_without_a_table_for_us_is_none_of_ours(check: Check, project: Path) -> None:
    (project / "pyproject.toml").write_bytes(b"a = '" + b"gdprlint " * 200_000 + b"'")

    assert check({"a.gdpr": RECORD}, "--select", "UK901", "a.gdpr")[1] == [FOUND]


def test_where_there_are_too_many_files_for_notices_that_is_told(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdprlint.configuration.settling.MOST_MATCHINGS", 3)
    files = {f"{number}.txt": "x" for number in range(4)}
    _, lines, _ = check({**files, "a.gdpr": RECORD, "gdprlint.toml": ONE + 'notices = ["*.md"]\n'})

    assert lines[0] == FOUND
    assert lines[1].startswith("gdprlint.toml:2:12: error[configuration] there are more files than are looked through")


def test_a_register_that_is_only_marked_needs_nothing_of_this(project: Path) -> None:
    (project / "gdprlint.toml").write_text("# only a mark\n")
    (project / "pyproject.toml").write_text('[project]\ndependencies = ["gdprlint-uk"]\n')
    (project / "a.gdpr").write_text(RECORD)

    modules = imported_by("check", "--exit-zero", str(project))

    assert "gdprlint.engine" in modules
    assert not {"cattrs", "click", "tomllib", "gdprlint.configuration", "gdprlint.toml"} & modules


REVIEWED = "use uk-gdpr\nrecord r of acme under uk-gdpr 30(1) on 2026-11-01\norganisation acme\n" + (
    "activity study { reviewed on 2026-03-01 }\n"
)
ASKED = ("--select", "UK510", "--as-of", "2026-11-21")


def test_a_parameter_of_a_rule_is_what_it_says(check: Check) -> None:
    assert check({"a.gdpr": REVIEWED, "gdprlint.toml": "# here\n"}, *ASKED)[1] == []
    lines = check({"gdprlint.toml": '[parameters]\nUK510 = { interval = "6 months" }\n'}, *ASKED)[1]
    assert lines == ["a.gdpr:4:18: info[UK510] study was last looked at on 2026-03-01"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("UK510 = { interval = 3 }", "2:22: error[configuration] `interval` of UK510 takes an amount, not `3`"),
        ("UK510 = { intervall = 3 }", "2:11: error[configuration] UK510 has no parameter `intervall`"),
        ("UK601 = { interval = 3 }", "2:11: error[configuration] UK601 has no parameter `interval`"),
        ("UK5100 = { interval = 3 }", "2:1: error[configuration] no rule, pack, provision or topic is called `UK5100`"),
        (
            '"art 24" = { interval = "1 year" }',
            "2:1: error[configuration] `art 24` means several rules",
        ),
        (
            'UK510 = { interval = "1 year" }\nrecord-review-overdue = { interval = "2 years" }',
            "3:27: error[configuration] `interval` of UK510 is set twice, by two of its names",
        ),
    ],
)
def test_a_parameter_that_is_not_there_is_told_at_its_place(said: str, told: str, check: Check) -> None:
    code, lines, _ = check({"a.gdpr": REVIEWED, "gdprlint.toml": f"[parameters]\n{said}\n"}, "--select", "UK510")

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(f"gdprlint.toml:{told}")


def test_each_register_has_its_own_parameters(check: Check, project: Path) -> None:
    _, lines, _ = check(
        {
            "one/a.gdpr": REVIEWED,
            "one/gdprlint.toml": '[parameters]\nUK510.interval = "6 months"\n',
            "two/a.gdpr": REVIEWED,
            "two/gdprlint.toml": '[parameters]\nUK510.interval = "5 years"\n',
        },
        *ASKED,
    )

    assert [line.partition(":")[0] for line in lines] == ["one/a.gdpr"]
