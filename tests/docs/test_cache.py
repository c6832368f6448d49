"""docs/cache.md: its commands do what stands beside them, and its figures are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gdprlint import store
from gdprlint.cli import run
from tests.cache.test_sequences import DEFAULT

PAGE = (Path(__file__).parents[2] / "docs" / "cache.md").read_text("utf-8")


def test_the_commands_on_the_page_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("GDPRLINT_PLUGINS", "")
    (tmp_path / "a.gdpr").write_text('organisation acme "Acme" is company in GB\n', "utf-8")
    commands = re.findall(r"^gdprlint ([^#\n]*?) *(?:#.*)?$", PAGE, re.MULTILINE)
    assert commands == ["check --no-cache", "cache", "cache clear"]

    assert run(["check"]) == 0
    assert any(name.startswith("result-") for name, _, _ in store.entries())
    assert [run(command.split()) for command in commands] == [0, 0, 0]
    assert str(tmp_path / "cache") in capsys.readouterr().out
    assert list(store.entries()) == []


def test_the_figures_on_the_page_are_those_of_the_code() -> None:
    assert f"more than {store.MOST // 1_000_000} MB" in PAGE
    assert f"{DEFAULT} sequences run with the other tests" in PAGE
