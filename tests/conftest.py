"""The order in which tests run, and what is not looked through again and again while they do.

Files that take long begin, so that no process is left alone with one at the end.
"""

from __future__ import annotations

import gc

import pytest

LONG = (
    "packaging",
    "rules",
    "hooks",
    "readback",
    "language",
    "docs",
    "packs",
    "plugins",
    "cache",
    "testing",
    "cli",
    "engine",
    "notices",
)


def _place(item: pytest.Item) -> int:
    folder = item.nodeid.split("/")[1] if "/" in item.nodeid else ""
    return LONG.index(folder) if folder in LONG else len(LONG)


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-xdist hand out files in their order here: by itself it begins with those that have most tests."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


@pytest.fixture(autouse=True, scope="module")
def what_stays_is_left_alone() -> None:
    """Tell the collector of garbage that thousands of tests and the rules stay: to look through them takes a second."""
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
