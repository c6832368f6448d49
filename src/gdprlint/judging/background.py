"""Makes what stands behind a report: what each rule is about, which provisions were watched, who answers for what.

Only for reports that are read without the tool; costs a look at every rule and every activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gdprlint.background import Activity, Background, Explained, PackCoverage, Party, Registered, Watch
from gdprlint.model.register import Register
from gdprlint.model.states import Extent
from gdprlint.model.things import Clause, Item, Thing
from gdprlint.readers.register import Reading
from gdprlint.registers import shown_path
from gdprlint.rules.coverage import Watched, watched
from gdprlint.rules.packs import Library, Pack
from gdprlint.rules.rule import Rule


def background(
    library: Library, registers: Iterable[Registered], packs: Iterable[str], by_rule: Mapping[str, str], as_of: date
) -> Background:
    """The background of a run that judged these registers by these packs, with what came of each rule."""
    used = {"core", *packs}
    rules = {rule.code: rule for rule in library.known_rules if rule.pack in used or rule.code in by_rule}
    judging = [rule for rule in library.rules if rule.code in by_rule]  # what is left out watches nothing
    return Background(
        {code: _explained(rule, by_rule, as_of) for code, rule in rules.items()},
        tuple(_coverage(pack, judging, pack.name in used) for pack in library.packs if pack.name != "core"),
        tuple(registers),
    )


def _explained(rule: Rule, by_rule: Mapping[str, str], as_of: date) -> Explained:
    missing = "left out" if rule.window(as_of) else "not in force"
    return Explained(
        rule.code,
        rule.name,
        rule.title,
        " ".join(rule.why.split()),
        "" if "{" in rule.help else " ".join(rule.help.split()),
        rule.severity,
        rule.pack,
        rule.topic,
        rule.cited(as_of),
        by_rule.get(rule.code, missing),
    )


def _coverage(pack: Pack, rules: Iterable[Rule], used: bool) -> PackCoverage:
    try:
        found = watched(pack, [rule for rule in rules if rule.pack != "core"])
    except (OSError, ValueError) as error:  # a pack of the user's own may have written anything there
        return PackCoverage(pack.name, pack.title, used, (), str(error))
    return PackCoverage(pack.name, pack.title, used, tuple(map(_watch, found)))


def _watch(item: Watched) -> Watch:
    codes = tuple(rule.code for rule in item.rules)
    return Watch(str(item.provision or ""), item.title, item.part, item.why, codes)


def registered_in(reading: Reading) -> Registered:
    """Who answers for what in a register."""
    register = reading.register
    activities = {
        thing.name: Activity(thing.title or "", _parties(register, thing)) for thing in register.of_kind("activity")
    }
    paths = {thing.path for thing in register.things} | {shown_path(path) for path in reading.plan.files}
    paths |= {source.path for source in register.notices.values()}
    everybody = dict.fromkeys(party for activity in activities.values() for party in activity.parties)
    return Registered(register.name, shown_path(reading.plan.root), frozenset(paths), activities, tuple(everybody))


def _parties(register: Register, activity: Thing) -> tuple[Party, ...]:
    """The controllers of an activity; in a processor's own record its processors."""
    controllers = (*_named(register, activity, "controller"), *_named(register, activity, "joint-controllers"))
    if not controllers and register.extent_of(activity) is Extent.PROCESSOR_RECORD:
        controllers = tuple(_named(register, activity, "processor"))
    return tuple(dict.fromkeys(controllers))


def _named(register: Register, activity: Thing, verb: str) -> Iterator[Party]:
    for clause in register.field(activity, verb).members:
        for item in clause.about.members if isinstance(clause, Clause) else (clause,):
            if isinstance(item, Item) and item.thing is not None:
                yield Party(item.thing.name, item.thing.title or "")
            elif isinstance(item, Item) and item.kind in ("word", "quote"):
                word = str(item.value).replace("-", " ") if item.kind == "word" else ""
                yield Party(word, item.quote or "")
