"""Where a record and its notices part within one register, as findings of `gdprlint check` with the code REC010.

A fact that a rule of the packs reports is left to that rule: which rules hold a record against its notice, and about
what, stands in one table here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gdprlint.comparing import drift
from gdprlint.comparing.both import meaning_of, names_in
from gdprlint.comparing.differences import Difference, activity_of, span_of
from gdprlint.comparing.sides import Side, is_root
from gdprlint.comparing.topics import TOPICS
from gdprlint.comparing.wording import word
from gdprlint.diagnostics import Diagnostic, Label, Severity
from gdprlint.model.register import Register
from gdprlint.model.things import Item, Thing
from gdprlint.text import Span

CODE, NAME = "REC010", "record-and-notice-differ"

# What is compared | the rules that report the same, beside which nothing is told a second time.
_RULES = """
not told purpose | UK1305, MRS103
not told recipient | UK1310, MRS168
not told transfer | UK1312, MRS114
not told transfer country | UK1312, MRS114
not told retention | UK1316, MRS115
not told source | UK1402, UK1403
not told special category data | MRS104
not told criminal offence data | MRS104
not told obligation to provide | UK1326
not told dpo | UK1304
not told automated decisions | UK1329, MRS113
not told rights access | UK1317
not told rights rectification | UK1318
not told rights erasure | UK1319
not told rights restriction | UK1320
not told rights objection | UK1321
not told rights portability | UK1322, UK1336
not told rights withdrawal of consent | UK1323
differs controller | UK1301, UK1344
differs lawful basis | UK1338, MRS120
differs retention | UK1341
differs transfer | UK1339
differs recipient | UK1340
differs automated decisions | UK2205
differs rights | UK1336
"""
RULES = {
    what.strip(): frozenset(code.strip() for code in codes.split(","))
    for what, _, codes in (line.partition("|") for line in _RULES.strip().splitlines())
}
# The rules by which a notice does not say what is on record: not so where its page has the very words.
MISSING = frozenset().union(
    *(codes for what, codes in RULES.items() if what.startswith("not told")),
    RULES["differs controller"], RULES["differs lawful basis"],
)  # fmt: skip
_HELP = {
    "not told": "say it in the notice; if it is done no longer, take it out of the record",
    "not on record": "put it on record; if it is not done, take it out of the notice",
    "differs": "settle which of the two holds, and say it in both",
}
_SEVERITY = {"not on record": Severity.INFO}


def findings(register: Register, told: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The drift of a register of which the findings of the rules, `told`, do not speak."""
    return compared(register, told)[0]


def compared(
    register: Register, told: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], dict[Diagnostic, tuple[Label, ...]]]:
    """Beside the drift that no rule speaks of: for rules that speak of what a page says, places in the other file."""
    by_code: dict[str, list[Diagnostic]] = {}
    for finding in told:
        by_code.setdefault(finding.code, []).append(finding)
    found: list[Diagnostic] = []
    places: dict[Diagnostic, tuple[Label, ...]] = {}
    meaning = None
    for record, notice in pairs(register):
        meaning = meaning or meaning_of(record, notice)
        for difference in drift.differences(record, notice, meaning=meaning):
            if difference.kind == "unclear":
                continue
            said = _told_by(difference, by_code, notice)
            if said is None:
                found.append(_finding(difference, record, notice))
            elif any(document.name in register.told for document in notice.documents):
                places[said] = (*places.get(said, ()), *_elsewhere(difference, said, notice))
    return found, places


def _elsewhere(difference: Difference, said: Diagnostic, notice: Side) -> list[Label]:
    """The places of a difference on a side to which the finding of a rule does not point.

    What points at the name of a notice points at its page.
    """
    names = {span: document.name for document in notice.documents if (span := span_of(document)) is not None}
    known = {names.get(span, span.path) for span in (said.span, *(label.span for label in said.labels))}
    sides = ((span_of(difference.old), "the record"), (span_of(difference.new), "the notice"))
    return [Label(span, text) for span, text in sides if span is not None and names.get(span, span.path) not in known]


