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
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gdprlint import disk, engine
from gdprlint.cache import questions
from gdprlint.cli import configured, run
from gdprlint.rules import packs

DEFAULT = 20
SEQUENCES = int(os.environ.get("GDPRLINT_SEQUENCES", DEFAULT))
STEPS = 10

RECORDS = (
    'organisation acme "Acme Research" is company in GB\ndata answers is survey answers\n',
    'organisation acme "Acme Research" is company in GB also "Acme"\ndata answers of people-asked is survey answers\n',
    "activity study {\n  controller    acme\n  keeps         answers for 3 months then delete\n}\n",
    "activity study {\n  controller    amce\n  keeps         answers for 3 months\n  harms none\n}\n",
    'use "../shared/acme.gdpr"\nactivity second "A second" {\n  controller    acme  [2 "Vale Trust"]\n}\n',
    'use acme\nuse "b.gdpr"\npeople people-asked "People"\n',
    'notice page "privacy.md" of study by acme\n',
    'notice page "privacy.md"\nactivity third {\n  controller    acme  [3 "data controller"]\n}\n',
    "",
    "activity broken {\n",
)
PAGES = (
    "# Privacy notice\n\nVale Trust is the data controller. We use your name and email address.\n"
    "We rely on your consent.\nWe keep your data for two years. You have the right to access your data.\n",
    "# Privacy notice\n\nVale Trust is the data controller.\n{% include 'rights.md' %}\nWe rely on your consent.\n",
    "# Privacy notice\n\nWe keep your data for three years.\n{{ 'notice.rights' | t }}\n",
    "# Terms of use\n\nYou must be over 18.\n",
)
PARTIALS = ("You have the right to complain.\n", "You have the right to erase your data.\n", "")
MARKS = ("", "[tool.gdprlint]\n", "[tool.other]\n", "[tool.gdprlint\n")
CONFIGURATIONS = (
    'ignore = ["REC105"]\n',
    'select = ["REC001", "REC004", "syntax"]\n',
    '[severity]\nREC001 = "info"\n',
    'strictness = "regular"\n',
    'notices = ["**/*.md"]\n',
    "# nothing yet\n",
    'igonre = ["REC001"]\n',
    "as_of = 2026-11-22\n",
    '[[allow]]\nrule = "REC001"\npath = "a.gdpr"\nreason = "the name is settled next month"\nuntil = 2026-12-15\n',
    "severity = [\n",
)
ALLOWS = (
    "# allow REC001: the name is settled next month, by dpo until 2026-12-15\n",
    "# allow REC001: the name was to be settled by now, until 2026-01-31\n",
    "# allow REC001: todo\n",
    "# allow no-such-rule: the board agreed\n",
    "<!-- allow UK505: the board agreed, by dpo -->\n",
    "# allow two weeks for the post\n",
)
RULE = """\
rule {prefix}{number} study-is-{word} {{
  title     "A study"
  why       "It is {word}."
  cites     uk-gdpr 5(1)
  silence counts in any
  severity  {severity}

  for each  activity
  expect    activity.{field} is stated
  says      "{{activity}} is {word}"
}}
"""
PLUGIN = """\
from pathlib import Path
from typing import Any
from gdprlint.api import RulePack, hookimpl

@hookimpl
def gdprlint_rule_packs():
    return [RulePack("acme", Path(__file__).parent / "pack", prefixes=("ACME",))]
"""
FILES = ("a.gdpr", "b.gdpr", "in/c.gdpr", "in/deep/d.gdpr", "shared/acme.gdpr", "C.GDPR", ".hidden.gdpr")
PLACES = (".", "in", "in/deep", "shared")


