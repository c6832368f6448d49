"""`gdprlint check --trace`: which rules are traced, of which subjects, in the registers that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.engine import AtHand, CheckOptions, WrongUse, group, judged, packs_used, planned, read, used_in_base
from gdprlint.judging.judge import context_of
from gdprlint.model.things import Thing
from gdprlint.readers.register import Reading
from gdprlint.registers import shown_path
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import Draft, Rule
from gdprlint.rules.types import KIND_TYPES
from gdprlint.text import Source, Span, nearest_name
from gdprlint.traces import Subject, Trace, Traced, Words
from gdprlint.tracing import python
from gdprlint.tracing.declared import Watched, ask, watched
from gdprlint.tracing.fates import Fates, not_run, not_used
from gdprlint.tracing.words import Teller
from gdprlint.values import define, evolve, field, frozen

MOST_STEPS = 300_000  # of one rule that are told


@frozen
class Question:
    """Which rules are traced (codes, names or aliases), of which things or files only, and whether words are shown."""

    rules: tuple[str, ...]
    of: tuple[str, ...] = ()
    quoted: bool = True


def _nothing_left_out(finding: Diagnostic) -> str:
    return ""


def trace(
    paths: Sequence[str],
    options: CheckOptions,
    question: Question,
    report: Report,
    library: Library | None = None,
    left_out: Callable[[Diagnostic], str] = _nothing_left_out,
) -> Trace:
    """The rules of the question at work in what these paths hold; `report` is what the run itself found.

    `left_out` says why a finding that was made is not shown, where something else than the engine leaves it out.
    """
    at_hand = read(group(planned(paths, instead=options.instead), evolve(options, jobs=1), library))
    rules = [rule for word in question.rules for rule in named(word, at_hand.library)]
    rules = list(dict.fromkeys(rules))
    things = _of(question.of, at_hand.readings)
    tracer = _Tracer(at_hand, options, question, report, left_out, things)
    told = tuple(tracer.rule(rule) for rule in rules)
    sources = {**_sources(at_hand), **tracer.files}
    return Trace(told, options.as_of.isoformat(), len(report.findings), sources)


def named(word: str, library: Library) -> list[Rule]:
    """The rules with this code, name or alias; WrongUse where there is none."""
    found = [rule for rule in library.rules if word in (rule.code, rule.name) or word in rule.aliases]
    if found:
        return found
    former = library.former.get(word)
    if former is not None:
        codes = library.today(word)
        if not codes:
            raise WrongUse(former.said(removed=True))
        return [rule for rule in library.rules if rule.code in codes]
    for fault in library.faults:
        if fault.span.path.rpartition("/")[2].removesuffix(".gdpr") == word:
            raise WrongUse(f"the rule `{word}` has a fault and is not run: {fault.message}")
    near = nearest_name(word, (name for rule in library.rules for name in (rule.code, rule.name)))
    raise WrongUse(f"no rule is called `{word}`" + (f"; did you mean `{near}`?" if near else ""))


def _of(wanted: Sequence[str], readings: Sequence[Reading]) -> frozenset[int] | None:
    """The things that are meant by names or files, by identity; None where nothing was narrowed."""
    if not wanted:
        return None
    things = [thing for reading in readings for thing in reading.register.things]
    found: set[int] = set()
    for word in wanted:
        path = word.replace("\\", "/").removeprefix("./")
        meant = [thing for thing in things if word == thing.name or path == thing.path]
        if not meant:
            near = nearest_name(word, {name for thing in things for name in (thing.name, thing.path)})
            hint = f"; did you mean `{near}`?" if near else ""
            raise WrongUse(f"nothing that was read is called `{word}`, and no file{hint}")
        found.update(map(id, meant))
    return frozenset(found)


def _sources(at_hand: AtHand) -> dict[str, Source]:
    """The texts that places lead to: files of records, and pages."""
    found: dict[str, Source] = {}
    for reading in at_hand.readings:
        found.update({path: item.source for path, item in reading.parsed.items()})
        found.update({source.path: source for source in reading.register.notices.values()})
    found.update(at_hand.pages.sources())
    return found


def kinds_of(subject: str) -> tuple[str, ...]:
    """The kinds of thing that a rule for this subject is asked of."""
    known = KIND_TYPES.get(subject)
    return known.detail if known is not None else (subject,)


@define(eq=False)
class _Tracer:
    """What is at hand for tracing one rule after the other."""

    at_hand: AtHand
    options: CheckOptions
    question: Question
    report: Report
    left_out: Callable[[Diagnostic], str]
    things: frozenset[int] | None
    files: dict[str, Source] = field(factory=dict)

    def rule(self, rule: Rule) -> Traced:
        library = self.at_hand.library
        known = self._watched(rule)
        if known is not None:
            place = Words(known.file.path, Span(known.file.path, known.node.start, known.node.start))
        else:
            place = Words("the reader of gdprlint" if _is_of_reader(rule) else python.where_written(rule))
        reasons = list(not_run(rule, library, self.options))
        subjects: list[Subject] = []
        elsewhere = untold = steps = 0
        for reading in self.at_hand.readings:
            used = packs_used(reading, library)
            if self.options.base is not None and used is not None:
                used = used_in_base(reading, library, self.options.base, used)
            unused = list(not_used(rule, used, reading.register.name))
            reasons += [why for why in unused if why not in reasons]
            if any(change.code == rule.code for change in library.changes):
                every = library.as_judged(None if used is None else {*used, "core", "plugin"})
                rule = next((one for one in every if one.code == rule.code), rule)
                known = self._watched(rule)
            fates = self._fates(rule, reading, bool(reasons or unused))
            shown = {shown_path(path) for path in reading.plan.shown}
            for thing in reading.register.things:
                if thing.kind not in kinds_of(rule.subject):
                    continue
                if not (id(thing) in self.things if self.things is not None else self._is_in(thing, shown)):
                    elsewhere += 1
                elif steps > MOST_STEPS:
                    untold += 1
                else:
                    subjects.append(self._subject(rule, known, thing, reading, fates))
                    steps += sum(1 for case in subjects[-1].cases for step in case.steps for _ in step.walk())
        return Traced(
            rule.code, rule.name, rule.title, rule.pack, rule.severity.word, place, tuple(reasons),
            tuple(_notes(rule, known, self.report)), tuple(subjects), elsewhere, untold, _is_of_reader(rule),
        )  # fmt: skip

    def _watched(self, rule: Rule) -> Watched | None:
        known = watched(rule, self.at_hand.library)
        if known is not None:
            self.files.update({file.path: file for file in (known.file, *(file for _, file in known.others))})
        return known

    def _is_in(self, thing: Thing, shown: set[str]) -> bool:
        span = Span(thing.path, thing.name_start, thing.name_end)
        return thing.path in shown or self.at_hand.pages.place(span, True).path in shown

    def _fates(self, rule: Rule, reading: Reading, gone: bool) -> Fates:
        others = [other for other in self.at_hand.library.rules if other.code in rule.yields]
        beside = [other for other in others if not [*not_run(other, self.at_hand.library, self.options)]]
        options = evolve(self.options, jobs=1)
        outcome = judged(reading.register, [rule, *beside], options, self.at_hand.pages)
        return Fates(
            rule, reading.register, self.options.as_of, outcome.findings, self.report, self.at_hand.pages, gone,
            self.left_out,
        )  # fmt: skip

    def _subject(self, rule: Rule, known: Watched | None, thing: Thing, reading: Reading, fates: Fates) -> Subject:
        register, pages = reading.register, self.at_hand.pages
        context = context_of(register, thing, self.options.as_of)
        context.silence = context.extent.value in rule.silence

        def text_of(path: str) -> Source | None:
            draft = pages.draft(path)
            if draft is not None:
                return draft
            return reading.parsed[path].source if path in reading.parsed else None

        teller = Teller(text_of, lambda span: pages.place(span, True), self.question.quoted)

        def fate(draft: Draft) -> tuple[str, Span | None, bool]:
            return fates.of(thing, draft)

        reasons = list(not_asked(rule, thing, context.document))
        if known is not None:
            asked = ask(known, thing, context, teller, fate)
        else:
            asked = python.ask(rule, thing, context, teller, fate)
        title = f'{thing.kind} {thing.name} "{thing.title}"' if thing.title and self.question.quoted else ""
        words = Words(title or f"{thing.kind} {thing.name}", teller.words(thing, thing).span)
        return Subject(
            thing.kind, thing.name, words, context.extent.value, context.silence, asked.outcome, tuple(reasons),
            asked.loops, asked.cases, asked.more,
        )  # fmt: skip


def not_asked(rule: Rule, thing: Thing, document: str) -> list[str]:
    """Why the judge does not ask the rule of this subject."""
    found = []
    if document not in rule.judges:
        found.append(f"the rule judges {' and '.join(sorted(rule.judges))}s only, and this stands in a {document}")
    if thing.kind == "activity" and thing.activities and rule.subject != "declaration":
        found.append("it is judged through the activities within it")
    return found


def _is_of_reader(rule: Rule) -> bool:
    return rule.topic == "reference" and rule.subject not in KIND_TYPES


def _notes(rule: Rule, known: Watched | None, report: Report) -> list[str]:
    """What a reader must know of the rule to understand its trace."""
    if _is_of_reader(rule):
        count = sum(1 for finding in report.findings if finding.code == rule.code)
        return [f"it is a check of the reader and has no conditions; the run reports {count} of it"]
    notes = []
    if rule.silence:
        notes.append(f"silence counts in {', '.join(sorted(rule.silence))}")
    else:
        notes.append("silence never counts: what is not said cannot be told")
    if rule.yields:
        notes.append(f"yields to {', '.join(rule.yields)}")
    if known is None:
        notes.append("it is written in Python: what it asked is noted, in which order it decides is not")
    return notes
