"""Which provisions rules watch, and why no rule watches the others.

A pack may hold `provisions.txt`: the provisions that it is about, each with what it says in a few words, its
paragraphs, and the reason that holds for those of them that no rule cites. Nothing here knows any law.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from gdprlint.model.provisions import Provision
from gdprlint.rules.packs import Pack
from gdprlint.rules.rule import Rule

FILE = "provisions.txt"


@frozen
class Watched:
    """A provision with the rules that cite it or what lies in it; `why` no rule does, where none does.

    It is None for a topic of a pack that lists no provisions. `part` is empty for an article or section as a whole,
    else its paragraph; what is cited of the whole and of none of its paragraphs stands at the whole.
    """

    provision: Provision | None
    title: str
    part: str
    why: str
    rules: tuple[Rule, ...] = field(repr=False)


def watched(pack: Pack, rules: Iterable[Rule]) -> list[Watched]:
    """Every provision of the pack, in the order of its list; ValueError names a line that cannot be read."""
    place = pack.folder / FILE
    if not place.is_file():
        return _by_topic([rule for rule in rules if rule.pack == pack.name])
    cited = [(rule, [Provision.parse(cite) for cite in _cites(rule)]) for rule in rules]
    found: list[Watched] = []
    prefix = ""
    for number, line in enumerate(place.read_text("utf-8").splitlines(), 1):
        if line.startswith(">"):
            prefix = line[1:].strip()
        elif line and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) != 4 or not prefix:
                raise ValueError(f"{pack.name}/{FILE}:{number}: four cells below a heading are expected")
            found.extend(_article(prefix, cells, cited))
    return found


def _by_topic(rules: Sequence[Rule]) -> list[Watched]:
    """What stands in for provisions where a pack lists none: its topics."""
    topics = dict.fromkeys(rule.topic for rule in rules)
    return [Watched(None, topic, "", "", tuple(r for r in rules if r.topic == topic)) for topic in sorted(topics)]


def _article(prefix: str, cells: Sequence[str], cited: list[tuple[Rule, list[Provision]]]) -> list[Watched]:
    name, title, paragraphs, why = cells
    whole = Provision.parse(f"{prefix} {name}")
    parts = [] if paragraphs == "-" else paragraphs.split()
    places = {part: Provision.parse(f"{prefix} {name}{part}") for part in parts}
    at: dict[str, list[Rule]] = {part: [] for part in ("", *parts)}
    for rule, provisions in cited:
        for provision in provisions:
            if whole.contains(provision):
                narrowest = [part for part in parts if places[part].contains(provision)]
                listed = at[max(narrowest, key=len) if narrowest else ""]
                if rule not in listed:
                    listed.append(rule)
    return [
        Watched(places.get(part, whole), title, part, "" if at[part] or (parts and not part) else why, tuple(at[part]))
        for part in ("", *parts)
    ]


def _cites(rule: Rule) -> list[str]:
    return [cite for cite in dict.fromkeys((*rule.cites, *(c for w in rule.windows for c in w.cites))) if " " in cite]
