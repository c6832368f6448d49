"""The model as JSON: everything that was read from the files, each value with its state and its place.

What `gdprlint show` prints is what rules see before anything is derived from several clauses. It
judges nothing, and leaves out only what is empty.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from gdprlint.engine import WrongUse
from gdprlint.model.register import Register
from gdprlint.model.table import VERBS
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.model.things import Place as MarginPlace
from gdprlint.readers import theirs
from gdprlint.readers.register import Reading, read_loaded, read_register
from gdprlint.registers import NotFound, plans
from gdprlint.rules.packs import load as load_library
from gdprlint.text import Source

VERSION = 1
"""INVARIANT: raised whenever a key goes away or changes its meaning; a new key is no new version."""

Json = dict[str, object]

_MAX_BYTES = 8_000_000  # as `gdprlint check` without --max-bytes
_STEERING = re.compile(r"[^\n -~]+")


def show_json(paths: Sequence[str]) -> str:
    """The registers of these paths, whole, in order of their folders."""
    try:
        planned = plans(paths, readers=theirs.of_plugins().readers)
    except NotFound as error:
        raise WrongUse(str(error)) from None
    vocabulary = load_library().vocabulary
    loaded = {path: theirs.loaded(path, plan, vocabulary, _MAX_BYTES) for plan in planned for path in plan.files}
    parsed = {item.path: read_loaded(item) for item in loaded.values() if item.source is not None}
    readings = [read_register(plan, loaded, parsed, vocabulary, _MAX_BYTES) for plan in planned]
    whole = {"version": VERSION, "registers": [register_json(reading) for reading in readings]}
    return _STEERING.sub(_escaped, json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def _escaped(match: re.Match[str]) -> str:
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in match[0])


def register_json(reading: Reading) -> Json:
    """The things by name; one that is declared again, which is a fault, has a number behind its name."""
    register = reading.register
    sources = {path: file.source for path, file in reading.parsed.items()}
    things: Json = {}
    times: Counter[str] = Counter()
    for thing in register.things:
        times[thing.name] += 1
        key = thing.name if times[thing.name] == 1 else f"{thing.name} {times[thing.name]}"
        things[key] = _thing(thing, register, sources[thing.path])
    return {"name": register.name, "files": sorted(sources), "things": things}


def _thing(thing: Thing, register: Register, source: Source) -> Json:
    return _filled(
        kind=thing.kind,
        name=thing.name,
        title=thing.title,
        place=_place(thing, source),
        margin=_margin(thing.margin),
        outer=thing.outer.name if thing.outer else None,
        document=thing.document.name if thing.document else None,
        extent=register.extent_of(thing).value,
        tails={joint: _list(values, source) for joint, values in thing.tails.items()},
        clauses={verb: clauses for verb in VERBS if (clauses := _clauses(thing, verb, source))},
    )


def _clauses(thing: Thing, verb: str, source: Source) -> list[Json]:
    """Its own clauses, then those of the activities around it; `owner` names the activity that says them."""
    return [
        _clause(clause, source) | ({} if here is thing else {"owner": here.name})
        for here in thing.chain
        for clause in here.clauses.get(verb, ())
    ]


def _clause(clause: Clause, source: Source) -> Json:
    return _filled(
        state=clause.state.value,
        about=_list(clause.about, source) if clause.about.start >= 0 else None,
        tails={joint: _list(values, source) for joint, values in clause.tails.items()},
        margin=_margin(clause.margin),
        place=_place(clause, source),
    )


def _list(values: Values, source: Source) -> Json:
    """A list with its members and what it denies, in the order in which they stand."""
    items = [item for item in (*values.members, *values.denied) if isinstance(item, Item)]
    return _filled(
        state=values.state.value,
        only=values.only,
        either=values.either,
        items=[_item(item, source) for item in sorted(items, key=lambda item: item.start)],
    )


def _item(item: Item, source: Source) -> Json:
    """One value; `value` is the canonical word, or the writer's own words where only those stand there."""
    quoted = item.kind == "quote"
    return _filled(
        kind=item.kind,
        value=(item.quote or "") if quoted else str(item.value),
        quote=None if quoted else item.quote,
        state=item.state.value,
        bound=item.bound,
        after=_item(item.after, source) if item.after else None,
        names=item.thing.name if item.thing else None,
        place=_place(item, source),
    )


def _margin(places: Iterable[MarginPlace]) -> list[Json]:
    return [_filled(source=p.source, lines=[p.first, p.last], quotes=list(p.quotes)) for p in places]


def _place(said: Thing | Clause | Item, source: Source) -> Json:
    """Where it stands, counted from 1, the end exclusive; a thing stands where its name does."""
    start, end = (said.name_start, said.name_end) if isinstance(said, Thing) else (said.start, said.end)
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    return {
        "path": source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _filled(**values: object) -> Json:
    """The keys that say something: none that is null, false or empty."""
    return {key: value for key, value in values.items() if value not in (None, False, [], {})}
