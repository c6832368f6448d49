"""The examples of declared rules, read from their files, and what rules find in one of them.

An example is judged as a small register of its own, with the cast of its pack in it. What an example must show is for
`checks` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from gdprlint.diagnostics import Diagnostic
from gdprlint.judging.judge import in_force, judge_register
from gdprlint.language import tree
from gdprlint.language.reading import Parsed, read
from gdprlint.model.names import Names
from gdprlint.model.register import Register
from gdprlint.model.states import Extent
from gdprlint.model.things import Thing
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers import checks
from gdprlint.readers.record import outline
from gdprlint.readers.register import FileRead, Reading, settle
from gdprlint.readers.used import used_in
from gdprlint.registers import Plan
from gdprlint.rules.declared import declared
from gdprlint.rules.packfiles import pack_files, shown, source_of
from gdprlint.rules.packs import Library, Pack, load
from gdprlint.rules.rule import Rule
from gdprlint.text import Source, Span

TODAY = date(2026, 11, 21)  # the day whose law the packs were written for; an example may name another
MOST_KEPT = 32  # registers of examples, more than a rule has
_KEPT: dict[int, tuple[tuple[Example, tuple[Parsed, ...], Vocabulary], Register]] = {}


@frozen
class Example:
    """One example of a rule: `kind` is bad or good, `besides` the codes that other rules may report on it.

    `start` is where its head begins, `number` counts the examples of its kind in the rule.
    """

    rule: str
    kind: str
    block: tree.Block
    day: date
    extent: str
    besides: tuple[str, ...]
    source: Source
    start: int = 0
    number: int = 0

    @property
    def title(self) -> str:
        """What tells it from the others of its rule: `bad 1`."""
        return f"{self.kind} {self.number}"

    @property
    def head(self) -> Span:
        """The word that it begins with."""
        return Span(self.source.path, self.start, self.start + len(self.kind))

    @property
    def text(self) -> str:
        """The example as it is written, without the braces around it."""
        lines = self.source.text[self.block.start + 1 : self.block.end - 1].strip("\n").split("\n")
        indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
        first = lines[0].strip() if lines else ""
        if len(lines) == 1:
            return first
        cut = min(indents or [0]) if not first else min([len(lines[0]) - len(lines[0].lstrip()), *indents])
        return "\n".join(line[cut:].rstrip() for line in lines).strip()

    @property
    def line(self) -> int:
        return self.source.position(self.block.start)[0]


@frozen
class RuleCase:
    """A declared rule with its tree, its examples and the cast of its pack."""

    rule: Rule | None
    node: tree.Rule
    source: Source
    examples: tuple[Example, ...]
    cast: tuple[Parsed, ...]
    faults: tuple[Diagnostic, ...] = ()
    pack: str = ""
    topic: str = ""
    file: str = ""


def rule_cases(packs: Iterable[str] = (), library: Library | None = None) -> list[RuleCase]:
    """The declared rules of these packs (all, where none is named) with their examples, read from their sources."""
    library = library or load()
    names = set(packs)
    unknown = names - {pack.name for pack in library.packs}
    if unknown:
        raise ValueError(f"no rule pack is called `{min(unknown)}`")
    casts = {pack.name: own_cast(pack) for pack in library.packs}
    found: list[RuleCase] = []
    for pack in library.packs:
        if not names or pack.name in names:
            found.extend(_cases(pack, library, casts))
    return found


def own_cast(pack: Pack) -> tuple[Parsed, ...]:
    """The cast that stands in the pack itself."""
    return tuple(
        parsed_file(pack.name, path, content)
        for path, content in pack_files(pack.folder)
        if path.rpartition("/")[2] == "cast.gdpr"
    )


def _cases(pack: Pack, library: Library, casts: dict[str, tuple[Parsed, ...]]) -> Iterator[RuleCase]:
    cast = casts[pack.name] or casts.get("core", ())
    for path, content in pack_files(pack.folder):
        yield from cases_in(parsed_file(pack.name, path, content), path, pack.name, library, cast)


def cast_of(pack: Pack, library: Library) -> tuple[Parsed, ...]:
    """The cast that examples of a pack may name: its own, else that of the core pack."""
    core = next((other for other in library.packs if other.name == "core"), pack)
    return own_cast(pack) or own_cast(core)


def parsed_file(pack: str, path: str, content: bytes) -> Parsed:
    return read(source_of(shown(pack, path), content))


def cases_in(parsed: Parsed, path: str, pack: str, library: Library, cast: tuple[Parsed, ...]) -> Iterator[RuleCase]:
    """The rules of one file, which stands at this path below the folder of its pack."""
    source = parsed.source
    own = tree.File(tuple(item for item in parsed.tree.items if type(item) is tree.Declaration), ())
    local = cast or (Parsed(source, own),)
    topic = path.partition("/")[0] if "/" in path else ""
    for item in parsed.tree.items:
        if type(item) is tree.Rule:
            rule, faults = declared(item, source, library.vocabulary, pack, topic)
            wrong = (*parsed.faults, *faults, *_faults_of_examples(item, source))
            examples = () if wrong else tuple(examples_of(item, source, rule))
            yield RuleCase(rule, item, source, examples, local, wrong, pack, topic, path)


def _faults_of_examples(node: tree.Rule, source: Source) -> Iterator[Diagnostic]:
    """Days that the calendar does not have, and extents that there are not."""
    for head in node.heads:
        if type(head) is tree.Head and head.kind == "example":
            said: dict[str, Any] = dict(head.values[1:-1])
            span = Span(source.path, head.start, head.values[-1].start)
            try:
                date.fromisoformat(said.get("on", "2026-11-21"))
            except ValueError:
                yield checks.syntax("bad-date", f"`{said['on']}` is no day of the calendar", span)
            extents = [extent.value for extent in Extent]
            if "in" in said and said["in"].items[0].text not in extents:
                near = ", ".join(f"`{extent}`" for extent in extents)
                yield checks.syntax("unknown-word", "an example stands in no such text", span, help=f"one of {near}")


def examples_of(node: tree.Rule | tree.Override, source: Source, rule: Rule | None) -> Iterator[Example]:
    """The examples of a rule, or of what a pack makes of one, in their order."""
    count = {"bad": 0, "good": 0}
    for head in node.heads:
        if type(head) is tree.Head and head.kind == "example":
            count[head.values[0]] += 1
            yield _example(node, head, source, rule, count[head.values[0]])


def _example(
    node: tree.Rule | tree.Override, head: tree.Head, source: Source, rule: Rule | None, number: int
) -> Example:
    kind, *options, block = head.values
    said: dict[str, Any] = dict(options)
    day = date.fromisoformat(said["on"]) if "on" in said else _day(rule)
    inside = said["in"].items[0].text if "in" in said else _extent(rule)
    besides = tuple(thing.text for thing in said["also"].items) if "also" in said else ()
    return Example(node.code.text, kind, block, day, inside, besides, source, head.start, number)


def _day(rule: Rule | None) -> date:
    """A day on which the rule is in force: today's law, else the last day of its last window."""
    if rule is None or rule.window(TODAY) is not None:
        return TODAY
    last = rule.windows[-1]
    return last.until or last.since or TODAY


