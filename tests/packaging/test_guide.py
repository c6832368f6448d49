"""docs/plugins.md from its first command to its last, in an environment of its own.

Files are written and commands run in the order in which they stand. What a block `console` shows is compared; blocks
`sh` are about pip. With GDPRLINT_RENEW=1 in the environment the page is written anew from what its commands print.
"""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.packaging.test_new_pack import do, typed

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

pytestmark = pytest.mark.packaging

PATH = Path(__file__).parents[2] / "docs" / "plugins.md"
PAGE = PATH.read_text("utf-8")
RULE = "gdprlint-harbour/src/gdprlint_harbour/storage/raw-recordings-kept.gdpr"
DAY = "2026-11-21"
BLOCK = re.compile(r"^```((?:gdpr|python|text) [\w./-]+|sh|console)\n(.*?)^```$", re.M | re.S)


class Walk:
    """The steps of the page, in one folder: what each command printed, and what the first rule took."""

    def __init__(self, environment: Environment, folder: Path) -> None:
        self.environment = environment
        self.top = self.here = folder
        self.lines_typed: list[str] = []

    def page(self) -> str:
        return BLOCK.sub(lambda block: f"```{block[1]}\n{self.step(block[1], block[2])}```", PAGE)

    def step(self, kind: str, text: str) -> str:
        what, _, name = kind.partition(" ")
        if what in ("gdpr", "python", "text"):
            self.write(name, text)
            return text
        commands = [line for line in text.splitlines() if what == "sh" or line.startswith("$ ")]
        if what == "sh":
            for command in commands:
                self.quietly(command)
            return text
        return "".join(f"{command}\n{self.printed(command.removeprefix('$ '))}" for command in commands)

    def write(self, name: str, text: str) -> None:
        file = self.top / name
        if name == RULE:
            self.lines_typed = typed(file.read_text("utf-8"), text)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def quietly(self, command: str) -> None:
        done = do(self.environment, command, self.here)
        unfilled = command.startswith("gdprlint test")
        assert done.returncode == (1 if unfilled else 0), f"{command}\n{done.stdout}{done.stderr}"

    def printed(self, command: str) -> str:
        if command.startswith("cd "):
            self.here = (self.here / command.removeprefix("cd ")).resolve()
            return ""
        day = f" --as-of {DAY}" if command.startswith("gdprlint check") else ""
        done = do(self.environment, command + day, self.here)
        return re.sub(r"in [\d.]+s", "in 0.50s", done.stdout + done.stderr)


@pytest.fixture
def walk(installed: Environment, author_tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walk:
    (installed.site / "author_tools.pth").write_text(f"{author_tools}\n", encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "work" / ".git").mkdir(parents=True)
    return Walk(installed, tmp_path / "work")


def test_the_way_from_an_empty_folder_to_a_pack_that_others_install(walk: Walk) -> None:
    page = walk.page()

    if os.environ.get("GDPRLINT_RENEW"):
        PATH.write_text(page, "utf-8")
    assert page == PAGE, "GDPRLINT_RENEW=1 python -m pytest tests/packaging/test_guide.py"
    assert 0 < len(walk.lines_typed) <= 15, walk.lines_typed
    (wheel,) = walk.top.glob("gdprlint-harbour/dist/*.whl")
    names = {name.partition("/")[2] for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == {
        "__init__.py", "cast.gdpr", "cues/keeping.gdpr", "former-codes.txt", "overrides.gdpr", "pack.gdpr",
        "storage/raw-recordings-kept.gdpr", "vocabulary/words.gdpr",
    }  # fmt: skip
    listed = walk.environment.run("gdprlint", "plugins", cwd=walk.top)
    assert re.search(r"gdprlint_harbour +0\.2\.0", listed.stdout), listed.stdout
