"""Whatever judges looks at files through `disk`, which can ask again all that it was asked."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gdprlint import disk, engine
from gdprlint.cli import stages
from gdprlint.cli.plain import Asked
from gdprlint.options import CheckOptions
from gdprlint.registers import decoded
from gdprlint.text import Source, text_of
from tests.cache.conftest import ACME, STUDY

NOTICE = "# Privacy notice\n\nVale Trust is the data controller.\n{% include 'rights.md' %}\n{{ 'notice.kept' | t }}\n"
PROJECT = {
    "pyproject.toml": "[tool.gdprlint]\n",
    "acme.gdpr": ACME,
    "in/study.gdpr": 'use "../shared/more.gdpr"\nuse "../none.gdpr"\n' + STUDY,
    "shared/more.gdpr": "people some-people\n",
    "page.gdpr": 'notice page "site/privacy.md" of study by acme\nnotice lost "site/lost.md"\n',
    "site/privacy.md": NOTICE,
    "site/rights.md": "You have the right to complain.\n",
    "locales/en.yml": "en:\n  notice:\n    kept: We keep it.\n",
    "../pack/topic/rule.gdpr": "rule ZZ901 a {\n",
}
CONFIGURATION = {
    "gdprlint.toml": 'local-packs = ["house"]\nnotices = ["site/*.md", "in/*.md"]\n'
    '[per-path."in/"]\nignore = ["REC001"]\n'
    '[[allow]]\npath = "gone.gdpr"\nrule = "REC001"\nreason = "agreed by the board"\n',
    "house/rule.gdpr": "rule ZZ901 a {\n",
}
PATHS = (".", "site/privacy.md")
OPTIONS = CheckOptions(date(2026, 11, 21), local_packs=("../pack",), jobs=1)
pytestmark = pytest.mark.usefixtures("compiled_already")
OPENING = ("open", "os.listdir", "os.scandir", "os.walk")
_opened: list[tuple[str, str]] | None = None


def whole(path: str | os.PathLike[str]) -> str:
    return os.path.abspath(os.fspath(path))  # noqa: PTH100 - `resolve` would follow links


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _opened is not None and event in OPENING and isinstance(arguments[0], str | os.PathLike):
        _opened.append((event, whole(arguments[0])))


sys.addaudithook(_audit)


def write(project: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, "utf-8")


@pytest.fixture
def opened(project: Path) -> Iterator[list[tuple[str, str]]]:
    """All that is opened or listed by whatever part of the program, once the project is written."""
    global _opened
    write(project, PROJECT)
    _opened = []
    yield _opened
    _opened = None


@pytest.mark.parametrize("configuration", [{}, CONFIGURATION], ids=["not configured", "configured"])
@pytest.mark.parametrize("paths", [(".",), ("in",), ("site/privacy.md",), ("in/study.gdpr", "acme.gdpr")])
def test_all_that_a_check_looks_at_in_a_project_is_noted(
    paths: tuple[str, ...],
    configuration: dict[str, str],
    project: Path,
    opened: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(project, configuration)
    opened.clear()
    stat = os.stat

    def watched_stat(path: Any, *rest: Any, **more: Any) -> os.stat_result:
        if isinstance(path, str | os.PathLike):
            opened.append(("stat", whole(path)))
        return stat(path, *rest, **more)

    monkeypatch.setattr(os, "stat", watched_stat)
    with disk.watched() as seen:
        stages.settled(stages.judge(Asked(paths, OPTIONS.as_of, local_packs=OPTIONS.local_packs, jobs=1)))

    noted = {str(question[0]): set[str]() for question in seen.facts}
    for question in seen.facts:
        noted[str(question[0])].add(whole(str(question[1])))
    here = (str(project), str(project.parent / "pack"))
    inside = [(event, path) for event, path in opened if path.startswith(here)]
    assert {path for event, path in inside if event == "open"} == {
        path for path in noted["content"] | noted.get("beginning", set()) if path.startswith(here)
    }
    listed = {path for event, path in inside if event in ("os.scandir", "os.listdir")}
    assert all(any(path == top or path.startswith(f"{top}/") for top in noted["below"]) for path in listed)
    assert {path for event, path in inside if event == "stat"} <= noted["kind"] | noted["content"] | noted["below"]
    assert seen.sound


LOOKS = re.compile(
    r"\bopen\(|\bos\.(?:walk|scandir|listdir|stat|lstat|readlink|environ)\b|os\.path\.(?:exists|is\w+|realpath|getsize)\b"
    r"|(?<!disk)\.(?:read_bytes|read_text|open|exists|is_file|is_dir|is_symlink|iterdir|r?glob|stat|lstat|resolve|readlink)\("
)
# Asked by no check, or about gdprlint itself and what is installed, which `disk.program` and `disk.installed` tell.
OF_ITSELF = {
    "bundled/__init__.py", "cache/questions.py", "candidates.py", "compiled.py", "disk.py", "hooks.py",
    "importpath.py", "parallel.py", "plugins.py", "readers/workbook.py", "rules/coverage.py", "store.py", "doctor.py",
    "replacing.py",
}  # fmt: skip
# They work on the report, cached or not; a run that is traced is not kept at all.
BEHIND = ("baseline/", "fixing/", "reporters/", "tracing/")
IN_CLI = ("cli/behind.py", "cli/configured.py", "cli/stages.py")  # what decides there, beside what shows
EXCEPT = {
    "cli/stages.py": 1,  # whether there is a baseline, which is held against a report out of the cache too
    "configuration/explaining.py": 2,  # what `gdprlint config` prints
    "exceptions/base.py": 5,  # what git and its revisions hold; a run that trusts one is not kept
    "exceptions/stage.py": 1,  # the same
    "language/tables.py": 2,  # the grammar, when its tables are made
    "notices/formats/docx.py": 1,  # a part of an archive that was read
    "rules/packs.py": 2,  # what checks rules, by which their compiled form is known
}

OTHERS = ("cli/", "api.py", "authoring/", "testing/", "writers/", *BEHIND)


def test_nothing_that_judges_looks_at_files_by_itself() -> None:
    package = Path(disk.__file__).parent
    found = {}
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        looks = [line.strip() for line in path.read_text("utf-8").splitlines() if LOOKS.search(line)]
        if looks and (name in IN_CLI or not name.startswith(OTHERS)) and name not in OF_ITSELF:
            found[name] = looks
    assert {name: lines for name, lines in found.items() if len(lines) > EXCEPT.get(name, 0)} == {}


def change(path: str, text: str | None) -> Callable[[Path], None]:
    def do(project: Path) -> None:
        if text is None:
            (project / path).unlink()
        else:
            write(project, {path: text})

    return do


@pytest.mark.parametrize(
    "happens",
    [
        change("acme.gdpr", ACME.replace("acme", "amce")),
        change("shared/more.gdpr", None),
        change("none.gdpr", ""),
        change("in/new.gdpr", ""),
        change("site/rights.md", "You have the right to erase.\n"),
        change("site/lost.md", "# Found\n"),
        change("locales/en.yml", "en: {}\n"),
        change("gdprlint.toml", ""),
        change("pyproject.toml", None),
        change("../pack/topic/rule.gdpr", ""),
        change("../pack/another.gdpr", ""),
        lambda project: (project / ".git").rmdir(),
        lambda project: (project / "site" / ".git").mkdir(),
    ],
)
def test_what_changed_is_seen_when_all_is_asked_again(happens: Callable[[Path], None], project: Path) -> None:
    write(project, PROJECT)
    with disk.watched() as seen:
        engine.check(PATHS, OPTIONS)
    facts = json.loads(json.dumps([[*question, answer] for question, answer in seen.facts.items()]))

    assert disk.holds(facts, {})
    happens(project)
    assert not disk.holds(facts, {})


def test_what_does_not_matter_is_not_asked(project: Path) -> None:
    write(project, PROJECT)
    with disk.watched() as seen:
        engine.check(["in"], OPTIONS)
    facts = [[*question, answer] for question, answer in seen.facts.items()]

    for name in ("node_modules/a.gdpr", ".hidden/a.gdpr", "../pack/_not/a.gdpr", ".git/HEAD", "in/study.gdpr~"):
        write(project, {name: "people p\n"})
    os.utime(project / "acme.gdpr", (0, 0))
    assert disk.holds(facts, {})


def test_a_file_that_changes_while_it_is_looked_at_makes_a_run_unsound(project: Path) -> None:
    with disk.watched() as seen:
        for text in ("one", "two"):
            write(project, {"a.gdpr": text})
            disk.read(project / "a.gdpr")
    assert not seen.sound


def test_a_program_that_was_written_just_now_is_not_believed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "YOUNG", 60.0)
    write(project, {"pack/a.gdpr": ""})
    with disk.watched() as seen:
        disk.program(project / "pack")
    assert not seen.sound


@pytest.mark.parametrize(
    "happens",
    [
        change("pack/a.gdpr", "changed"),
        change("pack/deep/b.gdpr", ""),
        change("pack/a.gdpr", None),
        lambda project: os.utime(project / "pack" / "a.gdpr", (1, 1)),
    ],
)
def test_a_program_is_known_by_names_sizes_and_times(happens: Callable[[Path], None], project: Path) -> None:
    write(project, {"pack/a.gdpr": "", "pack/deep/__pycache__/a.pyc": ""})
    with disk.watched() as seen:
        disk.program(project / "pack")
        disk.program(project / "pack" / "a.gdpr")
    facts = [[*question, answer] for question, answer in seen.facts.items()]

    write(project, {"pack/deep/__pycache__/b.pyc": ""})
    assert disk.holds(facts, {})
    happens(project)
    assert not disk.holds(facts, {})


@pytest.mark.parametrize(
    "content", [b"", b"plain\n", b"\xef\xbb\xbfpeople p\n", b"a\0b \xff\0", b"\xef\xbb\xbf\xe9\0\n", b"\xff\xfe\0"]
)
def test_a_text_is_read_again_as_it_was_read(content: bytes) -> None:
    source = decoded(content, "a.gdpr").source
    assert source is None or source.text == text_of(content)


@pytest.mark.parametrize("text", ["", "\n", "one\ntwo\r\n\u2028three", "no end", "\n\n\nx"])
def test_a_place_is_the_same_whether_lines_were_counted_before(text: str) -> None:
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    counted = Source("a", text)
    assert counted.line_starts == starts
    assert [Source("a", text).position(at) for at in range(-1, 20)] == [counted.position(at) for at in range(-1, 20)]
