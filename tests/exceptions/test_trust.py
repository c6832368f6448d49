"""A change cannot exempt itself: what silences a finding counts as it stands in the base."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.engine import WrongUse
from gdprlint.exceptions.base import Base, as_of_base, base_of, exported

from .conftest import (
    COLLECTS,
    NO_CONDITION,
    RECORD,
    Judge,
    above,
    codes,
    commit,
    git,
    judging,
    suppressed,
    told,
    write,
)
from .test_pages import NOTICE
from .test_settling import PACK

CHOSEN = (NO_CONDITION, "exceptions")
AGREED = "allow UK901: the board agreed, by dpo until 2027-03-31"
NOT_THERE = "REC018: the exception does not stand in the revision that is trusted, and takes no finding out"


@pytest.fixture
def judge(repository: Path) -> Judge:
    return judging(repository)


def test_one_that_stands_in_the_base_counts(repository: Path, judge: Judge) -> None:
    commit(repository, {"a.gdpr": above(COLLECTS, AGREED)})
    report = judge({"a.gdpr": f"# a new line\n{above(COLLECTS, AGREED)}"}, select=CHOSEN, trust="main")

    assert suppressed(report) == [NO_CONDITION]
    assert told(report) == []


def test_a_new_one_takes_nothing_out_and_is_told(repository: Path, judge: Judge) -> None:
    commit(repository, {"a.gdpr": RECORD})
    report = judge({"a.gdpr": above(COLLECTS, AGREED)}, select=CHOSEN, trust="main")

    assert codes(report) == {NO_CONDITION, "REC018"}
    assert told(report) == [NOT_THERE]


@pytest.mark.parametrize(
    "changed",
    [
        above(COLLECTS, "allow UK901: another reason, by dpo until 2027-03-31"),
        above(COLLECTS, "allow UK901, UK505: the board agreed, by dpo until 2027-03-31"),
        above(COLLECTS, AGREED).replace("collects      answers", "collects      answers, answers"),
        above(COLLECTS, AGREED).replace("activity study", "activity other"),
        above("activity study", AGREED),
    ],
    ids=["reason", "rules", "clause", "activity", "place"],
)
def test_one_that_was_changed_is_a_new_one(repository: Path, judge: Judge, changed: str) -> None:
    commit(repository, {"a.gdpr": above(COLLECTS, AGREED)})
    report = judge({"a.gdpr": changed}, select=CHOSEN, trust="main")

    assert suppressed(report) == []
    assert told(report) == [NOT_THERE]


def test_it_cannot_be_prolonged_but_it_can_be_shortened(repository: Path, judge: Judge) -> None:
    commit(repository, {"a.gdpr": above(COLLECTS, AGREED.replace("2027-03-31", "2026-06-30"))})
    longer = judge({"a.gdpr": above(COLLECTS, AGREED)}, select=CHOSEN, trust="main")
    endless = judge({"a.gdpr": above(COLLECTS, "allow UK901: the board agreed")}, select=CHOSEN, trust="main")

    assert told(longer) == ["REC016: the exception of `UK901` ended on 2026-06-30"]
    assert told(endless) == told(longer)
    commit(repository, {"a.gdpr": above(COLLECTS, AGREED)})
    shorter = judge({"a.gdpr": above(COLLECTS, AGREED.replace("2027", "2026"))}, select=CHOSEN, trust="main")
    assert told(shorter) == ["REC016: the exception of `UK901` ended on 2026-03-31"]


def test_it_moves_with_its_clause_but_not_to_another_file(repository: Path, judge: Judge) -> None:
    commit(repository, {"r/a.gdpr": above(COLLECTS, AGREED)})
    (repository / "r/a.gdpr").unlink()
    report = judge({"r/b.gdpr": above(COLLECTS, AGREED)}, select=CHOSEN, trust="main")

    assert told(report) == [NOT_THERE]


def test_in_a_page_it_is_known_by_the_words_that_it_covers(repository: Path, judge: Judge) -> None:
    comment = "<!-- allow REC105: the leaflet says it, by dpo -->"
    text = NOTICE.replace("\nVale", f"\n{comment}\nVale")
    commit(repository, {"a.md": text})

    assert suppressed(judge({"a.md": text}, "a.md", trust="main")) == ["REC105"]
    changed = judge({"a.md": text.replace("two years", "ninety years")}, "a.md", trust="main")
    assert suppressed(changed) == []
    assert told(changed) == [NOT_THERE]


def test_one_in_the_configuration_counts_where_the_base_has_it(repository: Path, judge: Judge) -> None:
    table = '[[allow]]\npath = "r/a.gdpr"\nrule = "{}"\nreason = "the board agreed"\n'
    commit(repository, {"gdprlint.toml": table.format("UK901"), "r/a.gdpr": RECORD})
    both = {"gdprlint.toml": table.format("UK901") + table.format("UK505")}
    report = judge(both, "r", select=(*CHOSEN, "UK505"), trust="main")

    assert suppressed(report) == [NO_CONDITION]
    assert told(report) == [NOT_THERE]


def test_a_change_cannot_leave_a_pack_out_by_using_others(repository: Path, judge: Judge) -> None:
    every = RECORD.replace("use uk-gdpr\n", "")
    commit(repository, {"r/a.gdpr": every})
    fewer = {"r/a.gdpr": f"use dpa-2018\n{every}"}

    assert NO_CONDITION not in codes(judge(fewer, "r"))
    assert NO_CONDITION in codes(judge({}, "r", trust="main"))


def test_what_the_base_used_is_judged_by_beside_what_the_change_uses(repository: Path, judge: Judge) -> None:
    commit(repository, {"r/a.gdpr": RECORD})
    report = judge({"r/a.gdpr": RECORD.replace("use uk-gdpr", "use dpa-2018")}, "r", trust="main")

    assert report.judged.packs == ("dpa-2018", "uk-gdpr")


def test_a_file_that_is_used_is_read_as_it_stands_in_the_base(repository: Path, judge: Judge) -> None:
    shared = "data answers of members is {}\n"
    record = 'use "../shared.gdpr"\n' + RECORD.replace("data answers of members is health\n", "")
    commit(repository, {"r/a.gdpr": record, "shared.gdpr": shared.format("health")})

    assert codes(judge({"shared.gdpr": shared.format("name")}, "r", select=CHOSEN)) == set()
    assert codes(judge({}, "r", select=CHOSEN, trust="main")) == {NO_CONDITION}


def test_a_file_that_is_used_and_new_is_not_found(repository: Path, judge: Judge) -> None:
    commit(repository, {"r/a.gdpr": RECORD})
    report = judge({"r/a.gdpr": f'use "../new.gdpr"\n{RECORD}', "new.gdpr": "data d is name\n"}, "r", trust="main")

    (found,) = [finding for finding in report.findings if finding.name == "use-not-found"]
    assert found.help == "it does not stand in the revision that is trusted"


def test_local_packs_are_those_of_the_base(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, {"packs/ours/purpose/rule.gdpr": PACK, "a.gdpr": RECORD})
    write(repository, {"packs/ours/purpose/rule.gdpr": PACK.replace("p is research", "p is statistics")})
    write(repository, {"packs/new/rule.gdpr": PACK.replace("LOC1", "LOC2").replace("OLD1", "OLD2")})
    check = ("check", "a.gdpr", "--format", "concise", "--pack", "packs/ours")

    run([*check, "--select", "LOC1"])
    assert "[LOC1]" not in capsys.readouterr().out
    run([*check, "--select", "LOC1", "--trust-exceptions-from", "main"])
    assert "[LOC1]" in capsys.readouterr().out
    run([*check, "--pack", "packs/new", "--trust-exceptions-from", "main"])
    assert "the pack packs/new does not stand in main, and is not judged by" in capsys.readouterr().err


# ---- files of a revision


def test_a_file_is_given_as_it_stands_in_a_revision(repository: Path) -> None:
    commit(repository, {"a.gdpr": "one\n", "sub/b \u00e9.toml": b"\xff\x00two"})
    write(repository, {"a.gdpr": "changed\n", "c.gdpr": "new\n"})

    assert as_of_base("main", Path("a.gdpr")) == b"one\n"
    assert as_of_base("main", repository / "sub" / "b \u00e9.toml") == b"\xff\x00two"
    assert as_of_base("main", Path("sub/../a.gdpr")) == b"one\n"
    for path in ("c.gdpr", "sub", ".", "../a.gdpr", "/etc/passwd", "a.gdpr/x", "", "a\0b"):
        assert as_of_base("main", Path(path)) is None


def test_many_files_are_read_at_once(repository: Path) -> None:
    texts = {f"r/{number}.gdpr": f"{number}\n" * number for number in range(50)}
    commit(repository, {**texts, "r/empty.gdpr": "", "r/binary.gdpr": bytes(range(256))})
    base = base_of("main", repository)
    files = dict(base.files(Path("r")))
    read = dict(zip(files, base.contents([*files.values()]), strict=True))

    assert read == {path: path.read_bytes() for path in (repository / "r").iterdir()}
    assert list(base.files(Path("none"))) == []


def test_it_is_asked_from_a_folder_within_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository, {"a.gdpr": "one\n", "sub/b.gdpr": "two\n"})
    monkeypatch.chdir(repository / "sub")

    assert as_of_base("main", Path("b.gdpr")) == b"two\n"
    assert as_of_base("main", Path("../a.gdpr")) == b"one\n"


@pytest.mark.parametrize(
    "rev",
    [
        "--output=written",
        "-",
        "--help",
        "",
        "no-such-branch",
        "main:a.gdpr",
        "main..main",
        "main\nmain",
        "main\0",
        "$(touch written)",
        "main; touch written",
        "--upload-pack=touch written",
        "\u202emain",
    ],
)
def test_what_names_no_revision_is_wrong_use_and_does_nothing(repository: Path, rev: str) -> None:
    commit(repository, {"a.gdpr": "one\n"})

    with pytest.raises(WrongUse, match="revision"):
        base_of(rev, repository)
    assert sorted(path.name for path in repository.iterdir()) == [".git", "a.gdpr"]


def test_without_a_repository_it_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(WrongUse, match="lies in no repository"):
        base_of("main", tmp_path)


def test_nothing_of_the_repository_is_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = repository / "trap"
    write(repository, {"trap": "#!/bin/sh\ntouch sprung\ncat\n", ".gitattributes": "*.gdpr diff=trap filter=trap\n"})
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    commit(repository, {"a.gdpr": "one\n"})
    for key in ("core.fsmonitor", "core.pager", "diff.trap.textconv", "filter.trap.smudge", "core.sshCommand"):
        git("config", key, str(trap))
    git("config", "alias.cat-file", f"!{trap}")
    hooks = repository / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "pre-commit", "fsmonitor-watchman", "post-index-change"):
        (hooks / hook).symlink_to(trap)
    write(repository, {"git": "#!/bin/sh\ntouch sprung\n"})
    (repository / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    base = Base("main", repository)

    assert base.read(Path("a.gdpr")) == b"one\n"
    assert [path.name for path, _ in base.files(Path())] == [".gitattributes", "a.gdpr", "trap"]
    assert not (repository / "sprung").exists()


def test_another_repository_within_this_one_has_no_say(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository, {"a.gdpr": "one\n"})
    inner = repository / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    git("init", "-q", "-b", "main")
    commit(inner, {"b.gdpr": "two\n"})
    monkeypatch.chdir(repository)

    assert as_of_base("main", Path("inner/b.gdpr")) is None
    monkeypatch.setenv("GIT_DIR", str(inner / ".git"))
    assert Base("main", repository).read(Path("a.gdpr")) == b"one\n"


def test_links_are_not_followed_and_not_written_out(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (repository / "pack").mkdir()
    (repository / "pack" / "link.gdpr").symlink_to("/etc/hostname")
    commit(repository, {"pack/rule.gdpr": "rule\n", "pack/deep/er.gdpr": "deeper\n", "one.gdpr": "one\n"})
    into = tmp_path_factory.mktemp("into")
    found, missing = exported(base_of("main", repository), ("pack", "one.gdpr", "none", "/etc"), str(into))

    assert missing == ("none", "/etc")
    written = {path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file()}
    assert written == {"0/pack/rule.gdpr", "0/pack/deep/er.gdpr", "1/one.gdpr"}
    assert [Path(path).name for path in found] == ["pack", "one.gdpr"]
    assert base_of("main", repository).read(Path("pack/link.gdpr")) == b"/etc/hostname"
