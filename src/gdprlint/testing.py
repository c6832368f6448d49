"""Runs the examples of rules: they are the documentation of a rule, and its tests.

Each `bad` must give exactly one finding of its rule and nothing else, each `good` none. Then every
`where`, every `expect` and every part of them is left out in turn: an example must notice. Names
in examples come from the `cast.gdpr` of the pack. Public: plugin authors call `check_pack`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.fixing.texts import edited
from gdprlint.judging.judge import in_force, judge_register
from gdprlint.language import tree
from gdprlint.language.printer import format_source
from gdprlint.language.reading import Parsed, read
from gdprlint.model.names import Names
from gdprlint.model.register import Register
from gdprlint.model.states import Extent
from gdprlint.model.things import Thing
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.cues import CueExample, additions_of, cues_of, examples_of
from gdprlint.readers import checks
from gdprlint.readers.record import outline, words_used
from gdprlint.readers.register import FileRead, Reading, settle
from gdprlint.registers import Plan
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library, Pack, load, pack_files, shown
from gdprlint.rules.rule import Rule
from gdprlint.text import Source, Span

TODAY = date(2026, 11, 21)  # the day whose law the packs were written for; an example may name another


@frozen
class Example:
    """One example of a rule: `kind` is bad or good, `besides` the codes that other rules may report on it."""

    rule: str
    kind: str
    block: tree.Block
    day: date
    extent: str
    besides: tuple[str, ...]
    source: Source

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


@frozen
class Failure:
    """What is wrong with a rule or one of its examples, and where."""

    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule} {self.message}"


def rule_cases(packs: Iterable[str] = (), library: Library | None = None) -> list[RuleCase]:
    """The declared rules of these packs (all, where none is named) with their examples, read from their sources."""
    library = library or load()
    names = set(packs)
    unknown = names - {pack.name for pack in library.packs}
    if unknown:
        raise ValueError(f"no rule pack is called `{min(unknown)}`")
    casts = {pack.name: cast_of(pack) for pack in library.packs}
    found: list[RuleCase] = []
    for pack in library.packs:
        if not names or pack.name in names:
            found.extend(_cases(pack, library, casts))
    return found


def cast_of(pack: Pack) -> tuple[Parsed, ...]:
    """The names for the examples of a pack."""
    return tuple(
        read(Source(shown(pack.name, path), content.decode("utf-8", "replace")))
        for path, content in pack_files(pack.folder)
        if path.rpartition("/")[2] == "cast.gdpr"
    )


def _cases(pack: Pack, library: Library, casts: dict[str, tuple[Parsed, ...]]) -> Iterator[RuleCase]:
    cast = casts[pack.name] or casts.get("core", ())
    for path, content in pack_files(pack.folder):
        source = Source(shown(pack.name, path), content.decode("utf-8", "replace"))
        parsed = read(source)
        local = cast or (
            Parsed(source, tree.File(tuple(i for i in parsed.tree.items if type(i) is tree.Declaration), ())),
        )
        topic = path.partition("/")[0] if "/" in path else ""
        for item in parsed.tree.items:
            if type(item) is tree.Rule:
                rule, faults = declared(item, source, library.vocabulary, pack.name, topic)
                heads = [head for head in item.heads if type(head) is tree.Head and head.kind == "example"]
                examples = tuple(example_of(item, head, source, rule) for head in heads)
                yield RuleCase(rule, item, source, examples, local, (*parsed.faults, *faults), pack.name, topic, path)


def example_of(node: tree.Rule | tree.Override, head: tree.Head, source: Source, rule: Rule | None) -> Example:
    """The example that a line of a rule gives."""
    kind, *options, block = head.values
    said: dict[str, Any] = dict(options)
    day = date.fromisoformat(said["on"]) if "on" in said else _day(rule)
    inside = said["in"].items[0].text if "in" in said else _extent(rule)
    besides = tuple(thing.text for thing in said["also"].items) if "also" in said else ()
    return Example(node.code.text, kind, block, day, inside, besides, source)


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
    reading = reading_of(example, cast, library)
    found = list(checks.check_tree(tree.File(example.block.lines, ()), example.source))
    outcome = judge_register(
        reading.register, in_force(rules, example.day), example.day, heard=frozenset({example.rule})
    )
    if outcome.problems:
        raise AssertionError(outcome.problems[0].message)
    low, high = example.block.start, example.block.end
    return found + [f for f in outcome.findings if f.span.path == example.source.path and low <= f.span.start <= high]


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
    reading.parsed[example.source.path] = FileRead(example.source, file, (), frozenset(words_used(file)))
    for number, part in enumerate(cast):
        known = outline(part, names)
        known.things = [thing for thing in known.things if names.things.setdefault(thing.name, thing) is thing]
        reading.files.append(known)
        reading.parsed[f"cast {number}"] = FileRead(part.source, part.tree, (), frozenset(words_used(part.tree)))
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


@frozen
class CueFile:
    """The cues of one file of a pack, with their sentences; `added` are those of others that it adds to."""

    source: Source
    cues: tuple[str, ...]
    examples: tuple[CueExample, ...]
    pack: str
    added: tuple[str, ...] = ()


def cue_files(packs: Iterable[str] = (), library: Library | None = None) -> list[CueFile]:
    """The files of these packs (all, where none is named) that declare cues, read from their sources."""
    library = library or load()
    names = set(packs)
    found: list[CueFile] = []
    for pack in library.packs:
        for path, content in pack_files(pack.folder) if not names or pack.name in names else ():
            if b"cue" not in content:
                continue
            source = Source(shown(pack.name, path), content.decode("utf-8", "replace"))
            parsed = read(source)
            listed = tuple(cue.name for cue in cues_of(parsed.tree, pack.name))
            added = tuple(cue.name for cue in additions_of(parsed.tree, pack.name))
            if listed or added:
                found.append(CueFile(source, listed, tuple(examples_of(parsed.tree)), pack.name, added))
    return found


def check_cues(file: CueFile, library: Library) -> list[Failure]:
    """What is wrong with the cues of one file."""
    from gdprlint.prose.trial import failures_of

    found = []
    owned = {cue.name: cue for cue in library.ear.cues}
    bare = set(file.added) - {example.cue for example in file.examples}
    for name in sorted(bare):
        found.append(
            Failure(name, file.source.path, "is added to, and no sentence under `accepts` or `rejects` shows it")
        )
    known = tuple(example for example in file.examples if example.cue in owned)
    for failure in failures_of(file.cues, known, library.ear):
        line, column = file.source.position(failure.start)
        found.append(Failure(failure.cue, f"{file.source.path}:{line}:{column}", failure.message))
    return found


def check_case(case: RuleCase, library: Library) -> list[Failure]:
    """What is wrong with the examples of one rule; conditions that no example notices among it."""
    code = case.node.code.text
    if case.faults or case.rule is None:
        return [
            Failure(code, _where(case, fault.span), fault.message + (f" ({fault.help})" if fault.help else ""))
            for fault in case.faults
        ]
    failures = []
    stem = Path(case.file).stem
    if stem != case.node.name.text and len(case.source.text) and case.topic:
        failures.append(
            Failure(code, case.source.path, f"is called `{case.node.name.text}` and stands in `{stem}.gdpr`")
        )
    for kind in ("bad", "good"):
        if not any(example.kind == kind for example in case.examples):
            failures.append(Failure(code, case.source.path, f"has no `{kind}` example"))
    for example in case.examples:
        try:
            found = judged(example, [case.rule], case.cast, library)
        except AssertionError as error:
            failures.append(Failure(code, f"{case.source.path}:{example.line}", str(error)))
            continue
        wrong = complaint(example, found, code)
        if wrong:
            failures.append(Failure(code, f"{case.source.path}:{example.line}", wrong))
    if not failures:
        failures.extend(_unmended(case, library))
        failures.extend(_unnoticed(case, library))
    return failures


def _unmended(case: RuleCase, library: Library) -> Iterator[Failure]:
    """Apply the fixes of the rule to each `bad` that has any: it must be clean then, and in canonical form."""
    if case.rule is None or not any(type(head) is tree.Head and head.kind == "fix" for head in case.node.heads):
        return
    mended = 0
    for number, example in enumerate(case.examples):
        edits = [e for f in judged(example, [case.rule], case.cast, library) for fix in f.fixes[:1] for e in fix.edits]
        if example.kind == "bad" and edits:
            mended += 1
            where = f"{case.source.path}:{example.line}"
            complaint = _after_fix(case, number, edited(case.source.text, edits), library)
            if complaint:
                yield Failure(case.rule.code, where, complaint)
    if not mended:
        yield Failure(case.rule.code, case.source.path, "no `bad` example can be mended by its `fix`")


def _after_fix(case: RuleCase, number: int, text: str, library: Library) -> str:
    """What is wrong with an example after the fix, the text being that of its whole file."""
    assert case.rule is not None
    source = Source(case.source.path, text)
    node = next(
        item for item in read(source).tree.items if type(item) is tree.Rule and item.code.text == case.node.code.text
    )
    heads = [head for head in node.heads if type(head) is tree.Head and head.kind == "example"]
    example = example_of(node, heads[number], source, case.rule)
    left = judged(example, [case.rule], case.cast, library)
    if left:
        return f"the `fix` leaves {left[0].code}: {left[0].message}"
    if format_source(source)[0] != text and format_source(case.source)[0] == case.source.text:
        return "what the `fix` writes is not in canonical form"
    return ""


def _where(case: RuleCase, span: Span) -> str:
    line, column = case.source.position(span.start)
    return f"{span.path}:{line}:{column}"


def complaint(example: Example, found: list[Diagnostic], code: str) -> str:
    """What is wrong with what an example gives; "" where nothing is."""
    own = [f for f in found if f.code == code]
    others = [f for f in found if f.code != code]
    if others:
        return f"`{example.kind}` example: {others[0].code} {others[0].message}" + (
            f" ({others[0].help})" if others[0].help else ""
        )
    if example.kind == "bad" and len(own) != 1:
        said = "; ".join(f.message for f in own)
        return f"`bad` example gives {len(own)} findings, not one" + (f": {said}" if said else "")
    if example.kind == "good" and own:
        return f"`good` example is reported: {own[0].message}"
    if own and ("  " in own[0].message or "{" in own[0].message):
        return f"the message has a hole: {own[0].message}"
    return ""


def _unnoticed(case: RuleCase, library: Library) -> Iterator[Failure]:
    """Leave out each condition in turn; one that no example misses is not tested."""
    for what, node in mutants(case.node):
        rule, _ = declared(node, case.source, library.vocabulary, case.pack, case.topic)
        if rule is None:
            continue  # without it the rule cannot be made at all: something is sure to notice
        if not any(complaint(e, _judged_quietly(e, rule, case, library), rule.code) for e in case.examples):
            yield Failure(rule.code, case.source.path, f"no example notices when {what} is left out")


def _judged_quietly(example: Example, rule: Rule, case: RuleCase, library: Library) -> list[Diagnostic]:
    try:
        return judged(example, [rule], case.cast, library)
    except AssertionError:
        return [Diagnostic("broken", "broken", Severity.ERROR, "broke", Span("", 0, 0))]


def mutants(node: tree.Rule) -> Iterator[tuple[str, tree.Rule]]:
    """The rule with one condition less: each `where`, each `expect`, each part of an `and` or `or`."""
    for number, head in enumerate(node.heads):
        if type(head) is not tree.Head or head.kind not in ("where", "expect"):
            continue
        rest = node.heads[:number] + node.heads[number + 1 :]
        if any(type(h) is tree.Head and h.kind in ("where", "expect") for h in rest):
            yield f"`{head.kind}` (number {number + 1})", node._replace(heads=rest)
        for what, expression in _lesser(head.values[0]):
            changed = head._replace(values=(expression,))
            yield (
                f"{what} of `{head.kind}`",
                node._replace(heads=(*node.heads[:number], changed, *node.heads[number + 1 :])),
            )


def _lesser(expression: Any) -> Iterator[tuple[str, Any]]:
    if type(expression) is not tree.Expression:
        return
    if expression.kind in ("all", "any"):
        word = "and" if expression.kind == "all" else "or"
        for number in range(len(expression.values)):
            rest = expression.values[:number] + expression.values[number + 1 :]
            yield f"part {number + 1} of an `{word}`", rest[0] if len(rest) == 1 else expression._replace(values=rest)
    if expression.kind == "implies":
        yield "the condition of `implies`", expression.values[1]
    for number, part in enumerate(expression.values):
        for what, lesser in _lesser(part):
            yield (
                what,
                expression._replace(values=(*expression.values[:number], lesser, *expression.values[number + 1 :])),
            )


def check_pack(name: str) -> list[str]:
    """What is wrong with the rules of a pack, a line each; empty where all is well."""
    from gdprlint.overriding import check_override, override_cases

    library = load()
    failures = [str(failure) for case in rule_cases([name], library) for failure in check_case(case, library)]
    overrides = override_cases([name], library)
    return [
        *failures,
        *(str(failure) for case in overrides for failure in check_override(case, library)),
        *(f"{fault.span.path}: {fault.message}" for fault in library.faults if fault.span.path.startswith(name + "/")),
    ]


def goods_by_all(library: Library, cases: Iterable[RuleCase] | None = None) -> Iterator[Failure]:
    """Every `good` judged by all packs: an error that the example does not list is a failure.

    Rules in preview are left out, as in an ordinary run.
    """
    rules = [rule for rule in library.rules if rule.stage != "preview"]
    for case in cases if cases is not None else rule_cases((), library):
        for example in case.examples:
            if example.kind == "good":
                for found in judged(example, rules, case.cast, library):
                    if found.severity is Severity.ERROR and found.code not in example.besides:
                        yield Failure(
                            case.node.code.text,
                            f"{case.source.path}:{example.line}",
                            f"`good` gives {found.code}: {found.message}",
                        )


__all__ = [
    "Example",
    "Failure",
    "RuleCase",
    "check_case",
    "check_pack",
    "goods_by_all",
    "judged",
    "mutants",
    "rule_cases",
]
