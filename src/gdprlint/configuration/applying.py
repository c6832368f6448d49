"""What a configuration makes of a report: other severities, and findings that are accepted in some files.

What is accepted goes on as `suppressed`, with its reason and the place where that is written, so that it can be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from gdprlint.configuration.choosing import Exactness, Words
from gdprlint.configuration.settling import Exempt, Settled
from gdprlint.configuration.shape import Said
from gdprlint.configuration.structuring import CODE
from gdprlint.diagnostics import Diagnostic, Report, Severity, Suppressed
from gdprlint.text import Span
from gdprlint.values import evolve

Of = Callable[[str], tuple[Settled, Words] | None]


def applied(report: Report, of: Of) -> Report:
    """The report as the configurations of its files have it; `of` gives that of a path as shown."""
    kept: list[Diagnostic] = []
    suppressed = list(report.suppressed)
    exempt: dict[str, list[Exempt]] = {}
    for finding in report.findings:
        path = finding.span.path
        settled = of(path)
        if settled is None or finding.code == CODE:
            kept.append(finding)
            continue
        if path not in exempt:
            exempt[path] = exempting(settled[0], Path.cwd() / path)
        here = exempt[path]
        accepted = _accepted(finding, here, settled[1])
        if accepted is not None:
            suppressed.append(accepted)
        else:
            kept.append(_weighed(finding, here, *settled))
    paths = {finding.span.path for finding in kept}
    judged = evolve(report.judged, files_with_findings=len(paths))
    return evolve(report, findings=tuple(kept), suppressed=tuple(suppressed), judged=judged)


def exempting(settled: Settled, path: Path) -> list[Exempt]:
    """What holds for a file beside what holds for its register, the last written first."""
    below = settled.below(path)
    return [] if below is None else [one for one in reversed(settled.per_path) if one.holds_for(below)]


def _accepted(finding: Diagnostic, here: Iterable[Exempt], words: Words) -> Suppressed | None:
    for one in here:
        if one.ended:
            continue
        place = next((said.span for said in one.ignore if _means(said, finding, words)), None)
        if place is None and one.select and not any(_means(said, finding, words) for said in one.select):
            if finding.code == "syntax":
                continue
            place = one.select[0].span
        if place is not None:
            return _suppressed(finding, one, place)
    return None


def _suppressed(finding: Diagnostic, one: Exempt, place: Span) -> Suppressed:
    about = one.about
    return Suppressed(
        finding,
        "configuration",
        about.reason.value if about.reason else "",
        about.owner.value if about.owner else "",
        about.until.value.isoformat() if about.until else "",
        place,
    )


def _means(said: Said[str], finding: Diagnostic, words: Words) -> bool:
    return finding.code in words.meant(said.value)


def _weighed(finding: Diagnostic, here: Iterable[Exempt], settled: Settled, words: Words) -> Diagnostic:
    for table in (*(one.severity for one in here), settled.severity):
        level = weight(finding.code, table, words)
        if level is not None:
            severity = Severity.named(level.value)
            return finding if severity is finding.severity else finding.evolve(severity=severity)
    return finding


def weight(code: str, table: Mapping[Said[str], Said[str]], words: Words) -> Said[str] | None:
    """The severity that a table gives to a code, by the word that means it most exactly."""
    fit: list[tuple[Exactness, Said[str]]] = list(_fitting(code, table, words))
    return min(fit, key=lambda one: one[0])[1] if fit else None


def _fitting(code: str, table: Mapping[Said[str], Said[str]], words: Words) -> Iterator[tuple[Exactness, Said[str]]]:
    for word, level in table.items():
        exact = words.meant(word.value).get(code)
        if exact is not None:
            yield exact, level
