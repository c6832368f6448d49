"""docs/authoring.md says what is written, and what can be asked. Its sessions run in test_sessions.py.

The commands for a first rule are run in tests/packaging/test_new_pack.py, in an environment of their own.
"""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from gdprlint.authoring.writing import new_pack, write_pack
from gdprlint.cli import run

from .pages import Row, library, page, spans, tables

NAME = "authoring.md"
FILES, ASKED = tables(NAME)


def test_the_page_names_every_file_of_a_new_pack(tmp_path: Path) -> None:
    folder = write_pack(new_pack("acme", None, None, False, library()), tmp_path, date(2026, 11, 22))
    told = {span for row in FILES for span in spans(row["file"])}

    assert told - {"src/gdprlint_acme/TOPIC/RULE-NAME.gdpr"} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("row", ASKED, ids=str)
def test_what_the_page_asks_of_the_model_is_answered(row: Row, capsys: pytest.CaptureFixture[str]) -> None:
    (command,) = spans(row["asked"])

    assert run(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out


def test_the_page_names_the_keys_of_both_outputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.gdpr").write_text("activity a {\n  keeps answers for 1 year\n}\ndata answers\n", "utf-8")
    told = set(spans(re.sub(r"^```.*?^```", "", page(NAME), flags=re.MULTILINE | re.DOTALL)))

    run(["schema", "--format", "json"])
    whole = json.loads(capsys.readouterr().out)
    assert {*whole, *(key for entry in whole["entries"] for key in entry)} - {"version"} <= told
    assert set(whole["entries"][0]["fields"][0]) <= told
    for expression in ("activity.keeps.for", "activity.keeps is stated"):
        run(["eval", expression, str(tmp_path / "r.gdpr"), "--format", "json"])
        found = json.loads(capsys.readouterr().out)
        assert {"subject", "silence_counts", "faults", "things"} <= set(found) <= told | {"version"}
        (answer,) = found["things"][0]["answers"]
        assert set(answer) <= told
