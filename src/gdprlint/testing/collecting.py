"""The files of rule packs as pytest collects them: a rule file holds rules, a rule its examples and conditions.

An override holds the same of the rule that it changes, and a cue its sentences.

Which checks there are `checks` says; here they get names and places. Folders of a pack are walked as plain folders: no
`__init__.py` in them is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gdprlint.diagnostics import Diagnostic
from gdprlint.language import tree
from gdprlint.language.reading import Parsed
from gdprlint.options import WrongUse
from gdprlint.rules.packs import Library, Pack
from gdprlint.testing.checks import (
    CueFile,
    check_condition,
    check_cue,
    check_example,
    check_fix,
    check_reached,
    check_sentence,
    cues_in,
    faults_of,
    mended,
    unmended,
)
from gdprlint.testing.conditions import conditions
from gdprlint.testing.examples import RuleCase, cases_in, cast_of, parsed_file
from gdprlint.testing.failures import Failure, placed, told
from gdprlint.testing.folders import Tested, library_with
from gdprlint.testing.overriding import OverrideCase, check_changed, check_line, lines_of, overrides_in
from gdprlint.testing.plugin import INI
from gdprlint.text import Source

if TYPE_CHECKING:
    from os import PathLike

Check = Callable[[], Iterable[Failure | None]]
"""What a test does: whatever it gives that is no None is wrong."""


class Packs:
    """The packs that a run of pytest asks for, as hooks of it.

    Packs that the configuration names are tested where no file or folder is named on the command line, or theirs is;
    those of `--gdprlint-pack` always. Nothing is read before a file of theirs is collected.
    """

    def __init__(self, config: pytest.Config, folders: dict[Path, str]) -> None:
        self.config = config
        self.folders = folders
        self._tested: Tested | None = None
        self._casts: dict[str, tuple[Parsed, ...]] = {}

    @classmethod
    def asked_for(cls, config: pytest.Config) -> Packs:
        base = config.inipath.parent if config.inipath is not None else config.rootpath
        named = [(base, word) for word in config.getini(INI)]
        given = [(config.invocation_params.dir, word) for word in config.getoption("gdprlint_pack")]
        try:
            configured, wanted = _folders(named), _folders(given)
        except WrongUse as error:
            raise pytest.UsageError(f"gdprlint: {error}") from None
        everything = config.args_source is not pytest.Config.ArgsSource.ARGS
        _add_arguments(config, [*(configured if everything else ()), *wanted])
        return cls(config, {**configured, **wanted})

    def folder_of(self, path: Path) -> Path | None:
        """The folder of the pack that a path lies in, or is."""
        return next((folder for folder in self.folders if path == folder or folder in path.parents), None)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        if self.folder_of(path) is None:
            return None
        folder: pytest.Collector = pytest.Dir.from_parent(parent, path=path)
        return folder

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        folder = self.folder_of(file_path) if file_path.suffix == ".gdpr" else None
        if folder is None:
            return None
        inside = file_path.relative_to(folder) if folder != file_path else Path(file_path.name)
        if any(part.startswith((".", "_")) for part in inside.parts):
            return None
        file: PackFile = PackFile.from_parent(parent, path=file_path)
        file.packs, file.folder, file.inside = self, folder, inside.as_posix()
        return file

    @property
    def library(self) -> Library:
        return self.tested.library

    @property
    def tested(self) -> Tested:
        if self._tested is None:
            self._tested = library_with([self.folders[folder] for folder in self.folders])
        return self._tested

    def pack(self, folder: Path) -> Pack:
        """The pack whose folder this is."""
        return next(pack for pack in self.tested.packs if Path(pack.folder).resolve() == folder)

    def cast(self, pack: Pack) -> tuple[Parsed, ...]:
        if pack.name not in self._casts:
            self._casts[pack.name] = cast_of(pack, self.library)
        return self._casts[pack.name]


def _folders(words: Iterable[tuple[Path, str]]) -> dict[Path, str]:
    """The folder of each pack, with the word that brings it in; a path that exists is no name."""
    found: dict[Path, str] = {}
    for base, word in words:
        path = (base / word).resolve()
        if path.exists():
            found[path] = str(path)
        else:
            (pack,) = library_with([word]).packs
            found[Path(pack.folder).resolve()] = word
    return found


def _add_arguments(config: pytest.Config, folders: Iterable[Path]) -> None:
    """Have these folders collected too, where none of the arguments holds them already."""
    here = config.invocation_params.dir
    known = [(here / argument.partition("::")[0]).resolve() for argument in config.args]
    for folder in folders:
        if not any(folder == path or path in folder.parents for path in known):
            config.args.append(str(folder))


class PackFile(pytest.File):
    """A `.gdpr` file of a pack: its rules, overrides and cues; where it has none, that it can be read."""

    packs: Packs
    folder: Path
    inside: str

    def collect(self) -> Iterator[pytest.Collector | pytest.Item]:
        pack = self.packs.pack(self.folder)
        parsed = parsed_file(pack.name, self.inside, self.path.read_bytes())
        cases = list(cases_in(parsed, self.inside, pack.name, self.packs.library, self.packs.cast(pack)))
        for case in cases:
            yield RuleTests.of(self, case)
        path = parsed.source.path
        known = {(fault.span, fault.message) for case in cases for fault in case.faults}
        faults = [f for f in self.packs.library.faults if f.span.path == path and (f.span, f.message) not in known]
        overrides = list(overrides_in(parsed, pack, self.packs.library))
        for node, changed in overrides:
            own = [fault for fault in faults if node.start <= fault.span.start < node.end]
            faults = [fault for fault in faults if fault not in own]
            yield OverrideTests.of(self, parsed.source, node, changed, own)
        cues = cues_in(parsed, pack.name)
        if cues is not None:
            for name in dict.fromkeys((*cues.cues, *cues.added)):
                yield CueTests.of(self, cues, name)
        if faults or not (cases or overrides):
            told_of = partial(_placed, parsed.source, faults)
            yield Test.of(self, "can be read", parsed.source, faults[0].span.start if faults else 0, told_of)


def _placed(source: Source, faults: list[Diagnostic]) -> list[Failure]:
    return [placed("", source, fault) for fault in faults]


class Named(pytest.Collector):
    """What stands in a file under a name of its own."""

    def named(self, tests: Iterable[tuple[str, Source, int, Check]]) -> Iterator[Test]:
        """The tests; of those that share a name all but the first get a number."""
        count: dict[str, int] = {}
        for name, source, start, check in tests:
            count[name] = count.get(name, 0) + 1
            yield Test.of(self, name if count[name] == 1 else f"{name} ({count[name]})", source, start, check)


class RuleTests(Named):
    """A rule: what it is, its examples, its fixes and its conditions."""

    case: RuleCase

    @classmethod
    def of(cls, parent: PackFile, case: RuleCase) -> RuleTests:
        made: RuleTests = cls.from_parent(parent, name=case.node.code.text)
        made.case = case
        return made

    def collect(self) -> Iterator[pytest.Item]:
        return self.named(self._tests())

    def _tests(self) -> Iterator[tuple[str, Source, int, Check]]:
        case, library = self.case, _file_of(self).packs.library
        source = case.source
        yield "rule", source, case.node.start, partial(faults_of, case)
        if case.faults or case.rule is None:
            return
        for example in case.examples:
            yield example.title, source, example.start, _one(partial(check_example, case, example, library))
        tried = mended(case)
        for example in tried:
            fix = partial(check_fix, case, example, library)
            yield f"fix of {example.title}", source, example.start, _one(fix)
        if tried:
            yield "fix", source, case.node.start, partial(unmended, case, library)
        for condition in conditions(case.node):
            missed = partial(check_condition, case, condition, library)
            yield condition.title, source, condition.start, _one(missed)
        yield "every condition is asked", source, case.node.start, partial(check_reached, case, library)


class OverrideTests(Named):
    """An override: that it holds, its examples, and its conditions and parameters."""

    source: Source
    node: tree.Override
    case: OverrideCase | None
    faults: list[Diagnostic]

    @classmethod
    def of(
        cls, parent: PackFile, source: Source, node: tree.Override, case: OverrideCase | None, faults: list[Diagnostic]
    ) -> OverrideTests:
        made: OverrideTests = cls.from_parent(parent, name=f"override {node.code.text}")
        made.source, made.node, made.case, made.faults = source, node, case, faults
        return made

    def collect(self) -> Iterator[pytest.Item]:
        return self.named(self._tests())

    def _tests(self) -> Iterator[tuple[str, Source, int, Check]]:
        source, case, library = self.source, self.case, _file_of(self).packs.library
        yield "holds", source, self.node.start, partial(_placed, source, self.faults)
        if case is None or self.faults:
            return
        for example in case.examples:
            yield example.title, source, example.start, _one(partial(check_changed, case, example, library))
        for line in lines_of(case.node):
            yield line.title, source, line.start, _one(partial(check_line, case, line, library))


class CueTests(Named):
    """A cue, or what a file adds to one: its sentences, and that they are enough."""

    file: CueFile

    @classmethod
    def of(cls, parent: PackFile, file: CueFile, name: str) -> CueTests:
        made: CueTests = cls.from_parent(parent, name=name)
        made.file = file
        return made

    def collect(self) -> Iterator[pytest.Item]:
        return self.named(self._tests())

    def _tests(self) -> Iterator[tuple[str, Source, int, Check]]:
        file, library = self.file, _file_of(self).packs.library
        own = [example for example in file.examples if example.cue == self.name]
        start = own[0].start if own else 0
        yield "enough sentences", file.source, start, partial(check_cue, file, self.name)
        if all(cue.name != self.name for cue in library.ear.cues):
            return  # it adds to a cue that there is not, which is told of the file
        count = {True: 0, False: 0}
        for example in own:
            count[example.accepts] += 1
            name = f"{'accepts' if example.accepts else 'rejects'} {count[example.accepts]}"
            yield name, file.source, example.start, _one(partial(check_sentence, file, example, library))


def _one(check: Callable[[], Failure | None]) -> Check:
    return lambda: [check()]


def _file_of(node: pytest.Collector | pytest.Item) -> PackFile:
    file = node.getparent(PackFile)
    assert file is not None
    return file


class Failed(Exception):
    """A test failed; the failures say what is wrong."""

    def __init__(self, failures: list[Failure]) -> None:
        super().__init__("; ".join(map(str, failures)))
        self.failures = failures


class Test(pytest.Item):
    """One check of one rule, override or cue, or of the file itself."""

    __test__ = False  # the name is no invitation
    check: Check
    line: int

    @classmethod
    def of(cls, parent: pytest.Collector, name: str, source: Source, start: int, check: Check) -> Test:
        made: Test = cls.from_parent(parent, name=name)
        made.check = check
        made.line = source.position(start)[0] - 1
        return made

    def runtest(self) -> None:
        failures = [failure for failure in self.check() if failure is not None]
        if failures:
            raise Failed(failures)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if not isinstance(excinfo.value, Failed):
            return super().repr_failure(excinfo, style)
        path = _file_of(self).packs.tested.paths_from(self.config.invocation_params.dir)
        return "\n\n".join(told(failure, path=path) for failure in excinfo.value.failures)

    def reportinfo(self) -> tuple[PathLike[str] | str, int | None, str]:
        names = [node.name for node in self.listchain() if isinstance(node, Named | Test)]
        return self.path, self.line, "::".join(names)
