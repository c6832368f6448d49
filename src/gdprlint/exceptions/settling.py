"""Which findings exceptions take out of a report, and what is told of the exceptions themselves.

An exception takes a finding out if it names its rule and covers the place where it begins. One that has ended, covers
nothing, or was never right takes nothing out, and is a finding of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Diagnostic, Edit, Fix, Report, Severity, Suppressed
from gdprlint.exceptions.found import Found
from gdprlint.exceptions.grammar import Fault, Said, Word
from gdprlint.text import Span, nearest_name
from gdprlint.values import define, field, frozen

if TYPE_CHECKING:
    from gdprlint.rules.life import Former
    from gdprlint.rules.rule import Rule

_LONGEST = 200  # characters of a word that may be the code or name of a rule

IN_FORCE, EXPIRED, UNUSED, NOT_JUDGED, NOT_IN_BASE, ILL_FORMED = (
    "in force", "expired", "unused", "not judged", "not in base", "ill-formed",
)  # fmt: skip
OWN = ("REC012", "REC013", "REC014", "REC015", "REC016", "REC017", "REC018")
"""What is told of exceptions cannot itself be accepted by one."""


class Rules:
    """The rules by what an exception may call them: code, name and other names.

    `today` gives the codes that stand for a code or name of old, ValueError where nothing is known by a word; `former`
    what is known of a rule that is gone.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        today: Callable[[str], Iterable[str]] | None = None,
        former: Callable[[str], Former | None] | None = None,
    ) -> None:
        self.names: dict[str, str] = {}
        self._today = today
        self._former = former
        self._codes: dict[str, set[str]] = {}
        for rule in rules:
            self.names[rule.code] = rule.name
            for word in (rule.code, rule.name, *rule.aliases):
                self._codes.setdefault(word, set()).add(rule.code)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (bool(self.codes(word)) or self.gone(word) is not None)

    def codes(self, word: str) -> frozenset[str]:
        if word not in self._codes and self._today is not None and len(word) < _LONGEST:
            try:
                found = {code for code in self._today(word) if code in self.names}
            except ValueError:
                found = set()
            if found:
                self._codes[word] = found
        return frozenset(self._codes.get(word, ()))

    def gone(self, word: str) -> Former | None:
        """What became of a rule that is gone and that nothing replaces."""
        if self._former is None or len(word) >= _LONGEST or self.codes(word):
            return None
        return self._former(word)

    def replaced(self, word: str, codes: Iterable[str]) -> None:
        """Let a word mean these rules, too, which stand in the place of its own where their pack judges."""
        self._codes.setdefault(word, set()).update(codes)

    def nearest(self, word: str) -> str | None:
        return nearest_name(word, self._codes)


@frozen
class Entry:
    """A line of the register of accepted risks: a rule that an exception names, and a finding that it covers."""

    found: Found
    rule: str
    name: str
    state: str
    finding: Diagnostic | None = None
    message: str = ""


@define(eq=False)
class Settled:
    """What came of the exceptions of a run; `told` are the findings about them."""

    entries: list[Entry] = field(factory=list)
    suppressed: dict[int, Suppressed] = field(factory=dict)
    told: list[Diagnostic] = field(factory=list)


def settle(report: Report, found: Sequence[Found], new: Sequence[Found], rules: Rules, as_of: date) -> Settled:
    """Hold the exceptions against the findings of a report; `new` are those that a trusted base does not have."""
    run = _Settling(report, rules, as_of, _Places(report.findings), _Places([one.finding for one in report.suppressed]))
    for one in sorted(found, key=lambda one: (one.place, one.path)):
        run.settle(one)
    for one in new:
        run.tell_new(one)
    return run.done


