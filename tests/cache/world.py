"""A small project with all around it that a check depends on, and what can happen to it.

Files, links, marks of registers, configurations, packs, plugins, exceptions, baselines, days, options and versions
change, each change by the chance of a seed.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

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
SETTINGS = (
    'ignore = ["REC105"]', 'ignore = ["REC001", "house"]', 'select = ["REC001", "REC004", "syntax"]',
    'select = ["REC001", "house"]', 'packs = ["core"]', 'packs = ["house", "acme"]', 'local-packs = ["house"]',
    'local-packs = ["house"]', 'local-packs = ["house", "other"]', 'local-packs = ["../pack", "house"]',
    'notices = ["**/*.md"]', 'notices = ["in/*.md"]', "as-of = 2026-11-21", "as-of = 2019-01-01", 'fail-on = "info"',
    'fail-on = "warning"', 'format = "concise"', 'format = "json"', 'format = "sarif"', 'format = "html"',
    'strictness = "regular"', 'strictness = "careful"', "as_of = 2026-11-22", 'igonre = ["REC001"]', "select = 1",
    'exclude = ["in/"]', 'exclude = ["a.gdpr", "**/*.md"]', "# nothing yet", "", "severity = [",
)  # fmt: skip
TABLES = (
    '[severity]\nREC001 = "info"\n',
    '[severity]\nreference = "warning"\nhouse = "info"\nZZ901 = "warning"\n',
    "[parameters]\nZZ901 = { longest = 2 }\n",
    '[parameters.ZZ901]\nlongest = "many"\n',
    '[per-path."in/"]\nignore = ["REC001", "text"]\nreason = "an old study"\nuntil = DAY\n',
    '[per-path."*.gdpr"]\nselect = ["REC001"]\nreason = "only this"\n',
    '[per-path."none/"]\nseverity = { REC001 = "info" }\n',
    '[per-path."**/c.gdpr"]\nseverity = { REC001 = "info" }\nowner = "dpo"\n',
    '[[allow]]\nrule = "REC001"\npath = "b.gdpr"\nreason = "the name is settled next month"\nuntil = DAY\n',
    '[[allow]]\nrule = ["REC001", "ZZ901"]\npath = "in/c.gdpr"\nreason = "the board agreed"\nby = "dpo"\n',
    '[[allow]]\nrule = "REC001"\npath = "../a.gdpr"\nreason = "todo"\n',
)
CONFIGURED = (
    "gdprlint.toml", "gdprlint.toml", "in/gdprlint.toml", "in/deep/gdprlint.toml", "pyproject.toml",
    "in/pyproject.toml", "../gdprlint.toml", "own.toml",
)  # fmt: skip
DAYS = ("2026-11-21", "2026-11-22", "2026-12-16", "2027-04-01")
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
  severity  {severity}
  parameter longest {longest}

  for each  activity
  where     longest > 1
  expect    not activity.{field} is stated
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
        self.options: dict[str, list[str]] = {}
        self.paths = ["."]
        self.place = self.project
        self.plugins = ""
        self.version = "1"
        self.today = DAYS[0]
        self.first: list[str] = []
        for name in ("a.gdpr", "b.gdpr", "in/c.gdpr"):
            self.write(self.project / name, chance.choice(RECORDS))
        self.write(self.project / "house" / "a-rule.gdpr", self.rule("ZZ"))
        if chance.randrange(4):
            configure_the_project(self)

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
            severity=pick(("error", "warning")), longest=pick((1, 3)), field=pick(("controller", "keeps", "harms")),
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


def configured_by(world: World, in_pyproject: bool) -> str:
    """A configuration of several keys, of which some may be wrong."""
    chance = world.chance
    settings = {line.partition(" ")[0]: line for line in chance.sample(SETTINGS, chance.randrange(1, 5))}
    tables = {one.partition("\n")[0]: one for one in chance.sample(TABLES, chance.randrange(3))}
    text = "\n".join([*settings.values(), *(one.replace("DAY", chance.choice(DAYS)) for one in tables.values())])
    return "[tool.gdprlint]\n" + re.sub(r"(?m)^\[+", r"\g<0>tool.gdprlint.", text) if in_pyproject else text


def configure(world: World) -> None:
    name = world.chance.choice(CONFIGURED)
    world.write(world.project / name, configured_by(world, name.endswith("pyproject.toml")))


def configure_the_project(world: World) -> None:
    """As most people do, who keep the linter on."""
    world.write(world.project / "gdprlint.toml", configured_by(world, False))
    world.options.pop("way", None)


def change_a_value(world: World) -> None:
    """One value of a configuration becomes another, or its line goes."""
    paths = [path for path in world.project.rglob("*.toml") if path.is_file()]
    if not paths:
        configure(world)
        return
    path = world.chance.choice(paths)
    old, new = world.chance.choice(
        (("REC001", "REC004"), ("REC004", "REC001"), ("2026-11-21", "2027-04-01"), ("2027-04-01", "2026-11-21"),
         ('"info"', '"error"'), ("in/", "shared/"), ("house", "other"), ("select", "ignore"), ("# ", ""),
         ("\n", "\n\n")),
    )  # fmt: skip
    path.write_text(path.read_text("utf-8", "replace").replace(old, new, 1), "utf-8")


def move_a_configuration(world: World) -> None:
    paths = [path for path in world.project.rglob("gdprlint.toml") if path.is_file()]
    if paths:
        target = world.project / world.chance.choice(CONFIGURED)
        target.parent.mkdir(parents=True, exist_ok=True)
        world.chance.choice(paths).replace(target)


def change_the_house_rules(world: World) -> None:
    """The packs that configurations name, within the project."""
    path = world.project / world.chance.choice(("house/a-rule.gdpr", "house/topic/another.gdpr", "other/a-rule.gdpr"))
    if path.exists() and world.chance.randrange(3) == 0:
        path.unlink()
    else:
        world.write(path, world.rule("ZZ") if world.chance.randrange(6) else "rule ZZ {\n")


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
    """The day that is asked for, or none: then it is today, which goes on."""
    world.options["day"] = world.chance.choice(
        ([], [], ["--as-of", "2026-11-21"], ["--as-of", "2026-12-16"], ["--as-of", "2019-01-01"])
    )


def days_pass(world: World) -> None:
    world.today = world.chance.choice(DAYS)
    world.options["day"] = []


def another_choice(world: World) -> None:
    words = world.chance.choice((["--select", "REC001,syntax"], ["--ignore", "REC004"], ["--select", "zz"], []))
    world.options["choice"] = words


def another_way_to_judge(world: World) -> None:
    words = ("--preview", "--no-config", "--config own.toml", "--jobs 2", "--pack house", "", "")
    world.options["way"] = world.chance.choice(words).split()
    if "own.toml" in world.options["way"]:
        world.write(world.place / "own.toml", configured_by(world, False))


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
    link, write_a_page, write_a_partial, mark, leave_all_unconfigured, configure, configure, configure_the_project,
    configure_the_project, change_a_value, change_a_value, move_a_configuration, change_the_house_rules,
    change_the_house_rules, allow, allow, write_a_baseline, lose_the_baseline, another_way_to_judge,
    end_the_project_elsewhere, change_the_pack, leave_the_pack, change_the_plugin, limit_the_plugins, another_day,
    days_pass, days_pass, another_choice, another_limit, other_paths, another_place, another_version, look_otherwise,
    damage_the_cache, nothing, nothing,
)  # fmt: skip
