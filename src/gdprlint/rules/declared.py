"""A rule written in the language becomes a rule value.

`declared` reads the heads of a rule, has its expressions checked and made (expressions.py), and
returns the value with what was wrong. A rule with a fault is reported and not run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.language import tree
from gdprlint.model.provisions import Provision
from gdprlint.model.states import Extent
from gdprlint.model.table import Slot
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules import types
from gdprlint.rules.closures import Reach, Test
from gdprlint.rules.expressions import Maker
from gdprlint.rules.needs import TAILS, Prefix, needs_of, tails_needed
from gdprlint.rules.rule import ACTIONS, STAGES, Rule, Window
from gdprlint.rules.running import Loop, Parts, judge, may_speak
from gdprlint.text import Source, nearest_name

EXTENTS = tuple(extent.value for extent in Extent)
SEVERITIES = ("info", "warning", "error")
_HOLE = re.compile(r"\{([a-z][a-z0-9.-]*)\}")


def declared(
    node: tree.Rule, source: Source, vocabulary: Vocabulary, pack: str = "", topic: str = ""
) -> tuple[Rule | None, tuple[Diagnostic, ...]]:
    """The rule value, or None with the faults that keep it from running."""
    from gdprlint.rules.parameters import check, declared_by

    maker = Maker(source.path, vocabulary, rule=f"{node.code.text} {node.name.text}")
    heads = Heads(node, maker)
    parts = _decides(heads, maker)
    check(node, maker)
    if not parts.expect and not parts.where:
        maker.fault(
            "incomplete-rule",
            f"rule {node.code.text} neither narrows nor expects anything",
            node.code.start,
            node.code.end,
        )
    needs = needs_of(heads, parts, maker, () if maker.faults else list(_prefixes(node, parts, maker)))
    base = _says(heads, maker, parts)
    rule = Rule(
        node.code.text,
        node.name.text,
        heads.prose("title"),
        heads.prose("why"),
        heads.provisions("cites"),
        base,
        parts.subject,
        partial(judge, parts),
        may_speak=partial(may_speak, parts, needs.first) if needs.first is not None else None,
        help=heads.prose("help"),
        judges=frozenset(heads.words("judges", ("record", "notice"))) or frozenset({"record", "notice"}),
        silence=frozenset(heads.words("silence", EXTENTS)),
        windows=_windows(heads, maker),
        yields=tuple(heads.words("yields")),
        aliases=tuple(heads.words("also")),
        stage=heads.word("stage", STAGES, "stable"),
        verified=heads.word("verified", ("yes", "part", "no"), "yes"),
        pack=pack,
        topic=topic,
        place=source.path,
        levels=tuple(_level_text(head, source) for head in heads.all("severity")[1:]),
        needs=needs,
        parameters=declared_by(node),
    )
    return (None if maker.faults else rule), tuple(maker.faults)


DECIDING = frozenset({"parameter", "for each", "where", "expect"})
SAYING = frozenset({"at", "says", "help", "severity", "fix"})


def sound_parts(
    lines: Callable[[frozenset[str]], tree.Rule], path: str, vocabulary: Vocabulary, called: str = ""
) -> Parts:
    """What the judge of a rule that was found sound runs on; `lines` gives the rule with its lines of these kinds.

    What it says is made when it has something to say for the first time. `called` are its code and name.
    """
    maker = Maker(path, vocabulary, rule=called)
    parts = _decides(Heads(lines(DECIDING), maker), maker)

    def speak() -> None:
        _says(Heads(lines(SAYING), maker), maker, parts)

    parts.later = speak
    return parts


def _decides(heads: Heads, maker: Maker) -> Parts:
    """What a rule looks at and asks."""
    parts = Parts()
    _names(heads, maker, parts)
    for head in heads.all("where"):
        parts.where.append(maker.condition_of(head.values[0]))
    paths = [head.values[-1] for head in heads.all("for each") if type(head.values[-1]) is tree.Path]
    for loop in parts.loops:
        if len(loop.names) == 1:
            inner = {p.words[1] for p in paths if p.words[0] == loop.names[0] and len(p.words) == 2} & TAILS
            loop.needs = frozenset(inner) if len(inner) == 1 else tails_needed(heads, loop.names[0])
    for head in heads.all("expect"):
        parts.expect.append(maker.test_of(head.values[0]))
    _set_gates(heads, parts)
    return parts


def _names(heads: Heads, maker: Maker, parts: Parts) -> None:
    """What conditions may speak of: the parameters of a rule, and the variables of its loops."""
    if "parameter" in heads.by_kind:
        from gdprlint.rules.parameters import bring  # most runs ask no rule that has any

        bring(heads.all("parameter"), maker)
    _loops(heads, maker, parts)


def _set_gates(heads: Heads, parts: Parts) -> None:
    """Let the first conditions be decided before the loops that they do not speak of."""
    for at, test in zip(_loops_needed(heads, parts), parts.where, strict=True):
        if at >= len(parts.loops):
            return
        parts.loops[at].gates.append(test)


def _loops_needed(heads: Heads, parts: Parts) -> Iterator[int]:
    """For each `where`, how many loops it and those before it speak of."""
    at = 0
    for head in heads.all("where"):
        words = set(_first_words(head.values[0]))
        at = max([at, *[number + 1 for number, loop in enumerate(parts.loops) if words & set(loop.names)]])
        yield at


def _prefixes(node: tree.Rule, parts: Parts, maker: Maker) -> Iterator[Prefix]:
    """What the first so many conditions look at, with no more loops than they speak of."""
    needed = list(_loops_needed(Heads(node, maker), parts))
    for loops in sorted(set(needed)):
        if any(len(loop.names) > 1 for loop in parts.loops[:loops]):
            return
        fresh = Maker(maker.path, maker.vocabulary)
        heads = Heads(node._replace(heads=_with_loops(node, loops)), fresh)
        _names(heads, fresh, Parts())
        for number, head in enumerate(heads.all("where")):
            if needed[number] > loops:
                break
            fresh.condition_of(head.values[0])
            if needed[number] == loops:
                yield Prefix(loops, number + 1, fresh.looks.copy())


def _with_loops(node: tree.Rule, count: int) -> tuple[Any, ...]:
    """The lines of a rule, with so many of its loops over values."""
    found, met = [], 0
    for head in node.heads:
        if type(head) is tree.Head and head.kind == "for each" and type(head.values[-1]) is tree.Path:
            met += 1
            if met > count:
                continue
        found.append(head)
    return tuple(found)


def _first_words(node: Any) -> Iterator[str]:
    """The first word of each path in an expression: a variable, or a word of the language."""
    if type(node) is tree.Path:
        yield node.words[0]
    elif isinstance(node, tuple):
        for part in node:
            yield from _first_words(part)


def _says(heads: Heads, maker: Maker, parts: Parts) -> Severity:
    """Where a rule points, in which words, and how gravely."""
    for head in heads.all("at"):
        for path, label in head.values:
            parts.at.append((maker.path_of(path)[0], label))
    if not parts.at:
        parts.at.append((lambda ctx, env: env[parts.subject], ""))
    parts.says = _template(heads, "says", maker)
    parts.help = _template(heads, "help", maker)
    for head in heads.all("fix"):
        parts.fixes.append(_fix(head, maker))
    return _levels(heads, maker, parts)


class Heads:
    """The lines of a rule by their first words."""

    def __init__(self, node: tree.Rule, maker: Maker) -> None:
        self.node = node
        self.maker = maker
        self.by_kind: dict[str, list[tree.Head]] = {}
        for head in node.heads:
            if type(head) is tree.Head:
                self.by_kind.setdefault(head.kind, []).append(head)
        for kind in ("title", "why", "cites", "severity", "says"):
            if kind not in self.by_kind:
                maker.fault("incomplete-rule", f"rule {node.code.text} has no `{kind}`", node.code.start, node.code.end)

    def all(self, kind: str) -> list[tree.Head]:
        return self.by_kind.get(kind, [])

    def prose(self, kind: str) -> str:
        found = self.all(kind)
        return str(found[-1].values[0]) if found else ""

    def words(self, kind: str, allowed: tuple[str, ...] = ()) -> list[str]:
        found: list[str] = []
        for head in self.all(kind):
            for thing in head.values[0].items:
                found.append(thing.text)
                self._allowed(thing.text, allowed, thing)
        return found

    def word(self, kind: str, allowed: tuple[str, ...], default: str) -> str:
        found = self.all(kind)
        if found:
            self._allowed(found[-1].values[0], allowed, found[-1])
            return str(found[-1].values[0])
        return default

    def _allowed(self, word: str, allowed: tuple[str, ...], node: Any) -> None:
        if allowed and word not in allowed:
            near = nearest_name(word, allowed)
            self.maker.fault(
                "unknown-word", f"`{word}` cannot stand here", node.start, node.end,
                f"did you mean `{near}`?" if near else "one of " + ", ".join(f"`{a}`" for a in allowed),
            )  # fmt: skip

    def provisions(self, kind: str) -> tuple[str, ...]:
        return tuple(_provision(thing, self.maker) for head in self.all(kind) for thing in head.values[0].items)


def _provision(thing: tree.Thing, maker: Maker) -> str:
    if thing.kind not in ("provision", "word"):
        maker.fault("bad-article", "a provision is expected here", thing.start, thing.end)
        return ""
    text = thing.text if thing.quote is None else f"{thing.text} {thing.quote}"
    try:
        return str(Provision.parse(thing.text)) if thing.quote is None else text
    except ValueError as error:
        maker.fault("bad-article", str(error), thing.start, thing.end)
        return ""


def _loops(heads: Heads, maker: Maker, parts: Parts) -> None:
    """`for each`, nested in order; a path that begins with a kind of thing brings that kind with it."""
    subject: str | None = None
    for head in heads.all("for each"):
        names = [value for value in head.values if isinstance(value, str)]
        path = head.values[-1] if type(head.values[-1]) is tree.Path else None
        if path is None:
            name = names[0]
            if name not in types.KIND_TYPES:
                near = nearest_name(name, types.KIND_TYPES)
                maker.fault(
                    "unknown-word",
                    f"`{name}` is no kind of thing",
                    head.start,
                    head.end,
                    f"did you mean `{near}`?" if near else "",
                )
                continue
            subject = subject or name
            maker.variables[name] = types.KIND_TYPES[name]
            maker.looks.subject = "declaration" if subject == "declaration" else "activity"
            if subject != name:
                maker.fault("unknown-word", "only one `for each` stands without `in`", head.start, head.end)
            continue
        root = path.words[0]
        if subject is None and root in types.KIND_TYPES:
            subject = root
            maker.variables[root] = types.KIND_TYPES[root]
        reach, kind = maker.path_of(path)
        for name in names:
            if kind is not None:
                maker.variables[name] = kind
            maker.looks.arrive(name, path)
        parts.loops.append(Loop(tuple(names), reach))
    if subject is None:
        maker.fault(
            "incomplete-rule",
            f"rule {heads.node.code.text} says not what it is for each of",
            heads.node.code.start,
            heads.node.code.end,
        )
    parts.subject = subject or "activity"


def _template(heads: Heads, kind: str, maker: Maker) -> list[tuple[str, Reach | None, bool]]:
    """A message as pieces: words, or a path whose value is said in its place."""
    found: list[tuple[str, Reach | None, bool]] = []
    for head in heads.all(kind)[-1:]:
        text = str(head.values[0])
        position = 0
        for hole in _HOLE.finditer(text):
            found.append((text[position : hole.start()], None, False))
            words = tuple(hole[1].split("."))
            in_words = words[-1] == "words"
            reach, _ = maker.path_of(tree.Path(words[:-1] if in_words else words, head.start, head.end))
            found.append(("", reach, in_words))
            position = hole.end()
        found.append((text[position:], None, False))
    return found


def _fix(head: tree.Head, maker: Maker) -> tuple[str, Reach, str]:
    """What mends the text: what is done, to which value, and what is put there."""
    action, path, *others = head.values
    if action not in ACTIONS:
        near = nearest_name(action, ACTIONS)
        help = f"did you mean `{near}`?" if near else "write `replace`, `renumber` or `remove`"
        maker.fault("unknown-word", f"`{action}` is nothing that a fix does", head.start, head.end, help)
    elif (action == "replace") != bool(others):
        help = (
            "write `fix replace x with uk-gdpr 44A`" if action == "replace" else "leave out what stands behind `with`"
        )
        maker.fault("bad-fix", f"`fix {action}` takes {'a value' if action == 'replace' else 'nothing'} behind `with`",
                    head.start, head.end, help)  # fmt: skip
    reach, kind = maker.path_of(path)
    if kind is not None and (kind.base == "clause") != (action == "remove"):
        what = "a clause" if action == "remove" else "a value"
        maker.fault("bad-fix", f"`fix {action}` takes {what}, not {kind}", path.start, path.end)
    slot = types.slot_of(kind) if kind is not None else None
    words = [_replacement(thing, slot, maker) for things in others for thing in things.items]
    return action, reach, ", ".join(words)


def _replacement(thing: tree.Thing, slot: Slot | None, maker: Maker) -> str:
    """A provision or a term that can stand where it is put, as a record says it."""
    text = ""
    if thing.kind == "provision" and (slot is None or "provision" in slot.literals):
        return _provision(thing, maker)
    if thing.kind == "word" and thing.quote is None and thing.adverb is None:
        key = maker.vocabulary.canonical(thing.text)
        roots = () if slot is None else slot.roots
        if key is not None and ("*" in roots or any(maker.vocabulary.is_a(key, root) for root in roots)):
            return thing.text
        near = nearest_name(thing.text, maker.vocabulary.under(roots))
        text = f"did you mean `{near}`?" if near and near != thing.text else ""
    wanted = f"a provision or a term of the list `{slot.name}`" if slot is not None else "a provision or a term"
    maker.fault("bad-fix", f"{wanted} is expected here", thing.start, thing.end, text)
    return ""


def _levels(heads: Heads, maker: Maker, parts: Parts) -> Severity:
    base = Severity.ERROR
    for number, head in enumerate(heads.all("severity")):
        word, *rest = head.values
        if word not in SEVERITIES:
            near = nearest_name(word, SEVERITIES)
            maker.fault(
                "unknown-word",
                f"`{word}` is no severity",
                head.start,
                head.end,
                f"did you mean `{near}`?" if near else "",
            )
            continue
        severity = Severity.named(word)
        extents: frozenset[str] = frozenset()
        test: Test | None = None
        for part in rest:
            if type(part) is tree.Things:
                extents = frozenset(thing.text for thing in part.items)
            else:
                test = maker.test_of(part)
        if number == 0 and not rest:
            base = severity
        else:
            parts.levels.append((severity, extents, test))
    return base


def _level_text(head: tree.Head, source: Source) -> str:
    return " ".join(source.text[head.start : head.end].split()[1:])


def _windows(heads: Heads, maker: Maker) -> tuple[Window, ...]:
    windows = []
    for head in heads.all("in force"):
        days: dict[str, date] = {}
        cites: list[str] = []
        for tail in head.values:
            for thing in tail.things.items if tail.things else ():
                if tail.joint in ("from", "until") and thing.kind == "date":
                    try:
                        days[tail.joint] = date.fromisoformat(thing.text)
                    except ValueError:
                        maker.fault("bad-date", f"`{thing.text}` is no day of the calendar", thing.start, thing.end)
                elif tail.joint == "under":
                    cites.append(_provision(thing, maker))
                else:
                    maker.fault("unexpected-word", "`in force` takes `from`, `until` and `under`", tail.start, tail.end)
        windows.append(Window(days.get("from"), days.get("until"), tuple(cites)))
    return tuple(windows)


# ---- for those who watch a rule at work (gdprlint/tracing)


def parts_of(node: tree.Rule, maker: Maker) -> Parts:
    """What the judge of a sound rule runs on, its tests made by this maker."""
    heads = Heads(node, maker)
    parts = _decides(heads, maker)
    _says(heads, maker, parts)
    return parts
