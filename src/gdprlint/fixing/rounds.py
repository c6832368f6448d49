"""Applies what can be mended, round after round, until nothing is left that can.

In a round every safe fix is tried that meets no other; of two that meet the first wins, and the other one has its turn
in the next round. What does not prove itself is left out: the whole is halved until the fix is found that spoils it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path

from gdprlint.diagnostics import Diagnostic, Edit, Fix, Report
from gdprlint.fixing.texts import Taken, Text, applied, opened, takes_a_comment
from gdprlint.values import define, field, frozen

MOST_ROUNDS = 10
MOST_TRIALS = 100  # readings of all records, of which each fix that spoils the others costs a few

Instead = tuple[tuple[Path, bytes], ...]  # texts that stand in for files
Candidate = tuple[Diagnostic, Fix]


@frozen
class Mended:
    """What came of it: the report on the texts as they are now, the texts before and after, and how many findings are
    mended. `kept` says of which files the findings stay, and why."""

    report: Report
    before: Mapping[str, Text]
    after: Mapping[str, Text]
    count: int
    unproved: int
    kept: Mapping[str, str]

    def changed(self, path: str) -> bool:
        return self.after[path].content != self.before[path].content


def mended(report: Report, judge: Callable[[Instead], Report], meaning: Callable[[Instead], Hashable]) -> Mended:
    """Mend what can be mended of what a report tells; `judge` and `meaning` read the records again, with texts that
    stand in for those on disk. Nothing is written."""
    work = _Work(report, judge, meaning)
    for _ in range(MOST_ROUNDS):
        if not work.round():
            break
    return Mended(work.report, work.before, work.texts, work.count, len(work.unproved), work.kept)


@define
class _Work:
    report: Report
    judge: Callable[[Instead], Report]
    meaning: Callable[[Instead], Hashable]
    before: dict[str, Text] = field(factory=dict)
    texts: dict[str, Text] = field(factory=dict)
    kept: dict[str, str] = field(factory=dict)
    unproved: set[tuple[str, str]] = field(factory=set)
    count: int = 0
    trials: int = 0
    said: Hashable = None

    def round(self) -> bool:
        """One round; whether anything was mended."""
        chosen = self._chosen()
        if not chosen:
            return False
        if self.said is None:
            self.said = self.meaning(())
        good: list[Candidate] = []
        state = (self.texts, self.report)
        pending = [chosen]
        while pending:
            part = pending.pop()
            tried = self._proved([*good, *part]) if self.trials < MOST_TRIALS else None
            if tried is not None:
                good += part
                state = tried
            elif len(part) == 1 or self.trials >= MOST_TRIALS:
                self.unproved.update(_key(finding, fix) for finding, fix in part)
            else:
                half = len(part) // 2
                pending += [part[half:], part[:half]]
        self.texts, self.report = state
        self.count += len(good)
        return bool(good)

    def _chosen(self) -> list[Candidate]:
        """The safe fixes that meet none before them, and whose files may be changed."""
        taken = Taken()
        found: list[Candidate] = []
        for finding in self.report.findings:
            for fix in finding.fixes:
                if not fix.safe or not fix.edits or _key(finding, fix) in self.unproved:
                    continue
                if self._may_change(finding, fix) and taken.take(fix.edits):
                    found.append((finding, fix))
                    break
        return found

    def _may_change(self, finding: Diagnostic, fix: Fix) -> bool:
        for edit in fix.edits:
            shown = edit.span.path
            if shown in self.kept:
                return False
            if shown not in self.texts:
                text = opened(shown, self.report)
                if isinstance(text, str):
                    self.kept[shown] = text
                    return False
                self.before[shown] = self.texts[shown] = text
            if takes_a_comment(self.texts[shown], edit, finding.span):
                return False
        return True

    def _proved(self, part: list[Candidate]) -> tuple[dict[str, Text], Report] | None:
        """The texts with these fixes and the report on them, if they say the same and only these findings are gone."""
        self.trials += 1
        by_path: dict[str, list[Edit]] = {}
        for _, fix in part:
            for edit in fix.edits:
                by_path.setdefault(edit.span.path, []).append(edit)
        texts = {**self.texts, **{path: applied(self.texts[path], edits) for path, edits in by_path.items()}}
        instead = tuple((text.file, text.content) for text in texts.values())
        if self.meaning(instead) != self.said:
            return None
        report = self.judge(instead)
        left, there = _marks(report.findings), _marks(self.report.findings)
        there.subtract(_marks(finding for finding, _ in part))
        if any(left[mark] > there[mark] for mark in left) or report.problems != self.report.problems:
            return None
        return texts, report


def _marks(findings: Iterable[Diagnostic]) -> Counter[tuple[str, ...]]:
    """How often something is found of each thing; a fingerprint would change with the number of a provision."""
    return Counter((finding.code, finding.name, finding.span.path, finding.activity) for finding in findings)


def _key(finding: Diagnostic, fix: Fix) -> tuple[str, str]:
    return finding.fingerprint, fix.message
