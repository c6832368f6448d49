"""What a rule needs of its subject to have anything to say, read off its own lines.

The judge leaves a rule out where a word that it needs is not said. Nothing here runs a test; what is said of a subject
is found in `judging.said`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gdprlint.language import tree
from gdprlint.model.register import DERIVED_FIELDS, MADE_OF
from gdprlint.model.table import DECLARATIONS, PARTIES, VERB_OF_FIELD, VERBS
from gdprlint.rules import members
from gdprlint.rules.patterns import PatternFault, letters_needed, safe_pattern
from gdprlint.rules.rule import First, Needs
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.rules.declared import Heads
    from gdprlint.rules.expressions import Maker
    from gdprlint.rules.looks import Looks
    from gdprlint.rules.running import Parts


_NONE: dict[str, str] = {}
_MANY = 40  # verbs that a rule reads, which it does only where it looks at all


class Prefix(NamedTuple):
    """The first conditions of a rule, the loops that they speak of, and what all of these look at."""

    loops: int
    conditions: int
    looks: Looks


def needs_of(heads: Heads, parts: Parts, maker: Maker, prefixes: Sequence[Prefix] = ()) -> Needs:
    """The verbs that the loops run over, what a `where` asks for in a way that silence never passes, and the rest."""
    subject = parts.subject
    paths = [head.values[-1] for head in heads.all("for each") if type(head.values[-1]) is tree.Path]
    conditions = [part for head in heads.all("where") for part in _parts(head.values[0])]
    asked = [_asked(part, subject) for part in conditions]
    choices = list(_choices(heads, subject, _word_of_subject))
    for path in paths:
        name = parts.loops[paths.index(path)].names
        if _over_clauses(path, subject) and len(name) == 1:
            choices += [
                frozenset({f"::{word}" for word in choice}) for choice in _choices(heads, name[0], _word_of_clause)
            ]
            inner = {f"::{p.words[1]}" for p in paths if p.words[0] == name[0] and len(p.words) == 2}
            choices += [frozenset({word}) for word in inner if word[2:] in TAILS]
    choices += [frozenset({f":{path.words[1]}"}) for path in paths if _is_of(path, subject, ("denied", "repeats"))]
    reads = reads_of(maker.looks, subject, _narrowed(heads, parts, paths))
    return Needs(
        frozenset(filter(None, (_verb_of(path, subject) for path in paths))),
        frozenset(filter(None, asked)),
        tuple(frozenset(choice) for choice in choices if len(choice) > 1 or min(choice).startswith(":")),
        reads,
        maker.looks.in_notices,
        _first_of(prefixes, reads, subject),
        tuple(_codes(heads, maker)),
        _terms(heads, maker, subject),
        tuple(filter(None, map(_letters_asked, conditions))),
    )


def _codes(heads: Heads, maker: Maker) -> Iterator[str]:
    """The codes of conduct that the very first condition asks for, and by which it is decided."""
    for head in heads.all("where")[:1]:
        for part in _parts(head.values[0]):
            if part.kind == "satisfies" and part.values[0] == "some":
                part = part.values[3]
            if part.kind == "test" and part.values[1].kind == "contains" and type(part.values[0]) is tree.Path:
                named = part.values[1].values[0]
                if part.values[0].words[-1] == "codes" and type(named) is tree.Path and len(named.words) == 1:
                    key = maker.vocabulary.canonical(named.words[0])
                    if key is not None and part.values[0].words[-2:-1] == ("activity",):
                        yield key


def _terms(heads: Heads, maker: Maker, subject: str) -> frozenset[str]:
    """Verbs, and terms with a tilde before them, of which an activity must say one for the first condition to hold."""
    conditions = heads.all("where")
    if subject != "activity" or not conditions:
        return frozenset()
    loops = {
        head.values[0]: head.values[-1]
        for head in heads.all("for each")
        if len(head.values) == 2 and type(head.values[-1]) is tree.Path
    }
    first = next(_parts(conditions[0].values[0]))
    found = _terms_asked(first, maker, loops)
    return found if any(word[0] == "~" for word in found) else frozenset()


def _terms_asked(node: Any, maker: Maker, loops: dict[str, tree.Path]) -> frozenset[str]:
    """Words of which an activity must say one for a test to hold; empty where there is no telling."""
    if node.kind == "any":
        found = [_terms_asked(part, maker, loops) for part in node.values]
        return frozenset().union(*found) if all(found) else frozenset()
    if node.kind == "all":
        found = [_terms_asked(part, maker, loops) for part in node.values]
        return max(found, key=lambda words: (bool(words), any(word[0] == "~" for word in words)))
    if node.kind in ("satisfies", "each") and node.values[0] == "some" and _over_clauses(node.values[2], "activity"):
        _, name, _, inner = node.values
        keys = maker.terms_needed(inner, name) if node.kind == "satisfies" else maker.term_of(inner)
    elif node.kind == "test" and type(node.values[0]) is tree.Path:
        words = node.values[0].words
        of_clauses = _over_clauses(node.values[0], "activity") or (
            len(words) == 1 and words[0] in loops and _over_clauses(loops[words[0]], "activity")
        )
        keys = maker.term_of(node.values[1]) if of_clauses else frozenset()
    else:
        keys = frozenset()
    return frozenset([f"~{key}" for key in keys]) or _words_asked(node, "activity", _word_of_subject)


def _over_clauses(path: tree.Path, subject: str) -> bool:
    """Whether a loop runs over clauses that hold for the subject itself."""
    if len(path.words) != 2 or path.words[0] != subject or path.words[1] in DERIVED_FIELDS["activity"]:
        return False
    return path.words[1] in ("own", "clauses") or (subject == "activity" and path.words[1] in VERB_OF_FIELD)


def _first_of(prefixes: Sequence[Prefix], whole: tuple[str, ...] | None, subject: str) -> First | None:
    """The conditions to ask first, of activities that differ in what these look at: most pass none of them.

    As many as look at no names, else as many as look at the activity only; `whole` is what the whole rule reads. None
    where it does as well: where it looks at no names either, and not at most of what an activity says.
    """
    looked = [(prefix, reads_of(prefix.looks, subject)) for prefix in prefixes]
    good = [one for one in looked if _is_open(one[1])]
    if not good and whole is None:
        good = [one for one in looked if one[1] is not None]
    if not good:
        return None
    prefix, reads = good[-1]
    if whole is not None and _is_open(whole) and not (len(whole) > _MANY and len(reads or ()) * 2 < len(whole)):
        return None
    return First(prefix.loops, prefix.conditions, reads or (), prefix.looks.in_notices)


def _is_open(reads: tuple[str, ...] | None) -> bool:
    return reads is not None and not any(is_seldom_the_same(name) for name in reads)


def is_seldom_the_same(name: str) -> bool:
    """Whether two activities are seldom alike in this: the words themselves count, or which activity it is."""
    return name == ".outer" or (name[0] == "=" and name[:7] != "=never ")


def _narrowed(heads: Heads, parts: Parts, paths: Sequence[tree.Path]) -> dict[str, str]:
    """Fields that hold clauses of all verbs, of which a rule looks at those with certain tails only: what it reads."""
    looked: dict[str, list[frozenset[str]]] = {"clauses": [], "own": []}
    met: dict[str, int] = {"clauses": 0, "own": 0}
    for path, loop in zip(paths, parts.loops, strict=False):
        if _is_of(path, parts.subject, members.LONG_LISTS):
            looked[path.words[1]].append(loop.needs if len(loop.names) == 1 else members.NO_TAILS)
            met[path.words[1]] += 1
    for head in (*heads.all("where"), *heads.all("expect")):
        for path in _paths_in(head.values):
            if _is_of(path, parts.subject, members.LONG_LISTS):
                met[path.words[1]] += 1
        for name, path, inner in _quantifiers(head.values):
            if _is_of(path, parts.subject, members.LONG_LISTS) and not _is_left(name, heads):
                looked[path.words[1]].append(members.tails_asked(inner, name))
    return {
        field: f".{field} with {', '.join(sorted(frozenset().union(*tails)))}"
        for field, tails in looked.items()
        if tails and all(tails) and len(tails) == met[field]
    }


def _quantifiers(node: Any) -> Iterator[tuple[str, tree.Path, Any]]:
    """The variable, the path and the test of each `some`, `no` and `every` with a test of its own."""
    if type(node) is tree.Expression and node.kind == "satisfies":
        yield node.values[1], node.values[2], node.values[3]
    if isinstance(node, tuple):
        for part in node:
            yield from _quantifiers(part)


def _is_left(name: str, heads: Heads) -> bool:
    """Whether a condition speaks of what a quantifier left in its variable."""
    conditions = [head.values for head in (*heads.all("where"), *heads.all("expect"))]
    tests = [test for values in conditions for found, _, test in _quantifiers(values) if found == name]
    within = [path for test in tests for path in _paths_in(test)]
    return any(path.words[0] == name and path not in within for values in conditions for path in _paths_in(values))


def _paths_in(node: Any) -> Iterator[tree.Path]:
    if type(node) is tree.Path:
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _paths_in(part)


def _is_of(path: tree.Path, subject: str, fields: tuple[str, ...]) -> bool:
    return len(path.words) == 2 and path.words[0] == subject and path.words[1] in fields


def reads_of(looks: Looks, subject: str, narrowed: Mapping[str, str] = _NONE) -> tuple[str, ...] | None:
    """The verbs and tails that the fields looked at are made of; None where they lead elsewhere.

    The data that are handled stand for themselves: what else the clauses say that handle them is not looked at.
    Where nothing else is looked at in which names are left open, fields that are `narrowed` stand for a part of them.
    """
    reads, exact = looks.reads, looks.exact
    if reads is None or subject not in ("activity", "declaration"):
        return None
    if narrowed:
        others = reads_of(evolve(looks, reads=reads.difference(narrowed)), subject)
        if others is not None and all(name[0] in "=." for name in others):
            return tuple(sorted({*others, *[narrowed[name] for name in reads & narrowed.keys()]}))
    found: set[str] = set()
    for name in reads:
        mark = "=" if exact is None or name in exact else ""
        verb = VERB_OF_FIELD.get(name.removeprefix("never-"))
        if verb is not None:
            found.add(
                f"{mark}{name[:6].replace('-', ' ')}{verb}" if mark and name.startswith("never-") else mark + verb
            )
        elif name == "data":
            found.add(f"{mark}@data")
        elif name == "people":
            found.update([f"{mark}@data", f"{mark}collects"])
        elif name in MADE_OF:
            found.update([mark + verb for verb in MADE_OF[name]])
            if name == "own":
                found.add(".standing")
        elif (subject == "declaration" and name in _DECLARED_TAILS) or name in (
            "from",
            "until",
            "by",
            "document",
            "documents",
            "notices",
            "outer",
            "standing",
            "moments",
        ):
            found.add(f".{name}")
        else:
            return None
    if any(name[0] not in "=." for name in found):  # which names are the same in both is asked of both alike
        found |= {name.removeprefix("=").removeprefix("never ") for name in found if name[0] == "="}
    verbs = {name.removeprefix("=").removeprefix("never ") for name in found} & VERBS.keys()
    if ".standing" in found and len(verbs) <= _MANY:
        found.remove(".standing")
        found.add(f".standing of {', '.join(sorted(verbs))}")
    return tuple(sorted(found))


def _parts(node: tree.Expression) -> Iterator[tree.Expression]:
    """The tests that must all hold for an expression to hold."""
    if node.kind == "all":
        for part in node.values:
            yield from _parts(part)
    else:
        yield node


def _asked(node: tree.Expression, subject: str) -> str:
    if node.kind in ("each", "satisfies") and node.values[0] == "some":
        return _verb_of(node.values[2], subject)
    if node.kind == "test" and type(node.values[0]) is tree.Path and _never_of_silence(node.values[1]):
        return _verb_of(node.values[0], subject)
    return ""


def tails_needed(heads: Heads, name: str) -> frozenset[str]:
    """Tails of which a clause must have one for every `where` to hold of it; empty where there is no telling."""
    for choice in _choices(heads, name, _word_of_clause):
        if not choice & {"blank", "exclusive"}:
            return frozenset(word.removesuffix(" blank") for word in choice)
    return frozenset()


def _choices(heads: Heads, name: str, word: Callable[[str], str]) -> Iterator[frozenset[str]]:
    """For each `where` that asks for something of a variable: the words of which it needs one."""
    for head in heads.all("where"):
        for part in _parts(head.values[0]):
            if found := _words_asked(part, name, word):
                yield found


def _words_asked(node: Any, name: str, word: Callable[[str], str]) -> frozenset[str]:
    """Words of which a variable must say one for the test to hold, with `blank` where only that will do, or nothing."""
    if node.kind == "any":
        choices = [_words_asked(part, name, word) for part in node.values]
        return frozenset().union(*choices) if all(choices) else frozenset()
    if node.kind == "all":
        return next((found for part in node.values if (found := _words_asked(part, name, word))), frozenset())
    if word is _word_of_subject and (kinds := _kinds_asked(node, name)):
        return kinds
    for path in _asked_paths(node):
        if path.words[0] != name:
            continue
        if len(path.words) > 2:
            if word is _word_of_subject and path.words[1] == "document" and path.words[2] in VERB_OF_FIELD:
                return frozenset({f"^{VERB_OF_FIELD[path.words[2]]}"})
            continue
        state = _state_asked(node.values[1]) if node.kind == "test" and node.values[0] is path else ""
        if len(path.words) == 1:
            return frozenset({state}) if word is _word_of_clause and state in ("blank", "exclusive") else frozenset()
        if word is _word_of_subject and path.words[1] == "mentioned":
            return frozenset({":unmentioned"}) if state == "none" else frozenset()
        if word is _word_of_subject and path.words[1] == "clauses" and node.kind == "satisfies":
            return frozenset({f"::{tail}" for tail in _words_asked(node.values[3], node.values[1], _word_of_clause)})
        if said := word(path.words[1]):
            return frozenset({f"{said} blank" if state == "blank" and word is _word_of_clause else said})
    return frozenset()


def _letters_asked(node: Any) -> frozenset[str]:
    """Letters of which some must stand in a text of the register for the test to hold."""
    if node.kind == "any":
        choices = [_letters_asked(part) for part in node.values]
        return frozenset().union(*choices) if all(choices) else frozenset()
    if node.kind == "all":
        return next((found for part in node.values if (found := _letters_asked(part))), frozenset())
    if node.kind in ("satisfies", "each") and node.values[0] == "some":
        return _letters_asked(node.values[3]) if node.kind == "satisfies" else _letters_of(node.values[3])
    if node.kind == "test" and type(node.values[0]) is tree.Path:
        return _letters_of(node.values[1])
    return frozenset()


def _letters_of(predicate: tree.Expression) -> frozenset[str]:
    if predicate.kind != "matches":
        return frozenset()
    try:
        pattern = safe_pattern(members.pattern_of(predicate)).pattern
    except PatternFault:  # which has been told
        return frozenset()
    return letters_needed(pattern)


def _kinds_asked(node: Any, name: str) -> frozenset[str]:
    """The kinds of thing that pass `x is data` and its like."""
    if node.kind != "test" or getattr(node.values[0], "words", ()) != (name,):
        return frozenset()
    kind = _state_asked(node.values[1])
    kinds = PARTIES if kind == "party" else ("organisation", "organisations") if kind == "organisation" else (kind,)
    return frozenset([f":a {kind}" for kind in kinds]) if set(kinds) <= set(DECLARATIONS) else frozenset()


def _state_asked(predicate: tree.Expression) -> str:
    """The word of `is blank`, `is exclusive` and their like."""
    named = predicate.values[-1] if predicate.kind == "is" and len(predicate.values) == 1 else None
    return named.words[0] if type(named) is tree.Path and len(named.words) == 1 else ""


def _word_of_clause(field: str) -> str:
    return field if field in TAILS else ""


def _word_of_subject(field: str) -> str:
    return f":{field}" if field in _DECLARED_TAILS else VERB_OF_FIELD.get(field, "")


def _asked_paths(node: Any) -> Iterator[tree.Path]:
    """The paths of which each must lead to something for the test to hold."""
    if node.kind in ("each", "satisfies") and node.values[0] == "some":
        yield node.values[2]
    elif node.kind == "test":
        subject, predicate = node.values
        if predicate.kind == "is_in" and len(predicate.values) == 1:
            yield predicate.values[0]
        if _never_of_silence(predicate, blank=True) or _state_asked(predicate) in ("none", "exclusive"):
            given = subject.values[1:] if getattr(subject, "kind", "") == "call" else (subject,)
            yield from (path for path in given if type(path) is tree.Path)


TAILS = frozenset(joint for verb in VERBS.values() for joint in verb.tails if " " not in joint)
_DECLARED_TAILS = frozenset(joint for joints in DECLARATIONS.values() for joint in joints if " " not in joint)


def _verb_of(path: tree.Path, subject: str) -> str:
    if len(path.words) == 2 and path.words[0] == subject:
        return VERB_OF_FIELD.get(path.words[1], "")
    return ""


def _never_of_silence(predicate: tree.Expression, blank: bool = False) -> bool:
    """Whether the test can never hold of what nothing is said about; `blank` where a blank would be something said."""
    if predicate.kind == "is":
        named = predicate.values[-1]
        word = named.words[0] if type(named) is tree.Path else ""
        if blank and word == "blank":
            return True
        return (
            word not in ("silent", "none", "blank", "deferred", "exclusive", "ambiguous", "quoted")
            and predicate.values[0] != "not"
        )
    return predicate.kind in ("contains", "agrees", "compares", "matches")
