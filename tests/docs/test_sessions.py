"""The commands on a page print what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.sessions import DOCS, PAGES, played


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_on_the_page_print_what_it_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    page = (DOCS / name).read_text("utf-8")

    assert played(page, tmp_path) == page, "python -m tests.docs.sessions"
