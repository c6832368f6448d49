"""What holds for a register: the command line before the configuration, and that before the defaults.

Each value keeps where it comes from, so that `gdprlint config` can say why. What a configuration says of rules, packs,
folders and files that are not there is told here, at its place, and left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

from gdprlint import disk
from gdprlint.configuration.choosing import Words
from gdprlint.configuration.globs import folder_of, matches
from gdprlint.configuration.reading import Read
from gdprlint.configuration.shape import Configuration, PerPath, Said
from gdprlint.configuration.structuring import finding
from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.registers import files_below, project_of
from gdprlint.rules.parameters import EXAMPLES, NAMES, fitting
from gdprlint.text import Span, nearest_name

MOST_MATCHINGS = 500_000  # of files with patterns
MOST_RULE_FILES = 2_000
MOST_RULE_BYTES = 8_000_000


class TooManyFiles(Exception):
    """There are more files than are looked through for the patterns of a register."""


@frozen
class Setting:
    """A value and where it comes from: `default`, `command line` or `configuration`, there with its places."""

    value: Any
    origin: str
    spans: tuple[Span, ...] = ()


@frozen
class Exempt:
    """What holds for the files of a pattern, once what means nothing was taken out."""

    pattern: Said[str]
    ignore: tuple[Said[str], ...]
    select: tuple[Said[str], ...]
    severity: Mapping[Said[str], Said[str]]
    about: PerPath
    ended: bool = False

    def holds_for(self, path: str) -> bool:
        return matches(self.pattern.value, path)


@frozen
class Fixing:
    """A value of a parameter of one rule."""

    rule: str
    parameter: Said[str]
    kind: str
    value: Said[str]


@frozen
class Settled:
    """What holds for the register in `root`, from which the paths in patterns count."""

    root: Path
    settings: Mapping[str, Setting]
    severity: Mapping[Said[str], Said[str]] = field(factory=dict)
    per_path: tuple[Exempt, ...] = ()
    packs: tuple[Said[str], ...] = ()
    parameters: tuple[Fixing, ...] = ()
    notices: tuple[Said[str], ...] = ()
    exclude: tuple[Said[str], ...] = ()
    sheets: tuple[Said[str], ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.settings[name].value

    def below(self, path: Path) -> str | None:
        """The path as patterns see it; None for what lies elsewhere."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return None


def chosen(read: Read | None, said: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Setting]:
    """The settings that are options too, by the name of the option with `-`: said ones go before configured ones."""
    values = read.values if read else Configuration()
    found: dict[str, Setting] = {}
    for name, default in defaults.items():
        own = getattr(values, name)
        if name in said:
            found[name] = Setting(said[name], "command line")
        elif own and isinstance(own, tuple):
            found[name] = Setting(tuple(one.value for one in own), "configuration", tuple(one.span for one in own))
        elif own:
            found[name] = Setting(own.value, "configuration", (own.span,))
        else:
            found[name] = Setting(default, "default")
    if "select" in said and "ignore" not in said:
        found["ignore"] = Setting((), "command line")  # who asks for some rules gets these
    return found


def local_packs(read: Read, installed: Iterable[str]) -> tuple[list[Said[str]], list[Diagnostic]]:
    """The folders with declared rules as paths that can be opened, and what is wrong with the others."""
    project = _real(project_of(read.folder))
    known = set(installed)
    kept: list[Said[str]] = []
    found = []
    for said in read.values.local_packs:
        folder = read.folder / said.value
        wrong = _wrong_with(folder, project, known)
        if wrong:
            found.append(finding("unfit-folder", f"`{said.value}` {wrong}", said.span))
        else:
            known.add(_real(folder).stem)
            kept.append(Said(str(folder), said.span))
    return kept, found


def _wrong_with(folder: Path, project: Path, known: set[str]) -> str:
    try:
        real = _real(folder)
        if not real.is_relative_to(project):
            return "leads out of the project, and is not read"
        if disk.kind(real) != "folder":
            return "is no folder"
        if real.stem in known:
            return f"has the name of another pack, `{real.stem}`"
        count = size = 0
        for file in files_below(real):
            if not disk.is_file(file) or not _real(file).is_relative_to(project):
                return f"holds `{file.name}`, which leads out of the project or is no file; the folder is not read"
            count, size = count + 1, size + disk.size(file)
        if count > MOST_RULE_FILES or size > MOST_RULE_BYTES:
            return f"holds more than {MOST_RULE_FILES:,} files of rules or {MOST_RULE_BYTES:,} bytes, and is not read"
        return "" if count else "holds no rules"
    except OSError as error:
        return f"could not be read: {error.strerror or error}"


def _real(path: Path) -> Path:
    return Path(disk.real(path))


