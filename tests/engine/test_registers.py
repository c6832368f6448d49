"""Which files form a register, and what is looked up where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gdprlint.engine import WrongUse
from tests.engine.conftest import Judge, told

ACME = 'organisation acme "Acme Research" is company in GB\n'
STUDY = "activity study {\n  controller    acme\n}\n"
REFERENCES = ("REC001", "REC002", "REC003", "REC004", "REC005")


def test_names_are_looked_up_in_the_folder_named_on_the_command_line(judge: Judge) -> None:
    assert told(judge({"r/a.gdpr": ACME, "r/deep/b.gdpr": STUDY}, "r", select=REFERENCES)) == []


def test_a_name_that_no_file_of_the_register_declares_is_told_with_the_nearest_one(judge: Judge) -> None:
    report = judge({"r/a.gdpr": ACME, "r/b.gdpr": STUDY.replace("acme", "amce")}, "r", select=REFERENCES)
    assert told(report) == ["r/b.gdpr:2: REC001 name-not-declared"]
    assert report.findings[0].help == "did you mean `acme`?"


def test_each_marked_folder_is_a_register_of_its_own(judge: Judge) -> None:
    files = {"one/gdprlint.toml": "", "one/a.gdpr": ACME, "two/gdprlint.toml": "", "two/b.gdpr": ACME + STUDY}
    assert told(judge(files, ".", select=REFERENCES)) == []


def test_registers_do_not_nest(judge: Judge) -> None:
    files = {"gdprlint.toml": "", "a.gdpr": ACME, "in/gdprlint.toml": "", "in/b.gdpr": STUDY}
    assert told(judge(files, ".", select=REFERENCES)) == []


def test_a_table_in_pyproject_marks_a_register(judge: Judge) -> None:
    files = {"r/pyproject.toml": "[tool.gdprlint]\n", "r/a.gdpr": ACME, "r/b.gdpr": STUDY}
    assert told(judge(files, "r/b.gdpr", select=REFERENCES)) == []


def test_a_file_named_alone_is_judged_within_its_register_and_only_its_findings_are_shown(judge: Judge) -> None:
    files = {"gdprlint.toml": "", "a.gdpr": ACME + "activity wrong {\n  controller    nobody\n}\n", "b.gdpr": STUDY}
    assert told(judge(files, "b.gdpr", select=REFERENCES)) == []
    assert told(judge(files, "a.gdpr", select=REFERENCES)) == ["a.gdpr:3: REC001 name-not-declared"]


def test_a_name_declared_twice_points_at_both_places(judge: Judge) -> None:
    report = judge({"r/a.gdpr": ACME, "r/b.gdpr": ACME}, "r", select=REFERENCES)
    assert told(report) == ["r/b.gdpr:1: REC004 name-declared-twice"]
    assert report.findings[0].labels[0].span.path == "r/a.gdpr"


def test_use_takes_in_a_file_of_the_project(judge: Judge) -> None:
    files = {"shared/acme.gdpr": ACME, "r/b.gdpr": 'use "../shared/acme.gdpr"\n' + STUDY}
    assert told(judge(files, "r", select=REFERENCES)) == []


def test_nothing_outside_the_project_is_read(judge: Judge, project: Path) -> None:
    outside = project.parent / "outside.gdpr"
    outside.write_text(ACME, "utf-8")
    report = judge({"b.gdpr": 'use "../outside.gdpr"\n' + STUDY}, ".")
    assert "b.gdpr:1: syntax use-outside" in told(report)


@pytest.mark.parametrize("files", [
    {"a.gdpr": 'use "a.gdpr"\n'},
    {"a.gdpr": 'use "b.gdpr"\n', "b.gdpr": 'use "c.gdpr"\n', "c.gdpr": 'use "a.gdpr"\n'},
])  # fmt: skip
def test_a_use_that_comes_back_to_its_own_file_is_told(judge: Judge, files: dict[str, str]) -> None:
    assert any("cyclic-use" in line for line in told(judge({**files}, "a.gdpr")))


def test_a_used_file_that_is_not_there_is_told_at_the_use(judge: Judge) -> None:
    assert told(judge({"a.gdpr": 'use "gone.gdpr"\n' + ACME}, ".", select=REFERENCES)) == [
        "a.gdpr:1: syntax use-not-found"
    ]


def test_a_pack_that_is_not_installed_is_told_with_the_nearest_one(judge: Judge) -> None:
    report = judge({"a.gdpr": "use uk-gdrp\n" + ACME}, ".", select=REFERENCES)
    assert told(report) == ["a.gdpr:1: REC005 pack-not-installed"]
    assert report.findings[0].help == "did you mean `uk-gdpr`?"


@pytest.mark.parametrize("path", ["gone", "gone.gdpr"])
def test_a_path_that_leads_nowhere_is_wrong_use(judge: Judge, path: str) -> None:
    with pytest.raises(WrongUse, match="there is no file or folder"):
        judge({}, path)


def test_a_folder_without_records_is_wrong_use(judge: Judge) -> None:
    with pytest.raises(WrongUse, match=r"no \.gdpr file and no notice in `empty`"):
        judge({"empty/readme.txt": "nothing"}, "empty")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_a_record_that_is_a_link_out_of_the_project_or_a_pipe_is_told_and_not_read(
    judge: Judge, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "b.gdpr"
    outside.write_text("activity wrong {\n  controller    nobody\n}\n")
    (project / "b.gdpr").symlink_to(outside)
    os.mkfifo(project / "c.gdpr")
    found = judge({"a.gdpr": ACME}, select=("REC001",))

    assert told(found) == ["b.gdpr:1: syntax file-not-read", "c.gdpr:1: syntax file-not-read"]
