"""Notices that are registers of their own: judged in any number of processes, with the same report."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gdprlint import disk, engine
from gdprlint.cli import run
from gdprlint.diagnostics import Report
from gdprlint.engine import CheckOptions, WrongUse, check
from gdprlint.parallel import by_turns
from gdprlint.progress import Progress

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process only")

NOTICE = """\
# Privacy notice of {name}

{name} Trust is the data controller. We use your name and email address to send you our newsletter.
We rely on your consent. We share your data with {name} Print Limited.
We keep your data for {years} years. You have the right to access your data. Write to post@{name}.example.
"""
TERMS = "# Terms of use\n\nYou must be over 18. You agree to pay for what you buy.\n"
NAMES = ("Ashdale", "Birchley", "Coldwick", "Dunmere", "Elmstead", "Fernham")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with six notices, a page that is none, and one that cannot be read."""
    (tmp_path / ".git").mkdir()
    for number, name in enumerate(NAMES):
        text = NOTICE.format(name=name, years=number + 2)
        (tmp_path / f"{name}.{'html' if number % 2 else 'md'}").write_text(text, "utf-8")
    (tmp_path / "terms.md").write_text(TERMS, "utf-8")
    (tmp_path / "broken.docx").write_bytes(b"this is no Word document")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", ["full", "json", "sarif", "html"])
