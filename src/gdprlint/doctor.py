"""What a run stands on: versions, plugins, packs, the cache, the configuration, the terminal; and what is wrong there.

Facts are told as they are; a problem is something that keeps gdprlint, or a part of it, from working as it should, and
comes with one thing to do. Nothing of the working folder is imported or run, and nothing is written.
"""

from __future__ import annotations

import locale
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from attrs import field, frozen

from gdprlint import __version__, compiled, registers, store
from gdprlint.bundled import CHECKOUT
from gdprlint.rules import life, packs
from gdprlint.rules.requirements import OF_PACKS
from gdprlint.rules.versions import fits

if TYPE_CHECKING:
    from gdprlint.plugins import Plugins
    from gdprlint.rules.packs import Library

DISTRIBUTION = "gdprlint-uk"
OLDEST_PYTHON = (3, 11)
MOST_FILES = 2_000  # of the cache folder that are looked at
LONGEST = 1_000_000  # bytes of a configuration file that is read
_REQUIRED = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?\s*([^;]*)(;.*)?")


@frozen
class Fact:
    """One thing that is so: `area` is what it belongs to."""

    area: str
    name: str
    value: str


@frozen
class Trouble:
    """One thing that is wrong, and what to do about it."""

    area: str
    message: str
    hint: str


@frozen
class Findings:
    facts: tuple[Fact, ...]
    troubles: tuple[Trouble, ...] = field(default=())


Told = Iterator[Fact | Trouble]


