"""From what a rule found to what is shown: the place, the severity on that day, the fingerprint.

Each fact is reported once, where it stands, and what yields is not shown beside what it yields to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from gdprlint.diagnostics import Diagnostic, Fix, Label, Severity
from gdprlint.model.register import Register
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.readers.margins import place_of
from gdprlint.rules.rule import Draft, Rule, Spot
from gdprlint.text import Span


def place(spot: Spot | None, subject: Thing) -> Span:
    """Where a thing, clause or value stands; what stands nowhere is pointed at by the name of the subject."""
    here: object = spot
    if isinstance(here, Values):
        here = here.members[0] if here.members else None
    if isinstance(here, Item):
        holder = here.holder
        path = (
            holder.owner.path
            if isinstance(holder, Clause)
            else holder.path
            if isinstance(holder, Thing)
            else subject.path
        )
        return Span(path, here.start, here.end)
    if isinstance(here, Clause):
        return Span(here.owner.path, here.start, here.end)
    thing = here if isinstance(here, Thing) else subject
    return Span(thing.path, thing.name_start, thing.name_end)


def diagnostic(rule: Rule, draft: Draft, subject: Thing, register: Register, as_of: date) -> Diagnostic:
    """The finding that a draft amounts to, with its provisions as they stood and its fingerprint."""
    spots = [(place(spot, subject), label) for spot, label in draft.at]
    primary, label = spots[0]
    severity = draft.severity or rule.severity
    note = draft.note
    if rule.verified == "no":
        severity = Severity(max(Severity.INFO, severity - 1))
        note = note or "the provision behind this rule was not read in its own text"
    labels = [Label(span, text) for span, text in spots[1:] if span != primary]
    labels.extend(_margin_labels(draft.at[0][0], register))
    return Diagnostic(
        rule.code, rule.name, severity, draft.message, primary, label,
        draft.advice or ("" if "{" in rule.help else rule.help), note, rule.cited(as_of), tuple(labels),
        subject.name if subject.kind == "activity" else "", register.name,
        fingerprint(rule.code, draft, subject, register), rule.pack, rule.topic,
        _fixes(draft, subject, register, rule, as_of) if draft.repairs else (),
        tuple([fingerprint(other, draft, subject, register) for other in (*rule.aliases, *rule.former)]),
    )  # fmt: skip


def _fixes(draft: Draft, subject: Thing, register: Register, rule: Rule, as_of: date) -> tuple[Fix, ...]:
    from gdprlint.judging.repairs import fixes_of  # few rules have any

    return fixes_of(draft, subject, register, rule, as_of)


def _margin_labels(spot: Spot, register: Register) -> list[Label]:
    """Where the source says it: the second place of a finding about a clause with a margin."""
    here: object = spot.members[0] if isinstance(spot, Values) and spot.members else spot
    if isinstance(here, Item):
        here = here.holder
    if not isinstance(here, Clause):
        return []
    found = place_of(here, register.notices)
    return [Label(*found)] if found else []


def fingerprint(code: str, draft: Draft, subject: Thing, register: Register) -> str:
    """Made of meaning: rule, register, kind and name of the subject, clause kind and normal form of the value."""
    spot: object = draft.at[0][0]
    if isinstance(spot, Values):
        spot = spot.members[0] if spot.members else None
    verb = normal = ""
    if isinstance(spot, Item):
        verb = spot.holder.verb if isinstance(spot.holder, Clause) else ""
        normal = spot.normal
        subject = spot.holder.owner if isinstance(spot.holder, Clause) else subject
    elif isinstance(spot, Clause):
        verb, normal, subject = spot.verb, spot.normal, spot.owner
    elif isinstance(spot, Thing):
        subject = spot
    parts = (code, register.name, f"{subject.kind} {subject.name}", verb, normal)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def settled(findings: Sequence[Diagnostic], rules: Sequence[Rule], register: Register) -> list[Diagnostic]:
    """One place, one finding; and what yields is not shown beside what it yields to."""
    unique: dict[tuple[object, ...], Diagnostic] = {}
    for finding in findings:
        key = (finding.code, finding.span, "" if finding.labels else finding.message)
        known = unique.setdefault(key, finding)
        if known is not finding:
            more = tuple(label for label in finding.labels if label not in known.labels)
            unique[key] = known.evolve(labels=known.labels + more) if more else known
    found = list(unique.values())
    yields = {rule.code: rule.yields for rule in rules if rule.yields}
    if not any(finding.code in yields for finding in found):
        return found
    by_code: dict[str, list[Diagnostic]] = {}
    for finding in found:
        by_code.setdefault(finding.code, []).append(finding)
    at_name = {Span(thing.path, thing.name_start, thing.name_end): thing.kind for thing in register.things}
    return [
        finding
        for finding in found
        if not any(
            _covers(kept, finding, at_name) for code in yields.get(finding.code, ()) for kept in by_code.get(code, ())
        )
    ]


def _covers(kept: Diagnostic, other: Diagnostic, at_name: dict[Span, str]) -> bool:
    """Whether what `kept` says makes the other finding needless: the same clause, or the same thing missing.

    What is missing stands at a name: of the activity, or of the notice for all that its file says.
    """
    if kept.span == other.span:
        return True
    if kept.span.path != other.span.path:
        return False
    if at_name.get(kept.span) in ("notice", "record"):
        return other.span in at_name or kept.activity == other.activity
    return bool(kept.activity) and kept.activity == other.activity and (kept.span in at_name or other.span in at_name)


def counted(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Fingerprints of equals get a counter, in order of place."""
    seen: dict[str, int] = {}
    counted = []
    for finding in order(findings):
        number = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        if number > 1:
            former = tuple(f"{other}-{number}" for other in finding.former)
            finding = finding.evolve(fingerprint=f"{finding.fingerprint}-{number}", former=former)
        counted.append(finding)
    return counted


def order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda f: (f.span.path, f.span.start, f.span.end, f.code, f.message))


def with_fingerprint(finding: Diagnostic, register: str) -> Diagnostic:
    """A finding of the reader is known by its kind and what it says of which words."""
    text = f"{finding.code}\n{finding.name}\n{register}\n{finding.message}"
    return finding.evolve(fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16], register=register)
