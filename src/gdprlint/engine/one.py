"""Judges one register: by which rules, what they find, where the record and its notices part, and what of it is shown.

What came of it is plain data, which another process can send. Nothing here reads a file but those of a trusted base.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Diagnostic, Problem
from gdprlint.judging.findings import with_fingerprint
from gdprlint.judging.judge import Outcome, in_force, judge_register, merged
from gdprlint.language.tree import Rule as RuleNode
from gdprlint.model.register import Register
from gdprlint.options import Base, CheckOptions, WrongUse
from gdprlint.prose.pages import Pages
from gdprlint.readers import checks
from gdprlint.readers.register import Reading
from gdprlint.registers import SUFFIX, shown_path
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import DEPRECATED, PREVIEW, Rule
from gdprlint.text import Source, Span, nearest_name
from gdprlint.values import define, evolve, field, frozen

if TYPE_CHECKING:
    from gdprlint.background import Registered


@frozen
class Judgement:
    """What came of a register: `findings` as they are shown, and the codes of the rules that found any.

    `used` are the packs that it was judged by; None for all. `registered` is who answers for what, where that was
    asked for.
    """

    name: str
    used: frozenset[str] | None
    findings: tuple[Diagnostic, ...]
    failed: frozenset[str]
    applied: frozenset[str]
    unsure: frozenset[str]
    problems: tuple[Problem, ...]
    sources: Mapping[str, Source] = field(repr=False)
    empty: bool
    registered: Registered | None = None


@define(eq=False)
class Bench:
    """What registers are judged by: a library and options; which rules that comes to is found once for the same packs.

    `asked` are the rules as they are to be asked, where somebody looks on.
    """

    library: Library
    options: CheckOptions
    asked: Callable[[list[Rule]], list[Rule]] | None = None
    _rules: dict[frozenset[str] | None, list[Rule]] = field(factory=dict)

    def rules(self, used: frozenset[str] | None) -> list[Rule]:
        """The rules in force for a register that uses these packs."""
        known = self._rules.get(used)
        if known is None:
            options = self.options
            packs = set(used) if used is not None else None
            try:
                chosen = self.library.chosen(options.select, options.ignore, packs, options.preview)
                known = self._rules[used] = in_force(chosen, options.as_of)
            except ValueError as error:
                raise WrongUse(str(error)) from None
        return known

    def judge(self, reading: Reading, pages: Pages, shown: set[str]) -> Judgement:
        """What is found in a register, of which the files are shown that have these paths."""
        library, options = self.library, self.options
        used = packs_used(reading, library, options.packs)
        if options.base is not None and used is not None:
            used = used_in_base(reading, library, options.base, used)
        packs = frozenset(used) if used is not None else None
        rules = self.rules(packs)
        asked = self.asked(rules) if self.asked is not None else rules
        register = reading.register
        found = _asked_for(judged(register, asked, options, pages), rules)
        found = _with_drift(reading, asked, found)
        findings = [
            *_told(reading, options, pages),
            *_within(_marked(found.findings, rules, library), shown, pages),
        ]
        sources = {path: item.source for path, item in reading.parsed.items()}
        sources.update({source.path: source for source in register.notices.values()})
        registered = None
        if options.background:
            from gdprlint.judging.background import registered_in

            registered = registered_in(reading)
        return Judgement(
            register.name, packs, tuple(findings),
            frozenset([finding.code for finding in found.findings]), found.applied, found.unsure, found.problems,
            sources, not any(model.things or model.document for model in reading.files), registered,
        )  # fmt: skip


def judged(register: Register, rules: Sequence[Rule], options: CheckOptions, pages: Pages) -> Outcome:
    """What rules find in a register; what a page says in so many words is not missing in it."""
    found = judge_register(register, rules, options.as_of, options.jobs)
    found = evolve(found, findings=pages.heard(found.findings))
    if not register.told:
        return found
    from gdprlint.comparing.heard import without_said
    from gdprlint.comparing.within import MISSING

    return evolve(found, findings=tuple(without_said(register, found.findings, MISSING)))


def _asked_for(found: Outcome, rules: Iterable[Rule]) -> Outcome:
    """What was found, without what readers tell of clauses and nobody has asked for."""
    codes = {"syntax", *(rule.code for rule in rules)}
    return evolve(found, findings=tuple(finding for finding in found.findings if finding.code in codes))


def _with_drift(reading: Reading, rules: Iterable[Rule], found: Outcome) -> Outcome:
    """What was found, and where the record and its notices part, as far as no rule has said so."""
    if not reading.register.of_kind("notice"):
        return found
    from gdprlint.comparing import within

    if not any(rule.code == within.CODE for rule in rules):
        return found
    name = reading.register.name
    differ, places = within.compared(reading.register, found.findings)
    drift = [with_fingerprint(finding, name) for finding in differ]
    told = [finding.evolve(labels=(*finding.labels, *places.get(finding, ()))) for finding in found.findings]
    return merged(evolve(found, findings=tuple(told)), Outcome(tuple(drift), frozenset([within.CODE] if drift else [])))


def _marked(findings: Sequence[Diagnostic], ran: Iterable[Rule], library: Library) -> Sequence[Diagnostic]:
    """The findings, those of rules in preview or deprecated with a note that says so."""
    said: dict[str, str] = {}
    for rule in ran:
        if rule.stage == PREVIEW:
            said[rule.code] = "this rule is in preview: it may still change, or go"
        elif rule.stage == DEPRECATED:
            former = library.former.get(rule.code)
            said[rule.code] = former.said(removed=False) if former is not None else f"{rule.code} is deprecated"
    if not said:
        return findings
    return [
        one.evolve(note="; ".join(filter(None, (one.note, said[one.code])))) if one.code in said else one
        for one in findings
    ]


def packs_used(reading: Reading, library: Library, configured: Iterable[str] = ()) -> set[str] | None:
    """The packs that the register uses, those that its configuration names among them; None (all of them) where no
    file says `use`.
    """
    known = {pack.name: pack for pack in library.packs}
    named = set(configured)
    uses = bool(named)
    for model in reading.files:
        for thing in model.uses:
            if thing.kind != "word":
                continue
            uses = True
            if thing.text in known:
                named.add(thing.text)
            else:
                near = nearest_name(thing.text, known)
                reading.findings.append(
                    checks.reference(
                        "REC005", "pack-not-installed", f"no rule pack `{thing.text}` is installed",
                        Span(model.path, thing.start, thing.end), f"did you mean `{near}`?" if near else "",
                    )
                )  # fmt: skip
    return {*named, *(pack.name for pack in library.packs if pack.origin == "local")} if uses else None


def used_in_base(reading: Reading, library: Library, base: Base, used: set[str]) -> set[str] | None:
    """The packs that a register uses now, and those that it used in the base: all where it named none there."""
    from gdprlint.language import tree
    from gdprlint.language.reading import read

    known = {pack.name for pack in library.packs}
    named: set[str] = set()
    records = [blob for path, blob in base.files(reading.plan.root) if path.suffix.lower() == SUFFIX]
    for content in base.contents(records):
        if re.search(rb"^\s*use\b", content.removeprefix(b"\xef\xbb\xbf"), re.M):
            items = read(Source("", content.decode("utf-8-sig", "replace"))).tree.items
            uses = [thing for item in items if isinstance(item, tree.Use) for thing in item.things.items]
            named |= {thing.text for thing in uses if thing.kind == "word"}
    return used | (named & known) if named else None


def _told(reading: Reading, options: CheckOptions, pages: Pages) -> list[Diagnostic]:
    """What readers tell, as far as it was asked for."""
    found = [*reading.findings]
    for model in reading.files:
        for node in model.rules:
            found.append(checks.rule_in_record(node, model.path))
            if isinstance(node, RuleNode):
                _, faults = declared(node, reading.parsed[model.path].source, reading.register.names.vocabulary)
                found.extend(faults)
    shown = {shown_path(path) for path in reading.plan.shown}
    return [
        pages.shown(with_fingerprint(finding, reading.register.name))
        for finding in found
        if finding.span.path in shown and not left_out(finding, options.select, options.ignore)
    ]


def left_out(finding: Diagnostic, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether what the reader tells was not asked for."""
    names = {finding.code, finding.name, finding.pack, finding.topic}
    if names & set(ignore):
        return True
    return bool(select) and finding.code != "syntax" and not names & set(select)


def _within(findings: Iterable[Diagnostic], shown: set[str], pages: Pages) -> list[Diagnostic]:
    """The findings in what was asked for, at their places; those of a page also where they stand in its record."""
    return [
        there
        for finding in findings
        if (there := pages.shown(finding)).span.path in shown or pages.is_of(finding, shown)
    ]
