"""A cached run says what an uncached one says, whatever is done between two runs.

Each sequence is a small project to which things happen, one after the other: files, links, marks of registers, packs,
plugins, configurations, exceptions, baselines, days, options and versions change. After each the command runs with the
cache and without it, and both must print the same and end the same. GDPRLINT_SEQUENCES says how many there are.
"""

from __future__ import annotations

import gc
import importlib
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gdprlint import disk, engine
from gdprlint.cache import questions
from gdprlint.cli import configured, run
from gdprlint.cli.plain import Today
from gdprlint.rules import packs
from tests.cache.world import CHANGES, World

DEFAULT = 12
SEQUENCES = int(os.environ.get("GDPRLINT_SEQUENCES", DEFAULT))
STEPS = 10


class Libraries:
    """The rules at hand, loaded once for each state of packs and plugins; what was looked at is noted each time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known: dict[object, tuple[packs.Library, disk.Seen]] = {}

    def load(self, local: Iterable[str] = ()) -> packs.Library:
        named = tuple(local)
        folders = (self.world.site, *map(Path, named))
        state = (os.environ["GDPRLINT_PLUGINS"], named, named and str(Path.cwd()), *map(held, folders))
        known = self.known if any(state) else _PLAIN
        if state not in known:
            with disk.watched() as seen:
                known[state] = _load(named), seen
        library, seen = known[state]
        for question, answer in seen.facts.items():
            disk._note(question, answer)
        return library


_load = packs.load
_PLAIN: dict[object, tuple[packs.Library, disk.Seen]] = {}


def held(folder: Path) -> tuple[tuple[str, int, bytes], ...]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_ctime_ns, path.read_bytes()) for path in files)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing of a plugin is left from the run before, as in a new process."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(gc, "freeze", lambda: None)  # the command keeps all that it read, since its process ends
    yield
    forget()
    gc.collect()


def forget() -> None:
    for name in [name for name in sys.modules if name.startswith("gdprlint_acme")]:
        del sys.modules[name]
    importlib.invalidate_caches()


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    """How often what was counted; whoever never takes an answer from the cache is never wrong, and fails here."""
    counts: Counter[str] = Counter()
    yield counts
    sequences = counts["sequences"]
    if sequences >= DEFAULT:  # of a few sequences nothing can be expected
        assert counts["answered"] >= 5 * sequences, counts
        assert counts["answered where a configuration had a say"] >= 3 * sequences, counts
        assert counts["answered after a change"] >= sequences, counts


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_a_cached_run_equals_an_uncached_one(
    seed: int,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fresh: None,
    compiled_already: None,
    tally: Counter[str],
) -> None:
    chance = random.Random(seed)
    world = World(tmp_path / "world", chance)
    monkeypatch.syspath_prepend(str(world.site))
    load = Libraries(world).load
    for module, name in ((engine, "load_library"), (configured, "load_library"), (packs, "load")):
        monkeypatch.setattr(module, name, load)
    monkeypatch.setattr(Today, "today", classmethod(lambda cls: cls.fromisoformat(world.today)))
    runs: list[bool] = []
    judge, by_configuration = engine.judge, configured.Configured.judged

    def counted(*arguments: Any) -> Any:
        runs.append(False)
        return judge(*arguments)

    def noted(*arguments: Any) -> Any:
        before = len(runs)
        done = by_configuration(*arguments)
        runs[before:] = [True]  # the engine is not asked where all is excluded
        return done

    monkeypatch.setattr(engine, "judge", counted)
    monkeypatch.setattr(configured.Configured, "judged", noted)

    def said(*more: str) -> tuple[int, str, str]:
        forget()
        arguments = [word for words in world.options.values() for word in words]
        return run(["check", *world.paths, *arguments, *more]), *capsys.readouterr()

    done = []
    for _ in range(STEPS):
        change = chance.choice(CHANGES)
        change(world)
        done.append(change.__name__)
        monkeypatch.chdir(world.place)
        monkeypatch.setenv("GDPRLINT_PLUGINS", world.plugins)
        monkeypatch.setattr(questions, "__version__", world.version)
        if world.first:
            said(*world.first)
            world.first = []
        uncached = said("--no-cache")
        before = len(runs)
        assert said() == uncached, done
        tally["answered after a change"] += len(runs) == before and uncached[0] != 2
        if uncached[0] == 2 or "<!doctype html>" in uncached[1]:  # what broke, and pages for people, are not kept
            continue
        by_a_configuration = runs[-1]
        before = len(runs)
        assert said() == uncached, done
        assert len(runs) == before, f"judged again, though nothing changed: {done}"
        tally["answered"] += 1
        tally["answered where a configuration had a say"] += by_a_configuration
    tally["sequences"] += 1