def test_a_report_has_the_same_bytes_whatever_the_number_of_processes(
    site: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = set()
    for jobs in ("1", "2", "5"):
        code = run(["check", "--no-cache", "--as-of", "2026-11-21", "--format", form, "--jobs", jobs])
        told.add((code, *capsys.readouterr()))

    [(code, out, err)] = told
    assert (code, err) == (1, "")
    assert all(name in out for name in ("Ashdale.md", "Fernham.html", "broken.docx"))
    assert "terms.md" not in out


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started beside this one."""
    children: list[int] = []
    fork = os.fork

    def counted() -> int:
        child = fork()
        children.extend([child] if child else [])
        return child

    monkeypatch.setattr(os, "fork", counted)
    return children


def test_notices_are_judged_in_several_processes(site: Path, forked: list[int]) -> None:
    check(["."], CheckOptions(date(2026, 11, 21), jobs=3))

    assert len(forked) == 2


def test_one_notice_is_judged_in_this_process(site: Path, forked: list[int]) -> None:
    report = check(["Ashdale.md"], CheckOptions(date(2026, 11, 21), jobs=2))

    assert {finding.span.path for finding in report.findings} == {"Ashdale.md"}
    assert forked == []


def test_a_folder_in_which_nothing_is_a_notice_is_wrong_use_in_several_processes_too(site: Path) -> None:
    other = site / "other"
    other.mkdir()
    for number in range(4):
        (other / f"{number}.md").write_text(TERMS, "utf-8")

    with pytest.raises(WrongUse, match="no notice in `other`"):
        check(["other"], CheckOptions(date(2026, 11, 21), jobs=2))


def test_a_word_that_chooses_no_rule_is_wrong_use(site: Path) -> None:
    with pytest.raises(WrongUse, match="nothing-like-it"):
        check(["."], CheckOptions(date(2026, 11, 21), select=("nothing-like-it",), jobs=2))


def test_how_many_are_done_in_all_processes_is_told(site: Path) -> None:
    progress = Progress()
    check(["."], CheckOptions(date(2026, 11, 21), jobs=2), progress=progress)

    assert (progress.doing, progress.of) == ("reading and judging", 8)
    assert 1 <= progress.done <= 8


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_looked_at_in_any_process_is_noted_here(site: Path, jobs: int) -> None:
    with disk.watched() as seen:
        check(["."], CheckOptions(date(2026, 11, 21), jobs=jobs))

    read = {Path(str(question[1])).name for question in seen.facts if question[0] == "content"}
    assert read >= {path.name for path in site.iterdir() if path.is_file()}
    assert seen.sound


def test_the_same_is_noted_whatever_the_number_of_processes(site: Path) -> None:
    facts = []
    for jobs in (1, 3):
        with disk.watched() as seen:
            check(["."], CheckOptions(date(2026, 11, 21), jobs=jobs))
        facts.append(seen.facts)

    assert facts[0] == facts[1]


@pytest.mark.parametrize("name", ["Ashdale.md", "Dunmere.html", "Fernham.html", "terms.md", "broken.docx"])
def test_a_page_that_changed_is_judged_anew_whichever_process_had_read_it(
    site: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(site / ".cache"))
    monkeypatch.setenv("GDPRLINT_PLUGINS", "")
    monkeypatch.setattr(disk, "YOUNG", 0.0)
    judged: list[object] = []
    judge = engine.judge

    def noted(groups: Any, *rest: Any) -> Report:
        judged.append(groups)
        return judge(groups, *rest)

    monkeypatch.setattr(engine, "judge", noted)
    for _ in range(2):
        run(["check", "--jobs", "2"])
    assert len(judged) == 1

    (site / name).write_text("# Privacy notice\n\nThis is another one.\n", "utf-8")
    run(["check", "--jobs", "2"])
    assert len(judged) == 2


# ---- pages that a record names


@pytest.fixture
def named(site: Path) -> Path:
    """The same pages, named by the notices of one record: one of them twice, one in vain, one with activities."""
    names = [path.name for path in sorted(site.iterdir()) if path.is_file()]
    lines = [f'notice n{number} "{name}" of study' for number, name in enumerate([*names, names[0], "missing.md"])]
    (site / "gdprlint.toml").touch()
    (site / "record.gdpr").write_text("\n".join(["activity study {", "  controller acme", "}", *lines, ""]), "utf-8")
    (site / "told.gdpr").write_text('notice told "Ashdale.md" of study {\n  activity mail {\n  }\n}\n', "utf-8")
    return site


def test_the_pages_of_a_record_are_read_in_any_number_of_processes(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = set()
    for jobs in ("1", "2", "4"):
        code = run(["check", "--no-cache", "--as-of", "2026-11-21", "--format", "json", "--jobs", jobs])
        told.add((code, *capsys.readouterr()))

    [(code, out, err)] = told
    assert (code, err) == (1, "")
    assert all(words in out for words in ("Ashdale.md", "Fernham.html", "missing.md", "it says", "no Word document"))


def test_the_pages_of_a_record_are_noted_whichever_process_reads_them(named: Path, forked: list[int]) -> None:
    facts = []
    for jobs in (1, 3):
        with disk.watched() as seen:
            check(["."], CheckOptions(date(2026, 11, 21), jobs=jobs))
        facts.append(seen.facts)

    assert facts[0] == facts[1]
    assert any(str(question[1]).endswith("Fernham.html") for question in facts[0] if question[0] == "content")
    assert len(forked) == 2


def test_one_page_of_a_record_starts_no_process(site: Path, forked: list[int]) -> None:
    (site / "gdprlint.toml").touch()
    (site / "record.gdpr").write_text('notice a "Ashdale.md" of processing\n', "utf-8")

    report = check(["record.gdpr"], CheckOptions(date(2026, 11, 21), jobs=2))

    assert "Ashdale.md" in {finding.span.path for finding in report.findings}
    assert forked == []


# ---- turns


def test_every_item_is_worked_on_once_and_the_results_are_in_order() -> None:
    told: list[int] = []

    assert by_turns(lambda item: item * item, range(5000), 3, told.append) == [item * item for item in range(5000)]
    assert told == sorted(told)  # whenever this process is done with one of its own


def test_what_a_process_that_dies_had_taken_is_made_up_for() -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), 9)
        return -item

    assert by_turns(work, range(40), 3, lambda done: None) == [-item for item in range(40)]


def test_a_fault_in_another_process_is_one_here() -> None:
    def work(item: int) -> int:
        if item == 7:
            raise RuntimeError("seven")
        return item

    with pytest.raises(RuntimeError, match="seven"):
        by_turns(work, range(9), 2, lambda done: None)


# ---- what is noted apart


def test_what_is_asked_apart_is_noted_when_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    with disk.watched() as seen:
        with disk.apart() as there:
            disk.read(tmp_path / "a")
        assert seen.facts == {}
        assert there is not None
        disk.also(there)

    assert seen.facts == there.facts != {}
    assert seen.sound


def test_a_file_that_was_another_one_there_is_nothing_to_rely_on(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    with disk.watched() as seen:
        disk.read(tmp_path / "a")
        (tmp_path / "a").write_text("b")
        with disk.apart() as there:
            disk.read(tmp_path / "a")
        assert there is not None
        assert there.sound
        disk.also(there)

    assert not seen.sound


def test_nothing_is_noted_apart_where_nobody_wants_it(tmp_path: Path) -> None:
    with disk.apart() as there:
        disk.kind(tmp_path)

    assert there is None
