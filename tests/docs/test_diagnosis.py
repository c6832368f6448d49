"""docs/diagnosis.md shows what the commands print: each is run on the record that stands on the page.

`python -m tests.docs.test_diagnosis` writes the outputs again.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from gdprlint.cli import run
from gdprlint.rules import life
from gdprlint.rules.packs import load
from gdprlint.strictness import LEVELS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "diagnosis.md"
SHOWN = re.compile(r"```text\n\$ gdprlint (.*)\n((?:(?!```).*\n)*)```")
NUMBER = re.compile(r" +\d+\.\d\d\b")


def test_the_outputs_on_the_page_are_what_the_commands_print() -> None:
    page = PAGE.read_text("utf-8")

    assert SHOWN.findall(page)
    assert page == with_outputs(page), "python -m tests.docs.test_diagnosis"


def with_outputs(page: str) -> str:
    record = re.search(r"```gdpr studies.gdpr\n(.*?)```", page, re.DOTALL)
    assert record is not None
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path(".git").mkdir()
        Path("studies.gdpr").write_text(record[1], "utf-8")
        return SHOWN.sub(lambda shown: f"```text\n$ gdprlint {shown[1]}\n{printed(shown[1])}```", page)


def printed(command: str) -> str:
    """What a command prints, stdout before stderr; how long something took differs, and is written as dots."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        run(shlex.split(command))
    if "--timings" not in command:
        return out.getvalue() + err.getvalue()
    return NUMBER.sub(lambda found: "...".rjust(len(found[0])), _sorted(err.getvalue()))


def _sorted(text: str) -> str:
    """Rows of packs and rules by name: which is the slower one differs."""
    parts = text.strip("\n").split("\n\n")
    rows = [part.split("\n") for part in parts]
    return "\n\n".join("\n".join([head, *(sorted(rest) if "asked" in head else rest)]) for head, *rest in rows) + "\n"


def test_every_level_of_strictness_stands_on_the_page() -> None:
    rows = re.findall(r"^\| `(\w+)` \| what ", PAGE.read_text("utf-8"), re.MULTILINE)

    assert tuple(rows) == LEVELS


def test_every_area_of_the_doctor_stands_on_the_page() -> None:
    from gdprlint import doctor

    table = PAGE.read_text("utf-8").partition("| area | what can be wrong |")[2]
    areas = {fact.area for fact in doctor.examine(io.StringIO(), dict(os.environ)).facts}

    assert set(re.findall(r"^\| (\w+) \| ", table, re.MULTILINE)) | {"terminal"} == areas


def test_the_list_of_former_codes_on_the_page_can_be_read(tmp_path: Path) -> None:
    text = re.search(r"```text\n(# code .*?)```", (DOCS / "versioning.md").read_text("utf-8"), re.DOTALL)
    assert text is not None
    (tmp_path / life.FILE).write_text(text[1], "utf-8")

    found, wrong = life.read(tmp_path, "uk-gdpr", ("UK",))

    assert ([one.code for one in found], wrong) == (["UK99001", "UK99004"], [])
    assert {one.code for one in found}.isdisjoint(rule.code for rule in load().rules)


if __name__ == "__main__":
    PAGE.write_text(with_outputs(PAGE.read_text("utf-8")), encoding="utf-8")