def examine(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Findings:
    """Look at everything that a run stands on; `stream` is where findings would be written."""
    from gdprlint import plugins

    library = packs.load(_local_packs(Path.cwd()))
    told: list[Fact | Trouble] = []
    areas: tuple[tuple[str, Callable[[], Told]], ...] = (
        ("gdprlint", _itself),
        ("python", _python),
        ("libraries", lambda: _libraries(_requirements())),
        ("plugins", lambda: _plugins(plugins.load())),
        ("packs", lambda: _packs(library)),
        ("cache", lambda: _cache(Path(where) if (where := store.folder()) is not None else None, environ)),
        ("configuration", lambda: _configuration(Path.cwd())),
        ("terminal", lambda: _terminal(stream, environ)),
    )
    for area, look in areas:
        try:
            told.extend(look())
        except Exception as error:  # a doctor must not fall ill: what cannot be looked at is told, the rest goes on
            told.append(
                Trouble(area, f"it could not be looked at: {type(error).__name__}: {error}", "please report it")
            )
    return Findings(
        tuple(one for one in told if isinstance(one, Fact)), tuple(one for one in told if isinstance(one, Trouble))
    )


def _local_packs(here: Path) -> tuple[str, ...]:
    """The local packs that the configuration of this place names, as far as it can be read."""
    from gdprlint.configuration.reading import Unusable, of_register
    from gdprlint.configuration.settling import local_packs

    root = registers.marked_root(here)
    try:
        read = of_register(root, ()) if root is not None else None
    except Unusable:  # told among the facts about the configuration
        return ()
    if read is None:
        return ()
    return tuple(one.value for one in local_packs(read, (pack.name for pack in packs.load().packs))[0])


def _home(path: Path | str) -> str:
    """A path without the name of its user, so that it may be shown to others."""
    text, home = str(path), os.path.expanduser("~")  # noqa: PTH111  # Path.home() raises where there is none
    return f"~{text[len(home) :]}" if home not in ("~", "/") and text.startswith(home + os.sep) else text


def _place(folder: Path) -> str:
    """Where a pack stands: within gdprlint as seen from there, since that has a line of its own."""
    itself = Path(__file__).parent
    return f"gdprlint/{folder.relative_to(itself).as_posix()}" if folder.is_relative_to(itself) else _home(folder)


def _itself() -> Told:
    yield Fact("gdprlint", "version", __version__)
    yield Fact("gdprlint", "runs from", "a checkout" if CHECKOUT is not None else "an installed wheel")
    yield Fact("gdprlint", "place", _home(Path(__file__).parent))
    if compiled.library() is not None:
        yield Fact("gdprlint", "rules", "as they were built")
    elif CHECKOUT is not None:
        yield Fact("gdprlint", "rules", "checked from their sources, and kept in the cache")
    else:
        yield Fact("gdprlint", "rules", "changed since they were built")
        yield Trouble(
            "gdprlint", "files of the installation were changed since it was built; each start is slower for it",
            f"install {DISTRIBUTION} again",
        )  # fmt: skip
    other = _other_distribution()
    if other:
        yield Trouble(
            "gdprlint", f"{other} is installed, which is another project and has a command of the same name",
            f"take it out of this environment, and install {DISTRIBUTION} again",
        )  # fmt: skip


def _other_distribution() -> str:
    """A distribution that is called as our command is, and is not ours."""
    try:
        return f"gdprlint {metadata.version('gdprlint')}"
    except metadata.PackageNotFoundError:
        return ""


def _python() -> Told:
    yield Fact("python", "version", f"{platform.python_implementation()} {platform.python_version()}")
    yield Fact("python", "place", _home(sys.executable or "unknown"))
    yield Fact("python", "system", f"{platform.system()} {platform.machine()}")
    yield Fact("python", "processors", str(os.cpu_count() or "unknown"))
    if sys.version_info < OLDEST_PYTHON:
        least = ".".join(map(str, OLDEST_PYTHON))
        yield Trouble("python", f"this Python is older than {least}", f"use Python {least} or later")


# ---- libraries


def _requirements() -> list[str]:
    """What the distribution says that it needs; in a checkout that is not installed, what its project file says."""
    try:
        found = metadata.requires(DISTRIBUTION)
        if found:
            return [one for one in found if "extra ==" not in one]
    except metadata.PackageNotFoundError:
        pass
    if CHECKOUT is None:
        return []
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    return list(project["project"]["dependencies"])


def _libraries(requirements: list[str]) -> Told:
    for requirement in sorted(requirements, key=str.casefold):
        match = _REQUIRED.fullmatch(requirement)
        if match is None:
            continue
        name, bounds = match[1], match[3]
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Fact("libraries", name, "missing")
            yield Trouble("libraries", f"{name} is not installed", f"install {DISTRIBUTION} again")
            continue
        yield Fact("libraries", name, version)
        if not fits(version, bounds):
            wanted = bounds.strip(" ()")
            yield Trouble(
                "libraries", f"{name} is {version}, and {wanted} is needed", f'`pip install "{name}{wanted}"`'
            )


# ---- plugins and packs


def _plugins(found: Plugins) -> Told:
    for plugin in found.plugins:
        api = f", for API {plugin.api}" if plugin.api else ""
        yield Fact("plugins", plugin.name, f"{plugin.version}, {plugin.origin}{api}")
        for going in plugin.going:
            yield Trouble("plugins", f"plugin {plugin.name}: {going}", "ask its author for a later version")
    if "GDPRLINT_PLUGINS" in os.environ:
        yield Fact("plugins", "GDPRLINT_PLUGINS", os.environ["GDPRLINT_PLUGINS"])
    for problem in found.problems:
        where = f" ({problem.where})" if problem.where else ""
        hint = "`gdprlint plugins` shows what was loaded; update the plugin, or take it out"
        yield Trouble("plugins", f"{problem.message}{where}", hint)


def _packs(library: Library) -> Told:
    for pack in library.packs:
        count = sum(1 for rule in library.rules if rule.pack == pack.name)
        rules = "1 rule" if count == 1 else f"{count} rules"
        yield Fact("packs", pack.name, f"{pack.version}, {pack.origin}, {rules}, in {_place(pack.folder)}")
    for change in library.changes:
        yield Fact("packs", f"{change.pack} on {change.code}", f"{'; '.join(change.told.what)} ({change.told.place})")
    for fault in library.faults:
        what = "" if fault.name in OF_PACKS else "the rule is not run: "
        yield Trouble(
            "packs", f"{fault.span.path}: {what}{fault.message}",
            fault.help or "`gdprlint test` with the name of the pack shows the fault at its place",
        )  # fmt: skip
    for pack in library.packs:
        for wrong in life.read(pack.folder, pack.name, pack.prefixes)[1]:
            yield Trouble("packs", wrong, "the line is left out; the author of the pack must mend it")


# ---- the cache


def _cache(folder: Path | None, environ: Mapping[str, str]) -> Told:
    chosen = "GDPRLINT_CACHE_DIR" in environ
    if folder is None:
        yield Fact("cache", "folder", "none: GDPRLINT_CACHE_DIR is empty, which switches it off")
        return
    yield Fact("cache", "folder", _home(folder) + (" (GDPRLINT_CACHE_DIR)" if chosen else ""))
    if not folder.exists():
        yield Fact("cache", "state", "not made yet")
        above = next((one for one in folder.parents if one.exists()), None)
        if above is None or not os.access(above, os.W_OK):
            yield Trouble("cache", "the folder cannot be made", "let GDPRLINT_CACHE_DIR name a folder of yours")
        return
    if not folder.is_dir():
        yield Trouble("cache", "it is no folder", "move the file away, or let GDPRLINT_CACHE_DIR name a folder")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Trouble("cache", "it cannot be read and written", "let GDPRLINT_CACHE_DIR name a folder of yours")
        return
    fault = store.fault_of(str(folder))
    if fault:
        yield Trouble("cache", f"it is not used: {fault}", "or let GDPRLINT_CACHE_DIR name a folder of yours")
    yield from _cached(folder)


def _cached(folder: Path) -> Told:
    count = size = left = 0
    damaged: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if count >= MOST_FILES:
                break
            if not entry.is_file(follow_symlinks=False):
                continue
            count += 1
            status = entry.stat(follow_symlinks=False)
            size += status.st_size
            if entry.name.startswith("."):
                left += 1
            elif entry.name.endswith(".json") and not store.is_whole(entry.path):
                damaged.append(entry.name)
    more = " or more" if count >= MOST_FILES else ""
    yield Fact("cache", "state", f"{count}{more} files, {size / 1e6:.1f} MB")
    if left:
        yield Fact("cache", "left over", f"{left} files of runs that were stopped; they may be deleted")
    if damaged:
        names = ", ".join(sorted(damaged)[:5]) + (", and more" if len(damaged) > 5 else "")
        yield Fact("cache", "not whole", f"{names}: made again when it is needed")


# ---- configuration and terminal


def _configuration(here: Path) -> Told:
    root = registers.marked_root(here)
    yield Fact("configuration", "project", _home(registers.project_of(root or here)))
    if root is None:
        yield Fact("configuration", "register", "no gdprlint.toml and no [tool.gdprlint] here or above")
    else:
        marks = [name for name in registers.MARKS if (root / name).is_file()]
        yield Fact("configuration", "register", f"{_home(root)} ({', '.join(marks)})")
    for folder in dict.fromkeys([here, *([root] if root is not None else [])]):
        for name in registers.MARKS:
            yield from _toml(folder / name)


def _toml(file: Path) -> Told:
    import tomllib

    if not file.is_file():
        return
    with file.open("rb") as stream:
        content = stream.read(LONGEST + 1)
    if len(content) > LONGEST:
        yield Trouble("configuration", f"{file.name} has more than {LONGEST:,} bytes", "is this the right file?")
        return
    try:
        tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Trouble(
            "configuration", f"{file.name} cannot be read: {error}", "mend the file; it says what applies here"
        )


def _terminal(stream: TextIO, environ: Mapping[str, str]) -> Told:
    yield Fact("terminal", "stdout", "a terminal" if stream.isatty() else "a file or a pipe")
    encoding = getattr(stream, "encoding", None) or "unknown"
    yield Fact("terminal", "encoding", encoding)
    yield Fact("terminal", "locale", ".".join(filter(None, locale.getlocale())) or "C")
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI", "LANG", "LC_ALL", "PYTHONUTF8"):
        if name in environ:
            yield Fact("terminal", name, environ[name])
    if environ.get("NO_COLOR") and environ.get("FORCE_COLOR"):
        yield Fact("terminal", "colour", "NO_COLOR and FORCE_COLOR are both set; the first wins")
    if encoding.replace("-", "").lower() not in ("utf8", "unknown"):
        yield Fact("terminal", "letters", "what the encoding cannot say is written out, as \\u00e9")
