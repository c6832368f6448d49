"""Runs the examples of overrides.

An override may have examples as a rule has: they are judged by the rule as the override makes it. Each of its
conditions and parameters is left out in turn, and an example must notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from gdprlint.language import tree
from gdprlint.language.reading import Parsed, read
from gdprlint.rules.changes import Change, with_lines
from gdprlint.rules.declared import declared
from gdprlint.rules.packfiles import pack_files, shown, source_of
from gdprlint.rules.packs import Library, Pack
from gdprlint.rules.rule import Rule
from gdprlint.testing.checks import complaint
from gdprlint.testing.conditions import conditions
from gdprlint.testing.examples import Example, cast_of, examples_of, judged, own_cast
from gdprlint.testing.failures import Failure, failed
from gdprlint.text import Source, Span
from gdprlint.values import evolve

_LINES = ("severity", "parameter", "where")


@frozen
class OverrideCase:
    """An override with its examples, the rule that it changes, and that rule as it makes it."""

    node: tree.Override
    source: Source
    rule: Rule
    base: tree.Rule
    examples: tuple[Example, ...]
    cast: tuple[Parsed, ...]
    pack: str


@frozen
class Line:
    """Something of an override that can be left out; `title` is how a test of it is called."""

    what: str
    title: str
    start: int
    end: int
    without: tree.Override = field(repr=False)


def override_cases(packs: Iterable[str], library: Library) -> list[OverrideCase]:
    """The overrides of these packs (all, where none is named) that hold, read from their sources."""
    names = set(packs)
    found: list[OverrideCase] = []
    for pack in library.packs:
        if (not names or pack.name in names) and pack.data.get("overrides"):
            for path, content in pack_files(pack.folder):
                parsed = read(source_of(shown(pack.name, path), content))
                found.extend(case for _, case in overrides_in(parsed, pack, library) if case is not None)
    return found


def overrides_in(parsed: Parsed, pack: Pack, library: Library) -> Iterator[tuple[tree.Override, OverrideCase | None]]:
    """The overrides of one file; without a case those that do not hold, and those that nothing can be tried on."""
    for item in parsed.tree.items:
        if type(item) is tree.Override:
            change = next((one for one in library.changes if (one.pack, one.code) == (pack.name, item.code.text)), None)
            held = change if change is not None and not change.replaced_by else None
            yield item, _case(item, parsed.source, held, pack, library) if held is not None else None


def _case(node: tree.Override, source: Source, change: Change, pack: Pack, library: Library) -> OverrideCase | None:
    code = node.code.text
    written = next(rule for rule in library.written if rule.code == code)
    owner = next((other for other in library.packs if other.name == written.pack), pack)
    nodes = (tree.decode(entry["tree"]) for entry in owner.data["rules"])
    base = next((one for one in nodes if one.code.text == code), None)
    if base is None:
        return None  # written in Python: its examples are in its docstring
    rule = _made(base, node, written, change, library)
    if rule is None:
        return None
    cast = own_cast(pack) or cast_of(owner, library)
    return OverrideCase(node, source, rule, base, tuple(examples_of(node, source, rule)), cast, pack.name)


def _made(base: tree.Rule, node: tree.Override, written: Rule, change: Change, library: Library) -> Rule | None:
    """The rule with these lines of an override; None where it cannot be made without one that was left out."""
    heads = [head for head in node.heads if type(head) is tree.Head and head.kind in _LINES]
    merged = with_lines(base, heads, change.anew)
    rule, _ = declared(merged, Source(written.place, ""), library.vocabulary, written.pack, written.topic)
    if rule is None:
        return None
    return evolve(
        rule,
        judges=written.judges if change.judges is None else change.judges,
        silence=written.silence if change.silence is None else change.silence,
        stage=change.stage or rule.stage,
    )


def check_override(case: OverrideCase, library: Library) -> list[Failure]:
    """What is wrong with the examples of an override; lines that no example notices among it."""
    failures = [failure for example in case.examples if (failure := check_changed(case, example, library)) is not None]
    missed = (check_line(case, line, library) for line in lines_of(case.node))
    return failures or [failure for failure in missed if failure is not None]


def check_changed(case: OverrideCase, example: Example, library: Library) -> Failure | None:
    """What is wrong with one example, judged by the rule as the override makes it."""
    code = case.node.code.text
    try:
        wrong = complaint(example, judged(example, [case.rule], case.cast, library), code)
    except AssertionError as error:
        wrong = str(error)
    return failed(code, wrong, example.source, example.head, line=example.line) if wrong else None


def check_line(case: OverrideCase, line: Line, library: Library) -> Failure | None:
    """Leave out a condition or a parameter: where no example misses it, it is not tested."""
    code = case.node.code.text
    change = next(one for one in library.changes if (one.pack, one.code) == (case.pack, code))
    written = next(rule for rule in library.written if rule.code == code)
    rule = _made(case.base, line.without, written, change, library)
    if rule is None or any(_notices(example, rule, case, library) for example in case.examples):
        return None
    return failed(
        code, f"no example of the override notices when {line.what} is left out", case.source,
        Span(case.source.path, line.start, line.end), "left out, it changes no example",
        "write an example in which it alone decides, or leave it out",
    )  # fmt: skip


def _notices(example: Example, rule: Rule, case: OverrideCase, library: Library) -> bool:
    try:
        return bool(complaint(example, judged(example, [rule], case.cast, library), rule.code))
    except AssertionError:
        return True


def lines_of(node: tree.Override) -> Iterator[Line]:
    """Each `where` and `parameter` of an override, and each part of a condition."""
    wheres = [head for head in node.heads if type(head) is tree.Head and head.kind == "where"]
    for number, head in enumerate(node.heads):
        if type(head) is tree.Head and head.kind in ("where", "parameter"):
            mark = f" {wheres.index(head) + 1}" if head.kind == "where" and len(wheres) > 1 else ""
            said = f"parameter {head.values[0]}" if head.kind == "parameter" else "where"
            rest = node._replace(heads=node.heads[:number] + node.heads[number + 1 :])
            yield Line(f"`{said}`{mark}", f"without {said}{mark}", head.start, head.end, rest)
    for part in conditions(tree.Rule(node.code, node.name, node.heads, node.start, node.end)):
        if " of " in part.what:
            yield Line(part.what, part.title, part.start, part.end, node._replace(heads=part.without.heads))