def _extent(rule: Rule | None) -> str:
    """Where an example stands that does not say it: the first extent in which the silence counts, else a record."""
    if rule is None:
        return "art30-1"
    for extent in ("art30-1", "notice", "art30-2"):
        if extent in rule.silence and Extent(extent).document in rule.judges:
            return extent
    return "art30-1" if "record" in rule.judges else "notice"


# ---- judging an example


def judged(example: Example, rules: Iterable[Rule], cast: tuple[Parsed, ...], library: Library) -> list[Diagnostic]:
    """All findings of these rules, and of the reader, in an example.

    An example is an excerpt to every rule but its own: what it does not say, it has no room for.
    """
    register = register_of(example, cast, library)
    found = list(checks.check_tree(tree.File(example.block.lines, ()), example.source))
    outcome = judge_register(register, in_force(rules, example.day), example.day, heard=frozenset({example.rule}))
    if outcome.problems:
        raise AssertionError(outcome.problems[0].message)
    low, high = example.block.start, example.block.end
    return found + [f for f in outcome.findings if f.span.path == example.source.path and low <= f.span.start <= high]


def register_of(example: Example, cast: tuple[Parsed, ...], library: Library) -> Register:
    """The register that an example is judged as, kept while its rule is tried with one condition less, and another."""
    asked = (example, cast, library.vocabulary)
    known = _KEPT.get(id(example))
    if known is not None and all(one is two for one, two in zip(known[0], asked, strict=True)):
        return known[1]
    if len(_KEPT) >= MOST_KEPT:
        _KEPT.clear()
    register = reading_of(example, cast, library).register
    _KEPT[id(example)] = asked, register
    return register


def reading_of(example: Example, cast: tuple[Parsed, ...], library: Library) -> Reading:
    """The register that an example is judged as, the cast of its pack in it."""
    names = Names(library.vocabulary)
    reading = Reading(Plan(Path("example"), "example"), Register("example", names))
    file = tree.File(example.block.lines, ())
    parsed = Parsed(example.source, file)
    model = outline(parsed, names)
    for thing in model.things:
        names.things[thing.name] = thing
    reading.files.append(model)
    reading.parsed[example.source.path] = FileRead(example.source, file, (), used_in(file))
    for number, part in enumerate(cast):
        known = outline(part, names)
        known.things = [thing for thing in known.things if names.things.setdefault(thing.name, thing) is thing]
        reading.files.append(known)
        reading.parsed[f"cast {number}"] = FileRead(part.source, part.tree, (), used_in(part.tree))
    if model.document is None:
        model.document = _header(example)
        for thing in model.things:
            thing.document = model.document
    for known in reading.files[1:]:
        for thing in known.things:
            thing.document = model.document
    settle(reading)
    reading.register.default = model.document
    reading.register.used = reading.register.used | {thing.name for part in reading.files[1:] for thing in part.things}
    return reading


def _header(example: Example) -> Thing:
    """The record or notice that an example without a header stands in."""
    extent = Extent(example.extent)
    parsed = read(Source("header", {
        Extent.CONTROLLER_RECORD: "record example-record under uk-gdpr 30(1) on 2026-11-01\n",
        Extent.PROCESSOR_RECORD: "record example-record under uk-gdpr 30(2) on 2026-11-01\n",
        Extent.NOTICE: 'notice example-notice "example" on 2026-11-01\n',
        Extent.EXCERPT: 'notice example-notice "example" {\n  excerpt of "a longer notice"\n}\n',
    }[extent]))  # fmt: skip
    return outline(parsed, Names(Vocabulary(()))).things[0]
