"""What people wrote down under a code that is gone (a baseline, an `allow`, a configuration) means what it meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gdprlint.cli import run
from gdprlint.rules import life

RULE = """rule {code} {name} {{
  title     "{name}"
  why       "W"
  cites     uk-gdpr 5(1)(b)
  silence counts in art30-1
  severity  error

  for each  activity
  expect    activity.{verb} is stated
  at        activity
  says      "{{activity}}: {name}"
}}
"""
BEFORE = {"ZZ1": ("no-purpose", "purpose"), "ZZ2": ("no-basis", "lawful-basis"), "ZZ3": ("no-rights", "rights")}
NOW = {
    "ZZ11": ("purpose-untold", "purpose"),
    "ZZ12": ("basis-untold", "lawful-basis"),
    "ZZ13": ("rights-untold", "rights"),
}
FORMER = """# code | name | version | replaced by | why
ZZ1 | no-purpose | 1.1 | ZZ11 | it was renamed
ZZ2 | no-basis | 1.1 | ZZ12, ZZ13 | it is told in two parts
ZZ3 | no-rights | 1.1 | - | nobody acted on it
"""
RECORD = 'activity one {\n  collects      "names"\n}\n'
CONFIGURATION = 'local-packs = ["house"]\nselect = ["house", "exceptions", "syntax"]\n'
Call = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with a local pack at its first version."""
    folder = tmp_path / "house"
    folder.mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "gdprlint.toml").write_text(CONFIGURATION, "utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.gdpr").write_text(RECORD, "utf-8")
    monkeypatch.chdir(tmp_path)
    rules(folder, BEFORE)
    return folder


def rules(folder: Path, listed: dict[str, tuple[str, str]]) -> None:
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.gdpr"):
        file.unlink()
    for code, (name, verb) in listed.items():
        (folder / f"{name}.gdpr").write_text(RULE.format(code=code, name=name, verb=verb), "utf-8")


def upgrade(folder: Path) -> None:
    rules(folder, NOW)
    (folder / life.FILE).write_text(FORMER, "utf-8")


@pytest.fixture
def gdprlint(capsys: pytest.CaptureFixture[str]) -> Call:
    def call(*options: str) -> tuple[int, list[str], str]:
        code = run(["check", "records/a.gdpr", "--format", "json", *options])
        out, err = capsys.readouterr()
        return code, [finding["code"] for finding in json.loads(out)["findings"]], err

    return call


def configure(more: str) -> None:
    Path("gdprlint.toml").write_text(CONFIGURATION + more, "utf-8")


def baseline() -> list[dict[str, Any]]:
    return [entry for entry in json.loads(Path("gdprlint-baseline.json").read_text("utf-8"))["entries"] if entry]


def test_a_baseline_knows_the_findings_of_rules_that_replaced_others(house: Path, gdprlint: Call) -> None:
    assert gdprlint()[1] == ["ZZ1", "ZZ2", "ZZ3"]
    gdprlint("--write-baseline")
    upgrade(house)

    assert gdprlint() == (0, [], "")


def test_its_entries_get_the_codes_of_today_when_it_is_next_written(house: Path, gdprlint: Call) -> None:
    gdprlint("--write-baseline")
    upgrade(house)
    gdprlint("--prune-baseline")

    assert sorted(entry["code"] for entry in baseline()) == ["ZZ11", "ZZ12", "ZZ13", "ZZ3"]


def test_an_entry_is_gone_where_all_that_replaced_its_rule_find_nothing(house: Path, gdprlint: Call) -> None:
    gdprlint("--write-baseline")
    upgrade(house)
    Path("records/a.gdpr").write_text(
        RECORD.replace("}", "  purpose       research\n  lawful basis  consent\n  rights        access\n}"), "utf-8"
    )

    assert gdprlint()[1] == ["baseline", "baseline"]
    assert gdprlint("--ignore", "ZZ13")[1] == ["baseline"], "only one of two rules was asked"


def test_a_rule_that_is_only_deprecated_keeps_its_own_entries(house: Path, gdprlint: Call) -> None:
    gdprlint("--write-baseline")
    upgrade(house)
    rules(house, {**BEFORE, "ZZ11": NOW["ZZ11"]})

    assert gdprlint()[1] == ["ZZ11"]


