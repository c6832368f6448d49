"""Runs the examples of overrides.

An override may have examples as a rule has: they are judged by the rule as the override makes it. Each of its
conditions and parameters is left out in turn, and an example must notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from gdprlint.language import tree
from gdprlint.language.reading import Parsed, read
from gdprlint.rules.changes import Change, with_lines
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library, Pack, pack_files, shown, source_of
from gdprlint.rules.rule import Rule
from gdprlint.testing.checks import complaint
from gdprlint.testing.conditions import mutants
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


def override_cases(packs: Iterable[str], library: Library) -> list[OverrideCase]:
    """The overrides of these packs (all, where none is named) that hold, read from their sources."""
    names = set(packs)
    changes = {(change.pack, change.code): change for change in library.changes if not change.replaced_by}
    found: list[OverrideCase] = []
    for pack in library.packs:
        if (names and pack.name not in names) or not pack.data.get("overrides"):
            continue
        for path, content in pack_files(pack.folder):
            source = source_of(shown(pack.name, path), content)
            for item in read(source).tree.items:
                change = changes.get((pack.name, item.code.text)) if type(item) is tree.Override else None
                case = _case(item, source, change, pack, library) if change is not None else None
                if case is not None:
                    found.append(case)
    return found


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
    code = case.node.code.text
    failures = []
    for example in case.examples:
        try:
            wrong = complaint(example, judged(example, [case.rule], case.cast, library), code)
        except AssertionError as error:
            wrong = str(error)
        if wrong:
            failures.append(failed(code, wrong, example.source, example.head, line=example.line))
    return failures or list(_unnoticed(case, library))


def _unnoticed(case: OverrideCase, library: Library) -> Iterator[Failure]:
    """Leave out each condition and parameter in turn; what no example misses is not tested."""
    code = case.node.code.text
    change = next(one for one in library.changes if (one.pack, one.code) == (case.pack, code))
    written = next(rule for rule in library.written if rule.code == code)
    for what, node in _lesser(case.node):
        rule = _made(case.base, node, written, change, library)
        if rule is not None and not any(_notices(example, rule, case, library) for example in case.examples):
            message = f"no example of the override notices when {what} is left out"
            yield failed(code, message, case.source, Span(case.source.path, case.node.start, case.node.name.end))


def _notices(example: Example, rule: Rule, case: OverrideCase, library: Library) -> bool:
    try:
        return bool(complaint(example, judged(example, [rule], case.cast, library), rule.code))
    except AssertionError:
        return True


def _lesser(node: tree.Override) -> Iterator[tuple[str, tree.Override]]:
    """The override with one line less, or with a part of one less."""
    for number, head in enumerate(node.heads):
        if type(head) is tree.Head and head.kind in ("where", "parameter"):
            named = f"`parameter {head.values[0]}`" if head.kind == "parameter" else "`where`"
            yield named, node._replace(heads=node.heads[:number] + node.heads[number + 1 :])
    for what, mutant in mutants(tree.Rule(node.code, node.name, node.heads, node.start, node.end)):
        if " of " in what:
            yield what, node._replace(heads=mutant.heads)
