"""docs/exceptions.md: its examples are run, its tables hold."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from gdprlint.cli import run
from gdprlint.exceptions.grammar import Said
from gdprlint.exceptions.pages import found_in
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page
from tests.exceptions.conftest import COLLECTS, RECORD, commit, git

from .pages import DOCS, Row, spans

PAGE = (DOCS / "exceptions.md").read_text("utf-8")
FILES = {found[1]: found[2] for found in re.finditer(r"```\w+ (\S+)\n(.*?)```", PAGE, re.DOTALL)}


def table(mark: str) -> list[Row]:
    between = PAGE.split(f"<!-- {mark} -->\n")[1].strip().splitlines()
    heads = [cell.strip() for cell in between[0].strip("|").split("|")]
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in between[2:])
    return [Row(number, dict(zip(heads, cells, strict=True))) for number, cells in enumerate(rows)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_output_on_the_page_is_what_the_command_prints(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "gdprlint.toml").unlink()
    shown = re.findall(r"```text\n\$ gdprlint ([^\n]*)\n(.*?)```", PAGE, re.DOTALL)
    for command, output in shown:
        run(shlex.split(command))
        assert capsys.readouterr().out == output
    assert shown


@pytest.mark.parametrize("row", table("table of faults"), ids=lambda row: row.cells["comment"])
def test_what_is_told_of_a_comment_is_what_the_table_says(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (comment,) = spans(row.cells["comment"])
    Path("a.gdpr").write_text(RECORD.replace(COLLECTS, f"  {comment}\n{COLLECTS}"), "utf-8")
    run(["check", "a.gdpr", "--format", "json", "--as-of", "2026-11-22", "--select", "exceptions,UK901,UK601"])
    findings = json.loads(capsys.readouterr().out)["findings"]

    assert row.cells["told"] in [f"{finding['code']}: {finding['message']}" for finding in findings]
    assert "UK901" in [finding["code"] for finding in findings]


@pytest.mark.parametrize("row", table("table of forms"), ids=lambda row: row.cells["page"])
def test_each_form_is_read_in_pages_of_its_language(row: Row) -> None:
    (comment,) = spans(row.cells["comment"])
    for path in spans(row.cells["page"]):
        text = f"{comment}\n<p>We keep it.</p>\n" if path != "page.haml" else f"{comment}\n%p We keep it.\n"
        text = f"en:\n  {comment}\n  a: We keep it.\n" if path == "page.yml" else text
        page = read_page(path, text.encode(), Project())
        assert isinstance(page, Page)
        (one,) = found_in(page.source, page.blocks)
        assert isinstance(one.said, Said)
        assert (one.said.reason, one.said.owner, one.subject) == ("the board agreed", "dpo", "We keep it.")


def test_the_configuration_on_the_page_accepts_a_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notices").mkdir()
    (folder / "notices/privacy.txt").write_text(
        "Privacy notice\n\nVale Trust is the controller of your data.\n", "utf-8"
    )
    run(["exceptions", "notices/privacy.txt", "--as-of", "2026-11-22", "--format", "json"])
    (row,) = json.loads(capsys.readouterr().out)["exceptions"]

    assert (row["state"], row["rule"], row["owner"], row["until"]) == ("in force", "UK1318", "dpo", "2027-03-31")


def test_the_keys_on_the_page_are_those_of_the_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["exceptions", "study.gdpr", "--format", "json"])
    output: dict[str, Any] = json.loads(capsys.readouterr().out)
    found = {key for key in output if key != "exceptions"}
    found |= {f"exceptions.{key}" for row in output["exceptions"] for key in row}

    assert found == {key for row in table("table of keys") for key in spans(row.cells["key"])}


def test_the_command_that_trusts_a_revision_runs_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    commit(tmp_path, {"study.gdpr": FILES["study.gdpr"].replace("ethics board", "finance board")})
    git("update-ref", "refs/remotes/origin/main", "main")
    (tmp_path / "study.gdpr").write_text(FILES["study.gdpr"], "utf-8")
    (command,) = re.findall(r"```sh\ngdprlint (.*)\n```", PAGE)
    run([*shlex.split(command), "--format", "concise", "--as-of", "2026-11-22"])
    out = capsys.readouterr().out

    assert "[UK901]" in out
    assert "[UK1201]" not in out
    assert out.count("[REC018]") == 1
