"""Pages that show a session: files as they are written, commands as they are typed, and what these print.

A block `gdpr NAME`, or with `toml`, `python`, `csv` or `markdown`, writes the file; a block `console` runs each of its
lines that begin with `$`. All blocks of a page belong to one session in one register. `pip install` makes a folder a
distribution of this Python for the commands behind it. `python -m tests.docs.sessions` writes what is printed into the
pages again.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

import gdprlint
from gdprlint.cli import run

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("authoring.md", "baseline.md", "cookbook.md", "extending.md", "fixes.md")
DAY = "2026-11-21"
FILES = {"gdpr": "gdpr", "toml": "toml", "python": "py", "csv": "csv", "markdown": "md"}
_FILE = "|".join(kind + r" [\w./-]+\." + ending for kind, ending in FILES.items())
BLOCK = re.compile(rf"^```({_FILE}|console)\n(.*?)^```$", re.M | re.S)
INSTALLED = "installed"  # the folder beside the session in which distributions are


def played(page: str, folder: Path, printed: Callable[[str, Path], str] | None = None) -> str:
    """The page with what its commands print when they are run in this folder, by this function or in this Python."""
    printed = printed or in_this_python
    folder = folder / "studies"  # its name goes into fingerprints
    (folder / ".git").mkdir(parents=True)
    (folder / "gdprlint.toml").touch()

    def block(match: re.Match[str]) -> str:
        kind, _, name = match[1].partition(" ")
        if kind in FILES:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(match[2], "utf-8")
            return match[0]
        commands = [line for line in match[2].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{command}\n{printed(command, folder)}" for command in commands) + "```"

    return BLOCK.sub(block, page)


def in_this_python(command: str, folder: Path) -> str:
    """What the command prints, on both streams."""
    _, program, *arguments = shlex.split(command)
    if program == "cat":
        return (folder / arguments[0]).read_text("utf-8")
    if program == "pip":
        assert arguments[:2] == ["install", "--quiet"]
        install(folder / arguments[2], folder.parent / INSTALLED)
        return ""
    assert program == "gdprlint"
    if arguments[0] == "check" and "--as-of" not in arguments:
        arguments += ["--as-of", DAY]
    if (folder.parent / INSTALLED).is_dir():
        return beside(folder.parent / INSTALLED, arguments, folder)
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        run(arguments)
    return out.getvalue()


def install(project: Path, site: Path) -> None:
    """What an installation leaves: where the package is, and that it is a plugin."""
    about = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    info = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n", "utf-8"
    )
    points = "".join(f"{name} = {module}\n" for name, module in about["entry-points"]["gdprlint"].items())
    (info / "entry_points.txt").write_text(f"[gdprlint]\n{points}", "utf-8")
    for module in about["entry-points"]["gdprlint"].values():
        (site / module).symlink_to(project / module)


def beside(site: Path, arguments: list[str], folder: Path) -> str:
    """What a command prints in a Python that sees these distributions, too."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(gdprlint.__file__).parents[1]), str(site)])}
    done = subprocess.run(
        [sys.executable, "-m", "gdprlint", *arguments], capture_output=True, text=True, cwd=folder, env=environ
    )
    return done.stdout + done.stderr


if __name__ == "__main__":
    os.environ["NO_COLOR"] = "1"
    for name in sys.argv[1:] or PAGES:
        with tempfile.TemporaryDirectory(prefix="register") as folder:
            path = DOCS / name
            path.write_text(played(path.read_text("utf-8"), Path(folder)), "utf-8")
