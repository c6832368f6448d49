"""What an editor or a hook hands over: a text that is not saved, and what leans on files that are gone."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gdprlint.cli.handed import handed_over
from gdprlint.cli.plain import Asked

Cli = Callable[..., tuple[int, str, str]]

ACME = 'organisation acme "Acme Research" is company in GB\n'
STUDY = "activity study {\n  controller    acme\n}\n"
BROKEN = STUDY.replace("acme", "nobody")
OPTIONS = ("--select", "reference", "--format", "concise", "--quiet")
NOTICE = """\
# Privacy notice

Vale Trust is the data controller. We use your name and email address to send you our newsletter.
We rely on your consent. We keep your data for two years. You have the right to access your data.
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of two files in a project."""
    for name, text in {".git/HEAD": "", "gdprlint.toml": "", "acme.gdpr": ACME, "study.gdpr": STUDY}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    """Puts a text into stdin."""

    def put(text: str | bytes) -> None:
        content = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return put


Typed = Callable[[str | bytes], None]


# ---- stdin in the place of a file


def test_a_text_is_judged_in_the_place_of_its_file_within_the_register(
    gdprlint: Cli, register: Path, typed: Typed
) -> None:
    typed(BROKEN)
    code, out, _ = gdprlint("check", *OPTIONS, "--stdin-filename", "study.gdpr")

    assert (code, out) == (1, "study.gdpr:2:17: error[REC001] `nobody` is declared nowhere in this register\n")


def test_the_file_itself_is_not_read(gdprlint: Cli, register: Path, typed: Typed) -> None:
    (register / "study.gdpr").write_text(BROKEN)
    typed(STUDY)

    assert gdprlint("check", *OPTIONS, "--stdin-filename", "study.gdpr", "-") == (0, "", "")


def test_only_the_findings_of_that_file_are_shown(gdprlint: Cli, register: Path, typed: Typed) -> None:
    typed("# nobody is declared any more\n" + STUDY.replace("study", "second"))

    assert gdprlint("check", *OPTIONS, "--stdin-filename", "acme.gdpr")[1] == (
        "acme.gdpr:3:17: error[REC001] `acme` is declared nowhere in this register\n"
    )


def test_the_file_need_not_exist(gdprlint: Cli, register: Path, typed: Typed) -> None:
    typed(STUDY.replace("study", "new"))

    assert gdprlint("check", *OPTIONS, "--stdin-filename", "deep/new.gdpr") == (0, "", "")


def test_the_text_stands_in_for_a_file_that_another_one_uses(gdprlint: Cli, register: Path, typed: Typed) -> None:
    (register / "gdprlint.toml").unlink()
    typed(f'use "acme.gdpr"\n{STUDY}')

    assert gdprlint("check", *OPTIONS, "--stdin-filename", "./study.gdpr")[0] == 0


def test_a_notice_is_judged_by_the_ending_of_its_name(gdprlint: Cli, tmp_path: Path, typed: Typed) -> None:
    typed(NOTICE)
    _, out, _ = gdprlint("check", "--format", "concise", "--stdin-filename", "privacy.md")

    assert "privacy.md:1:3: error[UK1324]" in out


def test_a_notice_that_a_record_names_is_judged_within_its_register(
    gdprlint: Cli, register: Path, typed: Typed
) -> None:
    (register / "study.gdpr").write_text(STUDY + 'notice page "privacy.md" of study\n')
    (register / "privacy.md").write_text("nothing")
    typed(NOTICE)
    _, out, _ = gdprlint("check", "--format", "json", "--stdin-filename", "privacy.md")
    found = json.loads(out)["findings"]

    assert found
    assert all("privacy.md" in {place["path"] for place in (one, *one["labels"])} for one in found)


def test_a_text_that_is_too_large_is_told_and_not_read_to_its_end(gdprlint: Cli, register: Path, typed: Typed) -> None:
    typed("#" * 1000)
    _, out, _ = gdprlint("check", "--max-bytes", "100", "--format", "concise", "--stdin-filename", "study.gdpr")

    assert "at most 100 are read" in out
    assert sys.stdin.buffer.read() == b"#" * 899


@pytest.mark.parametrize("content", [b"", b"\xff\xfea", b"caf\xe9 \x00 \x1b[2J", b"{" * 5000])
def test_any_bytes_are_told_of_and_steer_no_terminal(
    gdprlint: Cli, register: Path, typed: Typed, content: bytes
) -> None:
    typed(content)
    code, out, err = gdprlint("check", "--stdin-filename", "study.gdpr")

    assert code in (0, 1)
    assert "\x1b" not in out
    assert err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["-"],
        ["--stdin-filename", "a.gdpr", "b.gdpr"],
        ["--stdin-filename", "a.gdpr", "--deleted-since", "HEAD"],
        ["--stdin-filename", "a.gdpr", "--watch"],
        ["--stdin-filename", "."],
        ["--stdin-filename", "a.gdpr", "--fix"],
        ["--stdin-filename", "a.gdpr", "--diff"],
        ["--stdin-filename", "a.gdpr", "--write-baseline"],
        ["--stdin-filename", "a.gdpr", "--prune-baseline"],
    ],
    ids=" ".join,
)
def test_what_does_not_go_with_stdin_is_wrong_use(gdprlint: Cli, typed: Typed, arguments: list[str]) -> None:
    typed(STUDY)
    code, out, err = gdprlint("check", *arguments)

    assert (code, out) == (2, "")
    assert err


# ---- what leans on files that are gone


@pytest.fixture
def cloned(register: Path, gdprlint: Cli) -> Path:
    """The register as git knows it; what is wrong with it stood there before."""
    (register / ".git" / "HEAD").unlink()
    (register / "old.gdpr").write_text(BROKEN.replace("study", "old"))
    git(register, "init", "-q")
    git(register, "add", ".")
    git(register, "-c", "user.name=S", "-c", "user.email=s@example.org", "commit", "-qm", "first")
    return register


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def test_nothing_was_deleted_and_nothing_is_judged(gdprlint: Cli, cloned: Path) -> None:
    assert gdprlint("check", *OPTIONS, "--deleted-since", "HEAD") == (0, "", "")


def test_where_a_record_has_gone_its_register_is_judged(gdprlint: Cli, cloned: Path) -> None:
    (cloned / "acme.gdpr").unlink()
    code, out, _ = gdprlint("check", *OPTIONS, "--deleted-since", "HEAD")

    assert code == 1
    assert [line.split(":")[0] for line in out.splitlines()] == ["old.gdpr", "study.gdpr"]


def test_where_another_file_has_gone_the_records_that_write_its_name_are_judged(gdprlint: Cli, cloned: Path) -> None:
    (cloned / "site").mkdir()
    (cloned / "site" / "privacy.md").write_text(NOTICE)
    (cloned / "study.gdpr").write_text(STUDY + 'notice page "site/privacy.md" of study\n')
    git(cloned, "add", ".")
    git(cloned, "-c", "user.name=S", "-c", "user.email=s@example.org", "commit", "-qm", "second")
    (cloned / "site" / "privacy.md").unlink()
    code, out, _ = gdprlint("check", "--format", "concise", "--select", "REC008", "--deleted-since", "HEAD")

    assert code == 0, "a page that is not there is a warning"
    assert out.startswith("study.gdpr:4:8: warning[REC008]")


def test_below_the_top_of_a_repository_the_paths_are_right(
    gdprlint: Cli, cloned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cloned / "in").mkdir()
    git(cloned, "mv", "acme.gdpr", "in/acme.gdpr")
    git(cloned, "-c", "user.name=S", "-c", "user.email=s@example.org", "commit", "-qm", "second")
    (cloned / "in" / "acme.gdpr").unlink()
    monkeypatch.chdir(cloned / "in")

    assert "study.gdpr" in gdprlint("check", *OPTIONS, "--deleted-since", "HEAD")[1]


def test_a_repository_without_a_commit_has_lost_nothing(gdprlint: Cli, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")

    assert gdprlint("check", "--deleted-since", "HEAD") == (0, "", "")


@pytest.mark.parametrize("revision", ["nowhere", "--output=X", "", "HEAD; touch X"])
def test_a_revision_that_git_does_not_know_is_told(gdprlint: Cli, cloned: Path, revision: str) -> None:
    code, out, err = gdprlint("check", "--deleted-since", revision)

    assert (code, out) == (2, "")
    assert err.startswith("gdprlint: --deleted-since: git cannot tell")
    assert err.count("\n") == 1
    assert not (cloned / "X").exists()


def test_a_folder_that_is_in_no_repository_is_told(
    gdprlint: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    code, _, err = gdprlint("check", "--deleted-since", "main")

    assert code == 2
    assert "--deleted-since" in err


def test_a_file_that_the_other_branch_has_got_since_was_not_deleted_here(gdprlint: Cli, cloned: Path) -> None:
    git(cloned, "checkout", "-qb", "other")
    (cloned / "more.gdpr").write_text(STUDY.replace("study", "more"))
    git(cloned, "add", ".")
    git(cloned, "-c", "user.name=S", "-c", "user.email=s@example.org", "commit", "-qm", "second")
    git(cloned, "checkout", "-q", "-")

    assert gdprlint("check", *OPTIONS, "--deleted-since", "other") == (0, "", "")


def test_many_deleted_files_with_odd_names_are_looked_for_in_one_go(gdprlint: Cli, cloned: Path) -> None:
    (cloned / "study.gdpr").write_text(
        STUDY + 'notice page "b c/\u20ac (1).md" of study\n' + "# " + 'x"' * 100_000 + "y" * 400_000, "utf-8"
    )
    (cloned / "b c").mkdir()
    for name in ["\u20ac (1).md", "\x1b[2J.md", "a\nb.md", *(f"{n}.md" for n in range(2000))]:
        (cloned / "b c" / name).touch()
    git(cloned, "add", ".")
    git(cloned, "-c", "user.name=S", "-c", "user.email=s@example.org", "commit", "-qm", "second")
    git(cloned, "rm", "-rq", "b c")
    handed, _ = handed_over(Asked((), date(2026, 11, 22), deleted_since="HEAD"))

    assert handed.paths == ("study.gdpr",)


def test_a_program_of_the_repository_is_not_taken_for_git(
    gdprlint: Cli, cloned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cloned / "git").write_text("#!/bin/sh\ntouch RAN\n")
    (cloned / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    code, _, err = gdprlint("check", "--deleted-since", "HEAD")

    assert (code, err) == (2, "gdprlint: --deleted-since needs git, and there is none\n")
    assert not (cloned / "RAN").exists()


def test_nothing_that_a_repository_configures_is_run(gdprlint: Cli, cloned: Path) -> None:
    """A monitor of files and a program for differences are what a configuration could have git run."""
    spy = cloned / "spy.sh"
    spy.write_text("#!/bin/sh\ntouch RAN\n")
    spy.chmod(0o755)
    git(cloned, "config", "core.fsmonitor", str(spy))
    git(cloned, "config", "diff.external", str(spy))
    git(cloned, "config", "core.pager", str(spy))
    (cloned / "acme.gdpr").unlink()
    gdprlint("check", *OPTIONS, "--deleted-since", "HEAD")

    assert not (cloned / "RAN").exists()


# ---- little said, and nothing judged


def test_quiet_prints_the_findings_and_nothing_else(gdprlint: Cli, register: Path) -> None:
    (register / "study.gdpr").write_text(BROKEN)
    code, out, err = gdprlint("check", "--select", "REC001", "--quiet")
    whole = gdprlint("check", "--select", "REC001")[1]

    assert (code, err) == (1, "")
    assert whole.startswith(out)
    assert whole.removeprefix(out).startswith("\nFound 1 problem")


@pytest.mark.parametrize("form", ["full", "concise"])
def test_quiet_says_nothing_where_nothing_is_found(gdprlint: Cli, register: Path, form: str) -> None:
    assert gdprlint("check", "--select", "REC001", "--quiet", "--format", form) == (0, "", "")


def test_a_report_for_programs_is_whole_though_quiet(gdprlint: Cli, register: Path) -> None:
    plain = gdprlint("check", "--format", "json")

    assert gdprlint("check", "--format", "json", "--quiet") == plain


def test_quiet_tells_what_went_wrong_in_the_run(gdprlint: Cli, register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GDPRLINT_PLUGINS", "no_such_plugin")
    code, out, err = gdprlint("check", "--select", "REC001", "--quiet")

    assert (code, out) == (2, "")
    assert err == "gdprlint: GDPRLINT_PLUGINS: no plugin is called no_such_plugin\n"


@pytest.mark.parametrize("text", ["", "# only a remark\n", "]] broken"])
def test_where_no_file_says_anything_a_run_may_be_made_to_fail(gdprlint: Cli, register: Path, text: str) -> None:
    for name in ("acme.gdpr", "study.gdpr"):
        (register / name).write_text(text)
    code, _, err = gdprlint("check", "--fail-on-empty", "--exit-zero")

    assert code == 2
    assert err == "gdprlint: nothing was judged: there is no rule, or no file that says anything\n"
    assert gdprlint("check", "--exit-zero")[0] == 0


def test_a_page_that_is_no_notice_is_nothing_to_judge(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_text("# Terms of use\n\nYou must be over 18. You agree to pay for what you buy.\n")

    assert gdprlint("check", "terms.md")[0] == 0
    assert gdprlint("check", "terms.md", "--fail-on-empty")[0] == 2


def test_where_something_was_judged_the_run_ends_as_ever(gdprlint: Cli, register: Path) -> None:
    assert gdprlint("check", "--select", "REC001", "--fail-on-empty", "--quiet") == (0, "", "")


def test_where_nothing_was_handed_over_a_run_may_be_made_to_fail(gdprlint: Cli, cloned: Path) -> None:
    assert gdprlint("check", "--deleted-since", "HEAD", "--fail-on-empty")[0] == 2
