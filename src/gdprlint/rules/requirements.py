"""Which packs a pack requires, and whether they are there: what a pack may say of others hangs on it.

`pack.gdpr` says `requires uk-gdpr ">=0.3,<0.5"`. A pack may extend and change what it requires itself, and the core
pack. What does not hold is told at its place, and what hangs on it is left out; the rules of the pack judge all the
same. Nothing here knows what packs change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.language import tree
from gdprlint.rules.versions import fits, is_range, numbers
from gdprlint.text import Span, nearest_name, visible
from gdprlint.values import frozen

if TYPE_CHECKING:
    from gdprlint.rules.packs import Pack

MOST = 100  # packs that one pack may require
CORE = "core"
# What can be wrong with what packs say of each other; the rules of the pack run all the same.
OF_PACKS = frozenset(
    {"unmet-requirement", "cyclic-requirement", "unknown-rule", "missing-reason", "bad-override", "unknown-parameter",
     "conflict", "unknown-cue", "too-many"}
)  # fmt: skip


def fault(name: str, message: str, span: Span, help: str = "") -> Diagnostic:
    """What is wrong with what a pack says of others."""
    return Diagnostic("syntax", name, Severity.ERROR, message, span, "", help, pack=CORE, topic="syntax")


@frozen
class Standing:
    """What each pack may speak of.

    `near` are the packs that it requires itself where that holds, with the core pack and itself; `over` all those below
    these, too: what it says of a rule goes before what they say.
    """

    near: Mapping[str, frozenset[str]]
    over: Mapping[str, frozenset[str]]
    faults: tuple[Diagnostic, ...] = ()


def said_of(node: tree.Declaration, path: str) -> dict[str, Any]:
    """What `pack.gdpr` says of the pack, as JSON-ready data: prefixes, edition and what it requires, with places."""
    found: dict[str, Any] = {"prefixes": [], "edition": "", "requires": []}
    for line in node.lines or ():
        if type(line) is not tree.Clause or line.things is None:
            continue
        for thing in line.things.items:
            text = thing.text or thing.quote or ""
            if line.verb.text == "prefix":
                found["prefixes"].append([text, path, thing.start, thing.end])
            elif line.verb.text == "edition":
                found["edition"] = thing.quote or thing.text
            elif line.verb.text == "requires":
                found["requires"].append([text, thing.quote if thing.text else None, path, thing.start, thing.end])
    return found


def standing(packs: Iterable[Pack]) -> Standing:
    """What each of these packs may speak of, and what is wrong with what they require."""
    known = {pack.name: pack for pack in packs}
    held: dict[str, dict[str, Span]] = {}
    faults: list[Diagnostic] = []
    for pack in known.values():
        listed = pack.data.get("requires", ())
        holds = held[pack.name] = {}
        for number, (name, bounds, path, start, end) in enumerate(listed):
            span = Span(f"{pack.name}/{path}", start, end)
            if number == MOST:
                faults.append(fault("too-many", f"a pack requires at most {MOST} others; the rest is not read", span))
                break
            wrong = _wrong_with(pack, name, bounds, known)
            if wrong is not None:
                faults.append(fault("unmet-requirement", wrong[0], span, wrong[1]))
            else:
                holds.setdefault(name, span)
    for cycle in _cycles({name: list(required) for name, required in held.items()}):
        around = " → ".join([*cycle, cycle[0]])
        for one, two in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            message = f"packs that require each other: {around}"
            if two in held[one]:  # else it was told of another circle
                faults.append(fault("cyclic-requirement", message, held[one].pop(two), "let one of them do without"))
    near = {name: frozenset({name, CORE, *required}) for name, required in held.items()}
    return Standing(near, {name: _below(name, held) for name in held}, tuple(faults))


def _wrong_with(pack: Pack, name: str, bounds: str | None, known: Mapping[str, Pack]) -> tuple[str, str] | None:
    """Why a requirement does not hold, and what to do about it."""
    other = known.get(name)
    if name == pack.name:
        return "a pack does not require itself", "take it out"
    if other is None:
        near = nearest_name(name[:100], known)
        message = f"{pack.name} requires the pack `{visible(name[:100])}`, which is not there"
        return message, f"did you mean `{near}`?" if near else "install it, or add its folder to `local-packs`"
    if bounds is None:
        return None
    if not is_range(bounds):
        message = f"`{visible(bounds[:60])}` is no range of versions"
        return message, f'write it as `requires {name} ">=1.2,<2"`'
    if not numbers(other.version):
        help = 'let its `pack.gdpr` say `edition "1.0"`' if other.origin == "local" else "leave out the range"
        return f"{pack.name} requires {name} {bounds}, and {name} says no version", help
    if not fits(other.version, bounds):
        return (
            f"{pack.name} requires {name} {bounds}, and {name} is {visible(other.version)}",
            f"install {name} {bounds}",
        )
    return None


def _cycles(graph: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The circles of a graph, each once, found without going deeper with each step."""
    state: dict[str, int] = {}
    for first in graph:
        way: list[str] = []
        pending: list[tuple[str, Iterator[str]]] = []
        if first not in state:
            pending.append((first, iter(graph[first])))
            state[first], way = 1, [first]
        while pending:
            name, rest = pending[-1]
            following = next(rest, None)
            if following is None:
                state[name] = 2
                pending.pop()
                way.pop()
            elif state.get(following) == 1:
                yield way[way.index(following) :]
            elif following not in state:
                state[following] = 1
                way.append(following)
                pending.append((following, iter(graph[following])))


def _below(name: str, held: Mapping[str, Mapping[str, Span]]) -> frozenset[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        for other in held.get(pending.pop(), ()):
            if other not in found:
                found.add(other)
                pending.append(other)
    return frozenset(found)