def test_a_baseline_knows_the_findings_of_a_rule_that_another_pack_puts_in_the_place_of_one(
    house: Path, gdprlint: Call
) -> None:
    gdprlint("--write-baseline")
    annex = Path("annex")
    rules(annex, {"AA1": ("our-purpose", "purpose")})
    (annex / "pack.gdpr").write_text('pack annex "Annex" {\n  prefix AA\n  requires house\n}\n', "utf-8")
    (annex / "overrides.gdpr").write_text(
        'override ZZ1 no-purpose {\n  replaced by AA1\n  why "it is told otherwise here"\n}\n', "utf-8"
    )
    configured = CONFIGURATION.replace('["house"]', '["house", "annex"]', 1).replace(
        '["house", "ex', '["house", "annex", "ex'
    )
    Path("gdprlint.toml").write_text(configured, "utf-8")

    assert gdprlint() == (0, [], "")
    gdprlint("--prune-baseline")
    assert sorted(entry["code"] for entry in baseline()) == ["AA1", "ZZ2", "ZZ3"]


@pytest.mark.parametrize("word", ["ZZ1", "no-purpose"])
def test_an_allow_covers_what_replaced_the_rule_that_it_names(house: Path, gdprlint: Call, word: str) -> None:
    Path("records/a.gdpr").write_text(f"# allow {word}: the purpose is told elsewhere\n{RECORD}", "utf-8")
    assert "ZZ1" not in gdprlint()[1]
    upgrade(house)

    assert gdprlint()[1] == ["ZZ12", "ZZ13"]


def test_an_allow_of_a_rule_that_became_two_covers_both(house: Path, gdprlint: Call) -> None:
    Path("records/a.gdpr").write_text(f"# allow ZZ2: agreed with the officer\n{RECORD}", "utf-8")
    upgrade(house)

    assert gdprlint()[1] == ["ZZ11"]


@pytest.mark.parametrize("word", ["ZZ3", "no-rights"])
def test_of_an_allow_of_a_rule_that_nothing_replaced_it_is_told_what_became_of_that(
    house: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    Path("records/a.gdpr").write_text(f"# allow {word}: agreed with the officer\n{RECORD}", "utf-8")
    upgrade(house)
    run(["check", "records/a.gdpr", "--format", "concise", "--select", "REC017,REC014"])

    assert "warning[REC017] ZZ3 no-rights was removed in 1.1: nobody acted on it; nothing replaces it" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ('ignore = ["ZZ1"]', ["ZZ12", "ZZ13"]),
        ('ignore = ["no-basis"]', ["ZZ11"]),
        ('per-path."records/**".ignore = ["ZZ1"]', ["ZZ12", "ZZ13"]),
        ('per-path."records/**".select = ["ZZ2"]', ["ZZ12", "ZZ13"]),
    ],
)
def test_a_configuration_means_what_replaced_the_rules_that_it_names(
    house: Path, gdprlint: Call, said: str, left: list[str]
) -> None:
    upgrade(house)
    configure(said)

    assert gdprlint()[1] == left


def test_a_selection_in_a_configuration_means_what_replaced_the_rules(house: Path, gdprlint: Call) -> None:
    upgrade(house)
    Path("gdprlint.toml").write_text('local-packs = ["house"]\nselect = ["ZZ2"]\n', "utf-8")

    code, found, err = gdprlint()

    assert (code, found) == (1, ["ZZ12", "ZZ13"])
    assert err == "gdprlint: ZZ2 no-basis was removed in 1.1: it is told in two parts; ZZ12 and ZZ13 replace it\n"


@pytest.mark.parametrize(
    ("table", "severity"),
    [
        ('ZZ1 = "info"', "info"),
        ('no-purpose = "info"', "info"),
        ('ZZ1 = "info"\nZZ11 = "warning"', "warning"),
        ('ZZ1 = "info"\nhouse = "warning"', "info"),
    ],
)
def test_a_severity_goes_with_the_rule_and_that_of_the_present_code_goes_first(
    house: Path, capsys: pytest.CaptureFixture[str], table: str, severity: str
) -> None:
    upgrade(house)
    configure(f"[severity]\n{table}\n")
    run(["check", "records/a.gdpr", "--format", "json"])

    levels = {one["code"]: one["severity"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert levels["ZZ11"] == severity


def test_of_a_rule_that_nothing_replaced_a_configuration_is_told_what_became_of_it(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upgrade(house)
    configure('ignore = ["ZZ3"]\n')
    run(["check", "records/a.gdpr", "--format", "concise"])

    told = "gdprlint.toml:3:11: warning[configuration] ZZ3 no-rights was removed in 1.1: nobody acted on it"
    assert told in capsys.readouterr().out