class World:
    """A project with all around it that a run depends on, and the means to change it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.project, self.site, self.pack = folder / "project", folder / "site", folder / "pack"
        for made in (
            self.project / ".git",
            self.project / "in" / "deep",
            self.project / "shared",
            self.site,
            self.pack,
        ):
            made.mkdir(parents=True)
        self.options: dict[str, list[str]] = {"day": ["--as-of", "2026-11-21"]}
        self.paths = ["."]
        self.place = self.project
        self.plugins = ""
        self.version = "1"
        self.first: list[str] = []
        for name in ("a.gdpr", "b.gdpr", "in/c.gdpr"):
            self.write(self.project / name, chance.choice(RECORDS))

    def write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text, "utf-8")

    def files(self) -> list[Path]:
        return sorted(path for path in self.project.rglob("*") if path.is_file())

    def rule(self, prefix: str) -> str:
        pick = self.chance.choice
        return RULE.format(
            prefix=prefix, number=pick((901, 902)), word=pick(("good", "long", "wide")),
            severity=pick(("error", "warning")), field=pick(("controller", "purpose", "condition")),
        )  # fmt: skip


def edit_a_record(world: World) -> None:
    world.write(world.project / world.chance.choice(FILES), world.chance.choice(RECORDS))


def edit_a_line(world: World) -> None:
    path = world.chance.choice(world.files() or [world.project / "a.gdpr"])
    text = path.read_text("utf-8", "replace") if path.exists() else ""
    lines = text.splitlines(keepends=True)
    at = world.chance.randrange(len(lines) + 1)
    lines[at : at + world.chance.randrange(2)] = [world.chance.choice(("\n", "# aside\n", "people p\n", '  says "\n'))]
    path.write_text("".join(lines), "utf-8")


def edit_without_a_trace(world: World) -> None:
    """As many bytes, written at the same time as before."""
    path = world.chance.choice(world.files() or [world.project / "none"])
    if path.exists() and b"acme" in path.read_bytes():
        status = path.stat()
        path.write_bytes(path.read_bytes().replace(b"acme", b"amce", 1))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def touch(world: World) -> None:
    for path in world.files():
        path.touch()


def rename(world: World) -> None:
    files = world.files()
    if files:
        target = world.project / world.chance.choice((*FILES, "in/privacy.md", "notes.txt"))
        target.parent.mkdir(parents=True, exist_ok=True)
        world.chance.choice(files).replace(target)


def delete(world: World) -> None:
    files = world.files()
    if files:
        world.chance.choice(files).unlink()


def move_a_folder(world: World) -> None:
    source, target = world.chance.sample([world.project / name for name in ("in", "out", "node_modules", ".away")], 2)
    if source.exists() and not target.exists():
        source.rename(target)
        (world.project / "in" / "deep").mkdir(parents=True, exist_ok=True)


def link(world: World) -> None:
    path = world.project / world.chance.choice(("a.gdpr", "linked.gdpr", "in/privacy.md"))
    target = world.chance.choice(("b.gdpr", "in/c.gdpr", "../outside.gdpr", "nowhere", "in"))
    world.write(world.folder / "outside.gdpr", world.chance.choice(RECORDS))
    path.unlink(missing_ok=True)
    path.symlink_to(world.project / target)


def write_a_page(world: World) -> None:
    world.write(world.project / world.chance.choice(("privacy.md", "in/privacy.md")), world.chance.choice(PAGES))


def write_a_partial(world: World) -> None:
    name = world.chance.choice(("rights.md", "_rights.md", "deep/parts/rights.md", "locales/en.yml"))
    text = world.chance.choice(PARTIALS)
    world.write(world.project / name, f"notice:\n  rights: {text!r}\n" if name.endswith("yml") else text)


def mark(world: World) -> None:
    """Registers begin and end at other folders."""
    name = world.chance.choice(("gdprlint.toml", "in/gdprlint.toml", "pyproject.toml", "in/pyproject.toml"))
    if (world.project / name).exists():
        (world.project / name).unlink()
    else:
        world.write(world.project / name, world.chance.choice(MARKS))


def end_the_project_elsewhere(world: World) -> None:
    inner = world.project / "in" / ".git"
    if inner.exists():
        inner.rmdir()
    elif inner.parent.exists():
        inner.mkdir()


def configure(world: World) -> None:
    name = world.chance.choice(("gdprlint.toml", "gdprlint.toml", "in/gdprlint.toml", "pyproject.toml"))
    text = world.chance.choice(CONFIGURATIONS)
    world.write(world.project / name, f"[tool.gdprlint]\n{text}" if name == "pyproject.toml" else text)


def leave_all_unconfigured(world: World) -> None:
    for name in ("gdprlint.toml", "pyproject.toml"):
        for path in world.project.rglob(name):
            path.unlink()


def allow(world: World) -> None:
    """An exception comes into a file, or goes."""
    path = world.chance.choice(world.files() or [world.project / "a.gdpr"])
    text = path.read_text("utf-8", "replace") if path.exists() else ""
    lines = [line for line in text.splitlines(keepends=True) if line not in ALLOWS]
    if len(lines) == text.count("\n") or world.chance.randrange(2):
        lines.insert(world.chance.randrange(len(lines) + 1), world.chance.choice(ALLOWS))
    path.write_text("".join(lines), "utf-8")


def write_a_baseline(world: World) -> None:
    world.first = [world.chance.choice(("--write-baseline", "--write-baseline", "--prune-baseline"))]


def lose_the_baseline(world: World) -> None:
    for path in world.project.rglob("gdprlint-baseline.json"):
        if world.chance.randrange(4):
            path.unlink()
        else:
            path.write_text(path.read_text("utf-8")[: world.chance.randrange(200)], "utf-8")


def change_the_pack(world: World) -> None:
    path = world.pack / world.chance.choice(("a-rule.gdpr", "topic/another.gdpr", "_not/this.gdpr"))
    if path.exists() and world.chance.randrange(3) == 0:
        path.unlink()
    else:
        world.write(path, world.rule("ZZ") if world.chance.randrange(5) else "rule ZZ {\n")
    world.options["pack"] = ["--pack", str(world.pack)]


def leave_the_pack(world: World) -> None:
    world.options.pop("pack", None)


def change_the_plugin(world: World) -> None:
    version = world.chance.choice(("1.0", "2.0"))
    package = world.site / "gdprlint_acme"
    for old in world.site.iterdir():
        shutil.rmtree(old)
    if world.chance.randrange(3) == 0:
        world.plugins = ""
        return
    world.write(package / "__init__.py", PLUGIN + "\n" * world.chance.randrange(2))
    world.write(package / "pack" / "topic" / "a-rule.gdpr", world.rule("ACME"))
    info = world.site / f"gdprlint_acme-{version}.dist-info"
    world.write(info / "METADATA", f"Metadata-Version: 2.1\nName: gdprlint-acme\nVersion: {version}\n")
    world.write(info / "entry_points.txt", "[gdprlint]\nacme = gdprlint_acme\n")
    world.plugins = "acme"


def limit_the_plugins(world: World) -> None:
    world.plugins = world.chance.choice(("", "acme", "no-such"))


def another_day(world: World) -> None:
    world.options["day"] = ["--as-of", world.chance.choice(("2026-11-21", "2026-11-22", "2019-01-01"))]


def another_choice(world: World) -> None:
    words = world.chance.choice((["--select", "REC001,syntax"], ["--ignore", "REC004"], ["--select", "zz"], []))
    world.options["choice"] = words


def another_way_to_judge(world: World) -> None:
    world.options["way"] = world.chance.choice(("--preview", "--no-config", "--jobs 2", "", "")).split()


def another_limit(world: World) -> None:
    world.options["bytes"] = world.chance.choice((["--max-bytes", "60"], ["--max-bytes", "9000"], []))


def other_paths(world: World) -> None:
    files = [str(path) for path in world.files()]
    world.paths = world.chance.choice(
        (["."], ["in"], ["a.gdpr"], ["b.gdpr", "in"], [str(world.project)], files[-1:], [])
    )


def another_place(world: World) -> None:
    world.place = world.project / world.chance.choice(PLACES)
    world.place.mkdir(parents=True, exist_ok=True)


def another_version(world: World) -> None:
    world.version = world.chance.choice(("1", "2"))


def look_otherwise(world: World) -> None:
    """How findings are shown is no part of what is remembered."""
    words = (
        "--format json", "--format concise", "--color always", "--no-source", "", "--exit-zero", "--show-suppressed",
        "--strictness regular", "--fail-on warning", "--quiet", "--output statistics", "--format sarif",
    )  # fmt: skip
    world.options["form"] = world.chance.choice(words).split()


def damage_the_cache(world: World) -> None:
    for path in world.folder.parent.glob("cache/result-*"):
        content = path.read_bytes()
        at = world.chance.randrange(len(content) + 1)
        path.write_bytes(world.chance.choice((content[:at], content[:at] + b"9" + content[at + 1 :], b"")))


def nothing(world: World) -> None:
    """Time passes."""


CHANGES: tuple[Callable[[World], None], ...] = (
    edit_a_record, edit_a_record, edit_a_line, edit_a_line, edit_without_a_trace, touch, rename, delete, move_a_folder,
    link, write_a_page, write_a_partial, mark, configure, configure, leave_all_unconfigured, leave_all_unconfigured,
    allow, allow, write_a_baseline, lose_the_baseline, another_way_to_judge, end_the_project_elsewhere, change_the_pack,
    leave_the_pack, change_the_plugin, limit_the_plugins, another_day, another_choice, another_limit, other_paths,
    another_place, another_version, look_otherwise, damage_the_cache, nothing, nothing,
)  # fmt: skip


class Libraries:
    """The rules at hand, loaded once for each state of packs and plugins; what was looked at is noted each time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known: dict[object, tuple[packs.Library, disk.Seen]] = {}

    def load(self, local: Iterable[str] = ()) -> packs.Library:
        named = tuple(local)
        state = (os.environ["GDPRLINT_PLUGINS"], named, named and str(Path.cwd()), *map(held, self._folders(named)))
        known = self.known if any(state) else _PLAIN
        if state not in known:
            with disk.watched() as seen:
                known[state] = _load(named), seen
        library, seen = known[state]
        for question, answer in seen.facts.items():
            disk._note(question, answer)
        return library

    def _folders(self, named: tuple[str, ...]) -> list[Path]:
        return [self.world.site, *([self.world.pack] if named else [])]


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


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_a_cached_run_equals_an_uncached_one(
    seed: int,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fresh: None,
    compiled_already: None,
) -> None:
    chance = random.Random(seed)
    world = World(tmp_path / "world", chance)
    monkeypatch.syspath_prepend(str(world.site))
    load = Libraries(world).load
    for module, name in ((engine, "load_library"), (configured, "load_library"), (packs, "load")):
        monkeypatch.setattr(module, name, load)
    runs: list[bool] = []
    judge, by_configuration = engine.judge, configured.Configured.judged

    def counted(*arguments: Any) -> Any:
        runs.append(False)
        return judge(*arguments)

    def noted(*arguments: Any) -> Any:
        done = by_configuration(*arguments)
        runs[-1] = True
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
        assert said() == uncached, done
        if uncached[0] != 2 and not runs[-1]:  # what a configuration decides is judged each time
            before = len(runs)
            assert said() == uncached, done
            assert len(runs) == before, f"judged again, though nothing changed: {done}"
