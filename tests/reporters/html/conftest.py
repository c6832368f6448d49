"""A browser for the tests that look at the page as a person does: Chromium without a window, driven by playwright.

Where there is none, those tests are skipped and say so. `.ci/run` installs one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .sample import sample_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
WITHOUT = (
    "no Chromium is on the path (on Debian: apt-get install chromium-headless-shell), "
    "so nobody looks at the HTML report as a browser shows it"
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; it is part of `.[test]`")
    found = os.environ.get("GDPRLINT_TEST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(WITHOUT)
    with api.sync_playwright() as driver:
        # The pages are our own and ask for nothing; as root, as in containers, Chromium has no sandbox.
        running = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="package")
def tabs(browser: Browser) -> dict[str, Tab]:
    """The open tabs, by how they were asked for: to open one takes longer than to load a page in it."""
    return {}


@pytest.fixture
def opened(browser: Browser, tabs: dict[str, Tab], tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page as a file; whatever it asks for beside itself, or complains of, fails the test."""
    used: list[Tab] = []
    file = tmp_path / "report.html"

    def open_page(text: str = "", at: str = "", **options: Any) -> Page:
        file.write_bytes((text or sample_page()).encode())
        wanted = {"viewport": {"width": 1280, "height": 900}, **options}
        tab = tabs.get(repr(wanted))
        if tab is None:
            tab = tabs[repr(wanted)] = Tab(browser.new_context(**wanted).new_page())
        tab.page.goto("about:blank")
        tab.asked.clear()
        tab.complaints.clear()
        used.append(tab)
        tab.page.goto(file.as_uri() + at)
        return tab.page

    yield open_page
    for tab in used:
        tab.page.emulate_media(media="null")  # as the browser has it
        assert {url.partition("#")[0] for url in tab.asked} == {file.as_uri()}
        assert tab.complaints == []


class Tab:
    """One tab, what it asked for and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
