"""Pages that show a session: files as they are written, commands as they are typed, and what these print.

A block `gdpr NAME` or `toml NAME` writes the file; a block `console` runs each of its lines that begin with `$`. All
blocks of a page belong to one session in one register. `python -m tests.docs.sessions` writes what is
printed into the pages again.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from pathlib import Path

from gdprlint.cli import run

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("authoring.md", "baseline.md", "extending.md", "fixes.md")
DAY = "2026-11-21"
BLOCK = re.compile(r"^```(gdpr [\w./-]+\.gdpr|toml [\w./-]+\.toml|console)\n(.*?)^```$", re.M | re.S)


def played(page: str, folder: Path) -> str:
    """The page with what its commands print when they are run in this folder."""
    folder = folder / "studies"  # its name goes into fingerprints
    (folder / ".git").mkdir(parents=True)
    (folder / "gdprlint.toml").touch()

    def block(match: re.Match[str]) -> str:
        kind, _, name = match[1].partition(" ")
        if kind in ("gdpr", "toml"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(match[2], "utf-8")
            return match[0]
        commands = [line for line in match[2].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{command}\n{printed(command, folder)}" for command in commands) + "```"

    return BLOCK.sub(block, page)


def printed(command: str, folder: Path) -> str:
    """What the command prints, on both streams."""
    _, program, *arguments = shlex.split(command)
    if program == "cat":
        return (folder / arguments[0]).read_text("utf-8")
    assert program == "gdprlint"
    if arguments[0] == "check":
        arguments += ["--as-of", DAY]
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        run(arguments)
    return out.getvalue()


if __name__ == "__main__":
    os.environ["NO_COLOR"] = "1"
    for name in PAGES:
        with tempfile.TemporaryDirectory(prefix="register") as folder:
            path = DOCS / name
            path.write_text(played(path.read_text("utf-8"), Path(folder)), "utf-8")
