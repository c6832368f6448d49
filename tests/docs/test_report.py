"""docs/report.md: its commands were run, and what it says of the page is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gdprlint.cli import run
from tests.reporters.html.sample import Element, read

PAGE = (Path(__file__).parents[2] / "docs" / "report.md").read_text("utf-8")
BLOCK = re.search(r"```sh\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line.partition("#")[0].strip() for line in BLOCK[1].splitlines()] if BLOCK else []
RECORD = """organisation harbour "Harbour Institute" is research organisation in GB
people visitors
data answers of visitors is survey answers
activity study "River study" {
  controller    harbour
  collects      answers from visitors
  lawful basis  public task
}
"""


@pytest.fixture
def reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, Element]:
    """Each command of the page with what it wrote, in a folder with one record."""
    monkeypatch.chdir(tmp_path)
    Path("records").mkdir()
    Path("records/study.gdpr").write_text(RECORD, encoding="utf-8")
    found = {}
    for command in COMMANDS:
        program, *words = shlex.split(command)
        words, (sign, target) = words[:-2], words[-2:]
        assert (program, sign, target) == ("gdprlint", ">", "report.html")
        assert run(words) == 1
        found[command] = read(capsys.readouterr().out)
    return found


def test_the_commands_on_the_page_write_a_report(reported: dict[str, Element]) -> None:
    assert len(reported) == 3
    for command, report in reported.items():
        assert "Harbour Institute" in report.text or "--no-source" in command
        assert report.one("section", id="findings").all("details")
        assert bool(report.all(cls="source")) != ("--no-source" in command)


def test_the_parts_on_the_page_are_those_of_a_report(reported: dict[str, Element]) -> None:
    (*_, report) = reported.values()
    parts = re.findall(r"^\| (.+?) \|", PAGE.partition("## What it holds")[2].partition("\n\n- ")[0], re.M)[2:]
    optional = {"the run was not complete", "accepted findings"}
    assert [part for part in parts if part not in optional | {"head"}] == [
        head.text.lower() for head in report.one("main").all("h2")
    ]


def test_the_outcomes_on_the_page_are_those_of_a_report(reported: dict[str, Element]) -> None:
    (*_, report) = reported.values()
    words = [term.text for term in report.one("dl", cls="outcomes").all("dt")]
    flat = " ".join(PAGE.split())
    assert [word for word in words if f"`{word}`" not in flat] == ["not watched"]
