"""A rule written in the language becomes a rule value.

`declared` reads the heads of a rule, has its expressions checked and made (expressions.py), and
returns the value with what was wrong. A rule with a fault is reported and not run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.language import tree
from gdprlint.model.provisions import Provision
from gdprlint.model.states import Extent
from gdprlint.model.table import Slot
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules import types
from gdprlint.rules.closures import Environment, Reach, Test
from gdprlint.rules.expressions import Maker
from gdprlint.rules.needs import TAILS, needs_of, tails_needed
from gdprlint.rules.reach import atoms
from gdprlint.rules.rule import ACTIONS, LONG, STAGES, Context, Draft, Judge, Repair, Rule, Window
from gdprlint.rules.truth import CANNOT_TELL
from gdprlint.rules.wording import said
from gdprlint.text import Source, nearest_name
from gdprlint.values import define, field

EXTENTS = tuple(extent.value for extent in Extent)
SEVERITIES = ("info", "warning", "error")
MOST_PAIRS = 20_000  # of different statements that one rule compares for one subject
_HOLE = re.compile(r"\{([a-z][a-z0-9.-]*)\}")


@define(eq=False)
class Loop:
    """One `for each`: its variables and the path it runs over (None: every subject of the kind).

    A clause without one of the tails that it `needs` passes no `where` of the rule. `gates` are conditions that can be
    decided before it.
    """

    names: tuple[str, ...]
    reach: Reach | None
    needs: frozenset[str] = frozenset()
    gates: list[Test] = field(factory=list)


@define(eq=False)
class Parts:
    """What the judge of a declared rule runs on."""

    loops: list[Loop] = field(factory=list)
    where: list[Test] = field(factory=list)
    expect: list[Test] = field(factory=list)
    at: list[tuple[Reach, str]] = field(factory=list)
    says: list[tuple[str, Reach | None, bool]] = field(factory=list)
    help: list[tuple[str, Reach | None, bool]] = field(factory=list)
    levels: list[tuple[Severity, frozenset[str], Test | None]] = field(factory=list)
    fixes: list[tuple[str, Reach, str]] = field(factory=list)
    subject: str = "activity"
    later: Callable[[], None] | None = None


def declared(
    node: tree.Rule, source: Source, vocabulary: Vocabulary, pack: str = "", topic: str = ""
) -> tuple[Rule | None, tuple[Diagnostic, ...]]:
    """The rule value, or None with the faults that keep it from running."""
    maker = Maker(source.path, vocabulary)
    heads = Heads(node, maker)
    parts = _decides(heads, maker)
    if not parts.expect and not parts.where:
        maker.fault(
            "incomplete-rule",
            f"rule {node.code.text} neither narrows nor expects anything",
            node.code.start,
            node.code.end,
        )
    needs = needs_of(heads, parts, maker)
    base = _says(heads, maker, parts)
    rule = Rule(
        node.code.text,
        node.name.text,
        heads.prose("title"),
        heads.prose("why"),
        heads.provisions("cites"),
        base,
        parts.subject,
        partial(_judge, parts),
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
    )
    return (None if maker.faults else rule), tuple(maker.faults)


DECIDING = frozenset({"for each", "where", "expect"})
SAYING = frozenset({"at", "says", "help", "severity", "fix"})


def judge_of(lines: Callable[[frozenset[str]], tree.Rule], path: str, vocabulary: Vocabulary) -> Judge:
    """The judge of a rule that was found sound; `lines` gives the rule with its lines of these kinds.

    What it says is made when it has something to say for the first time.
    """
    maker = Maker(path, vocabulary)
    parts = _decides(Heads(lines(DECIDING), maker), maker)

    def speak() -> None:
        _says(Heads(lines(SAYING), maker), maker, parts)

    parts.later = speak
    return partial(_judge, parts)


def _decides(heads: Heads, maker: Maker) -> Parts:
    """What a rule looks at and asks."""
    parts = Parts()
    _loops(heads, maker, parts)
    for head in heads.all("where"):
        parts.where.append(maker.test_of(head.values[0]))
    paths = [head.values[-1] for head in heads.all("for each") if type(head.values[-1]) is tree.Path]
    for loop in parts.loops:
        if len(loop.names) == 1:
            inner = {p.words[1] for p in paths if p.words[0] == loop.names[0] and len(p.words) == 2} & TAILS
            loop.needs = frozenset(inner) if len(inner) == 1 else tails_needed(heads, loop.names[0])
    for head in heads.all("expect"):
        parts.expect.append(maker.test_of(head.values[0]))
    _set_gates(heads, parts)
    return parts


def _set_gates(heads: Heads, parts: Parts) -> None:
    """Let the first conditions be decided before the loops that they do not speak of."""
    at = 0
    for head, test in zip(heads.all("where"), parts.where, strict=True):
        words = set(_first_words(head.values[0]))
        at = max([at, *[number + 1 for number, loop in enumerate(parts.loops) if words & set(loop.names)]])
        if at >= len(parts.loops):
            return
        parts.loops[at].gates.append(test)


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


# ---- judging


def _judge(parts: Parts, subject: Thing, ctx: Context) -> list[Draft]:
    env: Environment = {parts.subject: subject}
    if not parts.loops:
        draft = _tested(parts, env, ctx)
        return [draft] if draft is not None else []
    found: list[Draft] = []
    _run(parts, 0, env, ctx, found)
    return found


def _run(parts: Parts, depth: int, env: Environment, ctx: Context, found: list[Draft], gated: bool = True) -> None:
    loop = parts.loops[depth]
    if gated:
        for test in loop.gates:
            truth = test(ctx, env)
            if truth is CANNOT_TELL:
                gated = False  # that is for `_tested` to say, of whatever the loops give
                break
            if truth is not True:
                return
    value = loop.reach(ctx, env) if loop.reach else None
    members = value.members if type(value) is Values else atoms(value)
    last = depth + 1 == len(parts.loops)
    if depth and len(members) > LONG:
        ctx.steps -= len(members)
        if ctx.steps < 0:
            ctx.unsure = True
            return
    if len(loop.names) == 2:
        for one, two in _pairs(members, ctx):
            env[loop.names[0]], env[loop.names[1]] = one, two
            _next(parts, depth, last, env, ctx, found, gated)
        return
    name, needs = loop.names[0], loop.needs
    for member in members:
        if needs and type(member) is Clause and not _has_any(member, needs):
            continue
        env[name] = member
        if last:
            draft = _tested(parts, env, ctx)
            if draft is not None:
                found.append(draft)
        else:
            _run(parts, depth + 1, env, ctx, found, gated)


def _next(
    parts: Parts, depth: int, last: bool, env: Environment, ctx: Context, found: list[Draft], gated: bool
) -> None:
    if not last:
        _run(parts, depth + 1, env, ctx, found, gated)
        return
    draft = _tested(parts, env, ctx)
    if draft is not None:
        found.append(draft)


def _has_any(clause: Clause, tails: frozenset[str]) -> bool:
    """Whether the clause has one of the tails that the rule asks for; a storage period may stand in another text."""
    if not tails.isdisjoint(clause.tails):
        return True
    return clause.verb == "keeps" and "under" in clause.tails


def _pairs(members: Sequence[Any], ctx: Context) -> Iterator[tuple[Any, Any]]:
    """Every pair of members that say different things, and one pair of each that say the same.

    Clauses that say the same are the same to every rule; a thousand copies of one statement are no reason to compare
    half a million pairs. Past a limit the rest is left as "cannot tell".
    """
    first: dict[object, Any] = {}
    second: dict[object, Any] = {}
    for member in members:
        key = member.normal if isinstance(member, (Clause, Item)) else id(member)
        if key in first:
            second.setdefault(key, member)
        else:
            first[key] = member
    yield from ((first[key], member) for key, member in second.items())
    distinct = list(first.values())
    for count, pair in enumerate(combinations(distinct, 2)):
        if count >= MOST_PAIRS:
            ctx.unsure = True
            return
        yield pair


def _tested(parts: Parts, env: Environment, ctx: Context) -> Draft | None:
    """The draft of a finding, where every `where` holds and some `expect` does not."""
    for test in parts.where:
        truth = test(ctx, env)
        if truth is not True:
            if truth is CANNOT_TELL:
                ctx.unsure = True
            return None
    ctx.applied = True
    failed = not parts.expect
    for test in parts.expect:
        truth = test(ctx, env)
        if truth is False:
            failed = True
        elif truth is CANNOT_TELL:
            ctx.unsure = True
    return _draft(parts, env, ctx) if failed else None


def _draft(parts: Parts, env: Environment, ctx: Context) -> Draft:
    if parts.later is not None:
        parts.later()
        parts.later = None
    env = dict(env)
    at = tuple((reach(ctx, env), label) for reach, label in parts.at)
    primary = at[0][0]
    activity = env.get("activity")
    if isinstance(activity, Thing):
        env["activity"] = _owner(primary, activity)
    severity: Severity | None = None
    for level, extents, test in parts.levels:
        if extents and ctx.extent.value not in extents and ctx.document not in extents:
            continue
        if test is None or test(ctx, dict(env)) is True:
            severity = level
    repairs = tuple(Repair(action, reach(ctx, env), words) for action, reach, words in parts.fixes)
    return Draft(
        at, _said(parts.says, env, ctx), _said(parts.help, env, ctx), "", severity, env.get(parts.subject), repairs
    )


def _owner(primary: Any, activity: Thing) -> Thing:
    """The activity in which an inherited clause stands is the one that a finding about it names."""
    holder = primary
    if isinstance(holder, Values) and holder.members:
        holder = holder.members[0]
    if isinstance(holder, Item):
        holder = holder.holder
    if isinstance(holder, Clause) and holder.owner in activity.chain:
        return holder.owner
    return activity


def _said(pieces: list[tuple[str, Reach | None, bool]], env: Environment, ctx: Context) -> str:
    parts = []
    for text, reach, in_words in pieces:
        parts.append(text if reach is None else said(reach(ctx, env), in_words))
    return "".join(parts)


# ---- for those who watch a rule at work (gdprlint/tracing)


def parts_of(node: tree.Rule, maker: Maker) -> Parts:
    """What the judge of a sound rule runs on, its tests made by this maker."""
    heads = Heads(node, maker)
    parts = _decides(heads, maker)
    _says(heads, maker, parts)
    return parts


def pairs_of(members: Sequence[Any], ctx: Context) -> Iterator[tuple[Any, Any]]:
    """The pairs of members that a `for each` over two names looks at."""
    return _pairs(members, ctx)


def draft_of(parts: Parts, env: Environment, ctx: Context) -> Draft:
    """What the rule reports of what these variables hold."""
    return _draft(parts, env, ctx)
