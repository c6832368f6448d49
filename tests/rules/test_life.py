"""The life of a rule: preview, stable, deprecated, and gone. A code that people wrote down keeps its meaning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.rules import life
from gdprlint.rules.packs import load

RULE = """rule {code} {name} {{
  title "{name}"
  why "W"
  cites uk-gdpr 5(1)(b)
  severity error
  stage {stage}
  for each activity
  where activity.collects is stated
  at activity
  says "{name} of {{activity}}"
  bad {{ activity a {{ collects "names" }} }}
  good {{ activity a {{ purpose research }} }}
}}
"""
FORMER = """# code | name | version | replaced by | why
ZZ1 | first-try | 0.2.0 | ZZ3 | two duties were told as one
ZZ2 | older-way | 0.3.0 | ZZ3, ZZ4 | it is told in two parts
ZZ8 | law-repealed | 0.2.0 | - | the regulation was repealed
ZZ0 | earliest | 0.1.0 | ZZ1 | it was renamed
"""
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def gdprlint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs `check` on one record by a pack with a rule of each stage, and codes that are gone."""
    house = tmp_path / "house"
    house.mkdir()
    stages = {"ZZ2": ("older-way", "deprecated"), "ZZ3": ("newer-way", "stable"), "ZZ4": ("newest", "stable"),
              "ZZ5": ("on-trial", "preview")}  # fmt: skip
    for code, (name, stage) in stages.items():
        (house / f"{name}.gdpr").write_text(RULE.format(code=code, name=name, stage=stage), "utf-8")
    (house / life.FILE).write_text(FORMER, "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.gdpr").write_text('activity one {\n  collects "names"\n}\n', "utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*options: str) -> tuple[int, str, str]:
        code = run(["check", "a.gdpr", "--pack", "house", "--format", "json", *options])
        return code, *capsys.readouterr()

    return call


def codes(out: str) -> list[str]:
    return [finding["code"] for finding in json.loads(out)["findings"] if finding["code"].startswith("ZZ")]


def test_a_rule_in_preview_does_not_run_by_itself(gdprlint: Call) -> None:
    assert "ZZ5" not in codes(gdprlint()[1])


@pytest.mark.parametrize("option", [("--preview",), ("--select", "ZZ5"), ("--select", "on-trial,core")])
def test_a_rule_in_preview_runs_where_it_is_asked_for(gdprlint: Call, option: tuple[str, ...]) -> None:
    assert "ZZ5" in codes(gdprlint(*option)[1])


def test_a_pack_or_a_provision_does_not_ask_for_a_rule_in_preview(gdprlint: Call) -> None:
    assert codes(gdprlint("--select", "house")[1]) == codes(gdprlint("--select", "art 5")[1]) == ["ZZ2", "ZZ3", "ZZ4"]


def test_a_finding_of_a_rule_in_preview_says_that_it_may_change(
    gdprlint: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", "a.gdpr", "--pack", "house", "--select", "ZZ5"])

    assert "= note: this rule is in preview: it may still change, or go" in capsys.readouterr().out


def test_a_deprecated_rule_runs_and_says_what_replaces_it(gdprlint: Call, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "a.gdpr", "--pack", "house", "--select", "ZZ2"])

    out, err = capsys.readouterr()
    sentence = "ZZ2 older-way is deprecated since 0.3.0: it is told in two parts; ZZ3 and ZZ4 replace it"
    assert f"= note: {sentence}" in out
    assert err == f"gdprlint: {sentence}\n"


def test_a_code_that_is_gone_selects_what_replaces_it_and_says_so(gdprlint: Call) -> None:
    code, out, err = gdprlint("--select", "ZZ1")

    assert (code, codes(out)) == (1, ["ZZ3"])
    assert err == ("gdprlint: ZZ1 first-try was removed in 0.2.0: two duties were told as one; ZZ3 replaces it\n")


def test_a_name_that_is_gone_ignores_what_replaces_it(gdprlint: Call) -> None:
    assert "ZZ3" not in codes(gdprlint("--ignore", "first-try")[1])


def test_a_code_is_followed_through_all_that_replaced_it(gdprlint: Call) -> None:
    assert codes(gdprlint("--select", "ZZ0")[1]) == ["ZZ3"]


def test_a_code_that_nothing_replaces_selects_nothing_rather_than_everything(gdprlint: Call) -> None:
    code, out, err = gdprlint("--select", "ZZ8")

    assert (code, json.loads(out)["findings"]) == (0, [])
    assert "ZZ8 law-repealed was removed in 0.2.0: the regulation was repealed; nothing replaces it" in err


def test_a_code_that_never_was_is_still_refused(gdprlint: Call) -> None:
    code, _, err = gdprlint("--select", "ZZ99")

    assert (code, err) == (2, "gdprlint: no rule, pack, provision or topic is called `ZZ99`\n")


def test_the_page_of_a_code_that_is_gone_says_what_became_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = load()
    gone = life.Former("UK9999", "long-gone", "0.2.0", ("UK901",), "it said the same")
    monkeypatch.setattr(type(whole), "former", {"UK9999": gone})

    assert run(["rule", "UK9999"]) == 0
    assert capsys.readouterr().out.startswith(
        "UK9999 long-gone was removed in 0.2.0: it said the same; UK901 replaces it\n\nUK901  special-category"
    )
    assert run(["rule", "UK9999", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["removed"]["replaced_by"] == ["UK901"]
    assert [page["code"] for page in data["rules"]] == ["UK901"]


def test_successors_that_go_round_in_a_circle_come_to_an_end() -> None:
    former = {
        "ZZ1": life.Former("ZZ1", "a", "0.1.0", ("ZZ2",), "x"),
        "ZZ2": life.Former("ZZ2", "b", "0.1.0", ("ZZ1", "ZZ3"), "x"),
    }

    assert life.followed("ZZ1", former, ["ZZ3"]) == ("ZZ3",)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("ZZ1 | a | 0.1.0 | -", "five cells are expected: code, name, version, codes that replace it or `-`, why"),
        ("zz1 | a | 0.1.0 | - | x", "a code is capital letters and a number"),
        ("ZZ1 | a | 0.1.0 | ZZ2; rm | x", "a code is capital letters and a number"),
        ("ZZ1 | a\x1b[2J | 0.1.0 | - | x", "a name is words in small letters with hyphens"),
        ("ZZ1 | a | soon | - | x", "a version is numbers with dots"),
        ("ZZ1 | a | 0.1.0 | ZZ1 | x", "ZZ1 stands here twice"),
        ("QQ1 | a | 0.1.0 | - | x", "the pack does not own the code QQ1"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_at_its_place(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / life.FILE).write_text(f"# codes\n{line}\n", "utf-8")

    assert life.read(tmp_path, "house", ("ZZ",)) == ([], [f"house/former-codes.txt:2: {fault}"])


def test_a_list_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    (tmp_path / life.FILE).write_text("#" * (life.MOST_BYTES + 1), "utf-8")

    assert life.read(tmp_path, "house")[1] == ["house/former-codes.txt: it has more than 1,000,000 bytes"]


def test_the_packs_that_ship_say_of_each_deprecated_rule_what_replaces_it() -> None:
    library = load()
    codes = {rule.code for rule in library.rules}

    assert [wrong for pack in library.packs for wrong in life.read(pack.folder, pack.name, pack.prefixes)[1]] == []
    assert [r.code for r in library.rules if r.stage == "deprecated" and r.code not in library.former] == []
    stages = {rule.code: rule.stage for rule in library.rules}
    assert [code for code in codes & set(library.former) if stages[code] != "deprecated"] == []
