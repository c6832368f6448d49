"""Finds and loads plugins: those installed, then those that come with gdprlint, and the core pack.

Each plugin is loaded, and each of its hooks called, on its own and behind a guard: what a plugin
breaks is told as a problem that names it, and nothing else breaks. This module hands on packs and
rules and looks into neither.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import gdprlint.bundled
from gdprlint import __version__, disk
from gdprlint.diagnostics import Problem
from gdprlint.importpath import without_working_folder
from gdprlint.text import nearest_name, visible

if TYPE_CHECKING:
    import pluggy

    from gdprlint.rules.rule import Rule

Origin = Literal["installed", "bundled", "core"]
GROUP = "gdprlint"
LIMIT = "GDPRLINT_PLUGINS"
CORE_PREFIXES = ("REC",)


class LoadedPack(NamedTuple):
    """A rule pack that may be used: its folder exists, and its name and prefixes are its own."""

    name: str
    version: str
    origin: Origin
    folder: Path
    prefixes: tuple[str, ...]


class LoadedPlugin(NamedTuple):
    """A plugin that was loaded, with the names of the hooks that it implements."""

    name: str
    version: str
    origin: Origin
    hooks: tuple[str, ...]


class Plugins(NamedTuple):
    """All that was found: the core pack first, then installed plugins by name, then bundled ones by name."""

    packs: tuple[LoadedPack, ...]
    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...] = ()
    plugins: tuple[LoadedPlugin, ...] = ()


def load(
    environ: Mapping[str, str] = os.environ, *, installed: bool = True, known: Mapping[str, Any] | None = None
) -> Plugins:
    """Load every plugin that `GDPRLINT_PLUGINS` does not leave out.

    With `installed=False` entry points are not looked for: what is compiled into a wheel must not
    depend on what else is installed where it is built. `known` is what bundled plugins answered when the wheel
    was built (`answers`): they need not be asked again.
    """
    problems: list[Problem] = []
    found = [*(_installed(problems) if installed else ()), *_bundled()]
    candidates = list(_first_of_each_name(found, problems))
    wanted = _wanted(environ, [candidate.name for candidate in candidates], problems)
    chosen = [candidate for candidate in candidates if candidate.name in wanted]
    loaded = [answer for candidate in chosen for answer in _answers(candidate, known or {}, problems)]
    packs = [pack for answer in loaded for pack in answer.packs]
    return Plugins(
        packs=tuple(_without_clashes([*_core(problems), *packs], problems)),
        rules=tuple(rule for answer in loaded for rule in answer.rules),
        problems=tuple(problems),
        plugins=tuple(answer.plugin for answer in loaded),
    )


def rulebook() -> Path:
    """The folder of the packs that belong to no plugin: beside this module in a wheel, else `rules`."""
    if gdprlint.bundled.CHECKOUT is not None:
        return gdprlint.bundled.CHECKOUT / "rules"
    return Path(__file__).resolve().parent / "rulebook"


# Finding


class _Candidate(NamedTuple):
    """A plugin before any of its code has run; `load` runs it.

    `folder` is that of a bundled one, `module` what an installed one is imported as.
    """

    name: str
    version: str
    origin: Origin
    load: Callable[[], object]
    folder: Path | None = None
    module: str = ""


def _installed(problems: list[Problem]) -> list[_Candidate]:
    """The entry points of every installed distribution, in the order of their names."""
    folders = list(_distributions_with_plugins(without_working_folder(sys.path)))
    if not folders:
        return []
    # Costs 50 ms, and most people have no plugin of their own.
    from importlib.metadata import PathDistribution

    found: list[_Candidate] = []
    distributions: set[str] = set()
    for folder in folders:
        try:
            distribution = PathDistribution(folder)
            if distribution.name in distributions:
                continue  # found again further down the import path
            distributions.add(distribution.name)
            found += [
                _Candidate(_plain(point.name), distribution.version, "installed", point.load, module=point.module)
                for point in distribution.entry_points.select(group=GROUP)
            ]
        except Exception as error:
            problems.append(_broken(folder.name, "its entry points could not be read", error))
    return sorted(found, key=lambda candidate: candidate.name)


def _distributions_with_plugins(import_path: Iterable[str]) -> Iterator[Path]:
    """The metadata folders that name an entry point of our group, in the order of the import path."""
    for entry in import_path:
        try:
            with os.scandir(entry) as children:
                names = sorted(child.name for child in children)
        except OSError:  # no folder, or not ours to read
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                file = Path(entry, name, "entry_points.txt")
                try:
                    text = file.read_text(encoding="utf-8", errors="replace")
                except OSError:
                    continue
                if f"[{GROUP}]" in (line.strip() for line in text.splitlines()):
                    yield file.parent


def _bundled() -> list[_Candidate]:
    """The packages inside `gdprlint.bundled`. They are plugins because they are there; nothing lists them."""
    folders = {
        init.parent.name: init.parent
        for folder in gdprlint.bundled.__path__
        for init in Path(folder).glob("gdprlint_*/__init__.py")
    }
    return [_Candidate(name, __version__, "bundled", _importer(name), folders[name]) for name in sorted(folders)]


def _importer(name: str) -> Callable[[], object]:
    return lambda: importlib.import_module(f"gdprlint.bundled.{name}")


def _first_of_each_name(candidates: Iterable[_Candidate], problems: list[Problem]) -> Iterator[_Candidate]:
    """An installed plugin stands in for the bundled one of its name; two installed ones are one too many."""
    taken: dict[str, _Candidate] = {}
    for candidate in candidates:
        first = taken.setdefault(candidate.name, candidate)
        if first is candidate:
            yield candidate
        elif candidate.origin == "installed":
            name = visible(candidate.name)
            problems.append(Problem(f"two installed plugins are called {name}; only the first was loaded"))


def _wanted(environ: Mapping[str, str], names: list[str], problems: list[Problem]) -> set[str]:
    """The plugins to load. A name may be written as people say it: `uk-gdpr` for `gdprlint_uk_gdpr`."""
    if LIMIT not in environ:
        return set(names)
    wanted: set[str] = set()
    for word in filter(None, (part.strip() for part in environ[LIMIT].split(","))):
        match = next((name for name in (_plain(word), f"gdprlint_{_plain(word)}") if name in names), None)
        if match is not None:
            wanted.add(match)
            continue
        near = nearest_name(_plain(word), [*names, *(name.removeprefix("gdprlint_") for name in names)])
        hint = f"; did you mean {near.removeprefix('gdprlint_').replace('_', '-')}?" if near else ""
        problems.append(Problem(f"no plugin is called {visible(word)}{hint}", where=LIMIT))
    return wanted


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


# Loading


class _Answer(NamedTuple):
    """What one plugin brings."""

    plugin: LoadedPlugin
    packs: tuple[LoadedPack, ...]
    rules: tuple[Rule, ...]


def answers(found: Plugins) -> dict[str, Any]:
    """What bundled plugins answered that bring one pack, their own folder, and no rules in Python; JSON-ready."""
    bundled = [pack for pack in found.packs if pack.origin == "bundled"]
    own = {pack.folder.name: pack for pack in bundled}
    if found.rules or found.problems or len(bundled) != sum(plugin.name in own for plugin in found.plugins):
        return {}
    return {
        plugin.name: [list(plugin.hooks), own[plugin.name].name, own[plugin.name].version, own[plugin.name].prefixes]
        for plugin in found.plugins
        if plugin.name in own
    }


def _answers(candidate: _Candidate, known: Mapping[str, Any], problems: list[Problem]) -> Iterator[_Answer]:
    if candidate.folder is None or candidate.name not in known:
        yield from _ask(candidate, problems)
        return
    hooks, name, version, prefixes = known[candidate.name]
    yield _Answer(
        LoadedPlugin(candidate.name, candidate.version, candidate.origin, tuple(hooks)),
        (LoadedPack(name, version, candidate.origin, candidate.folder, tuple(prefixes)),),
        (),
    )


def _ask(candidate: _Candidate, problems: list[Problem]) -> Iterator[_Answer]:
    """Load one plugin and call its hooks; nothing comes out where it cannot be loaded.

    Each plugin has a plugin manager to itself, so that what one registers half cannot reach another.
    """
    import pluggy

    from gdprlint import hooks

    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hooks)
    try:
        module = candidate.load()
        manager.register(module, name=candidate.name)
    # SystemExit too: a module that ends the program when it is imported is as broken as any.
    except (Exception, SystemExit) as error:
        problems.append(_broken(candidate.name, "it could not be loaded", error))
        yield from _bundled_instead(candidate, problems)
        return
    problems += _misspelt_hooks(candidate, manager, module)
    known = sorted(caller.name for caller in manager.get_hookcallers(module) or () if caller.has_spec())
    packs = tuple(
        LoadedPack(pack.name, pack.version or candidate.version, candidate.origin, pack.folder, pack.prefixes)
        for pack in _call(candidate, manager.hook.gdprlint_rule_packs, problems)
        if _is_sound(candidate, pack, problems)
    )
    if candidate.origin == "installed":
        _note_program(candidate.module, packs)
    yield _Answer(
        LoadedPlugin(candidate.name, candidate.version, candidate.origin, tuple(known)),
        packs=packs,
        rules=tuple(_call(candidate, manager.hook.gdprlint_rules, problems)),
    )


def _note_program(name: str, packs: Iterable[LoadedPack]) -> None:
    """Let a cache know what an installed plugin is made of: the package that it is in, and its packs."""
    package = sys.modules.get(name.partition(".")[0])
    file = getattr(package, "__file__", None)
    if file is None:  # a namespace, in which others may stand too
        disk.unsure()
        return
    for folder in getattr(package, "__path__", (file,)):
        disk.program(folder)
    for pack in packs:
        disk.program(pack.folder)


def _bundled_instead(candidate: _Candidate, problems: list[Problem]) -> Iterator[_Answer]:
    """The bundled copy of an installed plugin that is broken: its law is still judged by."""
    if candidate.origin == "installed":
        for bundled in _bundled():
            if bundled.name == candidate.name:
                yield from _ask(bundled, problems)


def _misspelt_hooks(candidate: _Candidate, manager: pluggy.PluginManager, module: object) -> Iterator[Problem]:
    """What `PluginManager.check_pending` would raise for, but all of it and with a guess."""
    from gdprlint import hooks

    known = [name for name in vars(hooks) if name.startswith("gdprlint_")]
    for caller in manager.get_hookcallers(module) or ():
        if caller.has_spec() or all(impl.optionalhook for impl in caller.get_hookimpls()):
            continue
        near = nearest_name(caller.name, known)
        hint = f"; did you mean {near}?" if near else ""
        yield Problem(f"plugin {candidate.name}: gdprlint has no hook {visible(caller.name)}{hint}")


def _call(candidate: _Candidate, hook: pluggy.HookCaller, problems: list[Problem]) -> list[Any]:
    """All that the plugin gives for a hook; nothing where the hook breaks."""
    try:
        return [value for answer in hook() for value in answer]
    except (Exception, SystemExit) as error:
        problems.append(_broken(candidate.name, f"its {hook.name} broke", error))
        return []


def _is_sound(candidate: _Candidate, pack: object, problems: list[Problem]) -> bool:
    from gdprlint.hooks import RulePack

    if not isinstance(pack, RulePack):
        fault = f"its gdprlint_rule_packs gave {type(pack).__name__}, not RulePack"
    elif not pack.folder.is_dir():
        fault = f"the folder of its pack {pack.name} does not exist: {visible(str(pack.folder))}"
    else:
        return True
    problems.append(Problem(f"plugin {candidate.name}: {fault}"))
    return False


def _broken(name: str, what: str, error: BaseException) -> Problem:
    reason = " ".join(visible(str(error)).split())
    return Problem(f"plugin {visible(name)}: {what}: {type(error).__name__}: {reason}")


# Packs


def _core(problems: list[Problem]) -> list[LoadedPack]:
    folder = rulebook() / "core"
    if not folder.is_dir():
        problems.append(Problem("the core rules are missing; install gdprlint-uk again", where=str(folder)))
        return []
    return [LoadedPack("core", __version__, "core", folder, CORE_PREFIXES)]


def _without_clashes(packs: Iterable[LoadedPack], problems: list[Problem]) -> Iterator[LoadedPack]:
    """The packs whose name and prefixes no earlier pack owns."""
    names: set[str] = set()
    owners: dict[str, str] = {}
    for pack in packs:
        if pack.name in names:
            problems.append(Problem(f"two packs are called {pack.name}; only the first was loaded"))
            continue
        clashes = [prefix for prefix in pack.prefixes if prefix in owners]
        for prefix in clashes:
            problems.append(
                Problem(
                    f"the packs {owners[prefix]} and {pack.name} both own codes that begin with {prefix}; "
                    f"{pack.name} was not loaded"
                )
            )
        if clashes:
            continue
        names.add(pack.name)
        owners |= dict.fromkeys(pack.prefixes, pack.name)
        yield pack
