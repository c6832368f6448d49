"""`gdprlint new`: a pack to begin with, and a rule in one."""

from __future__ import annotations

import json
import shlex
from datetime import date
from pathlib import Path

import click

from gdprlint.cli.output import refusals, write
from gdprlint.text import visible


@click.group()
def command() -> None:
    """Begin a pack of rules, or a rule in one."""


@command.command(short_help="Write a pack of rules that is ready for a repository.")
@click.argument("name")
@click.option("--prefix", metavar="LETTERS", help="What codes of its rules begin with (default: letters of the name).")
@click.option("--title", metavar="WORDS", help="What it is called in sentences (default: the name).")
@click.option("--plain", is_flag=True, help="A folder of rules for one repository, without Python.")
@click.option("--into", default=".", metavar="FOLDER", help="Where it is written (default: here).")
def pack(name: str, prefix: str | None, title: str | None, plain: bool, into: str) -> None:
    """Write a pack of rules that installs, passes its tests and is ready for a repository.

    NAME is what records say after `use`. The pack is a distribution gdprlint-NAME or, with --plain, a folder NAME
    that a configuration names. A folder that is there already is never touched.
    """
    from gdprlint.authoring.folders import shown
    from gdprlint.authoring.writing import new_pack, write_pack
    from gdprlint.rules import packs

    with refusals():
        asked = new_pack(name, prefix, title, plain, packs.load())
        folder = write_pack(asked, Path(into), date.today())
    place = shown(folder)
    write(f"Wrote {place}, the pack {asked.name}, whose codes begin with {asked.prefix}.\n")
    rule = f"gdprlint new rule {asked.prefix}001 what-is-wrong --pack {shlex.quote(place)}"
    if plain:
        write(f"{_configured(folder)}Then:\n  {rule}\n  gdprlint test {_as_path(place)}\n")
    else:
        write(f"Next:\n  pip install --editable {_as_path(place)}\n  {rule}\n  gdprlint test {asked.name}\n")


def _as_path(place: str) -> str:
    """A path that nobody takes for the name of something else, for a shell."""
    return shlex.quote(place if "/" in place else f"./{place}")


def _configured(folder: Path) -> str:
    """The line by which a configuration names the pack, as TOML, and where it goes."""
    from gdprlint.registers import marked_root

    root = marked_root(folder.resolve().parent)
    base = root if root is not None else Path.cwd().resolve()
    below = folder.resolve()
    path = below.relative_to(base).as_posix() if below.is_relative_to(base) else below.name
    line = f"local-packs = [{json.dumps(path)}]"
    return f"gdprlint judges by it where gdprlint.toml in {visible(base.name) or '/'}/ says:\n  {line}\n"


@command.command()
@click.argument("code")
@click.argument("name")
@click.option(
    "--topic", default="general", show_default=True, metavar="TOPIC", help="The folder of the pack it goes to."
)
@click.option("--pack", "folder", metavar="FOLDER", help="The pack (default: the one that the working folder is in).")
def rule(code: str, name: str, topic: str, folder: str | None) -> None:
    """Write a rule file with the lines that a rule needs.

    CODE is a code that was never in use, with a prefix of the pack. NAME says what is wrong, in words with hyphens:
    `recordings-kept-too-long`.
    """
    from gdprlint.authoring.folders import home, shown
    from gdprlint.authoring.writing import write_rule
    from gdprlint.rules import packs

    with refusals():
        library = packs.load()
        found = home(folder, library)
        path = write_rule(found, code, name, topic)
    installed = found.name in [pack.name for pack in library.packs]
    target = found.name if installed else _as_path(shown(found.folder))
    write(f"Wrote {shown(path)}.\nFill in its lines, and have its examples run:\n  gdprlint test {target}\n")
