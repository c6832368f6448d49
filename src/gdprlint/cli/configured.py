"""A run of `check` in which configurations have a say: each register is judged by its own.

Only a run that meets a configuration with something in it comes here. What the command line says goes before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from gdprlint import disk, engine
from gdprlint.cli.behind import Wants
from gdprlint.cli.forms import names
from gdprlint.cli.plain import Asked, Today, Unsaid
from gdprlint.cli.stages import listed, options_of
from gdprlint.configuration.applying import applied
from gdprlint.configuration.choosing import Words
from gdprlint.configuration.excluding import excluded_by
from gdprlint.configuration.globs import matches
from gdprlint.configuration.reading import Read, Unusable, of_base, of_file, of_register
from gdprlint.configuration.settling import Setting, Settled, TooManyFiles, chosen, local_packs, settled
from gdprlint.configuration.settling import listed as files_of
from gdprlint.configuration.shape import Configuration, Said
from gdprlint.configuration.structuring import finding
from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.judging.findings import order, with_fingerprint
from gdprlint.readers.theirs import of_plugins, reader_of
from gdprlint.registers import SHEETS, SUFFIX, Plan, home_of, is_sheet, project_of, register_name, shown_path
from gdprlint.rules.packs import Given
from gdprlint.rules.packs import load as load_library
from gdprlint.text import Source, Span
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.cli.handed import Instead
    from gdprlint.cli.stages import Trusted
    from gdprlint.options import CheckOptions
    from gdprlint.progress import Progress
    from gdprlint.tracing.timings import Clock

# What a configuration calls each field of `Asked` that it may settle.
OPTIONS = {"as_of": "as_of", "format": "form", "select": "select", "ignore": "ignore", "fail_on": "fail_on",
           "local_packs": "local_packs", "strictness": "strictness"}  # fmt: skip


class Register(NamedTuple):
    """What holds for a register, the words that mean something to it, and what its configuration says."""

    settled: Settled
    words: Words
    asked: Asked
    said: Configuration


class Configured:
    """The configurations that a run meets, each read once."""

    def __init__(self, asked: Asked, trusted: Trusted | None = None) -> None:
        self.asked = asked
        self.trusted = trusted
        self._read: dict[Path | None, Read | None] = {}
        self._registers: dict[Path, Register] = {}
        self._libraries: dict[tuple[str, ...], Words] = {}
        self._odd: list[Diagnostic] = []

    def notices(self, folder: Path, roots: list[Path]) -> list[Path] | None:
        """The pages and sheets below a folder that the configurations of these registers name; None where none do."""
        found: set[Path] = set()
        configured = False
        for root in roots:
            read = self.read(root)
            named = {} if read is None else {"notices": read.values.notices, "sheets": read.values.sheets}
            for key, said in named.items():
                configured = configured or bool(said)
                found.update(file for file in self._named(root, key, said) if file.is_relative_to(folder))
        return sorted(found) if configured else None

    def _named(self, root: Path, key: str, patterns: tuple[Said[str], ...]) -> Iterator[Path]:
        """The files that patterns name as notices or as sheets."""
        if not patterns:
            return
        project = project_of(root)
        try:
            for file, path in files_of(root, [said.value for said in patterns]):
                named = next((said for said in patterns if matches(said.value, path)), None)
                if named is None or file.suffix == SUFFIX:
                    continue
                message, help = _unfit(file, path, key)
                if not _is_inside(file, project):
                    message, help = f"`{path}` leads out of the project or is no file, and is not read", ""
                if message:
                    self._odd.append(finding(f"unfit-{key[:-1]}", message, named.span, help))
                else:
                    yield file
        except TooManyFiles:
            message = f"there are more files than are looked through for {key}; some may not be judged"
            help = f"begin the patterns with the folders that the {key} are in"
            self._odd.append(finding("too-many", message, patterns[0].span, help))

    def read(self, root: Path | None) -> Read | None:
        """The configuration of a register: the one that was named on the command line, else its own."""
        key = None if self.asked.config else root
        if key not in self._read:
            try:
                base = self.trusted.base if self.trusted is not None else None
                if self.asked.config:
                    self._read[key] = of_file(Path(self.asked.config), names())
                elif base is not None:
                    self._read[key] = of_base(root, names(), base.read) if root else None
                else:
                    self._read[key] = of_register(root, names()) if root else None
            except Unusable as error:
                raise engine.WrongUse(str(error)) from None
        return self._read[key]

    def register(self, root: Path, marked: bool) -> Register:
        """What holds for the files in a folder; its configuration is looked for where it is marked."""
        if root not in self._registers:
            self._registers[root] = self._settled(root, self.read(root if marked else None))
        return self._registers[root]

    def _settled(self, root: Path, read: Read | None) -> Register:
        settings = chosen(read, said_in(self.asked), defaults_of(self.asked))
        found: list[Diagnostic] = []
        if read is not None and read.values.local_packs:
            folders, found = local_packs(read, (pack.name for pack in self.words(()).library.packs))
            own = tuple(one.value for one in folders)
            if self.trusted is not None:
                own = self.trusted.exported(own)
            origin = "configuration and command line" if self.asked.local_packs else "configuration"
            spans = tuple(one.span for one in folders)
            settings["local_packs"] = Setting((*own, *self.asked.local_packs), origin, spans)
        words = self.words(settings["local_packs"].value)
        holds = settled(read, root, settings, words, settings["as_of"].value, own=self.asked.config is None)
        if found:
            holds = attrs.evolve(holds, findings=(*holds.findings, *found))
        if holds.parameters and read is not None:
            words = self._with_parameters(words, holds, read)
        return Register(holds, words, asked_by(self.asked, holds.settings), read.values if read else Configuration())

    def _with_parameters(self, words: Words, holds: Settled, read: Read) -> Words:
        """The words of the library in which parameters have the values of a configuration."""
        given = []
        for one in holds.parameters:
            line = read.source.position(one.value.span.start)[0]
            place = f"{one.value.span.path}:{line}"
            given.append(Given(one.rule, one.parameter.value, one.kind, one.value.value, place))
        return Words(words.library.with_parameters(given))

    def words(self, packs: tuple[str, ...]) -> Words:
        """The words of the library with these local packs."""
        if packs not in self._libraries:
            self._libraries[packs] = Words(load_library(packs))
        return self._libraries[packs]

    def judged(
        self,
        planned: list[Plan],
        instead: Instead = (),
        clock: Clock | None = None,
        progress: Progress | None = None,
    ) -> tuple[Report, CheckOptions, tuple[Wants, ...]]:
        """Judge each register by what holds for it; the options of the first one, and what all want behind that."""
        groups: dict[Path, list[Plan]] = {}
        notes: list[str] = []
        for plan in planned:
            root = home_of(plan)
            base = root or (plan.root if disk.kind(plan.root) == "folder" else plan.root.parent)
            settled = self.register(base, root is not None).settled
            _without_rules(plan, settled)
            notes += self._without_excluded(plan, settled)
            groups.setdefault(base, []).append(plan)
        ready = [self._group(plans, self._registers[base], instead) for base, plans in groups.items()]
        if any(plan.shown for plan in planned) or not any(one.settled.exclude for one in self._registers.values()):
            report = engine.judge(ready, self.asked.paths or (".",), clock, progress)
        else:
            report = engine.nothing(ready)
        report = evolve(report, notes=(*report.notes, *notes))
        wants = tuple(_wanted(base, self._registers[base]) for base in groups)
        return self._with_own(applied(report, self._of)), ready[0].options, wants

    def _without_excluded(self, plan: Plan, settled: Settled) -> Iterator[str]:
        """Take out of a register what its configuration excludes; a line for each file that somebody has named."""
        out = {file: said for file in plan.files if (said := excluded_by(file, settled.root, settled.exclude))}
        plan.files = [file for file in plan.files if file not in out]
        plan.shown -= out.keys()
        for file in sorted(plan.named & out.keys()):
            line, column = self.position(out[file].span)
            yield f"{shown_path(file)} is left out: {out[file].span.path}:{line}:{column} excludes it"

    def _group(self, plans: list[Plan], register: Register, instead: Instead) -> engine.Group:
        packs = tuple(said.value for said in register.settled.packs)
        options = evolve(options_of(register.asked, self.trusted, instead), packs=packs)
        return engine.Group(tuple(plans), options, register.words.library)

    def _of(self, path: str) -> tuple[Settled, Words] | None:
        register = self._register_of(path)
        return (register.settled, register.words) if register else None

    def _register_of(self, path: str) -> Register | None:
        here = Path.cwd() / path
        return next((self._registers[base] for base in (here, *here.parents) if base in self._registers), None)

    def _with_own(self, report: Report) -> Report:
        """The report with what is wrong with the configurations."""
        found = dict.fromkeys(
            with_fingerprint(one, register_name(register.settled.root))
            for register in self._registers.values()
            for one in register.settled.findings
        )
        odd = (with_fingerprint(one, register_name(Path(one.span.path).parent)) for one in self._odd)
        found.update(dict.fromkeys(odd))
        if not found:
            return report
        files = {one.span.path for one in found}
        judged = evolve(
            report.judged,
            files=report.judged.files + len(files),
            files_with_findings=report.judged.files_with_findings + len(files),
        )
        return evolve(
            report,
            findings=tuple(order([*report.findings, *found])),
            judged=judged,
            sources={**report.sources, **self.sources()},
        )

    def sources(self) -> dict[str, Source]:
        """The texts of the configurations, by their paths."""
        known = [source for read in self._read.values() if read for source in (read.source, read.unused) if source]
        return {source.path: source for source in known}

    def position(self, span: Span) -> tuple[int, int]:
        """Line and column of a place in one of them."""
        return self.sources().get(span.path, Source(span.path, "")).position(span.start)


def _wanted(base: Path, register: Register) -> Wants:
    """What a register wants of the stages behind the engine."""
    holds, said = register.settled, register.said
    shown = (one.value if one is not None else "" for one in (said.format, said.fail_on, said.strictness))
    packs = tuple(holds["local_packs"])
    return Wants(str(base), holds["as_of"].isoformat(), holds["select"], holds["ignore"], packs, *shown)


def _unfit(file: Path, path: str, key: str) -> tuple[str, str]:
    """Why a file is none of those that a key of the configuration names, and what to do; empty where it is one."""
    if is_sheet(file) == (key == "sheets") or reader_of(file, of_plugins().readers) is not None:
        return "", ""
    if key == "sheets":
        return f"`{path}` is no sheet, and is not read as one", f"sheets end in {', '.join(SHEETS)}"
    return f"`{path}` is a sheet, and is not read as a notice", "a record that is kept as a sheet is named by `sheets`"


def _is_inside(file: Path, project: Path) -> bool:
    try:
        return disk.is_file(file) and Path(disk.real(file)).is_relative_to(project)
    except OSError:
        return False


def _without_rules(plan: Plan, settled: Settled) -> None:
    """Take the rules of local packs out of a register: they judge it, and are no records of it."""
    folders = [Path(disk.real(folder)) for folder in settled["local_packs"]]
    if not folders:
        return
    rules = {file for file in plan.files if any(file.is_relative_to(folder) for folder in folders)}
    plan.files = [file for file in plan.files if file not in rules]
    plan.shown -= rules


def said_in(asked: Asked) -> dict[str, Any]:
    """What the command line says of what a configuration could say too."""
    found = {}
    for name, option in OPTIONS.items():
        value = getattr(asked, option)
        default = Asked._field_defaults.get(option)
        if isinstance(value, Today | Unsaid) or value == () or (value == default and not isinstance(default, Unsaid)):
            continue
        found[name] = listed(value) if name in ("select", "ignore") else value
    return found


def defaults_of(asked: Asked) -> dict[str, Any]:
    """What holds where nobody says anything."""
    defaults = {"as_of": asked.as_of, **Asked._field_defaults}
    return {name: defaults[option] for name, option in OPTIONS.items()}


def asked_by(asked: Asked, settings: Mapping[str, Setting]) -> Asked:
    """What was asked for, with what holds for a register."""
    known = {option: settings[name].value for name, option in OPTIONS.items() if option in Asked._fields}
    return asked._replace(**known)
