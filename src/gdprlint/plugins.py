"""Loads plugins: those installed, then those that come with gdprlint, and the core pack.

Each plugin is loaded, and each of its hooks called, on its own and behind a guard: what a plugin
breaks is told as a problem that names it, and nothing else breaks. This module hands on what plugins
bring and looks into none of it. What only some runs need (`brought`) is asked when it is needed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import gdprlint.bundled
from gdprlint import __version__, disk
from gdprlint.candidates import GROUP, LIMIT, Candidate, Origin, broken, bundled, chosen, stamped
from gdprlint.diagnostics import Problem
from gdprlint.importpath import without_working_folder
from gdprlint.patience import Patience
from gdprlint.text import nearest_name, visible

if TYPE_CHECKING:
    import click
    import pluggy

    from gdprlint.hooks import RulePack

API_OF = "gdprlint_api"
"""The attribute in which a plugin states the version of the API that it is written for."""
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
    api: str = ""
    """The version of the API that it states to be written for."""
    going: tuple[str, ...] = ()
    """What it was told, when it was loaded, of names that go."""


class Brought(NamedTuple):
    """A value that a hook gave, and the plugin that it comes from."""

    plugin: str
    value: Any


class Plugins(NamedTuple):
    """All that was found: the core pack first, then installed plugins by name, then bundled ones by name."""

    packs: tuple[LoadedPack, ...]
    rules: tuple[Brought, ...]
    problems: tuple[Problem, ...] = ()
    plugins: tuple[LoadedPlugin, ...] = ()
    words: tuple[Brought, ...] = ()
    cues: tuple[Brought, ...] = ()
    functions: tuple[Brought, ...] = ()


def load(
    environ: Mapping[str, str] = os.environ, *, installed: bool = True, known: Mapping[str, Any] | None = None
) -> Plugins:
    """Load every plugin that `GDPRLINT_PLUGINS` does not leave out.

    With `installed=False` entry points are not looked for: what is compiled into a wheel must not
    depend on what else is installed where it is built. `known` is what bundled plugins answered when the wheel
    was built (`answers`): they need not be asked again.
    """
    problems: list[Problem] = []
    candidates = chosen(environ, installed, problems)
    loaded = [answer for candidate in candidates for answer in _answers(candidate, known or {}, problems)]
    packs = [pack for answer in loaded for pack in answer.packs]
    functions = _functions([one for answer in loaded for one in answer.functions], problems)
    return Plugins(
        packs=tuple(_without_clashes([*_core(problems), *packs], problems)),
        rules=tuple(rule for answer in loaded for rule in answer.rules),
        problems=tuple(problems),
        plugins=tuple(answer.plugin for answer in loaded),
        words=tuple(one for answer in loaded for one in answer.words),
        cues=tuple(one for answer in loaded for one in answer.cues),
        functions=functions,
    )


def brought(
    hook: str, taken: Iterable[str] = (), environ: Mapping[str, str] = os.environ
) -> tuple[tuple[Brought, ...], tuple[Problem, ...]]:
    """What installed plugins give for a hook, the first of each name; what broke. `taken` are names that are ours.

    Each plugin is asked once. One that cannot be loaded is told by `load`, and not again here.
    """
    return _brought(hook, tuple(taken), environ.get(LIMIT), _import_path())[:2]


def unavailable(environ: Mapping[str, str] = os.environ) -> tuple[Problem, ...]:
    """Why installed plugins could not be loaded: for whoever misses what one of them brings."""
    return _brought("", (), environ.get(LIMIT), _import_path())[2]


def _import_path() -> tuple[tuple[str, int], ...]:
    return tuple(stamped(without_working_folder(sys.path)))


@lru_cache(maxsize=16)
def _brought(
    hook: str, taken: tuple[str, ...], limit: str | None, _: tuple[tuple[str, int], ...]
) -> tuple[tuple[Brought, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    quiet: list[Problem] = []
    problems: list[Problem] = []
    found: list[Brought] = []
    for candidate in chosen({} if limit is None else {LIMIT: limit}, True, quiet):
        if candidate.origin == "installed":
            plugin = _loaded(candidate, quiet)
            if plugin is not None and hook in plugin.hooks:
                found += plugin.give(hook, problems)
    what = hook.removeprefix("gdprlint_").removesuffix("s")
    return tuple(_first_of_each(found, what, problems, taken)), tuple(problems), tuple(quiet)


def _functions(found: list[Brought], problems: list[Problem]) -> tuple[Brought, ...]:
    if not found:
        return ()
    from gdprlint.hooks import OWN_FUNCTIONS

    return tuple(_first_of_each(found, "function", problems, OWN_FUNCTIONS))


def _first_of_each(
    found: Iterable[Brought], what: str, problems: list[Problem], taken: Iterable[str] = ()
) -> Iterator[Brought]:
    """What has a name that nobody before it has."""
    owners = dict.fromkeys(taken, "gdprlint itself")
    for one in found:
        name = one.value.name
        if name not in owners:
            owners[name] = f"plugin {one.plugin}"
            yield one
        else:
            problems.append(
                Problem(
                    f"plugin {one.plugin}: its {what} {visible(str(name))} is left out: {owners[name]} has that name"
                )
            )


def rulebook() -> Path:
    """The folder of the packs that belong to no plugin: beside this module in a wheel, else `rules`."""
    if gdprlint.bundled.CHECKOUT is not None:
        return gdprlint.bundled.CHECKOUT / "rules"
    return Path(__file__).resolve().parent / "rulebook"


# Loading


class _Answer(NamedTuple):
    """What one plugin brings."""

    plugin: LoadedPlugin
    packs: tuple[LoadedPack, ...]
    rules: tuple[Brought, ...]
    words: tuple[Brought, ...] = ()
    cues: tuple[Brought, ...] = ()
    functions: tuple[Brought, ...] = ()


def answers(found: Plugins) -> dict[str, Any]:
    """What bundled plugins answered that bring one pack, their own folder, and no rules in Python; JSON-ready."""
    bundled = [pack for pack in found.packs if pack.origin == "bundled"]
    own = {pack.folder.name: pack for pack in bundled}
    if found.rules or found.problems or len(bundled) != sum(plugin.name in own for plugin in found.plugins):
        return {}
    return {
        plugin.name: [
            list(plugin.hooks),
            own[plugin.name].name,
            own[plugin.name].version,
            own[plugin.name].prefixes,
            plugin.api,
        ]
        for plugin in found.plugins
        if plugin.name in own
    }


def _answers(candidate: Candidate, known: Mapping[str, Any], problems: list[Problem]) -> Iterator[_Answer]:
    if candidate.folder is None or candidate.name not in known:
        yield from _ask(candidate, problems)
        return
    hooks, name, version, prefixes, api = known[candidate.name]
    yield _Answer(
        LoadedPlugin(candidate.name, candidate.version, candidate.origin, tuple(hooks), api),
        (LoadedPack(name, version, candidate.origin, candidate.folder, tuple(prefixes)),),
        (),
    )


def _ask(candidate: Candidate, problems: list[Problem]) -> Iterator[_Answer]:
    """Load one plugin and call the hooks that every run needs; nothing comes out where it cannot be loaded."""
    plugin = _loaded(candidate, problems)
    if plugin is None:
        yield from _bundled_instead(candidate, problems)
        return
    problems += _misspelt_hooks(candidate, plugin.manager, plugin.module)
    packs = tuple(
        LoadedPack(pack.name, pack.version or candidate.version, candidate.origin, pack.folder, pack.prefixes)
        for _, pack in plugin.give("gdprlint_rule_packs", problems)
        if _has_folder(candidate, pack, problems)
    )
    if candidate.origin == "installed":
        _note_program(candidate.module, packs)
    yield _Answer(
        LoadedPlugin(
            candidate.name,
            candidate.version,
            candidate.origin,
            plugin.hooks,
            getattr(plugin.module, API_OF, ""),
            plugin.going,
        ),
        packs=packs,
        rules=tuple(plugin.give("gdprlint_rules", problems)),
        words=tuple(plugin.give("gdprlint_vocabularies", problems)),
        cues=tuple(plugin.give("gdprlint_cues", problems)),
        functions=tuple(plugin.give("gdprlint_functions", problems)),
    )


class _Loaded(NamedTuple):
    """A plugin that was imported, ready to be asked.

    Each plugin has a plugin manager to itself, so that what one registers half cannot reach another.
    """

    candidate: Candidate
    manager: pluggy.PluginManager
    module: object
    hooks: tuple[str, ...]
    going: tuple[str, ...] = ()

    def give(self, hook: str, problems: list[Problem]) -> list[Brought]:
        """The values that the plugin gives for a hook; nothing where it breaks, and none that is of another kind."""
        from gdprlint import hooks

        if hook not in self.hooks:
            return []
        values = _call(self.candidate, getattr(self.manager.hook, hook), problems)
        kind = hooks.KINDS.get(hook)
        if hook == "gdprlint_commands":
            import click

            kind = click.Command
            values = [
                value for value in values if not isinstance(value, kind) or _is_named(self.candidate, value, problems)
            ]
        sound = [value for value in values if kind is None or isinstance(value, kind)]
        for odd in {type(value).__name__ for value in values if kind is not None and not isinstance(value, kind)}:
            assert kind is not None
            problems.append(
                Problem(f"plugin {self.candidate.name}: its {hook} gave {visible(odd)}, not {kind.__name__}")
            )
        return [Brought(self.candidate.name, value) for value in sound]


def _is_named(candidate: Candidate, command: click.Command, problems: list[Problem]) -> bool:
    if command.name and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", command.name):
        return True
    name = visible(repr(command.name))
    problems.append(Problem(f"plugin {candidate.name}: a command is named by one hyphenated word, not {name}"))
    return False


def _loaded(candidate: Candidate, problems: list[Problem]) -> _Loaded | None:
    """The plugin as it was imported; None where it cannot be."""
    import pluggy

    from gdprlint import hooks

    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hooks)
    patience = Patience()
    going: list[str] = []
    try:
        with patience, _noting(going):
            module = candidate.load()
        unfit = _unfit(getattr(module, API_OF, None))
        if unfit:
            problems.append(Problem(f"plugin {visible(candidate.name)}: it is set aside: {unfit}"))
            return None
        manager.register(module, name=candidate.name)
    # SystemExit too: a module that ends the program when it is imported is as broken as any.
    except (Exception, SystemExit) as error:
        what = "it could not be loaded"
        if isinstance(error, ImportError) and error.name == "gdprlint.api":
            what += f", and may be written for another API than {api_said(hooks.API)}"
        problems.append(broken(candidate.name, what, error))
        return None
    if patience.is_over:
        problems.append(Problem(f"plugin {candidate.name}: its import {patience.said}"))
    known = sorted(caller.name for caller in manager.get_hookcallers(module) or () if caller.has_spec())
    return _Loaded(candidate, manager, module, tuple(known), tuple(dict.fromkeys(going)))


@contextmanager
def _noting(going: list[str]) -> Iterator[None]:
    """Note what is said of names that go; any other warning goes its way."""
    import warnings

    from gdprlint.deprecation import DeprecatedName

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", DeprecatedName)
        yield
    for one in caught:
        if issubclass(one.category, DeprecatedName):
            going.append(str(one.message))
        else:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno, source=one.source)


def api_said(version: tuple[int, int]) -> str:
    """A version of the API as it is written."""
    return f"{version[0]}.{version[1]}"


def _unfit(stated: object) -> str:
    """Why a plugin cannot be used that states to be written for this version of the API; empty where it can."""
    from gdprlint.hooks import API

    if stated is None:
        return ""
    found = re.fullmatch(r"([0-9]{1,4})\.([0-9]{1,4})", stated) if isinstance(stated, str) else None
    if found is None:
        return f"its {API_OF} is {visible(repr(stated))}, and should be a version such as {api_said(API)!r}"
    wanted = int(found[1]), int(found[2])
    if wanted > API:
        return (
            f"it is written for API {api_said(wanted)}, and gdprlint {__version__} has API {api_said(API)}; "
            "install a later gdprlint-uk, or an earlier version of the plugin"
        )
    if wanted[0] < API[0]:
        return (
            f"it is written for API {api_said(wanted)}, which gdprlint {__version__} no longer has; "
            "install a later version of the plugin"
        )
    return ""


def _note_program(name: str, packs: Iterable[LoadedPack] = ()) -> None:
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


def _bundled_instead(candidate: Candidate, problems: list[Problem]) -> Iterator[_Answer]:
    """The bundled copy of an installed plugin that is broken: its law is still judged by."""
    if candidate.origin == "installed":
        for other in bundled():
            if other.name == candidate.name:
                yield from _ask(other, problems)


def _misspelt_hooks(candidate: Candidate, manager: pluggy.PluginManager, module: object) -> Iterator[Problem]:
    """What `PluginManager.check_pending` would raise for, but all of it and with a guess."""
    from gdprlint import hooks

    known = [name for name in vars(hooks) if name.startswith("gdprlint_")]
    for caller in manager.get_hookcallers(module) or ():
        if caller.has_spec() or all(impl.optionalhook for impl in caller.get_hookimpls()):
            continue
        near = nearest_name(caller.name, known)
        hint = f"; did you mean {near}?" if near else ""
        yield Problem(f"plugin {candidate.name}: gdprlint has no hook {visible(caller.name)}{hint}")


def _call(candidate: Candidate, hook: pluggy.HookCaller, problems: list[Problem]) -> list[Any]:
    """All that the plugin gives for a hook; nothing where the hook breaks."""
    patience = Patience()
    try:
        with patience:
            return [value for answer in hook() for value in answer]
    except (Exception, SystemExit) as error:
        problems.append(broken(candidate.name, f"its {hook.name} broke", error))
        return []
    finally:
        if patience.is_over:
            problems.append(Problem(f"plugin {candidate.name}: its {hook.name} {patience.said}"))


def _has_folder(candidate: Candidate, pack: RulePack, problems: list[Problem]) -> bool:
    if pack.folder.is_dir():
        return True
    folder = visible(str(pack.folder))
    problems.append(Problem(f"plugin {candidate.name}: the folder of its pack {pack.name} does not exist: {folder}"))
    return False


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
