"""Where a report goes: one form or several, to stdout, to files and to the summary of a job."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gdprlint.cli.outputs import planned, written
from gdprlint.cli.plain import Asked
from gdprlint.diagnostics import Diagnostic, Judged, Problem, Report, Severity, Suppressed
from gdprlint.text import Source, Span

Cli = Callable[..., tuple[int, str, str]]

TEXT = "organisation acme is charity in GB\n\nactivity study {\n  collects nobody-knows\n}\n"
SOURCE = Source("study.gdpr", TEXT)
FINDING = Diagnostic(
    "UK901", "special-category-no-condition", Severity.ERROR, "no condition is stated", Span("study.gdpr", 45, 50),
    fingerprint="0123456789abcdef", pack="uk-gdpr", topic="special-category",
)  # fmt: skip
JUDGED = Judged(1, 1, ("uk-gdpr",), "2026-11-21", 1, 0, 0, {"UK901": "failed"})
REPORT = Report((FINDING,), JUDGED, (), {"study.gdpr": SOURCE})
DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the file that the report is about, and no job around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "study.gdpr").write_text(TEXT, encoding="utf-8")
    return tmp_path


def asked(form: str = "full", *output: str, show_suppressed: bool = False) -> Asked:
    return Asked((), DAY, form, output=output, show_suppressed=show_suppressed)


# ---- what can be asked for


@pytest.mark.parametrize(
    ("form", "more", "said"),
    [
        ("full", ["sarfi=a"], "there is no format `sarfi`; did you mean `sarif`?"),
        ("full", ["xyz"], "there is no format `xyz`; there are full, concise, "),
        ("full", ["sarif="], "`sarif=` names no file"),
        ("full", ["sarif"], "`sarif` is one document and shares stdout with nothing; name a file: `sarif=FILE`"),
        ("json", ["github"], "`json` is one document and shares stdout with nothing"),
        ("full", ["json=-"], "`json` is one document and shares stdout with nothing"),
        ("full", ["sarif=a.json", "json=./a.json"], "two outputs go to one file"),
    ],
)
def test_what_cannot_be_written_together_is_refused(form: str, more: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        planned(form, more)


def test_wrong_use_is_told_before_anything_is_judged(gdprlint: Cli) -> None:
    code, out, err = gdprlint("check", "missing.gdpr", "--output", "sarif")

    assert (code, out) == (2, "")
    assert "`sarif` is one document" in err
    assert "missing" not in err


# ---- one run, several outputs


def test_one_run_writes_several_forms(gdprlint: Cli, folder: Path) -> None:
    code, out, err = gdprlint(
        "check", "study.gdpr", "--format", "concise", "--as-of", "2026-11-21",
        "--output", "sarif=out.sarif", "--output", "junit=out.xml", "--output", "gitlab=out.json",
    )  # fmt: skip

    assert (code, err) == (1, "")
    assert "study.gdpr:4:12: error[REC001] " in out
    results = json.loads((folder / "out.sarif").read_bytes())["runs"][0]["results"]
    assert "REC001" in [result["ruleId"] for result in results]
    assert ElementTree.fromstring((folder / "out.xml").read_bytes()).get("name") == "gdprlint"
    assert len(json.loads((folder / "out.json").read_bytes())) == len(results)


def test_rules_in_a_log_have_their_page_with_examples(gdprlint: Cli, folder: Path) -> None:
    (folder / "study.gdpr").write_text("activity study {\n  collects a\n}\ndata a is health\n", encoding="utf-8")
    gdprlint("check", "study.gdpr", "--select", "UK901", "--output", "sarif=out.sarif")

    (rule,) = json.loads((folder / "out.sarif").read_bytes())["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == "UK901"
    assert "Reported:\n\n```gdpr\nactivity study { collects health-answers }\n```" in rule["help"]["markdown"]
    assert "Accepted:\n\n```gdpr\n" in rule["help"]["markdown"]
    assert "uk-gdpr 9(1)" in rule["properties"]["tags"]


def test_a_second_run_writes_the_same_bytes(folder: Path) -> None:
    forms = ("sarif", "junit", "gitlab", "markdown", "statistics", "github", "full", "json")
    for number in (1, 2):
        assert written(REPORT, asked("concise", *(f"{form}={number}.{form}" for form in forms)))

    for form in forms:
        assert (folder / f"1.{form}").read_bytes() == (folder / f"2.{form}").read_bytes()


def test_annotations_follow_other_text_which_is_muted(capsys: pytest.CaptureFixture[str]) -> None:
    assert written(REPORT, asked("full", "github"))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("::stop-commands::")
    word = lines[0].rpartition("::")[2]
    assert lines.index(f"::{word}::") > lines.index("Found 1 problem (1 error) in 1 of 1 file.")
    assert lines[-1].startswith("::error file=study.gdpr,line=3,")


def test_annotations_alone_need_no_silence(capsys: pytest.CaptureFixture[str]) -> None:
    assert written(REPORT, asked("github"))

    assert capsys.readouterr().out.startswith("::error file=study.gdpr,line=3,")


def test_files_are_written_without_colour(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(REPORT, asked("full", "concise=out.txt")._replace(color="always"))

    assert "\x1b[" in capsys.readouterr().out
    assert "\x1b[" not in (folder / "out.txt").read_text("utf-8")


def test_problems_of_the_run_are_told_where_no_form_for_people_tells_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = Report((), JUDGED, (Problem("rule UK505 broke"),))

    written(broken, asked("gitlab"))
    assert capsys.readouterr().err == "gdprlint: rule UK505 broke\n"
    written(broken, asked("concise", "gitlab=out.json"))
    assert capsys.readouterr().err == ""


def test_accepted_findings_are_shown_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    accepted = Report((), JUDGED, (), {"study.gdpr": SOURCE}, (Suppressed(FINDING, "allow", "decided"),))

    written(accepted, asked("concise", "statistics=out.txt", show_suppressed=True))

    assert "accepted[UK901] no condition is stated (by allow: decided)" in capsys.readouterr().out


def test_the_short_way_shows_accepted_findings_too(gdprlint: Cli) -> None:
    code, out, err = gdprlint("check", "study.gdpr", "--show-suppressed")

    assert (code, err) == (1, "")
    assert "error[REC001]" in out


def test_paths_start_at_the_project_around_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".git").mkdir()
    (folder / "privacy" / "records").mkdir(parents=True)
    monkeypatch.chdir(folder / "privacy" / "records")

    written(REPORT, asked("github"))
    assert capsys.readouterr().out.startswith("::error file=privacy/records/study.gdpr,")


# ---- files


def failing(capsys: pytest.CaptureFixture[str], *output: str) -> str:
    """The one line that is told of an output that cannot be written; the one beside it is written."""
    assert not written(REPORT, asked("concise", *output, "gitlab=beside.json"))
    assert len(json.loads(Path("beside.json").read_bytes())) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    return err


def test_a_folder_that_is_missing_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    err = failing(capsys, "markdown=missing/out.md")
    assert err == "gdprlint: missing/out.md: No such file or directory\n"


def test_a_folder_is_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out").mkdir()
    assert failing(capsys, "markdown=out").startswith("gdprlint: out: ")
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("path", ["a\0b", "x" * 300, "a\x1b[2J/b"])
def test_a_path_that_no_system_takes_is_one_line(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in failing(capsys, f"markdown={path}")


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="modes do not bind")
def test_a_folder_that_is_not_writable_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "closed").mkdir(mode=0o500)
    assert "Permission denied" in failing(capsys, "markdown=closed/out.md")


def test_an_output_that_fails_gives_exit_code_2(gdprlint: Cli, folder: Path) -> None:
    code, out, err = gdprlint(
        "check", "study.gdpr", "--exit-zero", "--output", "markdown=no/out.md", "--output", "gitlab=out.json"
    )

    assert code == 2
    assert "REC001" in out
    assert err == "gdprlint: no/out.md: No such file or directory\n"
    assert (folder / "out.json").exists()


def test_what_is_judged_is_not_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    err = failing(capsys, "markdown=./study.gdpr")

    assert err == "gdprlint: `./study.gdpr` is judged, and not written over by the output `markdown`\n"
    assert (folder / "study.gdpr").read_text("utf-8") == TEXT


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_is_replaced_and_not_followed(folder: Path) -> None:
    """A link that somebody has put into the repository leads the output nowhere."""
    (folder / "precious").write_text("precious", encoding="utf-8")
    (folder / "out.json").symlink_to("precious")

    assert written(REPORT, asked("concise", "gitlab=out.json"))

    assert (folder / "precious").read_text("utf-8") == "precious"
    assert not (folder / "out.json").is_symlink()
    assert len(json.loads((folder / "out.json").read_bytes())) == 1


@pytest.mark.skipif(os.name == "nt", reason="modes do not bind")
def test_a_file_keeps_its_mode_and_a_new_one_gets_the_usual(folder: Path) -> None:
    (folder / "old.json").write_text("", encoding="utf-8")
    (folder / "old.json").chmod(0o640)
    (folder / "usual").write_text("", encoding="utf-8")

    assert written(REPORT, asked("concise", "gitlab=old.json", "markdown=new.md"))

    assert (folder / "old.json").stat().st_mode & 0o777 == 0o640
    assert (folder / "new.md").stat().st_mode == (folder / "usual").stat().st_mode


def test_nothing_is_left_where_a_file_could_not_be_written_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "out.json").write_text("[]", encoding="utf-8")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert not written(REPORT, asked("concise", "gitlab=out.json"))

    assert (folder / "out.json").read_text("utf-8") == "[]"
    assert sorted(path.name for path in folder.iterdir()) == ["out.json", "study.gdpr"]


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device")
def test_a_device_stays_one() -> None:
    assert written(REPORT, asked("concise", "gitlab=/dev/null"))
    assert not Path("/dev/null").is_file()


# ---- the summary of a job


def test_the_summary_of_a_job_gets_the_table_of_all_findings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = folder / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    assert written(REPORT, asked("github"))

    text = summary.read_text("utf-8")
    assert text.startswith("before\n## gdprlint\n")
    assert "| error | study.gdpr:3 | UK901 special-category-no-condition | no condition is stated |" in text


def test_a_summary_that_is_full_stays_below_what_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = folder / "summary.md"
    summary.write_text("x" * 1_048_500, encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    assert written(REPORT, asked("github"))
    assert summary.stat().st_size == 1_048_500
    assert "no room left" in capsys.readouterr().err


def test_without_annotations_there_is_no_summary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))

    assert written(REPORT, asked("concise", "gitlab=out.json"))
    assert not (folder / "summary.md").exists()


def test_a_summary_that_cannot_be_written_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "missing" / "summary.md"))

    assert not written(REPORT, asked("github"))
    assert capsys.readouterr().err.endswith("summary.md: No such file or directory\n")


def test_surroundings_choose_no_form(gdprlint: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    before = gdprlint("check", "study.gdpr")
    for name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.setenv(name, "true")

    assert gdprlint("check", "study.gdpr") == before


def test_a_plain_check_imports_nothing_of_this() -> None:
    import subprocess

    program = (
        "import io, sys, contextlib\n"
        "from gdprlint.cli import run\n"
        "with contextlib.redirect_stdout(io.StringIO()): run(['check', 'study.gdpr'])\n"
        "print([name for name in ('gdprlint.cli.outputs', 'gdprlint.reporters.accepted', 'xml.etree', 'tempfile')"
        " if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