@define(eq=False)
class _Settling:
    """The settling of a run; `hidden` are findings that something else took out before, which are no less there."""

    report: Report
    rules: Rules
    as_of: date
    places: _Places
    hidden: _Places
    done: Settled = field(factory=Settled)

    def settle(self, one: Found) -> None:
        if isinstance(one.said, Fault):
            self.done.told.append(_told_of(one.said, one.place.path))
            self.done.entries.append(Entry(one, "", "", ILL_FORMED, message=one.said.message))
            return
        for word in one.said.rules:
            codes = self.rules.codes(word.text)
            here = Span(one.place.path, word.start, word.end)
            gone = self.rules.gone(word.text)
            if gone is not None:
                self._tell_gone(one, word, gone)
            elif not codes or codes & set(OWN):
                told = _of_its_own(word, here) if codes else _unknown(word, here, self.rules)
                self.done.told.append(told)
                self.done.entries.append(Entry(one, word.text, "", ILL_FORMED, message=told.message))
            else:
                self._settle(one, one.said, word, codes)

    def _settle(self, one: Found, said: Said, word: Word, codes: frozenset[str]) -> None:
        """Settle one rule of one exception."""
        done = self.done
        ran = codes & self.report.judged.by_rule.keys()
        covered = [at for at in self.places.covered(one, codes) if at not in done.suppressed]
        expired = said.until is not None and said.until < self.as_of
        state = IN_FORCE if covered else UNUSED if ran and not self.hidden.covered(one, codes) else NOT_JUDGED
        if expired:
            state = EXPIRED
            message = f"the exception of `{word.text}` ended on {said.until}"
            help = "mend what it covers and take it out, or give it a new date and a reason that holds today"
            done.told.append(_own("REC016", "exception-expired", message, one.place, help, Severity.WARNING))
        elif state == UNUSED:
            message = f"the exception of `{word.text}` covers no finding"
            told = _own("REC017", "exception-unused", message, one.place, "take it out", Severity.WARNING)
            done.told.append(told.evolve(fixes=tuple(_fixes(one, word))))
        for at in covered:
            finding = self.report.findings[at]
            if not expired:
                until = said.until.isoformat() if said.until else ""
                done.suppressed[at] = Suppressed(finding, one.kind, said.reason, said.owner, until, one.place)
            done.entries.append(Entry(one, finding.code, finding.name, state, finding))
        if not covered:
            shown = min(ran or codes)
            done.entries.append(Entry(one, shown, self.rules.names[shown], state))

    def _tell_gone(self, one: Found, word: Word, former: Former) -> None:
        """Tell of an exception of a rule that is gone, and that nothing replaces."""
        message = former.said(removed=True)
        told = _own("REC017", "exception-unused", message, one.place, "take it out", Severity.WARNING)
        self.done.told.append(told.evolve(fixes=tuple(_fixes(one, word))))
        self.done.entries.append(Entry(one, former.code, former.name, UNUSED, message=message))

    def tell_new(self, one: Found) -> None:
        """Tell of an exception that the trusted base does not have."""
        assert not isinstance(one.said, Fault)
        message = "the exception does not stand in the revision that is trusted, and takes no finding out"
        self.done.told.append(_own("REC018", "exception-not-in-base", message, one.place, severity=Severity.INFO))
        for word in one.said.rules:
            for code in sorted(self.rules.codes(word.text)):
                self.done.entries.append(Entry(one, code, self.rules.names[code], NOT_IN_BASE))


def _fixes(one: Found, word: Word) -> Iterator[Fix]:
    """How an exception that covers nothing is taken out, or one of the rules that it names."""
    assert not isinstance(one.said, Fault)
    if one.removal is None:
        return
    words = one.said.rules
    at = words.index(word)
    if len(words) == 1:
        yield Fix("take the exception out", (Edit(one.removal, ""),), safe=True)
    else:
        start, end = (words[at - 1].end, word.end) if at else (word.start, words[1].start)
        yield Fix(f"take `{word.text}` out", (Edit(Span(one.place.path, start, end), ""),), safe=True)


def _unknown(word: Word, here: Span, rules: Rules) -> Diagnostic:
    near = rules.nearest(word.text)
    help = f"did you mean `{near}`?" if near else "`gdprlint rules` lists them"
    return _own("REC014", "exception-of-unknown-rule", f"no rule is called `{word.text}`", here, help)


def _of_its_own(word: Word, here: Span) -> Diagnostic:
    message = f"`{word.text}` tells of exceptions, and cannot be accepted by one"
    return _own("REC012", "exception-ill-formed", message, here)


_NAMES = {
    "REC012": "exception-ill-formed",
    "REC013": "exception-without-reason",
    "REC015": "exception-date-malformed",
}


def _told_of(fault: Fault, path: str) -> Diagnostic:
    return _own(fault.code, _NAMES[fault.code], fault.message, Span(path, fault.start, fault.end), fault.help)


def _own(
    code: str, name: str, message: str, span: Span, help: str = "", severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(code, name, severity, message, span, "", help, pack="core", topic="exceptions")


class _Places:
    """The findings by path and rule, in the order of their places."""

    def __init__(self, findings: Sequence[Diagnostic]) -> None:
        self._findings = findings
        self._by: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for number, finding in enumerate(findings):
            self._by.setdefault((finding.span.path, finding.code), []).append((finding.span.start, number))
        for listed in self._by.values():
            listed.sort()

    def covered(self, one: Found, codes: Iterable[str]) -> list[int]:
        """The numbers of the findings by these rules that begin where the exception covers."""
        found: dict[int, None] = {}
        for code in codes:
            listed = self._by.get((one.path, code), ())
            for start, end in one.covers if listed else ():
                first = bisect_left(listed, (start, -1))
                for begin, number in listed[first:]:
                    if begin >= end:
                        break
                    if not one.fingerprint or self._findings[number].fingerprint == one.fingerprint:
                        found[number] = None
        return sorted(found)
