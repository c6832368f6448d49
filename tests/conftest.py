"""The order in which tests run: long files first, so that no process is left alone with one at the end."""

from __future__ import annotations

import pytest

LONG = ("packaging", "rules", "hooks", "language", "docs", "testing", "engine", "notices", "packs", "plugins")


def _place(item: pytest.Item) -> int:
    folder = item.nodeid.split("/")[1] if "/" in item.nodeid else ""
    return LONG.index(folder) if folder in LONG else len(LONG)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)
