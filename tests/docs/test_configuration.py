"""docs/configuration.md: its examples are read as written, its output is real, its tables are those of the code.

`python -m tests.docs.test_configuration` writes the output again, `python -m tests.docs.pages` the tables.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.configuration.reading import of_text
from gdprlint.reporters import REPORTERS
from gdprlint.text import Source
from tests.docs.pages import GENERATED, page, written

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"
EXAMPLES = re.findall(r"^```toml ?(wrong)?\n(.*?)^```$", page("configuration.md"), re.M | re.S)
SHOWN = re.compile(r"^```text\n\$ gdprlint ([^\n]*)\n(.*?)^```$", re.M | re.S)
(FIRST, IN_PYPROJECT, WRONG) = (text for _, text in EXAMPLES)


@pytest.mark.parametrize(("wrong", "text"), EXAMPLES)
def test_the_examples_say_what_they_seem_to(wrong: str, text: str) -> None:
    found = of_text(Source("gdprlint.toml", text), Path(), text.startswith("[tool"), list(REPORTERS))

    assert bool(found.findings) == bool(wrong)


def test_the_output_on_the_page_is_what_the_command_prints(tmp_path: Path) -> None:
    assert page("configuration.md") == with_output(page("configuration.md"), tmp_path), (
        "python -m tests.docs.test_configuration"
    )


@pytest.mark.parametrize("table", GENERATED["configuration.md"])
def test_the_tables_name_every_key(table: str) -> None:
    assert written("configuration.md", table) == GENERATED["configuration.md"][table](), "python -m tests.docs.pages"


def with_output(text: str, folder: Path) -> str:
    """The page with what its commands print, the first for the first example, the second for the wrong one."""
    configurations = iter((FIRST, WRONG))

    def shown(found: re.Match[str]) -> str:
        (folder / "gdprlint.toml").write_text(next(configurations), "utf-8")
        return f"```text\n$ gdprlint {found[1]}\n{printed(found[1].split(), folder)}```"

    for name in ("archive", "site", ".git"):
        (folder / name).mkdir()
    (folder / "archive" / "survey.gdpr").write_text("organisation acme\n", "utf-8")
    (folder / "site" / "privacy.md").write_text("# Privacy\n", "utf-8")
    return SHOWN.sub(shown, text)


def printed(arguments: list[str], folder: Path) -> str:
    here = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            run(arguments)
    finally:
        os.chdir(here)
    # The day on which the page was made is no part of what it shows.
    return re.sub(r"\d{4}-\d\d-\d\d(?= +default: today)", "2026-11-22", out.getvalue())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(with_output(page("configuration.md"), Path(folder)), "utf-8")
