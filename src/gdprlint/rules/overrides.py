"""Overrides: what a pack says of a rule of another pack, checked, and taken down as changes.

    override UK213 long-held-contact-data-no-refresh {
      severity  error
      parameter longest 2 years
      where     activity.purpose is research
      why       "our schedule asks for a yearly look at addresses"
    }

The lines are those of a rule, and are checked as if they stood in it. Two packs that say different things of one rule,
neither of which requires the other, are told, and neither of the two changes holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.language import tree
from gdprlint.model.states import Extent
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.rules.changes import Change, with_lines
from gdprlint.rules.declared import SEVERITIES, declared
from gdprlint.rules.parameters import bound, declared_by
from gdprlint.rules.requirements import CORE, Standing, fault
from gdprlint.rules.rule import STAGES, Changed, Rule
from gdprlint.text import Source, Span, nearest_name
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.rules.packs import Pack

MOST = 1_000  # overrides of one pack
_FAR = 1 << 40  # places of the lines of an override, while they stand among those of the rule
_OF_LINES = ("severity", "parameter", "where")
_ALLOWED = (*_OF_LINES, "judges", "silence", "stage", "replaced by", "why", "example")
_WORDS = {"judges": ("record", "notice"), "silence": tuple(extent.value for extent in Extent), "stage": STAGES}


class Written(NamedTuple):
    """A rule as its pack wrote it; `node` is None where that is no declaration but Python."""

    rule: Rule
    node: tree.Rule | None
    pack: str


class Override(NamedTuple):
    """An override where it stands: the file, its tree without examples, and each of its lines as one reads it."""

    pack: str
    path: str
    line: int
    node: tree.Override
    said: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.pack}/{self.path}:{self.line}"

    def span(self, node: Any) -> Span:
        return Span(f"{self.pack}/{self.path}", node.start, node.end)

    def lines(self, *kinds: str) -> list[tuple[tree.Head, str]]:
        """The lines of these kinds, each with its text."""
        pairs = zip(self.node.heads, self.said, strict=True)
        return [(head, said) for head, said in pairs if type(head) is tree.Head and head.kind in kinds]


def override_data(node: tree.Override, path: str, source: Source) -> dict[str, Any]:
    """The override as JSON-ready data; its examples stay in the file."""
    heads = tuple(head for head in node.heads if not (type(head) is tree.Head and head.kind == "example"))
    said = [" ".join(source.text[head.start : head.end].split()) for head in heads]
    line = source.position(node.start)[0]
    return {"path": path, "line": line, "tree": tree.encode(node._replace(heads=heads)), "said": said}


def overrides_of(pack: Pack) -> Iterator[Override]:
    """The overrides that a pack declares, in the order of its files."""
    for data in pack.data.get("overrides", ()):
        yield Override(pack.name, data["path"], data["line"], tree.decode(data["tree"]), tuple(data["said"]))


def checked(
    packs: Iterable[Pack], standing: Standing, rules: Mapping[str, Written], vocabulary: Vocabulary
) -> tuple[list[Change], list[Diagnostic]]:
    """The changes that hold, by rule and in the order in which they do, and what is wrong with the others."""
    faults: list[Diagnostic] = []
    by_code: dict[str, list[tuple[Override, Change]]] = {}
    for pack in packs:
        seen: set[str] = set()
        for number, one in enumerate(overrides_of(pack)):
            code = one.node.code.text
            if number == MOST:
                message = f"a pack overrides at most {MOST:,} rules; the rest is not read"
                faults.append(fault("too-many", message, one.span(one.node.code)))
                break
            if code in seen:
                message = f"the pack {pack.name} overrides {code} twice"
                faults.append(fault("conflict", message, one.span(one.node.code), "put the lines into one override"))
                continue
            seen.add(code)
            change, wrong = change_of(one, pack, standing, rules, vocabulary)
            faults.extend(wrong)
            if change is not None:
                by_code.setdefault(code, []).append((one, change))
    held: list[Change] = []
    for code, listed in by_code.items():
        listed.sort(key=lambda entry: len(standing.over[entry[0].pack]))
        clashes = list(_clashes(listed, standing))
        faults.extend(clash for _, clash in clashes)
        apart = {id(change) for changes, _ in clashes for change in changes}
        held.extend(_told(rules[code].rule, [change for _, change in listed if id(change) not in apart]))
    return held, faults


# ---- one override


def change_of(
    one: Override, pack: Pack, standing: Standing, rules: Mapping[str, Written], vocabulary: Vocabulary
) -> tuple[Change | None, list[Diagnostic]]:
    """The change that an override makes; None, with what is wrong, where it makes none."""
    written = rules.get(one.node.code.text)
    wrong = list(_of_another_pack(one, pack, standing, rules, written))
    if wrong or written is None:
        return None, wrong
    wrong = [*_lines_fit(one, written), *_replacement(one, rules, pack)]
    if wrong:
        return None, wrong
    heads = tuple(head for head, _ in one.lines(*_OF_LINES))
    levels = [" ".join(said.split()[1:]) for _, said in one.lines("severity")]
    severities = [head for head, _ in one.lines("severity")]
    anew = bool(severities) and len(severities[0].values) == 1
    change = Change(
        one.node.code.text,
        Changed(pack.name, one.place, _why(one), ()),
        Severity.named(severities[0].values[0]) if anew else None,
        anew,
        tuple(levels[1:] if anew else levels),
        _set(one, "judges"),
        _set(one, "silence"),
        next((str(head.values[0]) for head, _ in one.lines("stage")), ""),
        tuple(evolve(value, by=pack.name) for value in declared_by(one.node)),
        heads,
        replaced_by=tuple(thing.text for thing in _things(one, "replaced by")),
    )
    if not _aspects(change) and not one.lines("where"):
        help = "say what is different, in a line such as `severity warning` or `where …`"
        return None, [fault("bad-override", "this override changes nothing", one.span(one.node.code), help)]
    if written.node is None or not heads:
        return change, []
    merged = with_lines(written.node, tree.shifted(heads, _FAR), anew)
    rule, faults = declared(merged, Source(written.rule.place, ""), vocabulary, written.pack, written.rule.topic)
    if rule is None:
        return None, [_at_its_place(found, one) for found in faults]
    needs = rule.needs
    return evolve(change, reads=needs.reads if needs else None, notices=bool(needs and needs.notices)), []


def _of_another_pack(
    one: Override, pack: Pack, standing: Standing, rules: Mapping[str, Written], written: Written | None
) -> Iterator[Diagnostic]:
    """What is wrong with the rule that an override names, and with its reason."""
    code, name = one.node.code, one.node.name
    if written is None:
        near = nearest_name(code.text[:100], rules)
        help = f"did you mean `{near}`?" if near else "`gdprlint rules` lists the rules there are"
        yield fault("unknown-rule", f"there is no rule `{code.text}` to override", one.span(code), help)
        return
    if written.rule.name != name.text:
        help = f"did you mean `{written.rule.name}`?"
        message = f"the rule {code.text} is not called `{name.text}`"
        yield fault("unknown-rule", message, one.span(name), help)
    if written.pack == pack.name:
        help = "change the rule itself, in its file"
        yield fault("bad-override", f"{code.text} is a rule of this pack", one.span(code), help)
    elif written.pack not in standing.near[pack.name] and written.pack not in _required(pack):
        message = f"{code.text} is a rule of the pack {written.pack}, which {pack.name} does not require"
        yield fault("bad-override", message, one.span(code), f"write `requires {written.pack}` in `pack.gdpr`")
    elif written.pack not in standing.near[pack.name]:
        message = f"{code.text} stays as the pack {written.pack} has it, since what {pack.name} requires does not hold"
        yield fault("unmet-requirement", message, one.span(code))
    if not _why(one).strip():
        help = 'write `why "…"` for those who ask in a year'
        yield fault("missing-reason", f"the override of {code.text} gives no reason", one.span(code), help)


def _required(pack: Pack) -> set[str]:
    return {row[0] for row in pack.data.get("requires", ())}


def _lines_fit(one: Override, written: Written) -> Iterator[Diagnostic]:
    """Lines that an override does not take, or that this rule has no use for."""
    for head in one.node.heads:
        if type(head) is tree.Head and head.kind not in _ALLOWED:
            help = "write a rule of your own, and let it take the place of this one with `replaced by`"
            message = f"`{head.kind}` cannot be overridden: it is what the rule asks and says"
            if head.kind == "in force":
                message, help = "the days of a rule cannot be overridden", "write `where as-of >= 2027-01-01`"
            yield fault("bad-override", message, one.span(head), help)
    for kind, allowed in _WORDS.items():
        for head, _ in one.lines(kind):
            things = head.values[0].items if type(head.values[0]) is tree.Things else ()
            words: list[tuple[str, Any]] = [(thing.text, thing) for thing in things] or [(str(head.values[0]), head)]
            for word, node in words:
                if word not in allowed:
                    near = nearest_name(word[:100], allowed)
                    help = f"did you mean `{near}`?" if near else "one of " + ", ".join(f"`{a}`" for a in allowed)
                    yield fault("unknown-word", f"`{word}` cannot stand here", one.span(node), help)
                elif kind == "judges" and word not in written.rule.judges:
                    message = f"{written.rule.code} does not judge a {word}, and an override only narrows that"
                    yield fault("bad-override", message, one.span(node))
    for head, _ in one.lines("severity"):
        if head.values[0] not in SEVERITIES:
            near = nearest_name(head.values[0][:100], SEVERITIES)
            help = f"did you mean `{near}`?" if near else "one of `info`, `warning`, `error`"
            yield fault("unknown-word", f"`{head.values[0]}` is no severity", one.span(head), help)
    if written.node is None:
        for head, _ in one.lines("where", "parameter"):
            message = f"{written.rule.code} is written in Python, whose conditions cannot be overridden"
            yield fault("bad-override", message, one.span(head))
        for head, _ in one.lines("severity"):
            if len(head.values) > 1:
                message = f"{written.rule.code} is written in Python, and has one severity everywhere"
                yield fault("bad-override", message, one.span(head), "leave out what stands behind the word")
        return
    known = {value.name: value for value in written.rule.parameters}
    given = {value.name: value for value in declared_by(one.node)}
    for head, _ in one.lines("parameter"):
        name = head.values[0]
        if name not in known:
            near = nearest_name(name[:100], known)
            help = f"did you mean `{near}`?" if near else ""
            if not known:
                help = f"`gdprlint rule {written.rule.code}` shows what it has"
            yield fault("unknown-parameter", f"{written.rule.code} has no parameter `{name}`", one.span(head), help)
        elif given[name].kind != known[name].kind:
            message = f"`{name}` is {_a(known[name].kind)}, as `{known[name].value}`"
            yield fault("wrong-type", message, one.span(head))
    names = set(bound(head for head in written.node.heads if type(head) is tree.Head))
    for head, _ in one.lines("where", "severity"):
        for name in names.intersection(bound([head])):
            help = "give what you look through a name that the rule does not have"
            message = f"`{name}` means something in {written.rule.code} already"
            yield fault("bad-override", message, one.span(head), help)


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "amount" else f"a {kind}"


def _replacement(one: Override, rules: Mapping[str, Written], pack: Pack) -> Iterator[Diagnostic]:
    """What is wrong with the rules that take the place of one."""
    replaced = one.lines("replaced by")
    if replaced and one.lines(*_OF_LINES, "judges", "silence", "stage"):
        message = f"{one.node.code.text} is replaced, so nothing else of it can be overridden"
        yield fault("bad-override", message, one.span(replaced[0][0]), "keep one of the two")
    for thing in _things(one, "replaced by"):
        other = rules.get(thing.text)
        if other is None or other.pack != pack.name:
            own = [code for code, written in rules.items() if written.pack == pack.name]
            near = nearest_name(thing.text[:100], own)
            help = f"did you mean `{near}`?" if near else "a pack replaces rules by its own only"
            message = f"`{thing.text[:100]}` is no rule of the pack {pack.name}"
            yield fault("unknown-rule", message, one.span(thing), help)


def _things(one: Override, kind: str) -> list[tree.Thing]:
    return [thing for head, _ in one.lines(kind) for thing in head.values[0].items]


def _set(one: Override, kind: str) -> frozenset[str] | None:
    return frozenset(thing.text for thing in _things(one, kind)) or None


def _why(one: Override) -> str:
    return next((str(head.values[0]) for head, _ in one.lines("why")), "")


def _at_its_place(found: Diagnostic, one: Override) -> Diagnostic:
    """A fault of the changed rule, in the line of the override that brought it."""
    start, end = found.span.start - _FAR, found.span.end - _FAR
    span = one.span(one.node.code) if start < 0 else Span(f"{one.pack}/{one.path}", start, end)
    return found.evolve(span=span, note="the override does not hold")


# ---- several of one rule


def _aspects(change: Change) -> set[str]:
    """What of a rule a change says anew; a condition narrows it further, whoever else does."""
    found = {f"the parameter `{value.name}`" for value in change.parameters}
    if change.severity is not None or change.levels:
        found.add("the severity")
    for name in ("judges", "silence"):
        if getattr(change, name) is not None:
            found.add(f"`{name}`")
    if change.stage:
        found.add("the stage")
    if change.replaced_by:
        found.add("whether it is replaced")
    return found


def _clashes(listed: list[tuple[Override, Change]], standing: Standing) -> Iterator[tuple[list[Change], Diagnostic]]:
    """Changes of one rule by packs that know nothing of each other, and a fault for each that comes after another."""
    for number, (one, change) in enumerate(listed):
        others = [
            (other, earlier)
            for other, earlier in listed[:number]
            if other.pack not in standing.over[one.pack] and (_both(change, earlier) or _replaces(change, earlier))
        ]
        if not others:
            continue
        other, earlier = others[0]
        what = " and ".join(sorted(_both(change, earlier))) or "whether it is replaced"
        message = f"the packs {other.pack} and {one.pack} both override {what} of {change.code}; neither holds"
        help = f"let one of them require the other, and its word goes last; {other.pack} says it in {other.place}"
        yield [change, *(found for _, found in others)], fault("conflict", message, one.span(one.node.code), help)


def _both(one: Change, two: Change) -> set[str]:
    return _aspects(one) & _aspects(two)


def _replaces(one: Change, two: Change) -> bool:
    return bool(one.replaced_by or two.replaced_by)


def _told(rule: Rule, changes: list[Change]) -> Iterator[Change]:
    """The changes with what each of them makes different, in words."""
    severity, values = rule.severity, {value.name: value.value for value in rule.parameters}
    judges, silence, stage = rule.judges, rule.silence, rule.stage
    for change in changes:
        what = [f"replaced by {' and '.join(change.replaced_by)}"] if change.replaced_by else []
        if change.severity is not None:
            what.append(f"severity {change.severity.word} instead of {severity.word}")
            severity = change.severity
        what += [f"severity {level}" for level in change.levels]
        for value in change.parameters:
            what.append(f"{value.name} {value.value} instead of {values[value.name]}")
            values[value.name] = value.value
        if change.judges is not None:
            what.append(f"judges {_words(change.judges)} instead of {_words(judges)}")
            judges = change.judges
        if change.silence is not None:
            what.append(f"silence counts in {_words(change.silence)} instead of {_words(silence)}")
            silence = change.silence
        if change.stage:
            what.append(f"stage {change.stage} instead of {stage}")
            stage = change.stage
        what += [f"only where {said}" for said in _conditions(change)]
        yield evolve(change, told=Changed(change.pack, change.told.place, change.told.why, tuple(what)))


def _conditions(change: Change) -> Iterator[str]:
    from gdprlint.language.printer import expression_text

    for head in change.heads:
        if head.kind == "where":
            yield expression_text(head.values[0])


def _words(words: Iterable[str]) -> str:
    return " and ".join(sorted(words)) or "nothing"


__all__ = ["CORE", "Override", "Written", "change_of", "checked", "override_data", "overrides_of"]
