"""A baseline: what was found when a team began is known, what is new fails, what is gone is told."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gdprlint.baseline.entries import Damaged, entries_of
from gdprlint.text import Source

Cli = Callable[..., tuple[int, str, str]]

NAME = "gdprlint-baseline.json"
RECORD = """\
record r "R" of acme under uk-gdpr 30(1) on 2026-03-01

organisation acme "Acme" is company in GB

activity survey "Survey" {
  purpose       research "how people live"
  collects      answers from lodgers-here
}
"""
DUPLICATE = '  purpose       research "how people live"\n'


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A register with a mark, in a project; its record names two things that are declared nowhere."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "gdprlint.toml").touch()
    path = tmp_path / "a.gdpr"
    path.write_text(RECORD, "utf-8")
    return path


def codes(out: str) -> list[str]:
    return [finding["code"] for finding in json.loads(out)["findings"]]


def entries(path: Path) -> list[dict[str, Any]]:
    return [entry for entry in json.loads(path.read_text("utf-8"))["entries"] if entry]


def test_what_was_found_when_it_was_written_is_known_and_what_is_new_fails(gdprlint: Cli, record: Path) -> None:
    code, out, _ = gdprlint("check", "--format", "json")
    assert code == 1
    before = codes(out)
    code, _, err = gdprlint("check", "--write-baseline")
    assert (code, err) == (0, f"gdprlint: {NAME}: {len(before)} findings, {len(before)} new, 0 taken out\n")
    assert gdprlint("check")[0] == 0
    record.write_text(RECORD.replace("lodgers-here", "lodgers-here, strangers-here"), "utf-8")
    code, out, _ = gdprlint("check", "--format", "json")
    assert code == 1
    assert [finding["message"] for finding in json.loads(out)["findings"]] == [
        "`strangers-here` is declared nowhere in this register"
    ]


def test_one_entry_is_one_line_for_people_and_the_fingerprint_for_gdprlint(gdprlint: Cli, record: Path) -> None:
    gdprlint("check", "--write-baseline", "--select", "REC001")
    lines = Path(NAME).read_text("utf-8").splitlines()
    held = [line for line in lines if line.startswith('{"')]
    assert lines == ["{", '"version": 1,', '"entries": [', *held, "null", "]", "}"]
    assert held == sorted(held)
    entry = json.loads(held[0].removesuffix(","))
    assert entry["path"] == "a.gdpr"
    assert entry["code"] == "REC001"
    for changed in entries(Path(NAME)):
        changed |= {"code": "", "message": ""}
    text = Path(NAME).read_text("utf-8").replace('"message": "', '"message": "anything ')
    Path(NAME).write_text(text, "utf-8")
    assert gdprlint("check", "--select", "REC001")[0] == 0


def test_a_known_finding_stays_known_wherever_its_text_goes(gdprlint: Cli, record: Path) -> None:
    gdprlint("check", "--write-baseline")
    record.rename("renamed.gdpr")
    Path("renamed.gdpr").write_text("# first\n\n" + RECORD.replace("collects      ", "collects "), "utf-8")
    code, out, _ = gdprlint("check", "--format", "json")
    assert (code, codes(out)) == (0, [])


def test_a_finding_that_is_gone_is_told_and_can_be_taken_out(gdprlint: Cli, record: Path) -> None:
    gdprlint("check", "--write-baseline")
    held = len(entries(Path(NAME)))
    record.write_text(RECORD.replace("from lodgers-here", "from acme"), "utf-8")
    code, out, _ = gdprlint("check", "--format", "concise", "--ignore", "UK1405")
    assert code == 0
    assert f"{NAME}:" in out
    assert "warning[baseline] the baseline holds REC001 in `a.gdpr`, which is found no more" in out
    _, _, err = gdprlint("check", "--prune-baseline", "--ignore", "UK1405")
    assert "0 new" in err
    assert len(entries(Path(NAME))) < held
    assert "[baseline]" not in gdprlint("check", "--ignore", "UK1405")[1]


def test_equal_findings_are_counted(gdprlint: Cli, record: Path) -> None:
    def held() -> list[int]:
        return [entry.get("count", 1) for entry in entries(Path(NAME)) if entry["code"] == "REC118"]

    record.write_text(RECORD.replace("  collects", DUPLICATE + DUPLICATE + "  collects"), "utf-8")
    gdprlint("check", "--write-baseline", "--select", "REC118")
    assert held() == [2]
    record.write_text(RECORD.replace("  collects", DUPLICATE * 3 + "  collects"), "utf-8")
    assert codes(gdprlint("check", "--select", "REC118", "--format", "json")[1]) == ["REC118"]
    record.write_text(RECORD.replace("  collects", DUPLICATE + "  collects"), "utf-8")
    _, out, _ = gdprlint("check", "--select", "REC118", "--format", "concise")
    assert "the baseline holds 2 findings of REC118 in `a.gdpr`, 1 of them is found no more" in out
    gdprlint("check", "--select", "REC118", "--prune-baseline")
    assert held() == [1]


class TestWhatWasNotJudgedIsNotGone:
    def test_by_a_run_of_some_rules(self, gdprlint: Cli, record: Path) -> None:
        gdprlint("check", "--write-baseline")
        before = Path(NAME).read_text("utf-8")
        record.write_text(RECORD.replace("lodgers-here", "acme"), "utf-8")
        assert "baseline" not in gdprlint("check", "--select", "UK502")[1]
        gdprlint("check", "--select", "UK502", "--prune-baseline")
        gdprlint("check", "--select", "UK502", "--write-baseline")
        assert Path(NAME).read_text("utf-8") == before

    def test_by_a_run_of_some_files(self, gdprlint: Cli, record: Path) -> None:
        Path("b.gdpr").write_text("activity other { collects answers from nobody }\n", "utf-8")
        gdprlint("check", "--write-baseline")
        before = Path(NAME).read_text("utf-8")
        Path("b.gdpr").write_text("activity other { collects answers from acme }\n", "utf-8")
        assert "[baseline]" not in gdprlint("check", "a.gdpr")[1]
        gdprlint("check", "a.gdpr", "--prune-baseline")
        gdprlint("check", "a.gdpr", "--write-baseline")
        assert Path(NAME).read_text("utf-8") == before

    def test_where_a_line_cannot_be_read(self, gdprlint: Cli, record: Path) -> None:
        gdprlint("check", "--write-baseline")
        record.write_text(RECORD.replace("collects ", "colects "), "utf-8")
        assert codes(gdprlint("check", "--format", "json")[1]) == ["syntax"]

    def test_in_another_register_of_the_same_name(self, gdprlint: Cli, tmp_path: Path) -> None:
        for folder in ("one", "two"):
            path = tmp_path / folder / "records"
            path.mkdir(parents=True)
            (path / "a.gdpr").write_text(RECORD.replace("lodgers-here", folder), "utf-8")
        gdprlint("check", "one/records", "two/records", "--write-baseline")
        (tmp_path / "two" / "records" / "a.gdpr").write_text(RECORD.replace("lodgers-here", "acme"), "utf-8")
        assert "warning[baseline]" not in gdprlint("check", "one/records")[1]
        assert "two/records/a.gdpr" in gdprlint("check", "two/records", "--format", "concise")[1]


def test_each_register_has_its_baseline_beside_its_mark(gdprlint: Cli, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "gdprlint.toml").touch()
        (tmp_path / folder / "a.gdpr").write_text(RECORD, "utf-8")
    gdprlint("check", "--write-baseline")
    assert {entry["register"] for entry in entries(Path("one", NAME))} == {"."}
    assert {entry["register"] for entry in entries(Path("two", NAME))} == {"."}
    assert not Path(NAME).exists()
    assert gdprlint("check", "two")[0] == gdprlint("check", "one/a.gdpr")[0] == gdprlint("check")[0] == 0


def test_without_a_mark_it_stands_in_the_working_folder(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.gdpr").write_text(RECORD, "utf-8")
    gdprlint("check", "records", "--write-baseline")
    assert {entry["path"] for entry in entries(Path(NAME))} == {"records/a.gdpr"}
    assert gdprlint("check", "records")[0] == 0


def test_another_place_can_be_named(gdprlint: Cli, record: Path) -> None:
    Path("known").mkdir()
    gdprlint("check", "--baseline", "known/findings.json", "--write-baseline")
    assert gdprlint("check", "--baseline", "known/findings.json")[0] == 0
    assert gdprlint("check")[0] == 1
    assert gdprlint("check", "--baseline", "none.json") == (2, "", "gdprlint: there is no baseline `none.json`\n")
    assert gdprlint("check", "--prune-baseline") == (2, "", f"gdprlint: there is no baseline `{NAME}`\n")


def test_a_rule_that_has_another_code_by_now_keeps_its_entries(gdprlint: Cli, record: Path) -> None:
    pack = Path("pack")
    (pack / "topic").mkdir(parents=True)
    (pack / "pack.gdpr").write_text('pack house "House rules"\n', "utf-8")
    rule = """\