def pairs(register: Register) -> Iterator[tuple[Side, Side]]:
    """The records and the notices that say they are of an activity of theirs; notices of one activity are one side."""
    by_document: dict[Thing | None, list[Thing]] = {}
    for thing in register.things:
        if is_root(thing):
            by_document.setdefault(register.document_of(thing), []).append(thing)
    for notices, root in _groups(register):
        told = [root for notice in notices for root in by_document.get(notice, ())]
        header = register.document_of(root)
        if told:
            record = Side(register, "record", header, by_document[header], register.things)
            yield record, Side(register, "notice", notices[0], told, register.things, tuple(notices[1:]))


def _groups(register: Register) -> list[tuple[list[Thing], Thing]]:
    """Notices that are of activities within one and the same, each group with the first of these activities."""
    group_of: dict[Thing, int] = {}
    groups: dict[int, tuple[list[Thing], list[Thing]]] = {}
    for number, notice in enumerate(register.of_kind("notice")):
        named = [register.names.things.get(name) for name in names_in(notice, "of")]
        activities = [thing.chain[-1] for thing in named if thing is not None and thing.kind == "activity"]
        roots = [root for root in dict.fromkeys(activities) if register.judged_as(root) == "record"]
        here = number
        groups[here] = ([notice], [])
        for other in {group_of[root] for root in roots if root in group_of}:
            small, here = sorted((here, other), key=lambda one: len(groups[one][1]))
            notices, moved = groups.pop(small)
            groups[here][0].extend(notices)
            groups[here][1].extend(moved)
            group_of.update(dict.fromkeys(moved, here))
        fresh = [root for root in roots if root not in group_of]
        groups[here][1].extend(fresh)
        group_of.update(dict.fromkeys(fresh, here))
    return [(sorted(n, key=_place), min(roots, key=_place)) for n, roots in groups.values() if roots]


def _place(thing: Thing) -> tuple[str, int]:
    return thing.path, thing.start


def _told_by(difference: Difference, by_code: dict[str, list[Diagnostic]], notice: Side) -> Diagnostic | None:
    """The finding of a rule that reports it: of the same activity, or at the same place."""
    node = activity_of(difference)
    names = {here.name for here in node.chain} if node is not None else set()
    if difference.kind == "not told":  # a rule may say so of the activity of the notice
        names |= {here.name for here in notice.activities()}
    places = [span for span in (span_of(difference.old), span_of(difference.new)) if span is not None]
    for code in RULES.get(_what(difference), ()):
        for finding in by_code.get(code, ()):
            spans = (finding.span, *(label.span for label in finding.labels))
            if finding.activity in names or any(_meet(a, b) for a in spans for b in places):
                return finding
    return None


def _what(difference: Difference) -> str:
    what = f"{difference.kind} {difference.topic}"
    return f"{what} {word(difference.old)}" if what == "not told rights" and isinstance(difference.old, Item) else what


def _meet(one: Span, two: Span) -> bool:
    return one.path == two.path and one.start < two.end and two.start < one.end


def _finding(difference: Difference, record: Side, notice: Side) -> Diagnostic:
    node = activity_of(difference)
    on_record, in_notice = span_of(difference.old), span_of(difference.new)
    span, other, said = on_record, in_notice, "the notice"
    if span is None:
        span, other, said = in_notice, span_of(_subject(record, notice)), "the record"
    assert span is not None
    what = node.words if node is not None else record.register.name
    cites = tuple(dict.fromkeys((*TOPICS[difference.topic].provisions, "uk-gdpr 5(1)(a)")))
    return Diagnostic(
        CODE,
        NAME,
        _SEVERITY.get(difference.kind, Severity.WARNING),
        f"{what}: {difference.text}",
        span,
        help=_HELP[difference.kind],
        cites=cites,
        labels=(Label(other, said),) if other is not None and other != span else (),
        activity=node.name if node is not None and node.kind == "activity" else "",
        pack="core",
        topic="reference",
    )


def _subject(record: Side, notice: Side) -> Thing | None:
    """The activity of the record that a notice says it is of."""
    known = record.register.names.things
    named = [known.get(name) for document in notice.documents for name in sorted(names_in(document, "of"))]
    return next((thing for thing in named if thing is not None and thing.kind == "activity"), None)