def settled(
    read: Read | None, root: Path, settings: dict[str, Setting], words: Words, day: date, own: bool = True
) -> Settled:
    """What holds for a register, by the rules and packs that there are.

    `day` is the one that is judged by. A configuration that is not the register's `own` may have patterns for others.
    """
    if read is None:
        return Settled(root, settings)
    values, found = read.values, list(read.findings)

    def sound(some: Iterable[Said[str]]) -> tuple[Said[str], ...]:
        kept, wrong = words.sound(some)
        found.extend(wrong)
        return tuple(kept)

    def levels(table: Mapping[Any, Any]) -> dict[Said[str], Said[str]]:
        return {word: table[word] for word in sound(table)}

    for name in ("select", "ignore"):
        kept = sound(getattr(values, name))
        if settings[name].origin == "configuration":
            spans = tuple(one.span for one in kept)
            settings[name] = Setting(tuple(one.value for one in kept), "configuration" if kept else "default", spans)
    exempt = []
    for pattern, about in values.per_path.items():
        ended = about.until is not None and about.until.value < day
        one = Exempt(pattern, sound(about.ignore), sound(about.select), levels(about.severity), about, ended)
        exempt.append(one)
        if about.until is not None and ended:
            found.append(
                finding(
                    "ended", f"this ended on {about.until.value.isoformat()}, and accepts no findings any more",
                    about.until.span, "take it out, or agree on a new day", Severity.WARNING,
                )
            )  # fmt: skip
    severity, packs = levels(values.severity), []
    names = {pack.name for pack in words.library.packs}
    for said in values.packs:
        if said.value in names:
            packs.append(said)
        else:
            near = nearest_name(said.value, names)
            message, help = f"no rule pack `{said.value}` is installed", f"did you mean `{near}`?" if near else ""
            found.append(finding("unknown-pack", message, said.span, help))
    fixed, wrong = _parameters(values, words)
    found.extend(wrong)
    if own:
        found.extend(_idle(root, values))
    return Settled(
        root,
        settings,
        severity,
        tuple(exempt),
        tuple(packs),
        fixed,
        values.notices,
        values.exclude,
        values.sheets,
        tuple(found),
    )


def _parameters(values: Configuration, words: Words) -> tuple[tuple[Fixing, ...], list[Diagnostic]]:
    """The parameters that rules have, each with a value of its kind, and what is wrong with the others."""
    kept: dict[tuple[str, str], Fixing] = {}
    tables: Mapping[Any, Mapping[Any, Any]] = values.parameters
    named, found = words.sound(tables)
    for rule in named:
        code, other = words.one(rule.value)
        if not code:
            message = f"`{rule.value}` means several rules, and parameters belong to one"
            found.append(finding("unfit-value", message, rule.span, f"write the code of one, such as `{other}`"))
            continue
        known = {one.name: one for one in words.parameters(code)}
        for name, value in tables[rule].items():
            has = known.get(name.value)
            if has is None:
                near = nearest_name(name.value, known)
                help = f"did you mean `{near}`?" if near else f"`gdprlint rule {code}` shows what it has"
                found.append(finding("unknown-parameter", f"{code} has no parameter `{name.value}`", name.span, help))
                continue
            text = fitting(has.kind, value.value)
            if text is None:
                message = f"`{name.value}` of {code} takes {NAMES[has.kind]}, not `{value.value}`"
                found.append(finding("unfit-value", message, value.span, f"such as `{EXAMPLES[has.kind]}`"))
            elif (code, name.value) in kept:
                message = f"`{name.value}` of {code} is set twice, by two of its names"
                found.append(finding("unfit-value", message, name.span, "take one of the two out"))
            else:
                kept[code, name.value] = Fixing(code, name, has.kind, Said(text, value.span))
    return tuple(kept.values()), found


def listed(root: Path, patterns: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The files that patterns could name, and their paths as patterns see them.

    TooManyFiles where there are more than can be looked through for so many patterns.
    """
    start = os.fspath(root)
    left = MOST_MATCHINGS // max(1, len(patterns))
    for folder in _outermost({folder_of(pattern) for pattern in patterns}):
        base = root / folder
        if _real(base) != _real(root) / folder:
            continue  # behind a link, which is not followed
        for file in files_below(base, ("",)):
            left -= 1
            if left < 0:
                raise TooManyFiles
            yield file, os.path.relpath(file, start).replace(os.sep, "/")


def _outermost(folders: set[str]) -> list[str]:
    """The folders that lie in none of the others."""
    return (
        [""]
        if "" in folders
        else sorted(one for one in folders if not any(one.startswith(f"{other}/") for other in folders))
    )


def _idle(root: Path, values: Configuration) -> Iterator[Diagnostic]:
    """Patterns that name no file at all, as far as that can be told."""
    left = [*values.per_path, *values.notices, *values.exclude, *values.sheets]
    try:
        for _, path in listed(root, [said.value for said in left]) if left else ():
            left = [said for said in left if not matches(said.value, path)]
            if not left:
                return
    except TooManyFiles:
        return
    help = "patterns count from the folder of the register; `*` stays within a folder, `**` goes through folders"
    for said in left:
        yield finding(
            "idle-pattern", f"`{said.value}` names no file of this register", said.span, help, Severity.WARNING
        )
