"""A report as the values that the template shows, in its order: head, summary, findings, what is accepted, coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gdprlint import __version__
from gdprlint.background import Background, Registered
from gdprlint.diagnostics import Report, Severity
from gdprlint.reporters.accepted import in_order
from gdprlint.reporters.html.entries import SEVERITIES, Entries, Entry, People, RegisterGroup, titled
from gdprlint.reporters.html.summary import Count, by_article, by_party, spoken_name
from gdprlint.reporters.html.watching import UNWATCHED, Coverage, RuleRow, coverages, rule_rows
from gdprlint.reporters.style import shown
from gdprlint.reporters.totals import counted, found, judged_by
from gdprlint.values import frozen

MEANINGS = (
    ("failed", "something was found"),
    ("could not tell", "the text does not say enough"),
    ("passed", "looked at, and nothing was found"),
    ("did not apply", "there was nothing of this kind"),
    ("not in force", "not the law on that day"),
    ("left out", "not asked, by choice or pack"),
    (UNWATCHED, "no rule looks at it; why is said there"),
)

MANY = 300
"""With more findings than this, a browser lays out only those that are near."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@frozen
class Page:
    title: str
    found: str
    judged: str
    facts: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, str, int], ...]
    problems: tuple[str, ...]
    parties: list[Count]
    articles: list[Count]
    groups: list[RegisterGroup]
    accepted: list[Entry]
    coverage: list[Coverage]
    rules: list[RuleRow]
    party_keys: Mapping[str, int]
    article_keys: Mapping[str, int]
    has_source: bool
    many: bool
    meanings: tuple[tuple[str, str], ...] = MEANINGS
    version: str = __version__

    def keys(self, entry: Entry) -> tuple[str, str]:
        """By what the filters know the organisations and articles of an entry."""
        parties = (str(self.party_keys[name]) for name in entry.parties if name in self.party_keys)
        articles = (str(self.article_keys[name]) for name in entry.articles if name in self.article_keys)
        return " ".join(parties), " ".join(articles)


def page_of(report: Report, show_source: bool) -> Page:
    background = report.background or Background({})
    entries = Entries(report, People(background, show_source), show_source)
    groups = entries.grouped(report.findings)
    accepted = [entries.suppressed(item) for item in in_order(report)]
    shown_ones = [entry for group in groups for activity in group.activities for entry in activity.entries]
    parties, articles = by_party(shown_ones), by_article(shown_ones)
    party_keys, article_keys = ({count.name: count.key for count in counts} for counts in (parties, articles))
    for count in articles:
        count.name = spoken_name(count)
    return Page(
        _title(background.registers, groups) or counted(report.judged.files, "file"),
        found(report),
        shown(judged_by(report.judged)),
        _facts(report),
        tuple((severity.word, SEVERITIES[severity], report.count(severity)) for severity in sorted(Severity)[::-1]),
        tuple(shown(f"{p.message} ({p.where})" if p.where else p.message) for p in report.problems),
        parties,
        articles,
        groups,
        accepted,
        coverages(background),
        rule_rows(background),
        party_keys,
        article_keys,
        show_source,
        len(shown_ones) > MANY,
    )


def _title(registers: Sequence[Registered], groups: list[RegisterGroup]) -> str:
    """The register, or how many there are."""
    titles = [titled(registered) for registered in registers] or [group.title for group in groups]
    if len(titles) == 1:
        return titles[0]
    return f"{counted(len(titles), 'register')} and notices" if titles else ""


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    """What was judged, by what, and as of when."""
    judged = report.judged
    return (
        ("Law as in force on", spoken_day(judged.as_of)),
        ("Rule packs", shown(", ".join(judged.packs)) or "none"),
        ("Files", f"{counted(judged.files, 'file')}, {judged.files_with_findings} with findings"),
        ("Rules", _rules(report)),
    )


def _rules(report: Report) -> str:
    judged = report.judged
    said = [f"{judged.rules} asked"]
    if judged.not_applied:
        said.append(f"{judged.not_applied} did not apply")
    if judged.cannot_tell:
        said.append(f"{judged.cannot_tell} could not tell from the text")
    return "; ".join(said)


def spoken_day(day: str) -> str:
    """A day as people write it."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return shown(day)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
