"""The hooks, run by the real pre-commit in repositories of a user that are thrown away.

pre-commit clones the project, makes the environment of the hooks with pip, and runs what `.pre-commit-hooks.yaml`
says. The environment is made once, by the first test that needs it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.hooks.conftest import URL, Commit, Machine, snippets

pytestmark = pytest.mark.packaging

CONFIG = f"repos:\n  - repo: {URL}\n    rev: v0.1.0\n    hooks:\n"
ACME = 'organisation acme "Acme Research" is company in GB\n'
STUDY = "activity study {\n  controller    acme\n}\n"
NOTICE = """\
# Privacy notice

Vale Trust is the data controller. We use your name and email address to send you our newsletter.
We rely on your consent. We keep your data for two years. You have the right to access your data.
"""


@pytest.fixture
def hooked(machine: Machine, repository: Path) -> Path:
    """A repository with one register, committed before the hook was installed: one file is in order, one is not."""
    write(repository, "gdprlint.toml", "")
    write(repository, "acme.gdpr", ACME)
    write(repository, "study.gdpr", STUDY)
    write(repository, "old.gdpr", STUDY.replace("study", "old").replace("acme", "somebody"))
    write(repository, ".pre-commit-config.yaml", f"{CONFIG}      - id: gdprlint\n        args: [--select, reference]\n")
    machine.git("add", ".", cwd=repository)
    machine.git("commit", "-qm", "before", cwd=repository)
    done = machine.run("pre-commit", "install", cwd=repository)
    assert done.returncode == 0, done.stderr
    return repository


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def findings(said: str) -> list[str]:
    """Each finding as `path:line: code`."""
    places = re.findall(r"^\w+\[(\w+)\].*\n *--> ([^:]+:\d+):\d+", said, re.MULTILINE)
    return [f"{place}: {code}" for code, place in places]


def test_only_the_findings_of_what_is_staged_are_shown(machine: Machine, hooked: Path, commit: Commit) -> None:
    write(hooked, "new.gdpr", STUDY.replace("study", "new").replace("acme", "amce"))
    machine.git("add", "new.gdpr", cwd=hooked)
    done = commit()

    assert done.returncode == 1
    assert findings(done.stderr) == ["new.gdpr:2: REC001"]
    assert "did you mean `acme`?" in done.stderr, "names are looked up in the whole register"
    assert "Found" not in done.stderr


def test_what_is_in_order_is_committed(machine: Machine, hooked: Path, commit: Commit) -> None:
    write(hooked, "new.gdpr", STUDY.replace("study", "new"))
    machine.git("add", "new.gdpr", cwd=hooked)

    assert commit().returncode == 0


def test_of_a_partly_staged_file_the_staged_part_is_judged(machine: Machine, hooked: Path, commit: Commit) -> None:
    write(hooked, "study.gdpr", STUDY + "# a remark\n")
    machine.git("add", "study.gdpr", cwd=hooked)
    write(hooked, "study.gdpr", STUDY.replace("acme", "nobody"))
    done = commit()

    assert done.returncode == 0, done.stderr
    assert "nobody" in (hooked / "study.gdpr").read_text("utf-8"), "what is not staged is still there"


def test_what_is_staged_is_judged_though_it_was_corrected_since(machine: Machine, hooked: Path, commit: Commit) -> None:
    write(hooked, "study.gdpr", STUDY.replace("acme", "nobody"))
    machine.git("add", "study.gdpr", cwd=hooked)
    write(hooked, "study.gdpr", STUDY)
    done = commit()

    assert done.returncode == 1
    assert findings(done.stderr) == ["study.gdpr:2: REC001"]


def test_a_renamed_file_is_judged_under_its_new_name_with_all_of_its_register(
    machine: Machine, hooked: Path, commit: Commit
) -> None:
    machine.git("mv", "study.gdpr", "survey.gdpr", cwd=hooked)
    done = commit()

    assert done.returncode == 1, "what was wrong before is shown, since a file has gone"
    assert findings(done.stderr) == ["old.gdpr:2: REC001"]


def test_what_a_deleted_file_leaves_behind_is_found_in_files_that_nobody_touched(
    machine: Machine, hooked: Path, commit: Commit
) -> None:
    machine.git("rm", "-q", "acme.gdpr", "old.gdpr", cwd=hooked)
    done = commit()

    assert done.returncode == 1
    assert findings(done.stderr) == ["study.gdpr:2: REC001"]


def test_a_file_that_another_one_uses_is_missed_without_a_register_too(
    machine: Machine, hooked: Path, commit: Commit
) -> None:
    machine.git("rm", "-q", "gdprlint.toml", "study.gdpr", "old.gdpr", cwd=hooked)
    write(hooked, "plans/study.gdpr", f'use "../acme.gdpr"\n{STUDY}')
    machine.git("add", ".", cwd=hooked)
    assert commit().returncode == 0
    machine.git("rm", "-q", "acme.gdpr", cwd=hooked)
    done = commit()

    assert done.returncode == 1
    assert "plans/study.gdpr:1: syntax" in findings(done.stderr)


def test_a_commit_of_something_else_meets_no_finding(machine: Machine, hooked: Path, commit: Commit) -> None:
    write(hooked, "code.py", "print('hello')\n")
    machine.git("add", "code.py", cwd=hooked)

    assert commit().returncode == 0


def test_all_files_are_judged_in_ci(machine: Machine, hooked: Path) -> None:
    done = machine.run("pre-commit", "run", "--all-files", cwd=hooked)

    assert done.returncode == 1
    assert findings(done.stdout) == ["old.gdpr:2: REC001"]


def test_between_two_revisions_a_deleted_file_is_missed(machine: Machine, hooked: Path) -> None:
    machine.git("rm", "-q", "acme.gdpr", "old.gdpr", cwd=hooked)
    machine.git("commit", "-qnm", "gone", cwd=hooked)
    done = machine.run("pre-commit", "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD", cwd=hooked)

    assert done.returncode == 1
    assert findings(done.stdout) == ["study.gdpr:2: REC001"]


def test_a_first_commit_has_no_revision_to_compare_with(machine: Machine, repository: Path) -> None:
    write(repository, ".pre-commit-config.yaml", f"{CONFIG}      - id: gdprlint\n        args: [--select, reference]\n")
    write(repository, "all.gdpr", ACME + STUDY)
    machine.git("add", ".", cwd=repository)
    done = machine.run("pre-commit", "run", cwd=repository)

    assert done.returncode == 0, done.stdout


def test_fmt_sets_what_is_staged_in_canonical_form_and_stops_the_commit_once(
    machine: Machine, repository: Path
) -> None:
    write(repository, ".pre-commit-config.yaml", f"{CONFIG}      - id: gdprlint-fmt\n")
    write(repository, "untidy.gdpr", "data   answers   is   health\n")
    machine.git("add", ".", cwd=repository)
    first = machine.run("pre-commit", "run", cwd=repository)
    machine.git("add", ".", cwd=repository)
    second = machine.run("pre-commit", "run", cwd=repository)

    assert first.returncode == 1
    assert "Formatted untidy.gdpr" in first.stdout
    assert (repository / "untidy.gdpr").read_text("utf-8") == "data answers is health\n"
    assert second.returncode == 0, second.stdout


def test_fmt_may_only_look(machine: Machine, repository: Path) -> None:
    write(repository, ".pre-commit-config.yaml", f"{CONFIG}      - id: gdprlint-fmt\n        args: [--check, --diff]\n")
    write(repository, "untidy.gdpr", "data   answers   is   health\n")
    machine.git("add", ".", cwd=repository)
    done = machine.run("pre-commit", "run", cwd=repository)

    assert done.returncode == 1
    assert "+data answers is health" in done.stdout
    assert "files were modified" not in done.stdout


def test_notices_are_judged_and_other_pages_are_not(machine: Machine, repository: Path) -> None:
    write(repository, ".pre-commit-config.yaml", f"{CONFIG}      - id: gdprlint-notices\n")
    write(repository, "site/privacy.md", NOTICE)
    write(repository, "site/about.md", NOTICE)
    machine.git("add", ".", cwd=repository)
    done = machine.run("pre-commit", "run", cwd=repository)

    assert done.returncode == 1
    assert {place.partition(":")[0] for place in findings(done.stdout)} == {"site/privacy.md"}


def test_the_commands_on_the_page_run_as_they_are_written(machine: Machine, repository: Path) -> None:
    """One after the other in a new repository, with the command that pre-commit has installed; some find something."""
    (config,) = [text for text in snippets("yaml") if text.startswith("repos:")]
    write(repository, ".pre-commit-config.yaml", config)
    machine.git("add", ".", cwd=repository)
    machine.git("commit", "-qm", "first", cwd=repository)
    machine.git("update-ref", "refs/remotes/origin/main", "HEAD", cwd=repository)
    assert machine.run("pre-commit", "install-hooks", cwd=repository).returncode == 0
    (command,) = (machine.home / "pre-commit").glob("repo*/py_env-*/bin/gdprlint")
    path = os.pathsep.join([str(command.parent), machine.environ["PATH"]])
    for line in [line for block in snippets("sh") for line in block.splitlines()]:
        done = machine.run("bash", "-c", line, cwd=repository, PATH=path)
        machine.git("add", ".", cwd=repository)
        found = "error[" in done.stdout
        assert (done.returncode, done.stderr) == (1 if found and "--exit-zero" not in line else 0, ""), line
