"""From the files of a register to its model: names are declared once and looked up nowhere else.

Files are read by themselves first, in two processes where that pays; what needs the names of the whole
register comes after. This module knows the language and the model, and nothing of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic
from gdprlint.language import tree
from gdprlint.language.reading import Parsed, read
from gdprlint.model.names import Names
from gdprlint.model.register import Register
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.parallel import called, processes, shares
from gdprlint.readers import checks
from gdprlint.readers.margins import notice_paths, texts
from gdprlint.readers.record import FileModel, outline, settle_tails
from gdprlint.readers.sent import packed, unpacked
from gdprlint.readers.told import Joined, Tell, join
from gdprlint.readers.used import Used, used_in
from gdprlint.registers import NOTHING, Loaded, Plan, decoded, load, project_of, shown_path
from gdprlint.text import Source, Span
from gdprlint.values import define, field

PARALLEL_BYTES = 200_000  # below this, a second process costs more than it saves
SENDING = 0.13  # of the time of reading a file goes again into handing it over, beyond what is done here meanwhile


class FileRead(NamedTuple):
    """A file as read by itself: its tree, what its sentences say that no verb takes, and what words it uses."""

    source: Source
    tree: tree.File
    findings: tuple[Diagnostic, ...]
    used: Used


@define(eq=False)
class Reading:
    """A register as it was read."""

    plan: Plan
    register: Register
    files: list[FileModel] = field(factory=list)
    parsed: dict[str, FileRead] = field(factory=dict)
    findings: list[Diagnostic] = field(factory=list)
    joined: list[Joined] = field(factory=list)


def read_file(source: Source) -> FileRead:
    """Read one file by itself; what needs the names of its register comes later."""
    parsed = read(source)
    findings = (*parsed.faults, *checks.check_tree(parsed.tree, source))
    return FileRead(source, parsed.tree, findings, used_in(parsed.tree))


def read_loaded(item: Loaded) -> FileRead:
    """The same of a file of which more is known than its text says."""
    assert item.source is not None
    file = read_file(item.source)
    return file._replace(tree=_with_unread(file.tree, item.unread)) if item.unread else file


def _with_unread(tree_of: tree.File, unread: tuple[tuple[str, str], ...]) -> tree.File:
    """The tree with lines that could not be read in these blocks."""
    verbs: dict[str, list[str]] = {}
    for name, verb in unread:
        verbs.setdefault(name, []).append(verb)
    items = []
    for item in tree_of.items:
        if isinstance(item, tree.Declaration) and item.name.text in verbs:
            lost = (tree.Unread("", verb, item.end, item.end) for verb in verbs[item.name.text])
            item = item._replace(lines=(*(item.lines or ()), *lost))
        items.append(item)
    return tree_of._replace(items=tuple(items))


@define(eq=False)
class Begun:
    """A register of which some files have been outlined already, by their paths, while others were still being read."""

    names: Names
    outlines: dict[str, FileModel] = field(factory=dict)

    def outline(self, file: FileRead) -> FileModel:
        """The outline of a file of the register."""
        known = self.outlines.pop(file.source.path, None)
        return known if known is not None else outline(Parsed(file.source, file.tree), self.names)


def read_files(
    files: list[Loaded], jobs: int, meanwhile: Callable[[FileRead], None] | None = None
) -> dict[str, FileRead]:
    """The files as read by themselves.

    `meanwhile` is called of each file that this process reads while another one reads too.
    """
    texts = [(item, len(item.source.text)) for item in files if item.source is not None]
    items = [item for item, _ in texts]
    sizes = [size for _, size in texts]
    count = processes(jobs)
    if count < 2 or len(items) < 2 or sum(sizes) < PARALLEL_BYTES:
        return {item.path: read_loaded(item) for item in items}
    *others, here = shares(items, sizes, count, SENDING)

    def read_here() -> list[FileRead]:
        found = []
        for item in here:
            file = read_loaded(item)
            found.append(file)
            if meanwhile is not None:
                meanwhile(file)
        return found

    sent = [partial(_sent, part) for part in others]
    *received, own = called([*sent, read_here])
    found = [
        FileRead(item.source, unpacked(content), *rest)
        for part, results in zip(others, received, strict=True)
        for item, (content, *rest) in zip(part, results, strict=True)
        if item.source is not None
    ]
    return {file.source.path: file for file in (*found, *own)}


def _sent(items: Sequence[Loaded]) -> list[tuple[bytes, tuple[Diagnostic, ...], Used]]:
    """What has been read, as it is sent, without the text that the other process has already."""
    return [(packed(file.tree), file.findings, file.used) for file in map(read_loaded, items)]


def read_register(
    plan: Plan,
    loaded: dict[Path, Loaded],
    parsed: dict[str, FileRead],
    vocabulary: Vocabulary,
    max_bytes: int = 8_000_000,
    tell: Tell | None = None,
    base: Callable[[Path], bytes | None] | None = None,
    instead: Mapping[Path, bytes] = NOTHING,
    begun: Begun | None = None,
) -> Reading:
    """The model of a register: its names are declared once and looked up nowhere else.

    Where `tell` is given, what the pages of its notices say is read too. Where `base` is, it tells how files stand in a
    revision that is trusted: those that are used and not judged are taken from there.
    `instead` are texts that stand in for files, `begun` what there is of it already.
    """
    begun = begun or Begun(Names(vocabulary))
    names = begun.names
    reading = Reading(plan, Register(plan.name, names))
    for path in plan.files:
        item = loaded[path]
        reading.findings.extend(item.diagnostics)
        if item.path in parsed:
            _take(reading, parsed[item.path], begun)
    _follow_uses(reading, begun, max_bytes, base, instead)
    settle(reading)
    register = reading.register
    project = project_of(plan.root)
    paths, problems = notice_paths(register.things, project, instead)
    reading.findings.extend(problems)
    register.notices = texts(paths, max_bytes, instead)
    if paths and tell is not None:
        reading.joined, problems = join(register, paths, tell, project)
        reading.findings.extend(problems)
    return reading


def _take(reading: Reading, file: FileRead, begun: Begun) -> FileModel:
    model = begun.outline(file)
    names = begun.names
    reading.files.append(model)
    reading.parsed[file.source.path] = file
    reading.findings.extend(file.findings)
    for thing in model.things:
        first = names.things.setdefault(thing.name, thing)
        if first is not thing and thing.kind != "term":
            reading.findings.append(checks.declared_twice(first, thing))
    return model


def settle(reading: Reading) -> None:
    """All names are known: resolve what the declarations themselves say."""
    register = reading.register
    register.things = [thing for model in reading.files for thing in model.things]
    headers = [model.document for model in reading.files if model.document is not None]
    register.default = headers[0] if len(headers) == 1 else None
    for thing in register.things:
        if thing.tails:
            settle_tails(thing, register.names)
    for model in reading.files:
        for key, things in model.about.items():
            register.about.setdefault(key, []).extend(dict.fromkeys(things))
    used = [file.used for file in reading.parsed.values()]
    register.used = frozenset().union(*(one.words for one in used))
    register.texts = frozenset().union(*(one.texts for one in used))


def _follow_uses(
    reading: Reading,
    begun: Begun,
    max_bytes: int,
    base: Callable[[Path], bytes | None] | None = None,
    instead: Mapping[Path, bytes] = NOTHING,
) -> None:
    """Take in the files that `use` names, each once, within the project only.

    What is wrong with a `use` in a file that is not part of the register is told at the `use` that brought it in.
    """
    if not any(thing.kind == "quote" for model in reading.files for thing in model.uses):
        return
    project = project_of(reading.plan.root)
    pending: list[tuple[FileModel, Path, Span | None]] = [
        (model, Path(disk.real(Path.cwd() / model.path)), None) for model in reading.files
    ]
    edges: dict[Path, list[tuple[Path, Span]]] = {path: [] for _, path, _ in pending}
    while pending:
        model, here, brought_in = pending.pop(0)
        for thing in model.uses:
            if thing.kind != "quote":
                continue
            span = brought_in or Span(model.path, thing.start, thing.end)
            target = Path(disk.real(here.parent / (thing.quote or "")))
            if not target.is_relative_to(project):
                reading.findings.append(
                    checks.syntax("use-outside", "the file lies outside the project and is not read", span)
                )
                continue
            edges[here].append((target, span))
            if target in edges:
                continue
            item = _opened(target, max_bytes, base, instead)
            if item is None:
                help = "a path counts from the file that uses it"
                if base is not None and disk.is_file(target):
                    help = "it does not stand in the revision that is trusted"
                reading.findings.append(checks.syntax("use-not-found", f'there is no file "{thing.quote}"', span, help))
            elif item.source is None:
                reading.findings.extend(found.evolve(span=span) for found in item.diagnostics)
            else:
                edges[target] = []
                pending.append((_take(reading, read_file(item.source), begun), target, span))
    reading.findings.extend(
        checks.syntax("cyclic-use", "this `use` comes back to a file that uses it", span, "take one of them out")
        for span in _cycles(edges)
    )


def _opened(
    path: Path, max_bytes: int, base: Callable[[Path], bytes | None] | None, instead: Mapping[Path, bytes]
) -> Loaded | None:
    """The file at a path, as it stands in the base where there is one; None where there is no such file."""
    if base is None:
        return load(path, max_bytes, instead) if path in instead or disk.is_file(path) else None
    content = base(path)
    return None if content is None else decoded(content, shown_path(path))


def _cycles(edges: dict[Path, list[tuple[Path, Span]]]) -> list[Span]:
    """The `use` that closes each circle, met by going from file to file in their order."""
    found: list[Span] = []
    done: set[Path] = set()
    for root in edges:
        path: list[tuple[Path, int]] = [(root, 0)] if root not in done else []
        on_path = {root}
        while path:
            here, number = path.pop()
            if number >= len(edges.get(here, ())):
                done.add(here)
                on_path.discard(here)
                continue
            path.append((here, number + 1))
            target, span = edges[here][number]
            if target in on_path:
                found.append(span)
            elif target not in done and target in edges:
                on_path.add(target)
                path.append((target, 0))
    return found