rule {code} no-basis {{
  title     "No lawful basis"
  why       "Each activity rests on one."
  cites     uk-gdpr 6(1)
  {also}
  silence counts in art30-1
  severity  error

  for each  activity
  expect    activity.lawful-basis is stated
  says      "{{activity}} names no lawful basis"
}}
"""
    file = pack / "topic" / "no-basis.gdpr"
    file.write_text(rule.format(code="HOUSE1", also=""), "utf-8")
    assert "HOUSE1" in gdprlint("check", "a.gdpr", "--pack", "pack", "--format", "concise")[1]
    gdprlint("check", "a.gdpr", "--pack", "pack", "--write-baseline")
    file.write_text(rule.format(code="HOUSE2", also="also      HOUSE1"), "utf-8")
    assert gdprlint("check", "a.gdpr", "--pack", "pack")[0] == 0
    gdprlint("check", "a.gdpr", "--pack", "pack", "--prune-baseline")
    assert {"HOUSE2"} == {entry["code"] for entry in entries(Path(NAME)) if "HOUSE" in entry["code"]}


class TestAFileThatIsNoBaseline:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "1:1: this is no JSON: expecting value"),
            ("[]", "1:1: this is no baseline of gdprlint"),
            ('{"version": 2, "sections": []}', "1:2: a newer gdprlint wrote this (version 2, not 1)"),
            ('{"version": true, "entries": []}', "1:2: the version of a baseline is a number"),
            ('{"version": 1e400, "entries": []}', "1:1: this holds a number that is none of a baseline"),
            ('{"version": 1, "entries": [\n{"fingerprint": "0"}]}',
             "2:1: an entry begins with a `fingerprint` of 16 characters, 0 to 9 and a to f"),
            ('{"version": 1, "entries": [\n{"fingerprint": "0123456789abcdef", "count": 0}]}',
             "2:1: the `count` of an entry is from 1 to 1,000,000"),
            ('{"version": 1, "entries": [\n{"fingerprint": "0123456789abcdef", "owner": "me"}]}',
             "2:1: an entry has no `owner`"),
            ('{"version": 1, "entries": [],\n "entries": []}', "1:1: a key stands twice in one `{ … }`"),
            ('{"version": 1, "entries": [\n<<<<<<< ours\n]}',
             "2:1: a merge left its marks here; keep the entries of both sides"),
            ("[" * 100_000, "1:1: this is nested too deep for a baseline"),
            ('{"version": 1' + "0" * 5000 + "}", "1:1: this holds a number that is none of a baseline"),
        ],
    )  # fmt: skip
    def test_is_told_with_its_place(self, text: str, told: str) -> None:
        with pytest.raises(Damaged, match=f"^{re.escape(f'{NAME}:{told}')}$"):
            entries_of(Source(NAME, text))

    def test_stays_as_it_is(self, gdprlint: Cli, record: Path) -> None:
        for option in ((), ("--write-baseline",), ("--prune-baseline",)):
            Path(NAME).write_text("{", "utf-8")
            code, out, err = gdprlint("check", *option)
            assert (code, out) == (2, "")
            assert err.startswith(f"gdprlint: {NAME}:1:2: this is no JSON: ")
            assert Path(NAME).read_text("utf-8") == "{"

    def test_may_be_no_text_or_no_file(self, gdprlint: Cli, record: Path) -> None:
        Path(NAME).write_bytes(b"\xff")
        assert gdprlint("check")[2] == f"gdprlint: {NAME}: the baseline is not UTF-8 (byte 1)\n"
        Path(NAME).unlink()
        Path(NAME).mkdir()
        assert gdprlint("check")[2] == f"gdprlint: {NAME}: the baseline cannot be read: it is no file\n"
        Path(NAME).rmdir()
        os.mkfifo(NAME)
        assert gdprlint("check")[2] == f"gdprlint: {NAME}: the baseline cannot be read: it is no file\n"

    def test_is_not_read_past_a_limit(self, gdprlint: Cli, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gdprlint.baseline.files.MOST_BYTES", 100)
        Path(NAME).write_text(" " * 101, "utf-8")
        assert gdprlint("check")[0] == 2

    def test_what_it_says_steers_no_terminal(self, gdprlint: Cli, record: Path) -> None:
        Path(NAME).write_text(
            '{"version": 1, "entries": [{"fingerprint": "0123456789abcdef", "register": ".", '
            '"code": "REC001", "path": "\\u001b[2J", "message": "\\u001b[2J"}]}', "utf-8",
        )  # fmt: skip
        _, out, _ = gdprlint("check", "--format", "concise")
        assert "holds REC001" in out
        assert "\x1b" not in out


class TestALink:
    def test_within_the_project_is_followed_and_stays_one(self, gdprlint: Cli, record: Path) -> None:
        Path("known.json").symlink_to("real.json")
        Path("real.json").write_text('{"version": 1, "entries": []}', "utf-8")
        gdprlint("check", "--baseline", "known.json", "--write-baseline")
        assert Path("known.json").is_symlink()
        assert entries(Path("real.json"))

    def test_out_of_the_project_is_neither_read_nor_written(
        self, gdprlint: Cli, record: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "secret.json"
        outside.write_text("secret", "utf-8")
        Path(NAME).symlink_to(outside)
        for option in ((), ("--write-baseline",)):
            code, out, err = gdprlint("check", *option)
            assert (code, out) == (2, "")
            assert err == f"gdprlint: {NAME}: the baseline cannot be read: it is a link that leads out of the project\n"
        assert outside.read_text("utf-8") == "secret"


def test_what_a_change_adds_to_the_baseline_does_not_exempt_it(gdprlint: Cli, record: Path) -> None:
    def git(*arguments: str) -> None:
        user = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        subprocess.run(["git", *user, *arguments], check=True, capture_output=True)

    Path(".git").rmdir()
    git("init")
    gdprlint("check", "--write-baseline")
    git("add", ".")
    git("commit", "-m", "records")
    assert gdprlint("check", "--trust-exceptions-from", "HEAD")[0] == 0
    record.write_text(RECORD.replace("lodgers-here", "lodgers-here, strangers-here"), "utf-8")
    gdprlint("check", "--write-baseline")
    assert gdprlint("check")[0] == 0
    code, out, _ = gdprlint("check", "--trust-exceptions-from", "HEAD", "--format", "json")
    assert (code, codes(out)) == (1, ["REC001"])
    assert gdprlint("check", "--trust-exceptions-from", "HEAD", "--write-baseline")[0] == 2


def test_fixes_go_before_a_baseline_is_written(gdprlint: Cli, record: Path) -> None:
    assert gdprlint("check", "--fix", "--write-baseline")[0] == 2
    assert not Path(NAME).exists()


def test_nothing_is_written_after_a_run_that_went_wrong(gdprlint: Cli, record: Path) -> None:
    gdprlint("check", "--write-baseline")
    before = Path(NAME).read_text("utf-8")
    Path("broken.py").write_text("raise RuntimeError", "utf-8")
    Path(NAME).chmod(0o444)
    record.write_text(RECORD.replace("lodgers-here", "others"), "utf-8")
    code, _, err = gdprlint("check", "--write-baseline")
    assert (code, err) == (2, f"gdprlint: {NAME}: the baseline was not written: it is read-only\n")
    assert Path(NAME).read_text("utf-8") == before
    assert [path.name for path in Path.cwd().iterdir() if path.name.startswith(f".{NAME}")] == []


def test_two_branches_that_add_entries_are_merged_by_git(gdprlint: Cli, record: Path) -> None:
    """As docs/baseline.md says: with one line in .gitattributes no merge of two baselines needs a hand."""

    def git(*arguments: str) -> None:
        user = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *user, *arguments], check=True, capture_output=True)

    def commit_with(name: str) -> None:
        Path(f"{name}.gdpr").write_text(f"activity {name} {{ collects answers from {name}-people }}\n", "utf-8")
        gdprlint("check", "--write-baseline")
        git("add", ".")
        git("commit", "-m", name)

    Path(".git").rmdir()
    git("init")
    Path(".gitattributes").write_text(f"{NAME} merge=union\n", "utf-8")
    git("add", ".")
    git("commit", "-m", "records")
    git("checkout", "-b", "other")
    commit_with("one")
    git("checkout", "-b", "third", "main")
    commit_with("two")
    git("merge", "other")
    assert gdprlint("check")[0] == 0
    _, _, err = gdprlint("check", "--write-baseline")
    assert "0 new, 0 taken out" in err
    assert {"one-people", "two-people"} <= {
        entry["message"].split("`")[1] for entry in entries(Path(NAME)) if "`" in entry["message"]
    }


def test_what_is_wrong_with_the_configuration_is_never_known_already(gdprlint: Cli, record: Path) -> None:
    Path("gdprlint.toml").write_text('ignor = ["UK1315"]\n', "utf-8")
    gdprlint("check", "--write-baseline")
    code, out, _ = gdprlint("check", "--format", "concise")

    assert code == 1
    assert out.startswith("gdprlint.toml:1:1: error[configuration] there is no key `ignor`")
