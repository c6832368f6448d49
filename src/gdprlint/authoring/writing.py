"""Writes a new pack, or a new rule in one, from the templates beside this module.

What is there already is never touched: a pack takes its name when all of it is written, and a rule file is made anew or
not at all. In a template `@WORD@` stands for what is put there; in the name of a file `dot-` for a dot.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from attrs import frozen

from gdprlint import __version__
from gdprlint.authoring.folders import Home, shown
from gdprlint.options import WrongUse
from gdprlint.replacing import NotReplaced, within
from gdprlint.rules.packs import Library
from gdprlint.text import visible

TEMPLATES = Path(__file__).with_name("templates")
LONGEST_NAME = 40
LONGEST_TITLE = 60
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z]{2,12}")
_CODE = re.compile(r"([A-Z]{1,12})([0-9]{1,9})")
_HOLE = re.compile(r"@([A-Z]+)@")
RESERVED = ("core", "plugin", "syntax", "uk")  # `gdprlint-uk` is gdprlint itself
NO_TOPICS = ("vocabulary", "cues")  # folders of a pack that hold something else


@frozen
class NewPack:
    """A pack to be written: `plain` is one without Python, a folder and nothing else."""

    name: str
    prefix: str
    title: str
    plain: bool

    @property
    def folder(self) -> str:
        return self.name if self.plain else f"gdprlint-{self.name}"

    @property
    def package(self) -> str:
        return f"gdprlint_{self.name.replace('-', '_')}"


def new_pack(name: str, prefix: str | None, title: str | None, plain: bool, library: Library) -> NewPack:
    """The pack that was asked for; WrongUse where it cannot be called so."""
    name = name.removeprefix("gdprlint-")
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise WrongUse(
            f"`{_short(name)}` cannot be the name of a pack: words in small letters with hyphens between, such as "
            f"`house-rules`, and at most {LONGEST_NAME} characters"
        )
    if name in RESERVED:
        raise WrongUse(f"`{name}` means something else to gdprlint; choose another name")
    known = {pack.name: pack for pack in library.packs}
    if name in known:
        raise WrongUse(f"there is a pack `{name}` already ({known[name].origin}); choose another name")
    if prefix is None:
        prefix = re.sub(r"[^A-Z]", "", name.upper())[:12]
    if not _PREFIX.fullmatch(prefix):
        raise WrongUse(f"`{_short(prefix)}` cannot be a prefix: two to twelve capital letters; say one with `--prefix`")
    owner = next((pack.name for pack in library.packs if prefix in pack.prefixes), None)
    if owner is not None:
        raise WrongUse(f"codes that begin with {prefix} belong to the pack {owner}; say another prefix with `--prefix`")
    title = name.replace("-", " ").capitalize() if title is None else title.strip()
    if not title or len(title) > LONGEST_TITLE or not title.isprintable() or set(title) & set('"\\@'):
        raise WrongUse(f'a title is at most {LONGEST_TITLE} characters, without `"`, `\\` and `@`')
    return NewPack(name, prefix, title, plain)


def write_pack(pack: NewPack, parent: Path, today: date) -> Path:
    """Write the pack into a folder of its own below `parent`; it is there as a whole or not at all."""
    if not parent.is_dir():
        raise WrongUse(f"there is no folder `{shown(parent)}`; nothing was written")
    target = parent / pack.folder
    if target.is_symlink() or target.exists():
        raise WrongUse(f"{shown(target)} is there already; nothing was written")
    words = {
        "NAME": pack.name,
        "PREFIX": pack.prefix,
        "TITLE": pack.title,
        "PACKAGE": pack.package,
        "DISTRIBUTION": f"gdprlint-{pack.name}",
        "VERSION": ".".join(__version__.split(".")[:2]),
        "API": _api(),
        "DAY": today.isoformat(),
    }
    partial = parent / f".{pack.folder}.{secrets.token_hex(4)}"
    try:
        partial.mkdir()
        for path, text in _filled(TEMPLATES / ("plain" if pack.plain else "pack"), words).items():
            file = partial / path.replace("PACKAGE", pack.package)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        partial.rename(target)
    except OSError as error:
        raise WrongUse(f"{shown(target)}: {error.strerror or error}; nothing was written") from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


def _api() -> str:
    """The version of what plugins may use, as a plugin states it."""
    from gdprlint import hooks

    return ".".join(map(str, getattr(hooks, "API", (1, 0))))


def _filled(folder: Path, words: Mapping[str, str]) -> dict[str, str]:
    """The files that a folder of templates becomes, by their paths."""
    found = {}
    for file in sorted(folder.rglob("*.in")):
        parts = file.relative_to(folder).as_posix().removesuffix(".in").split("/")
        path = "/".join("." + part[4:] if part.startswith("dot-") else part for part in parts)
        found[path] = _put(file, words)
    return found


def _put(file: Path, words: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: words[hole[1]], file.read_text(encoding="utf-8"))


def write_rule(home: Home, code: str, name: str, topic: str) -> Path:
    """Write a rule file into the folder of its topic; WrongUse where the code or the name cannot be had."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise WrongUse(
            f"`{_short(code)}` cannot be a code: capital letters and a number, such as {home.prefixes[0]}001"
        )
    if match[1] not in home.prefixes:
        own = " or ".join(home.prefixes)
        raise WrongUse(f"codes of the pack {home.name} begin with {own}, and {code} does not")
    if not _NAME.fullmatch(name) or len(name) > 2 * LONGEST_NAME:
        raise WrongUse(
            f"`{_short(name)}` cannot be the name of a rule: words in small letters with hyphens between, which say "
            "what is wrong, such as `recordings-kept-too-long`"
        )
    for word in (code, name):
        if word in home.taken:
            raise WrongUse(f"`{word}` is taken by {home.taken[word]}")
    if not _NAME.fullmatch(topic) or topic in NO_TOPICS or len(topic) > LONGEST_NAME:
        raise WrongUse(f"`{_short(topic)}` cannot be a topic: one word or several with hyphens, such as `storage`")
    folder = home.folder / topic
    path = folder / f"{name}.gdpr"
    try:
        within(folder, home.folder)
    except NotReplaced as error:
        raise WrongUse(f"{shown(folder)}: {error}".replace("the project", "the pack")) from None
    _write_new(path, _put(TEMPLATES / "rule.gdpr.in", {"CODE": code, "NAME": name}))
    return path


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; where that fails, neither it nor its folder is left behind."""
    made = not path.parent.is_dir()
    opened = False
    try:
        if made:
            path.parent.mkdir()
        with path.open("x", encoding="utf-8", newline="\n") as file:
            opened = True
            file.write(text)
    except OSError as error:
        if opened:
            path.unlink(missing_ok=True)
        if made and path.parent.is_dir():
            path.parent.rmdir()
        raise WrongUse(f"{shown(path)}: {error.strerror or error}; nothing was written") from None


def _short(word: str) -> str:
    """A word that somebody typed, short enough for one line."""
    return visible(word if len(word) <= 60 else f"{word[:57]}...")
