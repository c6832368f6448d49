"""What the wheel carries compiled is taken as it is only while its sources are what it was made from."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gdprlint import compiled, plugins
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules.packs import Library, load


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with two sources and the library that was made from them."""
    package = tmp_path / "gdprlint"
    for path in ("rulebook/core/topic/a-rule.gdpr", "rules/checker.py"):
        file = package / path
        file.parent.mkdir(parents=True)
        file.write_text("as it was", "utf-8")
    (package / "rules" / "__pycache__").mkdir()
    (package / "rules" / "__pycache__" / "checker.cpython-311.pyc").write_text("", "utf-8")
    (package / "compiled_data").mkdir()
    made = {"digest": "d", "sources": {path: size for path, size, _ in compiled.sources(package)}}
    (package / "compiled_data" / "library.json").write_text(compiled.written(made), "utf-8")
    monkeypatch.setattr(compiled, "HERE", package / "compiled_data")
    return package


def change(package: Path) -> None:
    (package / "rulebook/core/topic/a-rule.gdpr").write_text("and as it is", "utf-8")


def change_and_keep_the_size(package: Path) -> None:
    file = package / "rulebook/core/topic/a-rule.gdpr"
    file.write_text("AS IT WAS", "utf-8")
    later = file.stat().st_mtime + 2 * compiled.INSTALLING
    os.utime(file, (later, later))


def add(package: Path) -> None:
    (package / "rulebook/core/topic/another-rule.gdpr").write_text("as it was", "utf-8")


def take_away(package: Path) -> None:
    (package / "rules/checker.py").unlink()


def take_the_library_away(package: Path) -> None:
    (package / "compiled_data/library.json").unlink()


def test_a_library_whose_sources_are_as_they_were_is_taken_as_it_is(package: Path) -> None:
    library = compiled.library()

    assert library is not None
    assert sorted(library["sources"]) == ["rulebook/core/topic/a-rule.gdpr", "rules/checker.py"]


@pytest.mark.parametrize("done", [change, change_and_keep_the_size, add, take_away, take_the_library_away])
def test_a_library_whose_sources_changed_is_not(package: Path, done: Callable[[Path], None]) -> None:
    done(package)

    assert compiled.library() is None


@pytest.mark.parametrize("damage", [lambda text: text[:-1], lambda text: text + "\n{}", lambda text: text[:9]])
def test_lines_that_are_not_all_there_are_made_again(
    damage: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "HERE", tmp_path / "shipped")
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path))
    first = compiled.kept("a", "d", lambda: {"lines": ['["one"]', '["two"]']})
    file = tmp_path / "a.json"

    assert compiled.kept("a", "d", lambda: {"lines": []})["lines"] == first["lines"]
    file.write_text(damage(file.read_text("utf-8")), "utf-8")
    assert compiled.kept("a", "d", lambda: {"lines": ["{}"]})["lines"] == ["{}"]


def test_what_has_no_lines_is_kept_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path / "cache"))
    compiled.kept("a", "d", lambda: {"lines": []})

    assert compiled.kept("a", "d", lambda: {"lines": ["{}"]})["lines"] == []


def test_bundled_plugins_answer_from_what_was_kept_as_they_do_when_asked() -> None:
    asked = plugins.load({}, installed=False)
    kept = plugins.answers(asked)

    assert sorted(kept) == [plugin.name for plugin in asked.plugins]
    assert plugins.load({}, installed=False, known=kept) == asked


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def test_the_vocabulary_that_is_kept_is_that_of_the_packs(library: Library) -> None:
    of_packs, kept = library._words, library.vocabulary

    assert everything(kept) == everything(of_packs)
    for word in [*of_packs._spellings, "E-Mail Address", "no such word"]:
        assert kept.canonical(word) == of_packs.canonical(word), word


def everything(vocabulary: Vocabulary) -> dict[str, Any]:
    return {key: vocabulary.terms[key] for key in vocabulary.terms} | {"by provision": vocabulary._by_provision}
